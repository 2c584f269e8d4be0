package policytest

import (
	"context"
	"fmt"
	"io"
	"iter"
	"maps"
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

// tries is how many cases are tried for one survivor, and searched for how many
// survivors cases are tried: who has more has other work to do first.
const (
	tries    = 4000
	searched = 50
)

// killers looks for cases that tell mutants from their policy.
type killers struct {
	run      *mutationRun
	cases    []Case // of the suite, and of people made for their vacancies
	drafts   []draft
	readings []map[string]string // each option that is not chosen, alone
}

func newKillers(r *mutationRun) *killers {
	k := &killers{run: r}
	seen := make(map[*eligibility.Vacancy]bool)
	add := func(c Case, d draft) { k.cases, k.drafts = append(k.cases, c), append(k.drafts, d) }
	for _, c := range r.suite.Cases {
		if d, err := draftOf(c.Input); err == nil {
			add(c, d)
		}
	}
	for i := range r.suite.Cases {
		v := r.suite.Cases[i].Input.Vacancy.Inline
		if v == nil {
			v = r.vacancies[r.suite.Cases[i].Input.Vacancy.Reference]
		}
		if v == nil || seen[v] || len(seen) >= 5 {
			continue
		}
		seen[v] = true
		w := newWorld(r.policy, v)
		w.asked = k.drafts[i]["vacancy"]
		for _, h := range w.histories() {
			add(Case{Stage: eligibility.StageService}, h)
		}
	}
	chosen := r.policy.Chosen()
	for _, reading := range r.policy.Readings() {
		for _, option := range sorted(reading.Options) {
			if option != chosen[reading.ID] {
				k.readings = append(k.readings, map[string]string{reading.ID: option})
			}
		}
	}
	return k
}

// of looks for a small case on which a mutant differs: among the cases, then
// among those cases under other readings, then among what differs from them by
// one fact.
func (k *killers) of(ctx context.Context, m *mutation.Mutant) (*Killer, error) {
	p, err := k.run.load(m)
	if err != nil {
		return nil, err
	}
	original, mutant := newSubject(k.run.policy, k.run.vacancies), newSubject(p, k.run.vacancies)
	differ := func(c Case, d draft) (what, one, other string) {
		if c.Input, err = d.build(); err != nil {
			return "", "", ""
		}
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
	for c, d := range k.candidates() {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if left--; left < 0 {
			return nil, nil
		}
		what, one, other := differ(c, d)
		if what == "" {
			continue
		}
		small := shrink(d, func(d draft) bool {
			w, o, n := differ(c, d)
			return w == what && o == one && n == other
		})
		input, err := small.build()
		if err != nil {
			return nil, err
		}
		early := c
		early.Stage = ""
		if w, o, n := differ(early, small); w == what && o == one && n == other {
			c = early
		}
		return &Killer{Case: input, Stage: c.Stage, Readings: c.Readings, What: what, Policy: one, Mutant: other, text: caseText(small, "")}, nil
	}
	return nil, nil
}

func (k *killers) candidates() iter.Seq2[Case, draft] {
	return func(yield func(Case, draft) bool) {
		for i, d := range k.drafts {
			if !yield(k.cases[i], d) {
				return
			}
		}
		for _, readings := range k.readings {
			for i, d := range k.drafts {
				c := k.cases[i]
				c.Readings = readings
				if !yield(c, d) {
					return
				}
			}
		}
		for i, d := range k.drafts {
			for varied := range d.variations() {
				if !yield(k.cases[i], varied) {
					return
				}
			}
		}
	}
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

// variations goes through the drafts that differ in one fact by little, and
// those without it.
func (d draft) variations() iter.Seq[draft] {
	return func(yield func(draft) bool) {
		for _, part := range parts {
			for _, path := range d.places([]step{part}) {
				v := d.value(path)
				values := others(path, v)
				if record, ok := v.(map[string]any); ok && len(path) == 3 { // the same once more
					again := maps.Clone(record)
					if again["id"] != nil {
						again["id"] = "again"
					}
					if !yield(d.added(path[:2], again)) {
						return
					}
				}
				if text, ok := v.(string); ok && writtenDay.MatchString(text) {
					values = nil
					if at, err := experience.ParseDate(text); err == nil {
						if applied, ok := d.value([]step{"application", "date"}).(string); ok {
							if day, err := experience.ParseDate(applied); err == nil {
								values = append(values, applied, day.Add(away[0]).String())
							}
						}
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

func onDay(day string) string {
	if day == orNothing("") {
		return "without a day"
	}
	return "on " + day
}

func (k *Killer) print(w io.Writer, indent string) {
	what := fmt.Sprintf("%s is %s, and %s with the error", k.What, k.Policy, k.Mutant)
	if path, day := strings.CutSuffix(k.What, " on"); day {
		what = fmt.Sprintf("%s is fulfilled %s, and %s with the error", path, onDay(k.Policy), onDay(k.Mutant))
	}
	fmt.Fprintf(w, "%sa case that would notice: %s\n", indent, what)
	for line := range strings.Lines(k.text) {
		fmt.Fprintf(w, "%s  %s", indent, line)
	}
	if k.Stage != "" {
		fmt.Fprintf(w, "%s  stage: %s\n", indent, k.Stage)
	}
	if len(k.Readings) > 0 {
		fmt.Fprintf(w, "%s  readings: {%s: …}\n", indent, readingsKey(k.Readings))
	}
}
