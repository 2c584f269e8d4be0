package experience

import (
	"errors"
	"fmt"
	"strings"
)

// Date is a civil day of the proleptic Gregorian calendar, from 0001-01-01 to
// 9999-12-31. It may be imprecise: it then stands for one day, not known
// which, of an interval. Dates are comparable with ==; the zero value is not a
// date and means that none was stated.
type Date struct {
	first, last ordinal
}

// ErrDate is wrapped by every error of [ParseDate].
var ErrDate = errors.New("not a date")

// UnknownDate is the date of which nothing is known, written "unknown".
func UnknownDate() Date { return Date{firstDay, lastDay} }

// NewDate returns the day of the given year, month and day.
func NewDate(year, month, day int) (Date, error) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return Date{}, fmt.Errorf("%w: %04d-%02d-%02d is not in the calendar", ErrDate, year, month, day)
	}
	n := ordinalOf(year, month, day)
	return Date{n, n}, nil
}

// ParseDate reads the forms of EDTF (ISO 8601-2) that histories need:
//
//	2014-05-31        a day
//	2014-05           some day of a month
//	2014              some day of a year
//	2014-03/2014-06   some day of an interval; both ends may have any of the
//	                  forms above, and either may be left out when not known
//	unknown           some day
func ParseDate(s string) (Date, error) {
	if s == "unknown" {
		return UnknownDate(), nil
	}
	from, to, interval := strings.Cut(s, "/")
	if !interval {
		return parseCalendar(s, s)
	}
	if from == "" && to == "" {
		return Date{}, fmt.Errorf("%w: %q has no end stated: write unknown", ErrDate, s)
	}
	d := UnknownDate()
	if from != "" {
		f, err := parseCalendar(from, s)
		if err != nil {
			return Date{}, err
		}
		d.first = f.first
	}
	if to != "" {
		t, err := parseCalendar(to, s)
		if err != nil {
			return Date{}, err
		}
		d.last = t.last
	}
	if d.first > d.last {
		return Date{}, fmt.Errorf("%w: interval %q ends before it starts", ErrDate, s)
	}
	return d, nil
}

// MustParseDate is [ParseDate] for constants; it panics on an error.
func MustParseDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func parseCalendar(s, whole string) (Date, error) {
	fail := func() (Date, error) {
		return Date{}, fmt.Errorf("%w: %q: write it as 2014-05-31, 2014-05, 2014, 2014-03/2014-06 or unknown", ErrDate, whole)
	}
	digits := func(from, to int) int {
		n := 0
		for _, c := range []byte(s[from:to]) {
			if c < '0' || c > '9' {
				return -1
			}
			n = n*10 + int(c-'0')
		}
		return n
	}
	if len(s) != 4 && len(s) != 7 && len(s) != 10 ||
		len(s) >= 7 && s[4] != '-' || len(s) == 10 && s[7] != '-' {
		return fail()
	}
	year, month, day := digits(0, 4), 1, 1
	lastMonth := 12
	if len(s) >= 7 {
		month = digits(5, 7)
		lastMonth = month
	}
	if len(s) == 10 {
		day = digits(8, 10)
	}
	if year < 0 || month < 0 || day < 0 {
		return fail()
	}
	d, err := NewDate(year, month, day)
	if err != nil {
		return Date{}, fmt.Errorf("%w: %q is not in the calendar", ErrDate, whole)
	}
	if len(s) < 10 {
		d.last = ordinalOf(year, lastMonth, daysIn(year, lastMonth))
	}
	return d, nil
}

// IsValid reports whether d is a date: whether one was stated.
func (d Date) IsValid() bool { return d.first != 0 }

// IsExact reports whether d is one day.
func (d Date) IsExact() bool { return d.first != 0 && d.first == d.last }

// First is the earliest day that d may be.
func (d Date) First() Date { return Date{d.first, d.first} }

// Last is the latest day that d may be.
func (d Date) Last() Date { return Date{d.last, d.last} }

// Civil returns the year, month and day of the earliest day that d may be, or
// zeros for the zero Date.
func (d Date) Civil() (year, month, day int) {
	if !d.IsValid() {
		return 0, 0, 0
	}
	return civilOf(d.first)
}

// Before reports whether d is an earlier day than e. It is Unknown where the
// two intervals leave it open, and where either date is not stated.
func (d Date) Before(e Date) Truth {
	switch {
	case !d.IsValid() || !e.IsValid():
		return Unknown
	case d.last < e.first:
		return True
	case d.first >= e.last:
		return False
	}
	return Unknown
}

// NotAfter reports whether d is the same day as e or an earlier one.
func (d Date) NotAfter(e Date) Truth { return e.Before(d).Not() }

