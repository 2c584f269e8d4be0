package eligibility_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// The observer hears of every comparison and every when, where it stands, and
// how it came out.
func TestObserve(t *testing.T) {
	outcomes := make(map[eligibility.Comparison][]experience.Truth)
	p, err := eligibility.LoadPolicy("p.yaml", []byte(`policy: p
version: "1"
variables:
  - name: national
    expression: candidate.citizenships.exists(c, c in ["FI", "SE"])
rules:
  - id: a
    when: has(application.date) && variables.national
    expression: >-
      !(asOf > vacancy.closes) && application.nominated
`), eligibility.Observe(func(c eligibility.Comparison) func(experience.Truth) {
		outcomes[c] = nil
		return func(o experience.Truth) { outcomes[c] = append(outcomes[c], o) }
	}))
	require.NoError(t, err)
	post, err := p.Post(&eligibility.Vacancy{Reference: "V", Policy: "p", Closes: experience.MustParseDate("2025-01-01")})
	require.NoError(t, err)
	_, err = post.Assess(t.Context(), &eligibility.Case{
		ID: "c", Vacancy: eligibility.VacancyRef{Reference: "V"},
		Candidate:   eligibility.Candidate{ID: "c", Citizenships: []string{"NO", "FI"}},
		Application: eligibility.Application{Date: experience.MustParseDate("2024-12-31")},
	})
	require.NoError(t, err)
	at := func(line, column int, rule, text string) eligibility.Comparison {
		return eligibility.Comparison{File: "p.yaml", Line: line, Column: column, Rule: rule, Text: text}
	}
	when := at(8, 33, "a", "has(application.date) && variables.national")
	when.When = true
	require.Equal(t, map[eligibility.Comparison][]experience.Truth{
		at(5, 52, "variables.national", `c in ["FI", "SE"]`): {experience.False, experience.True},
		when:                                     {experience.True},
		at(8, 14, "a", "has(application.date)"):  {experience.True},
		at(10, 14, "a", "asOf > vacancy.closes"): {experience.False},
		at(10, 35, "a", "application.nominated"): {experience.Unknown},
	}, outcomes)
}
