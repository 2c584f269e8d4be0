package report

import (
	"slices"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// contracts draws contracts, and below them the levels of threat of their
// missions.
func (w *words) contracts(d days) []row {
	var rows []row
	var missions []string
	for _, k := range w.Case.Candidate.Contracts {
		about := period(w, k.From, k.To) + ", " + k.Mission + ", " + w.Text("regime."+string(k.Regime))
		r := head(k.ID, k.Mission, about)
		r.Bars = w.lasting(d, k.From, k.To, r.Full)
		r.Bars[0].Class = "contract " + string(k.Regime)
		rows = append(rows, r)
		if !slices.Contains(missions, k.Mission) {
			missions = append(missions, k.Mission)
		}
	}
	if target := w.Post.Vacancy().Mission; len(rows) > 0 && target != "" && !slices.Contains(missions, target) {
		missions = append(missions, target)
	}
	for _, m := range w.Case.Missions {
		if slices.Contains(missions, m.ID) {
			rows = append(rows, w.threats(d, m))
		}
	}
	return rows
}

// threats draws the levels of threat of a mission, each until the next one.
func (w *words) threats(d days, m eligibility.Mission) row {
	r := head("", w.Text("page.threat", "mission", m.ID), "")
	entries := slices.Clone(m.Threat)
	slices.SortFunc(entries, func(a, b eligibility.Threat) int {
		if a.From.Before(b.From) == experience.True {
			return -1
		}
		return 1
	})
	for i, e := range entries {
		to := d.to
		if i+1 < len(entries) {
			to = entries[i+1].From.First().Subtract(nextDay)
		}
		if to.Before(d.from) == experience.True || d.to.Before(e.From.First()) == experience.True {
			continue
		}
		level := w.Text("threat." + string(e.Level))
		r.Bars = append(r.Bars, d.bar(e.From.First().Later(d.from), to.Earlier(d.to), 2, barHeight, "threat-"+string(e.Level), level))
		r.Full += " " + e.From.String() + ": " + level + "."
	}
	return r
}

// measures draws what each rule counted; where it is limited, the days until
// the limit is reached, and those on which the rule is not met.
func (w *words) measures(d days) []row {
	var rows []row
	for path, f := range w.Assessment.All() {
		if f.Ledger == nil || len(f.Ledger.Stretches) == 0 {
			continue
		}
		r := head("", f.Title, w.titleOf(path)+", "+w.ledgerTotal(f.Ledger)+".")
		for _, s := range f.Ledger.Stretches {
			class := classOf(s)
			if class == "" {
				continue
			}
			share := max(s.Weight.Float64(), s.AtMost.Float64())
			height := barHeight * min(share, 1)
			r.add(d, s.From, s.To, 2+barHeight-height, height, class, w.fate(s))
		}
		if first, last, ok := window(f.Ledger, f.Limit); ok {
			about := w.Text("page.window", "period", f.Limit, "from", first, "to", last)
			r.add(d, first, last, 0, rowHeight-5, "window", about)
			r.Full += " " + about
		}
		for _, i := range w.unmet(path) {
			about := w.Text("page.unmet", "from", i.From, "to", i.To)
			r.add(d, i.From, i.To, rowHeight-7, 5, "unmet", about)
			r.Full += " " + about
		}
		rows = append(rows, r)
	}
	return rows
}

// window returns the days from the first that is counted to the one on which
// what is counted reaches a limit, or to the last that is counted.
func window(l *eligibility.Ledger, limit experience.Period) (first, last experience.Date, ok bool) {
	if !limit.IsValid() {
		return first, last, false
	}
	convention, err := experience.ParseConvention(l.Convention)
	if err != nil {
		return first, last, false
	}
	var counted []experience.Record
	for _, s := range l.Stretches {
		if s.Counted() {
			first, last = first.Earlier(s.From), s.To
			span := experience.Span{From: s.From, To: s.To}
			counted = append(counted, experience.Record{Span: span, Fraction: s.Weight, Counts: experience.True})
		}
	}
	counting := experience.Counting{Convention: convention, Overlap: experience.CountEach}
	if reached := counting.Reach(counted, limit).Onset.On(); reached.IsExact() {
		last = reached
	}
	return first, last, first.IsValid()
}

// unmet are the days of the timeline on which a rule with a limit, once it was
// met, is not.
func (w *words) unmet(path string) []eligibility.Interval {
	t := w.Assessment.Timeline
	if t == nil {
		return nil
	}
	var out []eligibility.Interval
	var since experience.Date
	for _, turn := range t.Turns {
		switch {
		case turn.Rule != path:
		case turn.Status == eligibility.Unmet:
			since = turn.On
		case since.IsValid():
			out = append(out, eligibility.Interval{From: since, To: turn.On.Subtract(nextDay)})
			since = experience.Date{}
		}
	}
	if since.IsValid() {
		out = append(out, eligibility.Interval{From: since, To: t.To})
	}
	return out
}

// legend says what the ways of drawing stand for.
func (w *words) legend() []legendEntry {
	entries := []legendEntry{
		{"counted", w.Text("page.legendCounted")},
		{"span", w.Text("page.legendSpan")},
		{"perhaps", w.Text("page.legendPerhaps")},
	}
	if len(w.Case.Candidate.Contracts) > 0 {
		entries = append(entries,
			legendEntry{"contract contracted", w.Text("page.legendContracted")},
			legendEntry{"contract seconded", w.Text("page.legendSeconded")},
			legendEntry{"threat-high", w.Text("page.legendThreat")},
			legendEntry{"window", w.Text("page.legendWindow")},
			legendEntry{"unmet", w.Text("page.legendUnmet")})
	}
	return entries
}
