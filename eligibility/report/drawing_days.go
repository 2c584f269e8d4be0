package report

import (
	"fmt"
	"slices"

	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/experience"
)

// days is the interval that is drawn.
type days struct{ from, to experience.Date }

var (
	nextDay = experience.MustParsePeriod("P1D")
	margin  = experience.MustParsePeriod("P6M")
	// A slip of the pen in a year must not squeeze a life into a line.
	longest = experience.MustParsePeriod("P80Y")
	ahead   = experience.MustParsePeriod("P10Y")
)

// x is where a day begins.
func (d days) x(day experience.Date) length {
	const width = figureWidth - gutter - rightMargin
	n := experience.DaysBetween(d.from, day)
	all := experience.DaysBetween(d.from, d.to) + 1
	return gutter + length(min(max(n, 0), all))*width/length(all)
}

// bar draws the days of an interval, which are on the drawing.
func (d days) bar(from, to experience.Date, top, height length, class, about string) bar {
	left, right := d.x(from), d.x(to.Add(nextDay))
	return bar{X: left, Width: max(right-left, 2), Y: top, Height: height, Class: class, About: about, From: from, To: to}
}

// shows reports whether any of the days from one to another is drawn.
func (d days) shows(from, to experience.Date) bool {
	return from.First().NotAfter(d.to) == experience.True && d.from.NotAfter(to.Last()) == experience.True
}

// drawn returns the days to draw: those of the history, of the reference day and
// of the closing date, with a margin.
func (w *words) drawn() days {
	var d, decisive days
	see := func(d *days, dates ...experience.Date) {
		for _, date := range dates {
			if date.IsValid() && !beginsUnknown(date) {
				d.from = d.from.Earlier(date.First())
			}
			if date.IsValid() && !endsUnknown(date) {
				d.to = d.to.Later(date.Last())
			}
		}
	}
	v := w.Post.Vacancy()
	see(&decisive, w.Assessment.AsOf, v.Closes, w.Case.Application.DeploymentStarts, v.Starts.Date)
	d = decisive
	c := &w.Case.Candidate
	for _, q := range c.Qualifications {
		see(&d, q.Awarded)
	}
	for _, r := range c.Ranks {
		see(&d, r.Awarded)
	}
	for _, e := range c.Employments {
		see(&d, e.From, e.To)
	}
	for _, k := range c.Contracts {
		see(&d, k.From, k.To)
	}
	if !d.from.IsValid() || !d.to.IsValid() {
		return days{}
	}
	see(&d, w.unmetUntil()...)
	if decisive.to.IsValid() {
		d.to = d.to.Earlier(decisive.to.Add(ahead))
	}
	return days{d.from.Later(d.to.Subtract(longest)).Subtract(margin), d.to.Add(margin)}
}

// beginsUnknown and endsUnknown report whether a date has no known beginning
// or end, which is then that of the calendar.
func beginsUnknown(d experience.Date) bool { return d.First() == experience.UnknownDate().First() }
func endsUnknown(d experience.Date) bool   { return d.Last() == experience.UnknownDate().Last() }

// ticks are the years of a drawing; of a short one, its quarters too.
func (d days) ticks() []tick {
	var ticks []tick
	first, _, _ := d.from.Civil()
	last, _, _ := d.to.Civil()
	step := 1
	if last-first > 14 {
		step = 5 * (1 + (last-first)/75)
	}
	for y := first; y <= last; y++ {
		for month := 1; month <= 12; month += 3 {
			day := experience.MustParseDate(fmt.Sprintf("%04d-%02d-01", y, month))
			switch {
			case y%step != 0 || !d.shows(day, day):
			case month == 1:
				ticks = append(ticks, tick{d.x(day), year(day), day})
			case last-first <= 3:
				ticks = append(ticks, tick{d.x(day), "", day})
			}
		}
	}
	return ticks
}

// markedDay is a line through all rows with a name above them.
type markedDay struct {
	X, LineY, LabelX, LabelY length
	Anchor, Text, Class      string
	Date                     experience.Date
}

type namedDay struct {
	date  experience.Date
	names messages.List
	class string
	text  string
}

// isLate reports whether a name has room to the left of its day.
func (d days) isLate(n namedDay) bool { return length(textWidth(n.text))+8 <= d.x(n.date) }

// markedDays are the days that a decision turns on, in an order in which no line
// crosses the name of another one: a line runs down from its name.
func (w *words) markedDays(d days) []namedDay {
	var out []namedDay
	add := func(day experience.Date, key, class string) {
		if !day.IsExact() || !d.shows(day, day) {
			return
		}
		i := slices.IndexFunc(out, func(o namedDay) bool { return o.date == day })
		if i < 0 {
			i = len(out)
			out = append(out, namedDay{date: day, class: class})
		}
		out[i].names = append(out[i].names, messages.Say(key))
		out[i].text = w.Text("page.markedDay", "names", out[i].names, "day", day)
	}
	v := w.Post.Vacancy()
	add(v.Closes, "page.closes", "closes")
	add(w.Case.Application.Date, "page.applied", "applied")
	add(w.starts(), "page.starts", "starts")
	if t := w.Assessment.Timeline; t != nil && w.Assessment.AsOf.Before(t.EligibleFrom) == experience.True {
		add(t.EligibleFrom, "page.eligibleFrom", "eligibleFrom")
	}
	slices.SortFunc(out, func(a, b namedDay) int {
		switch late, other := d.isLate(a), d.isLate(b); {
		case late != other:
			return map[bool]int{true: -1, false: 1}[late]
		case late:
			return experience.DaysBetween(a.date, b.date)
		}
		return experience.DaysBetween(b.date, a.date)
	})
	return out
}

// starts returns the day on which the deployment starts, where one is stated.
func (w *words) starts() experience.Date {
	if start := w.Case.Application.DeploymentStarts; start.IsValid() {
		return start
	}
	return w.Post.Vacancy().Starts.Date
}