// Same reports whether d and e are the same day.
func (d Date) Same(e Date) Truth {
	switch {
	case !d.IsValid() || !e.IsValid():
		return Unknown
	case d.IsExact() && d == e:
		return True
	case d.last < e.first || e.last < d.first:
		return False
	}
	return Unknown
}

// Earlier returns the earlier of two dates, an interval where either is one.
// A date that is not stated yields to the other.
func (d Date) Earlier(e Date) Date {
	switch {
	case !d.IsValid():
		return e
	case !e.IsValid():
		return d
	}
	return Date{min(d.first, e.first), min(d.last, e.last)}
}

// Later returns the later of two dates; see [Date.Earlier].
func (d Date) Later(e Date) Date {
	switch {
	case !d.IsValid():
		return e
	case !e.IsValid():
		return d
	}
	return Date{max(d.first, e.first), max(d.last, e.last)}
}

// Add returns the date a period after d: first its years and months, keeping
// the day of the month but no further than the month's last day, then its
// days. The result stays within the calendar's range. Adding to or with a zero
// value gives the zero Date.
func (d Date) Add(p Period) Date { return d.shift(p, 1) }

// Subtract returns the date a period before d, by the rule of [Date.Add].
func (d Date) Subtract(p Period) Date { return d.shift(p, -1) }

func (d Date) shift(p Period, sign int) Date {
	if !d.IsValid() || !p.IsValid() {
		return Date{}
	}
	// Both ends of "unknown" stay where they are: nothing is known of the sum.
	if d == UnknownDate() {
		return d
	}
	return Date{shiftDay(d.first, p, sign), shiftDay(d.last, p, sign)}
}

func shiftDay(n ordinal, p Period, sign int) ordinal {
	if months := p.wholeMonths(); months != 0 {
		y, m, day := civilOf(n)
		n = addMonths(y, m, day, sign*months)
	}
	return max(firstDay, min(lastDay, n+ordinal(sign)*p.days))
}

// String returns a text that [ParseDate] reads as d, the shortest in which both
// ends of an interval have the same form; "" for the zero Date.
func (d Date) String() string {
	switch {
	case !d.IsValid():
		return ""
	case d.first == d.last:
		return dayText(d.first)
	case d == UnknownDate():
		return "unknown"
	}
	y1, m1, d1 := civilOf(d.first)
	y2, m2, d2 := civilOf(d.last)
	wholeMonths := d1 == 1 && d2 == daysIn(y2, m2)
	wholeYears := wholeMonths && m1 == 1 && m2 == 12
	text := func(n ordinal, year, month int) string {
		switch {
		case n == firstDay || n == lastDay:
			return ""
		case wholeYears:
			return fmt.Sprintf("%04d", year)
		case wholeMonths:
			return fmt.Sprintf("%04d-%02d", year, month)
		}
		return dayText(n)
	}
	if wholeYears && y1 == y2 {
		return fmt.Sprintf("%04d", y1)
	}
	if wholeMonths && y1 == y2 && m1 == m2 {
		return fmt.Sprintf("%04d-%02d", y1, m1)
	}
	return text(d.first, y1, m1) + "/" + text(d.last, y2, m2)
}

// Interval returns d as a day, or as an EDTF interval between two days of
// which an end that is not known is left empty.
func (d Date) Interval() string {
	switch {
	case !d.IsValid():
		return ""
	case d.first == d.last:
		return dayText(d.first)
	case d == UnknownDate():
		return "unknown"
	case d.first == firstDay:
		return "/" + dayText(d.last)
	case d.last == lastDay:
		return dayText(d.first) + "/"
	}
	return dayText(d.first) + "/" + dayText(d.last)
}

func dayText(n ordinal) string { return string(appendDay(nil, n)) }

func appendDay(b []byte, n ordinal) []byte {
	y, m, d := civilOf(n)
	return append(b, digit(y/1000), digit(y/100), digit(y/10), digit(y), '-', digit(m/10), digit(m), '-', digit(d/10), digit(d))
}

func digit(n int) byte { return byte('0' + n%10) }

// AppendText appends the text of [Date.String]. The zero Date is an error:
// leave a field that is not stated out, as the JSON option omitzero does.
func (d Date) AppendText(b []byte) ([]byte, error) {
	if !d.IsValid() {
		return b, fmt.Errorf("%w: none is stated", ErrDate)
	}
	if d.first == d.last {
		return appendDay(b, d.first), nil
	}
	return append(b, d.String()...), nil
}

// MarshalText returns the text of [Date.AppendText].
func (d Date) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText reads what [ParseDate] reads.
func (d *Date) UnmarshalText(b []byte) error {
	p, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = p
	return nil
}

// DaysBetween returns how many days lie from one exact date to another: 1 from a
// day to the next.
func DaysBetween(from, to Date) int { return int(to.first - from.first) }
