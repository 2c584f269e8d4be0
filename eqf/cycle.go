package eqf

import "fmt"

// Cycle is a cycle of the qualifications framework of the European Higher
// Education Area. Cycles are ordered: a later one compares as greater. The zero
// value means that no cycle is stated.
type Cycle uint8

// The cycles, as adopted by the ministers in Paris on 25 May 2018. The short
// cycle is not a kind of first cycle.
const (
	ShortCycle  Cycle = iota + 1 // such as an associate degree
	FirstCycle                   // bachelor
	SecondCycle                  // master
	ThirdCycle                   // doctorate
)

// ParseCycle reads exactly "short", "first", "second" or "third". Anything else
// is an error that names these words.
func ParseCycle(s string) (Cycle, error) {
	for c := ShortCycle; c <= ThirdCycle; c++ {
		if s == c.String() {
			return c, nil
		}
	}
	return 0, fmt.Errorf("cycle %q is not one of short, first, second, third", s)
}

// IsValid reports whether c is one of the four cycles.
func (c Cycle) IsValid() bool { return ShortCycle <= c && c <= ThirdCycle }

// String returns the word that [ParseCycle] reads, and "" for the zero value.
func (c Cycle) String() string {
	switch c {
	case 0:
		return ""
	case ShortCycle:
		return "short"
	case FirstCycle:
		return "first"
	case SecondCycle:
		return "second"
	case ThirdCycle:
		return "third"
	}
	return fmt.Sprintf("Cycle(%d)", uint8(c))
}

// MarshalText returns the word that [ParseCycle] reads, and the empty text for
// the zero value. A value that is no cycle is an error.
func (c Cycle) MarshalText() ([]byte, error) {
	if c != 0 && !c.IsValid() {
		return nil, fmt.Errorf("cycle %d is not within 1 (short) to 4 (third)", uint8(c))
	}
	return []byte(c.String()), nil
}

// UnmarshalText reads what [ParseCycle] reads. The empty text gives the zero
// value. On an error c keeps its value.
func (c *Cycle) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = 0
		return nil
	}
	parsed, err := ParseCycle(string(text))
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}

// Level returns the EQF level of the cycle: short 5, first 6, second 7, third
// 8, and the zero value for anything else. The pairs of first to third are in
// the ECTS Users' Guide, that of the short cycle in annex II of Council
// Recommendation 2017/C 189/03.
func (c Cycle) Level() Level {
	if !c.IsValid() {
		return 0
	}
	return Level(c) + 4
}
