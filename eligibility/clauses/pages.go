package clauses

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var (
	pageLine = regexp.MustCompile(`(?i)^ *(page +\d+|page +\d+ *(of|/) *\d+|pg?\. ?\d+|page ?\| ?\d+|\d+ ?\| ?page) *$`)
	pageOf   = regexp.MustCompile(`(^| )(Page|PAGE) +\d+ *(of|OF|/) *\d+( |$)`)
	counted  = regexp.MustCompile(`(?i)^ *(?:(\d{1,3})|\p{Pd} ?(\d{1,3}) ?\p{Pd}|(\d{1,3}) of \d{1,3}) *$`)
	ofPages  = regexp.MustCompile(`(?:^| )(\d{1,3}) ?/ ?(\d{1,3})(?: |$)`)
	digits   = regexp.MustCompile(`\d+`)
)

// pageMark stands where a page number was: a word of its own that is not hashed.
const pageMark = "\ue000"

// fewPages is how many pages a notice has at most of which one alone is numbered
// in a way that may be a fraction.
const fewPages = 9

// withoutPages puts marks in place of page numbers, which it returns too, makes
// every blank a plain one, takes away the signs of no width and ends lines with a
// line feed. Only what the lines show to be a page number is one: a number that
// counts may look the same.
func withoutPages(text string) (string, []string) {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\v' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r != '\n' && r != '\f' && unicode.IsSpace(r):
			return ' '
		case string(r) == pageMark:
			return r + 1 // a sign like any other of private use
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, norm.NFC.String(strings.ReplaceAll(text, "\r\n", "\n")))
	p := pages{lines: strings.Split(strings.ReplaceAll(text, "\f", "\n"+pageMark+"\n"), "\n")}
	for i, line := range p.lines {
		if pageLine.MatchString(line) && p.empty(i-1) && p.empty(i+1) {
			p.mark(i, 0, len(line))
			continue
		}
		for {
			m := pageOf.FindStringIndex(p.lines[i])
			if m == nil {
				break
			}
			p.mark(i, m[0], m[1])
		}
	}
	p.markNumbers()
	p.markFractions()
	return strings.Join(p.lines, "\n") + "\n", p.numbers()
}

// pages are the lines of a text and the page numbers that were found in them.
type pages struct {
	lines []string
	found []pageNumber
}

type pageNumber struct {
	line int
	text string
}

func (p *pages) mark(line, from, to int) {
	text := p.lines[line]
	p.found = append(p.found, pageNumber{line, strings.TrimSpace(text[from:to])})
	p.lines[line] = text[:from] + " " + pageMark + " " + text[to:]
}

// numbers returns the page numbers in the order of their lines.
func (p *pages) numbers() []string {
	slices.SortStableFunc(p.found, func(a, b pageNumber) int { return cmp.Compare(a.line, b.line) })
	var all []string
	for _, n := range p.found {
		all = append(all, n.text)
	}
	return all
}

func (p *pages) empty(i int) bool {
	if i < 0 || i >= len(p.lines) {
		return true
	}
	line := strings.TrimSpace(p.lines[i])
	return line == "" || line == pageMark
}

// labelled reports whether what is before a line ends with a colon.
func (p *pages) labelled(i int) bool {
	for i--; i >= 0; i-- {
		if line := strings.TrimSpace(p.lines[i]); line != "" && line != pageMark {
			return strings.HasSuffix(line, ":")
		}
	}
	return false
}

// markNumbers marks the numbers on lines of their own, between empty ones unless
// there are dashes on both sides, that are written alike and of which each is one
// more than the one before: three or more that are most of those written so, or
// two, both without a label, that are all.
func (p *pages) markNumbers() {
	byStyle := make(map[string][]counter)
	for i, line := range p.lines {
		m := counted.FindStringSubmatch(line)
		if m == nil || m[2] == "" && !(p.empty(i-1) && p.empty(i+1)) {
			continue
		}
		n, _ := strconv.Atoi(strings.Join(m[1:], ""))
		if n > 0 {
			style := digits.ReplaceAllString(strings.TrimSpace(line), "#")
			byStyle[style] = append(byStyle[style], counter{line: i, number: n})
		}
	}
	for _, all := range byStyle {
		run := longestRun(all)
		if len(run) > 2 && 2*len(run) > len(all) ||
			len(run) == 2 && len(all) == 2 && !p.labelled(all[0].line) && !p.labelled(all[1].line) {
			for _, line := range run {
				p.mark(line, 0, len(p.lines[line]))
			}
		}
	}
}

// counter is a number on a line of its own.
type counter struct {
	line, number int
	run          int // how many numbers lead to it, each one more than the one before
	before       int // which one is before it
}

// longestRun returns the lines of the most numbers of which each is one more than
// the one before.
func longestRun(all []counter) []int {
	ending := make(map[int]int) // where the longest run that ends with a number ends
	longest := 0
	for i := range all {
		n := &all[i]
		n.run, n.before = 1, -1
		if j, ok := ending[n.number-1]; ok {
			n.run, n.before = all[j].run+1, j
		}
		if j, ok := ending[n.number]; !ok || all[j].run < n.run {
			ending[n.number] = i
		}
		if n.run > all[longest].run {
			longest = i
		}
	}
	var lines []int
	for i := longest; i >= 0; i = all[i].before {
		lines = append(lines, all[i].line)
	}
	return lines
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
// alone is such a number only on its own line after the end of a sentence, and of
// ten pages or more: 4/5 may be a part of something. Where lists show that the
// lines are lost, three that grow are enough, and one between two items.
func (p *pages) markFractions() {
	all := fractions(p.lines)
	lost := linesLost(p.lines)
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
		case len(byTotal[f.of]) == 1 && f.of > fewPages && between(p.lines, f, lost):
		default:
			continue
		}
		p.mark(f.line, f.from, f.to)
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
