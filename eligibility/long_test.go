package eligibility_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
)

// The missing facts of the longest history are named, each once and in order,
// and are not merged one by one: that would take a minute here.
func TestMissingFactsOfTheLongestHistory(t *testing.T) {
	const n = eligibility.MaxRecords
	var employments strings.Builder
	for i := range n {
		fmt.Fprintf(&employments, "  - {id: e%d, from: 2000-01-01, to: 2000-12-31}\n", i)
	}
	a := trial{
		rules: `- {id: some, expression: 'candidate.employments.exists(e, "x" in e.domains)'}
- {id: work, expression: 'candidate.worked(e, "x" in e.domains).reaches(months(6))'}
- {id: all, expression: '!candidate.employments.all(e, "x" in e.domains)'}
`,
		candidate: "employments:\n" + employments.String(),
	}.assess(t)
	require.Equal(t, eligibility.Undetermined, a.Verdict)
	require.Len(t, a.Missing, n)
	require.Equal(t, "/candidate/employments/0/domains", a.Missing[0])
	require.Equal(t, fmt.Sprintf("/candidate/employments/%d/domains", n-1), a.Missing[n-1])
}

// A judgement that was given is not missing, however long the list.
func TestStatedFactsOfALongHistoryAreNotMissing(t *testing.T) {
	var qualifications, relevance strings.Builder
	for i := range 600 {
		fmt.Fprintf(&qualifications, "  - {id: q%d, kind: training, awarded: 2000-01-01}\n", i)
		if i > 0 {
			fmt.Fprintf(&relevance, "q%d: false, ", i)
		}
	}
	a := trial{
		rules:       "- {id: some, expression: 'candidate.qualifications.exists(q, application.relevant(q))'}\n",
		candidate:   "qualifications:\n" + qualifications.String(),
		application: "relevance: {" + relevance.String() + "}",
	}.assess(t)
	require.Equal(t, []string{"/application/relevance/q0"}, a.Missing)
}
