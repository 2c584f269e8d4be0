package eligibility

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// WithReadings assesses a case under every combination of readings that can
// matter to it, and says whether the verdict hangs on one.
func WithReadings() AssessOption {
	return assessOptionFunc(func(o *assessOptions) { o.readings = true })
}

// Sensitivity says whether a verdict would be another one under other readings
// of the policy than those that were chosen.
type Sensitivity struct {
	Robust bool `json:"robust"` // every combination gives the same verdict
	// Consulted are the readings that a rule asked for, in the order of the
	// policy, and Runs is how many assessments it took to try them.
	Consulted []string `json:"consulted,omitzero"`
	Runs      int      `json:"runs"`
	// Flips are the smallest changes of readings that change the verdict.
	Flips []Flip `json:"flips,omitzero"`
}

// Flip is a change of readings that changes the verdict; no part of it gives
// that verdict.
type Flip struct {
	Readings map[string]string `json:"readings"` // the changed ones with their options
	Verdict  Verdict           `json:"verdict"`
	Rules    []string          `json:"rules"` // the rules at the top whose status it changes
}

// MaxReadingRuns is how many assessments [WithReadings] makes at most for one
// case; a policy that needs more is refused with an error.
const MaxReadingRuns = 5000

// severity orders statuses by what they do to a verdict.
func severity(s Status) int {
	switch s {
	case Unmet:
		return 2
	case NotDetermined:
		return 1
	}
	return 0
}

var bySeverity = [...]Verdict{Eligible, Undetermined, Ineligible}

// explorer tries readings.
type explorer struct {
	ev        *evaluation // under the readings that were chosen
	post      *Post       // whose plans ask for readings when they are evaluated
	chosen    *readingRun
	ran       map[string]*readingRun // by the options of all readings
	consulted readingSet
}

// readingRun is what an evaluation under a choice of readings came to.
type readingRun struct {
	verdict  Verdict
	statuses []Status     // of the rules at the top; "" where one was not looked at
	asked    []readingSet // by each of them
}

// choice is an option of some readings, by number.
type choice map[int]string

func (ev *evaluation) sensitivity() (*Sensitivity, error) {
	asking, err := ev.post.asking()
	if err != nil {
		return nil, err
	}
	x := &explorer{ev: ev, post: asking.post, ran: make(map[string]*readingRun)}
	readings := ev.post.policy.source.Readings
	x.consulted = newReadingSet(len(readings))
	if x.chosen, err = x.run(choice{}); err != nil {
		return nil, err
	}
	var groups []outcomes
	for _, g := range asking.groups {
		found := outcomes{}
		if err := x.explore(g, choice{}, found); err != nil {
			return nil, err
		}
		groups = append(groups, found)
	}
	s := &Sensitivity{Robust: true}
	now := x.chosen.severity(nil)
	for to := range bySeverity {
		if to == now {
			continue
		}
		changes, err := reaching(groups, to)
		if err != nil {
			return nil, err
		}
		for _, c := range changes {
			flip, err := x.flip(c, bySeverity[to])
			if err != nil {
				return nil, err
			}
			s.Flips = append(s.Flips, flip)
		}
	}
	s.Robust, s.Runs = len(s.Flips) == 0, len(x.ran)
	for i, r := range readings {
		if x.consulted.has(i) {
			s.Consulted = append(s.Consulted, r.ID)
		}
	}
	slices.SortStableFunc(s.Flips, func(a, b Flip) int { return len(a.Readings) - len(b.Readings) })
	return s, nil
}

// sensitiveTo returns the readings that flips change, in the order of the
// policy.
func (s *Sensitivity) sensitiveTo() []string {
	return slices.DeleteFunc(slices.Clone(s.Consulted), func(id string) bool {
		return !slices.ContainsFunc(s.Flips, func(f Flip) bool { return f.Readings[id] != "" })
	})
}

// severity is that of the worst of some rules at the top, by their number; of
// all of them where rules is nil.
func (r *readingRun) severity(rules []int) int {
	worst := 0
	for i, status := range r.statuses {
		if rules == nil || slices.Contains(rules, i) {
			worst = max(worst, severity(status))
		}
	}
	return worst
}

// outcomes are the changes of readings by the severity that they lead to.
type outcomes map[int][]choice

