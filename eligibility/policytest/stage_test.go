package policytest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policytest"
)

// later asks something of those who serve only.
const later = `policy: later
version: "1"
monotone: [languages]
antitone: [ranks]
rules:
  - id: civilian
    title: A civilian
    cite: [Notice §1]
    expression: size(candidate.ranks) == 0
  - id: english
    title: English
    cite: [Notice §2]
    stage: service
    expression: candidate.languages.exists(l, l.code == "en" && l.level >= "B2")
`

func laterVacancy(t *testing.T) *eligibility.Vacancy {
	t.Helper()
	v, err := eligibility.LoadVacancy("v.yaml", []byte("{vacancy: V, policy: later, closes: 2025-03-01}"))
	require.NoError(t, err)
	return v
}

// People, declarations and errors are looked for at the last stage too.
func TestRulesOfTheLastStage(t *testing.T) {
	v := laterVacancy(t)
	boundaries, err := policytest.Boundaries(t.Context(), loadPolicy(t, later), v)
	require.NoError(t, err)
	i := slices.IndexFunc(boundaries, func(b policytest.Boundary) bool { return b.Rule == "english" })
	require.GreaterOrEqual(t, i, 0)
	require.Equal(t, eligibility.StageService, boundaries[i].People[0].Stage)
	text := policytest.SuiteOf(boundaries, loadPolicy(t, later), v)
	policytest.Run(t, loadPolicy(t, later), folder(map[string]string{"people.yaml": string(text)}), policytest.Vacancies(v))

	found, err := policytest.Monotone(t.Context(), loadPolicy(t, strings.NewReplacer("monotone: [languages]\n", "", "[ranks]", "[languages]").Replace(later)), policytest.Vacancies(v))
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, "english", found[0].Rule)

	s, err := policytest.Load(folder(map[string]string{"a.yaml": "cases:\n  - {name: nobody, vacancy: V, expect: {verdict: eligible}}\n"}))
	require.NoError(t, err)
	require.Equal(t, map[string]int{"V": 1}, s.Unknown(nil))
	require.Empty(t, s.Unknown([]*eligibility.Vacancy{v}))
	m, err := policytest.Mutate(t.Context(), loadPolicy(t, later), s, policytest.Vacancies(v))
	require.NoError(t, err)
	i = slices.IndexFunc(m.Survivors, func(m policytest.Mutant) bool { return m.Rule == "english" && m.What() == `"B2" becomes "C1"` })
	require.GreaterOrEqual(t, i, 0)
	require.NotNil(t, m.Survivors[i].Killer)
	require.Equal(t, eligibility.StageService, m.Survivors[i].Killer.Stage)
}
