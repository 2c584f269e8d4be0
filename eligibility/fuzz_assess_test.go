package eligibility_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eqf"
	"github.com/qualify-rules/qualify/experience"
)

// mutate changes a valid case in so many places into one that is as valid: it
// forgets facts, blurs and moves days, and changes codes.
func mutate(r *rand.Rand, c *eligibility.Case, changes int) {
	someDay := func() experience.Date {
		d, _ := experience.NewDate(1995+r.IntN(35), 1+r.IntN(12), 1+r.IntN(28))
		switch r.IntN(8) {
		case 0:
			return experience.Date{}
		case 1:
			return experience.UnknownDate()
		case 2:
			return experience.MustParseDate(d.String()[:7])
		case 3:
			return experience.MustParseDate(d.String()[:4])
		}
		return d
	}
	span := func(from, to *experience.Date) {
		if r.IntN(2) == 0 {
			*from = someDay()
		} else {
			*to = someDay()
		}
		if (experience.Span{From: *from, To: *to}).Check() != nil {
			*from, *to = *to, *from
		}
	}
	truth := func() experience.Truth { return experience.Truth(r.IntN(3)) }
	p := &c.Candidate
	for range changes {
		switch r.IntN(18) {
		case 0:
			p.Citizenships = [][]string{nil, {}, {"FR"}, {"CH"}, {"CH", "DE"}}[r.IntN(5)]
		case 1, 2:
			p.Qualifications[r.IntN(len(p.Qualifications))].Awarded = someDay()
		case 3:
			p.Qualifications[r.IntN(len(p.Qualifications))].Attested = truth()
		case 4:
			q := &p.Qualifications[r.IntN(len(p.Qualifications))]
			q.EQF, q.Cycle, q.EquivalentEQF = eqf.Level(r.IntN(9)), eqf.Cycle(r.IntN(5)), eqf.Level(r.IntN(9))
		case 5:
			q := &p.Qualifications[r.IntN(len(p.Qualifications))]
			q.Fields = [][]eqf.Field{nil, {}, {"061"}, {"06"}, {"0421"}, {"0688"}}[r.IntN(6)]
			q.Course, q.Unlevelled = r.IntN(4) == 0, r.IntN(4) == 0
		case 6, 7, 8:
			e := &p.Employments[r.IntN(len(p.Employments))]
			span(&e.From, &e.To)
		case 9:
			e := &p.Employments[r.IntN(len(p.Employments))]
			e.Fraction, _ = experience.ParseFraction([]string{"", "0", "0.5", "1"}[r.IntN(4)])
			e.Domains = [][]string{nil, {}, {"security"}, {"ict", "law"}}[r.IntN(4)]
		case 10, 11:
			k := &p.Contracts[r.IntN(len(p.Contracts))]
			span(&k.From, &k.To)
		case 12:
			k := &p.Contracts[r.IntN(len(p.Contracts))]
			k.Regime = []eligibility.Regime{"contracted", "seconded", "local"}[r.IntN(3)]
			k.Mission = []string{"EULEX Kosovo", "EUAM Ukraine", "elsewhere"}[r.IntN(3)]
		case 13:
			c.Application.Date = someDay()
		case 14:
			c.Application.Regime = []eligibility.Regime{"", "contracted", "seconded"}[r.IntN(3)]
			c.Application.Nominated = truth()
		case 15:
			c.Application.DeploymentStarts = someDay()
		case 16:
			c.Application.Relevance[p.Employments[r.IntN(len(p.Employments))].ID] = truth()
		case 17:
			if len(c.Missions) > 0 && r.IntN(4) == 0 {
				c.Missions = c.Missions[:len(c.Missions)-1]
			} else if len(c.Missions) > 0 {
				m := &c.Missions[r.IntN(len(c.Missions))]
				m.Threat[r.IntN(len(m.Threat))].Level = []eligibility.ThreatLevel{"low", "high", "critical"}[r.IntN(3)]
			}
		}
	}
}

