package eligibility_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// since: nothing counts since what is not fulfilled, everything since what
// does not apply, and an interval since what is not known to the day.
func TestServiceSince(t *testing.T) {
	for _, tt := range []struct{ start, want string }{
		{`expression: candidate.awarded(q, q.id == "early")`, "met 2017-05-30"},
		{`expression: candidate.awarded(q, q.id == "late")`, "met 2019-06-29"},
		{`expression: candidate.awarded(q, q.id == "vague")`, "met 2017-12-31/2018-12-30"},
		{`expression: candidate.awarded(q, q.id == "perhaps" && q.attested)`, "undetermined: q3/attested"},
		{`expression: candidate.awarded(q, q.id == "perhaps" && q.attested || q.id == "late")`, "met 2018-05-30/2019-06-29"},
		{`expression: candidate.awarded(q, q.id == "undated")`, "undetermined: q5/awarded"},
		{`expression: candidate.awarded(q, q.id == "nobody")`, "unmet"},
		{`{when: "has(application.date)", expression: "candidate.awarded(q, false)"}`, "met 2012-12-31"},
		// A rule that is only true or false has no day; a group of it and others has.
		{`anyOf: [{id: a, expression: "false"}, {id: b, expression: "candidate.awarded(q, false)"}]`, "unmet"},
		{`anyOf: [{id: a, expression: "true"}, {id: b, expression: "candidate.awarded(q, false)"}]`, "met 2012-12-31"},
		{`anyOf: [{id: a, expression: application.nominated}, {id: b, expression: "candidate.awarded(q, false)"}]`, "undetermined: /application/nominated"},
	} {
		group := "- id: begun\n  " + tt.start + "\n"
		if tt.start[0] == '{' {
			group = "- {id: begun, " + tt.start[1:] + "\n"
		}
		a := trial{
			rules:     group + "- id: it\n  expression: candidate.worked(e, true).since(begun).reaches(years(3))\n",
			candidate: degrees + "employments: [{id: e, from: 2010-01-01}]",
		}.assess(t)
		f, _ := a.Finding("it")
		require.Equal(t, tt.want, outcome(f), tt.start)
	}
}

