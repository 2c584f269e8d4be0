package eligibility_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eqf"
	"github.com/qualify-rules/qualify/experience"
)

func TestCasesMadeInGo(t *testing.T) {
	post := trial{rules: `
- {id: degree, expression: "candidate.awarded(q, q.attested && q.eqfLevel() >= 6 && application.inField(q))"}
- {id: work, expression: "candidate.worked(e, application.relevant(e)).since(degree).reaches(years(1))"}
- {id: service, expression: "candidate.served(c, c.mission == vacancy.mission).atThreat([\"high\"]).leaves(vacancy.deployment, years(6))"}
`}.post(t)
	catalogue, err := eligibility.NewCatalogue([]*eligibility.Policy{post.Policy()}, []*eligibility.Vacancy{post.Vacancy()})
	require.NoError(t, err)
	good := func() *eligibility.Case {
		return &eligibility.Case{ID: "c", Candidate: eligibility.Candidate{ID: "x"}, Vacancy: eligibility.VacancyRef{Reference: "V 1"}}
	}
	change := func(f func(*eligibility.Case)) *eligibility.Case {
		c := good()
		f(c)
		return c
	}
	for _, tt := range []struct {
		name            string
		c               *eligibility.Case
		pointer, remedy string
	}{
		{"zero case", &eligibility.Case{}, "/id", "state it"},
		{"zero candidate", change(func(c *eligibility.Case) { c.Candidate = eligibility.Candidate{} }), "/candidate/id", "state it"},
		{"zero vacancy", change(func(c *eligibility.Case) { c.Vacancy.Inline = &eligibility.Vacancy{} }), "/vacancy/vacancy", "state it"},
		{"no vacancy", change(func(c *eligibility.Case) { c.Vacancy = eligibility.VacancyRef{} }), "/vacancy", "name a vacancy"},
		{"unknown vacancy", change(func(c *eligibility.Case) { c.Vacancy.Reference = "V 2" }), "/vacancy", "use one of V 1"},
		{"unknown policy", change(func(c *eligibility.Case) {
			c.Vacancy.Inline = &eligibility.Vacancy{Reference: "V 1", Policy: "q"}
		}), "/vacancy/policy", "use one of p"},
		{"unknown judgement", change(func(c *eligibility.Case) {
			c.Application.Judgements = map[string]experience.Truth{"b": experience.True, "a": experience.True}
		}), "/application/judgements/a", "no rule of V 1 asks"},
		{"zero records", change(func(c *eligibility.Case) { c.Candidate.Qualifications = make([]eligibility.Qualification, 1) }), "/candidate/qualifications/0/id", "state it"},
		{"zero contract", change(func(c *eligibility.Case) { c.Candidate.Contracts = []eligibility.Contract{{ID: "k"}} }), "/candidate/contracts/0/mission", "state it"},
		{"zero threat", change(func(c *eligibility.Case) {
			c.Missions = []eligibility.Mission{{ID: "m", Threat: make([]eligibility.Threat, 1)}}
		}), "/missions/0/threat/0/from", "state the day"},
		{"empty code", change(func(c *eligibility.Case) { c.Candidate.Citizenships = []string{""} }), "/candidate/citizenships/0", "ISO 3166-1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := catalogue.Assess(t.Context(), tt.c)
			require.Nil(t, a)
			requireInputError(t, err, tt.pointer, tt.remedy)
		})
	}

	a, err := catalogue.Assess(t.Context(), good())
	require.NoError(t, err)
	require.Equal(t, eligibility.Ineligible, a.Verdict)
}

