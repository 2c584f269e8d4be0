package audit

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
)

const smallPolicy = `
policy: small
version: "1"
rules:
  - {id: citizenship, title: Citizenship, cite: [art. 1], expression: '"EE" in candidate.citizenships'}
  - id: education
    cite: [art. 2]
    anyOf:
      - {id: degree, expression: 'candidate.awarded(q, q.kind == "university" && q.attested)'}
      - {id: course, expression: 'candidate.awarded(q, q.kind == "training")'}
  - id: experience
    cite: [art. 3]
    allOf:
      - {id: total, expression: 'candidate.worked(e, true).since(education).reaches(years(4))'}
      - {id: never, when: 'candidate.id == "nobody"', expression: "false"}
`

// small audits cases of the small policy, in which the vacancy V has a rule of
// its own.
func small(t *testing.T, cases ...string) *Summary {
	t.Helper()
	policy, err := eligibility.LoadPolicy("small.yaml", []byte(smallPolicy))
	require.NoError(t, err)
	vacancy, err := eligibility.LoadVacancy("v.yaml", []byte("vacancy: V\npolicy: small\ncloses: 2025-01-01\nrules: [{id: own, expression: 'candidate.id != \"q\"'}]\n"))
	require.NoError(t, err)
	catalogue, err := eligibility.NewCatalogue([]*eligibility.Policy{policy}, []*eligibility.Vacancy{vacancy})
	require.NoError(t, err)
	a := &Auditor{Catalogue: catalogue, Clauses: true}
	var report Report
	for r, err := range a.Lines(t.Context(), strings.NewReader(input(cases))) {
		require.NoError(t, err)
		report.Add(r)
	}
	return report.Summary()
}

// smallCase is a case for V: who, citizenship, award of a degree and of a
// course, start of work, and what was recorded, each left out where empty.
func smallCase(id, citizenship, degree, course, work, recorded string) string {
	var qualifications, employments []string
	if degree != "" {
		attested := `,"attested":true`
		if d, doubtful := strings.CutSuffix(degree, "?"); doubtful {
			degree, attested = d, ""
		}
		qualifications = append(qualifications, fmt.Sprintf(`{"id":"q1","kind":"university","awarded":%q%s}`, degree, attested))
	}
	if course != "" {
		qualifications = append(qualifications, fmt.Sprintf(`{"id":"q2","kind":"training","awarded":%q}`, course))
	}
	if work != "" {
		employments = append(employments, fmt.Sprintf(`{"id":"e1","from":%q}`, work))
	}
	if recorded != "" {
		recorded = fmt.Sprintf(`,"recorded":%q`, recorded)
	}
	return fmt.Sprintf(`{"id":%q,"vacancy":"V","candidate":{"id":%q,"citizenships":[%q],"qualifications":[%s],"employments":[%s]}%s}`,
		id, id, citizenship, strings.Join(qualifications, ","), strings.Join(employments, ","), recorded)
}

func TestSummary(t *testing.T) {
	s := small(t,
		smallCase("fits", "EE", "2010-01-01", "", "2012-01-01", "eligible"),
		smallCase("strict", "EE", "2010-01-01", "2011-01-01", "2012-01-01", "ineligible"),
		smallCase("course", "EE", "", "2010-01-01", "2012-01-01", "eligible"),
		smallCase("foreign", "US", "2010-01-01", "", "2012-01-01", "eligible"),
		// No education: nothing counts since it, so that experience falls with it.
		smallCase("unlearned", "EE", "", "", "2012-01-01", "eligible"),
		smallCase("late", "EE", "2023-01-01", "", "2012-01-01", "ineligible"),
		smallCase("idle", "US", "2010-01-01", "", "", "eligible"),
		smallCase("doubtful", "EE", "2010-01-01?", "", "2012-01-01", "ineligible"),
		smallCase("q", "EE", "2010-01-01", "", "2012-01-01", ""),
		`{"id":"bad","vacancy":"V","recorded":"eligible"}`,
		`{"id":"worse","vacancy":`,
	)
	require.Equal(t, [5]int{11, 3, 5, 1, 2}, [5]int{s.Cases, s.Eligible, s.Ineligible, s.Undetermined, s.NotAssessed})
	r := s.Recorded
	require.Equal(t, [6]int{8, 3, 3, 1, 1, 0}, [6]int{r.Cases, r.Agreed, r.Lenient, r.Strict, r.NotDecidable, r.NotAssessed})
	clause := func(rule, cite string) Clause {
		c := Clause{Policy: "small", Version: "1", Rule: rule, Cite: []string{cite}}
		if rule == "citizenship" {
			c.Title = "Citizenship"
		}
		return c
	}
	require.Equal(t, []ClauseCount{
		{Lenient, clause("citizenship", "art. 1"), 2, 1, []string{"foreign", "idle"}},
		{Lenient, clause("education", "art. 2"), 1, 1, []string{"unlearned"}},
		{Lenient, clause("experience/total", "art. 3"), 1, 0, []string{"idle"}},
		{Strict, clause("experience/total", "art. 3"), 1, 1, []string{"strict"}}, // the last that was fulfilled
		{NotDecidable, clause("education", "art. 2"), 1, 1, []string{"doubtful"}},
	}, r.Clauses)

	rows := make(map[string][7]int)
	for _, row := range s.Rules {
		never := 0
		if row.NeverMattered {
			never = 1
		}
		rows[strings.TrimSpace(row.Vacancy+" "+row.Rule)] = [7]int{row.Applied, row.Fell, row.OnlyCause, row.Undetermined, row.MoreEligible, row.Carried, never}
	}
	require.Equal(t, map[string][7]int{
		// applied, fell, only cause, undetermined, more eligible, carried, never mattered
		"citizenship":      {9, 2, 1, 0, 1, 0, 0},
		"education":        {9, 1, 1, 1, 3, 0, 0}, // without it, everything counts: unlearned, late, doubtful
		"education/degree": {9, 0, 0, 1, 0, 5, 0}, // of strict both are met
		"education/course": {9, 0, 0, 0, 0, 1, 0},
		"experience":       {9, 3, 1, 1, 1, 0, 0}, // only late
		"experience/total": {9, 3, 1, 1, 1, 0, 0},
		"experience/never": {0, 0, 0, 0, 0, 0, 1},
		"V own":            {9, 1, 1, 0, 1, 0, 0},
	}, rows)
	require.Len(t, s.Vacancies, 1)
	require.Equal(t, "V", s.Vacancies[0].Vacancy)
	require.Equal(t, s.Rules, s.Vacancies[0].Rules)
	require.Equal(t, 9, s.Vacancies[0].Cases) // of those that could be read

	var b strings.Builder
	require.NoError(t, s.Print(&b))
	require.Contains(t, b.String(), "board lenient: recorded eligible, by the rules ineligible\n"+
		"                 2 by citizenship, 1 by it alone [art. 1]: foreign, idle\n")
	require.Contains(t, b.String(), "nobody fell on, or was open on: experience/never\n")
}

