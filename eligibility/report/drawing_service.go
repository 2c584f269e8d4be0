package report

import (
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// contracts draws contracts, and below them the levels of threat of their
// missions.
func (w *words) contracts(d days) []row {
	var rows []row
	for i, k := range w.Case.Candidate.Contracts {
		about := w.period(k.From, k.To) + ", " + k.Mission + ", " + w.Text("regime."+string(k.Regime)) + ". " + w.counted(pointer("contracts", i))
		r := head(k.ID, k.Mission, about, linesOf(len(w.Case.Candidate.Contracts)))
		w.lasting(&r, d, k.From, k.To, "contract "+string(k.Regime))
		rows = append(rows, r)
	}
	for _, m := range w.missions() {
		rows = append(rows, w.threats(d, m))
	}
	return rows
}

// missions are those of the contracts and that of the vacancy, where there is a
// contract at all.
func (w *words) missions() []eligibility.Mission {
	var ids []string
	for _, k := range w.Case.Candidate.Contracts {
		ids = append(ids, k.Mission)
	}
	if len(ids) > 0 {
		ids = append(ids, w.Post.Vacancy().Mission)
	}
	var missions []eligibility.Mission
	for _, m := range w.Case.Missions {
		if slices.Contains(ids, m.ID) {
			missions = append(missions, m)
		}
	}
	return missions
}

// threatsOf returns the levels of threat of a mission in their order.
func threatsOf(m eligibility.Mission) []eligibility.Threat {
	entries := slices.Clone(m.Threat)
	slices.SortStableFunc(entries, func(a, b eligibility.Threat) int {
		switch {
		case a.From.Before(b.From) == experience.True:
			return -1
		case b.From.Before(a.From) == experience.True:
			return 1
		}
		return 0
	})
	return entries
}

// threats draws the levels of threat of a mission, each until the next one.
func (w *words) threats(d days, m eligibility.Mission) row {
	r := head("", w.Text("page.threat", "mission", m.ID), w.threatsInWords(m), linesOfName)
	entries := threatsOf(m)
	if len(entries) == 0 {
		r.note(d, w.Text("page.notStated"))
	}
	for i, e := range entries {
		to := d.to
		if i+1 < len(entries) {
			to = entries[i+1].From.First().Subtract(nextDay)
		}
		if e.From.IsValid() && to.IsValid() {
			r.add(d, e.From.First(), to, onRow, barHeight, "threat-"+string(e.Level), w.Text("threat."+string(e.Level)))
		}
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
		var r row
		r.named(strings.ReplaceAll(printable(w.titleOf(path)), " – ", "\u00a0– "), "", linesOfRule)
		r.Full = printable(w.titleOf(path) + ": " + w.measureInWords(path, f))
		for _, s := range f.Ledger.Stretches {
			if class := classOf(s); class != "" {
				height := barHeight * length(min(max(s.Weight.Float64(), s.AtMost.Float64()), 1))
				r.add(d, s.From, s.To, barHeight-height, height, class, w.fate(s))
			}
		}
		if r.Bars == nil {
			r.note(d, w.Text("page.nothingCounted"))
		}
		if l, ok := window(f.Ledger, f.Limit); ok {
			r.add(d, l.from, l.to, aroundIt, barHeight-2*aroundIt, "window", w.limit(l, f.Limit))
			r.below = true
		}
		for _, i := range w.unmet(path, f) {
			r.add(d, i.From, i.To, belowIt, 6, "unmet", w.unmetDays(i))
			r.below = true
		}
		rows = append(rows, r)
	}
	return rows
}

// open draws the days on which an application would be eligible, were a vacancy
// like this one open.
func (w *words) open(d days) []row {
	t := w.Assessment.Timeline
	if t == nil {
		return nil
	}
	var r row
	r.named(w.Text("page.eligible"), "", linesOfRule)
	r.Full = w.ifOpen(t)
	for _, i := range t.IfOpen {
		r.add(d, i.From, i.To, onRow, barHeight, "eligible", w.Text("page.open", "days", w.eligibleDays([]eligibility.EligibleDays{i})))
	}
	switch {
	case r.Bars != nil:
	case w.uncertain(t):
		r.note(d, w.Text("page.neverCertain"))
	default:
		r.note(d, w.Text("page.never"))
	}
	return []row{r}
}

// window is the days from the first that is counted to the one on which what is
// counted reaches a limit, or to the last that is counted.
type limited struct {
	days
	reached bool
}

// window returns the days of a limit, and whether there is one and anything is
// counted.
func window(l *eligibility.Ledger, limit experience.Period) (limited, bool) {
	convention, err := experience.ParseConvention(l.Convention)
	if err != nil || !limit.IsValid() {
		return limited{}, false
	}
	var lim limited
	var counted []experience.Record
	for _, s := range l.Stretches {
		if s.Counted() {
			lim.from, lim.to = lim.from.Earlier(s.From), s.To
			span := experience.Span{From: s.From, To: s.To}
			counted = append(counted, experience.Record{Span: span, Fraction: s.Weight, Counts: experience.True})
		}
	}
	counting := experience.Counting{Convention: convention, Overlap: experience.CountEach}
	if on := counting.Reach(counted, limit).Onset.On(); on.IsExact() {
		lim.to, lim.reached = on, true
	}
	return lim, lim.from.IsValid()
}

// unmet are the days of the timeline on which a rule with a limit, once it was
// met, is not.
func (w *words) unmet(path string, f eligibility.Finding) []eligibility.Interval {
	t := w.Assessment.Timeline
	if t == nil || !f.Limit.IsValid() {
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

// unmetUntil are the days after which rules with a limit are met again, and from
// which the application would be eligible.
func (w *words) unmetUntil() []experience.Date {
	t := w.Assessment.Timeline
	if t == nil {
		return nil
	}
	until := []experience.Date{t.EligibleFrom}
	for path, f := range w.Assessment.All() {
		for _, i := range w.unmet(path, f) {
			if i.To != t.To {
				until = append(until, i.To)
			}
		}
	}
	return until
}

type legendEntry struct{ Class, Text string }

// legend says what the ways of drawing stand for that figures hold.
func (w *words) legend(figures []figure) []legendEntry {
	drawn := map[string]bool{}
	for _, f := range figures {
		for _, r := range f.Rows {
			for _, b := range r.Bars {
				drawn[b.Class] = true
			}
		}
	}
	span := w.Text("page.legendSpan")
	if len(w.measured("employments")) == 0 {
		span = w.Text("page.legendWork")
	}
	entries := []legendEntry{
		{"counted", w.Text("page.legendCounted")},
		{"span", span},
		{"perhaps", w.Text("page.legendPerhaps")},
		{"contract contracted", w.Text("page.legendContracted")},
		{"contract seconded", w.Text("page.legendSeconded")},
		{"contract local", w.Text("page.legendLocal")},
	}
	for _, level := range []eligibility.ThreatLevel{eligibility.Low, eligibility.Moderate, eligibility.Significant, eligibility.High, eligibility.Critical} {
		entries = append(entries, legendEntry{"threat-" + string(level), w.Text("page.legendThreat", "level", w.Text("threat."+string(level)))})
	}
	entries = append(entries,
		legendEntry{"window", w.Text("page.legendWindow")},
		legendEntry{"unmet", w.Text("page.legendUnmet")},
		legendEntry{"eligible", w.Text("page.legendEligible")})
	return slices.DeleteFunc(entries, func(e legendEntry) bool { return !drawn[e.Class] })
}
