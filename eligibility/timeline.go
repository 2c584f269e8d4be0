package eligibility

import (
	"errors"

	"github.com/google/cel-go/common/ast"

	"github.com/qualify-rules/qualify/experience"
)

// WithTimeline adds to an assessment the days on which the application would be
// eligible. Every day is tried from the first of the history to five years after
// the reference day or the closing date, whichever is later.
func WithTimeline() AssessOption {
	return assessOptionFunc(func(o *assessOptions) { o.timeline, o.horizon = true, Interval{} })
}

// WithTimelineOver is [WithTimeline] for the days of an interval, of which there
// are no more than [MaxTimelineDays].
func WithTimelineOver(days Interval) AssessOption {
	return assessOptionFunc(func(o *assessOptions) { o.timeline, o.horizon = true, days })
}

// MaxTimelineDays is how many days a timeline has at most: about a century.
const MaxTimelineDays = 36600

// Interval is the days from one to another, both included.
type Interval struct {
	From experience.Date `json:"from"`
	To   experience.Date `json:"to"`
}

// EligibleDays is an interval of days of a timeline on which the verdict is
// eligible.
type EligibleDays struct {
	Interval
	// Earlier and Later say that the interval begins, or ends, where the timeline
	// does: the day before, or after, was not tried and may be eligible too.
	Earlier bool `json:"earlier,omitzero"`
	Later   bool `json:"later,omitzero"`
}

// Timeline tells on which days the application would be eligible, as the
// history stands and what is ongoing goes on. Two questions are asked of every
// day from From to To.
//
// What if the application had been made on the day, to the vacancy as it
// stands? The application date is the day, and nothing else is changed: after
// the closing date the reference day stays where it is. Eligible are the days of
// which the verdict is that.
//
// What if the vacancy, or one like it, were open on the day? The application
// date and the reference day asOf are the day. So is start, unless the
// application or the vacancy states a date: it would else follow the closing
// date. The closing date itself is not moved; rules that ask nothing but whether
// the application came by it are set aside. IfOpen are the days of which the
// verdict is eligible, and all that follows is of this question too.
type Timeline struct {
	Interval
	Eligible []EligibleDays `json:"eligible,omitzero"`
	IfOpen   []EligibleDays `json:"ifOpen,omitzero"`
	// EligibleFrom is the first day of the interval of IfOpen in which the
	// reference day lies, or else of the next one, and not stated where that one
	// may have begun earlier; LastMet are the rules that are met on that day and
	// were not on the day before.
	EligibleFrom experience.Date `json:"eligibleFrom,omitzero"`
	LastMet      []string        `json:"lastMet,omitzero"`
	// Unmet are the rules that are not met on the reference day, those within
	// groups too, in the order of the policy.
	Unmet []UnmetRule `json:"unmet,omitzero"`
	// Turns are the days on which the status of a rule becomes another one, in
	// order of time.
	Turns []Turn `json:"turns,omitzero"`
}

// UnmetRule is a rule that is not met on the reference day, with the days on
// which that begins and ends.
type UnmetRule struct {
	Rule   string `json:"rule"` // its path
	Title  string `json:"title,omitzero"`
	Status Status `json:"status"` // unmet or undetermined
	// Since is the first day from which it has been so until the reference day, not
	// stated where that is before the timeline begins; MetFrom is the next day on
	// which it is met or does not apply, not stated where no day is that was tried.
	Since   experience.Date `json:"since,omitzero"`
	MetFrom experience.Date `json:"metFrom,omitzero"`
}

// Turn is the day from which a rule has a status that it had not on the day
// before.
type Turn struct {
	On     experience.Date `json:"on"`
	Rule   string          `json:"rule"` // its path
	Title  string          `json:"title,omitzero"`
	Status Status          `json:"status"`
}

var (
	oneDay         = experience.MustParsePeriod("P1D")
	timelineBeyond = experience.MustParsePeriod("P5Y")
)

// timeline goes through the days.
func (ev *evaluation) timeline(given Interval, w *wording) (*Timeline, error) {
	horizon, err := ev.horizon(given)
	if err != nil {
		return nil, err
	}
	t := &Timeline{Interval: horizon}
	var before *evaluation
	for day := horizon.From; day.NotAfter(horizon.To) == experience.True; day = day.Add(oneDay) {
		stands, err := ev.onDay(ev.c, day, false)
		if err != nil {
			return nil, err
		}
		if stands.verdict() == Eligible {
			t.Eligible = prolonged(t.Eligible, day)
		}
		stands.release()
		open, err := ev.onDay(ev.c, day, true)
		if err != nil {
			return nil, err
		}
		if open.verdict() == Eligible {
			t.IfOpen = prolonged(t.IfOpen, day)
		}
		if before != nil {
			t.turns(day, "", before.results, open.results, w)
			before.release()
		}
		before = open
	}
	before.release()
	for _, intervals := range [][]EligibleDays{t.Eligible, t.IfOpen} {
		for i := range intervals {
			intervals[i].Earlier, intervals[i].Later = intervals[i].From == t.From, intervals[i].To == t.To
		}
	}
	t.eligibleFrom(ev.asOf.date)
	if err := t.unmet(ev, w); err != nil {
		return nil, err
	}
	return t, nil
}

