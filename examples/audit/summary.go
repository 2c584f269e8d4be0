package main

import (
	"fmt"
	"io"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/audit"
)

// summary counts what became of the cases.
type summary struct {
	eligible, ineligible, undetermined, unreadable int
}

func (s *summary) count(r audit.Result) {
	switch {
	case r.Err != nil:
		s.unreadable++
	case r.Assessment.Verdict == eligibility.Eligible:
		s.eligible++
	case r.Assessment.Verdict == eligibility.Ineligible:
		s.ineligible++
	default:
		s.undetermined++
	}
}

func (s *summary) print(w io.Writer) {
	total, noun := s.eligible+s.ineligible+s.undetermined+s.unreadable, "cases"
	if total == 1 {
		noun = "case"
	}
	fmt.Fprintf(w, "%12d %s\n", total, noun)
	for _, line := range []struct {
		n    int
		what string
	}{{s.eligible, "eligible"}, {s.ineligible, "ineligible"}, {s.undetermined, "undetermined"}, {s.unreadable, "not assessed"}} {
		fmt.Fprintf(w, "%12d %s\n", line.n, line.what)
	}
}
