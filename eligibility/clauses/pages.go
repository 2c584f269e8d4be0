package clauses

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	pageLine = regexp.MustCompile(`(?i)^ *(page +\d+|page +\d+ *(of|/) *\d+) *$`)
	pageOf   = regexp.MustCompile(`(^| )(Page|PAGE) +\d+ *(of|OF|/) *\d+( |$)`)
	bare     = regexp.MustCompile(`^ *(?:(\d{1,3})|\p{Pd} ?(\d{1,3}) ?\p{Pd}) *$`)
	ofPages  = regexp.MustCompile(`(?:^| )(\d{1,3}) ?/ ?(\d{1,3})(?: |$)`)
	digits   = regexp.MustCompile(`\d+`)
)

// pageMark stands where a page number was: a word of its own that is not hashed.
const pageMark = "\ue000"

// withoutPages puts marks in place of page numbers, makes every blank a plain one
// and ends lines with a line feed. Only what the lines show to be a page number
// is one: a number that counts may look the same.
func withoutPages(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\v' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r != '\n' && r != '\f' && unicode.IsSpace(r):
			return ' '
		}
		return r
	}, strings.ReplaceAll(text, "\r\n", "\n"))
	lines := strings.Split(strings.ReplaceAll(text, "\f", "\n"+pageMark+"\n"), "\n")
	for i, line := range lines {
		if pageLine.MatchString(line) && empty(lines, i-1) && empty(lines, i+1) {
			lines[i] = pageMark
			continue
		}
		lines[i] = pageOf.ReplaceAllString(line, " "+pageMark+" ")
	}
	markNumbers(lines)
	markFractions(lines)
	return strings.Join(lines, "\n") + "\n"
}

func empty(lines []string, i int) bool {
	if i < 0 || i >= len(lines) {
		return true
	}
	line := strings.TrimSpace(lines[i])
	return line == "" || line == pageMark
}

// markNumbers marks the numbers on lines of their own between empty ones, if
// there are several and each is one more than the one before.
func markNumbers(lines []string) {
	var at []int
	last := 0
	for i, line := range lines {
		m := bare.FindStringSubmatch(line)
		if m == nil || !empty(lines, i-1) || !empty(lines, i+1) {
			continue
		}
		n, _ := strconv.Atoi(m[1] + m[2])
		if len(at) > 0 && n != last+1 {
			return
		}
		at, last = append(at, i), n
	}
	if len(at) < 2 {
		return
	}
	for _, i := range at {
		lines[i] = pageMark
	}
}

// fraction is a number of the form 4/17.
type fraction struct {
	line, from, to int    // where it is
	number, of     int    // 4 and 17
	rest           string // of its line
	edge           bool   // it begins or ends its line
}

// markFractions marks the numbers of the form 4/17 that number the pages: they
// grow while what they are of, and the words of their lines, stay the same. One
// alone is such a number only on its own line after the end of a sentence. Where
// lists show that the lines are lost, three that grow are enough, and one between
// two items.
func markFractions(lines []string) {
	all := fractions(lines)
	lost := linesLost(lines)
	type group struct {
		of   int
		rest string
	}
	groups := make(map[group][]fraction)
	for _, f := range all {
		if f.edge {
			groups[group{f.of, f.rest}] = append(groups[group{f.of, f.rest}], f)
		}
	}
	byTotal := make(map[int][]fraction)
	for _, f := range all {
		byTotal[f.of] = append(byTotal[f.of], f)
	}
	// From the last to the first, so that places in a line stay what they are.
	for i := len(all) - 1; i >= 0; i-- {
		f := all[i]
		same := groups[group{f.of, f.rest}]
		switch {
		case f.edge && len(same) > 1 && grow(same):
		case lost && len(byTotal[f.of]) > 2 && grow(byTotal[f.of]):
		case len(byTotal[f.of]) == 1 && between(lines, f, lost):
		default:
			continue
		}
		line := lines[f.line]
		lines[f.line] = line[:f.from] + " " + pageMark + " " + line[f.to:]
	}
}

func fractions(lines []string) []fraction {
	var all []fraction
	for i, line := range lines {
		for _, m := range ofPages.FindAllStringSubmatchIndex(line, -1) {
			number, _ := strconv.Atoi(line[m[2]:m[3]])
			of, _ := strconv.Atoi(line[m[4]:m[5]])
			if number < 1 || number > of {
				continue
			}
			before, after := strings.TrimSpace(line[:m[0]]), strings.TrimSpace(line[m[1]:])
			all = append(all, fraction{i, m[0], m[1], number, of, before + "\n" + after, before == "" || after == ""})
		}
	}
	return all
}

func grow(all []fraction) bool {
	for i := 1; i < len(all); i++ {
		if all[i].number <= all[i-1].number {
			return false
		}
	}
	return true
}

// between reports whether a number stands alone on its line, or where the lines
// are lost before an item or a sentence, and what is before it has ended.
func between(lines []string, f fraction, lost bool) bool {
	alone := f.rest == "\n"
	if !alone && !lost {
		return false
	}
	before := strings.Fields(strings.Join(lines[:f.line], " ") + " " + lines[f.line][:f.from])
	if len(before) > 0 {
		last := before[len(before)-1]
		if !isJunction(last) && !strings.ContainsAny(last[len(last)-1:], ".;:!?") {
			return false
		}
	}
	if alone {
		return true
	}
	after := strings.Fields(lines[f.line][f.to:] + " " + strings.Join(lines[f.line+1:], " "))
	if len(after) == 0 {
		return true
	}
	first, _ := utf8.DecodeRuneInString(after[0])
	return isSign(first) || unicode.IsUpper(first)
}

// linesLost reports whether an item of a list begins within a line.
func linesLost(lines []string) bool {
	for _, line := range lines {
		for i, word := range strings.Fields(line) {
			if r, size := utf8.DecodeRuneInString(word); i > 0 && size == len(word) && isSign(r) {
				return true
			}
		}
	}
	return false
}
