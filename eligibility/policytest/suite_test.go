package policytest_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policytest"
)

const small = `policy: small
version: "1"
readings:
  - id: level
    about: how well
    options: {strict: B2, lax: B1}
    default: strict
monotone: [languages, languageLevel]
rules:
  - id: english
    title: English
    cite: [Notice §2]
    expression: >-
      candidate.languages.exists(l, l.code == "en" && l.level >= (reading.level == "strict" ? "B2" : "B1"))
    message: English at B2 is required.
  - id: work
    when: has(vacancy.experience.total)
    expression: candidate.worked(e, application.relevant(e)).reaches(vacancy.experience.total)
`

func loadPolicy(t testing.TB, text string) *eligibility.Policy {
	p, err := eligibility.LoadPolicy("small.yaml", []byte(text))
	require.NoError(t, err)
	return p
}

func folder(files map[string]string) fstest.MapFS {
	out := make(fstest.MapFS)
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

const cases = `# Somebody who speaks English.
bases:
  speaker:
    vacancy: {vacancy: V, policy: small, experience: {total: P1Y}}
    candidate:
      languages: [{code: en, level: B2}]
      employments: [{id: e1, from: 2020-01-01, to: 2020-12-31}, {id: e2, from: 2022-01-01, to: 2022-01-31}]
    application: {date: 2025-01-01, relevance: {e1: true, e2: true}}
    expect: {verdict: eligible, status: {english: met, work: met}}
base: speaker
cases:
  - name: the base itself
    expect: {on: {work: 2020-12-31}}

  # A day short: the second employment makes up for it.
  - name: a day less # in the first
    candidate: {employments: {e1: {to: 2020-12-30}}}
    expect: {on: {work: 2022-01-01}}
  - name: the first alone, a day less
    candidate: {employments: {e1: {to: 2020-12-30}, e2: null}}
    expect: {verdict: ineligible, status: {work: unmet}}
  - name: one more record
    candidate: {employments: {e0: {from: 2018}}}
    application: {relevance: {e0: false}}
  - name: B1
    candidate: {languages: [{code: en, level: B1}]}
    expect: {verdict: ineligible, status: {english: unmet}}
    readings:
      level=lax: {verdict: eligible, status: {english: met}}
`

func TestSuite(t *testing.T) {
	policytest.Run(t, loadPolicy(t, small), folder(map[string]string{"cases.yaml": cases, "README.md": "not a case"}))
}

// What a case comes to takes the place of what was expected, where it stands.
func TestUpdated(t *testing.T) {
	wrong := strings.NewReplacer(
		"work: 2022-01-01", "work: 2023-01-01",
		"level=lax: {verdict: eligible, status: {english: met}}", "level=lax: {verdict: ineligible}",
		"    expect: {verdict: ineligible, status: {work: unmet}}\n", "",
	).Replace(cases)
	s, err := policytest.Load(folder(map[string]string{"cases.yaml": wrong}))
	require.NoError(t, err)
	p := loadPolicy(t, small)
	changed, err := s.Updated(s.Check(t.Context(), p))
	require.NoError(t, err)
	require.Len(t, changed, 1)
	require.Equal(t, strings.NewReplacer(
		"level=lax: {verdict: eligible, status: {english: met}}", "level=lax: {verdict: eligible, status: {english: met}}",
	).Replace(cases), string(changed["cases.yaml"]))
	again, err := policytest.Load(folder(map[string]string{"cases.yaml": string(changed["cases.yaml"])}))
	require.NoError(t, err)
	for _, r := range again.Check(t.Context(), p) {
		require.True(t, r.OK(), r.Case.Name)
	}
}

// A case that fails is shown with its reason and citation, and not as a dump.
func TestPrint(t *testing.T) {
	s, err := policytest.Load(folder(map[string]string{"cases.yaml": strings.Replace(cases, "expect: {verdict: ineligible, status: {english: unmet}}", "expect: {on: {work: 2020-12-30}}", 1)}))
	require.NoError(t, err)
	var b bytes.Buffer
	for _, r := range s.Check(t.Context(), loadPolicy(t, small)) {
		if !r.OK() && len(r.Case.Readings) == 0 {
			r.Print(&b)
		}
	}
	require.Equal(t, `cases/B1
    cases.yaml:25
    verdict: expected eligible, got ineligible
    english: expected met, got unmet
        English at B2 is required.
        [Notice §2]
    work on: expected 2020-12-30, got 2020-12-31
        1 year needed; reached on 2020-12-31 from employment e1 and employment e2.
`, b.String())
}

// A policy with a hole is reported at the clause, with a case that would notice.
func TestMutateFindsTheHole(t *testing.T) {
	text := strings.Replace(cases, "  - name: the first alone, a day less\n", "  - name: the first alone, a month less\n", 1)
	text = strings.Replace(text, "{employments: {e1: {to: 2020-12-30}, e2: null}}", "{employments: {e1: {to: 2020-11-30}, e2: null}}", 1)
	s, err := policytest.Load(folder(map[string]string{"cases.yaml": text}))
	require.NoError(t, err)
	m, err := policytest.Mutate(t.Context(), loadPolicy(t, small), s)
	require.NoError(t, err)
	require.False(t, m.OK())
	rules := make(map[string]policytest.Mutant)
	for _, survivor := range m.Survivors {
		rules[survivor.Name] = survivor
	}
	hole, ok := rules[`english expression: without l.code == "en"`]
	require.True(t, ok)
	require.Equal(t, 14, hole.Line)
	require.Equal(t, []string{"Notice §2"}, hole.Cite)
	require.NotNil(t, hole.Killer)
	require.Equal(t, "english", hole.Killer.What)
	require.Equal(t, "unmet", hole.Killer.Policy)
	require.Equal(t, "met", hole.Killer.Mutant)
	require.Len(t, hole.Killer.Case.Candidate.Languages, 1)
	require.Empty(t, hole.Killer.Case.Candidate.Employments)

	// The same run gives the same report, and what is listed is not reported.
	twice, err := policytest.Mutate(t.Context(), loadPolicy(t, small), s)
	require.NoError(t, err)
	require.Equal(t, m, twice)
	s.Equivalent[hole.Name] = "a test"
	s.Equivalent["a name of none"] = "a test"
	m, err = policytest.Mutate(t.Context(), loadPolicy(t, small), s)
	require.NoError(t, err)
	require.Len(t, m.Equivalent, 1)
	require.Equal(t, []string{"a name of none"}, m.Stale)
}

// The people found are cases that the policy fulfils, and each pair differs by
// one fact on which its rule turns.
func TestBoundaries(t *testing.T) {
	p := loadPolicy(t, small)
	v, err := eligibility.LoadVacancy("v.yaml", []byte("{vacancy: V, policy: small, closes: 2025-03-01, experience: {total: P6Y}}"))
	require.NoError(t, err)
	found, err := policytest.Boundaries(t.Context(), p, v)
	require.NoError(t, err)
	facts := make(map[string]bool)
	for _, b := range found {
		require.NotEqual(t, b.People[0].Status, b.People[1].Status, b.Rule)
		facts[b.Rule+" "+b.Fact] = true
	}
	require.Contains(t, facts, "english /candidate/languages/0/level")
	require.Contains(t, facts, "work /candidate/employments/0/from")
	require.Contains(t, facts, "work /candidate/employments/0/to")
	require.Contains(t, facts, "work /application/relevance/e1")
	text := policytest.SuiteOf(found, p, v)
	require.Contains(t, string(text), "-02-29")
	policytest.Run(t, p, folder(map[string]string{"people.yaml": string(text)}), policytest.Vacancies(v))
}

func TestMonotone(t *testing.T) {
	v, err := eligibility.LoadVacancy("v.yaml", []byte("{vacancy: V, policy: small, closes: 2025-03-01, experience: {total: P6Y}}"))
	require.NoError(t, err)
	found, err := policytest.Monotone(t.Context(), loadPolicy(t, small), policytest.Vacancies(v))
	require.NoError(t, err)
	require.Empty(t, found)
	found, err = policytest.Monotone(t.Context(), loadPolicy(t, strings.Replace(small, "monotone", "antitone", 1)), policytest.Vacancies(v))
	require.NoError(t, err)
	require.Len(t, found, 2)
	require.Equal(t, "english", found[0].Rule)
	require.Equal(t, eligibility.Unmet, found[0].Before)
	_, err = policytest.Monotone(t.Context(), loadPolicy(t, small))
	require.ErrorContains(t, err, "no vacancy is of policy small")
}

// With -update, the files of a folder are written.
func TestRunWritesNothingWithoutTheSwitch(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "cases.yaml"), []byte(cases), 0o600))
	policytest.Run(t, loadPolicy(t, small), os.DirFS(dir), policytest.MinimumCoverage(50))
	text, err := os.ReadFile(filepath.Join(dir, "cases.yaml"))
	require.NoError(t, err)
	require.Equal(t, cases, string(text))
}

// Whatever a file holds, reading it ends with cases or with faults.
func FuzzLoad(f *testing.F) {
	f.Add(cases)
	f.Add("cases: [{name: a}]")
	f.Add("bases: {a: {base: a}}\nbase: a\ncases: [{name: x, expect: {verdict: eligible}}]")
	f.Add("equivalent: [{mutant: m}]\nunreachable: {}")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := policytest.Load(folder(map[string]string{"cases.yaml": text}))
		if err != nil {
			return
		}
		for _, c := range s.Cases {
			require.NotNil(t, c.Input)
			require.NotEmpty(t, c.Expect.Verdict)
		}
	})
}
