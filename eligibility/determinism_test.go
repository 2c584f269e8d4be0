package eligibility_test

import (
	"crypto/sha256"
	"math/rand/v2"
	"reflect"

	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/eqf"
	"github.com/qualify-rules/qualify/experience"
)

// richCase is a long history: four qualifications, twelve part-time
// employments that overlap, four contracts, for a post of which the tenure
// rules apply.
func richCase(t testing.TB) []byte {
	t.Helper()
	var b strings.Builder
	b.WriteString(`id: rich
vacancy: EK 60255
candidate:
  id: rich
  citizenships: [FR, IT]
  residence: FR
  retires: 2041-08-31
  qualifications:
    - {id: bac, kind: secondary, awarded: 1998-06-30, attested: true, eqf: 4}
    - {id: bachelor, kind: university, awarded: 2001-07-15, attested: true, studyYears: 3, cycle: first, fields: ["0612"]}
    - {id: master, kind: university, awarded: 2004-09-30, attested: true, studyYears: 2, nqf: {country: IT, framework: QNQ, level: "7"}, fields: ["0611", "041"]}
    - {id: academy, kind: police, awarded: 2006-03-01, attested: true, equivalentEqf: 6, fields: ["1032"]}
  employments:
`)
	for i := range 12 {
		fmt.Fprintf(&b, "    - {id: job%d, from: %d-0%d-15, to: %d-1%d-20, fraction: 0.%d, domains: [security, ict], levels: [management]}\n",
			i, 2002+i, 1+i%9, 2004+i, i%3, 4+i%5)
	}
	b.WriteString(`    - {id: now, from: 2016-05-01, domains: [ict]}
  contracts:
    - {id: k1, mission: EULEX Kosovo, regime: contracted, from: 2012-02-01, to: 2013-06-30}
    - {id: k2, mission: EUAM Ukraine, regime: contracted, from: 2016-01-01, to: 2017-12-31}
    - {id: k3, mission: EUAM Ukraine, regime: seconded, from: 2018-01-01, to: 2018-12-31}
    - {id: k4, mission: EULEX Kosovo, regime: contracted, from: 2023-09-01, to: 2025-08-31}
  credentials:
    - {id: licence, kind: drivingLicence, code: B, issued: 1999-01-01}
  languages: [{code: en, level: C1}, {code: fr, level: C2}]
application:
  date: 2025-11-01
  regime: contracted
  relevance: {`)
	for i := range 12 {
		fmt.Fprintf(&b, "job%d: %t, ", i, i%4 != 3)
	}
	b.WriteString(`now: true}
missions:
  - {id: EULEX Kosovo, threat: [{from: 2011-01-01, level: moderate}, {from: 2024-01-01, level: high}]}
  - {id: EUAM Ukraine, threat: [{from: 2014-12-01, level: significant}, {from: 2017-01-01, level: critical}]}
`)
	return jsonOf(t, b.String())
}

func catalogue(t testing.TB) *eligibility.Catalogue {
	t.Helper()
	c, err := policies.Catalogue()
	require.NoError(t, err)
	return c
}

func rich(t testing.TB) *eligibility.Case {
	t.Helper()
	c, err := eligibility.DecodeCase(richCase(t))
	require.NoError(t, err)
	return c
}

func bytesOf(t testing.TB, a any) string {
	t.Helper()
	text, err := json.Marshal(a)
	require.NoError(t, err)
	return string(text)
}

func TestSameCaseSameBytes(t *testing.T) {
	cat := catalogue(t)
	c := rich(t)
	a, err := cat.Assess(t.Context(), c)
	require.NoError(t, err)
	want := bytesOf(t, a)
	for range 20 {
		// Maps filled in another order, of another size before.
		ids := slices.Sorted(maps.Keys(c.Application.Relevance))
		shuffled := make(map[string]experience.Truth)
		for i := range 500 {
			shuffled[fmt.Sprint(i)] = experience.True
		}
		clear(shuffled)
		slices.Reverse(ids)
		for _, id := range ids {
			shuffled[id] = c.Application.Relevance[id]
		}
		c.Application.Relevance = shuffled
		a, err := cat.Assess(t.Context(), c)
		require.NoError(t, err)
		require.Equal(t, want, bytesOf(t, a))
	}
	fresh, err := catalogue(t).Assess(t.Context(), rich(t))
	require.NoError(t, err)
	require.Equal(t, want, bytesOf(t, fresh), "another catalogue of the same policies")
}

func TestGoroutinesShareACatalogue(t *testing.T) {
	cat := catalogue(t)
	references := cat.References()
	assess := func() string {
		var b strings.Builder
		for _, reference := range references {
			c := rich(t)
			c.Vacancy.Reference = reference
			a, err := cat.Assess(t.Context(), c)
			if err != nil {
				return "failed: " + err.Error()
			}
			b.WriteString(bytesOf(t, a))
		}
		return b.String()
	}
	want := assess()
	require.NotContains(t, want, "failed: ")
	got := make([]string, 8)
	var wait sync.WaitGroup
	for i := range got {
		wait.Go(func() { got[i] = assess() })
	}
	wait.Wait()
	for _, g := range got {
		require.Equal(t, want, g)
	}
}

