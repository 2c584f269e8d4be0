package policies_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/eligibility/policytest"
)

// suites has a folder of cases for each policy.
var suites = []string{"csdp", "osce", "un", "nato"}

// coverage is how much of a policy its cases reach, in per cent.
// That residences are complete is never denied, but only not known.
var coverage = map[string]float64{"csdp": 99, "osce": 100, "un": 100, "nato": 100}

func policyOf(t testing.TB, name string) *eligibility.Policy {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	return catalogue.Policy(name)
}

func vacancies(t testing.TB) policytest.Option {
	all, err := policies.Vacancies()
	require.NoError(t, err)
	return policytest.Vacancies(all...)
}

func suiteOf(t testing.TB, policy string) *policytest.Suite {
	folder, err := policies.Suite(policy)
	require.NoError(t, err)
	suite, err := policytest.Load(folder)
	require.NoError(t, err)
	return suite
}

func TestSuites(t *testing.T) {
	for _, name := range suites {
		t.Run(name, func(t *testing.T) {
			policytest.Run(t, policyOf(t, name), os.DirFS("suites/"+name), vacancies(t), policytest.MinimumCoverage(coverage[name]))
		})
	}
}

// Every option that is not the default must change what some case comes to:
// a reading that decides nothing would be a promise without effect.
func TestReadings(t *testing.T) {
	for _, name := range suites {
		verdicts := make(map[string]eligibility.Verdict) // by the case without readings
		flipped := make(map[string]bool)
		for _, c := range suiteOf(t, name).Cases {
			if len(c.Readings) == 0 {
				verdicts[c.Input.ID] = c.Expect.Verdict
			}
			for id, option := range c.Readings {
				if len(c.Readings) == 1 && verdicts[c.Input.ID] != c.Expect.Verdict {
					flipped[id+"="+option] = true
				}
			}
		}
		for _, r := range policyOf(t, name).Readings() {
			for _, option := range slices.Sorted(maps.Keys(r.Options)) {
				require.True(t, option == r.Default || flipped[r.ID+"="+option], "no case of %s shows what %s=%s changes", name, r.ID, option)
			}
		}
	}
}

// preparedCase is a case of a suite, without other readings.
type preparedCase struct {
	name    string
	input   []byte // JSON
	options []eligibility.AssessOption
}

// inOneGoroutine skips a long test in which nothing can race.
func inOneGoroutine(t *testing.T) {
	if raceDetector {
		t.Skip("one goroutine: nothing can race")
	}
}

// loadCases returns the cases of a policy's suite by the name of the file.
func loadCases(t testing.TB, policy string) map[string][]preparedCase {
	out := make(map[string][]preparedCase)
	for _, c := range suiteOf(t, policy).Cases {
		if len(c.Readings) > 0 {
			continue
		}
		input, err := json.Marshal(c.Input, json.Deterministic(true))
		require.NoError(t, err)
		p := preparedCase{name: c.Name, input: input}
		if c.Stage != "" {
			p.options = append(p.options, eligibility.AtStage(c.Stage))
		}
		file := strings.TrimSuffix(c.File, ".yaml")
		out[file] = append(out[file], p)
	}
	return out
}
