package eligibility

import (
	"cmp"
	"slices"

	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/experience"
)

// foundWay is a way as it was tried.
type foundWay struct {
	Way
	moves  []move
	day    experience.Date
	last   *evaluation // of one that takes time, how the rules are without it
	worked bool        // there is more work of every kind
	keys   []string    // of the steps, time being one
}

// size is how many steps the way has before it is finished.
func (w *foundWay) size() int {
	if w.last == nil {
		return len(w.moves)
	}
	return len(w.moves) + 1
}

// finish makes a way as small as it can be, and says it in words.
func (f *finder) finish(way *foundWay) error {
	if err := f.reduce(way); err != nil {
		return err
	}
	for steps := -1; len(way.moves) != steps; {
		steps = len(way.moves)
		if err := f.narrow(way); err != nil {
			return err
		}
		// With the least that suffices, another step may no longer be needed.
		if err := f.reduce(way); err != nil {
			return err
		}
	}
	way.On, way.AfterClosing = way.day, f.start.post.vacancy.Closes.Before(way.day) == experience.True
	var conditions messages.List
	for _, m := range way.moves {
		way.Steps = append(way.Steps, m.step)
		way.keys = append(way.keys, m.key)
		if m.step.Condition != "" {
			conditions = append(conditions, m.step.Condition)
		}
	}
	if way.last != nil {
		way.keys = append(way.keys, "time")
		c, err := f.caseOf(way.moves, way.worked)
		if err != nil {
			return err
		}
		then, err := f.try(c, way.day)
		if err != nil {
			return err
		}
		way.Steps = append(way.Steps, f.timeSteps(way.last.results, then.results, way.day)...)
	}
	if len(way.Steps) == 0 {
		way.Steps = []Step{{Kind: Wait, Text: f.w.Text("step.inTime")}}
	}
	switch {
	case conditions != nil && way.AfterClosing:
		way.Text = f.w.Text("ways.afterClosingIf", "day", way.day, "conditions", conditions)
	case conditions != nil:
		way.Text = f.w.Text("ways.onIf", "day", way.day, "conditions", conditions)
	case way.AfterClosing:
		way.Text = f.w.Text("ways.afterClosing", "day", way.day)
	default:
		way.Text = f.w.Text("ways.on", "day", way.day)
	}
	return nil
}

// caseOf returns the case after moves.
func (f *finder) caseOf(moves []move, worked bool) (*Case, error) {
	c := f.start.c
	var err error
	for _, m := range moves {
		if c, err = m.apply(c); err != nil {
			return nil, err
		}
	}
	if worked {
		c = f.withWork(c)
	}
	return c, nil
}

// leads reports whether moves lead to eligible by a day. Moves that the case
// does not allow lead nowhere.
func (f *finder) leads(moves []move, worked bool, day experience.Date) (bool, error) {
	c, err := f.caseOf(moves, worked)
	if err != nil {
		return false, nil
	}
	return f.eligible(c, day)
}

// reduce leaves out what the way does not need.
func (f *finder) reduce(way *foundWay) error {
	if way.worked {
		enough, err := f.leads(way.moves, false, way.day)
		if err != nil {
			return err
		}
		way.worked = !enough
	}
	before := len(way.moves)
	for smaller := true; smaller; {
		smaller = false
		for _, fewer := range parts(way.moves) {
			enough, err := f.leads(fewer, way.worked, way.day)
			if err != nil {
				return err
			}
			if enough {
				way.moves, smaller = fewer, true
				break
			}
		}
	}
	if len(way.moves) == before {
		return nil
	}
	return f.soonest(way)
}

// soonest finds the day of a way that was made smaller.
func (f *finder) soonest(way *foundWay) error {
	c, err := f.caseOf(way.moves, false)
	if err != nil {
		return err
	}
	if way.last, err = f.try(c, f.day); err != nil {
		return err
	}
	if way.last.verdict() == Eligible {
		way.day, way.last, way.worked = f.day, nil, false
		return nil
	}
	if way.worked {
		c = f.withWork(c)
	}
	day, err := f.firstEligible(c, way.day, 0)
	if day.IsValid() {
		way.day = day
	}
	return err
}

// parts are the sets with some of the moves, the smallest first; of many moves
// those that leave out one.
func parts(moves []move) [][]move {
	var out [][]move
	if len(moves) > maxWaySteps+1 {
		for i := range moves {
			out = append(out, slices.Concat(moves[:i], moves[i+1:]))
		}
		return out
	}
	for set := uint(0); set+1 < 1<<len(moves); set++ {
		var some []move
		for i, m := range moves {
			if set>>i&1 == 1 {
				some = append(some, m)
			}
		}
		out = append(out, some)
	}
	slices.SortStableFunc(out, func(a, b []move) int { return len(a) - len(b) })
	return out
}

// timeSteps are what the unmet rules need time for: more work, or only that it
// passes. Of alternatives it is the one that is met by then.
func (f *finder) timeSteps(before, then []*result, day experience.Date) []Step {
	var steps []Step
	var look func(before, then *result, path string)
	look = func(r, then *result, path string) {
		if r == nil || then == nil || then.status != Met || r.status != Unmet && r.status != NotDetermined {
			return
		}
		e := r.value.evidence
		switch {
		case len(r.children) > 0:
			some := len(steps)
			for i, c := range r.children {
				if i < len(then.children) && !(r.rule.any && len(steps) > some) {
					look(c, then.children[i], path+r.id+"/")
				}
			}
		case e.service != nil && e.need.IsValid():
			short := e.service.counting.Measure(e.service.records).Low.Short(e.need)
			steps = append(steps, Step{Kind: Work, Rule: path + r.id, Period: short, Text: f.w.Text("step.work", "period", short, "rule", cmp.Or(f.w.title(r), r.id))})
		}
	}
	for i := range before {
		look(before[i], then[i], "")
	}
	if len(steps) == 0 {
		steps = []Step{{Kind: Wait, Text: f.w.Text("step.wait", "day", day)}}
	}
	return steps
}