// The pins change with the policy, the vacancy, a reading or the case, each
// with its own, and with nothing else.
func TestPins(t *testing.T) {
	base := trial{
		head:      "readings:\n  - {id: scope, about: x, options: {narrow: a, wide: b}, default: narrow}",
		rules:     "- {id: it, expression: \"true\"}\n- {id: fit, judgement: x}",
		candidate: "residence: FR",
	}
	pins := func(tr trial) eligibility.Pins { return tr.assess(t).Pins }
	want := pins(base)
	require.Equal(t, "github.com/qualify-rules/qualify@v"+eligibility.Version, want.Library)
	require.Equal(t, eligibility.Semantics, want.Semantics)
	require.Equal(t, "p", want.Policy.Name)
	require.Len(t, want.Policy.SHA256, 64)
	require.Len(t, want.Vacancy.SHA256, 64)
	require.Regexp(t, `^sha256:[0-9a-f]{64}$`, want.Input)
	require.Equal(t, want, pins(base))

	changed := func(change func(*trial)) (policy, vacancy, input bool) {
		tr := base
		change(&tr)
		got := pins(tr)
		policy, vacancy, input = got.Policy != want.Policy, got.Vacancy != want.Vacancy, got.Input != want.Input
		got.Policy, got.Vacancy, got.Input = want.Policy, want.Vacancy, want.Input
		require.Equal(t, want, got, "nothing else changes")
		return policy, vacancy, input
	}
	for _, tt := range []struct {
		name                   string
		change                 func(*trial)
		policy, vacancy, input bool
	}{
		{"a comment in the policy", func(tr *trial) { tr.head += "\n# comment" }, true, false, false},
		{"a rule", func(tr *trial) { tr.rules = strings.Replace(tr.rules, "true", "false", 1) }, true, false, false},
		{"the vacancy", func(tr *trial) { tr.vacancy = "title: x" }, false, true, false},
		{"the candidate", func(tr *trial) { tr.candidate = "residence: DE" }, false, false, true},
		{"the application", func(tr *trial) { tr.application = "nominated: false" }, false, false, true},
		{"a judgement", func(tr *trial) { tr.application = "judgements: {fit: true}" }, false, false, true},
		{"the missions", func(tr *trial) { tr.missions = "[{id: M}]" }, false, false, true},
		{"a null", func(tr *trial) { tr.candidate += "\nretires: null" }, false, false, false},
		{"a comment in the case", func(tr *trial) { tr.candidate += " # comment" }, false, false, false},
	} {
		policy, vacancy, input := changed(tt.change)
		require.Equal(t, []bool{tt.policy, tt.vacancy, tt.input}, []bool{policy, vacancy, input}, tt.name)
	}

	wide, err := base.policy(t).WithReading("scope", "wide")
	require.NoError(t, err)
	post, err := wide.Post(base.post(t).Vacancy())
	require.NoError(t, err)
	a, err := post.Assess(t.Context(), base.history(t))
	require.NoError(t, err)
	require.Equal(t, map[string]string{"scope": "wide"}, a.Pins.Readings)
	a.Pins.Readings = want.Readings
	require.Equal(t, want, a.Pins)
}

// What a vacancy made in Go asks for is pinned as its canonical JSON.
func TestPinsOfAVacancyMadeInGo(t *testing.T) {
	p := trial{rules: `- {id: it, expression: "true"}`}.policy(t)
	pin := func(v eligibility.Vacancy) string {
		post, err := p.Post(&v)
		require.NoError(t, err)
		a, err := post.Assess(t.Context(), trial{}.history(t))
		require.NoError(t, err)
		return a.Pins.Vacancy.SHA256
	}
	v := eligibility.Vacancy{Reference: "V 1", Policy: "p"}
	require.Equal(t, pin(v), pin(v))
	v.Title = "other"
	require.NotEqual(t, pin(v), pin(eligibility.Vacancy{Reference: "V 1", Policy: "p"}))
}

func TestAssessmentSurvivesJSON(t *testing.T) {
	cat := catalogue(t)
	for _, reference := range cat.References() {
		c := rich(t)
		c.Vacancy.Reference = reference
		c.Application.Date = experience.Date{}
		a, err := cat.Assess(t.Context(), c, eligibility.AtStage(eligibility.StageDeployment))
		require.NoError(t, err)
		text := bytesOf(t, a)
		again := new(eligibility.Assessment)
		require.NoError(t, json.Unmarshal([]byte(text), again))
		require.Equal(t, text, bytesOf(t, again))
		a.MissingInWords = nil // is for people and not in JSON
		require.Equal(t, a, again)
	}
}

