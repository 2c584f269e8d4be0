package eligibility_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// span asks for every level whether a qualification is at least of it and
// gives the levels it surely reaches and those it may reach, such as 7..8.
func levelsOf(t *testing.T, tr trial, level string) string {
	t.Helper()
	low, high := 0, 0
	for n := 1; n <= 8; n++ {
		switch got := tr.decide(t, fmt.Sprintf("candidate.qualifications.exists(q, q.%s >= %d)", level, n)); {
		case got == "met":
			low, high = n, n
		case strings.HasPrefix(got, "undetermined"):
			require.Equal(t, "undetermined: q0/eqf", got)
			high = n
		}
	}
	switch {
	case high == 0:
		return "none"
	case low == high:
		return fmt.Sprint(low)
	}
	return fmt.Sprintf("%d..%d", max(low, 1), high)
}

// eqf, else the national framework, else the cycle, else the kind.
func TestEQFLevel(t *testing.T) {
	for _, tt := range []struct{ qualification, want string }{
		{"kind: university, eqf: 6", "6"},
		{"kind: university, eqf: 6, cycle: second", "6"},
		{"kind: university, eqf: 6, nqf: {country: IE, framework: NFQ, level: \"9\"}", "6"},
		{"kind: university, unlevelled: true, eqf: 6", "none"},
		{"kind: university, unlevelled: true", "none"},
		{"kind: university, nqf: {country: IE, framework: NFQ, level: \"8\"}", "6"},
		{"kind: university, nqf: {country: DE, framework: DQR, level: \"7\"}, cycle: first", "7"},
		{"kind: university, nqf: {country: FR, framework: FR-1969, level: I}, awarded: 2010-06-30", "7..8"},
		{"kind: university, nqf: {country: FR, framework: FR-1969, level: II}, awarded: 2010-06-30", "6"},
		{"kind: university, nqf: {country: FR, framework: FR-1969, level: IX}, cycle: second, awarded: 2010-06-30", "1..8"}, // a key not in the table is unknown
		{"kind: secondary, nqf: {country: FR}", "1..8"},
		{"kind: university, nqf: {country: FR, framework: FR-1969, level: I}", "1..8"}, // the number means nothing without the day
		{"kind: university, cycle: short", "5"},
		{"kind: university, cycle: first", "6"},
		{"kind: university, cycle: second", "7"},
		{"kind: university, cycle: third", "8"},
		{"kind: police, cycle: second", "7"},
		{"kind: secondary", "1..5"},
		{"kind: secondary, cycle: short", "5"},
		{"kind: university", "1..8"},
		{"kind: training", "1..8"},
		{"kind: police, equivalentEqf: 6", "1..8"}, // attested equivalence is another question
	} {
		tr := trial{candidate: "qualifications: [{id: q, " + tt.qualification + "}]"}
		require.Equal(t, tt.want, levelsOf(t, tr, "eqfLevel()"), tt.qualification)
	}
}

func TestEquivalentLevel(t *testing.T) {
	for _, tt := range []struct{ qualification, want string }{
		{"kind: police, equivalentEqf: 6", "6"},
		{"kind: police, equivalentEqf: 6, eqf: 4", "6"},
		{"kind: police, eqf: 4", "4"},
		{"kind: police", "1..8"},
		{"kind: police, unlevelled: true", "none"},
		{"kind: police, unlevelled: true, equivalentEqf: 5", "5"},
	} {
		tr := trial{candidate: "qualifications: [{id: q, " + tt.qualification + "}]"}
		require.Equal(t, tt.want, levelsOf(t, tr, "equivalentLevel()"), tt.qualification)
	}
}

