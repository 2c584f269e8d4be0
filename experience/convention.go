package experience

import "fmt"

// Convention is a way to count the days of a stretch in months.
type Convention uint8

const (
	// Calendar counts whole calendar months and, of the month in which the
	// days left over lie, its share: the default.
	Calendar Convention = iota
	// Actual365 counts days, 365 to a year.
	Actual365
	// Thirty360 counts every month as thirty days (30E/360, the Eurobond basis).
	Thirty360
)

var conventionNames = [...]string{"calendar", "actual365", "thirty360"}

// String returns the name used in policies: calendar, actual365 or thirty360.
func (c Convention) String() string {
	if int(c) < len(conventionNames) {
		return conventionNames[c]
	}
	return fmt.Sprintf("Convention(%d)", uint8(c))
}

// ParseConvention reads the name of a convention.
func ParseConvention(s string) (Convention, error) {
	for i, name := range conventionNames {
		if s == name {
			return Convention(i), nil
		}
	}
	return 0, fmt.Errorf("counting convention %q is not one of calendar, actual365, thirty360", s)
}

// A stretch is measured in units that make every convention whole. For
// Calendar a unit is 1/377580 of a month, the least common multiple of the
// lengths 28, 29, 30 and 31; weights multiply it by a million.
const unitsPerMonth = 377580

// denominator is the number of units of a full-time month.
func (c Convention) denominator() int64 {
	switch c {
	case Actual365:
		return 365 * daysPerMonth * fullTime
	case Thirty360:
		return daysPerMonth * fullTime
	}
	return unitsPerMonth * fullTime
}

// stretch returns the units of the days from a day to the day before end.
func (c Convention) stretch(from, end ordinal) int64 {
	switch c {
	case Actual365:
		return int64(end-from) * 12 * daysPerMonth
	case Thirty360:
		return thirty360(end) - thirty360(from)
	}
	y1, m1, d1 := civilOf(from)
	y2, m2, _ := civilOf(end)
	months := (y2-y1)*12 + m2 - m1
	anchor := addMonths(y1, m1, d1, months)
	if anchor > end {
		months--
		anchor = addMonths(y1, m1, d1, months)
	}
	units := int64(months) * unitsPerMonth
	if left := int64(end - anchor); left > 0 {
		units += left * unitsPerMonth / int64(addMonths(y1, m1, d1, months+1)-anchor)
	}
	return units
}

func thirty360(n ordinal) int64 {
	y, m, d := civilOf(n)
	return int64(y*12+m)*daysPerMonth + int64(min(d, daysPerMonth))
}
