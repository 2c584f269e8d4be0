package eligibility_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
)

// each makes a child for every element, with ids 0, 1, … in order.
func TestEach(t *testing.T) {
	tr := trial{rules: `
- id: languages
  each: {required: vacancy.languages}
  expression: candidate.languages.exists(l, l.code == required.code && l.level >= required.level)
`}
	require.Equal(t, "eligible\n  languages: notApplicable\n", brief(tr.assess(t)))
	tr.vacancy = "languages: [{code: en, level: C1}, {code: fr, level: B1}, {code: de, level: A1}]"
	tr.candidate = "languages: [{code: fr, level: C2}, {code: de}, {code: en, level: B2}]"
	require.Equal(t, lines(`
		ineligible
		  languages: unmet
		    0: unmet
		    1: met
		    2: undetermined: /languages/1/level
	`), brief(tr.assess(t)))

	tr = trial{rules: `
- id: regimes
  each: {regime: vacancy.regimes}
  expression: regime != "local"
`}
	require.Equal(t, lines(`
		undetermined: /vacancy/regimes
		  regimes: undetermined: /vacancy/regimes
	`), brief(tr.assess(t)))
	tr.vacancy = "regimes: [seconded, contracted]"
	require.Equal(t, "eligible\n  regimes: met\n    0: met\n    1: met\n", brief(tr.assess(t)))
	tr.rules = strings.Replace(tr.rules, "vacancy.regimes}", "'vacancy.regimes.filter(r, application.nominated)'}", 1)
	require.Equal(t, "undetermined: /application/nominated\n  regimes: undetermined: /application/nominated\n", brief(tr.assess(t)))
}

// An each may count since the day of an earlier rule, and gives the latest day
// of its children.
func TestEachOfServices(t *testing.T) {
	tr := trial{
		rules: `
- {id: degree, expression: "candidate.awarded(q, q.attested)"}
- id: parts
  each: {part: vacancy.experience.ofWhich}
  expression: candidate.worked(e, part.matches(e)).since(degree).reaches(part.period)
`,
		vacancy: "experience: {ofWhich: [{period: P1Y, domains: [a]}, {period: P2Y}]}",
		candidate: `
qualifications: [{id: q, kind: university, awarded: 2010-12-31, attested: true}]
employments: [{id: e, from: 2009-01-01, to: 2011-12-31, domains: [a]}, {id: f, from: 2012-01-01, domains: [b]}]
`,
	}
	require.Equal(t, lines(`
		eligible
		  degree: met 2010-12-31
		  parts: met 2012-12-30
		    0: met 2011-12-30
		    1: met 2012-12-30
	`), brief(tr.assess(t)))
	a := tr.assess(t)
	second, _ := a.Finding("parts", "1")
	require.Equal(t, "P14Y", second.Have.String()) // and a 31st of a month, which is no whole day
	require.Equal(t, "P2Y", second.Need.String())
	require.Equal(t, []string{"/candidate/employments/0", "/candidate/employments/1"}, second.By)
}

// A list of nothing asks for nothing, as one that is not stated.
func TestElementsWithoutCodes(t *testing.T) {
	for _, tt := range []struct{ vacancy, empty string }{
		{"experience: {ofWhich: [{period: P1Y}]}", "experience: {ofWhich: [{period: P1Y, domains: [], levels: []}]}"},
		{"credentials: [{kind: passport}]", "credentials: [{kind: passport, codes: []}]"},
	} {
		tr := trial{
			rules: `
- {id: parts, each: {part: vacancy.experience.ofWhich}, expression: "candidate.worked(e, part.matches(e)).reaches(part.period)"}
- {id: held, each: {required: vacancy.credentials}, expression: "candidate.credentials.exists(c, c.kind == required.kind)"}
`,
			vacancy: tt.vacancy,
		}
		want := tr.assess(t)
		tr.vacancy = tt.empty
		got := tr.assess(t)
		require.Equal(t, want.Findings, got.Findings)
	}
}

func TestMessages(t *testing.T) {
	for _, tt := range []struct{ rule, want string }{
		{`expression: "false"`, "Not fulfilled."},
		{"expression: \"false\"\n  message: Too bad.", "Too bad."},
		{"expression: \"false\"\n  messageExpression: '\"As of \" + string(asOf)'", "As of 2024-12-31."},
		{"expression: \"false\"\n  message: Too bad.\n  messageExpression: '\"As of \" + string(asOf)'", "As of 2024-12-31."},
		// The message stands in for an expression that fails, that cannot be
		// decided, or that gives no line of text.
		{"expression: \"false\"\n  message: Too bad.\n  messageExpression: candidate.qualifications[3].id", "Too bad."},
		{"expression: \"false\"\n  message: Too bad.\n  messageExpression: candidate.residence", "Too bad."},
		{"expression: \"false\"\n  message: Too bad.\n  messageExpression: '\" \"'", "Too bad."},
		{"expression: \"false\"\n  message: Too bad.\n  messageExpression: '\"a\\nb\"'", "Too bad."},
		{"expression: \"false\"\n  messageExpression: candidate.residence", "Not fulfilled."},
		{"expression: \"true\"\n  message: Too bad.\n  messageExpression: '\"x\"'", "Fulfilled."},
		{"expression: \"false\"\n  messageExpression: 'string(1) + string(0.5) + string(true) + string(years(2)) + string(candidate.worked(e, true).total())'", "10.5trueP2YP1Y."},
	} {
		a := trial{rules: "- id: it\n  " + tt.rule, candidate: "employments: [{id: e, from: 2024-01-01}]"}.assess(t)
		f, _ := a.Finding("it")
		require.Equal(t, tt.want, f.Reason, tt.rule)
	}
}

