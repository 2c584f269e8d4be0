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
	p.wrapped(p.Text("pending.title"), 0)
	for _, b := range pending {
		p.entry(string(b.Status), p.status(b.Status), "", cmp.Or(b.Title, b.Rule), p.when(b))
		p.wrapped(b.Reason, p.statusWidth+4)
	}
}

// desirable lists what a panel may weigh.
func (p *printer) desirable(findings []eligibility.Finding) {
	if len(findings) == 0 {
		return
	}
	p.line()
	p.wrapped(p.Text("desirable.title"), 0)
	for _, f := range findings {
		if f.Status != eligibility.NotApplicable {
			p.entry(string(f.Status), p.desired(f), "", cmp.Or(f.Title, f.ID), "")
		}
	}
}

// when says by when, or for which stage, something is to be brought.
func (w *words) when(b eligibility.Pending) string {
	if b.Due.IsValid() {
		return w.Text("pending.by", "day", b.Due)
	}
	return w.Text("pending.for", "stage", w.Text("stage."+string(b.Stage)))
}

// desired returns the word for the status of what is desirable: what is not
// known is an open question.
func (w *words) desired(f eligibility.Finding) string {
	if f.Status == eligibility.NotDetermined {
		return w.Text("desirable.open")
	}
	return w.status(f.Status)
}
