package eligibility_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
)

func TestDeclarations(t *testing.T) {
	p, err := eligibility.LoadPolicy("p.yaml", []byte(`{policy: p, version: "1", monotone: [ranks, experience], antitone: [contracts], rules: [{id: a, expression: "true"}]}`))
	require.NoError(t, err)
	require.Equal(t, []eligibility.Quantity{eligibility.MoreRanks, eligibility.MoreExperience}, p.Monotone())
	require.Equal(t, []eligibility.Quantity{eligibility.MoreContracts}, p.Antitone())
}

// Half time for eight years, twice: four years of days that count once, eight
// of days that count for each, and eight of part time that counts in full.
func TestCountingOfOverlapAndPartTime(t *testing.T) {
	for counting, want := range map[string]string{
		"":                               "met 2013-12-31",
		"overlap: once, partTime: share": "met 2013-12-31",
		"overlap: each":                  "met 2013-12-31",
		"partTime: full":                 "met 2013-12-31",
		"overlap: each, partTime: full":  "met 2011-12-31",
	} {
		tr := trial{head: "counting: {" + counting + "}", candidate: "employments: [{id: e, from: 2010-01-01, to: 2017-12-31, fraction: 0.5}, {id: f, from: 2010-01-01, to: 2017-12-31, fraction: 0.5}]"}
		require.Equal(t, want, tr.decide(t, "candidate.worked(x, true).reaches(years(4))"), counting)
	}
	for counting, want := range map[string]string{"": "met 2013-12-31", "overlap: each": "met 2011-12-31", "partTime: full": "met 2013-12-31"} {
		tr := trial{head: "counting: {" + counting + "}", candidate: "employments: [{id: e, from: 2010-01-01, to: 2017-12-31}, {id: f, from: 2010-01-01, to: 2017-12-31}]"}
		require.Equal(t, want, tr.decide(t, "candidate.worked(x, true).reaches(years(4))"), counting)
	}
	tr := trial{head: "counting: {partTime: full}", candidate: "employments: [{id: e, from: 2010-01-01, to: 2017-12-31, fraction: 0.5}]"}
	require.Equal(t, "met 2013-12-31", tr.decide(t, "candidate.worked(x, true).reaches(years(4))"))
}
