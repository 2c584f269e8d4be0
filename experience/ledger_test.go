package experience

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// The months of a ledger are those of the measure, and every day has one fate:
// the one that the oracle gives it.
func TestLedgerAgainstOracle(t *testing.T) {
	for seed := range uint64(4000) {
		g := newGenerator(seed, 3, seed%2 == 1)
		h := g.history(Convention(seed % 3))
		c, records := h.counting()
		var omissions []Omission
		kept := slices.DeleteFunc(slices.Clone(records), func(r Record) bool {
			if r.Index%3 != 2 {
				return false
			}
			omissions = append(omissions, Omission{Index: r.Index, Span: r.Span, Reason: r.Index % 2})
			return true
		})
		h.records = slices.Clone(h.records)
		for _, o := range omissions {
			h.records[o.Index].counts = False
		}
		ledger := c.Ledger(kept, omissions)
		measured := c.Measure(kept)
		sum := Sum(ledger)
		require.Zero(t, sum.Low.CompareTotal(measured.Low), "%v\n%v", h, ledger)
		require.Zero(t, sum.High.CompareTotal(measured.High), "%v\n%v", h, ledger)
		low, high := h.oracleWeights(false, h.since[1]), h.oracleWeights(true, h.since[0])
		for i, e := range ledger {
			if i > 0 {
				require.Equal(t, ledger[i-1].To.first+1, e.From.first, "%v\n%v", h, ledger)
				require.NotEqual(t, ledger[i-1], e)
			}
			for day := e.From.first; day <= e.To.first; day++ {
				d := oracleIndex[civil{first(civilOf(day)), second(civilOf(day)), third(civilOf(day))}]
				fate, weight, atMost := h.oracleFate(d, omissions, low, high)
				require.Equal(t, fate, e.Fate, "%v on %v\n%v", h, oracleDays[d], ledger)
				require.Equal(t, weight, e.Weight.weight())
				require.Equal(t, atMost, e.AtMost.weight())
			}
		}
		requireSummable(t, h.convention, ledger, measured.Low)
	}
}

func first(y, _, _ int) int  { return y }
func second(_, m, _ int) int { return m }
func third(_, _, d int) int  { return d }

// oracleFate says what becomes of a day from the records that lie on it.
func (h oracleHistory) oracleFate(day int, omissions []Omission, low, high []int64) (Fate, int64, int64) {
	var weight, atMost int64
	if day <= h.until[0] {
		weight = low[day]
	}
	if day <= h.until[1] {
		atMost = high[day]
	}
	fate := Gap
	for i, r := range h.records {
		end := r.to[1]
		if r.ongoing {
			end = h.until[1]
		}
		if day < r.from[0] || day > end {
			continue
		}
		omitted := slices.ContainsFunc(omissions, func(o Omission) bool { return o.Index == i })
		switch {
		case omitted:
			fate = min(fate, Omitted)
		case r.counts == False:
		case r.millionths == 0:
			fate = min(fate, NoShare)
		case day < h.since[0]:
			fate = min(fate, BeforeSince)
		case day > h.until[1]:
			fate = min(fate, AfterUntil)
		default:
			fate = min(fate, Uncertain)
		}
	}
	if weight > 0 {
		fate = Counted
	}
	return fate, weight, atMost
}

// requireSummable adds a ledger up as a reader would who has only its days and
// weights: entries that touch and have the same weight are one stretch.
func requireSummable(t *testing.T, convention Convention, ledger []LedgerEntry, want Total) {
	sum := new(big.Rat)
	for i := 0; i < len(ledger); {
		from := i
		for i++; i < len(ledger) && ledger[i].Weight == ledger[from].Weight; i++ {
			require.Equal(t, ledger[from].Weight.weight() > 0, ledger[i].Joined)
		}
		index := func(d Date) int {
			y, m, day := civilOf(d.first)
			return oracleIndex[civil{y, m, day}]
		}
		part := oracleStretch(convention, index(ledger[from].From), index(ledger[i-1].To))
		sum.Add(sum, part.Mul(part, big.NewRat(ledger[from].Weight.weight(), fullTime)))
	}
	require.Zero(t, sum.Cmp(rat(want)))
}

