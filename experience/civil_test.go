package experience

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func requireCivil(t *testing.T, n ordinal, at time.Time) {
	t.Helper()
	y, m, d := civilOf(n)
	if y != at.Year() || m != int(at.Month()) || d != at.Day() {
		t.Fatalf("day %d is %d-%d-%d, package time has %v", n, y, m, d, at)
	}
	if back := ordinalOf(y, m, d); back != n {
		t.Fatalf("%v: day %d became %d", at, n, back)
	}
	if last := at.AddDate(0, 0, 1).Day() == 1; last != (d == daysIn(y, m)) {
		t.Fatalf("%v: month of %d days", at, daysIn(y, m))
	}
}

func TestCivilDaysAgreeWithPackageTime(t *testing.T) {
	at := func(n ordinal) time.Time {
		return time.Date(1, 1, int(n), 0, 0, 0, 0, time.UTC)
	}
	require.Equal(t, firstDay, ordinalOf(1, 1, 1))
	require.Equal(t, lastDay, ordinalOf(9999, 12, 31))
	for n := ordinalOf(1800, 1, 1); n < ordinalOf(2200, 1, 1); n++ {
		requireCivil(t, n, at(n))
	}
	for n := firstDay; n <= lastDay; n += 61 {
		requireCivil(t, n, at(n))
	}
	requireCivil(t, lastDay, at(lastDay))
}

// What Article 3 of Regulation 1182/71 has as a month, written without
// arithmetic on days: count the months, then look for the day.
func TestAddAgreesWithStepping(t *testing.T) {
	for _, start := range []string{"1896-01-01", "1900-02-28", "1903-12-31"} {
		from := oracleIndex[toCivil(MustParseDate(start))]
		for day := from; day < from+1500; day += 7 {
			for months := range 40 {
				d := MustParseDate(oracleDays[day].String())
				p, err := NewPeriod(months/12, months%12, 3)
				require.NoError(t, err)
				want := oracleDays[oracleAddMonths(day, months)+3]
				require.Equal(t, want.String(), d.Add(p).String(), "%v + %v", d, p)
			}
		}
	}
}

func toCivil(d Date) civil {
	y, m, day := d.Civil()
	return civil{y, m, day}
}

func TestAddAndSubtract(t *testing.T) {
	tests := []struct{ date, period, sum, difference string }{
		{"2023-01-31", "P1M", "2023-02-28", "2022-12-31"},
		{"2024-01-31", "P1M", "2024-02-29", "2023-12-31"},
		{"2024-02-29", "P1Y", "2025-02-28", "2023-02-28"},
		{"2024-02-29", "P4Y", "2028-02-29", "2020-02-29"},
		{"1896-02-29", "P4Y", "1900-02-28", "1892-02-29"},
		{"2024-03-31", "P1M", "2024-04-30", "2024-02-29"},
		{"2024-03-31", "P1M1D", "2024-05-01", "2024-02-28"},
		{"2024-05-31", "P30D", "2024-06-30", "2024-05-01"},
		{"2024-12-15", "P13M", "2026-01-15", "2023-11-15"},
		{"2024-05-31", "P0D", "2024-05-31", "2024-05-31"},
		{"2023-01-30/2023-01-31", "P1M", "2023-02-28", "2022-12-30/2022-12-31"},
		{"2023-01", "P1M", "2023-02", "2022-12"},
		{"2014", "P1Y", "2015", "2013"},
		{"unknown", "P1Y", "unknown", "unknown"},
		{"9999-06-01", "P1Y", "9999-12-31", "9998-06-01"},
		{"9999-12-31", "P9999Y", "9999-12-31", "0001-01-01"},
		{"0001-06-01", "P6M", "0001-12-01", "0001-01-01"},
		{"0001-06-01", "P3652059D", "9999-12-31", "0001-01-01"},
	}
	for _, test := range tests {
		d, p := MustParseDate(test.date), MustParsePeriod(test.period)
		require.Equal(t, test.sum, d.Add(p).String(), "%v + %v", d, p)
		require.Equal(t, test.difference, d.Subtract(p).String(), "%v - %v", d, p)
	}
	require.Zero(t, Date{}.Add(MustParsePeriod("P1Y")))
	require.Zero(t, MustParseDate("2024").Subtract(Period{}))
}
