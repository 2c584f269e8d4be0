package eligibility

import (
	"cmp"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/experience"
)

// WithNearestWays adds to an assessment that is not eligible the smallest sets
// of facts that would make it so.
func WithNearestWays() AssessOption {
	return assessOptionFunc(func(o *assessOptions) { o.ways = true })
}

// Way is a set of facts that are missing or still to come, with which the
// application would be eligible; no part of it suffices. It never asks for
// another statement than the one that was made.
type Way struct {
	Steps []Step `json:"steps"`
	// On is the first application date, from the reference day on, for which
	// it was made sure that the way leads to eligible: by assessing the case with
	// what the steps bring, as if the vacancy were open on that day (see
	// Timeline). It is not stated where that could not be tried: the facts of the
	// steps are then all that are missing.
	On experience.Date `json:"on,omitzero"`
	// AfterClosing says that the vacancy is closed by then.
	AfterClosing bool `json:"afterClosing,omitzero"`
}

// Step is a fact that is missing or still to come.
type Step struct {
	Kind StepKind `json:"kind"`
	// Fact is the JSON Pointer to the fact, of a new record that to its list.
	Fact string `json:"fact,omitzero"`
	// Value is what the fact was taken to be when the way was tried.
	Value any `json:"value,omitzero"`
	// Period is how much more time a rule needs.
	Period experience.Period `json:"period,omitzero"`
	Rule   string            `json:"rule,omitzero"` // the path of the rule that needs the time
	Text   string            `json:"text,omitzero"`
}

// StepKind is what has to happen for a step.
type StepKind string

// The kinds of steps.
const (
	StateFact  StepKind = "state"  // a fact that is missing is stated
	AttestFact StepKind = "attest" // what is not attested becomes so
	Nominate   StepKind = "nominate"
	Obtain     StepKind = "obtain" // a record is added
	Work       StepKind = "work"   // a rule needs more time at work
	Wait       StepKind = "wait"   // time must pass
	ApplyAs    StepKind = "apply"  // the application is made under another regime
	EndFact    StepKind = "end"    // an ongoing contract ends
)

// The bounds of the search.
const (
	maxWaySteps = 4
	maxWays     = 12
	maxWayTries = 4000 // assessments
)

var (
	furthestWait = experience.MustParsePeriod("P12Y")
	waitStep     = experience.MustParsePeriod("P3M")
)

// finder looks for ways, breadth first: sets of one step before sets of two.
type finder struct {
	w     *wording
	start *evaluation
	day   experience.Date
	tries int
	seen  map[string]bool
	ways  []foundWay
}

// foundWay is a way with the keys of its steps, time among them.
type foundWay struct {
	Way
	keys []string
}

// node is a set of moves under trial.
type node struct {
	moves []move
	c     *Case
	now   *evaluation
}

func (o *assessOptions) nearestWays(ev *evaluation) ([]Way, error) {
	w, err := o.wording(ev)
	if err != nil {
		return nil, err
	}
	// After the closing date the reference day stays behind the application.
	f := &finder{w: w, start: ev, day: ev.asOf.date.Later(ev.c.Application.Date), seen: make(map[string]bool)}
	if ev.asOf.date.IsExact() && f.day.IsExact() {
		if err := f.search(); err != nil {
			return nil, err
		}
	}
	if len(f.ways) == 0 && ev.verdict() == Undetermined {
		return []Way{f.stateEverything()}, nil
	}
	slices.SortStableFunc(f.ways, func(a, b foundWay) int {
		return cmp.Or(cmp.Compare(len(a.Steps), len(b.Steps)), compareDays(a.On, b.On))
	})
	var ways []Way
	for i, way := range f.ways {
		if len(ways) < maxWays && !slices.ContainsFunc(f.ways[:i], func(smaller foundWay) bool { return isPart(smaller.keys, way.keys) }) {
			ways = append(ways, way.Way)
		}
	}
	return ways, nil
}

func compareDays(a, b experience.Date) int {
	switch {
	case a.Before(b) == experience.True:
		return -1
	case b.Before(a) == experience.True:
		return 1
	}
	return 0
}

func isPart(small, large []string) bool {
	return !slices.ContainsFunc(small, func(key string) bool { return !slices.Contains(large, key) })
}

func (f *finder) search() error {
	first := node{c: f.start.c}
	var err error
	if first.now, err = f.try(first.c, f.day); err != nil {
		return err
	}
	level := []node{first}
	for size := 0; size <= maxWaySteps && len(level) > 0 && f.tries < maxWayTries; size++ {
		var next []node
		for _, n := range level {
			solved, err := f.solve(n)
			if err != nil {
				return err
			}
			if solved || size == maxWaySteps {
				continue
			}
			children, err := f.children(n)
			if err != nil {
				return err
			}
			next = append(next, children...)
		}
		level = next
	}
	return nil
}

// try decides a case as if the vacancy were open on a day.
func (f *finder) try(c *Case, day experience.Date) (*evaluation, error) {
	f.tries++
	return f.start.onDay(c, day, true)
}

// solve keeps a node as a way if it is eligible at once or after some time. Time
// does not stop the search: there may be a quicker way.
func (f *finder) solve(n node) (bool, error) {
	if n.now.verdict() == Eligible {
		return true, f.keep(n, f.day, nil)
	}
	var first experience.Date
	last := f.day.Add(furthestWait)
	for _, c := range []*Case{n.c, f.withWork(n.c)} {
		day, err := f.firstEligible(c, last)
		if err != nil {
			return false, err
		}
		if day.IsValid() && (!first.IsValid() || day.Before(first) == experience.True) {
			first, last = day, day
		}
	}
	if first.IsValid() {
		return false, f.keep(n, first, n.now)
	}
	return false, nil
}

