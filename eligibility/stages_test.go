package eligibility_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
)

// tradeOff asks a higher degree with two years or a lower one with four.
const tradeOff = `
- id: experience
  title: Experience
  anyOf:
    - id: master
      title: With a master
      allOf:
        - {id: degree, title: Master, expression: "candidate.awarded(q, q.eheaCycle() >= cycle(\"second\"))"}
        - {id: years, title: Years, expression: "candidate.worked(e, true).reaches(years(2))"}
    - id: bachelor
      title: With a bachelor
      allOf:
        - {id: degree, title: Bachelor, expression: "candidate.awarded(q, q.eheaCycle() >= cycle(\"first\"))"}
        - {id: years, title: Years, expression: "candidate.worked(e, true).reaches(years(4))"}
`

func TestNearestAlternative(t *testing.T) {
	const bachelor = "qualifications: [{id: q, kind: university, cycle: first, awarded: 2010-06-30}]\n"
	for _, tt := range []struct {
		name, candidate, nearest, reason string
	}{
		{"short of the years", bachelor + "employments: [{id: e, from: 2021-01-01, to: 2024-10-31}]", "bachelor",
			"Not fulfilled: With a master; With a bachelor. Nearest is “With a bachelor”: “Years” is 2 months short."},
		{"the first of two that are as near", "employments: [{id: e, from: 2020-01-01, to: 2024-10-31}]", "master",
			"Not fulfilled: With a master; With a bachelor. Nearest is “With a master”: “Master” is not fulfilled."},
		{"met", bachelor + "employments: [{id: e, from: 2020-01-01, to: 2024-10-31}]", "", "Fulfilled on 2023-12-31."},
		{"open", "qualifications: [{id: q, kind: university, awarded: 2010-06-30}]\nemployments: [{id: e, from: 2021-01-01, to: 2024-10-31}]", "master",
			"This cannot be decided until more is stated: the EHEA cycle of qualification q. Nearest is “With a master”: “Master” is open."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, ok := trial{rules: tradeOff, candidate: tt.candidate}.assess(t).Finding("experience")
			require.True(t, ok)
			require.Equal(t, tt.nearest, f.Nearest)
			require.Equal(t, tt.reason, f.Reason)
		})
	}
}

// Alternatives that say nothing about how near they came have no nearest.
func TestNoNearestAlternative(t *testing.T) {
	f, ok := trial{rules: `
- id: either
  anyOf:
    - {id: degree, expression: "candidate.awarded(q, q.attested)"}
    - {id: rank, expression: "candidate.ranked(r, r.attested)"}
`}.assess(t).Finding("either")
	require.True(t, ok)
	require.Empty(t, f.Nearest)
	require.Equal(t, "Not fulfilled: degree; rank.", f.Reason)
}

// staged has something to bring at each stage.
const staged = `
- {id: now, expression: "true"}
- {id: retirement, title: Retirement, stage: selection, expression: "candidate.retires >= start"}
- id: papers
  title: Papers
  stage: deployment
  allOf:
    - {id: passport, title: Passport, expression: "candidate.credentials.exists(c, c.kind == \"passport\")"}
    - {id: certificates, title: Certificates, each: {stay: candidate.residences}, expression: "candidate.credentials.exists(c, c.country == stay.country)"}
- {id: clearance, title: Clearance, stage: service, due: start + months(12), expression: "candidate.credentials.exists(c, c.kind == \"clearance\")"}
- id: mixed
  title: Mixed
  allOf:
    - {id: first, expression: "true"}
    - {id: later, title: Later, stage: deployment, due: start - days(10), judgement: "Is it there?"}
`

