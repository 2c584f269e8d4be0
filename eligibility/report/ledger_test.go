package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility/report"
)

// Each ledger of a rule that measures several things is shown, and records are
// named by what a reader knows of them.
func TestEveryLedgerIsShown(t *testing.T) {
	r := made(t, "en", `{"id": "c", "vacancy": {"vacancy": "T 1", "policy": "csdp", "mission": "EULEX Kosovo", "regimes": ["contracted"], "closes": "2025-11-14",
		"starts": "2026-02-01", "deployment": "P12M", "education": {"studyYears": 3}, "experience": {"domains": ["legal"]},
		"rules": [{"id": "either", "title": "Either", "expression": "anyOf([candidate.worked(e, e.fraction >= 1).reaches(years(4)), candidate.worked(e, true).reaches(years(9))])"}]},
		"candidate": {"id": "c", "citizenships": ["FI"],
			"employments": [{"id": "e1", "title": "Adviser", "employer": "OSCE", "from": "2021-01-01", "to": "2021-12-31"}, {"id": "e2", "from": "2022-01-01", "to": "2022-12-31", "fraction": 0.5}]},
		"application": {"date": "2025-11-10", "regime": "contracted"}}`)
	var text, page bytes.Buffer
	require.NoError(t, report.Text(&text, r, false))
	require.NoError(t, report.HTML(&page, r))
	said := strings.Join(strings.Fields(text.String()), " ")
	for _, s := range []string{"1 of 2, 4 years needed: 12 months in all", "2 of 2, 9 years needed: 18 months in all"} {
		require.Contains(t, said, s)
		require.Contains(t, page.String(), s)
	}
	for _, s := range []string{"Adviser (e1), OSCE", "e2, 2022-01-01 – 2022-12-31"} {
		require.Contains(t, said, s)
		require.Contains(t, page.String(), s)
	}
}
