package policytest

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
)

// Deviation is one thing in which a case did not come to what was expected.
type Deviation struct {
	Path      string // of the rule; "" for the case as a whole
	What      string // verdict, status, on, missing or eligibleFrom
	Want, Got string
}

// agrees reports whether an assessment is what is expected; of many cases and
// many policies this is the quick answer.
func (e *Expectation) agrees(a *eligibility.Assessment) bool {
	if a.Verdict != e.Verdict || e.Missing != nil && !slices.Equal(e.Missing, a.Missing) {
		return false
	}
	if e.EligibleFrom != nil && *e.EligibleFrom != a.EligibleFrom.String() {
		return false
	}
	status, on := len(e.Status), len(e.On)
	for path, f := range a.All() {
		if want, ok := e.Status[path]; ok {
			if want != f.Status {
				return false
			}
			status--
		}
		if want, ok := e.On[path]; ok {
			if want != f.On.String() {
				return false
			}
			on--
		}
	}
	if status > 0 {
		for path, want := range e.Status {
			if _, ok := a.Finding(strings.Split(path, "/")...); !ok && want != Absent {
				return false
			}
		}
	}
	return on == 0
}

// deviations returns in what an assessment is not what is expected.
func (e *Expectation) deviations(a *eligibility.Assessment) []Deviation {
	var out []Deviation
	differ := func(path, what, want, got string) {
		if want != got {
			out = append(out, Deviation{path, what, want, got})
		}
	}
	differ("", "verdict", string(e.Verdict), string(a.Verdict))
	if e.EligibleFrom != nil {
		differ("", "eligibleFrom", *e.EligibleFrom, a.EligibleFrom.String())
	}
	for _, path := range slices.Sorted(maps.Keys(e.Status)) {
		differ(path, "status", string(e.Status[path]), string(statusAt(a, path)))
	}
	for _, path := range slices.Sorted(maps.Keys(e.On)) {
		f, _ := a.Finding(strings.Split(path, "/")...)
		differ(path, "on", e.On[path], f.On.String())
	}
	if e.Missing != nil {
		differ("", "missing", strings.Join(e.Missing, ", "), strings.Join(a.Missing, ", "))
	}
	return out
}

// statusAt returns the status of a rule, [Absent] where it was not looked at.
func statusAt(a *eligibility.Assessment, path string) eligibility.Status {
	if f, ok := a.Finding(strings.Split(path, "/")...); ok {
		return f.Status
	}
	return Absent
}

// Result is what became of a case.
type Result struct {
	Case       *Case
	Assessment *eligibility.Assessment // nil with an error
	Deviations []Deviation
	Err        error // the case could not be assessed
}

// OK reports whether the case came to what was expected.
func (r *Result) OK() bool { return r.Err == nil && len(r.Deviations) == 0 }

// Print writes for a person in what the case differs from what was expected,
// with the reason and the citation of each rule that is concerned.
func (r *Result) Print(w io.Writer) {
	fmt.Fprintf(w, "%s\n    %s\n", r.Case.Name, r.Case.place())
	if r.Err != nil {
		fmt.Fprintf(w, "    %v\n", r.Err)
		return
	}
	var shown []string
	explain := func(path, indent string) {
		f, ok := r.Assessment.Finding(strings.Split(path, "/")...)
		if !ok || slices.Contains(shown, path) {
			return
		}
		shown = append(shown, path)
		if f.Reason != "" {
			fmt.Fprintf(w, "%s%s\n", indent, f.Reason)
		}
		if len(f.Cite) > 0 {
			fmt.Fprintf(w, "%s[%s]\n", indent, strings.Join(f.Cite, "; "))
		}
	}
	rules := false
	for _, d := range r.Deviations {
		name := d.What
		if d.What == "status" {
			name = d.Path
		} else if d.Path != "" {
			name = d.Path + " " + d.What
		}
		got := orNothing(d.Got)
		if d.Got == string(Absent) {
			got += ", as no rule of that path is looked at"
		}
		fmt.Fprintf(w, "    %s: expected %s, got %s\n", name, orNothing(d.Want), got)
		if d.Path != "" {
			rules = true
			explain(d.Path, "        ")
		}
	}
	if rules || r.Assessment.Verdict == eligibility.Eligible {
		return
	}
	for path, f := range deciding(r.Assessment) {
		fmt.Fprintf(w, "    %s is %s\n", path, f.Status)
		explain(path, "        ")
	}
}

// PrintFailed writes for a person how many cases failed, and by which rules: a
// case that came out otherwise than expected by several counts with each.
func PrintFailed(w io.Writer, results []Result) {
	failed := 0
	counts := make(map[string]int)
	for _, r := range results {
		if r.OK() {
			continue
		}
		failed++
		by := make(map[string]bool)
		if r.Err != nil {
			by["(not assessed)"] = true
		}
		for _, d := range r.Deviations {
			if d.Path != "" {
				by[d.Path] = true
			}
		}
		if len(by) == 0 {
			by["(the case as a whole)"] = true
		}
		for rule := range by {
			counts[rule]++
		}
	}
	fmt.Fprintf(w, "%d cases, %d failed\n", len(results), failed)
	if failed == 0 {
		return
	}
	fmt.Fprintf(w, "\nby rule: cases that expect it otherwise\n")
	for _, rule := range slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	}) {
		fmt.Fprintf(w, "%6d  %s\n", counts[rule], rule)
	}
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}

// deciding goes through the top-level findings that make the verdict what it
// is: those that are unmet, else those that are undetermined.
func deciding(a *eligibility.Assessment) func(yield func(string, eligibility.Finding) bool) {
	decides := eligibility.NotDetermined
	if a.Verdict == eligibility.Ineligible {
		decides = eligibility.Unmet
	}
	return func(yield func(string, eligibility.Finding) bool) {
		for _, f := range a.Findings {
			if f.Status == decides && !yield(f.ID, f) {
				return
			}
		}
	}
}
