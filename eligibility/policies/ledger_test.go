package policies_test

import (
	"maps"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/experience"
)

// months reads an amount as the ledger writes it.
func months(t *testing.T, s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	require.True(t, ok, s)
	return r
}

// requireLedger holds a ledger to its promises: it has no holes, and its months
// are those of the measure.
func requireLedger(t *testing.T, f eligibility.Finding, at string) {
	l := f.Ledger
	sum, most := new(big.Rat), new(big.Rat)
	for i, s := range l.Stretches {
		if i > 0 {
			require.Equal(t, l.Stretches[i-1].To.Add(experience.MustParsePeriod("P1D")), s.From, at)
		}
		if s.Counted() {
			sum.Add(sum, months(t, s.Months))
		} else {
			require.NotEmpty(t, s.Reason, at)
		}
		require.True(t, s.Reason == "" || slices.Contains(eligibility.ReasonCodes(), s.Reason), at)
		switch {
		case s.MonthsAtMost != "":
			most.Add(most, months(t, s.MonthsAtMost))
		case s.Counted():
			most.Add(most, months(t, s.Months))
		}
		require.Equal(t, s.Reason == eligibility.Gap, len(s.By) == 0, at)
	}
	require.Zero(t, sum.Cmp(months(t, l.Months)), at)
	high := l.MonthsAtMost
	if high == "" {
		high = l.Months
	}
	require.Zero(t, most.Cmp(months(t, high)), at)
	floor := new(big.Rat).Mul(sum, big.NewRat(30, 1))
	y, m, d := f.Have.Parts()
	require.Equal(t, int64((y*12+m)*30+d), new(big.Int).Quo(floor.Num(), floor.Denom()).Int64(), at)
}

func TestLedgersOfTheSuite(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	ledgers := 0
	codes := map[eligibility.ReasonCode]int{}
	for _, p := range slices.Concat(slices.Collect(maps.Values(loadCases(t, "csdp")))...) {
		c, err := eligibility.DecodeCase(p.input)
		require.NoError(t, err)
		a, err := catalogue.Assess(t.Context(), c, append(p.options, eligibility.WithLedger())...)
		require.NoError(t, err)
		for path, f := range a.All() {
			require.Equal(t, f.Have.IsValid(), f.Ledger != nil, "%s %s", c.ID, path)
			if f.Ledger == nil {
				continue
			}
			ledgers++
			requireLedger(t, f, p.name+" "+path)
			for _, s := range f.Ledger.Stretches {
				codes[s.Reason]++
			}
		}
	}
	require.Greater(t, ledgers, 100)
	t.Log(ledgers, codes)
}
