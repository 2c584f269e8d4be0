package eligibility_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// career is a policy of the usual shape: an education, work since then with a
// part of it, and a licence that may expire.
var career = trial{
	rules: `
- id: education
  anyOf:
    - {id: degree, expression: "candidate.awarded(q, q.kind == 'university' && q.attested && q.awarded <= asOf)"}
    - {id: academy, expression: "candidate.awarded(q, q.kind == 'police' && q.equivalentLevel() >= 6 && q.awarded <= asOf)"}
- id: experience
  allOf:
    - {id: total, expression: "candidate.worked(e, true).since(education).reaches(vacancy.experience.total)"}
    - id: parts
      each: {part: vacancy.experience.ofWhich}
      expression: candidate.worked(e, part.matches(e)).since(education).reaches(part.period)
- {id: licence, expression: "candidate.credentials.all(c, c.expires >= asOf)"}
`,
	vacancy: "closes: 2020-06-30\nexperience: {total: P4Y, ofWhich: [{period: P2Y, domains: [a]}]}",
}

// randomCareer is a history with work that goes on, now and then a degree to
// come or a licence that runs out.
func randomCareer(r *rand.Rand) string {
	day := func(from, years int) string {
		return fmt.Sprintf("%d-%02d-%02d", from+r.IntN(years), 1+r.IntN(12), 1+r.IntN(28))
	}
	var b strings.Builder
	b.WriteString("qualifications:\n")
	for i := range 1 + r.IntN(2) {
		fmt.Fprintf(&b, "  - {id: q%d, kind: %s, awarded: %s, attested: %t, equivalentEqf: %d}\n",
			i, []string{"university", "police"}[r.IntN(2)], day(2008, 12), r.IntN(6) > 0, 5+r.IntN(2))
	}
	b.WriteString("employments:\n")
	for i := range 1 + r.IntN(5) {
		domain := []string{"a", "b"}[r.IntN(2)]
		if r.IntN(2) == 0 {
			fmt.Fprintf(&b, "  - {id: e%d, from: %s, fraction: 0.%d, domains: [%s]}\n", i, day(2014, 6), 3+r.IntN(7), domain)
		} else {
			fmt.Fprintf(&b, "  - {id: e%d, from: %s, to: %s, domains: [%s]}\n", i, day(2010, 4), day(2014, 6), domain)
		}
	}
	if r.IntN(4) == 0 {
		fmt.Fprintf(&b, "credentials: [{id: c, kind: k, expires: %s}]\n", day(2020, 4))
	}
	return b.String()
}

// asOf moves the reference day: applications are decided by the closing date.
func (tr trial) asOf(day string) trial {
	first, rest, _ := strings.Cut(tr.vacancy, "\n")
	tr.vacancy = strings.Replace(first, first[strings.Index(first, ":")+1:], " "+day, 1) + "\n" + rest
	return tr
}

// A person is eligible on the day from which they are said to be, and the day
// before that they were not.
func TestEligibleFromIsTheFirstDay(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 2020))
	before := experience.MustParsePeriod("P1D")
	var reached, projected, never int
	for range 150 {
		tr := career
		tr.candidate = randomCareer(r)
		a := tr.assess(t)
		require.NotEqual(t, eligibility.Undetermined, a.Verdict, tr.candidate)
		day := a.EligibleFrom
		if !day.IsValid() {
			require.False(t, a.Projected)
			require.Equal(t, eligibility.Ineligible, a.Verdict, "who is eligible is so from some day\n%s%s", tr.candidate, brief(a))
			never++
			// Work that goes on cannot have made them eligible on any of the
			// days that are tried.
			for _, later := range []string{"2021-01-01", "2022-06-30", "2025-01-01", "2035-01-01"} {
				if tr.asOf(later).assess(t).Verdict == eligibility.Eligible {
					require.Fail(t, fmt.Sprintf("no eligibleFrom though eligible on %s:\n%s%s", later, tr.candidate, brief(a)))
				}
			}
			continue
		}
		require.True(t, day.IsExact())
		on, dayBefore := tr.asOf(day.String()).assess(t), tr.asOf(day.Subtract(before).String()).assess(t)
		require.Equal(t, eligibility.Eligible, on.Verdict, "on %s\n%s%s", day, tr.candidate, brief(on))
		require.Equal(t, eligibility.Ineligible, dayBefore.Verdict, "the day before %s\n%s%s", day, tr.candidate, brief(dayBefore))
		require.Equal(t, day, on.EligibleFrom, "it does not depend on the day of asking")
		require.Equal(t, a.Verdict == eligibility.Ineligible, a.Projected)
		if a.Projected {
			projected++
		} else {
			reached++
		}
	}
	require.Greater(t, reached, 15)
	require.Greater(t, projected, 15)
	require.Greater(t, never, 15)
}

func TestEligibleFromIsNotStated(t *testing.T) {
	const work = `{id: work, expression: "candidate.worked(e, true).reaches(years(2))"}`
	for _, tt := range []struct{ name, rules, candidate, want string }{
		{"reached", "- " + work, "employments: [{id: e, from: 2020-01-01}]", "2021-12-31"},
		{"to come", "- " + work, "employments: [{id: e, from: 2024-01-01}]", "2025-12-31"},
		{"never, as nothing goes on", "- " + work, "employments: [{id: e, from: 2024-01-01, to: 2024-06-30}]", ""},
		{"met without a day", `- {id: it, expression: "true"}`, "", ""},
		{"not known", "- " + work, `employments: [{id: e, from: "2020"}]`, ""},
		{"undetermined", "- " + work + "\n- {id: n, expression: application.nominated}", "employments: [{id: e, from: 2020-01-01}]", ""},
		{"the later of two", "- " + work + "\n- {id: degree, expression: \"candidate.awarded(q, true)\"}", "employments: [{id: e, from: 2020-01-01}]\nqualifications: [{id: q, kind: police, awarded: 2023-05-01}]", "2023-05-01"},
		{"unmet otherwise", "- " + work + "\n- {id: no, expression: \"false\"}", "employments: [{id: e, from: 2024-01-01}]", ""},
		{"does not apply", "- " + work + "\n- {id: no, when: has(application.regime), expression: \"false\"}", "employments: [{id: e, from: 2024-01-01}]", "2025-12-31"},
		{"the earlier alternative", "- {id: any, anyOf: [" + work + ", {id: three, expression: \"candidate.worked(e, e.id == 'e').reaches(months(18))\"}]}", "employments: [{id: e, from: 2024-01-01}]", "2025-06-30"},
		{"a licence that will have run out", "- " + work + "\n- {id: licence, expression: \"candidate.credentials.all(c, c.expires >= asOf)\"}", "employments: [{id: e, from: 2024-01-01}]\ncredentials: [{id: c, kind: k, expires: 2025-06-30}]", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := trial{rules: tt.rules, candidate: tt.candidate}
			got := tr.assess(t).EligibleFrom.String()
			require.False(t, tt.name == "not known" && got == "2021-12-31", "the first day of an interval is given as eligibleFrom")
			require.Equal(t, tt.want, got)
			require.False(t, tr.assess(t, eligibility.Outline()).EligibleFrom.IsValid())
		})
	}
}
