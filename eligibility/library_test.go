package eligibility

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/cel-go/cel"
	"github.com/stretchr/testify/require"
)

// signaturesSince lists the words of the library by the version that introduced
// them. A new one gets a new version, not a place in an old one: policies that
// use it are faulty under a library of that version.
var signaturesSince = map[int][]string{
	1: {
		"Cycle.level() -> int",
		"ExperiencePart.matches(Employment) -> bool",
		"Mission.atThreat(list(string), Date) -> bool",
		"Qualification.eheaCycle() -> Cycle",
		"Qualification.eqfLevel() -> Level",
		"Qualification.equivalentLevel() -> Level",
		"Service.atThreat(list(string)) -> Service",
		"Service.chain(Period, Date) -> Service",
		"Service.lastDay() -> Date",
		"Service.leaves(Period, Period) -> bool",
		"Service.reaches(Period) -> Fulfilment",
		"Service.since(Date | Fulfilment) -> Service",
		"Service.total() -> Total",
		"Service.until(Date) -> Service",
		"allOf(list(Fulfilment)) -> Fulfilment",
		"anyOf(list(Fulfilment)) -> Fulfilment",
		"application.inField(Qualification) -> bool",
		"application.relevant(Employment | Qualification) -> bool",
		"candidate.awarded(q, predicate) -> Fulfilment",
		"candidate.ranked(r, predicate) -> Fulfilment",
		"candidate.served(c, predicate) -> Service",
		"candidate.worked(e, predicate) -> Service",
		"cycle(string) -> Cycle",
		"date(string) -> Date",
		"days(int) -> Period",
		"months(int) -> Period",
		"period(string) -> Period",
		"size(list | string) -> int",
		"string(Date | Period | int | double | bool | Total) -> string",
		"string.contains(string) -> bool",
		"string.endsWith(string) -> bool",
		"string.startsWith(string) -> bool",
		"years(int) -> Period",
	},
	2: {"candidate.resided(r, predicate) -> Service"},
	3: {"candidate.countriesOfResidence() -> list(Residence)"},
}

func TestLibraryByVersion(t *testing.T) {
	newest := 0
	got := map[int][]string{}
	for _, w := range library {
		got[w.since] = append(got[w.since], w.signature)
		newest = max(newest, w.since)
		require.NotEmpty(t, w.about, w.name)
		require.Contains(t, w.signature, w.name+"(", "the signature of %s", w.name)
	}
	for _, signatures := range got {
		slices.Sort(signatures)
	}
	require.Equal(t, signaturesSince, got)
	require.Equal(t, newest, LibraryVersion)
}

// What the environment declares is the library, CEL's operators and what
// folds expand to: nothing comes in with a new release of cel-go.
func TestEnvironmentDeclaresTheLibraryOnly(t *testing.T) {
	env, err := newEnvironment(readingsRecord(nil))
	require.NoError(t, err)
	known := map[string]bool{}
	for _, w := range library {
		known[w.name] = true
	}
	for name := range env.Functions() {
		operator := strings.HasPrefix(name, "_") || strings.HasSuffix(name, "_") || strings.HasPrefix(name, "@")
		require.True(t, operator || known[name], "%s is not in the library", name)
	}
	var macros []string
	for _, m := range env.Macros() {
		macros = append(macros, fmt.Sprintf("%s/%d", m.Function(), m.ArgCount()))
	}
	slices.Sort(macros)
	require.Equal(t, []string{
		"_!=_/2", "all/2", "awarded/2", "exists/2", "exists_one/2", "filter/2", "has/1", "map/2", "map/3", "ranked/2", "resided/2", "served/2", "worked/2",
	}, slices.Compact(macros))
	for _, v := range env.Variables() {
		if v.Type().Kind() != cel.TypeKind && !slices.Contains(reserved, v.Name()) {
			t.Errorf("variable %s is not among the names of DESIGN §8", v.Name())
		}
	}
}

// A history that every example below is about.
const exampleCase = `{"id":"c","vacancy":"V 1","candidate":{"id":"x",
 "qualifications":[{"id":"ba","kind":"university","cycle":"first","awarded":"2012-06-30","attested":true,"fields":["0421"],"title":"Bachelor of Laws"},
  {"id":"academy","kind":"police","equivalentEqf":5,"awarded":"2010-06-30","attested":true}],
 "ranks":[{"id":"captain","service":"police","awarded":"2016-01-01","attested":true,"equivalentEqf":6}],
 "employments":[{"id":"e","from":"2013-01-01","to":"2016-12-31","domains":["security"]}],
 "contracts":[{"id":"k","mission":"M","regime":"contracted","from":"2018-01-01","to":"2021-12-31"}],
 "residences":[{"country":"SE","from":"2015-03-01","to":"2019-02-28"}]},
 "missions":[{"id":"M","threat":[{"from":"2017-01-01","level":"high"},{"from":"2021-01-01","level":"low"}]}]}`

const exampleVacancy = `
vacancy: V 1
policy: p
mission: M
closes: 2022-06-30
deployment: P12M
education: {eqf: 6, fields: ["042"]}
experience: {total: P4Y, domains: [security], ofWhich: [{period: P1Y, domains: [security]}]}
`

