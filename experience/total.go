package experience

import (
	"fmt"
	"math/bits"
)

// Total is an exact amount of counted time: a rational number of months. The
// zero value is no time at all.
type Total struct {
	numerator, denominator int64
}

func (t Total) denom() int64 {
	if t.denominator == 0 {
		return daysPerMonth
	}
	return t.denominator
}

// inUnits returns p in the units of t. Every denominator is a multiple of 30.
func (t Total) inUnits(p Period) int64 {
	return p.thirtieths() * (t.denom() / daysPerMonth)
}

// Compare is negative, zero or positive as t is less than, equal to or more
// than p; a day of p is a thirtieth of a month.
func (t Total) Compare(p Period) int {
	return compare(t.numerator, t.inUnits(p))
}

// CompareTotal orders totals, of one convention or of two.
func (t Total) CompareTotal(u Total) int {
	tHigh, tLow := bits.Mul64(uint64(t.numerator), uint64(u.denom()))
	uHigh, uLow := bits.Mul64(uint64(u.numerator), uint64(t.denom()))
	if tHigh != uHigh {
		return compare(tHigh, uHigh)
	}
	return compare(tLow, uLow)
}

func compare[T int64 | uint64](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Add returns t and p together.
func (t Total) Add(p Period) Total {
	return Total{t.numerator + t.inUnits(p), t.denom()}
}

// Period returns t in years, months and days, rounded down to a whole day, a
// day being a thirtieth of a month.
func (t Total) Period() Period {
	months := t.numerator / t.denom()
	days := t.numerator % t.denom() / (t.denom() / daysPerMonth)
	return Period{int32(months / 12), int32(months % 12), int32(days), true}
}

// Short returns what is missing from t to p in years, months and days, rounded
// up to a whole day, and P0D where nothing is.
func (t Total) Short(p Period) Period {
	units := max(0, t.inUnits(p)-t.numerator)
	perDay := t.denom() / daysPerMonth
	days := (units + perDay - 1) / perDay
	months := days / daysPerMonth
	return Period{int32(months / 12), int32(months % 12), int32(days % daysPerMonth), true}
}

// Months returns the total as a fraction of two whole numbers of months; the
// denominator is positive.
func (t Total) Months() (numerator, denominator int64) { return t.numerator, t.denom() }

// String returns the total in months, as a fraction where it is not whole.
func (t Total) String() string {
	n, d := t.numerator, t.denom()
	for a, b := n, d; ; a, b = b, a%b {
		if b == 0 {
			n, d = n/a, d/a
			break
		}
	}
	if d == 1 {
		return fmt.Sprintf("%d months", n)
	}
	return fmt.Sprintf("%d/%d months", n, d)
}
