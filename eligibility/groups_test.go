package eligibility_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
)

// leaves are children by what comes of them: yes and no without a day, dated
// by a degree of 2014-05-31 or of 2016, unknown for want of a fact, and a leaf
// that does not apply.
var leaves = map[string]string{
	"yes":     `expression: "true"`,
	"no":      `expression: "false"`,
	"early":   `expression: candidate.awarded(q, q.id == "early")`,
	"late":    `expression: candidate.awarded(q, q.id == "late")`,
	"vague":   `expression: candidate.awarded(q, q.id == "vague")`,
	"perhaps": `expression: candidate.awarded(q, q.id == "perhaps" && q.attested)`,
	"before":  `expression: candidate.awarded(q, q.id == "before" && q.attested)`,
	"undated": `expression: candidate.awarded(q, q.id == "undated")`,
	"unknown": `expression: application.nominated`,
	"nothing": `{when: "has(application.date)", expression: "true"}`,
	"later":   `{stage: deployment, expression: "false"}`,
}

// degrees are the qualifications that leaves ask for.
const degrees = `
qualifications:
  - {id: early, kind: university, awarded: 2014-05-31}
  - {id: late, kind: university, awarded: 2016-06-30}
  - {id: vague, kind: university, awarded: "2015"}
  - {id: perhaps, kind: university, awarded: 2015-05-31}
  - {id: before, kind: university, awarded: 2013-05-31}
  - {id: undated, kind: university}
`

func groupOf(kind string, children ...string) string {
	var b strings.Builder
	b.WriteString("- id: it\n  " + kind + ":\n")
	for i, c := range children {
		b.WriteString("    - id: c" + string(rune('a'+i)) + "\n      ")
		leaf := leaves[c]
		if inner, flow := strings.CutPrefix(leaf, "{"); flow {
			leaf = strings.ReplaceAll(strings.TrimSuffix(inner, "}"), ", expression", "\n      expression")
		}
		b.WriteString(leaf + "\n")
	}
	return b.String()
}

// q3 is perhaps, q4 before and q5 undated: /attested and /awarded are missing.
func TestGroups(t *testing.T) {
	for _, tt := range []struct{ kind, children, want string }{
		{"anyOf", "yes", "met"},
		{"anyOf", "no", "unmet"},
		{"anyOf", "unknown", "undetermined: /application/nominated"},
		{"anyOf", "no yes", "met"},
		{"anyOf", "unknown yes", "met"},
		{"anyOf", "unknown no", "undetermined: /application/nominated"},
		{"anyOf", "no no", "unmet"},
		{"allOf", "yes yes", "met"},
		{"allOf", "yes no", "unmet"},
		{"allOf", "unknown no", "unmet"},
		{"allOf", "unknown yes", "undetermined: /application/nominated"},
		{"allOf", "unknown perhaps", "undetermined: q3/attested /application/nominated"},
		// Children that do not apply are left out; of nothing else the group
		// does not apply either.
		{"anyOf", "nothing", "notApplicable"},
		{"allOf", "nothing nothing", "notApplicable"},
		{"anyOf", "nothing no", "unmet"},
		{"anyOf", "nothing unknown", "undetermined: /application/nominated"},
		{"allOf", "nothing yes", "met"},
		{"allOf", "nothing no", "unmet"},
		// Days: the earliest of anyOf, the latest of allOf.
		{"anyOf", "early late", "met 2014-05-31"},
		{"anyOf", "late early no", "met 2014-05-31"},
		{"allOf", "early late", "met 2016-06-30"},
		{"allOf", "early late yes", "met 2016-06-30"},
		{"allOf", "early late no", "unmet"},
		{"anyOf", "early yes", "met"}, // always, so before every day
		{"allOf", "nothing early", "met 2014-05-31"},
		// Imprecise days.
		{"anyOf", "vague", "met 2015-01-01/2015-12-31"},
		{"anyOf", "vague late", "met 2015-01-01/2015-12-31"},
		{"anyOf", "vague early", "met 2014-05-31"},
		{"allOf", "vague early", "met 2015-01-01/2015-12-31"},
		{"allOf", "vague late", "met 2016-06-30"},
		// What is undetermined may have been fulfilled before what is met.
		{"anyOf", "late perhaps", "met 2015-05-31/2016-06-30"},
		{"anyOf", "early perhaps", "met 2014-05-31"},
		{"anyOf", "before perhaps late", "met 2013-05-31/2016-06-30"},
		{"anyOf", "vague perhaps", "met 2015-01-01/2015-12-31"},
		{"anyOf", "late undated", "met /2016-06-30"},
		{"anyOf", "late unknown", "met /2016-06-30"},
		{"allOf", "late perhaps", "undetermined: q3/attested"},
		// A fact is missing only if it can still change the status.
		{"anyOf", "no perhaps before", "undetermined: q3/attested q4/attested"},
		{"allOf", "no perhaps", "unmet"},
		// A child of a later stage is not looked at.
		{"allOf", "yes later", "met"},
		{"anyOf", "no later", "unmet"},
		{"anyOf", "later", "notApplicable"},
	} {
		t.Run(tt.kind+" "+tt.children, func(t *testing.T) {
			a := trial{rules: groupOf(tt.kind, strings.Fields(tt.children)...), candidate: degrees}.assess(t)
			f, _ := a.Finding("it")
			require.Equal(t, tt.want, outcome(f))
			if a.Verdict != eligibility.Undetermined {
				require.Empty(t, a.Missing, "a decided case misses nothing")
			} else {
				require.Equal(t, f.Missing, a.Missing)
			}
		})
	}
}

