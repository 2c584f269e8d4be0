package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/experience"
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
	open := slices.ContainsFunc(l.Stretches, func(s eligibility.Stretch) bool {
		return s.AtMost.IsValid() && (beginsUnknown(s.From) || endsUnknown(s.To))
	})
	months, n := mixed(l.Months), plurality(l.Months)
	switch {
	case l.MonthsAtMost == "" && l.Months == "0":
		return w.Text("ledger.totalNone")
	case l.MonthsAtMost == "":
		return w.Text("ledger.total", "n", n, "months", months)
	case open && l.Months == "0":
		return w.Text("ledger.totalNotKnown")
	case open:
		return w.Text("ledger.totalAtLeast", "n", n, "months", months)
	case l.Months == "0":
		return w.Text("ledger.totalUpTo", "n", plurality(l.MonthsAtMost), "most", mixed(l.MonthsAtMost))
	}
	return w.Text("ledger.totalAtMost", "months", months, "most", mixed(l.MonthsAtMost))
}

// mixed writes a fraction as people do: 47 + 6/31 for 1463/31.
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
	return strconv.FormatInt(n/d, 10) + " + " + strconv.FormatInt(n%d, 10) + "/" + below
}

// plurality is a number whose plural is that of a fraction.
func plurality(fraction string) int {
	if fraction == "1" {
		return 1
	}
	return 2
}

// bounds writes the days of a stretch; of one that has no known beginning or
// end, that.
func (w *words) bounds(s eligibility.Stretch) (from, to string) {
	from, to = w.Date(s.From), w.Date(s.To)
	if beginsUnknown(s.From) {
		from = w.Text("ledger.beginningNotKnown")
	}
	if endsUnknown(s.To) {
		to = w.Text("ledger.endNotKnown")
	}
	return from, to
}

// ids names records by their pointers: by their title and id and by whom or what
// they were for; by their days where nothing of that is stated.
func (w *words) ids(pointers []string) string {
	var names []string
	c := &w.Case.Candidate
	name := func(id, title, of string, from, to experience.Date) {
		switch {
		case of != "":
			names = append(names, named(id, title)+", "+printable(of))
		case title != "":
			names = append(names, named(id, title))
		default:
			names = append(names, printable(id)+", "+w.span(from, to))
		}
	}
	for _, p := range pointers {
		list, i := place(p)
		switch {
		case list == "employments" && i < len(c.Employments):
			e := &c.Employments[i]
			name(e.ID, e.Title, e.Employer, e.From, e.To)
		case list == "contracts" && i < len(c.Contracts):
			k := &c.Contracts[i]
			name(k.ID, k.Post, k.Mission, k.From, k.To)
		case list == "residences" && i < len(c.Residences):
			r := &c.Residences[i]
			names = append(names, w.Country(r.Country)+", "+w.span(r.From, r.To))
		}
	}
	return strings.Join(names, w.Text("list.rules", "before", "", "item", ""))
}

// span says from when to when a record is.
func (w *words) span(from, to experience.Date) string {
	days := [2]string{w.Text("page.notStated"), w.Text("page.ongoing")}
	for i, d := range []experience.Date{from, to} {
		if d.IsValid() {
			days[i] = w.Date(d)
		}
	}
	return days[0] + " – " + days[1]
}

// ledgers are those of a finding, each with what it amounts to.
func (w *words) ledgers(f eligibility.Finding) (all []*eligibility.Ledger, totals []string) {
	if f.Ledgers == nil && f.Ledger != nil {
		return []*eligibility.Ledger{f.Ledger}, []string{w.ledgerTotal(f.Ledger)}
	}
	for i, l := range f.Ledgers {
		asked := messages.Say("reason.nothing")
		switch {
		case l.Need.IsValid():
			asked = messages.Say("ledger.needed", "period", l.Need)
		case l.Limit.IsValid():
			asked = messages.Say("ledger.limit", "period", l.Limit)
		}
		totals = append(totals, w.Text("ledger.oneOf", "number", i+1, "count", len(f.Ledgers), "asked", asked, "total", w.ledgerTotal(l)))
	}
	return f.Ledgers, totals
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

// ledger writes a ledger below its finding: of each stretch its days, what
// became of them and by which records, and what it adds.
func (p *printer) ledger(l *eligibility.Ledger, total string, indent int) {
	var rows [][3]string // of each stretch its days and its months
	var widths [3]int
	for _, s := range l.Stretches {
		var r [3]string
		r[0], r[1] = p.bounds(s)
		if s.Counted() {
			r[2] = p.Text("ledger.months", "n", plurality(s.Months), "months", mixed(s.Months))
		}
		for i := range r {
			widths[i] = max(widths[i], displayWidth(r[i]))
		}
		rows = append(rows, r)
	}
	left := indent + widths[0] + 2 + widths[1] + 2
	room := columns - left - 2 - widths[2]
	for i, s := range l.Stretches {
		fate := p.fate(s)
		if ids := p.ids(s.By); ids != "" {
			fate = p.Text("ledger.by", "fate", fate, "records", ids)
		}
		days := strings.Repeat(" ", indent) + padded(rows[i][0], widths[0]) + "  " + padded(rows[i][1], widths[1]) + "  "
		months := strings.Repeat(" ", widths[2]-displayWidth(rows[i][2])) + rows[i][2]
		if room < narrow {
			p.line(days, months)
			p.wrapped(fate, indent+4)
			continue
		}
		lines := wrap(fate, room)
		p.line(days, padded(lines[0], room), "  ", months)
		for _, l := range lines[1:] {
			p.line(strings.Repeat(" ", left), l)
		}
	}
	p.wrapped(total, indent)
}

// narrow is too little room for words beside others.
const narrow = 20
