package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
)

// toBring lists what a selected candidate still has to bring, and by when.
func (p *printer) toBring(pending []eligibility.Pending) {
	if len(pending) == 0 {
		return
	}
	p.line("")
	p.line("Still to be brought:")
	for _, b := range pending {
		by := "for the " + string(b.Stage)
		if b.Due.IsValid() {
			by = "by " + b.Due.Interval()
		}
		p.item(string(b.Status), string(b.Status), cmp.Or(b.Title, b.Rule), by)
		p.wrapped(b.Reason, statusWidth+4)
	}
}

// desirable lists what a panel may weigh.
func (p *printer) desirable(findings []eligibility.Finding) {
	if len(findings) == 0 {
		return
	}
	p.line("")
	p.line("Desirable, without effect on the verdict:")
	for _, f := range findings {
		word := string(f.Status)
		switch f.Status {
		case eligibility.NotDetermined:
			word = "open"
		case eligibility.NotApplicable:
			continue
		}
		p.item(string(f.Status), word, cmp.Or(f.Title, f.ID), "")
	}
}

// item writes a status, a title of as many lines as it needs, and a day.
func (p *printer) item(status, word, title, day string) {
	width := columns - statusWidth - 2
	if day != "" {
		width -= 2 + dayWidth
	}
	first := p.paint(status, fmt.Sprintf("%-*s", statusWidth, word)) + "  "
	line := ""
	flush := func() {
		p.line("%s%-*s  %s", first, width, line, day)
		first, line, day = strings.Repeat(" ", statusWidth+2), "", ""
	}
	for word := range strings.FieldsSeq(title) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > width {
			flush()
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	flush()
}
