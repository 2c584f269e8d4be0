package policytest

import (
	"fmt"
	"io"
	"strings"
)

// Print writes for a person who flipped, and by which rules: with the reason of
// the second side, or of the first where a rule no longer stands in the way.
func (f *Flip) Print(w io.Writer) {
	if f.From == f.To {
		fmt.Fprintf(w, "%s  stays %s\n", f.Case, f.From)
	} else {
		fmt.Fprintf(w, "%s  %s -> %s\n", f.Case, f.From, f.To)
	}
	for _, r := range f.Rules {
		if f.From != f.To && !r.Decides {
			continue
		}
		fmt.Fprintf(w, "    %s  %s -> %s\n", r.Path, r.From, r.To)
		if r.Title != "" || len(r.Cite) > 0 {
			fmt.Fprintf(w, "        %s\n", strings.TrimSpace(r.Title+inBrackets(r.Cite)))
		}
		reason := r.After
		if r.To == "met" || r.To == "notApplicable" || r.To == Absent {
			if reason = r.Before; reason != "" {
				reason = "before: " + reason
			}
		}
		if reason != "" {
			fmt.Fprintf(w, "        %s\n", reason)
		}
	}
}

// Print writes for a person how many flipped, in which direction, and by which
// rules.
func (s *Summary) Print(w io.Writer) {
	fmt.Fprintf(w, "%6d cases\n%6d with another verdict\n", s.Cases, s.Flipped)
	for _, v := range s.Verdicts {
		fmt.Fprintf(w, "%10d %s -> %s\n", v.Count, v.From, v.To)
	}
	if s.Failed > 0 {
		fmt.Fprintf(w, "%6d not decided\n", s.Failed)
	}
	if len(s.Rules) > 0 {
		fmt.Fprintf(w, "\nby rule: cases whose verdict it decides, and cases in all\n")
	}
	for _, r := range s.Rules {
		fmt.Fprintf(w, "%6d %6d  %s  %s -> %s\n", r.Decided, r.Count, r.Path, r.From, r.To)
	}
}
