package audit

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/qualify-rules/qualify/eligibility"
)

// ReadingTotals tell how far verdicts hang on how unclear clauses are read.
type ReadingTotals struct {
	Cases  int `json:"cases"`
	Robust int `json:"robust"` // every combination of readings gives the same verdict
	// Sensitive has the readings on which a verdict hangs, by policy and name.
	Sensitive []ReadingCount `json:"sensitive,omitzero"`
}

// IsZero reports whether no case was assessed under every reading.
func (t ReadingTotals) IsZero() bool { return t.Cases == 0 }

// ReadingCount counts the cases whose verdict another option of a reading, by
// itself or with those of others, turns: in all, and into each of the verdicts.
type ReadingCount struct {
	Policy       string `json:"policy"`
	Reading      string `json:"reading"`
	Cases        int    `json:"cases"`
	Eligible     int    `json:"eligible"`
	Ineligible   int    `json:"ineligible"`
	Undetermined int    `json:"undetermined"`
}

type readingKey struct{ policy, reading string }

type readingTally struct {
	cases, robust int
	counts        map[readingKey]*ReadingCount
}

func (t *readingTally) add(a *eligibility.Assessment) {
	if a.Readings == nil {
		return
	}
	t.cases++
	if a.Readings.Robust {
		t.robust++
	}
	for _, id := range a.SensitiveTo {
		key := readingKey{a.Pins.Policy.Name, id}
		c := t.counts[key]
		if c == nil {
			if t.counts == nil {
				t.counts = make(map[readingKey]*ReadingCount)
			}
			c = &ReadingCount{Policy: key.policy, Reading: id}
			t.counts[key] = c
		}
		c.Cases++
		for to, count := range map[eligibility.Verdict]*int{
			eligibility.Eligible: &c.Eligible, eligibility.Ineligible: &c.Ineligible, eligibility.Undetermined: &c.Undetermined,
		} {
			if slices.ContainsFunc(a.Readings.Flips, func(f eligibility.Flip) bool { return f.Verdict == to && f.Readings[id] != "" }) {
				*count++
			}
		}
	}
}

func (t *readingTally) totals() ReadingTotals {
	out := ReadingTotals{Cases: t.cases, Robust: t.robust}
	for _, key := range slices.SortedFunc(maps.Keys(t.counts), func(a, b readingKey) int {
		return cmp.Or(cmp.Compare(a.policy, b.policy), cmp.Compare(a.reading, b.reading))
	}) {
		out.Sensitive = append(out.Sensitive, *t.counts[key])
	}
	return out
}

func (t *ReadingTotals) print(w io.Writer) {
	fmt.Fprintf(w, "\n%12d the same under every reading\n", t.Robust)
	for _, c := range t.Sensitive {
		fmt.Fprintf(w, "%12d turn with reading %s", c.Cases, c.Reading)
		for _, to := range []struct {
			n    int
			what string
		}{{c.Eligible, "eligible"}, {c.Ineligible, "ineligible"}, {c.Undetermined, "undetermined"}} {
			if to.n > 0 {
				fmt.Fprintf(w, ", %d into %s", to.n, to.what)
			}
		}
		fmt.Fprintln(w)
	}
}
