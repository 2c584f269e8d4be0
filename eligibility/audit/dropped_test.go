package audit

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
)

// What the statuses tell about a rule that is dropped is what assessing
// without it gives, for every rule.
func TestDroppedRulesAreThoseWithoutWhichACaseIsEligible(t *testing.T) {
	catalogue := catalogue(t)
	a := &Auditor{Catalogue: catalogue, Clauses: true}
	marked, only := 0, 0
	for r, err := range a.Lines(t.Context(), strings.NewReader(input(inputLines(700)))) {
		require.NoError(t, err)
		if r.Err != nil {
			continue
		}
		post, choice, err := catalogue.PostOf(r.Case)
		require.NoError(t, err)
		if post == nil || choice.Basis == eligibility.ChosenPerhaps {
			continue
		}
		var want, got, onlyWant, onlyGot []string
		for i, c := range r.clauses.tree.all {
			if r.clauses.rules[i]&markMoreEligible != 0 {
				got = append(got, c.path)
			}
			if r.clauses.rules[i]&markOnlyCause != 0 {
				onlyGot = append(onlyGot, c.path)
			}
			if r.Assessment.Verdict == eligibility.Eligible {
				continue
			}
			without, err := post.Assess(t.Context(), r.Case, eligibility.Outline(), eligibility.Without(c.path))
			require.NoError(t, err)
			if without.Verdict == eligibility.Eligible {
				want = append(want, c.path)
			}
			if without.Verdict != eligibility.Ineligible && r.clauses.rules[i]&markFell != 0 {
				onlyWant = append(onlyWant, c.path)
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		require.Equal(t, want, got, r.ID)
		require.ElementsMatch(t, onlyWant, onlyGot, r.ID)
		marked += len(got)
		only += len(onlyGot)
	}
	require.Greater(t, marked, 30)
	require.Greater(t, only, 30)
}
