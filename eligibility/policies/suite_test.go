package policies_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// casesDir has a folder of cases for each policy: testdata/csdp, testdata/osce,
// testdata/un and testdata/nato.
const casesDir = "../../testdata"

var suites = []string{"csdp", "osce", "un", "nato"}

func policyOf(t testing.TB, name string) *eligibility.Policy {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	return catalogue.Policy(name)
}

// suite is a file of cases; testdata/csdp/README.md explains it.
type suite struct {
	Base   yaml.Node
	Expect yaml.Node
	Cases  []suiteCase
}

type suiteCase struct {
	Name    string
	Patch   yaml.Node
	Stage   eligibility.Stage
	Expect  yaml.Node
	Reading map[string]yaml.Node
}

// expectation is what a case expects once it is merged with its bases.
type expectation struct {
	Verdict eligibility.Verdict
	Status  map[string]eligibility.Status
	On      map[string]string
	Missing []string
}

// absent is the status of a rule that must not be looked at.
const absent eligibility.Status = "absent"

// preparedCase is a case with all that it inherits.
type preparedCase struct {
	name    string
	input   []byte // JSON
	options []eligibility.AssessOption
	expect  map[string]any
	reading map[string]map[string]any // by "id=option"
}

func readSuite(t testing.TB, path string) suite {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	var s suite
	require.NoError(t, decoder.Decode(&s), path)
	require.NotEmpty(t, s.Cases, path)
	return s
}

// loadCases returns the cases of a policy's every file by the name of the file.
func loadCases(t testing.TB, policy string) map[string][]preparedCase {
	paths, err := filepath.Glob(filepath.Join(casesDir, policy, "*.yaml"))
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	base := readSuite(t, filepath.Join(casesDir, policy, "base.yaml"))
	files := make(map[string][]preparedCase)
	for _, path := range paths {
		s := readSuite(t, path)
		input := mergePatch(object(t, &base.Base), object(t, &s.Base))
		expect := mergePatch(object(t, &base.Expect), object(t, &s.Expect))
		name := strings.TrimSuffix(filepath.Base(path), ".yaml")
		for _, c := range s.Cases {
			require.NotEmpty(t, c.Name, path)
			text, err := json.Marshal(mergePatch(input, object(t, &c.Patch)))
			require.NoError(t, err)
			p := preparedCase{name: c.Name, input: text, reading: make(map[string]map[string]any)}
			if c.Stage != "" {
				p.options = append(p.options, eligibility.AtStage(c.Stage))
			}
			p.expect = mergePatch(expect, object(t, &c.Expect)).(map[string]any)
			for option, changed := range c.Reading {
				p.reading[option] = mergePatch(p.expect, object(t, &changed)).(map[string]any)
			}
			files[name] = append(files[name], p)
		}
	}
	return files
}

// object returns a YAML mapping as JSON has it: days stay text.
func object(t testing.TB, n *yaml.Node) any {
	switch n.Kind {
	case 0:
		return map[string]any{}
	case yaml.MappingNode:
		m := make(map[string]any, len(n.Content)/2)
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i].Value
			require.NotContains(t, m, key, "line %d", n.Content[i].Line)
			m[key] = object(t, n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, c := range n.Content {
			list[i] = object(t, c)
		}
		return list
	}
	require.Equal(t, yaml.ScalarNode, n.Kind, "line %d", n.Line)
	if n.Tag == "!!timestamp" || n.Tag == "!!str" || n.Tag == "!!int" && len(n.Value) == 4 {
		return n.Value // a year is a day that is not known exactly
	}
	var v any
	require.NoError(t, n.Decode(&v), "line %d", n.Line)
	return v
}

// mergePatch applies a JSON Merge Patch (RFC 7396) and changes neither side.
func mergePatch(target, patch any) any {
	changes, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	merged := make(map[string]any)
	if m, ok := target.(map[string]any); ok {
		maps.Copy(merged, m)
	}
	for key, change := range changes {
		if change == nil {
			delete(merged, key)
		} else {
			merged[key] = mergePatch(merged[key], change)
		}
	}
	return merged
}

func expectationOf(t testing.TB, v map[string]any) expectation {
	text, err := json.Marshal(v)
	require.NoError(t, err)
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	var e expectation
	require.NoError(t, decoder.Decode(&e))
	return e
}