// Vacancies beyond the first MaxVacancies are counted together.
func TestManyVacancies(t *testing.T) {
	var report Report
	for i := range MaxVacancies + 7 {
		report.Add(Result{Err: errNoCase, Case: &eligibility.Case{Vacancy: eligibility.VacancyRef{Reference: fmt.Sprint(i)}}})
	}
	s := report.Summary()
	require.Equal(t, MaxVacancies+7, s.Cases)
	require.Len(t, s.Vacancies, MaxVacancies)
	require.Equal(t, 7, s.OtherVacancies.Cases)
}

// Vacancies with rules of their own do not make a report ever larger.
func TestManyRulesOfVacancies(t *testing.T) {
	var p tally
	for i := range maxOwnRules + 7 {
		one := &tree{key: treeKey{vacancy: fmt.Sprint(i)}, vacancy: fmt.Sprint(i), all: []*clause{{path: "own", own: true}}}
		for range 2 {
			p.countsOf(one).add([]mark{markFell})
		}
	}
	rows := p.matrix()
	require.Len(t, rows, maxOwnRules+1)
	require.Equal(t, RuleCount{Clause: Clause{Rule: OtherRules}, Fell: 14}, rows[0])
}

// Rules are told apart by their version where there are several.
func TestPrintNamesTheVersion(t *testing.T) {
	count := func(version string) ClauseCount {
		return ClauseCount{Kind: Strict, Clause: Clause{Policy: "p", Version: version, Rule: "age"}, Cases: 1, Alone: 1, First: []string{"x"}}
	}
	s := Summary{Totals: Totals{Recorded: Recorded{Cases: 2, Strict: 2, Clauses: []ClauseCount{count("1"), count("2")}},
		Rules: []RuleCount{{Clause: count("1").Clause, NeverMattered: true}, {Clause: count("2").Clause, NeverMattered: true}}}}
	var b strings.Builder
	require.NoError(t, s.Print(&b))
	require.Contains(t, b.String(), "1 by age of p 1: x\n                 1 by age of p 2: x\n")
	require.Contains(t, b.String(), "nobody fell on, or was open on: age of p 1, age of p 2\n")
	s.Recorded.Clauses, s.Rules = s.Recorded.Clauses[:1], s.Rules[:1]
	b.Reset()
	require.NoError(t, s.Print(&b))
	require.Contains(t, b.String(), "1 by age: x\n")
}

func TestReportDoesNotDependOnTheOrderOfCases(t *testing.T) {
	lines := inputLines(300)
	a := &Auditor{Catalogue: catalogue(t), Clauses: true}
	summary := func(lines []string) *Summary {
		var report Report
		for r, err := range a.Lines(t.Context(), strings.NewReader(input(lines))) {
			require.NoError(t, err)
			report.Add(r)
		}
		s := report.Summary()
		for _, totals := range append([]VacancyTotals{{Totals: s.Totals}}, s.Vacancies...) {
			for i := range totals.Recorded.Clauses {
				totals.Recorded.Clauses[i].First = nil
			}
		}
		return s
	}
	reversed := make([]string, len(lines))
	for i, l := range lines {
		reversed[len(lines)-1-i] = l
	}
	require.Equal(t, summary(lines), summary(reversed))
}