// A key with two levels is at least 7 for certain and 8 perhaps.
func TestKeyOfTwoLevels(t *testing.T) {
	tr := trial{candidate: "qualifications: [{id: q, kind: university, nqf: {country: FR, framework: FR-1969, level: I}, awarded: 2010-06-30}]"}
	for expression, want := range map[string]string{
		"q.eqfLevel() >= 7": "met 2010-06-30",
		"q.eqfLevel() > 6":  "met 2010-06-30",
		"q.eqfLevel() >= 8": "undetermined: q0/eqf",
		"q.eqfLevel() > 7":  "undetermined: q0/eqf",
		"q.eqfLevel() > 8":  "unmet",
		"q.eqfLevel() <= 8": "met 2010-06-30",
		"q.eqfLevel() <= 7": "undetermined: q0/eqf",
		"q.eqfLevel() < 7":  "unmet",
	} {
		require.Equal(t, want, tr.decide(t, "candidate.awarded(q, "+expression+")"), expression)
	}
}

func TestCycle(t *testing.T) {
	for _, tt := range []struct{ qualification, expression, want string }{
		{"kind: university, cycle: second", `q.eheaCycle() >= cycle("first")`, "met"},
		{"kind: university, cycle: short", `q.eheaCycle() >= cycle("first")`, "unmet"},
		{"kind: university, cycle: first", `q.eheaCycle() > cycle("first")`, "unmet"},
		{"kind: university, cycle: third", `q.eheaCycle() > cycle("second")`, "met"},
		{"kind: university, eqf: 8", `q.eheaCycle() >= cycle("short")`, "undetermined: q0/cycle"},
		{"kind: vocational, eqf: 6", `q.eheaCycle() >= cycle("short")`, "unmet"}, // none, whatever its level
		{"kind: police", `q.eheaCycle() < cycle("short")`, "met"},
		{"kind: police, cycle: first", `q.eheaCycle() >= cycle("first")`, "met"},
	} {
		tr := trial{candidate: "qualifications: [{id: q, " + tt.qualification + "}]"}
		require.Equal(t, tt.want, tr.decide(t, "candidate.qualifications.exists(q, "+tt.expression+")"), "%+v", tt)
	}
}

func TestRelevance(t *testing.T) {
	const asked = "experience: {total: P1Y, domains: [security, border]}"
	for _, tt := range []struct{ vacancy, employment, relevance, want string }{
		{asked, "domains: [security]", "", "met"},
		{asked, "domains: [other, border]", "", "met"},
		{asked, "domains: [other]", "", "unmet"},
		{asked, "domains: []", "", "unmet"},
		{asked, "title: x", "", "undetermined: e0/domains /application/relevance/e~1~0"},
		{"", "domains: [security]", "", "undetermined: /application/relevance/e~1~0"},
		{"", "domains: [security]", "true", "met"},
		{asked, "domains: [security]", "false", "unmet"}, // a person knows better
		{asked, "domains: [other]", "true", "met"},
		{asked, "domains: [other]", "null", "unmet"},
		{asked, "title: x", "true", "met"},
	} {
		tr := trial{vacancy: tt.vacancy, candidate: "employments: [{id: e/~, " + tt.employment + "}]"}
		if tt.relevance != "" {
			tr.application = "relevance: {e/~: " + tt.relevance + "}"
		}
		require.Equal(t, tt.want, tr.decide(t, "candidate.employments.exists(e, application.relevant(e))"), "%+v", tt)
	}
	for relevance, want := range map[string]string{"{}": "undetermined: /application/relevance/q", "{q: true}": "met", "{q: false}": "unmet"} {
		tr := trial{candidate: "qualifications: [{id: q, kind: training}]", application: "relevance: " + relevance}
		require.Equal(t, want, tr.decide(t, "candidate.qualifications.exists(q, application.relevant(q))"), relevance)
	}
}