// horizon returns the days that are tried.
func (ev *evaluation) horizon(given Interval) (Interval, error) {
	h := given
	if h == (Interval{}) {
		last := ev.asOf.date
		if !last.IsExact() {
			last = experience.Date{}
		}
		last = last.Later(ev.post.vacancy.Closes.Last())
		if !last.IsValid() {
			return h, errors.New("a timeline needs a day: state the application date or the days to try")
		}
		h = Interval{From: ev.firstDay(last), To: last.Add(timelineBeyond)}
	}
	switch {
	case !h.From.IsExact() || !h.To.IsExact() || h.To.Before(h.From) == experience.True:
		return h, errors.New("a timeline runs from one exact day to a later one")
	case experience.DaysBetween(h.From, h.To) >= MaxTimelineDays:
		return h, errors.New("a timeline is of a century at most: state fewer days to try")
	}
	return h, nil
}

// firstDay returns the first day that a record states, but none before what a
// timeline may try.
func (ev *evaluation) firstDay(last experience.Date) experience.Date {
	first := last
	c := &ev.c.Candidate
	see := func(d experience.Date) {
		if d = d.First(); d.IsValid() && d.Add(experience.MustParsePeriod("P80Y")).NotAfter(last) != experience.True {
			first = first.Earlier(d)
		}
	}
	for _, q := range c.Qualifications {
		see(q.Awarded)
	}
	for _, r := range c.Ranks {
		see(r.Awarded)
	}
	for _, e := range c.Employments {
		see(e.From)
	}
	for _, k := range c.Contracts {
		see(k.From)
	}
	for _, k := range c.Credentials {
		see(k.Issued)
	}
	return first
}

// onDay decides a case about the post as if the application had been made on another day;
// if open, as if the vacancy were open then.
func (ev *evaluation) onDay(of *Case, day experience.Date, open bool) (*evaluation, error) {
	c := *of
	c.Application.Date = day
	moved := ev.post.evaluation(ev.ctx, &c, &assessOptions{stage: ev.stage, interpreted: ev.interpreted})
	if open {
		moved.asOf = &dateValue{date: day}
		if !c.Application.DeploymentStarts.IsValid() && !ev.post.vacancy.Starts.Date.IsValid() {
			moved.start = &dateValue{date: day}
			moved.deploymentStart = &dateValue{date: experience.UnknownDate().Later(day), open: moved.deploymentStart.open}
		}
	}
	if err := moved.run(); err != nil {
		return nil, err
	}
	if open {
		for i, r := range moved.results {
			if r != nil && ev.post.steps[i].deadline {
				moved.results[i] = nil
			}
		}
	}
	return moved, nil
}

// isDeadline reports whether a rule asks nothing but how the application date
// and the closing date lie to each other, where the post has one.
func (r *rule) isDeadline() bool {
	if r.expression == nil || r.list != nil {
		return false
	}
	closes, only := false, true
	var look func(piece)
	look = func(p piece) {
		if !only {
			return
		}
		if p.expr.Kind() == ast.SelectKind {
			of, field := p.part(p.expr.AsSelect().Operand()).name(), p.expr.AsSelect().FieldName()
			closes = closes || of == "vacancy" && field == "closes"
			only = only && (of == "vacancy" && field == "closes" || of == "application" && field == "date")
			return
		}
		only = only && (p.name() == "" || p.name() == "asOf")
		for _, inner := range p.inner() {
			look(inner)
		}
	}
	look(r.expression.whole())
	if r.when != nil {
		look(r.when.whole())
	}
	return only && closes
}

// prolonged adds a day to the last of the intervals, or a new one.
func prolonged(intervals []EligibleDays, day experience.Date) []EligibleDays {
	if n := len(intervals); n > 0 && intervals[n-1].To.Add(oneDay) == day {
		intervals[n-1].To = day
		return intervals
	}
	return append(intervals, EligibleDays{Interval: Interval{day, day}})
}
