package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// historyRow says in words what the drawing shows of a record.
type historyRow struct{ Kind, Name, From, To, About string }

func (w *words) history() []historyRow {
	c := &w.Case.Candidate
	var rows []historyRow
	add := func(kind, id, title string, from experience.Date, to, about string) {
		day := w.Text("page.notStated")
		if from.IsValid() {
			day = from.String()
		}
		rows = append(rows, historyRow{kind, named(id, title), day, to, printable(about)})
	}
	end := func(to experience.Date) string {
		if to.IsValid() {
			return to.String()
		}
		return w.Text("page.ongoing")
	}
	for _, q := range c.Qualifications {
		add(w.Text("page.qualification"), q.ID, q.Title, q.Awarded, "", "")
	}
	for _, r := range c.Ranks {
		add(w.Text("page.rank"), r.ID, cmp.Or(r.Title, r.Code), r.Awarded, "", "")
	}
	for i, e := range c.Employments {
		add(w.Text("page.employment"), e.ID, e.Title, e.From, end(e.To), w.counted(pointer("employments", i)))
	}
	for i, k := range c.Contracts {
		about := strings.TrimSpace(k.Mission + ", " + w.Text("regime."+string(k.Regime)) + ". " + w.counted(pointer("contracts", i)))
		add(w.Text("page.contract"), k.ID, k.Post, k.From, end(k.To), about)
	}
	for _, k := range c.Credentials {
		to := ""
		if k.Expires.IsValid() {
			to = k.Expires.String()
		}
		add(w.Text("page.credential"), k.ID, strings.TrimSpace(w.Term(k.Kind)+" "+k.Code), k.Issued, to, "")
	}
	return rows
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