func TestFieldOfStudy(t *testing.T) {
	const open, person = "undetermined: q0/fields", "undetermined: /application/relevance/q"
	for _, tt := range []struct{ asked, stated, relevance, want string }{
		{"fields: []", "", "", "met"},
		{"fields: []", `["0421"]`, "", "met"},
		{`fields: ["042"]`, "", "", open},
		{`fields: ["042"]`, `["0421"]`, "", "met"},
		{`fields: ["042"]`, `["042"]`, "", "met"},
		{`fields: ["04"]`, `["0421"]`, "", "met"},
		{`fields: ["0421"]`, `["042"]`, "", open}, // wider than what is asked
		{`fields: ["0421"]`, `["04"]`, "", open},
		{`fields: ["0411"]`, `["0410"]`, "", open}, // not further defined
		{`fields: ["0421"]`, `["0400"]`, "", open},
		{`fields: ["0421"]`, `["0488"]`, "", open}, // interdisciplinary, of the same broad field
		{`fields: ["0421"]`, `["048"]`, "", open},
		{`fields: ["0421"]`, `["0388"]`, "", "unmet"}, // of another one
		{`fields: ["0421"]`, `["0312"]`, "", "unmet"},
		{`fields: ["0421"]`, `["0411"]`, "", "unmet"},
		{`fields: ["0421"]`, `[]`, "", "unmet"},
		{`fields: ["0421"]`, `["0312", "0421"]`, "", "met"},
		{`fields: ["0421"]`, `["0312", "04"]`, "", open},
		{`fields: ["0421", "031"]`, `["0312"]`, "", "met"},
		// An open list leaves what differs to a person.
		{`fields: ["0421"], fieldsOpen: true`, `["0312"]`, "", person},
		{`fields: ["0421"], fieldsOpen: true`, `["0312"]`, "true", "met"},
		{`fields: ["0421"], fieldsOpen: true`, `["0312"]`, "false", "unmet"},
		{`fields: ["0421"], fieldsOpen: true`, `["0421"]`, "false", "met"}, // the list itself is met
		{`fields: ["0421"]`, `["0312"]`, "true", "unmet"},                  // a closed list leaves nothing to judge
	} {
		tr := trial{vacancy: "education: {" + tt.asked + "}", candidate: "qualifications: [{id: q, kind: university}]"}
		if tt.stated != "" {
			tr.candidate = "qualifications: [{id: q, kind: university, fields: " + tt.stated + "}]"
		}
		if tt.relevance != "" {
			tr.application = "relevance: {q: " + tt.relevance + "}"
		}
		require.Equal(t, tt.want, tr.decide(t, "candidate.qualifications.exists(q, application.inField(q))"), "%+v", tt)
	}
}

// An employment matches a part when it meets each list that the part states.
func TestPartMatches(t *testing.T) {
	for _, tt := range []struct{ part, employment, want string }{
		{"period: P1D", "title: x", "met"},
		{"period: P1D, domains: [a, b]", "domains: [b]", "met"},
		{"period: P1D, domains: [a, b]", "domains: [c]", "unmet"},
		{"period: P1D, domains: [a, b]", "levels: [m]", "undetermined: e0/domains"},
		{"period: P1D, levels: [m]", "domains: [a]", "undetermined: e0/levels"},
		{"period: P1D, domains: [a], levels: [m]", "domains: [a], levels: [m, n]", "met"},
		{"period: P1D, domains: [a], levels: [m]", "domains: [a], levels: [n]", "unmet"},
		{"period: P1D, domains: [a], levels: [m]", "domains: [c]", "unmet"}, // the level cannot help
		{"period: P1D, domains: [a], levels: [m]", "domains: [a]", "undetermined: e0/levels"},
		{"period: P1D, domains: [a], levels: [m]", "title: x", "undetermined: e0/domains e0/levels"},
		{"period: P1D, domains: [a], levels: [m]", "domains: [], levels: [m]", "unmet"},
	} {
		tr := trial{vacancy: "experience: {ofWhich: [{" + tt.part + "}]}", candidate: "employments: [{id: e, " + tt.employment + "}]"}
		require.Equal(t, tt.want, tr.decide(t, "candidate.employments.exists(e, vacancy.experience.ofWhich[0].matches(e))"), "%+v", tt)
	}
}