// A fold keeps what surely counts and what may count apart.
func TestServiceOfUnknownRecords(t *testing.T) {
	tr := trial{candidate: `
employments:
  - {id: a, from: 2010-01-01, to: 2011-12-31, domains: [security]}
  - {id: b, from: 2012-01-01, to: 2013-12-31}
  - {id: c, from: "2014", to: 2015-12-31, domains: [security]}
  - {id: d, from: 2016-01-01, to: 2016-12-31, domains: [other]}
  - {id: e, to: 2018-12-31, domains: [border]}
  - {id: f, from: 2018-01-01, fraction: 0.5, domains: [part]}
`}
	for _, tt := range []struct{ expression, want string }{
		{`candidate.worked(e, "security" in e.domains).reaches(years(2))`, "met 2011-12-31"}, // what may count came later
		{`candidate.worked(e, e.id == "a").reaches(years(2))`, "met 2011-12-31"},
		{`candidate.worked(e, e.id == "a").reaches(period("P2Y1D"))`, "unmet"},
		{`candidate.worked(e, "security" in e.domains).reaches(years(4))`, "undetermined: e1/domains e2/from"},
		{`candidate.worked(e, "security" in e.domains).reaches(years(7))`, "unmet"},
		{`candidate.worked(e, e.id == "c").reaches(years(1))`, "met 2014-12-31/2015-12-30"},
		{`candidate.worked(e, e.id == "c").reaches(months(13))`, "undetermined: e2/from"},
		{`candidate.worked(e, e.id == "c").reaches(years(2))`, "undetermined: e2/from"},
		{`candidate.worked(e, e.id == "e").reaches(years(1))`, "undetermined: e4/from"},
		{`candidate.worked(e, e.id == "f").reaches(years(3))`, "met 2023-12-31"}, // half time
		{`candidate.worked(e, "security" in e.domains).reaches(vacancy.experience.total)`, "undetermined: e1/domains e2/from /vacancy/experience/total"},
		{`candidate.worked(e, e.id == "a").reaches(vacancy.experience.total)`, "undetermined: /vacancy/experience/total"},
		{`candidate.worked(e, e.id == "f").reaches(months(42))`, "met 2024-12-31"},
		{`candidate.worked(e, e.id == "f").reaches(period("P42M1D"))`, "unmet"},
		{`candidate.worked(e, e.id == "f").until(date("2019-12-31")).reaches(years(1))`, "met 2019-12-31"},
		{`candidate.worked(e, e.id == "f").since(date("2020-01-01")).until(date("2021-12-31")).reaches(years(1))`, "met 2021-12-31"},
		{`candidate.worked(e, false).reaches(days(1))`, "unmet"},
		{`candidate.worked(e, e.id == "a").reaches(days(0))`, "met"},
		{`candidate.worked(e, e.id == "a").total() >= years(2)`, "met"},
		{`candidate.worked(e, e.id == "a").total() > years(2)`, "unmet"},
		{`candidate.worked(e, e.id == "a").total() <= years(2)`, "met"},
		{`candidate.worked(e, e.id == "a").total() < years(2)`, "unmet"},
		{`candidate.worked(e, e.id == "c").total() >= years(1)`, "met"},
		{`candidate.worked(e, e.id == "c").total() > years(2)`, "unmet"},
		{`candidate.worked(e, e.id == "c").total() >= years(2)`, "undetermined: e2/from"},
		{`candidate.worked(e, e.id == "a").leaves(years(1), years(3))`, "met"},
		{`candidate.worked(e, e.id == "a").leaves(period("P1Y1D"), years(3))`, "unmet"},
		{`candidate.worked(e, e.id == "c").leaves(months(11), years(2))`, "undetermined: e2/from"},
		{`candidate.worked(e, e.id == "c").leaves(years(1), years(3))`, "met"},
		{`candidate.worked(e, e.id == "a").lastDay() <= date("2011-12-31")`, "met"},
		{`candidate.worked(e, e.id == "f").lastDay() >= asOf`, "met"},
		{`candidate.worked(e, false).lastDay() + years(1) < asOf`, "met"},
		{`candidate.worked(e, e.id == "a" || e.id == "b" && e.domains.exists(d, d == "x")).lastDay() <= date("2011-12-31")`, "undetermined: e1/domains"},
	} {
		t.Run(tt.expression, func(t *testing.T) { require.Equal(t, tt.want, tr.decide(t, tt.expression)) })
	}
}

// contracts by one mission, and the day on which the next deployment starts.
func contracted(spans string) trial {
	return trial{candidate: "contracts:\n" + spans, application: "deploymentStarts: 2025-01-01", vacancy: "mission: M\ndeployment: P12M"}
}

// After a last day d a year has passed from d + 1 year + 1 day on; a gap is
// shorter if what follows starts before that day.
func TestServiceChains(t *testing.T) {
	const total = `candidate.served(c, true).until(start - days(1)).chain(years(1), start).total() `
	for _, tt := range []struct{ contracts, comparison, want string }{
		{`  - {id: a, mission: M, regime: contracted, from: 2020-01-01, to: 2023-12-31}`, `>= years(4)`, "unmet"}, // the year has passed on 2025-01-01
		{`  - {id: a, mission: M, regime: contracted, from: 2020-01-01, to: 2024-01-01}`, `>= years(4)`, "met"},
		{`  - {id: a, mission: M, regime: contracted, from: 2020-01-01, to: "2023-12-31/2024-01-01"}`, `>= years(4)`, "undetermined: c0/to"},
		{`  - {id: a, mission: M, regime: contracted, from: 2020-01-01, to: 2021-12-31}
  - {id: b, mission: M, regime: contracted, from: 2023-01-01}`, `> years(2)`, "unmet"},
		{`  - {id: a, mission: M, regime: contracted, from: 2020-01-01, to: 2022-01-01}
  - {id: b, mission: M, regime: contracted, from: 2023-01-01}`, `> years(2)`, "met"},
		{`  - {id: a, mission: M, regime: contracted, from: 2020-01-01, to: 2021-12-31}
  - {id: x, mission: N, regime: seconded, from: 2022-06-01, to: 2022-06-30}
  - {id: b, mission: M, regime: contracted, from: 2023-01-01}`, `> period("P4Y")`, "met"}, // bridged
		{`  - {id: a, mission: M, regime: contracted, from: 2020-01-01, to: 2021-12-31}
  - {id: b, mission: M, regime: contracted, from: 2022-12}`, `> years(2)`, "met"},
		{`  - {id: a, mission: M, regime: contracted, from: 2020-01-01, to: 2021-12-31}
  - {id: b, mission: M, regime: contracted, from: 2022-12-31/2023-01-01}`, `> period("P2Y1D")`, "undetermined: c1/from"},
		{`  - {id: a, mission: M, regime: contracted, from: 2024-01-01, to: 2024-06-30}
  - {id: b, mission: M, regime: contracted, from: 2024-04-01, to: 2024-12-31}`, `<= years(1)`, "met"}, // counted once
		{`  - {id: a, mission: M, regime: contracted, from: 2025-01-01}`, `<= days(0)`, "met"},
	} {
		require.Equal(t, tt.want, contracted(tt.contracts).decide(t, total+tt.comparison), "%s %s", tt.contracts, tt.comparison)
	}
}