// Whatever counts as full time, and however often, the sum is the measure.
func TestLedgerOfOtherWeights(t *testing.T) {
	beyond := false
	for seed := range uint64(2000) {
		h := newGenerator(seed, 3, seed%2 == 1).history(Convention(seed % 3))
		c, records := h.counting()
		c.Overlap, c.PartTime = Overlap(seed/3%2), PartTime(seed/6%2)
		ledger := c.Ledger(records, nil)
		measured, sum := c.Measure(records), Sum(ledger)
		require.Zero(t, sum.Low.CompareTotal(measured.Low), "%v\n%v", h, ledger)
		require.Zero(t, sum.High.CompareTotal(measured.High), "%v\n%v", h, ledger)
		for _, e := range ledger {
			beyond = beyond || e.Weight.Float64() > 1
			require.False(t, e.Beyond && c.Overlap == CountEach)
			require.False(t, e.Weight.Float64() > 1 && c.Overlap == CountOnce)
		}
	}
	require.True(t, beyond)
}

func span(from, to string) Span {
	s := Span{From: MustParseDate(from)}
	if to != "" {
		s.To = MustParseDate(to)
	}
	return s
}

func half() Fraction { f, _ := ParseFraction("0.5"); return f }

func TestLedger(t *testing.T) {
	c := Counting{Since: From(MustParseDate("2016-07-01")), Until: MustParseDate("2021-12-31")}
	ledger := c.Ledger([]Record{
		{Index: 0, Span: span("2016-01-01", "2017-06-30"), Counts: True},
		{Index: 1, Span: span("2017-01-01", "2018-06-30"), Counts: True},
		{Index: 3, Span: span("2019-01-01", "2019-12-31"), Counts: True, Fraction: half()},
		{Index: 4, Span: span("2021-01", "2021-11-30"), Counts: True},
		{Index: 5, Span: span("2021-12-01", "2022-12-31"), Counts: True},
	}, []Omission{
		{Index: 2, Span: span("2018-01-01", "2018-09-30"), Reason: 7},
		{Index: 6, Span: span("2018-08-01", "2018-12-31"), Reason: 3},
	})
	var got []string
	for _, e := range ledger {
		got = append(got, fmt.Sprint(e.From, " ", e.To, " ", e.Fate, " ", e.Records, " ", e.Weight, " ", e.AtMost, " ", e.Beyond, " ", e.Joined, " ", e.Months, " ", e.MonthsAtMost))
	}
	require.Equal(t, []string{
		"2016-01-01 2016-06-30 beforeSince [0] 0 0 false false 0 months 0 months",
		"2016-07-01 2016-12-31 counted [0] 1 1 false false 6 months 6 months",
		"2017-01-01 2017-06-30 counted [0 1] 1 1 true true 6 months 6 months",
		"2017-07-01 2018-06-30 counted [1] 1 1 false true 12 months 12 months",
		"2018-07-01 2018-07-31 omitted [2] 0 0 false false 0 months 0 months",
		"2018-08-01 2018-12-31 omitted [6] 0 0 false false 0 months 0 months",
		"2019-01-01 2019-12-31 counted [3] 0.5 0.5 false false 6 months 6 months",
		"2020-01-01 2020-12-31 gap [] 0 0 false false 0 months 0 months",
		"2021-01-01 2021-01-30 uncertain [4] 0 1 false false 0 months 30/31 months",
		"2021-01-31 2021-11-30 counted [4] 1 1 false false 311/31 months 311/31 months",
		"2021-12-01 2021-12-31 counted [5] 1 1 false true 1 months 1 months",
		"2022-01-01 2022-12-31 afterUntil [5] 0 0 false false 0 months 0 months",
	}, got)
}

func TestLedgerOfNothing(t *testing.T) {
	require.Empty(t, Counting{Until: MustParseDate("2021-12-31")}.Ledger(nil, nil))
	// What goes on and begins after the last day has none.
	require.Empty(t, Counting{Until: MustParseDate("2021-12-31")}.Ledger([]Record{{Span: span("2022-01-01", ""), Counts: True}}, nil))
}
