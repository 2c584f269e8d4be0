package main

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policytest"
)

// tested is what most commands need: a policy with its suite.
type tested struct {
	subject
	suite
	json bool
}

func (t *tested) flags(flags *flag.FlagSet) {
	t.subject.flags(flags)
	t.suite.flags(flags)
	flags.BoolVar(&t.json, "json", false, "write JSON")
}

// load says once, before the cases, which vacancies are not there, and ends
// where most cases have none: a file was forgotten.
func (t *tested) load(j *job) error {
	if err := t.subject.load(); err != nil {
		return err
	}
	if err := t.suite.load(t.policy); err != nil {
		return err
	}
	unknown, cases := t.cases.Unknown(t.vacancies), 0
	for _, reference := range slices.Sorted(maps.Keys(unknown)) {
		cases += unknown[reference]
		said := notThere(reference, unknown[reference])
		if 2*cases > len(t.cases.Cases) {
			return errors.New(said)
		}
		fmt.Fprintf(j.stderr, "policychange: %s\n", said)
	}
	return nil
}

func notThere(reference string, cases int) string {
	noun := "cases"
	if cases == 1 {
		noun = "case"
	}
	return fmt.Sprintf("there is no vacancy %q, for %d %s: give it with -vacancy-file FILE", reference, cases, noun)
}

func casesCommand(flags *flag.FlagSet) func(*job) error {
	var t tested
	t.flags(flags)
	update := flags.Bool("update", false, "write what the cases came to into the files of -suite")
	return func(j *job) error {
		if err := t.load(j); err != nil {
			return err
		}
		results := t.cases.Check(j.ctx, t.policy, policytest.Vacancies(t.vacancies...))
		if *update {
			if t.folder == "" {
				return fmt.Errorf("the shipped cases cannot be written: name a folder with -suite")
			}
			return rewrite(j, &t, results)
		}
		var failed []*policytest.Result
		for i := range results {
			if !results[i].OK() {
				failed = append(failed, &results[i])
			}
		}
		if t.json {
			if err := j.writeJSON(caseReport(results)); err != nil {
				return err
			}
		} else {
			for _, r := range failed {
				r.Print(j.stdout)
				fmt.Fprintln(j.stdout)
			}
			policytest.PrintFailed(j.stdout, results)
		}
		if len(failed) > 0 {
			return errFound
		}
		return nil
	}
}

// caseReport is the results in JSON.
func caseReport(results []policytest.Result) any {
	type failure struct {
		Case       string                 `json:"case"`
		File       string                 `json:"file"`
		Line       int                    `json:"line"`
		Error      string                 `json:"error,omitzero"`
		Deviations []policytest.Deviation `json:"deviations,omitzero"`
	}
	report := struct {
		Cases  int       `json:"cases"`
		Failed []failure `json:"failed"`
	}{len(results), []failure{}}
	for _, r := range results {
		if r.OK() {
			continue
		}
		f := failure{Case: r.Case.Name, File: r.Case.File, Line: r.Case.Line, Deviations: r.Deviations}
		if r.Err != nil {
			f.Error = r.Err.Error()
		}
		report.Failed = append(report.Failed, f)
	}
	return report
}

func rewrite(j *job, t *tested, results []policytest.Result) error {
	changed, err := t.cases.Updated(results)
	if err != nil {
		return unreadableError{err}
	}
	for name, text := range changed {
		if err := os.WriteFile(filepath.Join(t.folder, filepath.FromSlash(name)), text, 0o644); err != nil {
			return unreadableError{err}
		}
	}
	fmt.Fprintf(j.stdout, "%d cases, files written: %d\n", len(results), len(changed))
	return nil
}

func coverageCommand(flags *flag.FlagSet) func(*job) error {
	var t tested
	t.flags(flags)
	minimum := flags.Float64("minimum", 0, "fail where less than so many `PERCENT` was seen")
	all := flags.Bool("all", false, "show what was seen too")
	return func(j *job) error {
		if err := t.load(j); err != nil {
			return err
		}
		c, err := policytest.Cover(j.ctx, t.policy, t.cases, policytest.Vacancies(t.vacancies...))
		if err != nil {
			return unreadableError{err}
		}
		if t.json {
			if err := j.writeJSON(c); err != nil {
				return err
			}
		} else {
			c.Print(j.stdout, *all)
		}
		if !c.OK(*minimum) {
			return errFound
		}
		return nil
	}
}

