package experience

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
)

// seamLimit is the most that a seam between touching stretches can be worth:
// 3/31 of a month.
const seamLimit = 3 * unitsPerMonth / 31

func days(from, to string) Record {
	return Record{Span: Span{MustParseDate(from), MustParseDate(to)}, Counts: True}
}

// With calendar months more work can measure less: a short stretch left over
// is a larger part of February than of the months of the joined stretch.
func TestFillingAHoleCanMeasureLess(t *testing.T) {
	records := []Record{days("2023-01-31", "2023-02-26"), days("2023-02-28", "2023-03-30")}
	apart := Counting{}.Measure(records).Low
	want := big.NewRat(27, 28)
	want.Add(want, big.NewRat(1, 1)).Add(want, big.NewRat(3, 31))
	require.Equal(t, want, rat(apart))

	joined := Counting{}.Measure(append(records, days("2023-02-27", "2023-02-27"))).Low
	require.Equal(t, big.NewRat(2, 1), rat(joined))
	require.Negative(t, joined.CompareTotal(apart))

	// If it is not known whether the day between counts, neither bound of a
	// measure, nor of the day on which a period is reached, falls short for it.
	open := days("2023-02-27", "2023-02-27")
	open.Counts = Unknown
	need := MustParsePeriod("P2M1D")
	m := Counting{}.Measure(append(records, open))
	require.Equal(t, Measured{apart, apart}, m)
	require.Equal(t, True, m.AtLeast(need))
	reached := Counting{}.Reach(append(records, open), need)
	require.Equal(t, From(MustParseDate("2023-03-30")), reached.Onset)
	reached = Counting{Until: MustParseDate("2023-03-29")}.Reach(append(records, open), need)
	require.Equal(t, MustParseDate("2023-03-30"), reached.Projected)
}

// Cutting one stretch in two, or joining two, changes what they measure by no
// more than seamLimit, whichever way. The search is over all histories of four
// years, and so of any: what a stretch measures up to a day depends, but for
// whole months, on the number of the day in the month from which it began. So
// a seam at b in a stretch from a day with number D to c is worth
//
//	(D(b) - E(b)) - (D(c) - E(c))
//
// where D(x) is measured from a day numbered D to x, E being the number of b.
func TestASeamIsWorthLessThanATenthOfAMonth(t *testing.T) {
	first := ordinalOf(1999, 1, 1)
	var from [31][]int64 // from[D-1][x] for the days x of the four years 2001 to 2004
	for d := range from {
		for x := ordinalOf(2001, 1, 1); x < ordinalOf(2005, 1, 1); x++ {
			from[d] = append(from[d], Calendar.stretch(first+ordinal(d), x))
		}
	}
	var most int64
	for d := range from {
		for e := range from {
			seam, end := span64{1 << 62, -1 << 62}, span64{1 << 62, -1 << 62}
			for x := range from[d] {
				difference := from[d][x] - from[e][x]
				end.take(difference)
				if _, _, day := civilOf(ordinalOf(2001, 1, 1) + ordinal(x)); day == e+1 {
					seam.take(difference)
				}
			}
			most = max(most, seam.most-end.least, end.most-seam.least)
		}
	}
	require.EqualValues(t, seamLimit, most)
	require.Less(t, most, int64(unitsPerMonth/10))
}

type span64 struct{ least, most int64 }

func (s *span64) take(n int64) { s.least, s.most = min(s.least, n), max(s.most, n) }

// The formula that the search rests on, against stretches as they are.
func TestASeamOfRandomStretches(t *testing.T) {
	g := newGenerator(5, 4, false)
	for range 200_000 {
		a := ordinalOf(1897+g.IntN(110), 1+g.IntN(12), 28) + ordinal(g.IntN(31))
		b := a + 1 + ordinal(g.IntN(1500))
		c := b + 1 + ordinal(g.IntN(1500))
		seam := Calendar.stretch(a, b) + Calendar.stretch(b, c) - Calendar.stretch(a, c)
		require.LessOrEqual(t, max(seam, -seam), int64(seamLimit), "%v %v %v", Date{a, a}, Date{b, b}, Date{c, c})
	}
}

