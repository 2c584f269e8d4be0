package policies_test

import (
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/eligibility/policytest"
)

func TestSuites(t *testing.T) {
	csdp, err := policies.CSDP()
	require.NoError(t, err)
	vacancies, err := policies.Vacancies()
	require.NoError(t, err)
	policytest.Run(t, csdp, os.DirFS("suites/csdp"), policytest.Vacancies(vacancies...), policytest.MinimumCoverage(100))
}

// Every option that is not the default must change what some case comes to:
// a reading that decides nothing would be a promise without effect.
func TestReadings(t *testing.T) {
	csdp, err := policies.CSDP()
	require.NoError(t, err)
	suite, err := policytest.Load(os.DirFS("suites/csdp"))
	require.NoError(t, err)
	verdicts := make(map[string]string) // by the case without readings
	flipped := make(map[string]bool)
	for _, c := range suite.Cases {
		if len(c.Readings) == 0 {
			verdicts[c.Input.ID] = string(c.Expect.Verdict)
		}
	}
	for _, c := range suite.Cases {
		for id, option := range c.Readings {
			if len(c.Readings) == 1 && verdicts[c.Input.ID] != string(c.Expect.Verdict) {
				flipped[id+"="+option] = true
			}
		}
	}
	for _, r := range csdp.Readings() {
		for _, option := range slices.Sorted(maps.Keys(r.Options)) {
			require.True(t, option == r.Default || flipped[r.ID+"="+option], "no case shows what %s=%s changes", r.ID, option)
		}
	}
}
