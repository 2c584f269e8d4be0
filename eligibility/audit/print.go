package audit

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Print writes the summary for people: the totals, the disagreements with what
// was recorded, if anything was, and the matrix of clauses, if it was asked for.
func (s *Summary) Print(w io.Writer) error {
	out := bufio.NewWriter(w)
	noun := "cases"
	if s.Cases == 1 {
		noun = "case"
	}
	count := func(n int, what string) { fmt.Fprintf(out, "%12d %s\n", n, what) }
	count(s.Cases, noun)
	count(s.Eligible, "eligible")
	count(s.Ineligible, "ineligible")
	count(s.Undetermined, "undetermined")
	count(s.NotAssessed, "not assessed")
	if r := s.Recorded; r.Cases > 0 {
		fmt.Fprintln(out)
		count(r.Cases, "with a decision on record")
		count(r.Agreed, "agreed")
		count(r.Lenient, "board lenient: recorded eligible, by the rules ineligible")
		r.print(out, Lenient)
		count(r.Strict, "board strict: recorded ineligible, by the rules eligible")
		r.print(out, Strict)
		count(r.NotDecidable, "not decidable")
		r.print(out, NotDecidable)
		if r.NotAssessed > 0 {
			count(r.NotAssessed, "not assessed")
		}
	}
	if len(s.Rules) > 0 {
		fmt.Fprintln(out)
		printMatrix(out, s.Rules)
	}
	if s.Readings.Cases > 0 {
		s.Readings.print(out)
	}
	return out.Flush()
}

// print writes the clauses of one kind under its count.
func (r *Recorded) print(w io.Writer, kind Disagreement) {
	several := severalVersions(r.Clauses, func(c *ClauseCount) *Clause { return &c.Clause })
	for _, c := range r.Clauses {
		if c.Kind != kind {
			continue
		}
		line := fmt.Sprintf("%18d by %s", c.Cases, c.name(several))
		if c.Alone < c.Cases {
			line += fmt.Sprintf(", %d by it alone", c.Alone)
		}
		if len(c.Cite) > 0 {
			line += " [" + strings.Join(c.Cite, "; ") + "]"
		}
		fmt.Fprintf(w, "%s: %s\n", line, named(c.First, c.Cases))
	}
}

// named names the first cases.
func named(first []string, of int) string {
	names := strings.Join(first, ", ")
	if of > len(first) {
		names += ", …"
	}
	return names
}

// name names a rule, with the version of its policy where there are several.
func (c *Clause) name(versions bool) string {
	switch {
	case c.Vacancy != "":
		return c.Rule + " of " + c.Vacancy
	case versions && c.Policy != "":
		return c.Rule + " of " + strings.TrimSpace(c.Policy+" "+c.Version)
	}
	return c.Rule
}

// severalVersions reports whether rules are of more than one policy or version.
func severalVersions[T any](counts []T, clause func(*T) *Clause) bool {
	for i := range counts {
		a, b := clause(&counts[0]), clause(&counts[i])
		if a.Policy != b.Policy || a.Version != b.Version {
			return true
		}
	}
	return false
}

// printMatrix writes the rules that mattered in a table, and names the rest.
func printMatrix(w io.Writer, rules []RuleCount) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "fell\tonly cause\tmore eligible\tundetermined\tcarried\t  rule")
	policy := ""
	never := "nobody fell on, or was open on:"
	several := severalVersions(rules, func(r *RuleCount) *Clause { return &r.Clause })
	for i := range rules {
		r := &rules[i]
		if r.NeverMattered {
			if end := len(never) - strings.LastIndexByte(never, '\n'); end+len(r.name(several)) > 100 {
				never += "\n "
			}
			never += " " + r.name(several) + ","
			continue
		}
		if p := strings.TrimSpace(r.Policy + " " + r.Version); p != policy {
			policy = p
			fmt.Fprintf(table, "\t\t\t\t\t  %s\n", policy)
		}
		fmt.Fprintf(table, "%d\t%d\t%d\t%d\t%d\t  %s\n", r.Fell, r.OnlyCause, r.MoreEligible, r.Undetermined, r.Carried, r.name(false))
	}
	table.Flush()
	if text, some := strings.CutSuffix(never, ","); some {
		fmt.Fprintln(w, text)
	}
}
