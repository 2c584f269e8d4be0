package eligibility_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Comparisons of imprecise dates are three-valued: one that every day of the
// interval settles is settled.
func TestImpreciseDatesInComparisons(t *testing.T) {
	const missing = "undetermined: /application/date"
	for _, tt := range []struct{ stated, comparison, want string }{
		{"2014-05", `<= date("2014-05-31")`, "met"},
		{"2014-05", `< date("2014-05-31")`, missing},
		{"2014-05", `< date("2014-06-01")`, "met"},
		{"2014-05", `< date("2014-05-01")`, "unmet"},
		{"2014-05", `<= date("2014-05-01")`, missing},
		{"2014-05", `<= date("2014-04-30")`, "unmet"},
		{"2014-05", `>= date("2014-05-01")`, "met"},
		{"2014-05", `> date("2014-05-01")`, missing},
		{"2014-05", `> date("2014-04-30")`, "met"},
		{"2014-05", `>= date("2014-06-01")`, "unmet"},
		{"2014", `> date("2013-12-31")`, "met"},
		{"2014-03/2014-06", `>= date("2014-03-01")`, "met"},
		{"2014-03/2014-06", `> date("2014-06-30")`, "unmet"},
		{"/2014", `<= date("2014-12-31")`, "met"},
		{"/2014", `> date("1900-01-01")`, missing},
		{"2014/", `>= date("2014-01-01")`, "met"},
		{"unknown", `>= date("0001-01-01")`, "met"},
		{"unknown", `<= date("2014-01-01")`, missing},
		{"2014-05-31", `<= date("2014-05-31")`, "met"},
		{"2014-05-31", `< date("2014-05-31")`, "unmet"},
		// Arithmetic keeps the interval: a month after January 2014.
		{"2014-01", `+ months(1) <= date("2014-02-28")`, "met"},
		{"2014-01", `+ months(1) <= date("2014-02-27")`, missing},
		{"2014-01-31", `+ months(1) >= date("2014-02-28")`, "met"},
		{"2014-03-31", `- months(1) <= date("2014-02-28")`, "met"},
		{"2024-02-29", `+ years(1) <= date("2025-02-28")`, "met"},
		{"2014-01-30", `+ period("P1M1D") >= date("2014-03-01")`, "met"},
		{"2014-01-30", `+ (months(1) + days(1)) >= date("2014-03-02")`, "unmet"},
		{"", `<= date("2014-05-31")`, missing},
	} {
		tr := trial{}
		if tt.stated != "" {
			tr.application = `date: "` + tt.stated + `"`
		}
		require.Equal(t, tt.want, tr.decide(t, "application.date "+tt.comparison), "%q %s", tt.stated, tt.comparison)
	}
}

// asOf is the application date, or the closing date where that is earlier or
// no date is given; start is the application's, else the vacancy's, else the
// closing date.
func TestReferenceDays(t *testing.T) {
	for _, tt := range []struct{ vacancy, application, expression, want string }{
		{"closes: 2025-11-14", "", `asOf >= date("2025-11-14") && asOf <= date("2025-11-14")`, "met"},
		{"closes: 2025-11-14", "date: 2025-10-01", `asOf <= date("2025-10-01")`, "met"},
		{"closes: 2025-11-14", "date: 2025-12-01", `asOf <= date("2025-11-14")`, "met"},
		{"closes: 2025-11-14", `date: "2025-11"`, `asOf <= date("2025-11-14")`, "met"},
		{"closes: 2025-11-14", `date: "2025-11"`, `asOf < date("2025-11-10")`, "undetermined: /application/date"},
		{"closes: unknown", "date: 2025-11-01", `asOf <= date("2025-11-01")`, "met"},
		{"closes: unknown", "date: 2025-11-01", `asOf <= date("2025-10-31")`, "undetermined: /vacancy/closes"},
		{"closes: unknown", "", `asOf <= date("2025-10-31")`, "undetermined: /application/date"},
		{"closes: 2025-11-14", "", `start <= date("2025-11-14")`, "met"},
		{"closes: 2025-11-14\nstarts: asap", "", `start <= date("2025-11-14")`, "met"},
		{"closes: 2025-11-14\nstarts: 2026-02-01", "", `start >= date("2026-02-01")`, "met"},
		{"closes: 2025-11-14\nstarts: 2026-02-01", "deploymentStarts: 2026-03-01", `start >= date("2026-03-01")`, "met"},
		{"closes: 2025-11-14", `deploymentStarts: "2026-03"`, `start >= date("2026-03-02")`, "undetermined: /application/deploymentStarts"},
	} {
		tr := trial{vacancy: tt.vacancy, application: tt.application}
		require.Equal(t, tt.want, tr.decide(t, tt.expression), "%+v", tt)
	}
}

