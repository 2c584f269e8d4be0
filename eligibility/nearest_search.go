package eligibility

import (
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/experience"
)

// The bounds of the search.
const (
	maxWaySteps = 4
	maxWays     = 12
	maxWayTries = 12000 // assessments
)

var (
	furthestWait = experience.MustParsePeriod("P12Y")
	waitStep     = experience.MustParsePeriod("P3M")
	longWaitStep = experience.MustParsePeriod("P1Y") // after two moves or more
)

// finder looks for ways, breadth first: sets of one step before sets of two.
type finder struct {
	w         *wording
	start     *evaluation
	day       experience.Date
	tries     int // assessments so far, and how many there may be
	limit     int
	seen      map[string]bool
	found     []foundWay
	bettered  []bool // the rules at the top that some trial saw other than unmet
	exhausted bool   // no set of moves that may help was left out
	untried   bool   // a fact is missing that no move can state
	documents []document
}

// node is a set of moves under trial.
type node struct {
	moves []move
	c     *Case
	now   *evaluation
}

func (f *finder) search() error {
	first := node{c: f.start.c}
	var err error
	if first.now, err = f.try(first.c, f.day); err != nil {
		return err
	}
	f.exhausted, f.limit = true, maxWayTries
	level := []node{first}
	for size := 0; len(level) > 0; size++ {
		var next []node
		for _, n := range level {
			if f.tries >= f.limit {
				f.exhausted = false
				break
			}
			solved, err := f.solve(n)
			if err != nil {
				return err
			}
			if solved {
				continue
			}
			if len(n.moves)+n.atLeast() > maxWaySteps {
				f.exhausted = false
				continue
			}
			children, err := f.children(n)
			if err != nil {
				return err
			}
			next = append(next, children...)
		}
		if len(next) > 0 && (size == maxWaySteps || f.tries >= f.limit) {
			f.exhausted = false
			break
		}
		level = next
	}
	if len(f.found) > 0 || f.exhausted {
		return nil
	}
	last, err := f.everything(first)
	if err == nil {
		_, err = f.solve(last)
	}
	return err
}

// atLeast is how many moves more it takes: one for each rule at the top that hangs
// on facts of its own.
func (n node) atLeast() int {
	var apart []fact
	count := 0
	for _, r := range n.now.results {
		if r == nil || r.status != NotDetermined {
			continue
		}
		missing := n.now.eachOf(r.missing)
		if !slices.ContainsFunc(missing, func(f fact) bool { return slices.Contains(apart, f) }) {
			count++
		}
		apart = append(apart, missing...)
	}
	return count
}

// everything takes one move after the other that brings a rule closer, until
// none does.
func (f *finder) everything(n node) (node, error) {
	f.seen = make(map[string]bool)
	for f.limit = f.tries + maxWayTries; f.tries < f.limit; {
		children, err := f.children(n)
		if err != nil {
			return n, err
		}
		better := slices.IndexFunc(children, func(c node) bool { return c.moves[len(c.moves)-1].step.Kind != ApplyAs })
		if better < 0 {
			break
		}
		n = children[better]
	}
	return n, nil
}

// try decides a case as if the vacancy were open on a day.
func (f *finder) try(c *Case, day experience.Date) (*evaluation, error) {
	f.tries++
	ev, err := f.start.onDay(c, day, true)
	if err == nil {
		for i, r := range ev.results {
			f.bettered[i] = f.bettered[i] || r == nil || r.status != Unmet
		}
	}
	return ev, err
}

// eligible reports whether a case is eligible as if the vacancy were open on a
// day.
func (f *finder) eligible(c *Case, day experience.Date) (bool, error) {
	ev, err := f.try(c, day)
	if err != nil {
		return false, err
	}
	defer ev.release()
	return ev.verdict() == Eligible, nil
}

// solve keeps a node as a way if it is eligible at once or after some time. Time
// does not stop the search: there may be a quicker way.
func (f *finder) solve(n node) (bool, error) {
	if n.now.verdict() == Eligible {
		f.found = append(f.found, foundWay{moves: n.moves, day: f.day})
		return true, nil
	}
	way := foundWay{moves: n.moves, last: n.now}
	last := f.day.Add(furthestWait)
	for _, worked := range []bool{false, true} {
		c := n.c
		if worked {
			c = f.withWork(c)
		}
		day, err := f.firstEligible(c, last, len(n.moves))
		if err != nil {
			return false, err
		}
		if day.IsValid() && (!way.day.IsValid() || day.Before(way.day) == experience.True) {
			way.day, way.worked, last = day, worked, day
		}
	}
	if way.day.IsValid() {
		f.found = append(f.found, way)
	}
	return false, nil
}

// firstEligible returns the first day, after the reference day and until last, on
// which a case is eligible after some moves, the zero Date if there is none. An
// interval of less than three months, or a year, may be passed over.
func (f *finder) firstEligible(c *Case, last experience.Date, moves int) (experience.Date, error) {
	step := waitStep
	if moves > 1 {
		step = longWaitStep
	}
	before := f.day
	for at := f.day.Add(step); at.NotAfter(last) == experience.True; at = at.Add(step) {
		some, err := f.eligible(c, at)
		if err != nil {
			return experience.Date{}, err
		}
		if !some {
			before = at
			continue
		}
		for day := before.Add(oneDay); ; day = day.Add(oneDay) {
			if some, err = f.eligible(c, day); err != nil || some {
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
		if f.seen[key] || slices.ContainsFunc(n.moves, func(o move) bool { return o.slot == m.slot }) {
			continue
		}
		if f.tries >= f.limit {
			f.exhausted = false
			break
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
		// The end of a contract brings nothing closer until time passes, and another
		// regime asks for more before it does.
		// What is stated may leave a rule to hang on another fact.
		better, worse := compared(n.now.results, now.results)
		if m.step.Kind == EndFact || m.step.Kind == ApplyAs || !worse && (better || m.step.Kind == StateFact) {
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

// compared reports whether some rule is closer to being met after a move than
// before, and whether some rule is further away; what only comes to be asked by
// it can still be stated.
func compared(before, after []*result) (better, worse bool) {
	for i := range after {
		if after[i] == nil || before[i] == nil {
			continue
		}
		a, b := distances(before[i]), distances(after[i])
		if after[i].status != before[i].status {
			asked := before[i].status == NotApplicable && after[i].status == NotDetermined
			worse = worse || severity(after[i].status) > severity(before[i].status) && !asked
			better = better || !asked
		}
		if before[i].status == Met || before[i].status == NotApplicable {
			continue
		}
		for j := range min(len(a), len(b)) {
			better = better || b[j] < a[j]
		}
	}
	return better, worse
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
