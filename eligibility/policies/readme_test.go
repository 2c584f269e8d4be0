package policies_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// The case of the README comes out as it says there.
func TestCaseOfTheReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	_, block, ok := strings.Cut(string(text), "```json\n")
	require.True(t, ok)
	block, _, _ = strings.Cut(block, "```")
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)

	c, err := eligibility.DecodeCase([]byte(block))
	require.NoError(t, err)
	a, err := catalogue.Assess(t.Context(), c)
	require.NoError(t, err)
	require.Equal(t, eligibility.Eligible, a.Verdict)

	c, err = eligibility.DecodeCase([]byte(strings.Replace(block, `, "attested": true`, "", 1)))
	require.NoError(t, err)
	a, err = catalogue.Assess(t.Context(), c)
	require.NoError(t, err)
	require.Equal(t, eligibility.Undetermined, a.Verdict)
	require.Contains(t, a.Missing, "/candidate/qualifications/0/attested")
}