// What adding a record can cost is bounded by the seams that it makes and
// unmakes; under the other conventions it costs nothing.
func TestMoreWorkMeasuresLessByNoMoreThanItsSeams(t *testing.T) {
	seams := func(c Counting, records []Record) map[ordinal]bool {
		days := map[ordinal]bool{}
		c.stretches(records, definite, c.until(definite), func(s stretch) bool {
			days[s.from], days[s.end] = true, true
			return true
		})
		return days
	}
	g := newGenerator(6, 7, false)
	less := 0
	for i := range 15_000 {
		h := g.history(conventions[i%3])
		c, records := h.counting()
		if len(records) == 0 {
			continue
		}
		after, before := c.Measure(records).Low, c.Measure(records[1:]).Low
		if c.Convention != Calendar {
			require.GreaterOrEqual(t, after.CompareTotal(before), 0, "%v", h)
			continue
		}
		var changed int64
		now, then := seams(c, records), seams(c, records[1:])
		for day := range now {
			if !then[day] {
				changed++
			}
		}
		for day := range then {
			if !now[day] {
				changed++
			}
		}
		require.GreaterOrEqual(t, after.numerator, before.numerator-changed*seamLimit*fullTime, "%v", h)
		if after.numerator < before.numerator {
			less++
		}
	}
	require.Positive(t, less, "the histories are too tame to show the loss")
}

// A span that loses its last day measures less, always. One that loses its
// first never measures more; it measures the same where both beginnings are
// so late in their month that the month that would come next ends before them.
func TestASpanThatIsADayShorter(t *testing.T) {
	for a := ordinalOf(2001, 1, 1); a < ordinalOf(2005, 1, 1); a++ {
		for end := a + 2; end < a+800; end++ {
			whole := Calendar.stretch(a, end)
			if Calendar.stretch(a, end-1) >= whole {
				t.Fatalf("%v to %v: no less without the last day", Date{a, a}, Date{end, end})
			}
			_, m1, d1 := civilOf(a)
			_, m2, _ := civilOf(a + 1)
			y, m, d := civilOf(end)
			same := m1 == m2 && d == daysIn(y, m) && d1 >= d
			if later := Calendar.stretch(a+1, end); later > whole || (later == whole) != same {
				t.Fatalf("%v to %v: %d without the first day, %d with it", Date{a, a}, Date{end, end}, later, whole)
			}
		}
	}
}

// Under 30E/360 the 31st is worth nothing and the end of February three days.
func TestADayUnderThirty360(t *testing.T) {
	tests := []struct{ day, want string }{
		{"2023-01-29", "P1D"},
		{"2023-01-30", "P0D"},
		{"2023-01-31", "P1D"},
		{"2023-02-28", "P3D"},
		{"2024-02-28", "P1D"},
		{"2024-02-29", "P2D"},
	}
	for _, test := range tests {
		m := Counting{Convention: Thirty360}.Measure([]Record{days(test.day, test.day)})
		require.Equal(t, test.want, m.Low.Period().String(), test.day)
	}
}

func TestLongerHistoriesNeverMeasureLess(t *testing.T) {
	g := newGenerator(7, 7, true)
	for i := range 6000 {
		h := g.history(conventions[i%3])
		c, records := h.counting()
		m := c.Measure(records)
		require.LessOrEqual(t, m.Low.CompareTotal(m.High), 0, "%v", h)

		c.Until = Date{c.Until.first + ordinal(g.IntN(60)), c.Until.last + 60}
		later := c.Measure(records)
		require.LessOrEqual(t, m.Low.CompareTotal(later.Low), 0, "%v", h)
		require.LessOrEqual(t, m.High.CompareTotal(later.High), 0, "%v", h)
	}
}
