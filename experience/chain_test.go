package experience

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestGapEnds(t *testing.T) {
	tests := []struct{ last, gap, want string }{
		{"2024-11-14", "P1Y", "2025-11-15"},
		{"2018-12-31", "P1Y", "2020-01-01"},
		{"2024-02-29", "P1Y", "2025-03-01"},
		{"2023-02-28", "P1Y", "2024-02-29"},
		{"2024-01-31", "P1M", "2024-03-01"},
		{"2024-01-31", "P0D", "2024-02-01"},
		{"2024", "P1Y", "2025-01-02/2026-01-01"},
		{"9999-12-31", "P1Y", "9999-12-31"},
	}
	for _, test := range tests {
		last, gap := MustParseDate(test.last), MustParsePeriod(test.gap)
		require.Equal(t, test.want, GapEnds(last, gap).String(), "%v", test)
	}
	require.Zero(t, GapEnds(Date{}, MustParsePeriod("P1Y")))
	require.Zero(t, GapEnds(MustParseDate("2024"), Period{}))
}

// A contract with no uncertainty left, its days numbered as the oracle does.
type exactContract struct{ index, from, to int }

// oracleChain looks for the run from its end: what the day continues, what
// that continues, and all that lies between.
func oracleChain(contracts []exactContract, months, until, day int) []int {
	within := func(c exactContract) bool { return c.from <= min(until, day) }
	continued := func(c exactContract, from int) bool {
		return from < oracleAddMonths(min(c.to, until, day), months)+1
	}
	start := -1
	for grown := true; grown; {
		grown = false
		for _, c := range contracts {
			reaches := continued(c, day)
			if start >= 0 {
				reaches = continued(c, start)
			}
			if within(c) && reaches && (start < 0 || c.from < start) {
				start, grown = c.from, true
			}
		}
	}
	var out []int
	for _, c := range contracts {
		if start >= 0 && within(c) && c.from >= start {
			out = append(out, c.index)
		}
	}
	return out
}

func TestChainOverAllResolutions(t *testing.T) {
	g := newGenerator(9, 1, false)
	const months = 1
	certain, open := 0, 0
	for range 4000 {
		base := oracleIndex[civil{1900, 1, 1}]
		near := func(day int) [2]int {
			if g.IntN(3) > 0 {
				return [2]int{day, day}
			}
			return [2]int{day, day + g.IntN(3)}
		}
		var h oracleHistory
		for n, at := 1+g.IntN(4), base; n > 0; n-- {
			from := at + g.IntN(10)
			to := from + g.IntN(40)
			h.records = append(h.records, oracleRecord{
				from: near(from), to: near(to), millionths: fullTime,
				counts: []Truth{True, True, Unknown, False}[g.IntN(4)],
			})
			at = to + 26 + g.IntN(8) // a gap of about a month
			h.until = near(at - 20)
		}
		day := near(h.until[1] + g.IntN(25) - 5)
		g.Shuffle(len(h.records), func(i, j int) { h.records[i], h.records[j] = h.records[j], h.records[i] })

		c, records := h.counting()
		chain := c.Chain(records, Period{months: months, stated: true}, oracleDate(day))
		var sure, all []int
		for _, r := range chain {
			all = append(all, r.Index)
			if r.Counts == True {
				sure = append(sure, r.Index)
			}
		}
		exact, resolutions := day[0] == day[1] && h.until[0] == h.until[1], 0
		always, ever := map[int]int{}, map[int]bool{}
		for until := h.until[0]; until <= h.until[1]; until++ {
			for at := day[0]; at <= day[1]; at++ {
				h.resolve(0, nil, func(contracts []exactContract) {
					resolutions++
					run := oracleChain(contracts, months, until, at)
					for _, index := range run {
						always[index]++
						ever[index] = true
						require.Contains(t, all, index, "%v\nat %v", h, oracleDate(day))
					}
					require.Subset(t, run, sure, "%v\nat %v", h, oracleDate(day))
				})
			}
		}
		// Where only the contracts are imprecise, the bounds are attained.
		if exact && !h.mayBeEmpty() {
			for index := range h.records {
				require.Equal(t, always[index] == resolutions, slices.Contains(sure, index), "%v", h)
				require.Equal(t, ever[index], slices.Contains(all, index), "%v", h)
			}
		}
		certain, open = certain+len(sure), open+len(all)-len(sure)
	}
	require.Greater(t, certain, 1000)
	require.Greater(t, open, 1000)
}

