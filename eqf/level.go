package eqf

import (
	"fmt"
	"strconv"
	"strings"
)

// Level is a level of the European Qualifications Framework, 1 to 8. A higher
// number is a higher level. The zero value means that no level is stated.
//
// As JSON a level is a number; the zero value is null. As text it is a decimal
// digit; the zero value is the empty text.
type Level uint8

// ParseLevel reads an EQF level: "6", or one of the spellings "Level 6",
// "EQF 6", "EQF level 6" and "VI", in any case. It does not read national
// levels, which mean something else under the same number: use [Lookup].
//
// The error names the text and the range that was expected.
func ParseLevel(s string) (Level, error) {
	text := strings.TrimSpace(s)
	if rest, ok := cutWord(text, "EQF"); ok {
		text = rest
	}
	if rest, ok := cutWord(text, "level"); ok {
		text = rest
	}
	n, ok := parseNumeral(text)
	if !ok || n.letter != 0 {
		return 0, fmt.Errorf("EQF level %q is not a number from 1 to 8; national levels are read by eqf.Lookup", s)
	}
	l := Level(n.value)
	if !l.IsValid() {
		return 0, l.rangeError()
	}
	return l, nil
}

// IsValid reports whether l is within 1 to 8.
func (l Level) IsValid() bool { return 1 <= l && l <= 8 }

// String returns the number, such as "6", and "" for the zero value.
func (l Level) String() string {
	if l == 0 {
		return ""
	}
	if !l.IsValid() {
		return fmt.Sprintf("Level(%d)", uint8(l))
	}
	return string('0' + rune(l))
}

// MarshalText returns the number, and the empty text for the zero value. A
// value above 8 is an error.
func (l Level) MarshalText() ([]byte, error) {
	if l != 0 && !l.IsValid() {
		return nil, l.rangeError()
	}
	return []byte(l.String()), nil
}

// UnmarshalText reads what [ParseLevel] reads. The empty text gives the zero
// value. On an error l keeps its value.
func (l *Level) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*l = 0
		return nil
	}
	parsed, err := ParseLevel(string(text))
	if err != nil {
		return err
	}
	*l = parsed
	return nil
}

// MarshalJSON returns a JSON number, and null for the zero value. A value above
// 8 is an error.
func (l Level) MarshalJSON() ([]byte, error) {
	if l == 0 {
		return []byte("null"), nil
	}
	return l.MarshalText()
}

// UnmarshalJSON reads a JSON number from 1 to 8. Null gives the zero value;
// anything else, a quoted number too, is an error. On an error l keeps its
// value.
func (l *Level) UnmarshalJSON(data []byte) error {
	text := string(data)
	if text == "null" {
		*l = 0
		return nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return fmt.Errorf("EQF level %s is not a JSON number from 1 to 8", text)
	}
	if n < 1 || n > 8 {
		return fmt.Errorf("EQF level %d is not within 1 to 8", n)
	}
	*l = Level(n)
	return nil
}

func (l Level) rangeError() error {
	return fmt.Errorf("EQF level %d is not within 1 to 8", uint8(l))
}
