package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/eligibility/policies/notices"
)

// catalogueOf returns the shipped policies and vacancies with those of files
// beside them.
func catalogueOf(policyFiles, vacancyFiles []string) (*eligibility.Catalogue, error) {
	var given []*eligibility.Policy
	for _, name := range policyFiles {
		p, err := eligibility.LoadPolicyFile(name)
		if err != nil {
			return nil, err
		}
		given = append(given, p)
	}
	shipped, err := policies.Catalogue(given...)
	if err != nil {
		return nil, err
	}
	var all []*eligibility.Policy
	for _, name := range shipped.Policies() {
		all = append(all, shipped.Policy(name))
	}
	vacancies, err := policies.Vacancies()
	if err != nil {
		return nil, err
	}
	for _, name := range vacancyFiles {
		v, err := eligibility.LoadVacancyFile(name)
		if err != nil {
			return nil, err
		}
		vacancies = append(vacancies, v)
	}
	return eligibility.NewCatalogue(all, vacancies)
}

var errAmiss = errors.New("the account does not fit the rules")

// check looks up what the clauses of an account are bound to.
func check(w io.Writer, notice *notices.Notice, catalogue *eligibility.Catalogue) error {
	b, err := notices.Bind(notice.Accounts, catalogue)
	if err != nil {
		return err
	}
	for _, f := range b.Faults {
		fmt.Fprintln(w, f)
	}
	for _, path := range b.Unbound {
		fmt.Fprintf(w, "no clause asks for %s\n", path)
	}
	rules, judgements, none := 0, 0, 0
	all := notice.Clauses()
	for _, c := range all {
		if len(c.Rules) > 0 {
			rules++
		}
		if len(c.Judgements) > 0 {
			judgements++
		}
		if c.None != "" {
			none++
		}
	}
	fmt.Fprintf(w, "%s: %d clauses: %d bound to rules, %d to judgements, %d without legal effect\n", notice.Name, len(all), rules, judgements, none)
	if len(b.Faults)+len(b.Unbound) > 0 {
		return errAmiss
	}
	return nil
}