// The order of children decides nothing.
func TestGroupsInEveryOrder(t *testing.T) {
	var names []string
	for n := range leaves {
		names = append(names, n)
	}
	for _, kind := range []string{"anyOf", "allOf"} {
		for _, x := range names {
			for _, y := range names {
				one, _ := trial{rules: groupOf(kind, x, y), candidate: degrees}.assess(t).Finding("it")
				two, _ := trial{rules: groupOf(kind, y, x), candidate: degrees}.assess(t).Finding("it")
				require.Equal(t, outcome(one), outcome(two), "%s of %s and %s", kind, x, y)
			}
		}
	}
}

// anyOf([…]) and allOf([…]) of expressions agree with the groups of rules.
func TestGroupsInExpressions(t *testing.T) {
	for _, kind := range []string{"anyOf", "allOf"} {
		for _, pair := range [][2]string{{"early", "late"}, {"early", "perhaps"}, {"late", "perhaps"}, {"vague", "late"}, {"undated", "late"}, {"perhaps", "before"}} {
			rules := "- id: one\n  " + leaves[pair[0]] + "\n- id: two\n  " + leaves[pair[1]] + "\n- id: both\n  expression: " + kind + "([one, two])\n"
			a := trial{rules: rules, candidate: degrees}.assess(t)
			expression, _ := a.Finding("both")
			group, _ := trial{rules: groupOf(kind, pair[0], pair[1]), candidate: degrees}.assess(t).Finding("it")
			require.Equal(t, outcome(group), outcome(expression), "%s of %v", kind, pair)
		}
	}
}

func TestVerdicts(t *testing.T) {
	rules := func(leaf ...string) string {
		var b strings.Builder
		for i, l := range leaf {
			b.WriteString("- id: r" + string(rune('a'+i)) + "\n  " + leaves[l] + "\n")
		}
		return b.String()
	}
	for _, tt := range []struct{ rules, want string }{
		{"yes early", "eligible"},
		{"yes no", "ineligible"},
		{"unknown no", "ineligible"}, // and no fact can change that
		{"unknown yes", "undetermined: /application/nominated"},
		{"unknown perhaps yes", "undetermined: q3/attested /application/nominated"},
		{"late vague", "eligible"},
	} {
		a := trial{rules: rules(strings.Fields(tt.rules)...), candidate: degrees}.assess(t)
		require.Equal(t, tt.want, string(a.Verdict)+facts(a.Missing), tt.rules)
	}
}

func TestConditions(t *testing.T) {
	for _, tt := range []struct{ when, rule, want string }{
		{"true", "yes", "met"},
		{"application.date <= date('2024-01-01')", "yes", "met"}, // not known whether it applies: met all the same
		{"application.nominated", "early", "met 2014-05-31"},
		{"application.nominated", "no", "undetermined: /application/nominated"},
		{"application.nominated", "perhaps", "undetermined: q3/attested /application/nominated"},
		{"has(application.nominated)", "no", "notApplicable"},
		{"application.nominated && false", "no", "notApplicable"},
		{"application.nominated || true", "no", "unmet"},
	} {
		rules := "- id: it\n  when: \"" + tt.when + "\"\n  " + leaves[tt.rule] + "\n"
		if strings.HasSuffix(tt.when, "&& false") { // reported as unreachable where it is written out
			rules = "- id: never\n  expression: \"false\"\n" + strings.Replace(rules, "false", "never.met", 1)
		}
		a := trial{rules: rules, candidate: degrees}.assess(t)
		f, _ := a.Finding("it")
		require.Equal(t, tt.want, outcome(f), tt.when)
	}
}

