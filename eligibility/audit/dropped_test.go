package audit

import (
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// What the statuses tell about a rule that is dropped is what assessing
// without it gives, for every rule.
func TestDroppedRulesAreThoseWithoutWhichACaseIsEligible(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	a := &Auditor{Catalogue: catalogue, Clauses: true}
	f, err := os.Open(casesFile(t))
	require.NoError(t, err)
	defer f.Close()
	marked, assessed := 0, 0
	for r, err := range a.Lines(t.Context(), f) {
		require.NoError(t, err)
		if r.Err != nil {
			continue
		}
		assessed++
		post, _, err := catalogue.PostOf(r.Case)
		require.NoError(t, err)
		var want, got []string
		for i, c := range r.clauses.tree.all {
			if r.clauses.rules[i]&markMoreEligible != 0 {
				got = append(got, c.path)
			}
			if r.Assessment.Verdict == eligibility.Eligible {
				continue
			}
			without, err := post.Assess(t.Context(), r.Case, eligibility.Outline(), eligibility.Without(c.path))
			require.NoError(t, err)
			if without.Verdict == eligibility.Eligible {
				want = append(want, c.path)
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		require.Equal(t, want, got, r.ID)
		marked += len(got)
	}
	require.Positive(t, marked)
	t.Log(assessed, marked)
}

func casesFile(t *testing.T) string { return "/work/shared/cases/cases.jsonl" }
