package main

import (
	"fmt"
	"hash/fnv"
	"io"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/audit"
)

// notices is what a person is told of single lines: why those that could not be
// assessed could not, and which cases come more than once. Its size is bounded.
type notices struct {
	catalogue *eligibility.Catalogue

	refused []string // at most namedLines
	failed  int

	lines    map[uint64]int // of the first case with each id, by its hash
	repeated string         // the first case that comes again
	again    int            // lines with the id of an earlier one
}

const (
	// namedLines is of how many lines it is said why they were not assessed.
	namedLines = 10
	// watchedIDs is of how many cases it is known whether they come again.
	watchedIDs = 1_000_000
)

func (n *notices) add(r audit.Result) {
	if r.Err != nil {
		if n.failed++; n.failed <= namedLines {
			line := fmt.Sprintf("line %d", r.Number)
			if r.ID != "" {
				line += fmt.Sprintf(" (%s)", r.ID)
			}
			n.refused = append(n.refused, fmt.Sprintf("%s: %v", line, n.why(r)))
		}
	}
	if r.ID == "" {
		return
	}
	h := fnv.New64a()
	_, _ = io.WriteString(h, r.ID)
	id := h.Sum64()
	switch first, known := n.lines[id]; {
	case known:
		if n.again++; n.again == 1 {
			n.repeated = fmt.Sprintf("%s on lines %d and %d", r.ID, first, r.Number)
		}
	case len(n.lines) < watchedIDs:
		if n.lines == nil {
			n.lines = make(map[uint64]int)
		}
		n.lines[id] = r.Number
	}
}

// why says why a case was not assessed. What vacancies there are would be said
// again and again.
func (n *notices) why(r audit.Result) error {
	if r.Case != nil && r.Case.Vacancy.Inline == nil {
		if _, err := n.catalogue.VacancyOf(r.Case); err != nil {
			return fmt.Errorf("there is no vacancy %q: give its file with -vacancy-file", r.Case.Vacancy.Reference)
		}
	}
	return r.Err
}

func (n *notices) print(w io.Writer) {
	for _, line := range n.refused {
		fmt.Fprintf(w, "audit: %s\n", line)
	}
	if more := n.failed - len(n.refused); more > 0 {
		fmt.Fprintf(w, "audit: not assessed beside these: %d, with their errors among the assessments\n", more)
	}
	if n.again > 0 {
		fmt.Fprintf(w, "audit: lines with the id of an earlier one, which are counted too: %d, the first is %s\n", n.again, n.repeated)
	}
}
