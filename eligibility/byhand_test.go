package eligibility_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eqf"
	"github.com/qualify-rules/qualify/experience"
)

// byHand is what one would write for EK 60255 without rules as code: a Go
// function over the same structs. It assumes that every fact is stated and
// exact, knows this one post, and explains nothing. It is what the benchmarks
// compare assessments with, and an oracle of the verdicts.
type byHand struct {
	closes, start, dayBefore experience.Date
	need, limit, deployment  experience.Period
	year                     experience.Period
	members                  map[string]bool
	fields                   []eqf.Field
}

func newByHand() *byHand {
	h := &byHand{
		closes: experience.MustParseDate("2025-11-14"), need: experience.MustParsePeriod("P4Y"), limit: experience.MustParsePeriod("P6Y"),
		deployment: experience.MustParsePeriod("P12M"), year: experience.MustParsePeriod("P1Y"), fields: []eqf.Field{"061"}, members: map[string]bool{},
	}
	h.start = h.closes
	h.dayBefore = h.start.Subtract(experience.MustParsePeriod("P1D"))
	for _, c := range []string{"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"} {
		h.members[c] = true
	}
	return h
}

func (h *byHand) eligible(c *eligibility.Case) bool {
	applied := c.Application.Date
	if applied.NotAfter(h.closes) != experience.True {
		return false
	}
	citizen := slices.ContainsFunc(c.Candidate.Citizenships, func(s string) bool { return h.members[s] })
	if !citizen || c.Application.Regime != eligibility.Contracted && c.Application.Regime != eligibility.Seconded {
		return false
	}
	if c.Application.Regime == eligibility.Seconded && c.Application.Nominated != experience.True {
		return false
	}
	educated, ok := h.educated(c, applied)
	if !ok {
		return false
	}
	var work []experience.Record
	for i, e := range c.Candidate.Employments {
		full := !e.Fraction.IsValid() || e.Fraction == experience.FullTime()
		if full && c.Application.Relevance[e.ID] == experience.True {
			work = append(work, experience.Record{Index: i, Span: experience.Span{From: e.From, To: e.To}, Fraction: e.Fraction, Counts: experience.True})
		}
	}
	counted := experience.Counting{Since: experience.From(educated), Until: applied}.Measure(work)
	if counted.AtLeast(h.need) != experience.True {
		return false
	}
	return c.Application.Regime == eligibility.Seconded || h.tenure(c, applied)
}

// educated is the day on which the earliest alternative is fulfilled.
func (h *byHand) educated(c *eligibility.Case, applied experience.Date) (experience.Date, bool) {
	var day experience.Date
	for i := range c.Candidate.Qualifications {
		q := &c.Candidate.Qualifications[i]
		if q.Attested != experience.True || q.Awarded.NotAfter(applied) != experience.True || eqf.MatchFields(q.Fields, h.fields) != eqf.Matches {
			continue
		}
		level, equivalent := q.EQF, q.EquivalentEQF
		switch {
		case q.Unlevelled:
			level = 0
		case !level.IsValid() && q.Cycle.IsValid():
			level = q.Cycle.Level()
		}
		if !equivalent.IsValid() {
			equivalent = level
		}
		service := (q.Kind == eligibility.PoliceEducation || q.Kind == eligibility.MilitaryEducation) && !q.Course && equivalent >= 6
		if q.Kind == eligibility.University && q.StudyYears >= 3 || level >= 6 || q.Cycle >= eqf.FirstCycle || service {
			day = day.Earlier(q.Awarded)
		}
	}
	return day, day.IsValid()
}

func (h *byHand) tenure(c *eligibility.Case, applied experience.Date) bool {
	var here, high, highByNow []experience.Record
	for i, k := range c.Candidate.Contracts {
		if k.Regime != eligibility.Contracted {
			continue
		}
		span := experience.Span{From: k.From, To: k.To}
		if k.Mission == "EULEX Kosovo" {
			here = append(here, experience.Record{Index: i, Span: span, Counts: experience.True})
		}
		for _, w := range highSpans(c, k.Mission) {
			if cut, some := span.Intersect(w); some {
				record := experience.Record{Index: i, Span: cut, Contract: span, Counts: experience.True}
				high, highByNow = append(high, record), append(highByNow, record)
			}
		}
	}
	before := experience.Counting{Until: h.dayBefore}
	served := before.Measure(here)
	if served.AtLeast(h.limit) == experience.True || served.Add(h.deployment).AtMost(h.limit) != experience.True {
		return false
	}
	target := highSpans(c, "EULEX Kosovo")
	if !slices.ContainsFunc(target, func(s experience.Span) bool {
		return s.From.NotAfter(applied) == experience.True && (s.IsOngoing() || applied.NotAfter(s.To) == experience.True)
	}) {
		return true
	}
	byNow := experience.Counting{Until: applied}
	if byNow.Measure(byNow.Chain(highByNow, h.year, applied)).AtLeast(h.limit) == experience.True {
		return false
	}
	return before.Measure(before.Chain(high, h.year, h.start)).Add(h.deployment).AtMost(h.limit) == experience.True
}

