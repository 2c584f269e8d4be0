package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// historyRow says in words what the drawing shows of a record or a rule.
type historyRow struct{ Kind, Name, From, To, About string }

func (w *words) history() []historyRow {
	c := &w.Case.Candidate
	var rows []historyRow
	add := func(kind, name, from, to, about string) {
		rows = append(rows, historyRow{capital(kind), name, from, to, printable(about)})
	}
	for _, q := range c.Qualifications {
		add(w.Text("page.qualification"), named(q.ID, q.Title), w.stated(q.Awarded), "", "")
	}
	for _, r := range c.Ranks {
		add(w.Text("page.rank"), named(r.ID, cmp.Or(r.Title, r.Code)), w.stated(r.Awarded), "", "")
	}
	for i, e := range c.Employments {
		add(w.Text("page.employment"), named(e.ID, e.Title), w.stated(e.From), w.end(e.To), w.counted(pointer("employments", i)))
	}
	for i, k := range c.Contracts {
		about := k.Mission + ", " + w.Text("regime."+string(k.Regime)) + ". " + w.counted(pointer("contracts", i))
		add(w.Text("page.contract"), named(k.ID, k.Post), w.stated(k.From), w.end(k.To), about)
	}
	for _, k := range c.Credentials {
		to := ""
		if k.Expires.IsValid() {
			to = w.Date(k.Expires)
		}
		add(w.Text("page.credential"), named(k.ID, capital(strings.TrimSpace(w.Term(k.Kind)+" "+w.Term(k.Code)))), w.stated(k.Issued), to, "")
	}
	for _, m := range w.missions() {
		add(w.Text("page.mission"), printable(m.ID), "", "", w.threatsInWords(m))
	}
	for path, f := range w.Assessment.All() {
		if f.Ledger != nil && len(f.Ledger.Stretches) > 0 {
			add(w.Text("page.rule"), printable(w.titleOf(path)), "", "", w.measureInWords(path, f))
		}
	}
	return rows
}

// stated writes a day from which a record is.
func (w *words) stated(d experience.Date) string {
	if !d.IsValid() {
		return w.Text("page.notStated")
	}
	return w.Date(d)
}

// end writes the day until which a record is.
func (w *words) end(d experience.Date) string {
	if !d.IsValid() {
		return w.Text("page.ongoing")
	}
	return w.Date(d)
}

func (w *words) period(from, to experience.Date) string { return w.stated(from) + " – " + w.end(to) }

// threatsInWords says from when a mission has had which level of threat.
func (w *words) threatsInWords(m eligibility.Mission) string {
	var says []string
	for _, e := range threatsOf(m) {
		says = append(says, w.Text("page.threatFrom", "day", w.stated(e.From), "level", w.Text("threat."+string(e.Level))))
	}
	if says == nil {
		return w.Text("page.notStated")
	}
	return strings.Join(says, " ")
}

// measureInWords says what a rule counted, and what its limit does.
func (w *words) measureInWords(path string, f eligibility.Finding) string {
	says := []string{capital(w.ledgerTotal(f.Ledger)) + "."}
	if l, ok := window(f.Ledger, f.Limit); ok {
		says = append(says, w.limit(l, f.Limit))
	}
	for _, i := range w.unmet(path, f) {
		says = append(says, w.unmetDays(i))
	}
	return strings.Join(says, " ")
}

// unmetDays says when a rule is not met; where the days end with those that were
// tried, it goes on.
func (w *words) unmetDays(i eligibility.Interval) string {
	if i.To == w.Assessment.Timeline.To {
		i.To = experience.UnknownDate().Last()
	}
	return w.Text("page.unmet", "days", w.intervals([]eligibility.Interval{i}))
}

// limit says when a limit is reached.
func (w *words) limit(l limited, limit experience.Period) string {
	if l.reached {
		return w.Text("page.limitReached", "period", limit, "from", l.from, "to", l.to)
	}
	return w.Text("page.limitNotReached", "period", limit, "from", l.from, "to", l.to)
}

func pointer(list string, i int) string { return fmt.Sprintf("/candidate/%s/%d", list, i) }

func named(id, title string) string {
	if title == "" {
		return printable(id)
	}
	return printable(title + " (" + id + ")")
}

// measured are the findings that have a ledger of employments or of contracts.
func (w *words) measured(list string) []measure {
	var found []measure
	for path, f := range w.Assessment.All() {
		if f.Ledger == nil {
			continue
		}
		of := ""
		for _, s := range f.Ledger.Stretches {
			for _, p := range s.By {
				of, _ = place(p)
			}
		}
		if of == list {
			found = append(found, measure{path, f})
		}
	}
	return found
}

// measure is a finding with a ledger.
type measure struct {
	path string
	eligibility.Finding
}

// counted says which days of a record the first rule counted that went through
// its list; "" where none did.
func (w *words) counted(pointer string) string {
	list, _ := place(pointer)
	measures := w.measured(list)
	if len(measures) == 0 {
		return ""
	}
	var days, perhaps []eligibility.Interval
	for _, s := range measures[0].Ledger.Stretches {
		switch {
		case !slices.Contains(s.By, pointer):
		case s.Counted():
			days = prolonged(days, s)
		case s.Reason == eligibility.UnknownFact:
			perhaps = prolonged(perhaps, s)
		}
	}
	title := w.titleOf(measures[0].path)
	switch {
	case days == nil && perhaps == nil:
		return w.Text("page.notCounted", "rule", title)
	case perhaps == nil:
		return w.Text("page.counted", "rule", title, "days", w.intervals(days))
	case days == nil:
		return w.Text("page.perhapsCounted", "rule", title, "days", w.intervals(perhaps))
	}
	return w.Text("page.partlyCounted", "rule", title, "days", w.intervals(days), "perhaps", w.intervals(perhaps))
}

// prolonged adds a stretch to the last of the intervals, or a new one.
func prolonged(intervals []eligibility.Interval, s eligibility.Stretch) []eligibility.Interval {
	if n := len(intervals); n > 0 && intervals[n-1].To.Add(nextDay) == s.From {
		intervals[n-1].To = s.To
		return intervals
	}
	return append(intervals, eligibility.Interval{From: s.From, To: s.To})
}