func TestWhatIsStillToBeBrought(t *testing.T) {
	bring := func(a *eligibility.Assessment) string {
		var b strings.Builder
		for _, p := range a.ToBring {
			b.WriteString(strings.TrimSpace(fmt.Sprintf("%s %s %s %s", p.Rule, p.Stage, p.Status, p.Due)) + "\n")
		}
		return b.String()
	}
	tr := trial{rules: staged, vacancy: "starts: 2025-03-01", candidate: "residences: [{country: FI}, {country: SE}]\ncredentials: [{id: c, kind: certificate, country: SE}]"}
	require.Empty(t, tr.assess(t).ToBring)
	selection := tr.assess(t, eligibility.AtStage(eligibility.StageSelection))
	require.Equal(t, eligibility.Undetermined, selection.Verdict)
	require.Equal(t, []string{"/candidate/retires"}, selection.Missing)
	require.Equal(t, lines(`
		retirement selection undetermined
		mixed/later deployment undetermined 2025-02-19
		papers/passport deployment unmet 2025-03-01
		papers/certificates/0 deployment unmet 2025-03-01
		clearance service unmet 2026-03-01
	`), bring(selection))
	require.Equal(t, "Papers: Certificates: Finland", selection.ToBring[3].Title)
	require.Empty(t, tr.assess(t, eligibility.AtStage(eligibility.StageSelection), eligibility.Outline()).ToBring)
	// Without a start that is stated there is no day.
	tr.vacancy = "starts: asap"
	require.Equal(t, lines(`
		retirement selection undetermined
		papers/passport deployment unmet
		papers/certificates/0 deployment unmet
		mixed/later deployment undetermined
		clearance service unmet
	`), bring(tr.assess(t, eligibility.AtStage(eligibility.StageDeployment))))
}

func TestDesirableRulesDecideNothing(t *testing.T) {
	tr := trial{
		head:      "desirable:\n  - {id: course, expression: \"candidate.credentials.exists(c, c.kind == \\\"course\\\")\"}\n",
		rules:     `- {id: open, expression: "true"}`,
		vacancy:   "desirable:\n  - {id: weighed, judgement: \"Is it so?\"}\n  - {id: french, expression: \"candidate.languages.exists(l, l.code == \\\"fr\\\" && l.level >= \\\"B1\\\")\"}\n",
		candidate: "languages: [{code: fr}]",
	}
	status := func(a *eligibility.Assessment) string {
		var list []string
		for _, f := range a.Desirable {
			list = append(list, f.ID+" "+string(f.Status))
		}
		return strings.Join(list, ", ")
	}
	a := tr.assess(t, eligibility.WithDesirable())
	require.Equal(t, eligibility.Eligible, a.Verdict)
	require.Equal(t, "course unmet, weighed undetermined, french undetermined", status(a))
	require.Empty(t, a.Missing)
	require.Equal(t, []string{"/application/judgements/desirable~1weighed"}, a.Desirable[1].Missing)
	_, found := a.Finding("weighed")
	require.False(t, found)
	require.Empty(t, tr.assess(t, eligibility.Outline(), eligibility.WithDesirable()).Desirable)

	tr.application = "judgements: {desirable/weighed: false}"
	a = tr.assess(t, eligibility.WithDesirable())
	require.Equal(t, eligibility.Eligible, a.Verdict)
	require.Equal(t, "course unmet, weighed unmet, french undetermined", status(a))
}

// One answer serves every rule that rests on the question.
func TestQuestionOfAVariable(t *testing.T) {
	tr := trial{
		head: "variables:\n  - {name: equivalent, judgement: \"Is it equivalent?\"}\n",
		rules: `
- {id: education, expression: variables.equivalent}
- {id: years, anyOf: [{id: more, when: "!variables.equivalent", expression: "candidate.worked(e, true).reaches(years(4))"}, {id: fewer, expression: "variables.equivalent && candidate.worked(e, true).reaches(years(2)).met"}]}
`,
		candidate: "employments: [{id: e, from: 2022-01-01, to: 2024-10-31}]",
	}
	a := tr.assess(t)
	require.Equal(t, eligibility.Undetermined, a.Verdict)
	require.Equal(t, []string{"/application/judgements/equivalent"}, a.Missing)
	tr.application = "judgements: {equivalent: true}"
	require.Equal(t, eligibility.Eligible, tr.assess(t).Verdict)
	tr.application = "judgements: {equivalent: false}"
	require.Equal(t, eligibility.Ineligible, tr.assess(t).Verdict)
}