// What a rule says where it is repeated, it says of each element that is unmet.
func TestMessagesOfElements(t *testing.T) {
	for _, list := range []string{`["FI", "SE"]`, `candidate.citizenships`} {
		for _, tt := range []struct {
			messages string
			want     []string
		}{
			{"", []string{"Not fulfilled: SE.", "Fulfilled.", "Not fulfilled."}},
			{"message: Too bad.", []string{"Too bad.", "Fulfilled.", "Too bad."}},
			{`messageExpression: '"Not of " + country'`, []string{"Not fulfilled: SE.", "Fulfilled.", "Not of SE."}},
			{"message: Too bad.\n  messageExpression: '\"Not of \" + country'", []string{"Too bad.", "Fulfilled.", "Not of SE."}},
			{"message: Too bad.\n  messageExpression: 'candidate.citizenships[9] + country'", []string{"Too bad.", "Fulfilled.", "Too bad."}},
		} {
			tr := trial{
				rules:     "- id: it\n  each: {country: '" + list + "'}\n  expression: country == \"FI\"\n  " + tt.messages,
				candidate: "citizenships: [FI, SE]",
			}
			f, _ := tr.assess(t).Finding("it")
			require.Equal(t, tt.want, []string{f.Reason, f.Findings[0].Reason, f.Findings[1].Reason}, "%s %s", list, tt.messages)
		}
	}
}

// An expression without a value is a defect of the policy: an error that names
// the rule, and no verdict. It is no error where the rest decides.
func TestRuleErrors(t *testing.T) {
	one := "qualifications: [{id: q, kind: police, awarded: 2010-01-01}]"
	for _, tt := range []struct{ rules, path string }{
		{`- {id: it, expression: "candidate.qualifications[3].attested"}`, "it"},
		{`- {id: it, allOf: [{id: child, expression: "candidate.qualifications[-1].attested"}]}`, "it/child"},
		{`- {id: it, when: "candidate.qualifications[3].attested", expression: "true"}`, "it"},
		{`- {id: it, each: {r: "[candidate.qualifications[3]]"}, expression: "r.attested"}`, "it"},
		{`- {id: it, expression: "candidate.awarded(q, candidate.ranks[0].attested)"}`, "it"},
		{`- {id: it, expression: "candidate.worked(e, false).since(date(candidate.qualifications[0].id)).reaches(years(1))"}`, "it"},
		{`- {id: it, expression: "candidate.awarded(q, q.kind == 'military').on <= asOf"}`, "it"},
		{`- {id: it, expression: "years(9000) + years(9000) > years(1)"}`, "it"},
		{"- {id: none, expression: \"true\"}\n- {id: it, expression: \"none.on <= asOf\"}", "it"},
	} {
		tr := trial{rules: tt.rules, candidate: one}
		a, err := tr.post(t).Assess(t.Context(), tr.history(t))
		require.Nil(t, a, tt.rules)
		rule, ok := errors.AsType[*eligibility.RuleError](err)
		require.True(t, ok, "%s: %v", tt.rules, err)
		require.Equal(t, tt.path, rule.Rule)
		require.ErrorContains(t, err, "rule "+tt.path+": ")
		require.ErrorIs(t, err, rule.Err)
	}
	tr := trial{candidate: one}
	require.Equal(t, "met", tr.decide(t, "candidate.qualifications[3].attested || true"))
	require.Equal(t, "unmet", tr.decide(t, "candidate.qualifications[3].attested && false"))
	require.Equal(t, "undetermined: /application/nominated", tr.decide(t, "candidate.qualifications[3].attested && application.nominated"))
}

// What Assess leaves out of an outline is what explains.
func TestOutline(t *testing.T) {
	tr := trial{rules: groupOf("anyOf", "no", "late", "perhaps"), candidate: degrees}
	full, short := tr.assess(t), tr.assess(t, eligibility.Outline())
	require.Equal(t, brief(full), strings.ReplaceAll(brief(short), "cc: undetermined", "cc: undetermined: q3/attested"))
	require.Equal(t, full.Pins, short.Pins)
	require.Equal(t, eligibility.Finding{ID: "it", Status: eligibility.Met, On: full.Findings[0].On, Findings: short.Findings[0].Findings}, short.Findings[0])
	_, found := full.Finding("it", "cz")
	require.False(t, found)
	_, found = full.Finding()
	require.False(t, found)
}

// Evidence: what was counted, what is needed, what is short, and by what.
func TestEvidence(t *testing.T) {
	tr := trial{candidate: "employments: [{id: a, from: 2024-01-01}, {id: b, from: 2020-01-01, to: 2020-06-30}, {id: c, from: 2021-01-01, to: 2021-03-31, domains: [x]}, {id: d, from: 2022-01-01, to: 2022-01-31}]"}
	tr.rules = "- {id: it, expression: 'candidate.worked(e, e.id != \"c\" && (e.id != \"d\" || \"x\" in e.domains)).reaches(years(2))'}"
	f, _ := tr.assess(t).Finding("it")
	require.Equal(t, "unmet", outcome(f))
	require.Equal(t, []string{"P1Y6M", "P1Y7M", "P2Y", "P6M"}, []string{f.Have.String(), f.HaveAtMost.String(), f.Need.String(), f.Short.String()})
	require.Equal(t, []string{"/candidate/employments/0", "/candidate/employments/1"}, f.By)
	require.Contains(t, f.Reason, "at least 5 months short")

	tr.rules = "- {id: it, expression: 'candidate.worked(e, e.id == \"a\").leaves(months(6), years(1))'}"
	f, _ = tr.assess(t).Finding("it")
	require.Equal(t, []string{"unmet", "P1Y", "P1Y"}, []string{outcome(f), f.Have.String(), f.Limit.String()})
	require.Equal(t, []string{"/candidate/employments/0"}, f.By)
}
