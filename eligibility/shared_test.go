package eligibility_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
)

// Two rules of the same variable are two rules: what is not known of one, such
// as whether it applies, is not said of the other.
func TestRulesThatShareAVariable(t *testing.T) {
	const shared = `- {id: degree, expression: "candidate.awarded(q, q.attested)"}
- {id: again, when: application.nominated, expression: degree}
- id: either
  anyOf:
    - {id: it, expression: degree}
    - {id: no, expression: "candidate.awarded(q, false)"}
- {id: work, expression: "candidate.worked(e, true).since(degree).reaches(years(1))"}
`
	a := trial{
		rules:     shared,
		candidate: "qualifications: [{id: q, kind: police, awarded: 2020-01-01, attested: true}]\nemployments: [{id: e, from: 2010-01-01}]",
	}.assess(t)
	for _, path := range []string{"degree", "again", "either", "work"} {
		f, ok := a.Finding(path)
		require.True(t, ok)
		require.Equal(t, eligibility.Met, f.Status, path)
	}
	f, _ := a.Finding("work")
	require.Equal(t, "2020-12-31", f.On.String())
}
