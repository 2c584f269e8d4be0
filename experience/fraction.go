package experience

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Fraction is a share of full-time work from 0 to 1, held exactly in
// millionths. The zero value is not a fraction and means that none was stated.
type Fraction struct {
	millionthsPlusOne uint32
}

// ErrFraction is wrapped by every error about a fraction.
var ErrFraction = errors.New("not a fraction of full time")

const fullTime = 1_000_000

// FullTime returns the fraction 1.
func FullTime() Fraction { return Fraction{fullTime + 1} }

// ParseFraction reads a decimal number from 0 to 1 with at most six digits
// after the point, such as 0.5, 1 or 0.333333.
func ParseFraction(s string) (Fraction, error) {
	whole, decimals, point := strings.Cut(s, ".")
	if whole != "0" && whole != "1" || point && decimals == "" {
		return Fraction{}, fmt.Errorf("%w: %q: write a decimal number from 0 to 1", ErrFraction, s)
	}
	decimals = strings.TrimRight(decimals, "0")
	if len(decimals) > 6 {
		return Fraction{}, fmt.Errorf("%w: %q: state at most six digits after the point", ErrFraction, s)
	}
	millionths, err := strconv.ParseUint(whole+(decimals + "000000")[:6], 10, 32)
	if err != nil || millionths > fullTime {
		return Fraction{}, fmt.Errorf("%w: %q: write a decimal number from 0 to 1", ErrFraction, s)
	}
	return Fraction{uint32(millionths) + 1}, nil
}

// IsValid reports whether f is a fraction: whether one was stated.
func (f Fraction) IsValid() bool { return f.millionthsPlusOne != 0 }

// Float64 returns the fraction as a number, 0 for the zero Fraction.
func (f Fraction) Float64() float64 { return float64(f.weight()) / fullTime }

func (f Fraction) weight() int64 {
	if f.millionthsPlusOne == 0 {
		return 0
	}
	return int64(f.millionthsPlusOne) - 1
}

// String returns the decimal text; "" for the zero Fraction.
func (f Fraction) String() string {
	return string(f.AppendTo(nil))
}

// AppendTo appends the text of [Fraction.String].
func (f Fraction) AppendTo(b []byte) []byte {
	if !f.IsValid() {
		return b
	}
	n := f.weight()
	b = append(b, digit(int(n/fullTime)))
	if n %= fullTime; n == 0 {
		return b
	}
	b = append(b, '.')
	for ; n > 0; n = n * 10 % fullTime {
		b = append(b, digit(int(n*10/fullTime)))
	}
	return b
}

// MarshalJSON writes a JSON number, null for the zero Fraction.
func (f Fraction) MarshalJSON() ([]byte, error) {
	if !f.IsValid() {
		return []byte("null"), nil
	}
	return []byte(f.String()), nil
}

// UnmarshalJSON reads a JSON number as [ParseFraction] does, or null.
func (f *Fraction) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*f = Fraction{}
		return nil
	}
	p, err := ParseFraction(string(b))
	if err != nil {
		return err
	}
	*f = p
	return nil
}