// Values that no decoder lets through are refused where they come from Go.
func TestImpossibleValuesMadeInGo(t *testing.T) {
	post := trial{rules: `- {id: it, expression: "candidate.awarded(q, q.attested && q.eqfLevel() >= 6 && q.studyYears >= 1.0)"}`}.post(t)
	for name, q := range map[string]eligibility.Qualification{
		"EQF level 9":          {ID: "q", Kind: eligibility.University, EQF: 9},
		"equivalent level 200": {ID: "q", Kind: eligibility.University, EquivalentEQF: 200},
		"cycle 9":              {ID: "q", Kind: eligibility.University, Cycle: 9},
		"a field that is none": {ID: "q", Kind: eligibility.University, Fields: []eqf.Field{"x"}},
		"a negative study":     {ID: "q", Kind: eligibility.University, StudyYears: -3},
		"a truth that is none": {ID: "q", Kind: eligibility.University, Attested: 7},
	} {
		t.Run(name, func(t *testing.T) {
			c := &eligibility.Case{ID: "c", Candidate: eligibility.Candidate{ID: "x", Qualifications: []eligibility.Qualification{q}}, Vacancy: eligibility.VacancyRef{Reference: "V 1"}}
			_, err := post.Assess(t.Context(), c)
			input, ok := errors.AsType[*eligibility.InputError](err)
			require.True(t, ok, name+" is not refused when it comes from Go")
			require.Contains(t, input.Pointer, "/candidate/qualifications/0/")
		})
	}
}

func TestNilCase(t *testing.T) {
	post := trial{rules: `- {id: it, expression: "true"}`}.post(t)
	_, err := post.Assess(t.Context(), nil)
	requireInputError(t, err, "", "")
}

func TestAssessmentStopsWithItsContext(t *testing.T) {
	tr := trial{rules: `- {id: it, expression: "true"}`}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	a, err := tr.post(t).Assess(ctx, tr.history(t))
	require.ErrorIs(t, err, context.Canceled)
	require.Nil(t, a)
}

func TestUnknownStage(t *testing.T) {
	tr := trial{rules: `- {id: it, expression: "true"}`}
	_, err := tr.post(t).Assess(t.Context(), tr.history(t), eligibility.AtStage("interview"))
	require.ErrorContains(t, err, "use one of application, selection, deployment")
}

func TestVacancyOfAnotherPolicy(t *testing.T) {
	p := trial{rules: `- {id: it, expression: "true"}`}.policy(t)
	_, err := p.Post(&eligibility.Vacancy{Reference: "V 1", Policy: "q"})
	require.ErrorContains(t, err, "vacancy V 1 is of policy q and not p")
	_, err = p.Post(&eligibility.Vacancy{})
	requireInputError(t, err, "/vacancy", "state it")
	_, err = p.Post(&eligibility.Vacancy{Reference: "V 1", Policy: "p", Rules: []eligibility.Rule{{ID: "own", Expression: "nobody"}}})
	require.ErrorContains(t, err, "vacancy V 1 /rules/0/expression: rule own: undeclared reference to 'nobody'")
	_, err = eligibility.NewCatalogue([]*eligibility.Policy{p, p}, []*eligibility.Vacancy{
		{Reference: "V 1", Policy: "p"}, {Reference: "V 1", Policy: "p"}, {Reference: "V 2", Policy: "q"},
	})
	require.ErrorContains(t, err, "two policies p")
	require.ErrorContains(t, err, "two vacancies V 1")
	require.ErrorContains(t, err, `no policy "q"`)
}

func TestReadingsAreChosen(t *testing.T) {
	p := trial{
		head:  "readings:\n  - {id: scope, about: x, options: {narrow: a, wide: b}, default: narrow}",
		rules: `- {id: it, expression: 'reading.scope == "wide"'}`,
	}.policy(t)
	_, err := p.WithReading("scope", "widest")
	require.ErrorContains(t, err, "use one of narrow, wide")
	_, err = p.WithReading("scop", "wide")
	require.ErrorContains(t, err, "use one of scope")
	wide, err := p.WithReading("scope", "wide")
	require.NoError(t, err)
	require.Equal(t, map[string]string{"scope": "narrow"}, p.Chosen())
	require.Equal(t, map[string]string{"scope": "wide"}, wide.Chosen())
	for policy, verdict := range map[*eligibility.Policy]eligibility.Verdict{p: eligibility.Ineligible, wide: eligibility.Eligible} {
		post, err := policy.Post(&eligibility.Vacancy{Reference: "V 1", Policy: "p"})
		require.NoError(t, err)
		a, err := post.Assess(t.Context(), trial{}.history(t))
		require.NoError(t, err)
		require.Equal(t, verdict, a.Verdict)
		require.Equal(t, policy.Chosen(), a.Pins.Readings)
	}
}
