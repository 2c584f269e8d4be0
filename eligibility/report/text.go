package report

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/qualify-rules/qualify/eligibility"
)

// The text is columns wide: a status, a title, and a day or two.
const (
	columns  = 100
	dayWidth = 22
)

// Text writes an assessment for a person who reads a terminal: aligned, in
// lines of at most 100 columns. With colour, words of status are in colour.
func Text(out io.Writer, r *Report, colour bool) error {
	w, err := r.words()
	if err != nil {
		return err
	}
	p := &printer{words: w, w: out, colour: colour}
	for _, s := range []eligibility.Status{eligibility.Met, eligibility.Unmet, eligibility.NotDetermined, eligibility.NotApplicable} {
		p.statusWidth = max(p.statusWidth, displayWidth(w.status(s)))
	}
	p.assessment()
	return p.err
}

// printer writes an assessment for a person.
type printer struct {
	*words
	w           io.Writer
	colour      bool
	statusWidth int
	err         error
}

func (p *printer) line(texts ...string) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.w, strings.TrimRight(strings.Join(texts, ""), " "))
	}
}

// The colours are those that stay readable on light and on dark.
var colours = map[string]string{
	"met": "32", "eligible": "32", "unmet": "31", "ineligible": "31", "undetermined": "33",
	"notApplicable": "2",
}

func (p *printer) paint(word, text string) string {
	if !p.colour || colours[word] == "" {
		return text
	}
	return "\x1b[" + colours[word] + "m" + text + "\x1b[0m"
}

func (p *printer) assessment() {
	a := p.Assessment
	p.wrapped(a.Vacancy+"  "+p.title(), 0)
	p.wrapped(p.heading(), 0)
	for _, note := range p.notes() {
		p.wrapped(note, 0)
	}
	p.line()
	p.line(p.paint(string(a.Verdict), strings.ToUpper(p.verdict())))
	if !a.Policy.IsZero() && a.Policy.Basis != eligibility.ChosenInForce {
		p.wrapped(a.Policy.Reason, 0)
	}
	if from := p.eligibleFrom(); from != "" {
		p.wrapped(from, 0)
	}
	p.line()
	for _, f := range a.Findings {
		p.finding(f, 0)
	}
	if len(a.Missing) > 0 {
		p.line()
		p.wrapped(p.missingTitle(), 0)
		for _, m := range p.missing() {
			p.bullet(m)
		}
	}
	p.toBring(a.ToBring)
	p.desirable(a.Desirable)
	if a.Readings != nil {
		p.listing(p.readings(a.Readings))
	}
	if a.Timeline != nil {
		p.listing(p.timeline(a.Timeline))
	}
	if r := p.Report; r.Ways && a.Verdict != eligibility.Eligible && p.tried() {
		p.ways()
	}
	p.line()
	p.wrapped(p.pins(), 0)
}

// listing writes a sentence, and those after it as bullets.
func (p *printer) listing(says []string) {
	p.line()
	p.wrapped(says[0], 0)
	for _, s := range says[1:] {
		p.bullet(s)
	}
}

func (p *printer) bullet(text string) {
	for i, l := range wrap(text, columns-4) {
		p.line([]string{"  - ", "    "}[min(i, 1)], l)
	}
}

// ways writes a bullet for each way.
func (p *printer) ways() {
	heading, ways := p.words.ways()
	p.line()
	p.wrapped(heading, 0)
	for _, way := range ways {
		p.bullet(strings.Join(way, " "))
	}
}

// deepest is how deep rules are indented.
const deepest = 8

func (p *printer) finding(f eligibility.Finding, depth int) {
	indent := strings.Repeat("  ", min(depth, deepest))
	p.entry(string(f.Status), p.status(f.Status), indent, p.name(f), p.findingDay(f))
	if needsReason(f) {
		p.wrapped(f.Reason, p.statusWidth+len(indent)+4)
	}
	if depth == 0 && f.Status != eligibility.Met && f.Status != eligibility.NotApplicable && len(f.Cite) > 0 {
		p.wrapped(p.cited(f), p.statusWidth+len(indent)+4)
	}
	if f.Status == eligibility.NotApplicable {
		return
	}
	ledgers, totals := p.ledgers(f)
	for i, l := range ledgers {
		p.ledger(l, totals[i], p.statusWidth+len(indent)+4)
	}
	for _, c := range f.Findings {
		p.finding(c, depth+1)
	}
}

// entry writes a status, a title and a day beside it. A title that leaves no
// room for the day goes on below.
func (p *printer) entry(status, word, indent, title, day string) {
	room := columns - p.statusWidth - 2
	if day != "" {
		room -= 2 + max(dayWidth, displayWidth(day))
	}
	lines := wrap(title, room-len(indent))
	p.line(p.paint(status, padded(word, p.statusWidth)), "  ", padded(indent+lines[0], room), "  ", day)
	for _, l := range lines[1:] {
		p.line(strings.Repeat(" ", p.statusWidth+2), indent, l)
	}
}

// wrapped writes a text in lines of the width that is left.
func (p *printer) wrapped(text string, indent int) {
	for _, l := range wrap(text, columns-indent) {
		p.line(strings.Repeat(" ", indent), l)
	}
}

// wrap breaks a text at its spaces into lines of a width; a word that is wider
// than a line is broken too.
func wrap(text string, most int) []string {
	var lines []string
	line, used := "", 0
	flush := func() {
		lines = append(lines, strings.TrimRight(line, " "))
		line, used = "", 0
	}
	for word := range strings.SplitSeq(printable(text), " ") {
		for used > 0 && used+1+displayWidth(word) > most {
			flush()
		}
		for displayWidth(word) > most {
			head := cut(word, most)
			lines = append(lines, head)
			word = word[len(head):]
		}
		if line != "" {
			line += " "
			used++
		}
		line += word
		used += displayWidth(word)
	}
	flush()
	return lines
}

// printable leaves out what would move the cursor, turn the direction of the
// text or not be seen: a title comes from anywhere. What joins letters stays.
func printable(s string) string {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || unicode.In(r, unicode.Zl, unicode.Zp):
			return ' '
		case r == nonJoiner || r == joiner:
			return r
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs) || r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
}

// displayWidth returns how many columns of a terminal a text takes.
func displayWidth(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

func runeWidth(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case width.LookupRune(r).Kind() == width.EastAsianWide || width.LookupRune(r).Kind() == width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// cut returns as much of the beginning of a text as fits.
func cut(s string, most int) string {
	used := 0
	for i, r := range s {
		if used += runeWidth(r); used > most && i > 0 {
			return s[:i]
		}
	}
	return s
}

func padded(s string, columns int) string {
	s = printable(s)
	return s + strings.Repeat(" ", max(0, columns-displayWidth(s)))
}
