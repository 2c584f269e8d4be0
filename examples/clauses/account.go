package main

import (
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/qualify-rules/qualify/eligibility/clauses"
)

// printAccounts prints accounts, and above what is to be filled in what the
// notice says.
func printAccounts(w io.Writer, accounts []*clauses.Account) error {
	var b strings.Builder
	for i, a := range accounts {
		if i > 0 {
			b.WriteString("---\n")
		}
		head, err := yaml.Marshal(clauses.Account{Notice: a.Notice, Policy: a.Policy, Vacancy: a.Vacancy})
		if err != nil {
			return err
		}
		b.WriteString(strings.Replace(string(head), "clauses: []", "clauses:", 1))
		for _, c := range a.Clauses {
			if c.Text != "" {
				fmt.Fprintf(&b, "# %s\n", c.Text)
			}
			item, err := yaml.Marshal([]clauses.Clause{c})
			if err != nil {
				return err
			}
			b.Write(item)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
