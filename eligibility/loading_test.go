package eligibility_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/internal/golden"
)

// planted gives the faults of a source, a line for each.
func planted(err error) string {
	if err == nil {
		return "no fault\n"
	}
	source, ok := errors.AsType[*eligibility.SourceError](err)
	if !ok {
		return fmt.Sprintf("not a SourceError but a %T: %v\n", err, err)
	}
	return source.Error() + "\n"
}

// loadSource loads what the name says: a policy, or a vacancy of the policy
// "p" that has no rules that matter.
func loadSource(t *testing.T, name, text string) error {
	t.Helper()
	if !strings.HasPrefix(name, "vacancy") {
		_, err := eligibility.LoadPolicy(name, []byte(text))
		return err
	}
	v, err := eligibility.LoadVacancy(name, []byte(text))
	if err != nil {
		return err
	}
	_, err = trial{rules: "- {id: always, expression: \"true\"}"}.policy(t).Post(v)
	return err
}

// Every archive holds pairs of a source with planted faults and, under its
// name with ".faults", what loading must report.
func TestLoadingFaults(t *testing.T) {
	for _, path := range golden.Files(t, "testdata/faults/*.txtar") {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a := golden.Read(t, path)
			for _, name := range slices.Clone(a.Names) {
				if strings.HasSuffix(name, ".faults") {
					continue
				}
				t.Run(strings.TrimSuffix(name, ".yaml"), func(t *testing.T) {
					a.Check(t, name+".faults", planted(loadSource(t, name, a.Text(name))))
				})
			}
			a.Save(t)
		})
	}
}

// These load without a fault and should not.
func TestLoadingFaultsToFind(t *testing.T) {
	rule := func(expression string) string {
		return "policy: p\nversion: \"1\"\nrules:\n  - {id: it, expression: '" + expression + "'}\n"
	}
	for name, source := range map[string]string{
		"a policy without rules finds everyone eligible":        "policy: p\nversion: \"1\"\n",
		"a number of years that is no period":                   rule("vacancy.deployment < years(10000)"),
		"a negative number of days":                             rule("vacancy.deployment < days(-1)"),
		"a date compared with null is never true":               rule("candidate.retires == null"),
		"a record cannot be made, so that the rule always errs": rule(`qualify.Qualification{kind: "police"}.kind == "police"`),
		"anyOf of no rules always errs":                         rule("anyOf([])"),
		"a when of numbers that contradict each other":          "policy: p\nversion: \"1\"\nrules:\n  - {id: it, when: vacancy.education.eqf > 6 && vacancy.education.eqf < 5, expression: \"true\"}\n",
		"a when that compares two texts":                        "policy: p\nversion: \"1\"\nrules:\n  - {id: it, when: '\"a\" == \"b\"', expression: \"true\"}\n",
	} {
		t.Run(name, func(t *testing.T) {
			err := loadSource(t, "policy.yaml", source)
			require.False(t, err == nil, name)
			require.NotEqual(t, "no fault\n", planted(err))
		})
	}
}

// A fault of form must not hide the faults of what can still be read, and a
// fault of a variable must not be blamed on the rules that use it.
func TestLoadingFaultsOfOneCause(t *testing.T) {
	t.Run("a slip in a key beside a slip in an expression", func(t *testing.T) {
		got := planted(loadSource(t, "policy.yaml", "policy: p\nversion: \"1\"\ntitel: T\nrules:\n  - {id: it, expression: nobody}\n"))
		require.Contains(t, got, `policy.yaml:3:1: "titel"`)
		require.False(t, !strings.Contains(got, "nobody"), "faults of expressions are not looked for where there is a fault of form")
		require.Contains(t, got, "policy.yaml:5:26: rule it: undeclared reference to 'nobody'")
	})
	t.Run("the rule of a fault of form", func(t *testing.T) {
		got := planted(loadSource(t, "policy.yaml", "policy: p\nversion: \"1\"\nrules:\n  - {id: it, expresion: \"true\"}\n"))
		require.False(t, !strings.Contains(got, "rule it"), "a fault of form does not name the rule that it is in")
		require.Contains(t, got, "policy.yaml:4:14: rule it")
	})
	t.Run("a rule that uses a faulty variable", func(t *testing.T) {
		got := planted(loadSource(t, "policy.yaml", "policy: p\nversion: \"1\"\nvariables:\n  - {name: v, expression: nobody}\nrules:\n  - {id: it, expression: variables.v}\n"))
		require.False(t, strings.Contains(got, "rule it"), "a faulty variable is reported again wherever it is used")
		require.Equal(t, 1, strings.Count(got, "\n"), got)
	})
	for _, equality := range []string{
		`asOf == date("2024-12-31")`, `vacancy.deployment == years(1)`, `candidate.awarded(q, q.eheaCycle() == cycle("first"))`,
	} {
		t.Run("the equality "+equality, func(t *testing.T) {
			err := loadSource(t, "policy.yaml", "policy: p\nversion: \"1\"\nrules:\n  - {id: it, expression: '"+equality+"'}\n")
			require.False(t, err != nil, "equality of the library's own types is reckoned as infinitely costly: "+planted(err))
			require.NoError(t, err)
		})
	}
	t.Run("the line of a parser's error", func(t *testing.T) {
		got := planted(loadSource(t, "policy.yaml", "policy: p\nversion: \"1\"\nrules: [{id: it\n"))
		require.False(t, strings.HasPrefix(got, "policy.yaml:2:"), "lines of YAML parser errors are one too small: yaml.v3 counts them from 0, those of its scanner from 1")
		require.Regexp(t, `^policy.yaml:[34]:`, got)
	})
	t.Run("a length of study", func(t *testing.T) {
		_, err := eligibility.LoadVacancy("v.yaml", []byte("vacancy: V 1\npolicy: p\neducation: {studyYears: 0}\n"))
		got := planted(err)
		require.False(t, strings.Contains(got, "want a number, not a number"), "the fault of studyYears hides what StudyYears.UnmarshalJSON says")
		require.Contains(t, got, "v.yaml:3:25: 0 is not a length of study")
	})
}
