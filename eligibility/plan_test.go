package eligibility_test

import (
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
)

// The plans of expressions are held against CEL's interpreter: the same
// assessment to the byte, or an error from both.

// requireSame assesses a case in both ways.
func requireSame(t testing.TB, post *eligibility.Post, c *eligibility.Case, options ...eligibility.AssessOption) {
	t.Helper()
	planned, err := post.Assess(t.Context(), c, options...)
	interpreted, failed := post.Assess(t.Context(), c, append(options, eligibility.Interpreted())...)
	if err != nil || failed != nil {
		require.Error(t, err, "the interpreter: %v", failed)
		require.Error(t, failed, "the plan: %v", err)
		require.NotContains(t, err.Error(), "internal error", "%+v\n%s", post.Policy().Rules(), bytesOf(t, c))
		return
	}
	require.Equal(t, bytesOf(t, interpreted), bytesOf(t, planned))
}

func TestPlansOfTheShippedRules(t *testing.T) {
	cat, text := catalogue(t), richCase(t)
	references := cat.References()
	stages := []eligibility.Stage{eligibility.StageApplication, eligibility.StageSelection, eligibility.StageDeployment}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 11))
		post, err := cat.Post(references[r.IntN(len(references))])
		require.NoError(t, err)
		policy := post.Policy()
		for _, reading := range policy.Readings() {
			if r.IntN(3) == 0 {
				options := slices.Sorted(maps.Keys(reading.Options))
				policy, err = policy.WithReading(reading.ID, options[r.IntN(len(options))])
				require.NoError(t, err)
			}
		}
		post, err = policy.Post(post.Vacancy())
		require.NoError(t, err)
		for range 5 {
			c, err := eligibility.DecodeCase(text)
			require.NoError(t, err)
			mutate(r, c, r.IntN(20))
			if c.Check() == nil {
				requireSame(t, post, c, eligibility.AtStage(stages[r.IntN(3)]))
			}
		}
	}
}

// TestPlansOfRandomExpressions puts expressions of every type and word
// together at random.
func TestPlansOfRandomExpressions(t *testing.T) {
	cat, text := catalogue(t), richCase(t)
	shipped, err := cat.Post("EK 60255")
	require.NoError(t, err)
	vacancy := *shipped.Vacancy()
	vacancy.Policy = "p"
	compiled := 0
	for seed := range uint64(1200) {
		g := &expressions{Rand: rand.New(rand.NewPCG(seed, 13))}
		head := "readings:\n  - {id: scope, about: x, options: {narrow: a, wide: b}, default: narrow}\nvariables:\n" +
			"  - {name: day, expression: '" + g.make("date", 2) + "'}\n  - {name: yes, expression: '" + g.make("bool", 2) + "'}\n"
		g.variables = true
		rules := "rules:\n- id: first\n  when: '" + g.make("bool", 2) + "'\n  expression: '" + g.make("fulfilment", 3) + "'\n"
		g.rules = true
		rules += "- id: second\n  anyOf:\n  - {id: a, expression: '" + g.make("bool", 4) + "'}\n  - {id: b, expression: '" + g.make("fulfilment", 4) + "'}\n"
		g.locals = []string{"part"}
		rules += "- id: third\n  each: {part: vacancy.experience.ofWhich}\n  expression: '" + g.make("bool", 3) + "'\n"
		source := "policy: p\nversion: '1'\n" + head + rules
		p, err := eligibility.LoadPolicy("p.yaml", []byte(source))
		if err != nil {
			continue // such as a comparison that never holds
		}
		compiled++
		post, err := p.Post(&vacancy)
		require.NoError(t, err, source)
		for range 4 {
			c, err := eligibility.DecodeCase(text)
			require.NoError(t, err)
			mutate(g.Rand, c, g.IntN(24))
			if c.Check() == nil {
				requireSame(t, post, c)
			}
		}
	}
	require.Greater(t, compiled, 600)
}

// expressions makes random expressions of a type from templates, in which
// {bool} stands for an expression of that type, {bool q} for one about a record
// q, and {a|b} for one of several texts.
type expressions struct {
	*rand.Rand
	variables, rules bool
	locals           []string // names of records in scope
}

