package eligibility_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/internal/golden"
)

// seedFaults adds the sources with planted faults whose name has the prefix.
func seedFaults(f *testing.F, vacancies bool) {
	paths, err := filepath.Glob("testdata/faults/*.txtar")
	require.NoError(f, err)
	for _, p := range paths {
		a := golden.Read(f, p)
		for _, name := range a.Names {
			if strings.HasSuffix(name, ".yaml") && strings.HasPrefix(name, "vacancy") == vacancies {
				f.Add(a.Text(name))
			}
		}
	}
}

// requireFaults holds that an error is a SourceError whose faults have places
// and messages.
func requireFaults(t *testing.T, err error) {
	t.Helper()
	source, ok := errors.AsType[*eligibility.SourceError](err)
	require.True(t, ok, "%T: %v", err, err)
	require.NotEmpty(t, source.Faults)
	for _, fault := range source.Faults {
		require.Equal(t, "f.yaml", fault.File)
		require.Positive(t, fault.Line, "%+v", fault)
		require.Positive(t, fault.Column, "%+v", fault)
		require.NotEmpty(t, fault.Message)
	}
}

func FuzzDecodeCase(f *testing.F) {
	f.Add(string(richCase(f)))
	f.Add(candidateCase(`"ranks":[{"id":"r","service":"police","awarded":"2014-03/2014-06"}],"languages":[{"code":"en"}]`))
	f.Add(applicationCase(`"relevance":{"q":true},"judgements":{"a/b":null}`))
	f.Add(missionCase(`[{"from":"2020","level":"high"}]`))
	f.Add(vacancyCase(`"starts":"asap","experience":{"ofWhich":[{"period":"P1D"}]}`))
	f.Fuzz(func(t *testing.T, text string) {
		c, err := eligibility.DecodeCase([]byte(text))
		if err != nil {
			require.Nil(t, c)
			input, ok := errors.AsType[*eligibility.InputError](err)
			require.True(t, ok, "%T: %v", err, err)
			require.NotEmpty(t, input.Error())
			require.True(t, input.Pointer == "" || input.Pointer[0] == '/', input.Pointer)
			return
		}
		require.NoError(t, c.Check())
	})
}

func FuzzLoadPolicy(f *testing.F) {
	text, err := fs.ReadFile(policies.Files(), "csdp.yaml")
	require.NoError(f, err)
	f.Add(string(text))
	seedFaults(f, false)
	c := &eligibility.Case{ID: "c", Candidate: eligibility.Candidate{ID: "x"}, Vacancy: eligibility.VacancyRef{Reference: "V 1"}}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := eligibility.LoadPolicy("f.yaml", []byte(text))
		if err != nil {
			require.Nil(t, p)
			requireFaults(t, err)
			return
		}
		// What loads can be assessed: with a verdict, or the error of a rule.
		post, err := p.Post(&eligibility.Vacancy{Reference: "V 1", Policy: p.Name()})
		require.NoError(t, err)
		if _, err = post.Assess(t.Context(), c); err != nil {
			_, ok := errors.AsType[*eligibility.RuleError](err)
			require.True(t, ok, "%T: %v", err, err)
			require.NotContains(t, err.Error(), "internal error")
		}
	})
}

func FuzzLoadVacancy(f *testing.F) {
	for _, name := range []string{"vacancies/ek-60255.yaml", "vacancies/ek-60271.yaml", "vacancies/mso.yaml"} {
		text, err := fs.ReadFile(policies.Files(), name)
		require.NoError(f, err)
		f.Add(string(text))
	}
	seedFaults(f, true)
	csdp, err := policies.CSDP()
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, text string) {
		v, err := eligibility.LoadVacancy("f.yaml", []byte(text))
		if err != nil {
			requireFaults(t, err)
			return
		}
		require.NoError(t, v.Check())
		if v.Policy != csdp.Name() {
			return
		}
		if _, err = csdp.Post(v); err != nil {
			requireFaults(t, err)
		}
	})
}

// FuzzExpression compiles what is no policy but an expression, and decides it
// about a history.
func FuzzExpression(f *testing.F) {
	for _, e := range []string{
		`candidate.awarded(q, q.kind == "university" && q.attested && q.eqfLevel() >= 6 && application.inField(q) && q.awarded <= asOf)`,
		`candidate.worked(e, application.relevant(e) && e.fraction >= 1).since(date("2010-01-01")).until(asOf).reaches(years(4))`,
		`candidate.served(c, c.regime == "contracted").atThreat(["high", "critical"]).chain(years(1), start).leaves(vacancy.deployment, years(6))`,
		`candidate.served(c, c.mission == vacancy.mission).lastDay() + years(1) < start - days(1)`,
		`anyOf([candidate.awarded(q, q.attested), candidate.ranked(r, r.attested)]).on > date("2001-01-01")`,
		`candidate.citizenships.exists(c, c in ["FR", "DE"]) ? mission.atThreat(["high"], asOf) : [1, 2.5].all(x, x > 0)`,
		`candidate.qualifications.filter(q, has(q.awarded)).map(q, q.eqf)[0] > 5 || string(asOf).startsWith("20")`,
	} {
		f.Add(e)
	}
	cat := catalogue(f)
	v := cat.Policy("csdp")
	require.NotNil(f, v)
	post, err := cat.Post("EK 60255")
	require.NoError(f, err)
	vacancy := *post.Vacancy()
	vacancy.Policy = "p"
	c := rich(f)
	f.Fuzz(func(t *testing.T, expression string) {
		p, err := eligibility.LoadPolicy("f.yaml", []byte("policy: p\nversion: \"1\"\nrules:\n  - id: it\n    expression: |-\n"+indented(indented(indented(expression)))+"\n"))
		if err != nil {
			requireFaults(t, err)
			return
		}
		post, err := p.Post(&vacancy)
		require.NoError(t, err)
		requireSame(t, post, c)
		one, err := post.Assess(t.Context(), c)
		if err != nil {
			_, ok := errors.AsType[*eligibility.RuleError](err)
			require.True(t, ok, "%T: %v", err, err)
			require.NotContains(t, err.Error(), "internal error")
			return
		}
		two, err := post.Assess(t.Context(), c)
		require.NoError(t, err)
		require.Equal(t, bytesOf(t, one), bytesOf(t, two))
	})
}