// answer is what an assessment says about everything that is expected.
func answer(a *eligibility.Assessment, e expectation) expectation {
	got := expectation{
		Verdict: a.Verdict,
		Status:  make(map[string]eligibility.Status),
		Missing: a.Missing,
	}
	for path := range e.Status {
		f, ok := a.Finding(strings.Split(path, "/")...)
		got.Status[path] = f.Status
		if !ok {
			got.Status[path] = absent
		}
	}
	for path := range e.On {
		if got.On == nil {
			got.On = make(map[string]string)
		}
		f, _ := a.Finding(strings.Split(path, "/")...)
		got.On[path] = f.On.String()
	}
	return got
}

func (c preparedCase) assess(t testing.TB, catalogue *eligibility.Catalogue) *eligibility.Assessment {
	decoded, err := eligibility.DecodeCase(c.input)
	require.NoError(t, err, "%s", c.input)
	a, err := catalogue.Assess(t.Context(), decoded, c.options...)
	require.NoError(t, err)
	return a
}

func requireAnswer(t *testing.T, want map[string]any, a *eligibility.Assessment) {
	t.Helper()
	e := expectationOf(t, want)
	if len(e.On) == 0 {
		e.On = nil
	}
	require.Equal(t, e, answer(a, e))
}

func TestCases(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	for _, suite := range suites {
		files := loadCases(t, suite)
		for _, file := range slices.Sorted(maps.Keys(files)) {
			for _, c := range files[file] {
				t.Run(suite+"/"+file+"/"+c.name, func(t *testing.T) {
					requireAnswer(t, c.expect, c.assess(t, catalogue))
				})
			}
		}
	}
}

// Every option that is not the default must change what some case comes to:
// a reading that decides nothing would be a promise without effect.
func TestReadings(t *testing.T) {
	for _, suite := range suites {
		policy := policyOf(t, suite)
		for _, r := range policy.Readings() {
			for _, option := range slices.Sorted(maps.Keys(r.Options)) {
				if option != r.Default {
					requireReading(t, policy, loadCases(t, suite), r.ID, option)
				}
			}
		}
	}
}

func requireReading(t *testing.T, policy *eligibility.Policy, files map[string][]preparedCase, id, option string) {
	chosen, err := policy.WithReading(id, option)
	require.NoError(t, err)
	catalogue, err := policies.Catalogue(chosen)
	require.NoError(t, err)
	flipped := false
	for _, file := range slices.Sorted(maps.Keys(files)) {
		for _, c := range files[file] {
			want, ok := c.reading[id+"="+option]
			if !ok {
				continue
			}
			t.Run(policy.Name()+"/"+id+"="+option+"/"+c.name, func(t *testing.T) {
				a := c.assess(t, catalogue)
				requireAnswer(t, want, a)
				require.Equal(t, option, a.Pins.Readings[id])
			})
			flipped = flipped || want["verdict"] != c.expect["verdict"]
		}
	}
	require.True(t, flipped, "no case of %s shows what %s=%s changes", policy.Name(), id, option)
}

// A misspelt reading would be passed over by TestReadings.
func TestCasesNameReadingsThatExist(t *testing.T) {
	for _, suite := range suites {
		policy := policyOf(t, suite)
		for file, cases := range loadCases(t, suite) {
			for _, c := range cases {
				for name := range c.reading {
					id, option, _ := strings.Cut(name, "=")
					_, err := policy.WithReading(id, option)
					require.NoError(t, err, "%s/%s: %s", suite, file, c.name)
				}
			}
		}
	}
}

// Both sides of every rule, and what happens between them, must be among the
// cases; a rule without them could be turned around unseen.
func TestCasesReachEveryStatus(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	for _, suite := range suites {
		seen := make(map[string]bool) // path and status
		for _, cases := range loadCases(t, suite) {
			for _, c := range cases {
				for path, f := range c.assess(t, catalogue).All() {
					seen[path+" "+string(f.Status)] = true
				}
			}
		}
		var lacking []string
		var check func(prefix string, rules []eligibility.Rule)
		check = func(prefix string, rules []eligibility.Rule) {
			for _, r := range rules {
				path := prefix + r.ID
				want := []eligibility.Status{eligibility.Met, eligibility.Unmet, eligibility.NotDetermined}
				if r.When != "" || r.Each != nil {
					want = append(want, eligibility.NotApplicable)
				}
				for _, status := range want {
					if !seen[path+" "+string(status)] {
						lacking = append(lacking, path+" "+string(status))
					}
				}
				check(path+"/", slices.Concat(r.AnyOf, r.AllOf))
			}
		}
		check("", catalogue.Policy(suite).Rules())
		require.Empty(t, lacking, suite)
	}
}
