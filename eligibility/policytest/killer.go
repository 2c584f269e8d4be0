package policytest

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/internal/mutation"
	"github.com/qualify-rules/qualify/experience"
)

// Killer is a case on which a policy and a mutant of it differ.
type Killer struct {
	Case     *eligibility.Case `json:"case"`
	Stage    eligibility.Stage `json:"stage,omitzero"`
	Readings map[string]string `json:"readings,omitzero"`
	What     string            `json:"what"`   // the path of the rule that differs, or verdict
	Policy   string            `json:"policy"` // what the policy says
	Mutant   string            `json:"mutant"` // what the mutant says

	text string // the case as an element of a suite
}

// tries is how many cases are tried for one survivor.
const tries = 20_000

// killer looks for a small case on which a mutant differs: among the cases of
// the suite, then among those that differ from them by one fact.
func (r *mutationRun) killer(ctx context.Context, m *mutation.Mutant) (*Killer, error) {
	p, err := r.load(m)
	if err != nil {
		return nil, err
	}
	original, mutant := newSubject(r.policy, r.vacancies), newSubject(p, r.vacancies)
	var fault error
	differ := func(like *Case, readings map[string]string, d draft) (what, one, other string) {
		input, err := d.build()
		if err != nil {
			return "", "", ""
		}
		c := Case{Input: input, Stage: like.Stage, Readings: readings}
		a, err := original.assess(ctx, &c, true)
		if err != nil {
			return "", "", ""
		}
		b, err := mutant.assess(ctx, &c, true)
		if err != nil {
			return "rule", "no error", err.Error()
		}
		return contrast(a, b)
	}
	left := tries
	for d, like := range r.candidates(m.Rule, &fault) {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if left--; left < 0 {
			break
		}
		what, one, other := differ(like, like.Readings, d)
		if what == "" {
			continue
		}
		small := shrink(d, func(d draft) bool {
			w, o, n := differ(like, like.Readings, d)
			return w == what && o == one && n == other
		})
		_, one, other = differ(like, like.Readings, small)
		c, err := small.build()
		if err != nil {
			return nil, err
		}
		return &Killer{Case: c, Stage: like.Stage, Readings: like.Readings, What: what, Policy: one, Mutant: other, text: caseText(small, "")}, nil
	}
	return nil, fault
}

// contrast returns in what two assessments of a case differ first.
func contrast(a, b *eligibility.Assessment) (what, one, other string) {
	before := make(map[string]eligibility.Finding)
	for path, f := range a.All() {
		before[path] = f
	}
	for path, f := range b.All() {
		switch g, ok := before[path]; {
		case !ok:
			return path, string(Absent), string(f.Status)
		case f.Status != g.Status:
			return path, string(g.Status), string(f.Status)
		case f.On != g.On:
			return path + " on", orNothing(g.On.String()), orNothing(f.On.String())
		}
		delete(before, path)
	}
	for path, f := range a.All() {
		if _, left := before[path]; left {
			return path, string(f.Status), string(Absent)
		}
	}
	if x, y := strings.Join(a.Missing, ", "), strings.Join(b.Missing, ", "); x != y {
		return "missing", orNothing(x), orNothing(y)
	}
	return "", "", ""
}

// candidates goes through the cases of the suite, those first that noticed
// other mutants of the rule, and then through what differs from them by one
// fact.
func (r *mutationRun) candidates(rule string, fault *error) iter.Seq2[draft, *Case] {
	return func(yield func(draft, *Case) bool) {
		var drafts []draft
		order := r.order.of(rule)
		for _, i := range order {
			d, err := draftOf(r.suite.Cases[i].Input)
			if err != nil {
				*fault = err
				return
			}
			drafts = append(drafts, d)
			if !yield(d, &r.suite.Cases[i]) {
				return
			}
		}
		for j, d := range drafts {
			for varied := range d.variations() {
				if !yield(varied, &r.suite.Cases[order[j]]) {
					return
				}
			}
		}
	}
}

// variations goes through the drafts that differ in one fact by little, and
// those without it.
func (d draft) variations() iter.Seq[draft] {
	return func(yield func(draft) bool) {
		for _, part := range parts {
			for _, path := range d.places([]step{part}) {
				v := d.value(path)
				values := others(path, v)
				if text, ok := v.(string); ok && writtenDay.MatchString(text) {
					values = nil
					if at, err := experience.ParseDate(text); err == nil {
						for _, p := range away {
							values = append(values, at.Add(p).String(), at.Subtract(p).String())
						}
					}
				}
				for _, other := range append(values, nil) {
					if !yield(d.with(path, other)) {
						return
					}
				}
			}
		}
	}
}

func (k *Killer) print(w io.Writer, indent string) {
	fmt.Fprintf(w, "%swould be noticed by this case: %s is %s, and %s with the error\n", indent, k.What, k.Policy, k.Mutant)
	for line := range strings.Lines(k.text) {
		fmt.Fprintf(w, "%s  %s", indent, line)
	}
	if len(k.Readings) > 0 {
		fmt.Fprintf(w, "%s  under the reading %s\n", indent, readingsKey(k.Readings))
	}
}