// The six years of DESIGN §7: at exactly five used, twelve months still fit.
// What a chain takes can depend on a day that a later limit replaces.
func TestChainOfAnUnknownDay(t *testing.T) {
	tr := trial{
		candidate:   "contracts:\n  - {id: c0, mission: M, regime: contracted, from: 1999-06-02}",
		application: "date: unknown",
	}
	require.Equal(t, "undetermined: /application/date",
		tr.decide(t, `candidate.served(c, true).chain(months(1), date("2004-09-01")).until(date("2004-01-01")).reaches(years(1))`))
}

func TestServiceLeavesRoom(t *testing.T) {
	const room = `candidate.served(c, c.mission == vacancy.mission && c.regime == "contracted").until(start - days(1)).leaves(vacancy.deployment, years(6))`
	for _, tt := range []struct{ from, want string }{
		{"2020-01-01", "met"},
		{"2019-12-31", "unmet"},
		{"2019-12-31/2020-01-01", "undetermined: c0/from"},
		{"2020-01", "met"},
	} {
		require.Equal(t, tt.want, contracted(`  - {id: a, mission: M, regime: contracted, from: "`+tt.from+`"}`).decide(t, room), tt.from)
	}
}

func TestServiceAtThreat(t *testing.T) {
	const high = `candidate.served(c, true).until(date("2023-12-31")).atThreat(["high", "critical"])`
	one := `  - {id: a, mission: M, regime: contracted, from: 2020-01-01, to: 2023-12-31}`
	for _, tt := range []struct{ name, threat, expression, want string }{
		{"all of it", `{from: 2019-01-01, level: high}`, `.total() >= years(4)`, "met"},
		{"none of it", `{from: 2019-01-01, level: low}`, `.total() <= days(0)`, "met"},
		{"cut", `{from: 2019-01-01, level: low}, {from: 2021-01-01, level: high}, {from: 2022-01-01, level: moderate}`, `.total() >= years(1)`, "met"},
		{"cut exactly", `{from: 2019-01-01, level: low}, {from: 2021-01-01, level: high}, {from: 2022-01-01, level: moderate}`, `.total() > years(1)`, "unmet"},
		{"high and then critical", `{from: 2019-01-01, level: high}, {from: 2021-01-01, level: critical}, {from: 2022-01-01, level: low}`, `.total() >= years(2)`, "met"},
		{"entries in any order", `{from: 2022-01-01, level: moderate}, {from: 2019-01-01, level: low}, {from: 2021-01-01, level: high}`, `.total() >= years(1)`, "met"},
		{"before the first entry", `{from: 2021-01-01, level: high}`, `.total() >= years(3)`, "met"},
		{"before the first entry it is not known", `{from: 2021-01-01, level: high}`, `.total() >= period("P3Y1D")`, "undetermined: /missions/0/threat"},
		{"before the first entry it may not matter", `{from: 2021-01-01, level: high}`, `.total() > years(4)`, "unmet"},
		{"an imprecise entry", `{from: 2019-01-01, level: low}, {from: "2021", level: high}`, `.total() >= years(2)`, "met"},
		{"an imprecise entry leaves a year open", `{from: 2019-01-01, level: low}, {from: "2021", level: high}`, `.total() >= period("P2Y1M")`, "undetermined: /missions/0/threat/1/from"},
		{"an imprecise end of the level", `{from: 2019-01-01, level: high}, {from: "2021", level: low}`, `.total() >= period("P1Y1M")`, "undetermined: /missions/0/threat/1/from"},
		{"no entries", ``, `.total() > days(0)`, "undetermined: /missions/0/threat"},
		{"no entries and yet decided", ``, `.total() <= years(4)`, "met"},
	} {
		tr := contracted(one)
		tr.missions = "- {id: M, threat: [" + tt.threat + "]}"
		require.Equal(t, tt.want, tr.decide(t, high+tt.expression), tt.name)
	}
	require.Equal(t, "undetermined: /missions", contracted(one).decide(t, high+`.total() > days(0)`), "a mission that the case does not list")
}

