package experience

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseDate(t *testing.T) {
	tests := []struct{ text, first, last, again string }{
		{"2014-05-31", "2014-05-31", "2014-05-31", ""},
		{"2014-02", "2014-02-01", "2014-02-28", ""},
		{"2016-02", "2016-02-01", "2016-02-29", ""},
		{"2014", "2014-01-01", "2014-12-31", ""},
		{"2014-03/2014-06", "2014-03-01", "2014-06-30", ""},
		{"2014/2016", "2014-01-01", "2016-12-31", ""},
		{"2014/2016-06", "2014-01-01", "2016-06-30", "2014-01/2016-06"},
		{"2014-01/2014-12", "2014-01-01", "2014-12-31", "2014"},
		{"2014-05-01/2014-05-31", "2014-05-01", "2014-05-31", "2014-05"},
		{"2014-05-07/2014-05-07", "2014-05-07", "2014-05-07", "2014-05-07"},
		{"/2014-06", "0001-01-01", "2014-06-30", ""},
		{"2014-06/", "2014-06-01", "9999-12-31", ""},
		{"2014-06-02/", "2014-06-02", "9999-12-31", ""},
		{"unknown", "0001-01-01", "9999-12-31", ""},
		{"0001/9999", "0001-01-01", "9999-12-31", "unknown"},
		{"0001", "0001-01-01", "0001-12-31", ""},
		{"9999-12", "9999-12-01", "9999-12-31", ""},
	}
	for _, test := range tests {
		d, err := ParseDate(test.text)
		require.NoError(t, err)
		require.Equal(t, test.first, d.First().String(), test.text)
		require.Equal(t, test.last, d.Last().String(), test.text)
		require.Equal(t, test.first == test.last, d.IsExact())
		if test.again == "" {
			test.again = test.text
		}
		require.Equal(t, test.again, d.String())
	}
	for _, s := range []string{
		"", "/", "2014-13", "2014-00", "2014-02-29", "2014-05-00", "0000", "14", "2014-5-1", "20140531", "+2014",
		"2014-05-31T00:00:00Z", "2014/2013", "2014-03-01/2014-02", "2014/2015/2016", "2014/unknown", "2014-05/x", "x/2014",
		"Unknown", " 2014", "2014~", "2014-0a", "２０１４", "10000",
	} {
		_, err := ParseDate(s)
		require.ErrorIs(t, err, ErrDate, s)
	}
	require.Panics(t, func() { MustParseDate("yesterday") })
}

func TestNewDate(t *testing.T) {
	d, err := NewDate(2024, 2, 29)
	require.NoError(t, err)
	y, m, day := d.Civil()
	require.Equal(t, []int{2024, 2, 29}, []int{y, m, day})
	for _, c := range [][3]int{{2023, 2, 29}, {0, 1, 1}, {10000, 1, 1}, {2023, 0, 1}, {2023, 13, 1}, {2023, 4, 31}, {2023, 4, 0}} {
		_, err := NewDate(c[0], c[1], c[2])
		require.ErrorIs(t, err, ErrDate, "%v", c)
	}
	y, m, day = Date{}.Civil()
	require.Equal(t, []int{0, 0, 0}, []int{y, m, day})
}

func TestInterval(t *testing.T) {
	tests := []struct{ text, want string }{
		{"2014-05-31", "2014-05-31"},
		{"2014-05", "2014-05-01/2014-05-31"},
		{"/2014", "/2014-12-31"},
		{"2014/", "2014-01-01/"},
		{"unknown", "unknown"},
	}
	for _, test := range tests {
		require.Equal(t, test.want, MustParseDate(test.text).Interval())
		require.Equal(t, MustParseDate(test.text), MustParseDate(test.want))
	}
	require.Empty(t, Date{}.Interval())
	require.Empty(t, Date{}.String())
}

// smallDates are all dates within five days.
func smallDates() []Date {
	var dates []Date
	for first := ordinal(700); first < 705; first++ {
		for last := first; last < 705; last++ {
			dates = append(dates, Date{first, last})
		}
	}
	return dates
}

// overDays asks about every pair of days that two dates may be.
func overDays(d, e Date, holds func(a, b ordinal) bool) Truth {
	var yes, no bool
	for a := d.first; a <= d.last; a++ {
		for b := e.first; b <= e.last; b++ {
			yes, no = yes || holds(a, b), no || !holds(a, b)
		}
	}
	switch {
	case !no:
		return True
	case !yes:
		return False
	}
	return Unknown
}

func TestDateComparisonsOverAllDays(t *testing.T) {
	for _, d := range smallDates() {
		for _, e := range smallDates() {
			require.Equal(t, overDays(d, e, func(a, b ordinal) bool { return a < b }), d.Before(e), "%v < %v", d, e)
			require.Equal(t, overDays(d, e, func(a, b ordinal) bool { return a <= b }), d.NotAfter(e), "%v <= %v", d, e)
			require.Equal(t, overDays(d, e, func(a, b ordinal) bool { return a == b }), d.Same(e), "%v = %v", d, e)

			var earlier, later Date
			for a := d.first; a <= d.last; a++ {
				for b := e.first; b <= e.last; b++ {
					earlier = hull(earlier, min(a, b))
					later = hull(later, max(a, b))
				}
			}
			require.Equal(t, earlier, d.Earlier(e), "%v, %v", d, e)
			require.Equal(t, later, d.Later(e), "%v, %v", d, e)
		}
	}
}

// hull returns the date that may also be day n.
func hull(d Date, n ordinal) Date {
	if !d.IsValid() {
		return Date{n, n}
	}
	return Date{min(d.first, n), max(d.last, n)}
}

func TestDateNotStated(t *testing.T) {
	d := MustParseDate("2014")
	for _, got := range []Truth{
		d.Before(Date{}), Date{}.Before(d), d.NotAfter(Date{}), Date{}.NotAfter(d), d.Same(Date{}), Date{}.Same(Date{}),
	} {
		require.Equal(t, Unknown, got)
	}
	require.Equal(t, d, d.Earlier(Date{}))
	require.Equal(t, d, Date{}.Earlier(d))
	require.Equal(t, d, d.Later(Date{}))
	require.Equal(t, d, Date{}.Later(d))
	require.False(t, Date{}.IsExact())
	_, err := Date{}.MarshalText()
	require.ErrorIs(t, err, ErrDate)
}