var templates = map[string][]string{
	"bool": {
		"true", "false", "has({vacancy.education.studyYears|vacancy.education.cycle|candidate.retires|application.date|vacancy.experience})",
		`reading.scope == "{narrow|wide}"`, `application.regime == "{contracted|seconded}"`, "application.nominated",
	},
	"bool of q": {
		"q.attested", `q.kind == "{university|police|secondary}"`, "application.inField(q)", "application.relevant(q)",
		"q.eqfLevel() {<|<=|>|>=} {4|5|6|7}", "q.eheaCycle() >= {cycle}", "has(q.{eqf|nqf|fields|course})",
		"q.studyYears >= vacancy.education.studyYears", "q.kind in vacancy.education.service.kinds",
	},
	"bool of e": {"application.relevant(e)", "e.fraction >= {1|0.5}", `e.kind != "traineeship"`, `e.domains.exists(x, x == "ict")`, "{part}.matches(e)"},
	"bool of c": {`c.regime == "contracted"`, "c.mission == vacancy.mission"},
	"bool deep": {
		"({bool} && {bool})", "({bool} && {bool})", "({bool} && {bool})", "({bool} || {bool})", "({bool} || {bool})", "!({bool})",
		"({bool} ? {bool} : {bool})", "{date} {<|<=|>|>=|==|!=} {date}", "{int} {<|<=|>|>=|==|!=} {int}", "{text} {==|!=|<} {text}",
		"{text} in {texts}", "{texts}.{exists|all|exists_one}(x, {text} == x)", "candidate.qualifications.{exists|all|exists_one}(q, {bool q})",
		"candidate.employments.filter(e, {bool e}).size() > {0|2|8}", "candidate.credentials.map(x, x.kind).exists(x, x == {text})",
		"vacancy.experience.ofWhich.all(part, {bool part})", `mission.atThreat(["{high|moderate}"], {date})`,
		"{service}.leaves({period}, {period})", "{service}.total() {<|<=|>|>=} {period}", "{fulfilment}.met",
	},
	"date":      {"{asOf|start|vacancy.closes|candidate.retires|application.date|mission.mandateEnds}", `date("20{04|15|25}-0{1|9}-{01|28}")`},
	"date of q": {"q.awarded"},
	"date of e": {"e.{from|to}"},
	"date deep": {"({date} {+|-} {period})", "({bool} ? {date} : {date})", "{service}.lastDay()", "{fulfilment}.on"},
	"period":    {"{years|months|days}({0|1|4|9})", "{vacancy.deployment|vacancy.experience.total}", `period("P1Y6M")`},
	"int":       {"{0|4|6|7}", "{vacancy.education.eqf|size(candidate.employments)|vacancy.education.cycle.level()}"},
	"int of q":  {"q.{eqf|equivalentEqf}"},
	"int deep":  {"({bool} ? {int} : {int})", "size({texts})"},
	"cycle":     {"vacancy.education.cycle", `cycle("second")`},
	"text":      {"{candidate.residence|vacancy.mission|vacancy.title|candidate.id}", `"{FR|ict}"`},
	"text of q": {"q.{title|country|id|nqf.country}"},
	"text of e": {"e.{title|employer}"},
	"text deep": {"({bool} ? {text} : {text})"},
	"texts": {"{candidate.citizenships|vacancy.thirdStates|vacancy.experience.domains}", `["FR", "IT", "security"]`,
		`["a", "b", "c", "d", "e", "f", "g", "h", "i", "FR"]`},
	"texts of e": {"e.domains"},
	"texts deep": {"[{text}, {text}]", "{texts}.filter(x, x != {text})"},
	"service":    {"candidate.worked(e, {bool e})", "candidate.served(c, {bool c})"},
	"service deep": {
		"{service}.since({date})", "{service}.since({fulfilment})", "{service}.until({date})", "{service}.chain({period}, {date})",
		`candidate.served(c, {bool c}).atThreat(["high", "critical"])`, "({bool} ? {service} : {service})",
	},
	"fulfilment":      {"candidate.awarded(q, {bool q})", "candidate.ranked(r, r.attested)"},
	"fulfilment deep": {"{service}.reaches({period})", "{anyOf|allOf}([{fulfilment}, {fulfilment}])", "({bool} ? {fulfilment} : {fulfilment})"},
}

var blank = regexp.MustCompile(`\{([^{}]*)\}`)

func (g *expressions) make(kind string, depth int) string {
	of := slices.Clone(templates[kind])
	for _, l := range g.locals {
		of = append(of, templates[kind+" of "+l]...)
	}
	switch {
	case kind == "bool" && g.variables:
		of = append(of, "variables.yes")
	case kind == "date" && g.variables:
		of = append(of, "variables.day")
	}
	switch {
	case kind == "bool" && g.rules:
		of = append(of, "first.met")
	case kind == "fulfilment" && g.rules:
		of = append(of, "first")
	}
	if depth > 0 {
		of = append(of, templates[kind+" deep"]...)
	}
	return blank.ReplaceAllStringFunc(of[g.IntN(len(of))], func(b string) string {
		kind, local, _ := strings.Cut(strings.Trim(b, "{}"), " ")
		if kind == "part" {
			if !slices.Contains(g.locals, "part") {
				return "vacancy.experience.ofWhich[0]"
			}
			return kind
		}
		if templates[kind] == nil {
			texts := strings.Split(kind, "|")
			return texts[g.IntN(len(texts))]
		}
		outer := g.locals
		if local != "" {
			g.locals = append(outer[:len(outer):len(outer)], local)
		}
		made := g.make(kind, max(0, depth-1))
		g.locals = outer
		return made
	})
}
