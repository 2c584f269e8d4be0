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
		require.Equal(t, "0 months", Counting{}.Measure(records).Low.String())
		c := Counting{Convention: Thirty360, Until: day("2020")}
		require.False(t, c.Reach(records, period("P1D")).Projected.IsValid())
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

// What ends on a day has begun by then, and what begins on one has not ended
// before.
func TestNarrowed(t *testing.T) {
	for _, tt := range []struct{ from, to, wantFrom, wantTo string }{
		{"2024", "2024-06-30", "2024-01-01/2024-06-30", "2024-06-30"},
		{"", "2024-06-30", "/2024-06-30", "2024-06-30"},
		{"2024-09-01", "2024", "2024-09-01", "2024-09-01/2024-12-31"},
		{"2020", "2024", "2020", "2024"},
		{"2024", "2024", "2024", "2024"},
		{"2024-09-01", "unknown", "2024-09-01", "2024-09-01/"},
		{"2024-09-01", "", "2024-09-01", ""},
	} {
		var s Span
		if tt.from != "" {
			s.From = MustParseDate(tt.from)
		}
		if tt.to != "" {
			s.To = MustParseDate(tt.to)
		}
		n := s.Narrowed()
		require.Equal(t, MustParseDate(tt.wantFrom), n.From, tt)
		if tt.wantTo != "" {
			require.Equal(t, MustParseDate(tt.wantTo), n.To, tt)
		} else {
			require.True(t, n.IsOngoing())
		}
	}
	surely := Record{Span: Span{To: MustParseDate("2024-06-30")}.Narrowed(), Counts: True}
	m := Counting{Until: MustParseDate("2024-12-31")}.Measure([]Record{surely})
	require.Equal(t, True, m.AtLeast(MustParsePeriod("P1D")), "its last day was surely worked")
}