func TestResidences(t *testing.T) {
	_, err := eligibility.DecodeCandidate([]byte(`{"id":"x","residences":[{"from":"2020"}]}`))
	requireInputError(t, err, "/residences/0/country", "state the country")
	_, err = eligibility.DecodeCandidate([]byte(`{"id":"x","residences":[{"country":"UK"}]}`))
	requireInputError(t, err, "/residences/0/country", "write GB")
	_, err = eligibility.DecodeCandidate([]byte(`{"id":"x","residences":[{"country":"FI","from":"2020","to":"2019"}]}`))
	requireInputError(t, err, "/residences/0/to", "")
	_, err = eligibility.DecodeCandidate([]byte(`{"id":"x","credentials":[{"id":"c","kind":"passport","country":"Finland"}]}`))
	requireInputError(t, err, "/credentials/0/country", "ISO 3166-1")

	const inSweden = `candidate.resided(r, r.country == "SE").total() > years(1)`
	for _, tt := range []struct{ candidate, want string }{
		{"residences: [{country: SE, from: 2022-01-01, to: 2022-12-31}, {country: FI}]", "undetermined: /residences /residences/1/from"},
		{"residences: [{country: SE, from: 2022-01-01, to: 2022-12-31}, {country: FI, from: 0001-01-01}]", "unmet"},
		{"residences: [{country: SE, from: 2022-01-01, to: 2023-01-01}]", "met"},
		{"residences: [{country: SE, from: 2022-01-01, to: 2022-06-30}, {country: SE, from: 2022-07-01, to: 2023-01-01}]", "met"},
		{"residences: [{country: SE, from: \"2022\"}, {country: FI}]", "met"},
		{"residences: [{country: SE, from: 2022-01-01, to: 2022-12/2023-01}, {country: FI, from: 0001-01-01}]", "undetermined: /residences/0/to"},
		{"residences: []", "undetermined: /residences"},
		{"citizenships: [SE]", "undetermined: /residences"},
	} {
		require.Equal(t, tt.want, trial{candidate: tt.candidate}.decide(t, inSweden), tt.candidate)
	}
}

func TestDaysWithoutResidence(t *testing.T) {
	const throughout = `candidate.resided(r, false).since(date("2020-01-01")).until(date("2024-12-31")).total() <= years(1)`
	for _, tt := range []struct{ candidate, want string }{
		{"residences: [{country: SE, from: 2021-01-01}]", "met"},
		{"residences: [{country: SE, from: 2021-01-02}]", "undetermined: /residences"},
		{"residences: [{country: SE, from: 2019-01-01, to: 2023-12-31}]", "met"}, // a leap year is a year
		{"residences: [{country: SE, from: 2019-01-01, to: 2023-12-30}]", "undetermined: /residences"},
		{"residences: [{country: FI, from: 2022-07-01}, {country: SE, from: 2010-01-01, to: 2021-06-30}]", "met"},
		{"residences: [{country: FI, from: 2022-07-02}, {country: SE, from: 2010-01-01, to: 2021-06-30}]", "undetermined: /residences"},
		{"residences: [{country: SE, from: 2010-01-01, to: 2024-06-30}, {country: FI, from: 2021-01-01, to: 2022-12-31}]", "met"},
		{"residences: [{country: SE, from: 2020-12/2021-01}]", "undetermined: /residences /residences/0/from"},
		{"residences: [{country: SE, from: \"2020\"}]", "met"},
		{"residences: [{country: SE}]", "undetermined: /residences /residences/0/from"},
		{"residences: [{country: SE, from: 2010-01-01, to: \"2023\"}]", "undetermined: /residences /residences/0/to"},
		{"residences: []", "undetermined: /residences"},
		{"citizenships: [SE]", "undetermined: /residences"},
	} {
		require.Equal(t, tt.want, trial{candidate: tt.candidate}.decide(t, throughout), tt.candidate)
	}
	// Nobody need have lived anywhere on the days of an empty stretch.
	require.Equal(t, "met", trial{candidate: "residences: []"}.decide(t, `candidate.resided(r, false).since(date("2024-01-02")).until(date("2024-01-01")).total() <= days(0)`))
}

// Days without a residence may have been lived where a stay was, so that they
// count together.
func TestDaysWithoutResidenceBesideAStay(t *testing.T) {
	const inSweden = `candidate.resided(r, r.country == "SE").since(date("2020-01-01")).until(date("2024-12-31")).total() <= years(1)`
	for _, tt := range []struct{ residences, want string }{
		{"{country: SE, from: 2022-01-01, to: 2022-12-31}, {country: FI, to: 2021-12-31, from: 2000-01-01}, {country: FI, from: 2023-01-01}", "met"},
		{"{country: SE, from: 2022-01-01, to: 2022-12-31}, {country: FI, to: 2021-12-31, from: 2000-01-01}, {country: FI, from: 2023-01-02}", "undetermined: /residences"},
		{"{country: SE, from: 2022-01-01, to: 2022-08-31}, {country: FI, to: 2021-12-31, from: 2000-01-01}, {country: FI, from: 2023-01-01}", "met"},
		{"{country: SE, from: 2022-01-01, to: 2022-08-31}, {country: FI, to: 2021-12-31, from: 2000-01-01}, {country: FI, from: 2023-01-02}", "undetermined: /residences"},
		{"{country: SE, from: 2022-01-01, to: 2023-01-01}, {country: FI, to: 2020-12-31, from: 2000-01-01}", "unmet"},
		{"{country: FI, from: 2000-01-01, to: 2024-06-30}", "met"},
		{"{country: FI, from: 2000-01-01, to: \"2023\"}", "undetermined: /residences /residences/0/to"},
	} {
		require.Equal(t, tt.want, trial{candidate: "residences: [" + tt.residences + "]"}.decide(t, inSweden), tt.residences)
	}
}

