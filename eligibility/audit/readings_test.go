package audit_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility/audit"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// What the summary counts of readings is what each assessment says of them.
func TestReadingsInTheSummary(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	text, err := os.ReadFile("../../testdata/audit.jsonl")
	require.NoError(t, err)
	// The six years hang on whether seconded service counts.
	text = append(bytes.TrimSpace(text), `
{"id":"r","vacancy":"EK 60255","candidate":{"id":"r","citizenships":["FR"],"qualifications":[{"id":"q","kind":"university","studyYears":3,"cycle":"first","eqf":6,"fields":["061"],"awarded":"2005-06-30","attested":true}],"employments":[{"id":"e","from":"2006-01-01"}],"contracts":[{"id":"k1","mission":"EULEX Kosovo","regime":"contracted","from":"2010-01-01","to":"2013-12-31"},{"id":"k2","mission":"EULEX Kosovo","regime":"seconded","from":"2016-01-01","to":"2018-12-31"}]},"application":{"date":"2025-11-01","regime":"contracted","relevance":{"e":true}},"missions":[{"id":"EULEX Kosovo","threat":[{"from":"2008-01-01","level":"low"}]}]}
`...)
	var report audit.Report
	cases, robust, sensitive := 0, 0, map[string]int{}
	for r, err := range (&audit.Auditor{Catalogue: catalogue, Readings: true}).Lines(t.Context(), bytes.NewReader(text)) {
		require.NoError(t, err)
		report.Add(r)
		if r.Assessment == nil {
			continue
		}
		cases++
		if len(r.Assessment.SensitiveTo) == 0 {
			robust++
		}
		for _, id := range r.Assessment.SensitiveTo {
			sensitive[id]++
		}
	}
	require.Equal(t, 1, sensitive["countsSeconded"])
	got := report.Summary().Readings
	require.Equal(t, cases, got.Cases)
	require.Equal(t, robust, got.Robust)
	require.Len(t, got.Sensitive, len(sensitive))
	for _, c := range got.Sensitive {
		require.Equal(t, sensitive[c.Reading], c.Cases, c.Reading)
		require.GreaterOrEqual(t, c.Eligible+c.Ineligible+c.Undetermined, c.Cases)
	}
}