// settle states what a case leaves open: each fact at random as it may be.
func settle(r *rand.Rand, c *eligibility.Case) {
	within := func(d *experience.Date, from, to experience.Date) {
		low, high := from, to
		if d.IsValid() {
			low, high = d.First().Later(from), d.Last().Earlier(to)
		}
		*d = low
		for low.Before(high) == experience.True && r.IntN(6) > 0 {
			next := low.Add(experience.MustParsePeriod([]string{"P1D", "P1M", "P1Y", "P5Y"}[r.IntN(4)]))
			if next.NotAfter(high) == experience.True {
				low = next
			}
			*d = low
		}
	}
	early, late := experience.MustParseDate("1990-01-01"), experience.MustParseDate("2040-12-31")
	day := func(d *experience.Date) {
		if !d.IsExact() {
			within(d, early, late)
		}
	}
	span := func(from, to *experience.Date) {
		if !from.IsExact() {
			end := late
			if to.IsValid() {
				end = to.Last()
			}
			within(from, early.Earlier(end), end)
		}
		if to.IsValid() && !to.IsExact() {
			within(to, to.First().Later(*from), to.Last())
		}
	}
	truth := func(t *experience.Truth) {
		if *t == experience.Unknown {
			*t = experience.TruthOf(r.IntN(2) == 0)
		}
	}
	p := &c.Candidate
	if p.Citizenships == nil {
		p.Citizenships = [][]string{{}, {"FR"}, {"CH"}}[r.IntN(3)]
	}
	for i := range p.Qualifications {
		q := &p.Qualifications[i]
		day(&q.Awarded)
		truth(&q.Attested)
		if q.Fields == nil {
			q.Fields = [][]eqf.Field{{}, {"0611"}, {"0421"}}[r.IntN(3)]
		}
		if !q.EQF.IsValid() && q.NQF == (eligibility.NQF{}) && !q.Cycle.IsValid() && !q.Unlevelled {
			q.EQF = eqf.Level(1 + r.IntN(5))
			if q.Kind != eligibility.Secondary {
				q.EQF = eqf.Level(1 + r.IntN(8))
			}
		}
		if q.Kind == eligibility.University && q.StudyYears == 0 {
			q.StudyYears = eligibility.StudyYears(1 + r.IntN(5))
		}
	}
	for i := range p.Employments {
		e := &p.Employments[i]
		span(&e.From, &e.To)
		if e.Domains == nil {
			e.Domains = [][]string{{}, {"security"}, {"ict"}}[r.IntN(3)]
		}
		relevant := c.Application.Relevance[e.ID]
		if relevant == experience.Unknown && r.IntN(2) == 0 {
			truth(&relevant)
			c.Application.Relevance[e.ID] = relevant
		}
	}
	for i := range p.Contracts {
		span(&p.Contracts[i].From, &p.Contracts[i].To)
	}
	truth(&c.Application.Nominated)
	if c.Application.Regime == "" {
		c.Application.Regime = []eligibility.Regime{"contracted", "seconded"}[r.IntN(2)]
	}
	if c.Application.Date.IsValid() {
		day(&c.Application.Date)
	}
	if c.Application.DeploymentStarts.IsValid() {
		day(&c.Application.DeploymentStarts)
	}
}

// requireSound holds what is true of every assessment.
func requireSound(t *testing.T, a *eligibility.Assessment) {
	t.Helper()
	if a.Verdict == eligibility.Undetermined {
		require.NotEmpty(t, a.Missing, brief(a))
	} else {
		require.Empty(t, a.Missing)
	}
	require.True(t, slices.IsSorted(a.Missing) || len(a.Missing) == len(slices.Compact(slices.Clone(a.Missing))))
	var look func(list []eligibility.Finding)
	look = func(list []eligibility.Finding) {
		for _, f := range list {
			require.Equal(t, f.Status == eligibility.NotDetermined, len(f.Missing) > 0, "%s: %s", f.ID, brief(a))
			require.True(t, f.Status == eligibility.Met || !f.On.IsValid(), f.ID)
			require.NotEmpty(t, f.Reason, f.ID)
			require.NotContains(t, f.Reason, "%!", f.ID)
			for _, p := range slices.Concat(f.Missing, f.By) {
				require.True(t, strings.HasPrefix(p, "/"), p)
			}
			look(f.Findings)
		}
	}
	look(a.Findings)
	require.False(t, a.EligibleFrom.IsValid() && a.Verdict == eligibility.Undetermined)
	require.True(t, a.EligibleFrom.IsValid() || !a.Projected)
}

func FuzzAssess(f *testing.F) {
	cat := catalogue(f)
	references := cat.References()
	text := richCase(f)
	for i := range uint64(200) {
		f.Add(i, uint8(i), uint8(i/5))
	}
	f.Fuzz(func(t *testing.T, seed uint64, changes, post uint8) {
		c, err := eligibility.DecodeCase(text)
		require.NoError(t, err)
		mutate(rand.New(rand.NewPCG(seed, 0)), c, int(changes%32))
		c.Vacancy.Reference = references[int(post)%len(references)]
		if c.Check() != nil {
			t.Skip("not well formed")
		}
		stage := []eligibility.Stage{eligibility.StageApplication, eligibility.StageSelection, eligibility.StageDeployment}[seed%3]
		a, err := cat.Assess(t.Context(), c, eligibility.AtStage(stage))
		require.NoError(t, err)
		requireSound(t, a)
		outline, err := cat.Assess(t.Context(), c, eligibility.AtStage(stage), eligibility.Outline())
		require.NoError(t, err)
		require.Equal(t, a.Verdict, outline.Verdict)
		require.Equal(t, a.Missing, outline.Missing)

		if a.Verdict == eligibility.Undetermined {
			return
		}
		// Nothing that becomes known may turn a verdict that was certain.
		settled, err := eligibility.DecodeCase(text)
		require.NoError(t, err)
		mutate(rand.New(rand.NewPCG(seed, 0)), settled, int(changes%32))
		settled.Vacancy = c.Vacancy
		settle(rand.New(rand.NewPCG(seed, 1)), settled)
		require.NoError(t, settled.Check())
		b, err := cat.Assess(t.Context(), settled, eligibility.AtStage(stage), eligibility.Outline())
		require.NoError(t, err)
		require.Equal(t, a.Verdict, b.Verdict, "%s\n%s\n%s%s", bytesOf(t, c), bytesOf(t, settled), brief(a), brief(b))
	})
}
