package main

import (
	"cmp"
	"fmt"

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
		status := fmt.Sprintf("%-*s", statusWidth, b.Status)
		p.line("%s  %-*s  %s", p.paint(string(b.Status), status), columns-statusWidth-4-dayWidth, cmp.Or(b.Title, b.Rule), by)
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
		p.line("%s  %s", p.paint(string(f.Status), fmt.Sprintf("%-*s", statusWidth, word)), cmp.Or(f.Title, f.ID))
	}
}