// Chains look at whole contracts, sums at the days at threat.
func TestServiceAtThreatInChains(t *testing.T) {
	tr := contracted(`  - {id: a, mission: M, regime: contracted, from: 2018-01-01, to: 2021-12-31}
  - {id: b, mission: M, regime: contracted, from: 2022-07-01}`)
	tr.missions = "- {id: M, threat: [{from: 2017-01-01, level: high}, {from: 2020-01-01, level: low}, {from: 2022-10-01, level: high}]}"
	const chain = `candidate.served(c, true).until(start - days(1)).atThreat(["high"]).chain(years(1), start)`
	// 2018 and 2019, and 2022-10-01 to 2024-12-31: the gap is half a year of
	// contracts, though more than two years without threat.
	require.Equal(t, "met", tr.decide(t, chain+`.total() >= period("P4Y3M")`))
	require.Equal(t, "unmet", tr.decide(t, chain+`.total() > period("P4Y3M")`))
}

func TestThreatOnADay(t *testing.T) {
	for _, tt := range []struct{ threat, day, want string }{
		{`{from: 2020-01-01, level: high}`, "2020-01-01", "met"},
		{`{from: 2020-01-01, level: high}`, "2019-12-31", "undetermined: /missions/0/threat"},
		{`{from: 2020-01-01, level: high}, {from: 2021-01-01, level: low}`, "2020-12-31", "met"},
		{`{from: 2020-01-01, level: high}, {from: 2021-01-01, level: low}`, "2021-01-01", "unmet"},
		{`{from: 2020-01-01, level: high}, {from: "2021", level: low}`, "2021-06-30", "undetermined: /missions/0/threat/1/from"},
		{`{from: 2020-01-01, level: high}, {from: "2021", level: high}`, "2021-06-30", "met"},
		{`{from: 2020-01-01, level: high}, {from: "2021", level: low}`, "2022-01-01", "unmet"},
		{``, "2022-01-01", "undetermined: /missions/0/threat"},
	} {
		tr := trial{vacancy: "mission: M", missions: "- {id: M, threat: [" + tt.threat + "]}"}
		require.Equal(t, tt.want, tr.decide(t, `mission.atThreat(["high"], date("`+tt.day+`"))`), "%s on %s", tt.threat, tt.day)
	}
	tr := trial{vacancy: "mission: M", missions: `- {id: M, threat: [{from: 2020-01-01, level: low}, {from: 2021-01-01, level: high}, {from: 2022-01-01, level: low}]}`}
	for day, want := range map[string]string{"2020": "met", "2020-12/2021-01": "undetermined: /application/date", "2021": "unmet", "2021/2022": "undetermined: /application/date"} {
		tr.application = `date: "` + day + `"`
		require.Equal(t, want, tr.decide(t, `mission.atThreat(["low"], application.date)`), day)
	}
	require.Equal(t, "undetermined: /missions", trial{vacancy: "mission: M"}.decide(t, `mission.atThreat(["high"], asOf)`))
}

// The policy's convention decides what four years are: 2010 to 2013 has 1461
// days, and four years of 365 are over the day before.
func TestCountingConventions(t *testing.T) {
	for convention, want := range map[string]string{"calendar": "met 2013-12-31", "actual365": "met 2013-12-30"} {
		tr := trial{head: "counting: {convention: " + convention + "}", candidate: "employments: [{id: e, from: 2010-01-01, to: 2014-06-30}]"}
		require.Equal(t, want, tr.decide(t, "candidate.worked(e, true).reaches(years(4))"), convention)
	}
}
