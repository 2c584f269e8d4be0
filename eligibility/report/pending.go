package report

import (
	"cmp"

	"github.com/qualify-rules/qualify/eligibility"
)

// toBring lists what a selected candidate still has to bring, and by when.
func (p *printer) toBring(pending []eligibility.Pending) {
	if len(pending) == 0 {
		return
	}
	p.line()
	p.line(p.Text("pending.title"))
	for _, b := range pending {
		by := p.Text("pending.for", "stage", p.Text("stage."+string(b.Stage)))
		if b.Due.IsValid() {
			by = p.Text("pending.by", "day", b.Due.Last())
		}
		p.entry(string(b.Status), p.status(b.Status), "", cmp.Or(b.Title, b.Rule), by)
		p.wrapped(b.Reason, p.statusWidth+4)
	}
}

// desirable lists what a panel may weigh.
func (p *printer) desirable(findings []eligibility.Finding) {
	if len(findings) == 0 {
		return
	}
	p.line()
	p.line(p.Text("desirable.title"))
	for _, f := range findings {
		word := p.status(f.Status)
		switch f.Status {
		case eligibility.NotDetermined:
			word = p.Text("desirable.open")
		case eligibility.NotApplicable:
			continue
		}
		p.entry(string(f.Status), word, "", cmp.Or(f.Title, f.ID), "")
	}
}
