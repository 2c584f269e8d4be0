package policies_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// Flips are those that trying every combination of every reading finds, in
// far fewer runs.
func TestReadingsAgainstEveryCombination(t *testing.T) {
	csdp, err := policies.CSDP()
	require.NoError(t, err)
	combinations := []map[string]string{{}}
	var every []*eligibility.Policy
	for _, r := range csdp.Readings() {
		var next []map[string]string
		for _, c := range combinations {
			for _, option := range slices.Sorted(maps.Keys(r.Options)) {
				with := maps.Clone(c)
				with[r.ID] = option
				next = append(next, with)
			}
		}
		combinations = next
	}
	for _, c := range combinations {
		p := csdp
		for id, option := range c {
			p, err = p.WithReading(id, option)
			require.NoError(t, err)
		}
		every = append(every, p)
	}
	catalogue, err := policies.Catalogue(csdp)
	require.NoError(t, err)
	tried := 0
	for _, file := range []string{"readings", "tenure", "education"} {
		for _, p := range loadCases(t, "csdp")[file] {
			if tried++; tried%10 != 0 {
				continue
			}
			c, err := eligibility.DecodeCase(p.input)
			require.NoError(t, err)
			a, err := catalogue.Assess(t.Context(), c, append(p.options, eligibility.WithReadings())...)
			require.NoError(t, err)
			vacancy := c.Vacancy.Inline
			if vacancy == nil {
				post, err := catalogue.Post(c.Vacancy.Reference)
				require.NoError(t, err)
				vacancy = post.Vacancy()
			}
			verdicts := map[eligibility.Verdict]bool{}
			for i, chosen := range every {
				post, err := chosen.Post(vacancy)
				require.NoError(t, err)
				got, err := post.Assess(t.Context(), c, append(p.options, eligibility.Outline())...)
				require.NoError(t, err)
				verdicts[got.Verdict] = true
				requireFlip(t, csdp, a, combinations[i], got.Verdict, p.name)
			}
			require.Equal(t, a.Readings.Robust, len(verdicts) == 1, p.name)
			require.Equal(t, a.Readings.Robust, len(a.SensitiveTo) == 0, p.name)
			require.Less(t, a.Readings.Runs, len(every)/10, p.name)
		}
	}
}

// requireFlip holds that a combination has the verdict that the flips tell: a
// flip to another verdict is part of every combination that has it, and what
// is a flip and nothing more has its verdict.
func requireFlip(t *testing.T, p *eligibility.Policy, a *eligibility.Assessment, combination map[string]string, verdict eligibility.Verdict, name string) {
	changed := map[string]string{}
	for id, option := range combination {
		if p.Chosen()[id] != option {
			changed[id] = option
		}
	}
	part := false
	for _, f := range a.Readings.Flips {
		isPart := true
		for id, option := range f.Readings {
			isPart = isPart && changed[id] == option
		}
		part = part || isPart && f.Verdict == verdict
		if isPart && len(changed) == len(f.Readings) {
			require.Equal(t, f.Verdict, verdict, name)
		}
	}
	require.True(t, part || verdict == a.Verdict, "%s: %v gives %s", name, changed, verdict)
}