func TestCountriesOfResidence(t *testing.T) {
	tr := trial{
		rules:     `- {id: each, each: {stay: candidate.countriesOfResidence()}, expression: "stay.country == \"FI\""}`,
		candidate: "residences: [{country: FI}, {country: SE}, {country: FI}]",
	}
	require.Equal(t, []string{"Finland", "Sweden"}, []string{tr.assess(t).Findings[0].Findings[0].Title, tr.assess(t).Findings[0].Findings[1].Title})
	require.Len(t, tr.assess(t).Findings[0].Findings, 2)
	tr.candidate = "citizenships: [SE]"
	require.Equal(t, []string{"/candidate/residences"}, tr.assess(t).Missing)
}

// Where no day is stated, start is the closing date, and deploymentStart is
// known only not to lie before it.
func TestDeploymentStart(t *testing.T) {
	for _, tt := range []struct{ vacancy, application, expression, want string }{
		{"starts: asap", "", `deploymentStart >= vacancy.closes && start <= vacancy.closes`, "met"},
		{"starts: asap", "", `deploymentStart < vacancy.closes`, "unmet"},
		{"starts: asap", "", `deploymentStart <= vacancy.closes`, "undetermined: /application/deploymentStarts"},
		{"starts: asap", "", `deploymentStart - days(1) >= vacancy.closes`, "undetermined: /application/deploymentStarts"},
		{"starts: 2030-01-01", "", `deploymentStart == date("2030-01-01")`, "met"},
		{"starts: 2030-01-01", "deploymentStarts: 2030-02-01", `deploymentStart == date("2030-02-01")`, "met"},
		{"starts: 2030-01-01", "deploymentStarts: unknown", `start >= date("2030-01-01")`, "undetermined: /application/deploymentStarts"},
		{"starts: asap", "deploymentStarts: 2030-02", `deploymentStart < date("2030-02-15")`, "undetermined: /application/deploymentStarts"},
	} {
		tr := trial{vacancy: tt.vacancy, application: tt.application}
		require.Equal(t, tt.want, tr.decide(t, tt.expression), tt.expression)
	}
}

func TestFaultsOfStagesAndQuestions(t *testing.T) {
	for _, tt := range []struct{ policy, want string }{
		{"rules: [{id: a, due: \"true\", expression: \"true\"}]", "p.yaml:3:22: rule a: due is a Date, not a bool: write it as start + months(12)"},
		{"variables: [{name: q, judgement: \"So?\", expression: \"true\"}]\nrules: [{id: a, expression: \"variables.q\"}]", "p.yaml:3:13: rule variables.q: a variable has an expression or a judgement, not both"},
		{"variables: [{name: q, judgement: \"So?\"}]\nrules: [{id: q, judgement: \"So?\"}]", "p.yaml:4:28: rule q: a variable asks for the judgement q: use it, or choose another id"},
		{"rules: [{id: a, expression: \"true\"}]\ndesirable: [{id: d, expression: \"1\"}]", "p.yaml:4:33: rule desirable/d: a rule is a bool or a Fulfilment, not a int: compare it or ask how much it reaches"},
	} {
		_, err := eligibility.LoadPolicy("p.yaml", []byte("policy: p\nversion: \"1\"\n"+tt.policy+"\n"))
		require.EqualError(t, err, tt.want)
	}
	p, err := eligibility.LoadPolicy("p.yaml", []byte("policy: p\nversion: \"1\"\nrules: [{id: a, expression: \"true\"}]\ndesirable: [{id: d, expression: \"true\"}]\n"))
	require.NoError(t, err)
	require.Equal(t, "d", p.Desirable()[0].ID)
	v, err := eligibility.LoadVacancy("v.yaml", []byte("vacancy: V 1\npolicy: p\ndesirable: [{id: d, expression: \"true\"}]\n"))
	require.NoError(t, err)
	_, err = p.Post(v)
	require.EqualError(t, err, "v.yaml:3:18: rule desirable/d: the policy has a desirable rule d: choose another id")
}