// highSpans are the times at which a mission was at high or critical threat.
func highSpans(c *eligibility.Case, mission string) []experience.Span {
	var spans []experience.Span
	for i := range c.Missions {
		if c.Missions[i].ID != mission {
			continue
		}
		entries := slices.SortedFunc(slices.Values(c.Missions[i].Threat), func(a, b eligibility.Threat) int {
			return cmp.Compare(a.From.String(), b.From.String())
		})
		for j, e := range entries {
			if e.Level != eligibility.High && e.Level != eligibility.Critical {
				continue
			}
			s := experience.Span{From: e.From}
			if j+1 < len(entries) {
				s.To = entries[j+1].From.Subtract(experience.MustParsePeriod("P1D"))
			}
			spans = append(spans, s)
		}
	}
	return spans
}

// variants are changes of the rich case of which some turn the verdict.
var variants = []struct {
	name   string
	change func(*eligibility.Case)
}{
	{"as it is", func(*eligibility.Case) {}},
	{"after the deadline", func(c *eligibility.Case) { c.Application.Date = experience.MustParseDate("2025-11-15") }},
	{"of no member state", func(c *eligibility.Case) { c.Candidate.Citizenships = []string{"CH"} }},
	{"seconded without nomination", func(c *eligibility.Case) {
		c.Application.Regime, c.Application.Nominated = eligibility.Seconded, experience.False
	}},
	{"seconded", func(c *eligibility.Case) {
		c.Application.Regime, c.Application.Nominated = eligibility.Seconded, experience.True
	}},
	{"bachelor not attested", func(c *eligibility.Case) { c.Candidate.Qualifications[1].Attested = experience.False }},
	{"degrees of another field", func(c *eligibility.Case) {
		for i := range c.Candidate.Qualifications {
			c.Candidate.Qualifications[i].Fields = []eqf.Field{"0421"}
		}
	}},
	{"no full-time work", func(c *eligibility.Case) {
		c.Candidate.Employments[12].Fraction, _ = experience.ParseFraction("0.9")
	}},
	{"work of four years less a day", func(c *eligibility.Case) {
		c.Candidate.Employments[12].From = experience.MustParseDate("2021-11-03")
	}},
	{"work of four years", func(c *eligibility.Case) { c.Candidate.Employments[12].From = experience.MustParseDate("2021-11-02") }},
	{"six years in the mission", func(c *eligibility.Case) { c.Candidate.Contracts[0].From = experience.MustParseDate("2008-01-01") }},
	{"five years and a day in the mission", func(c *eligibility.Case) {
		c.Candidate.Contracts[0].From, c.Candidate.Contracts[0].To = experience.MustParseDate("2010-01-01"), experience.MustParseDate("2013-01-01")
	}},
	{"five years in the mission", func(c *eligibility.Case) {
		c.Candidate.Contracts[0].From, c.Candidate.Contracts[0].To = experience.MustParseDate("2010-01-01"), experience.MustParseDate("2012-12-31")
	}},
	{"a chain of high threat", func(c *eligibility.Case) {
		c.Candidate.Contracts[1].To = experience.MustParseDate("2023-06-30")
	}},
	{"a chain of high threat that ends in time", func(c *eligibility.Case) {
		c.Candidate.Contracts[1].To = experience.MustParseDate("2022-08-31")
	}},
	{"no threat at the mission now", func(c *eligibility.Case) {
		c.Candidate.Contracts[1].To = experience.MustParseDate("2023-06-30")
		c.Missions[0].Threat[1].Level = eligibility.Moderate
	}},
}

func TestByHandAgrees(t *testing.T) {
	cat, hand := catalogue(t), newByHand()
	verdicts := map[eligibility.Verdict]int{}
	for _, v := range variants {
		t.Run(v.name, func(t *testing.T) {
			c := rich(t)
			c.Candidate.Qualifications[2].NQF, c.Candidate.Qualifications[2].EQF = eligibility.NQF{}, 7
			v.change(c)
			a, err := cat.Assess(t.Context(), c)
			require.NoError(t, err)
			want := eligibility.Ineligible
			if hand.eligible(c) {
				want = eligibility.Eligible
			}
			require.Equal(t, want, a.Verdict, brief(a))
			verdicts[a.Verdict]++
		})
	}
	require.Greater(t, verdicts[eligibility.Eligible], 3)
	require.Greater(t, verdicts[eligibility.Ineligible], 3)
}

func TestByHandAgreesOnRandomHistories(t *testing.T) {
	cat, hand, text := catalogue(t), newByHand(), richCase(t)
	verdicts := map[eligibility.Verdict]int{}
	for seed := range uint64(1500) {
		c, err := eligibility.DecodeCase(text)
		require.NoError(t, err)
		c.Candidate.Qualifications[2].NQF, c.Candidate.Qualifications[2].EQF = eligibility.NQF{}, 7
		r := rand.New(rand.NewPCG(seed, 3))
		mutate(r, c, 1+r.IntN(12))
		settle(r, c)
		c.Application.DeploymentStarts = experience.Date{}
		if !c.Application.Date.IsValid() {
			c.Application.Date = hand.closes
		}
		a, err := cat.Assess(t.Context(), c)
		require.NoError(t, err)
		verdicts[a.Verdict]++
		if a.Verdict == eligibility.Undetermined {
			continue // the threat of a mission is not known by hand either
		}
		require.Equal(t, hand.eligible(c), a.Verdict == eligibility.Eligible, "seed %d: %s\n%s", seed, bytesOf(t, c), brief(a))
	}
	require.Greater(t, verdicts[eligibility.Eligible], 100, verdicts)
	require.Greater(t, verdicts[eligibility.Ineligible], 100, verdicts)
}