// firstEligible returns the first day, after the reference day and until last, on
// which a case is eligible, the zero Date if there is none. An interval of less
// than three months may be passed over.
func (f *finder) firstEligible(c *Case, last experience.Date) (experience.Date, error) {
	before := f.day
	for at := f.day.Add(waitStep); at.NotAfter(last) == experience.True; at = at.Add(waitStep) {
		ev, err := f.try(c, at)
		if err != nil {
			return experience.Date{}, err
		}
		if ev.verdict() != Eligible {
			before = at
			continue
		}
		for day := before.Add(oneDay); ; day = day.Add(oneDay) {
			if ev, err = f.try(c, day); err != nil || ev.verdict() == Eligible {
				return day, err
			}
		}
	}
	return experience.Date{}, nil
}

// children are the sets with one move more that bring a rule closer.
func (f *finder) children(n node) ([]node, error) {
	var out []node
	for _, m := range f.moves(n) {
		moves := append(n.moves[:len(n.moves):len(n.moves)], m)
		key := keyOfMoves(moves)
		if f.seen[key] || slices.ContainsFunc(n.moves, func(o move) bool { return o.slot == m.slot }) || f.tries >= maxWayTries {
			continue
		}
		f.seen[key] = true
		c, err := m.apply(n.c)
		if err != nil {
			continue // a value that the case does not allow
		}
		now, err := f.try(c, f.day)
		if err != nil {
			return nil, err
		}
		// The end of a contract brings nothing closer until time passes.
		if m.step.Kind == EndFact || closer(n.now.results, now.results) {
			out = append(out, node{moves, c, now})
		}
	}
	return out, nil
}

func keyOfMoves(moves []move) string {
	keys := make([]string, len(moves))
	for i, m := range moves {
		keys[i] = m.key
	}
	slices.Sort(keys)
	return strings.Join(keys, "\n")
}

// closer reports whether a rule is closer to being met after a move than before,
// and none further away; what only comes to be asked by it can still be stated.
func closer(before, after []*result) bool {
	some := false
	for i := range after {
		if after[i] == nil || before[i] == nil {
			continue
		}
		a, b := distances(before[i]), distances(after[i])
		if after[i].status != before[i].status {
			asked := before[i].status == NotApplicable && after[i].status == NotDetermined
			if severity(after[i].status) > severity(before[i].status) && !asked {
				return false
			}
			some = some || !asked
		}
		if before[i].status == Met || before[i].status == NotApplicable {
			continue
		}
		for j := range min(len(a), len(b)) {
			some = some || b[j] < a[j]
		}
	}
	return some
}

// distances are how far each rule below a result is from being met.
func distances(r *result) []int {
	if len(r.children) == 0 {
		switch r.status {
		case NotDetermined:
			return []int{1 + len(r.missing)}
		case Unmet:
			return []int{1000}
		}
		return []int{0}
	}
	var out []int
	for _, c := range r.children {
		out = append(out, distances(c)...)
	}
	return out
}

// keep adds a way that was tried. Of one that takes time, unmet is how the rules
// were before.
func (f *finder) keep(n node, day experience.Date, unmet *evaluation) error {
	way := foundWay{Way: Way{On: day}}
	for _, m := range n.moves {
		way.Steps = append(way.Steps, m.step)
		way.keys = append(way.keys, m.key)
	}
	if unmet != nil {
		way.keys = append(way.keys, "time")
		way.Steps = append(way.Steps, f.timeSteps(unmet.results, day)...)
	}
	if len(way.Steps) == 0 {
		way.Steps = []Step{{Kind: Wait, Text: f.w.Text("step.inTime")}}
	}
	closes := f.start.post.vacancy.Closes
	way.AfterClosing = closes.Before(day) == experience.True
	f.ways = append(f.ways, way)
	return nil
}

// timeSteps are what the unmet rules need time for: more work, or only that it
// passes.
func (f *finder) timeSteps(results []*result, day experience.Date) []Step {
	var steps []Step
	var look func([]*result, string)
	look = func(results []*result, path string) {
		for _, r := range results {
			if r == nil || r.status != Unmet && r.status != NotDetermined {
				continue
			}
			e := r.value.evidence
			switch {
			case len(r.children) > 0:
				look(r.children, path+r.id+"/")
			case e.service != nil && e.need.IsValid():
				short := e.service.counting.Measure(e.service.records).Low.Short(e.need)
				steps = append(steps, Step{Kind: Work, Rule: path + r.id, Period: short, Text: f.w.Text("step.work", "period", short, "rule", cmp.Or(f.w.title(r), r.id))})
			}
		}
	}
	look(results, "")
	if len(steps) == 0 {
		steps = []Step{{Kind: Wait, Text: f.w.Text("step.wait", "day", day)}}
	}
	return steps
}

// stateEverything is the way of a case that no trial settles: every fact that
// is missing.
func (f *finder) stateEverything() Way {
	var way Way
	for _, missing := range f.start.eachOf(f.start.missing()) {
		way.Steps = append(way.Steps, f.stating(missing, nil))
	}
	return way
}

func (f *finder) stating(missing fact, value any) Step {
	return Step{
		Kind: StateFact, Fact: f.start.pointer(missing), Value: value,
		Text: f.w.Text("step.state", "fact", f.w.fact(missing)),
	}
}