func TestCaseSurvivesJSON(t *testing.T) {
	for _, text := range []string{
		string(richCase(t)),
		`{"id":"c","candidate":{"id":"x"},"vacancy":"V 1","recorded":"eligible"}`,
		`{"id":"c","candidate":{"id":"x","citizenships":[],"qualifications":[],"employments":[{"id":"e","from":"2014-03/2014-06","to":"2015/","fraction":0.333333,"domains":[],"international":false}]},` +
			`"vacancy":{"vacancy":"V 1","policy":"p","regimes":[],"starts":"asap","deployment":"P12M","openToThirdStates":false,"education":{"fields":[],"service":{"kinds":[]}},` +
			`"rules":[{"id":"own","each":{"r":"vacancy.regimes"},"expression":"true","cite":[]}]},"application":{"relevance":{"e":false},"judgements":{}},"missions":[]}`,
	} {
		c, err := eligibility.DecodeCase([]byte(text))
		require.NoError(t, err)
		written, err := jsonv2.Marshal(c, jsonv2.Deterministic(true))
		require.NoError(t, err)
		again, err := eligibility.DecodeCase(written)
		require.NoError(t, err, string(written))
		require.Equal(t, c, again)
		writtenAgain, err := jsonv2.Marshal(again, jsonv2.Deterministic(true))
		require.NoError(t, err)
		require.Equal(t, string(written), string(writtenAgain))
	}
}

// Users write cases with encoding/json too.
func TestCaseSurvivesStandardJSON(t *testing.T) {
	c := rich(t)
	again, err := eligibility.DecodeCase([]byte(bytesOf(t, c)))
	require.False(t, err != nil, "VacancyRef has no MarshalJSON and UnmarshalJSON for encoding/json")
	require.NoError(t, err)
	require.Equal(t, c, again)
	read := new(eligibility.Case)
	require.NoError(t, json.Unmarshal(richCase(t), read))
	require.Equal(t, c, read)
}

// The pin of the input is the hash of what the JSON package writes.
func TestInputIsTheHashOfCanonicalJSON(t *testing.T) {
	cat := catalogue(t)
	pinned := func(c *eligibility.Case) {
		t.Helper()
		written, err := jsonv2.Marshal(c, jsonv2.Deterministic(true))
		require.NoError(t, err)
		a, err := cat.Assess(t.Context(), c, eligibility.Outline())
		require.NoError(t, err)
		require.Equal(t, fmt.Sprintf("sha256:%x", sha256.Sum256(written)), a.Pins.Input, string(written))
	}
	text := richCase(t)
	for seed := range uint64(500) {
		c, err := eligibility.DecodeCase(text)
		require.NoError(t, err)
		r := rand.New(rand.NewPCG(seed, 7))
		mutate(r, c, 1+r.IntN(12))
		c.Candidate.Employments[0].Title = "“é\u2028<&>\"\\\t\x00"
		c.Candidate.Qualifications[0].StudyYears = []eligibility.StudyYears{0, 1e-9, 0.25, 20}[seed%4]
		pinned(c)
		post, err := cat.Post(c.Vacancy.Reference)
		require.NoError(t, err)
		c.Vacancy = eligibility.VacancyRef{Inline: post.Vacancy()}
		pinned(c)
	}
	full := new(eligibility.Case)
	fill(reflect.ValueOf(full).Elem())
	post, err := cat.Post("EK 60255")
	require.NoError(t, err)
	full.Application.Judgements, full.Candidate.Qualifications[0].ID = nil, "q"
	a, err := post.Assess(t.Context(), full)
	require.NoError(t, err)
	written, err := jsonv2.Marshal(full, jsonv2.Deterministic(true))
	require.NoError(t, err)
	require.Equal(t, fmt.Sprintf("sha256:%x", sha256.Sum256(written)), a.Pins.Input, string(written))
}

// fill states every field of a record, so that none is forgotten.
func fill(v reflect.Value) {
	switch v.Interface().(type) {
	case experience.Date:
		v.Set(reflect.ValueOf(experience.MustParseDate("2020-02-29")))
		return
	case experience.Fraction:
		v.Set(reflect.ValueOf(experience.FullTime()))
		return
	case eligibility.VacancyRef:
		v.Set(reflect.ValueOf(eligibility.VacancyRef{Reference: "EK 60255"}))
		return
	case eligibility.QualificationKind:
		v.SetString(string(eligibility.University))
		return
	case eligibility.ServiceKind:
		v.SetString(string(eligibility.Police))
		return
	case eligibility.EmploymentKind:
		v.SetString(string(eligibility.Employed))
		return
	case eligibility.Regime:
		v.SetString(string(eligibility.Contracted))
		return
	case eligibility.ThreatLevel:
		v.SetString(string(eligibility.High))
		return
	case eligibility.LanguageLevel:
		v.SetString("B2")
		return
	case eligibility.Verdict:
		v.SetString(string(eligibility.Eligible))
		return
	case eqf.Field:
		v.SetString("061")
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		value := reflect.New(v.Type().Elem()).Elem()
		fill(value)
		v.SetMapIndex(reflect.ValueOf("FR"), value)
	case reflect.String:
		v.SetString("FR")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(3)
	case reflect.Uint8:
		v.SetUint(1)
	case reflect.Int:
		v.SetInt(1)
	}
}