func (h oracleHistory) mayBeEmpty() bool {
	return slices.ContainsFunc(h.records, func(r oracleRecord) bool {
		return r.from[1] > min(r.to[0], h.until[0])
	})
}

// resolve calls yield with every history that the facts allow, the records
// from index on being open yet.
func (h oracleHistory) resolve(index int, contracts []exactContract, yield func([]exactContract)) {
	if index == len(h.records) {
		yield(contracts)
		return
	}
	r := h.records[index]
	if r.counts != True {
		h.resolve(index+1, contracts, yield)
	}
	if r.counts == False {
		return
	}
	for from := r.from[0]; from <= r.from[1]; from++ {
		for to := max(from, r.to[0]); to <= r.to[1]; to++ {
			h.resolve(index+1, append(slices.Clip(contracts), exactContract{index, from, to}), yield)
		}
	}
}

// What is measured may be less than the contract that decides about gaps.
func TestChainLooksAtContracts(t *testing.T) {
	day := MustParseDate
	contract := Span{day("2018-01-01"), day("2019-12-31")}
	records := []Record{
		{Index: 0, Span: Span{day("2018-01-01"), day("2018-03-31")}, Contract: contract, Counts: True},
		{Index: 1, Span: Span{day("2020-06-01"), day("2020-12-31")}, Counts: True},
	}
	c := Counting{Until: day("2021-05-31")}
	chain := c.Chain(records, MustParsePeriod("P1Y"), day("2021-06-01"))
	require.Len(t, chain, 2)
	require.Equal(t, "P10M", c.Measure(chain).Low.Period().String())

	records[0].Contract = Span{}
	chain = c.Chain(records, MustParsePeriod("P1Y"), day("2021-06-01"))
	require.Len(t, chain, 1)
	require.Equal(t, 1, chain[0].Index)

	// A contract of which no day is counted is no part of a chain.
	records[1].Span, records[1].Contract = Span{day("2021-07-01"), day("2021-08-01")}, Span{day("2020-06-01"), Date{}}
	require.Empty(t, c.Chain(records, MustParsePeriod("P1Y"), day("2021-06-01")))
}

func TestChainLeavesOutWhatBeginsAfterTheDay(t *testing.T) {
	day, year := MustParseDate, MustParsePeriod("P1Y")
	records := []Record{
		{Index: 0, Span: Span{day("2009-01-01"), day("2009-12-31")}, Counts: True},
		{Index: 1, Span: Span{day("2015-01-01"), day("2015-12-31")}, Counts: True},
	}
	chain := Counting{}.Chain(records, year, day("2010-06-01"))
	require.Len(t, chain, 1)
	require.Equal(t, 0, chain[0].Index)

	// What the earliest such day does not continue, no later one does.
	chain = Counting{}.Chain(records, year, day("2011-01-01/2015-06-01"))
	require.Len(t, chain, 1)
	require.Equal(t, 1, chain[0].Index)

	// Where the day may lie on either side of a contract, both may be linked.
	chain = Counting{}.Chain(records, year, day("2010-06-01/2015-06-01"))
	require.Len(t, chain, 2)
	require.Equal(t, Unknown, chain[0].Counts)
	require.Equal(t, Unknown, chain[1].Counts)
}

func TestLastDayOverAllResolutions(t *testing.T) {
	g := newGenerator(10, 1, false)
	base := oracleIndex[civil{1900, 1, 1}]
	for range 2000 {
		until := base + 20 + g.IntN(10)
		h := oracleHistory{until: [2]int{until, until + g.IntN(3)}}
		for range g.IntN(4) {
			from := base + g.IntN(30)
			to := from + g.IntN(10)
			h.records = append(h.records, oracleRecord{
				from: [2]int{from, from + g.IntN(3)}, to: [2]int{to, to + g.IntN(3)}, millionths: fullTime,
				counts: []Truth{True, True, Unknown, False}[g.IntN(4)],
			})
		}
		c, records := h.counting()
		got := c.LastDay(records)
		require.True(t, got.IsValid())

		var want Date
		for until := h.until[0]; until <= h.until[1]; until++ {
			h.resolve(0, nil, func(contracts []exactContract) {
				last := firstDay
				for _, contract := range contracts {
					if contract.from <= until {
						last = max(last, MustParseDate(oracleDays[min(contract.to, until)].String()).first)
					}
				}
				want = hull(want, last)
			})
		}
		require.Equal(t, want.last, got.last, "%v", h)
		require.LessOrEqual(t, got.first, want.first, "%v", h)
		if !h.mayBeEmpty() {
			require.Equal(t, want, got, "%v", h)
		}
	}
}
