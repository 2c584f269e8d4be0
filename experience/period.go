package experience

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Period is a length of calendar time in years, months and days, none of them
// negative, written in ISO 8601 as P4Y, P12M, P1Y6M or P30D. The zero value is
// not a period and means that none was stated; P0D is a period.
type Period struct {
	years, months, days int32
	stated              bool
}

// ErrPeriod is wrapped by every error about a period.
var ErrPeriod = errors.New("not a period")

// daysPerMonth is what a required day is worth: DESIGN §3.4, a required
// period of days counts days/30 of a month.
const daysPerMonth = 30

// The largest components keep every sum and product below 64 bits.
const (
	maxYears  = 9999
	maxMonths = 12 * maxYears
	maxDays   = int32(lastDay)
)

// NewPeriod returns a period of so many years, months and days: each at least
// zero, and no more than 9999 years' worth.
func NewPeriod(years, months, days int) (Period, error) {
	if years < 0 || years > maxYears || months < 0 || months > maxMonths || days < 0 || days > int(maxDays) {
		return Period{}, fmt.Errorf("%w: %d years, %d months, %d days is outside 0 to 9999 years", ErrPeriod, years, months, days)
	}
	return Period{int32(years), int32(months), int32(days), true}, nil
}

// ParsePeriod reads an ISO 8601 duration of years, months and days.
func ParsePeriod(s string) (Period, error) {
	fail := func() (Period, error) {
		return Period{}, fmt.Errorf("%w: %q: write it as P4Y, P12M, P1Y6M or P30D", ErrPeriod, s)
	}
	rest, ok := strings.CutPrefix(s, "P")
	if !ok || rest == "" {
		return fail()
	}
	var parts [3]int
	unit := -1
	for rest != "" {
		i := 0
		for i < len(rest) && rest[i] >= '0' && rest[i] <= '9' {
			i++
		}
		if i == 0 || i > 7 || i == len(rest) {
			return fail()
		}
		u := strings.IndexByte("YMD", rest[i])
		if u <= unit {
			return fail()
		}
		unit = u
		parts[u], _ = strconv.Atoi(rest[:i])
		rest = rest[i+1:]
	}
	return NewPeriod(parts[0], parts[1], parts[2])
}

// MustParsePeriod is [ParsePeriod] for constants; it panics on an error.
func MustParsePeriod(s string) Period {
	p, err := ParsePeriod(s)
	if err != nil {
		panic(err)
	}
	return p
}

// IsValid reports whether p is a period: whether one was stated.
func (p Period) IsValid() bool { return p.stated }

func (p Period) wholeMonths() int { return int(p.years)*12 + int(p.months) }

// thirtieths is the period in days of which thirty make a month.
func (p Period) thirtieths() int64 {
	return int64(p.wholeMonths())*daysPerMonth + int64(p.days)
}

// Compare orders periods by length, a day being a thirtieth of a month: it is
// negative, zero or positive as p is shorter than, as long as, or longer than
// q. P12M and P1Y are equally long though not ==.
func (p Period) Compare(q Period) int {
	return int(max(-1, min(1, p.thirtieths()-q.thirtieths())))
}

// Add returns the period that has the years, months and days of both, the
// zero Period where either is zero or the sum exceeds the range.
func (p Period) Add(q Period) Period {
	if !p.stated || !q.stated {
		return Period{}
	}
	sum, err := NewPeriod(int(p.years+q.years), int(p.months+q.months), int(p.days+q.days))
	if err != nil {
		return Period{}
	}
	return sum
}

// String returns the ISO 8601 text; "" for the zero Period.
func (p Period) String() string {
	if !p.stated {
		return ""
	}
	if p.years|p.months|p.days == 0 {
		return "P0D"
	}
	b := []byte{'P'}
	for _, c := range [...]struct {
		n    int32
		unit byte
	}{{p.years, 'Y'}, {p.months, 'M'}, {p.days, 'D'}} {
		if c.n != 0 {
			b = append(strconv.AppendInt(b, int64(c.n), 10), c.unit)
		}
	}
	return string(b)
}

// MarshalText writes the text of [Period.String]; the zero Period is an error.
func (p Period) MarshalText() ([]byte, error) {
	if !p.stated {
		return nil, fmt.Errorf("%w: none is stated", ErrPeriod)
	}
	return []byte(p.String()), nil
}

// UnmarshalText reads what [ParsePeriod] reads.
func (p *Period) UnmarshalText(b []byte) error {
	q, err := ParsePeriod(string(b))
	if err != nil {
		return err
	}
	*p = q
	return nil
}

// Parts returns the years, months and days of the period as they are written.
func (p Period) Parts() (years, months, days int) {
	return int(p.years), int(p.months), int(p.days)
}
