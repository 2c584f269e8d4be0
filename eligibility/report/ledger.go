package report

import (
	"strconv"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/messages"
)

// fate says what became of the days of a stretch.
func (w *words) fate(s eligibility.Stretch) string {
	fate := w.Text("ledger.notCounted")
	switch {
	case s.Counted() && s.Weight.Float64() < 1:
		fate = w.Text("ledger.countedPart", "share", w.share(s))
	case s.Counted():
		fate = w.Text("ledger.counted")
	case s.Reason == eligibility.UnknownFact:
		fate = w.Text("ledger.perhaps")
	}
	if s.Reason == "" {
		return fate
	}
	return w.Text("ledger.line", "fate", fate, "reason", messages.Say("ledger.reason."+string(s.Reason)))
}

// share writes a share of full time in per cent, as exactly as it is stated.
func (w *words) share(s eligibility.Stretch) string {
	return strings.TrimSuffix(strconv.FormatFloat(s.Weight.Float64()*100, 'f', 4, 64), ".0000")
}

// ledgerTotal says what the stretches of a ledger amount to.
func (w *words) ledgerTotal(l *eligibility.Ledger) string {
	if l.MonthsAtMost == "" {
		return w.Text("ledger.total", "months", mixed(l.Months))
	}
	return w.Text("ledger.totalAtMost", "months", mixed(l.Months), "most", mixed(l.MonthsAtMost))
}

// mixed writes a fraction as people do: 47 6/31 for 1463/31.
func mixed(fraction string) string {
	above, below, ok := strings.Cut(fraction, "/")
	if !ok {
		return fraction
	}
	n, _ := strconv.ParseInt(above, 10, 64)
	d, _ := strconv.ParseInt(below, 10, 64)
	if n < d || d == 0 {
		return fraction
	}
	return strconv.FormatInt(n/d, 10) + " " + strconv.FormatInt(n%d, 10) + "/" + below
}

// ids returns the ids of records by their pointers.
func (w *words) ids(pointers []string) string {
	var ids []string
	for _, p := range pointers {
		list, i := place(p)
		c := &w.Case.Candidate
		switch {
		case list == "employments" && i < len(c.Employments):
			ids = append(ids, c.Employments[i].ID)
		case list == "contracts" && i < len(c.Contracts):
			ids = append(ids, c.Contracts[i].ID)
		}
	}
	return strings.Join(ids, ", ")
}

// place returns the list and the number of a record by its pointer.
func place(pointer string) (list string, number int) {
	parts := strings.Split(strings.TrimPrefix(pointer, "/candidate/"), "/")
	if len(parts) < 2 {
		return "", 0
	}
	number, err := strconv.Atoi(parts[1])
	if err != nil {
		return "", 0
	}
	return parts[0], number
}

// ledger writes a ledger below its finding.
func (p *printer) ledger(l *eligibility.Ledger, indent int) {
	for _, s := range l.Stretches {
		months := ""
		if s.Counted() {
			months = p.Text("ledger.months", "months", mixed(s.Months))
		}
		left := s.From.String() + "  " + s.To.String() + "  "
		room := columns - indent - displayWidth(left)
		lines := wrap(p.fate(s), room-18)
		p.line(strings.Repeat(" ", indent), left, padded(lines[0], room-18), "  ", months)
		for _, l := range lines[1:] {
			p.line(strings.Repeat(" ", indent+len(left)), l)
		}
		if ids := p.ids(s.By); ids != "" {
			p.wrapped(ids, indent+len(left)+2)
		}
	}
	p.wrapped(p.ledgerTotal(l), indent)
}
