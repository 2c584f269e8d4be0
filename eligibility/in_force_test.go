package eligibility_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// version is a policy of one rule, under which everyone or nobody is eligible.
func version(t testing.TB, name, inForce string, open bool) *eligibility.Policy {
	t.Helper()
	text := fmt.Sprintf("policy: p\nversion: %q\nrules: [{id: open, expression: \"%t\"}]\n", name, open)
	if inForce != "" {
		text += "inForce: " + inForce + "\n"
	}
	p, err := eligibility.LoadPolicy(name+".yaml", []byte(text))
	require.NoError(t, err)
	return p
}

func TestVersionInForceOnTheClosingDateDecides(t *testing.T) {
	old := version(t, "old", "{to: 2024-12-31}", false)
	middle := version(t, "middle", "{from: 2025-01-01, to: 2025-06-30}", true)
	last := version(t, "new", "{from: 2025-09-01}", false)
	catalogue, err := eligibility.NewCatalogue([]*eligibility.Policy{last, old, middle}, nil)
	require.NoError(t, err)
	require.Equal(t, []*eligibility.Policy{old, middle, last}, catalogue.Versions("p"))
	require.Same(t, last, catalogue.Policy("p"))
	for _, test := range []struct {
		closes, named string
		verdict       eligibility.Verdict
		version       string
		basis         eligibility.ChoiceBasis
		missing       []string
	}{
		{"2024-12-31", "", eligibility.Ineligible, "old", eligibility.ChosenInForce, nil},
		{"2025-01-01", "", eligibility.Eligible, "middle", eligibility.ChosenInForce, nil},
		{"2025-06-30", "", eligibility.Eligible, "middle", eligibility.ChosenInForce, nil},
		{"2025-07-01", "", eligibility.Undetermined, "", eligibility.NoneInForce, nil},
		{"2025-08-31", "", eligibility.Undetermined, "", eligibility.NoneInForce, nil},
		{"2025-09-01", "", eligibility.Ineligible, "new", eligibility.ChosenInForce, nil},
		{"2025-02/2025-05", "", eligibility.Eligible, "middle", eligibility.ChosenInForce, nil},
		{"2025-06/2025-07", "", eligibility.Undetermined, "middle", eligibility.ChosenPerhaps, []string{"/vacancy/closes"}},
		{"2024-12/2025-01", "", eligibility.Undetermined, "", eligibility.NotChosen, []string{"/vacancy/closes"}},
		{"", "", eligibility.Undetermined, "", eligibility.NotChosen, []string{"/vacancy/closes"}},
		{"", "middle", eligibility.Eligible, "middle", eligibility.ChosenNamed, nil},
		{"2025-07-01", "old", eligibility.Ineligible, "old", eligibility.ChosenNamed, nil},
		{"2025-01-01", "middle", eligibility.Eligible, "middle", eligibility.ChosenNamed, nil},
	} {
		closes := ""
		if test.closes != "" {
			closes = `,"closes":"` + test.closes + `"`
		}
		text := fmt.Appendf(nil, `{"id":"c","candidate":{"id":"c"},"policyVersion":%q,"vacancy":{"vacancy":"V 1","policy":"p"%s}}`, test.named, closes)
		for _, decode := range []func([]byte) (*eligibility.Case, error){eligibility.DecodeCase, catalogue.DecodeCase} {
			c, err := decode(text)
			require.NoError(t, err)
			a, err := catalogue.Assess(t.Context(), c)
			require.NoError(t, err)
			require.Equal(t, test.verdict, a.Verdict, "%s", text)
			require.Equal(t, test.version, a.Policy.Version, "%s", text)
			require.Equal(t, test.version, a.Pins.Policy.Version, "%s", text)
			require.Equal(t, test.basis, a.Policy.Basis, "%s", text)
			require.Equal(t, test.missing, a.Missing, "%s", text)
			require.NotEmpty(t, a.Policy.Reason)
			require.NotNil(t, a.Findings)
		}
	}
}

