package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility/report"
)

// A way that asks for a statement promises nothing without its condition.
func TestWayThatHangsOnAStatement(t *testing.T) {
	r := made(t, "en", `{"id": "c", "vacancy": {"vacancy": "T 1", "policy": "csdp", "mission": "EULEX Kosovo", "regimes": ["contracted"], "closes": "2025-11-14",
		"starts": "2026-02-01", "deployment": "P12M", "education": {"studyYears": 3}, "experience": {"total": "P4Y", "domains": ["legal"]}},
		"candidate": {"id": "c", "citizenships": ["FI"],
			"qualifications": [{"id": "q1", "kind": "university", "studyYears": 3, "eqf": 6, "awarded": "2008-06-30", "attested": true}],
			"employments": [{"id": "e1", "to": "2025-06-30", "domains": ["legal"]}]},
		"application": {"date": "2025-11-10", "regime": "contracted"}}`)
	var text bytes.Buffer
	require.NoError(t, report.Text(&text, r, false))
	said := strings.Join(strings.Fields(text.String()), " ")
	require.Contains(t, said, "State the exact first day of employment e1.")
	require.Contains(t, said, "An application on 2025-11-10 would be eligible if the exact first day of employment e1 is on or before 2021-07-01.")
}

// A reading is told in the words of its option, and never by its code.
func TestReadingsAreToldInWords(t *testing.T) {
	r := made(t, "en", `{"id": "c", "vacancy": {"vacancy": "T 1", "policy": "csdp", "mission": "EULEX Kosovo", "regimes": ["contracted"], "closes": "2025-11-14",
		"starts": "2026-02-01", "deployment": "P12M", "education": {"studyYears": 3}, "experience": {"total": "P4Y", "domains": ["legal"]}},
		"candidate": {"id": "c", "citizenships": ["FI"],
			"qualifications": [{"id": "q1", "kind": "university", "studyYears": 3, "eqf": 6, "awarded": "2008-06-30", "attested": true}],
			"employments": [{"id": "e1", "from": "2021-11-12", "to": "2025-12-31", "domains": ["legal"]}]},
		"application": {"date": "2025-11-10", "regime": "contracted"}}`)
	var text bytes.Buffer
	require.NoError(t, report.Text(&text, r, false))
	said := strings.Join(strings.Fields(text.String()), " ")
	require.Contains(t, said, "Eligible under the reading “until the closing date” (until when experience counts); the rules that change:")
	require.NotContains(t, said, "experienceEnd")
}
