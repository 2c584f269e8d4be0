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
	chosen    *evaluation
	ran       map[string]*evaluation // by the options of all readings
	consulted readingSet
}

// readingSet is a set of readings by their number.
type readingSet map[int]bool

// choice is an option of some readings, by number.
type choice map[int]string

func (ev *evaluation) sensitivity() (*Sensitivity, error) {
	x := &explorer{chosen: ev, consulted: readingSet{}, ran: make(map[string]*evaluation)}
	readings := ev.post.policy.source.Readings
	var groups []outcomes
	rest := outcomes{}
	for _, g := range x.groups() {
		if len(g.readings) == 0 {
			rest = outcomes{severityOf(ev, g.rules): {choice{}}}
			continue
		}
		found := outcomes{}
		if err := x.explore(g, choice{}, found); err != nil {
			return nil, err
		}
		groups = append(groups, found)
	}
	if len(rest) > 0 {
		groups = append(groups, rest)
	}
	s := &Sensitivity{Robust: true}
	now := severityOf(ev, ev.results)
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
		if x.consulted[i] {
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

func severityOf(ev *evaluation, results []*result) int {
	worst := 0
	for _, r := range results {
		if r != nil {
			worst = max(worst, severity(r.status))
		}
	}
	return worst
}

// readingGroup is rules that share readings, directly or by others between:
// what one group does, no reading of another group can change.
type readingGroup struct {
	readings readingSet
	rules    []*result
}

// groups puts the rules at the top that were looked at into groups. Rules
// without readings are one group.
func (x *explorer) groups() []readingGroup {
	var groups []readingGroup
	for _, r := range x.chosen.results {
		if r == nil {
			continue
		}
		g := readingGroup{readings: x.chosen.mentioned(r.rule), rules: []*result{r}}
		groups = slices.DeleteFunc(groups, func(other readingGroup) bool {
			shares := len(g.readings) == 0 && len(other.readings) == 0
			for i := range other.readings {
				shares = shares || g.readings[i]
			}
			if shares {
				maps.Copy(g.readings, other.readings)
				g.rules = append(other.rules, g.rules...)
			}
			return shares
		})
		groups = append(groups, g)
	}
	return groups
}

// outcomes are the changes of readings by the severity that they lead to.
type outcomes map[int][]choice

// explore tries every option of the readings that the rules of a group ask for
// where those of assigned are chosen. Two choices that differ only in readings
// that no rule asks for are one.
func (x *explorer) explore(g readingGroup, assigned choice, found outcomes) error {
	ev, err := x.run(assigned)
	if err != nil {
		return err
	}
	asked := readingSet{}
	c := consultation{ev: ev, variables: make(map[int]readingSet), rules: make(map[int]readingSet)}
	rules := make([]*result, 0, len(g.rules))
	for i, r := range ev.results {
		if slices.ContainsFunc(g.rules, func(of *result) bool { return r != nil && of.rule == r.rule }) {
			rules = append(rules, r)
			maps.Copy(asked, c.rule(i))
		}
	}
	maps.Copy(x.consulted, asked)
	for _, i := range slices.Sorted(maps.Keys(asked)) {
		if _, done := assigned[i]; done {
			continue
		}
		r := ev.post.policy.source.Readings[i]
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
		if option != x.chosen.post.policy.chosen[i] {
			changes[i] = option
		}
	}
	severity := severityOf(ev, rules)
	found[severity] = append(found[severity], changes)
	return nil
}

// run evaluates the case under a choice of readings, once.
func (x *explorer) run(c choice) (*evaluation, error) {
	chosen := slices.Clone(x.chosen.post.policy.chosen)
	for i, option := range c {
		chosen[i] = option
	}
	key := strings.Join(chosen, " ")
	if ev := x.ran[key]; ev != nil {
		return ev, nil
	}
	if len(x.ran) >= MaxReadingRuns {
		return nil, fmt.Errorf("policy %s: more than %d combinations of readings matter to case %s: choose some of them", x.chosen.post.policy.Name(), MaxReadingRuns, x.chosen.c.ID)
	}
	post, err := x.chosen.post.withChosen(chosen)
	if err != nil {
		return nil, err
	}
	ev := post.evaluation(x.chosen.ctx, x.chosen.c, &assessOptions{stage: x.chosen.stage, interpreted: x.chosen.interpreted})
	x.ran[key] = ev
	return ev, ev.run()
}

// withChosen returns the post with other options of the readings.
func (p *Post) withChosen(chosen []string) (*Post, error) {
	policy := *p.policy
	policy.chosen = chosen
	post := &Post{
		policy: &policy, vacancy: p.vacancy, sha256: p.sha256, canonical: p.canonical,
		rules: p.rules, desirable: p.desirable, names: p.names, judgements: p.judgements,
	}
	return post, post.specialise()
}

// flip describes a change and makes sure of it.
func (x *explorer) flip(c choice, verdict Verdict) (Flip, error) {
	ev, err := x.run(c)
	if err != nil {
		return Flip{}, err
	}
	if ev.verdict() != verdict {
		return Flip{}, fmt.Errorf("internal error: readings %v give %s and not %s", c, ev.verdict(), verdict)
	}
	f := Flip{Readings: make(map[string]string), Verdict: verdict}
	for i, option := range c {
		f.Readings[ev.post.policy.source.Readings[i].ID] = option
	}
	for i, r := range ev.results {
		if r != nil && r.status != x.chosen.results[i].status {
			f.Rules = append(f.Rules, r.id)
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
