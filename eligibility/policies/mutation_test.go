package policies_test

import (
	"flag"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility/policytest"
)

var everyMutant = flag.Bool("mutants", false, "put every error into the policies, and not every fifth only")

// The cases notice every error that is put into their policy, but for those that
// change nothing. Where time is short, every twentieth of them.
func TestMutants(t *testing.T) {
	for _, name := range suites {
		t.Run(name, func(t *testing.T) {
			options := []policytest.Option{vacancies(t)}
			switch {
			case testing.Short() || raceDetector:
				options = append(options, policytest.Sample(20))
			case !*everyMutant:
				options = append(options, policytest.Sample(5))
			}
			m, err := policytest.Mutate(t.Context(), policyOf(t, name), suiteOf(t, name), options...)
			require.NoError(t, err)
			require.Greater(t, m.Killed, 10)
			if !m.OK() {
				var b strings.Builder
				m.Print(&b)
				t.Error(b.String())
			}
		})
	}
}