// A condition on a group counts for the group as a whole.
func TestConditionOfAGroup(t *testing.T) {
	rules := strings.Replace(groupOf("anyOf", "no", "nothing"), "- id: it", "- id: it\n  when: application.nominated", 1)
	require.Equal(t, lines(`
		undetermined: /application/nominated
		  it: undetermined: /application/nominated
		    ca: unmet
		    cb: notApplicable
	`), brief(trial{rules: rules}.assess(t)))
	rules = strings.Replace(groupOf("anyOf", "nothing"), "- id: it", "- id: it\n  when: application.nominated", 1)
	require.Equal(t, lines(`
		eligible
		  it: notApplicable
		    ca: notApplicable
	`), brief(trial{rules: rules}.assess(t)))
}

func TestStages(t *testing.T) {
	tr := trial{rules: `
- {id: now, expression: "true"}
- {id: then, stage: selection, expression: application.nominated}
- id: group
  allOf:
    - {id: first, expression: "true"}
    - {id: last, stage: deployment, expression: "false"}
`}
	require.Equal(t, "eligible\n  now: met\n  group: met\n    first: met\n", brief(tr.assess(t)))
	a := tr.assess(t, eligibility.AtStage(eligibility.StageSelection))
	require.Equal(t, eligibility.StageSelection, a.Stage)
	require.Equal(t, lines(`
		undetermined: /application/nominated
		  now: met
		  then: undetermined: /application/nominated
		  group: met
		    first: met
	`), brief(a))
	require.Equal(t, lines(`
		ineligible
		  now: met
		  then: undetermined: /application/nominated
		  group: unmet
		    first: met
		    last: unmet
	`), brief(tr.assess(t, eligibility.AtStage(eligibility.StageDeployment))))
}

// A rule that uses one of a later stage could never be decided.
func TestRuleOfALaterStageUsed(t *testing.T) {
	for _, rule := range []string{
		`{id: now, expression: last.met}`, `{id: now, when: last.met, expression: "true"}`, `{id: now, allOf: [{id: child, expression: last.met}]}`,
	} {
		_, err := eligibility.LoadPolicy("p.yaml", []byte("policy: p\nversion: \"1\"\nrules:\n  - {id: last, stage: deployment, expression: \"true\"}\n  - "+rule+"\n"))
		require.ErrorContains(t, err, "rule now")
		require.ErrorContains(t, err, "last", rule)
	}
	tr := trial{rules: `
- {id: last, stage: deployment, expression: "true"}
- {id: later, stage: deployment, expression: last.met}
`}
	require.Equal(t, "eligible\n  last: met\n  later: met\n", brief(tr.assess(t, eligibility.AtStage(eligibility.StageDeployment))))
}

func TestJudgement(t *testing.T) {
	tr := trial{rules: `
- id: suitable
  judgement: Is the candidate suitable?
- id: group
  anyOf:
    - {id: fit, judgement: "Fit for the field?"}
    - {id: exempt, expression: application.nominated}
- {id: uses, expression: suitable.met}
`}
	require.Equal(t, lines(`
		undetermined: /application/nominated /application/judgements/suitable /application/judgements/group~1fit
		  suitable: undetermined: /application/judgements/suitable
		  group: undetermined: /application/nominated /application/judgements/group~1fit
		    fit: undetermined: /application/judgements/group~1fit
		    exempt: undetermined: /application/nominated
		  uses: undetermined: /application/judgements/suitable
	`), brief(tr.assess(t)))
	tr.application = `judgements: {suitable: true, group/fit: true}`
	require.Equal(t, eligibility.Eligible, tr.assess(t).Verdict)
	tr.application = `judgements: {suitable: false, group/fit: null}`
	require.Equal(t, lines(`
		ineligible
		  suitable: unmet
		  group: undetermined: /application/nominated /application/judgements/group~1fit
		    fit: undetermined: /application/judgements/group~1fit
		    exempt: undetermined: /application/nominated
		  uses: unmet
	`), brief(tr.assess(t)))
}
