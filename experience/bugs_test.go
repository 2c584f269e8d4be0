package experience

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestUnknownIsNeverReadAsKnown(t *testing.T) {
	day, period := MustParseDate, MustParsePeriod

	t.Run("the beginning of an intersection", func(t *testing.T) {
		x, some := Span{To: day("2022-12-31")}.Intersect(Span{day("2020-01-01"), day("2021-12-31")})
		require.True(t, some)
		require.Equal(t, day("2020-01-01/"), x.From)
		require.Equal(t, day("2021-12-31"), x.To)
	})
	t.Run("a period that is not stated", func(t *testing.T) {
		c := Counting{Until: day("2020-12-31")}
		records := []Record{{Span: Span{From: day("2020-01-01")}, Counts: True}}
		require.Equal(t, Unknown, c.Measure(records).AtLeast(Period{}))
		require.Equal(t, Unknown, c.Measure(records).AtMost(Period{}))
		require.Equal(t, Unknown, c.Reach(records, Period{}).Onset.Met())
		c.Since = Never()
		require.Equal(t, False, c.Reach(records, Period{}).Onset.Met())
	})
	t.Run("a beginning that is not stated", func(t *testing.T) {
		records := []Record{{Counts: True}}
		require.Zero(t, Counting{}.Measure(records).Low.Period().Compare(period("P0D")))
		require.False(t, Counting{Until: day("2020")}.Reach(records, period("P1D")).Projected.IsValid())
	})
	t.Run("the end of a gap after an unknown day", func(t *testing.T) {
		require.Equal(t, UnknownDate(), GapEnds(UnknownDate(), period("P1Y")))
	})
	t.Run("the day or the gap of a chain", func(t *testing.T) {
		records := []Record{{Span: Span{day("2019-01-01"), day("2019-12-31")}, Counts: True}}
		for _, chain := range [][]Record{
			Counting{}.Chain(records, period("P1Y"), Date{}),
			Counting{}.Chain(records, period("P1Y"), UnknownDate()),
			Counting{}.Chain(records, Period{}, day("2020-01-01")),
		} {
			require.Len(t, chain, 1)
			require.Equal(t, Unknown, chain[0].Counts)
		}
	})
}

func TestReachOfNothing(t *testing.T) {
	day, nothing := MustParseDate, MustParsePeriod("P0D")
	until := day("2025-11-14")
	tests := []struct {
		name      string
		since     Onset
		met       Truth
		on, later string
	}{
		{"always", Always(), True, "", ""},
		{"never", Never(), False, "", ""},
		{"from a day before", From(day("2025-01-01")), True, "2025-01-01", ""},
		{"from a day after", From(day("2026-01-01")), False, "", "2026-01-01"},
		{"always or from a day after", Always().Earliest(From(day("2026-01-01"))), True, "", ""},
		{"perhaps always", PerhapsAlways(), Unknown, "", ""},
		{"perhaps always, else from a day after", PerhapsAlways().Earliest(From(day("2026-01-01"))), Unknown, "", "/2026-01-01"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := Counting{Since: test.since, Until: until}.Reach(nil, nothing)
			require.Equal(t, test.met, r.Onset.Met())
			require.Equal(t, test.on, r.Onset.On().String())
			require.Equal(t, test.later, r.Projected.String())
		})
	}
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

	// Where the day may lie on either side of a contract, both may be linked.
	chain = Counting{}.Chain(records, year, day("2010-06-01/2015-06-01"))
	require.Len(t, chain, 2)
	require.Equal(t, Unknown, chain[0].Counts)
	require.Equal(t, Unknown, chain[1].Counts)
}

func TestFractionIsWrittenInOneWay(t *testing.T) {
	for _, s := range []string{"00.5", "01", "00"} {
		_, err := ParseFraction(s)
		require.ErrorIs(t, err, ErrFraction, s)
	}
}