// One version alone needs no record of the choice; but no verdict is given by
// one that was not in force.
func TestOneVersion(t *testing.T) {
	p := version(t, "1", "{from: 2025-10-01}", true)
	catalogue, err := eligibility.NewCatalogue([]*eligibility.Policy{p}, []*eligibility.Vacancy{
		{Reference: "in force", Policy: "p", Closes: experience.MustParseDate("2025-10-01")},
		{Reference: "before", Policy: "p", Closes: experience.MustParseDate("2025-09-30")},
		{Reference: "no date", Policy: "p"},
	})
	require.NoError(t, err)
	for reference, want := range map[string]string{
		"in force": `{"verdict":"eligible","findings":[{"id":"open","status":"met"}]`,
		"before": `{"verdict":"undetermined","findings":[],"policy":{"basis":"noneInForce","on":"2025-09-30",` +
			`"reason":"No version of policy p that is loaded was in force when the vacancy closed, on 2025-09-30: 1 is in force from 2025-10-01."}`,
		"no date": `{"verdict":"undetermined","findings":[{"id":"open","status":"met"}],"missing":["/vacancy/closes"],"policy":{"version":"1","basis":"perhaps",` +
			`"reason":"The closing date of the vacancy is not stated, so that it is not known which version of policy p was in force: 1 is in force from 2025-10-01."}`,
	} {
		c, err := eligibility.DecodeCase(fmt.Appendf(nil, `{"id":"c","candidate":{"id":"c"},"vacancy":%q}`, reference))
		require.NoError(t, err)
		a, err := catalogue.Assess(t.Context(), c, eligibility.Outline())
		require.NoError(t, err)
		a.Case, a.Candidate, a.Vacancy, a.AsOf = "", "", "", experience.Date{}
		require.Contains(t, bytesOf(t, a), `{"case":"","candidate":"","vacancy":"",`+want[1:])
	}
	_, err = catalogue.Post("before")
	require.ErrorContains(t, err, "/vacancy: vacancy before: No version of policy p that is loaded was in force")

	c, err := eligibility.DecodeCase([]byte(`{"id":"c","candidate":{"id":"c"},"vacancy":"before","policyVersion":"2"}`))
	require.NoError(t, err)
	_, err = catalogue.Assess(t.Context(), c)
	require.EqualError(t, err, `/policyVersion: there is no version "2" of policy p: use one of 1`)
}

func TestVersionsThatOverlap(t *testing.T) {
	for _, test := range []struct{ first, second, fault string }{
		{"{to: 2025-06-30}", "{from: 2025-07-01}", ""},
		{"{to: 2025-06}", "{from: 2025-07}", ""},
		{"{to: 2025-06-30}", "{from: 2025-06-30}", "policies p a (in force until 2025-06-30) and p b (in force from 2025-06-30) overlap"},
		{"{to: 2025-06}", "{from: 2025-06}", "overlap"}, // they may
		{"{from: 2024-01-01}", "{from: 2025-01-01}", "policies p a (in force from 2024-01-01) and p b (in force from 2025-01-01) overlap"},
		{"", "{from: 2025-01-01, to: 2025-12-31}", "policies p a (in force always) and p b (in force from 2025-01-01 to 2025-12-31) overlap"},
	} {
		_, err := eligibility.NewCatalogue([]*eligibility.Policy{version(t, "a", test.first, true), version(t, "b", test.second, true)}, nil)
		if test.fault == "" {
			require.NoError(t, err)
		} else {
			require.ErrorContains(t, err, test.fault)
		}
	}
}

func TestReplaces(t *testing.T) {
	shipped := version(t, "2025-10", "{from: 2025-10-01}", true)
	for _, test := range []struct {
		name, inForce string
		want          bool
	}{
		{"2025-10", "{from: 2025-10-01, to: 2025-12-31}", true}, // the same version
		{"test", "", true},
		{"test", "{from: 2025-10-01}", true},
		{"2025-04", "{from: 2025-04-01, to: 2025-09-30}", false},
		{"2026-01", "{from: 2026-01-01}", false},
	} {
		require.Equal(t, test.want, version(t, test.name, test.inForce, true).Replaces(shipped), "%+v", test)
	}
	require.False(t, shipped.Replaces(trial{rules: `- {id: it, expression: "true"}`, head: "source: {document: d}"}.policy(t)))
}

