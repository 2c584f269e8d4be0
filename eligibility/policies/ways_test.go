package policies_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// waysOf are the nearest ways of a candidate with contracts to a post of a
// mission of high threat, for which nothing else is missing.
func waysOf(t *testing.T, contracts, application string) []eligibility.Way {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	c, err := eligibility.DecodeCase([]byte(`{
		"id": "c",
		"vacancy": {"vacancy": "V", "policy": "csdp", "mission": "EULEX Kosovo", "regimes": ["contracted", "seconded"], "closes": "2025-11-14",
			"deployment": "P12M", "education": {"studyYears": 3}, "experience": {}},
		"application": ` + application + `,
		"candidate": {"id": "c", "citizenships": ["FI"],
			"qualifications": [{"id": "q1", "kind": "university", "studyYears": 3, "eqf": 6, "awarded": "2008-06-30", "attested": true}],
			"contracts": ` + contracts + `},
		"missions": [{"id": "EULEX Kosovo", "threat": [{"from": "2010-01-01", "level": "high"}]},
			{"id": "EUAM Ukraine", "threat": [{"from": "2010-01-01", "level": "high"}]}]}`))
	require.NoError(t, err)
	a, err := catalogue.Assess(t.Context(), c, eligibility.WithNearestWays())
	require.NoError(t, err)
	require.Equal(t, eligibility.Ineligible, a.Verdict)
	return a.Ways
}

// kindsOf are the kinds of the steps of ways, one way a text.
func kindsOf(ways []eligibility.Way) []string {
	var all []string
	for _, way := range ways {
		var kinds []string
		for _, s := range way.Steps {
			kinds = append(kinds, string(s.Kind))
		}
		all = append(all, strings.Join(kinds, " "))
	}
	return all
}

// The cooling-off runs from the end of the service, which is still to come.
func TestWaysEndAnOngoingContract(t *testing.T) {
	ways := waysOf(t, `[{"id": "k1", "mission": "EUAM Ukraine", "regime": "contracted", "from": "2019-01-01"}]`,
		`{"date": "2025-11-10", "regime": "contracted"}`)
	require.Contains(t, kindsOf(ways), "end wait")
}

// Applying as seconded is a way before anything is said about the nomination.
func TestWaysApplyAsSeconded(t *testing.T) {
	ways := waysOf(t, `[{"id": "k1", "mission": "EULEX Kosovo", "regime": "contracted", "from": "2018-01-01", "to": "2025-06-30"}]`,
		`{"date": "2025-11-10", "regime": "contracted"}`)
	require.Contains(t, kindsOf(ways), "apply state")
}

// The deadline is no rule about the applicant: a vacancy like it may be open.
func TestWaysAfterTheDeadlineOfEachPolicy(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	for _, policy := range suites {
		c, err := eligibility.DecodeCase([]byte(`{"id": "c", "candidate": {"id": "c"}, "application": {"date": "2025-11-20"},
			"vacancy": {"vacancy": "V", "policy": "` + policy + `", "mission": "M", "regimes": ["contracted"], "closes": "2025-11-14", "deployment": "P12M"}}`))
		require.NoError(t, err)
		a, err := catalogue.Assess(t.Context(), c, eligibility.WithTimeline())
		require.NoError(t, err)
		for _, turn := range a.Timeline.Turns {
			require.NotEqual(t, "deadline", turn.Rule, policy)
		}
		for _, u := range a.Timeline.Unmet {
			require.NotEqual(t, "deadline", u.Rule, policy)
		}
	}
}