// examples hold an expression for each word and what comes of it.
var examples = []struct{ word, expression, want string }{
	{"date", `date("2022-06-30") >= asOf`, "met"},
	{"period", `period("P1Y6M") > months(17)`, "met"},
	{"years", `years(4) <= vacancy.experience.total`, "met"},
	{"months", `date("2014-01-31") + months(1) <= date("2014-02-28")`, "met"},
	{"days", `days(30) >= months(1)`, "met"},
	{"cycle", `cycle("short") < cycle("first")`, "met"},
	{"level", `cycle("third").level() == 8`, "met"},
	{"anyOf", `anyOf([candidate.awarded(q, q.attested), candidate.ranked(r, r.attested)])`, "met 2010-06-30"},
	{"allOf", `allOf([candidate.awarded(q, q.attested), candidate.ranked(r, r.attested)])`, "met 2016-01-01"},
	{"awarded", `candidate.awarded(q, q.attested && q.kind == "university")`, "met 2012-06-30"},
	{"ranked", `candidate.ranked(r, r.service == "police" && r.equivalentEqf >= 6)`, "met 2016-01-01"},
	{"worked", `candidate.worked(e, e.kind == "employment").reaches(years(2))`, "met 2014-12-31"},
	{"served", `candidate.served(c, c.regime == "contracted").reaches(years(1))`, "met 2018-12-31"},
	{"resided", `candidate.resided(r, r.country == "SE").until(date("2018-12-31")).total() > years(3)`, "met"},
	{"countriesOfResidence", `size(candidate.countriesOfResidence()) == 1 && candidate.countriesOfResidence()[0].country == "SE"`, "met"},
	{"since", `candidate.worked(e, true).since(candidate.ranked(r, r.attested)).reaches(years(1))`, "met 2016-12-31"},
	{"since", `candidate.worked(e, true).since(date("2016-01-02")).reaches(years(1))`, "unmet"},
	{"until", `candidate.served(c, true).until(date("2019-12-31")).reaches(period("P2Y1D"))`, "unmet"},
	{"atThreat", `candidate.served(c, true).atThreat(["high", "critical"]).total() <= years(3)`, "met"},
	{"chain", `candidate.served(c, true).chain(years(1), date("2023-01-01")).total() >= years(1)`, "unmet"},
	{"chain", `candidate.served(c, true).chain(years(1), date("2022-12-31")).total() >= years(4)`, "met"},
	{"reaches", `candidate.worked(e, true).reaches(years(4))`, "met 2016-12-31"},
	{"leaves", `candidate.served(c, true).leaves(vacancy.deployment, years(5))`, "met"},
	{"total", `candidate.worked(e, true).total() >= vacancy.experience.total`, "met"},
	{"lastDay", `candidate.served(c, true).lastDay() <= date("2021-12-31")`, "met"},
	{"eqfLevel", `candidate.awarded(q, q.eqfLevel() >= 6)`, "met 2010-06-30/2012-06-30"}, // the level of the academy is not stated
	{"equivalentLevel", `candidate.awarded(q, q.equivalentLevel() >= 5)`, "met 2010-06-30"},
	{"eheaCycle", `candidate.awarded(q, q.eheaCycle() >= cycle("first"))`, "met 2012-06-30"},
	{"relevant", `candidate.worked(e, application.relevant(e)).reaches(vacancy.experience.total)`, "met 2016-12-31"},
	{"inField", `candidate.awarded(q, application.inField(q) && q.kind == "university")`, "met 2012-06-30"},
	{"matches", `candidate.worked(e, vacancy.experience.ofWhich[0].matches(e)).reaches(years(1))`, "met 2013-12-31"},
	{"atThreat", `mission.atThreat(["high", "critical"], asOf)`, "unmet"},
	{"size", `size(candidate.qualifications) == 2 && candidate.ranks.size() == 1`, "met"},
	{"startsWith", `candidate.qualifications[0].title.startsWith("Bachelor")`, "met"},
	{"endsWith", `candidate.qualifications[0].title.endsWith("Laws")`, "met"},
	{"contains", `candidate.qualifications[0].title.contains(" of ")`, "met"},
	{"string", `string(asOf) + string(years(4)) == "2022-06-30P4Y"`, "met"},
}

func TestLibraryExamples(t *testing.T) {
	shown := map[string]bool{}
	for _, tt := range examples {
		t.Run(tt.word, func(t *testing.T) {
			shown[tt.word] = true
			require.Contains(t, tt.expression, tt.word+"(")
			f, err := decideExample(t, tt.expression)
			require.NoError(t, err)
			require.Equal(t, tt.want, strings.TrimSpace(string(f.Status)+" "+f.On.Interval()))
		})
	}
	for _, w := range library {
		require.True(t, shown[w.name], "there is no example of %s", w.name)
	}
}

// decideExample assesses the example's case by a policy of one rule.
func decideExample(t *testing.T, expression string) (Finding, error) {
	t.Helper()
	p, err := LoadPolicy("p.yaml", []byte("policy: p\nversion: \"1\"\nrules:\n  - id: it\n    expression: >-\n      "+expression+"\n"))
	if err != nil {
		return Finding{}, err
	}
	v, err := LoadVacancy("v.yaml", []byte(exampleVacancy))
	require.NoError(t, err)
	post, err := p.Post(v)
	require.NoError(t, err)
	c, err := DecodeCase([]byte(exampleCase))
	require.NoError(t, err)
	a, err := post.Assess(t.Context(), c)
	if err != nil {
		return Finding{}, err
	}
	return a.Findings[0], nil
}
