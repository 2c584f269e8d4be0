package policies_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// findingOf assesses a candidate with contracts in a mission of high threat and
// returns the finding of a rule.
func findingOf(t *testing.T, language, contracts, rule string, threat ...string) eligibility.Finding {
	if threat == nil {
		threat = []string{`{"from": "2010-01-01", "level": "high"}`}
	}
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	l, err := messages.In(language)
	require.NoError(t, err)
	c, err := eligibility.DecodeCase([]byte(`{
		"id": "c",
		"vacancy": "EK 60271",
		"application": {"date": "2025-11-14", "regime": "contracted"},
		"candidate": {"id": "c", "contracts": ` + contracts + `},
		"missions": [{"id": "EULEX Kosovo", "threat": [` + threat[0] + `]}]}`))
	require.NoError(t, err)
	a, err := catalogue.Assess(t.Context(), c, eligibility.InLanguage(l), eligibility.WithLedger())
	require.NoError(t, err)
	f, ok := a.Finding(strings.Split(rule, "/")...)
	require.True(t, ok)
	return f
}

const contractIn = `"mission": "EULEX Kosovo", "regime": "contracted"`

func TestReasonsWhereNoTimeIsCounted(t *testing.T) {
	aDay := `[{"id": "k1", ` + contractIn + `, "from": "2025-10-01", "to": "2025-10-01"}]`
	noBeginning := `[{"id": "k1", "mission": "EUAM Ukraine", "regime": "contracted", "to": "2025-06-30"}]`
	for _, c := range []struct{ language, contracts, says string }{
		{"en", aDay, "Less than a day counted"},
		{"fr", aDay, "Durée prise en compte : moins d’un jour ;"},
		{"en", noBeginning, "An unknown time counted"},
		{"fr", noBeginning, "Durée prise en compte : non établie ;"},
	} {
		require.Contains(t, findingOf(t, c.language, c.contracts, "coolingOff").Reason, c.says)
	}
}

// A contract that begins after the day until which is counted is not before a
// gap.
func TestLedgerOfAContractToCome(t *testing.T) {
	f := findingOf(t, "en", `[
		{"id": "k1", `+contractIn+`, "from": "2025-01-01", "to": "2025-06-30"},
		{"id": "k2", `+contractIn+`, "from": "2027-01-01", "to": "2027-12-31"}]`, "coolingOff")
	requireLedger(t, f, "coolingOff")
	last := f.Ledger.Stretches[len(f.Ledger.Stretches)-1]
	require.Equal(t, []string{"/candidate/contracts/1"}, last.By)
	require.Equal(t, eligibility.AfterDate, last.Reason)
}

// A contract that goes on runs to the day until which is counted, whatever the
// threat is later.
func TestLedgerOfAContractThatGoesOn(t *testing.T) {
	f := findingOf(t, "en", `[{"id": "k1", `+contractIn+`, "from": "2025-01-01"}]`, "coolingOff",
		`{"from": "2010-01-01", "level": "high"}, {"from": "2025-12-01", "level": "low"}, {"from": "2026-02-01", "level": "high"}, {"from": "2026-03-01", "level": "low"}`)
	requireLedger(t, f, "coolingOff")
	require.Len(t, f.Ledger.Stretches, 1)
	require.Equal(t, "2025-11-14", f.Ledger.Stretches[0].To.String())
}
