package experience

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParsePeriod(t *testing.T) {
	tests := []struct {
		text, again string
		thirtieths  int64
	}{
		{"P4Y", "P4Y", 1440},
		{"P12M", "P12M", 360},
		{"P1Y6M", "P1Y6M", 540},
		{"P30D", "P30D", 30},
		{"P1Y2M3D", "P1Y2M3D", 423},
		{"P0D", "P0D", 0},
		{"P0Y0M", "P0D", 0},
		{"P007D", "P7D", 7},
		{"P9999Y", "P9999Y", 9999 * 360},
		{"P3652059D", "P3652059D", 3652059},
	}
	for _, test := range tests {
		p, err := ParsePeriod(test.text)
		require.NoError(t, err, test.text)
		require.Equal(t, test.again, p.String())
		require.Equal(t, test.thirtieths, p.thirtieths())
		require.True(t, p.IsValid())
		again, err := NewPeriod(p.Parts())
		require.NoError(t, err)
		require.Equal(t, p, again)
	}
	for _, s := range []string{
		"", "P", "4Y", "p4y", "P4", "P4W", "PT4H", "P1YT", "P-1Y", "-P1Y", "P1.5Y", "P1M1Y", "P1Y1Y", "P10000Y", "P3652060D",
		"P00000001Y", "P1Y ", "P 1Y", "PY", "P119989M",
	} {
		_, err := ParsePeriod(s)
		require.ErrorIs(t, err, ErrPeriod, s)
	}
	require.Panics(t, func() { MustParsePeriod("soon") })
}

func TestPeriodCompareAndAdd(t *testing.T) {
	tests := []struct {
		p, q string
		want int
		sum  string
	}{
		{"P1Y", "P12M", 0, "P1Y12M"},
		{"P1M", "P30D", 0, "P1M30D"},
		{"P1M", "P31D", -1, "P1M31D"},
		{"P6Y", "P5Y12M1D", -1, "P11Y12M1D"},
		{"P9999Y", "P1D", 1, "P9999Y1D"},
		{"P9999Y", "P1Y", 1, ""},
	}
	for _, test := range tests {
		p, q := MustParsePeriod(test.p), MustParsePeriod(test.q)
		require.Equal(t, test.want, p.Compare(q))
		require.Equal(t, -test.want, q.Compare(p))
		require.Equal(t, test.sum, p.Add(q).String())
	}
	require.False(t, Period{}.Add(MustParsePeriod("P1Y")).IsValid())
	require.False(t, MustParsePeriod("P1Y").Add(Period{}).IsValid())
	_, err := Period{}.MarshalText()
	require.ErrorIs(t, err, ErrPeriod)
}

func TestNewPeriodRange(t *testing.T) {
	for _, c := range [][3]int{{-1, 0, 0}, {0, -1, 0}, {0, 0, -1}, {10000, 0, 0}, {0, maxMonths + 1, 0}, {0, 0, int(maxDays) + 1}} {
		_, err := NewPeriod(c[0], c[1], c[2])
		require.ErrorIs(t, err, ErrPeriod, "%v", c)
	}
}

func TestTotalAgainstRationals(t *testing.T) {
	g := newGenerator(8, 7, false)
	day := Period{days: 1, stated: true}
	for i := range 5000 {
		h := g.history(conventions[i%3])
		c, records := h.counting()
		total := c.Measure(records).Low
		p, err := NewPeriod(g.IntN(7), g.IntN(12), g.IntN(40))
		require.NoError(t, err)
		months := rat(Total{p.thirtieths(), daysPerMonth})
		require.Equal(t, rat(total).Cmp(months), total.Compare(p))

		// The floor is the largest whole number of days that is not more.
		floor := total.Period()
		require.GreaterOrEqual(t, total.Compare(floor), 0)
		require.Negative(t, total.Compare(floor.Add(day)))

		// What is short is the smallest that is enough.
		short := total.Short(p)
		require.GreaterOrEqual(t, total.Add(short).Compare(p), 0)
		if short.thirtieths() == 0 {
			require.GreaterOrEqual(t, total.Compare(p), 0)
		} else {
			require.Negative(t, total.Add(short).Compare(p.Add(day)))
			less := Total{(short.thirtieths() - 1) * total.denom() / daysPerMonth, total.denom()}
			require.Negative(t, Total{total.numerator + less.numerator, total.denom()}.Compare(p))
		}
	}
}

func TestTotalCompareTotal(t *testing.T) {
	totals := []Total{
		{}, {1, 30}, {15, 30}, Calendar.months(1), Actual365.months(1), Thirty360.months(1),
		Calendar.months(9999 * 12), Actual365.months(9999 * 12), {Calendar.months(9999*12).numerator + 1, Calendar.denominator()},
	}
	for _, a := range totals {
		for _, b := range totals {
			x, y := rat(Total{a.numerator, a.denom()}), rat(Total{b.numerator, b.denom()})
			require.Equal(t, x.Cmp(y), a.CompareTotal(b), "%v, %v", a, b)
		}
	}
}

func (c Convention) months(n int64) Total { return Total{n * c.denominator(), c.denominator()} }

func TestTotalString(t *testing.T) {
	tests := []struct {
		total Total
		want  string
	}{
		{Total{}, "0 months"},
		{Calendar.months(48), "48 months"},
		{Total{45, 30}, "3/2 months"},
	}
	for _, test := range tests {
		require.Equal(t, test.want, test.total.String())
	}
	m := Counting{}.Measure(nil)
	require.Zero(t, m.Low.Compare(MustParsePeriod("P0D")))
	require.Equal(t, True, m.AtLeast(MustParsePeriod("P0D")))
	n, d := Total{}.Months()
	require.Equal(t, []int64{0, 30}, []int64{n, d})
}

// The longest history that the calendar holds does not overflow.
func TestTotalOfTheWholeCalendar(t *testing.T) {
	for _, convention := range conventions {
		c := Counting{Convention: convention}
		m := c.Measure([]Record{days("0001-01-01", "9999-12-31")}).Low
		require.Positive(t, m.Compare(MustParsePeriod("P9998Y11M")), "%v", convention)
		if convention != Actual365 {
			require.Equal(t, "P9999Y", m.Period().String())
			require.Equal(t, From(MustParseDate("9999-12-31")), c.Reach([]Record{days("0001-01-01", "9999-12-31")}, MustParsePeriod("P9999Y")).Onset)
		}
		all := MustParsePeriod("P9999Y119988M3652059D")
		require.Equal(t, 1, c.Measure([]Record{days("0001-01-01", "9999-12-31")}).Add(all).Low.Compare(all))
	}
}
