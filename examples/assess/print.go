package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// The text is columns wide: a status, a title, and a day or two.
const (
	columns     = 100
	statusWidth = 14
	dayWidth    = 22
)

// printer writes an assessment for a person.
type printer struct {
	w      io.Writer
	colour bool
	err    error
}

// newPrinter uses colour only on a terminal, and never where NO_COLOR is set
// (https://no-color.org).
func newPrinter(w io.Writer) *printer {
	f, isFile := w.(*os.File)
	colour := isFile && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	if colour {
		info, err := f.Stat()
		colour = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return &printer{w: w, colour: colour}
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.w, strings.TrimRight(fmt.Sprintf(format, args...), " "))
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

func (p *printer) assessment(a *eligibility.Assessment, post *eligibility.Post) error {
	p.line("%s  %s", a.Vacancy, post.Vacancy().Title)
	asOf := "no day stated"
	if a.AsOf.IsValid() {
		asOf = "as of " + a.AsOf.Interval()
	}
	p.line("candidate %s, %s", a.Candidate, asOf)
	if a.Stage != "" {
		p.line("at the stage of %s", a.Stage)
	}
	for _, r := range post.Policy().Readings() {
		if option := a.Pins.Readings[r.ID]; option != r.Default {
			p.line("under the reading %s=%s: %s", r.ID, option, r.Options[option])
		}
	}
	p.line("")
	p.line("%s", p.paint(string(a.Verdict), strings.ToUpper(string(a.Verdict))))
	if a.EligibleFrom.IsValid() {
		closes := post.Vacancy().Closes
		switch {
		case a.Projected && closes.Before(a.EligibleFrom) == experience.True:
			p.wrapped(fmt.Sprintf("Every rule would be met from %s, if what is ongoing goes on, after the vacancy closed on %s.", a.EligibleFrom, closes), 0)
		case a.Projected:
			p.line("Eligible from %s, if what is ongoing goes on.", a.EligibleFrom)
		default:
			p.line("Eligible from %s on.", a.EligibleFrom)
		}
	}
	p.line("")
	for _, f := range a.Findings {
		p.finding(f, 0)
	}
	if len(a.Missing) > 0 {
		p.line("")
		p.line("What could still change the verdict, if it were stated:")
		for _, m := range a.Missing {
			p.line("  %s", m)
		}
	}
	p.toBring(a.ToBring)
	p.desirable(a.Desirable)
	p.line("")
	pin := a.Pins.Policy
	p.line("policy %s %s, table %s, %s", pin.Name, pin.Version, a.Pins.Tables["nqf"], a.Pins.Library)
	return p.err
}

func (p *printer) finding(f eligibility.Finding, depth int) {
	indent := strings.Repeat("  ", depth)
	name := f.Title
	if name == "" {
		name = f.ID
	}
	day := ""
	switch {
	case f.On.IsValid():
		day = f.On.Interval()
	case f.ProjectedOn.IsValid():
		day = "from " + f.ProjectedOn.Interval()
	}
	word := string(f.Status)
	if f.Status == eligibility.NotApplicable {
		word = "not applicable"
	}
	status := fmt.Sprintf("%-*s", statusWidth, word)
	left := indent + name
	if f.AnyOf {
		left += " (one of)"
	}
	p.line("%s  %-*s  %s", p.paint(string(f.Status), status), columns-statusWidth-4-dayWidth, left, day)
	if f.Status == eligibility.NotApplicable {
		return
	}
	if f.Status != eligibility.Met || (f.On.IsValid() || f.Limit.IsValid()) && len(f.Findings) == 0 {
		p.wrapped(f.Reason, statusWidth+len(indent)+4)
	}
	if depth == 0 && f.Status != eligibility.Met && len(f.Cite) > 0 {
		p.wrapped("["+strings.Join(f.Cite, "; ")+"]", statusWidth+len(indent)+4)
	}
	for _, c := range f.Findings {
		p.finding(c, depth+1)
	}
}

// wrapped writes a text in lines of the width that is left.
func (p *printer) wrapped(text string, indent int) {
	line := ""
	flush := func() {
		if line != "" {
			p.line("%s%s", strings.Repeat(" ", indent), line)
		}
		line = ""
	}
	for _, word := range strings.Fields(text) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > columns-indent {
			flush()
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	flush()
}