func mutantsCommand(flags *flag.FlagSet) func(*job) error {
	var t tested
	t.flags(flags)
	sample := flags.Int("sample", 1, "make only every `N`th error, where time is short")
	return func(j *job) error {
		if err := t.load(j); err != nil {
			return err
		}
		m, err := policytest.Mutate(j.ctx, t.policy, t.cases, policytest.Vacancies(t.vacancies...), policytest.Sample(*sample))
		if err != nil {
			return unreadableError{err}
		}
		if t.json {
			if err := j.writeJSON(m); err != nil {
				return err
			}
		} else {
			m.Print(j.stdout)
		}
		if !m.OK() {
			return errFound
		}
		return nil
	}
}

func boundaryCommand(flags *flag.FlagSet) func(*job) error {
	var s subject
	s.flags(flags)
	reference := flags.String("vacancy", "", "the vacancy: its `REFERENCE` or a YAML file; without it, that of -vacancy-file, or EK 60271")
	return func(j *job) error {
		if err := s.load(); err != nil {
			return err
		}
		v, err := s.vacancyOf(*reference)
		if err != nil {
			return err
		}
		boundaries, err := policytest.Boundaries(j.ctx, s.policy, v)
		if err != nil {
			return err
		}
		_, err = j.stdout.Write(policytest.SuiteOf(boundaries, s.policy, v))
		return err
	}
}

// vacancyOf returns the vacancy of a reference, or without one that which is
// meant: the only file, or the only one of the policy.
func (s *subject) vacancyOf(reference string) (*eligibility.Vacancy, error) {
	var own []*eligibility.Vacancy
	for _, v := range s.vacancies {
		if v.Policy == s.policy.Name() {
			own = append(own, v)
		}
	}
	name := s.policy.Name()
	switch {
	case reference != "":
	case len(s.files) == 1:
		return s.vacancies[0], nil
	case len(own) == 1:
		return own[0], nil
	case len(own) == 0:
		return nil, fmt.Errorf("no vacancy is of policy %s: give one with -vacancy FILE", name)
	case name == "csdp" && len(s.files) == 0:
		reference = "EK 60271"
	default:
		return nil, fmt.Errorf("policy %s has several vacancies: name one with -vacancy, of %s", name, strings.Join(references(own), ", "))
	}
	v, err := vacancy(reference, s.vacancies)
	if err == nil && v.Policy != name {
		err = fmt.Errorf("vacancy %s is of policy %s: name one of policy %s with -vacancy, or give the policy %s with -policy", v.Reference, v.Policy, name, v.Policy)
	}
	return v, err
}

func monotoneCommand(flags *flag.FlagSet) func(*job) error {
	var s subject
	s.flags(flags)
	asJSON := flags.Bool("json", false, "write JSON")
	trials := flags.Int("trials", 400, "try so `MANY` histories for each quantity")
	return func(j *job) error {
		if err := s.load(); err != nil {
			return err
		}
		declared := len(s.policy.Monotone()) + len(s.policy.Antitone())
		if declared == 0 && !*asJSON {
			_, err := fmt.Fprintf(j.stdout, "policy %s declares nothing, so that nothing was tried: state under the key monotone "+
				"of which things more never hurts, and under antitone of which it never helps\n", s.policy.Name())
			return err
		}
		counterexamples, err := policytest.Monotone(j.ctx, s.policy, policytest.Vacancies(s.vacancies...), policytest.Trials(*trials))
		if err != nil {
			return err
		}
		if *asJSON {
			if err := j.writeJSON(struct {
				Declared        int                         `json:"declared"`
				Counterexamples []policytest.Counterexample `json:"counterexamples"`
			}{declared, counterexamples}); err != nil {
				return err
			}
		} else {
			for i := range counterexamples {
				counterexamples[i].Print(j.stdout)
				fmt.Fprintln(j.stdout)
			}
			fmt.Fprintf(j.stdout, "%d quantities declared, %d contradicted\n", declared, len(counterexamples))
		}
		if len(counterexamples) > 0 {
			return errFound
		}
		return nil
	}
}
