package policies_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// The ratio of the two is how much more an assessment costs with its readings.
func BenchmarkReadings(b *testing.B) {
	catalogue, err := policies.Catalogue()
	require.NoError(b, err)
	var cases []*eligibility.Case
	for i, p := range loadCases(b, "csdp")["tenure"] {
		if i%4 == 0 {
			c, err := eligibility.DecodeCase(p.input)
			require.NoError(b, err)
			cases = append(cases, c)
		}
	}
	for _, of := range []struct {
		name    string
		options []eligibility.AssessOption
	}{{"without", nil}, {"with", []eligibility.AssessOption{eligibility.WithReadings()}}} {
		b.Run(of.name, func(b *testing.B) {
			runs := 0
			for i := 0; b.Loop(); i++ {
				a, err := catalogue.Assess(b.Context(), cases[i%len(cases)], append([]eligibility.AssessOption{eligibility.Outline()}, of.options...)...)
				if err != nil {
					b.Fatal(err)
				}
				if a.Readings != nil {
					runs += a.Readings.Runs
				}
			}
			b.ReportMetric(float64(runs)/float64(b.N), "runs/op")
		})
	}
}