// Nothing that is not stated is read as false, as zero or as true.
func TestFactsNotStated(t *testing.T) {
	for _, tt := range []struct{ expression, want string }{
		{`candidate.citizenships.exists(c, c == "FR")`, "undetermined: /citizenships"},
		{`candidate.citizenships.all(c, c == "FR")`, "undetermined: /citizenships"},
		{`size(candidate.citizenships) == 0`, "undetermined: /citizenships"},
		{`"FR" in candidate.citizenships`, "undetermined: /citizenships"},
		{`!("FR" in candidate.citizenships)`, "undetermined: /citizenships"},
		{`candidate.residence == "FR"`, "undetermined: /residence"},
		{`candidate.residence != "FR"`, "undetermined: /residence"},
		{`candidate.retires > asOf`, "undetermined: /retires"},
		{`!(candidate.retires > asOf)`, "undetermined: /retires"},
		{`application.regime == "seconded"`, "undetermined: /application/regime"},
		{`application.nominated`, "undetermined: /application/nominated"},
		{`application.nominated ? true : false`, "undetermined: /application/nominated"},
		{`application.nominated || application.regime == "seconded"`, "undetermined: /application/regime /application/nominated"},
		{`application.nominated && false || true`, "met"},
		{`vacancy.deployment >= years(1)`, "undetermined: /vacancy/deployment"},
		{`vacancy.openToThirdStates`, "undetermined: /vacancy/openToThirdStates"},
		{`"GB" in vacancy.thirdStates`, "undetermined: /vacancy/thirdStates"},
		{`application.regime in vacancy.regimes`, "undetermined: /application/regime /vacancy/regimes"},
		{`vacancy.education.eqf >= 6`, "undetermined: /vacancy/education/eqf"},
		{`vacancy.experience.total >= years(1)`, "undetermined: /vacancy/experience/total"},
		{`vacancy.education.cycle >= cycle("first")`, "undetermined: /vacancy/education/cycle"},
		{`mission.atThreat(["high"], asOf)`, "undetermined: /vacancy/mission"},
		{`mission.mandateEnds > asOf`, "undetermined: /vacancy/mission"},
		// Lists of records are complete, and empty when absent.
		{`candidate.qualifications.exists(q, q.attested)`, "unmet"},
		{`candidate.languages.all(l, l.level == "C2")`, "met"},
		{`candidate.credentials.size() == 0`, "met"},
		{`candidate.awarded(q, q.attested)`, "unmet"},
		// has() asks what is on record and is never unknown.
		{`has(candidate.citizenships)`, "unmet"},
		{`has(application.date) || has(vacancy.education) || has(vacancy.education.eqf) || has(vacancy.experience.total)`, "unmet"},
		{`has(candidate.qualifications)`, "met"},
		// What a vacancy does not ask for is not asked.
		{`size(vacancy.education.fields) == 0 && !vacancy.education.secondary && !vacancy.education.service.rank`, "met"},
		{`vacancy.education.fieldPlaced == "none"`, "met"},
	} {
		require.Equal(t, tt.want, trial{}.decide(t, tt.expression), tt.expression)
	}
}

