package policies_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// Flips are those that trying combinations finds: every reading changed by
// itself, every two of them, and many chosen by lot.
func TestReadingsAgainstCombinations(t *testing.T) {
	csdp, err := policies.CSDP()
	require.NoError(t, err)
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	combinations := someCombinations(csdp.Readings())
	tried := 0
	for _, file := range []string{"readings", "tenure", "education"} {
		for _, p := range loadCases(t, "csdp")[file] {
			if tried++; tried%20 != 1 {
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
			for _, combination := range combinations {
				chosen := csdp
				for id, option := range combination {
					chosen, err = chosen.WithReading(id, option)
					require.NoError(t, err)
				}
				post, err := chosen.Post(vacancy)
				require.NoError(t, err)
				got, err := post.Assess(t.Context(), c, append(p.options, eligibility.Outline())...)
				require.NoError(t, err)
				require.False(t, a.Readings.Robust && got.Verdict != a.Verdict, "%s: %v", p.name, combination)
				requireFlip(t, csdp, a, combination, got.Verdict, p.name)
			}
			require.Equal(t, a.Readings.Robust, len(a.SensitiveTo) == 0, p.name)
			require.Less(t, a.Readings.Runs, 300, p.name)
		}
	}
}

// someCombinations are changes of readings: of one, of two, and of any number.
func someCombinations(readings []eligibility.Reading) []map[string]string {
	var combinations []map[string]string
	for i, r := range readings {
		for option := range r.Options {
			combinations = append(combinations, map[string]string{r.ID: option})
			for _, s := range readings[:i] {
				for other := range s.Options {
					combinations = append(combinations, map[string]string{r.ID: option, s.ID: other})
				}
			}
		}
	}
	lot := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		c := map[string]string{}
		for _, r := range readings {
			options := slices.Sorted(maps.Keys(r.Options))
			c[r.ID] = options[lot.IntN(len(options))]
		}
		combinations = append(combinations, c)
	}
	return combinations
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
