package eqf_test

import (
	"testing"

	"github.com/qualify-rules/qualify/eqf"
	"github.com/stretchr/testify/require"
)

func TestEveryReferencingRowIsFound(t *testing.T) {
	for _, row := range readTable(t, "tables/referencing_status.csv") {
		status, ok := eqf.Referencing(row["country"], row["framework"])
		require.True(t, ok, row)
		require.Equal(t, row["referenced"] != "not referenced", status.Linked)
		if status.Linked {
			require.Equal(t, row["referenced"], status.Years)
		} else {
			require.Empty(t, status.Years)
		}
		require.Equal(t, row["confidence"], status.Confidence.String())
		require.Equal(t, row["source"], status.Source)
	}
}

func TestReferencingSpellings(t *testing.T) {
	want, ok := eqf.Referencing("GB-ENG", "RQF")
	require.True(t, ok)
	got, ok := eqf.Referencing("uk", "Q.C.F.")
	require.True(t, ok)
	require.Equal(t, want, got)

	for _, name := range [][2]string{
		{"XX", "NONE"}, {"", ""}, {"IE", ""},
		{"FR", "FR-1969"}, // no row of its own
		{"UA", "NRK"},     // three numberings
	} {
		status, ok := eqf.Referencing(name[0], name[1])
		require.False(t, ok, name)
		require.Zero(t, status)
	}
}

// A framework whose levels lead to the EQF is linked to it, and one whose
// levels do not is not.
func TestReferencingAgreesWithTheLevels(t *testing.T) {
	for file, linked := range map[string]bool{"nqf_eqf": true, "nqf_unreferenced": false} {
		for _, row := range readTable(t, "tables/"+file+".csv") {
			if status, ok := eqf.Referencing(row["country"], row["framework"]); ok {
				require.Equal(t, linked, status.Linked, row)
			}
		}
	}
}