// A stated but empty list of values is known; CEL's quantifiers over records
// stay decided where one record decides.
func TestFactsStatedInPart(t *testing.T) {
	tr := trial{candidate: `
citizenships: []
qualifications:
  - {id: a, kind: police, attested: true}
  - {id: b, kind: military, awarded: 2010-01-01}
employments:
  - {id: e, domains: []}
  - {id: f}
languages: [{code: EN-gb, level: C1}, {code: fr}, {level: B2}]
credentials: [{id: k, kind: drivingLicence, expires: 2020-01-01}]
`}
	for _, tt := range []struct{ expression, want string }{
		{`candidate.citizenships.exists(c, c == "FR")`, "unmet"},
		{`candidate.citizenships.all(c, c == "FR")`, "met"},
		{`has(candidate.citizenships)`, "met"},
		{`candidate.qualifications.exists(q, q.attested)`, "met"},
		{`candidate.qualifications.all(q, q.attested)`, "undetermined: q1/attested"},
		{`candidate.qualifications.exists(q, q.attested && q.kind == "military")`, "undetermined: q1/attested"},
		{`candidate.qualifications.all(q, q.attested && q.kind == "military")`, "unmet"},
		{`candidate.qualifications.exists_one(q, q.attested)`, "undetermined: q1/attested"},
		{`candidate.qualifications.filter(q, q.attested).size() >= 1`, "undetermined: q1/attested"},
		{`candidate.qualifications.filter(q, q.kind == "police").size() == 1`, "met"},
		{`candidate.qualifications.map(q, q.kind) == ["police", "military"]`, "met"},
		{`candidate.qualifications[1].awarded < asOf`, "met"},
		{`candidate.qualifications.exists(q, q.eqf >= 6)`, "undetermined: q0/eqf q1/eqf"},
		{`candidate.employments[0].domains.exists(d, d == "security")`, "unmet"},
		{`candidate.employments[1].domains.exists(d, d == "security")`, "undetermined: e1/domains"},
		{`candidate.employments.all(e, e.fraction >= 1.0 && e.kind == "employment")`, "met"}, // defaults
		{`candidate.employments.exists(e, has(e.fraction) || has(e.kind))`, "unmet"},
		{`candidate.employments.all(e, e.to > asOf)`, "met"}, // what has no end goes on
		{`candidate.employments.exists(e, has(e.to))`, "unmet"},
		{`candidate.languages.exists(l, l.code == "en-gb" && l.level >= "B2")`, "met"}, // tags know no case
		{`candidate.languages.exists(l, l.code == "fr" && l.level >= "B2")`, "undetermined: /languages/1/level /languages/2/code"},
		{`candidate.languages.exists(l, l.code == "fr" && l.level >= "C1")`, "undetermined: /languages/1/level"},
		{`candidate.credentials.exists(c, c.expires >= asOf)`, "unmet"},
		{`candidate.credentials.exists(c, c.code == "C" && c.issued <= asOf)`, "undetermined: /credentials/0/code /credentials/0/issued"},
	} {
		require.Equal(t, tt.want, tr.decide(t, tt.expression), tt.expression)
	}
}

func TestVariablesAndReadings(t *testing.T) {
	head := lines(`
		readings:
		  - {id: scope, about: x, options: {narrow: a, wide: b}, default: narrow}
		variables:
		  - {name: member, expression: '"FR" in candidate.citizenships'}
		  - {name: minimum, expression: 'reading.scope == "narrow" ? 6 : 4'}
		  - {name: errs, expression: 'candidate.qualifications[7].attested'}
	`)
	tr := trial{head: head, candidate: "qualifications: [{id: a, kind: police, eqf: 5}]"}
	require.Equal(t, "undetermined: /citizenships", tr.decide(t, "variables.member"))
	require.Equal(t, "unmet", tr.decide(t, "candidate.qualifications.exists(q, q.eqf >= variables.minimum)"))
	tr.head = strings.Replace(head, "default: narrow", "default: wide", 1)
	require.Equal(t, "met", tr.decide(t, "candidate.qualifications.exists(q, q.eqf >= variables.minimum)"))
	require.Equal(t, "met", tr.decide(t, "true || variables.errs"), "a variable is evaluated only where it is needed")
}
