package eqf

import "strings"

// numeral is a level number with the letter of its sublevel: "6A" and "VIA" are
// both {6, 'A'}.
type numeral struct {
	value  int
	letter byte // 'A' to 'D', or 0
}

// parseNumeral reads an Arabic number of at most two digits or a Roman one up
// to XII (no framework has more levels), with at most one letter after it.
func parseNumeral(s string) (numeral, bool) {
	value, rest := cutArabic(s)
	if value == 0 {
		value, rest = cutRoman(s)
	}
	if value == 0 {
		return numeral{}, false
	}
	switch {
	case rest == "":
		return numeral{value: value}, true
	case len(rest) == 1 && 'A' <= upper(rest[0]) && upper(rest[0]) <= 'D':
		return numeral{value, upper(rest[0])}, true
	}
	return numeral{}, false
}

// cutArabic returns 0 where s does not begin with a number, or begins with a
// zero: "06" is nobody's level.
func cutArabic(s string) (value int, rest string) {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		if n == 2 || s[0] == '0' {
			return 0, s
		}
		value = value*10 + int(s[n]-'0')
		n++
	}
	return value, s[n:]
}

func cutRoman(s string) (value int, rest string) {
	rest = s
	for i, roman := range [...]string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"} {
		longer := len(s)-len(roman) < len(rest)
		if longer && len(roman) <= len(s) && strings.EqualFold(s[:len(roman)], roman) {
			value, rest = i+1, s[len(roman):]
		}
	}
	return value, rest
}

// cutWord removes a leading word, in any case, and the space, hyphen or colon
// after it. It fails where nothing else follows.
func cutWord(s, word string) (rest string, ok bool) {
	if len(s) <= len(word) || !strings.EqualFold(s[:len(word)], word) {
		return s, false
	}
	return cutSeparator(s[len(word):])
}

// cutSeparator removes one hyphen or colon, or space. A hyphen after a space
// stays, so that "Level -6" is not read as 6.
func cutSeparator(s string) (rest string, ok bool) {
	if s != "" && (s[0] == '-' || s[0] == ':') {
		s = s[1:]
	} else if strings.TrimLeft(s, " \t\u00a0") == s {
		return s, false
	}
	rest = strings.TrimSpace(s)
	return rest, rest != ""
}

func upper(b byte) byte {
	if 'a' <= b && b <= 'z' {
		return b - 'a' + 'A'
	}
	return b
}