// explore tries every option of the readings that the rules of a group ask for
// where those of assigned are chosen. Two choices that differ only in readings
// that no rule asks for are one.
func (x *explorer) explore(g readingGroup, assigned choice, found outcomes) error {
	run, err := x.run(assigned)
	if err != nil {
		return err
	}
	asked := newReadingSet(len(x.post.policy.source.Readings))
	for _, i := range g.rules {
		asked.join(run.asked[i])
	}
	x.consulted.join(asked)
	for i, r := range x.post.policy.source.Readings {
		if _, done := assigned[i]; done || !asked.has(i) {
			continue
		}
		for _, option := range slices.Sorted(maps.Keys(r.Options)) {
			next := maps.Clone(assigned)
			next[i] = option
			if err := x.explore(g, next, found); err != nil {
				return err
			}
		}
		return nil
	}
	changes := choice{}
	for i, option := range assigned {
		if option != x.post.policy.chosen[i] {
			changes[i] = option
		}
	}
	severity := run.severity(g.rules)
	found[severity] = append(found[severity], changes)
	return nil
}

// run evaluates the case under a choice of readings, once.
func (x *explorer) run(c choice) (*readingRun, error) {
	options := slices.Clone(x.post.policy.chosen)
	for i, option := range c {
		options[i] = option
	}
	key := strings.Join(options, "\n")
	if run := x.ran[key]; run != nil {
		return run, nil
	}
	if len(x.ran) >= MaxReadingRuns {
		return nil, fmt.Errorf("policy %s: more than %d combinations of readings matter to case %s: choose some of them", x.post.policy.Name(), MaxReadingRuns, x.ev.c.ID)
	}
	ev := x.post.evaluation(x.ev.ctx, x.ev.c, &assessOptions{stage: x.ev.stage})
	defer ev.release()
	ev.consulting = newConsultation(x.post, options)
	if err := ev.run(); err != nil {
		return nil, err
	}
	run := &readingRun{verdict: ev.verdict(), statuses: make([]Status, len(ev.results)), asked: ev.consulting.rules}
	for i, r := range ev.results {
		if r != nil {
			run.statuses[i] = r.status
		}
	}
	x.ran[key] = run
	return run, nil
}

// flip describes a change and makes sure of it.
func (x *explorer) flip(c choice, verdict Verdict) (Flip, error) {
	run, err := x.run(c)
	if err != nil {
		return Flip{}, err
	}
	if run.verdict != verdict {
		return Flip{}, fmt.Errorf("internal error: readings %v give %s and not %s", c, run.verdict, verdict)
	}
	f := Flip{Readings: make(map[string]string), Verdict: verdict}
	for i, option := range c {
		f.Readings[x.post.policy.source.Readings[i].ID] = option
	}
	for i, status := range run.statuses {
		if status != x.chosen.statuses[i] {
			f.Rules = append(f.Rules, x.post.rules[i].ID)
		}
	}
	return f, nil
}

// reaching returns the smallest changes after which the worst of the groups is
// of a severity.
func reaching(groups []outcomes, to int) ([]choice, error) {
	var all []choice
	// One group is of that severity, and no other is worse.
	for i := range groups {
		changes := smallest(groups[i][to])
		for j := range groups {
			if j == i || len(changes) == 0 {
				continue
			}
			var others []choice
			for severity := range to + 1 {
				others = append(others, groups[j][severity]...)
			}
			var both []choice
			for _, a := range changes {
				for _, b := range smallest(others) {
					joined := maps.Clone(a)
					maps.Copy(joined, b)
					both = append(both, joined)
				}
			}
			if changes = smallest(both); len(changes) > MaxReadingRuns {
				return nil, fmt.Errorf("more than %d changes of readings change the verdict: choose some of them", MaxReadingRuns)
			}
		}
		all = append(all, changes...)
	}
	return smallest(all), nil
}

// smallest returns the choices of which no other one is a part, the smallest
// first.
func smallest(choices []choice) []choice {
	choices = slices.Clone(choices)
	slices.SortStableFunc(choices, func(a, b choice) int { return len(a) - len(b) })
	var kept []choice
	for _, c := range choices {
		if !slices.ContainsFunc(kept, func(k choice) bool { return k.isPartOf(c) }) {
			kept = append(kept, c)
		}
	}
	return kept
}

func (c choice) isPartOf(d choice) bool {
	for i, option := range c {
		if d[i] != option {
			return false
		}
	}
	return true
}
