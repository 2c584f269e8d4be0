package policytest

import (
	"fmt"
	"io"
	"strings"
)

// Print writes for a person the survivors by their clauses: what was changed,
// where it stands, and the smallest case that would notice.
func (m *Mutation) Print(w io.Writer) {
	fmt.Fprintf(w, "%d mutants: %d killed, %d survived, %d equivalent (and %d that are no policy)\n",
		m.Mutants, m.Killed, len(m.Survivors), len(m.Equivalent), m.Invalid)
	rule := ""
	for _, s := range m.Survivors {
		if s.Rule != rule {
			rule = s.Rule
			fmt.Fprintf(w, "\n%s%s\n", s.Rule, inBrackets(s.Cite))
		}
		fmt.Fprintf(w, "  %s:%d:%d: %s\n", s.File, s.Line, s.Column, s.What())
		if s.Killer != nil {
			s.Killer.print(w, "    ")
		}
	}
	for _, name := range m.Stale {
		fmt.Fprintf(w, "\nlisted as equivalent, and is killed or gone: %s\n", name)
	}
}

// What says what was changed.
func (m *Mutant) What() string {
	what := ""
	if m.Key != "" && m.Key != "expression" && m.Was != m.Key {
		what = m.Key + ": "
	}
	if m.Now == "" {
		return what + "without " + m.Was
	}
	return what + m.Was + " becomes " + m.Now
}

func inBrackets(cite []string) string {
	if len(cite) == 0 {
		return ""
	}
	return " [" + strings.Join(cite, "; ") + "]"
}