// A vacancy that cases state is compiled once, and a caller who changes it
// gets what it then says.
func TestStatedVacanciesAreRemembered(t *testing.T) {
	catalogue, err := eligibility.NewCatalogue([]*eligibility.Policy{version(t, "1", "", true)}, nil)
	require.NoError(t, err)
	text := []byte(`{"id":"c","candidate":{"id":"c"},"vacancy":{"vacancy":"V 1","policy":"p","rules":[{"id":"own","expression":"candidate.id == \"c\""}]}}`)
	first, err := catalogue.DecodeCase(text)
	require.NoError(t, err)
	second, err := catalogue.DecodeCase(text)
	require.NoError(t, err)
	require.Same(t, first.Vacancy.Inline, second.Vacancy.Inline)
	post, _, err := catalogue.PostOf(first)
	require.NoError(t, err)
	again, _, err := catalogue.PostOf(second)
	require.NoError(t, err)
	require.Same(t, post, again)

	plain, err := eligibility.DecodeCase(text)
	require.NoError(t, err)
	a, err := catalogue.Assess(t.Context(), plain)
	require.NoError(t, err)
	require.Equal(t, eligibility.Eligible, a.Verdict)
	plain.Vacancy.Inline.Rules[0].Expression = `candidate.id == "d"`
	a, err = catalogue.Assess(t.Context(), plain)
	require.NoError(t, err)
	require.Equal(t, eligibility.Ineligible, a.Verdict)

	for i := range 2000 { // more than are remembered
		_, err := catalogue.DecodeCase(fmt.Appendf(nil, `{"id":"c","candidate":{"id":"c"},"vacancy":{"vacancy":"V %d","policy":"p"}}`, i))
		require.NoError(t, err)
	}
	third, err := catalogue.DecodeCase(text)
	require.NoError(t, err)
	require.NotSame(t, first.Vacancy.Inline, third.Vacancy.Inline)
}

// Both readers of cases find the same faults in the same places.
func TestReadersOfCasesAgree(t *testing.T) {
	catalogue, err := eligibility.NewCatalogue([]*eligibility.Policy{version(t, "1", "", true)}, nil)
	require.NoError(t, err)
	for _, text := range []string{
		``, `[]`, `{"id":"c"`, `{"id":"c","candidate":{"id":"c"},"vacancy":{"vacancy":"V","policy":"p","titel":"x"}}`,
		`{"id":"c","candidate":{"id":"c"},"vacancy":{"vacancy":"V","policy":"p","policy":"q"}}`,
		`{"id":"c","candidate":{"id":"c"},"vacancy":{"vacancy":"V","policy":"p","closes":"2025-02-30"}}`,
		`{"id":"c","candidate":{"id":"c"},"vacancy":{"policy":"p"}}`, `{"id":"c","candidate":{"id":"c"},"vacancy":7}`,
		`{"id":"c","candidate":{"id":"c"},"vacancy":{"vacancy":"V","policy":"p","rules":[{"id":"own","expression":"nobody"}]}}`,
		`{"id":"c","candidate":{"id":"c"},"vacancy":{"vacancy":"V","policy":"p"},"vacancy":"V"}`,
		`{"id":"c","candidate":{"id":"c"},"vacancy":{"vacancy":"V","policy":"q"}}`,
	} {
		a, errA := eligibility.DecodeCase([]byte(text))
		b, errB := catalogue.DecodeCase([]byte(text))
		if errA == nil {
			require.NoError(t, errB, text)
			_, errA = catalogue.Assess(t.Context(), a)
			_, errB = catalogue.Assess(t.Context(), b)
			require.Error(t, errA, text)
		}
		require.EqualError(t, errB, errA.Error(), text)
	}
}
