package policytest

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// Boundary is two people of whom a rule thinks differently, and who differ in
// one fact by the least that it can differ: a day, a level, a yes or no.
type Boundary struct {
	Rule   string // path
	Fact   string // JSON Pointer into the case
	People [2]Person
}

// Person is one side of a [Boundary].
type Person struct {
	Value  string // of the fact, "" where it is not stated
	Status eligibility.Status
	Case   *eligibility.Case
	Stage  eligibility.Stage // that of the rule
	// Verdict is that of the assessment at the stage.
	Verdict eligibility.Verdict

	draft draft
}

// Boundaries finds, for a policy and a vacancy, the smallest histories on each
// side of every threshold that it comes across: of each rule and each fact on
// which it depends, a pair of people, with what the policy says of them. The
// same policy and vacancy give the same people.
func Boundaries(ctx context.Context, p *eligibility.Policy, v *eligibility.Vacancy) ([]Boundary, error) {
	post, err := p.Post(v)
	if err != nil {
		return nil, err
	}
	b := &boundaries{ctx: ctx, post: post, found: make(map[string]bool)}
	w := newWorld(p, v)
	for _, d := range w.histories() {
		b.around(d, w)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
	slices.SortStableFunc(b.out, func(x, y Boundary) int {
		return cmp.Or(cmp.Compare(b.order(x.Rule), b.order(y.Rule)), cmp.Compare(x.Fact, y.Fact))
	})
	return b.out, ctx.Err()
}

type boundaries struct {
	ctx   context.Context
	post  *eligibility.Post
	rules []string        // in the order in which they were met with
	found map[string]bool // what is looked for no longer
	out   []Boundary
}

// order is the place of a rule in the policy.
func (b *boundaries) order(rule string) int { return slices.Index(b.rules, rule) }

// statuses decides a draft: the status of every rule, nil where it is no case.
func (b *boundaries) statuses(d draft) map[string]eligibility.Status {
	c, err := d.build()
	if err != nil {
		return nil
	}
	a, err := b.post.Assess(b.ctx, c, eligibility.Outline(), eligibility.AtStage(eligibility.StageService))
	if err != nil {
		return nil
	}
	out := make(map[string]eligibility.Status)
	for path, f := range a.All() {
		if !slices.Contains(b.rules, path) {
			b.rules = append(b.rules, path)
		}
		out[path] = f.Status
	}
	return out
}

// around looks for thresholds by changing one fact of a history at a time. Of
// somebody who served in missions only that, as the rest is the same for all.
func (b *boundaries) around(d draft, w *world) {
	_, served := d.value([]step{"candidate", "contracts"}).([]any)
	for _, part := range parts {
		for _, path := range d.places([]step{part}) {
			if b.ctx.Err() != nil {
				return
			}
			if served && part == "candidate" && path[1] != "contracts" {
				continue
			}
			if v, ok := d.value(path).(string); ok && writtenDay.MatchString(v) {
				b.days(d, path, v, w.day)
			} else {
				b.values(d, path, others(path, d.value(path)))
			}
		}
	}
}

var writtenDay = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

// others returns the values nearest to a fact that is not a day.
func others(path []step, v any) []any {
	switch v := v.(type) {
	case string:
		return instead(path, v)
	case bool:
		return []any{!v}
	case float64:
		return near(path, v)
	case map[string]any:
		if _, inList := path[len(path)-1].(int); inList && len(path) == 3 {
			return []any{nil} // a record, or none
		}
	}
	return nil
}

// away are the distances at which a day is tried.
var away = []experience.Period{
	period(0, 0, 1), period(0, 1, 0), period(1, 0, 0), period(2, 0, 0), period(5, 0, 0), period(12, 0, 0), period(18, 6, 0),
}

// days moves a day and looks for the day at which a rule turns.
func (b *boundaries) days(d draft, path []step, text string, applied experience.Date) {
	at, err := experience.ParseDate(text)
	if err != nil {
		return
	}
	tried := []experience.Date{at, applied, applied.Add(away[0])}
	for _, p := range away {
		tried = append(tried, at.Add(p), at.Subtract(p))
	}
	slices.SortStableFunc(tried, func(x, y experience.Date) int {
		if x.Before(y) == experience.True {
			return -1
		}
		return 1
	})
	type day struct {
		date     experience.Date
		statuses map[string]eligibility.Status
	}
	decide := func(date experience.Date) day {
		return day{date, b.statuses(d.with(path, date.String()))}
	}
	var last day
	for _, date := range tried {
		next := decide(date)
		if next.statuses == nil {
			continue
		}
		if last.statuses != nil {
			for _, rule := range changed(last.statuses, next.statuses) {
				low, high := last, next
				if b.found[b.key(d, path, rule, last.statuses[rule], next.statuses[rule])] {
					continue
				}
				for low.date.Add(away[0]) != high.date {
					middle := decide(halfway(low.date, high.date))
					if middle.statuses == nil {
						break
					}
					if middle.statuses[rule] == low.statuses[rule] {
						low = middle
					} else {
						high = middle
					}
				}
				if low.date.Add(away[0]) == high.date {
					b.keep(d, path, rule, low.date.String(), high.date.String())
				}
			}
		}
		last = next
	}
}

// halfway is a day between two that are not neighbours.
func halfway(low, high experience.Date) experience.Date {
	for _, p := range []experience.Period{period(8, 0, 0), period(4, 0, 0), period(2, 0, 0), period(1, 0, 0), period(0, 6, 0), period(0, 3, 0), period(0, 1, 0), period(0, 0, 16), period(0, 0, 8), period(0, 0, 4), period(0, 0, 2)} {
		if middle := low.Add(p); middle.Before(high) == experience.True {
			return middle
		}
	}
	return low.Add(away[0])
}

// values tries other values of a fact.
func (b *boundaries) values(d draft, path []step, others []any) {
	here := b.statuses(d)
	if here == nil {
		return
	}
	for _, other := range others {
		there := b.statuses(d.with(path, other))
		if there == nil {
			continue
		}
		for _, rule := range changed(here, there) {
			b.keep(d, path, rule, d.value(path), other)
		}
	}
}

// changed returns the rules of which two assessments think differently.
func changed(a, b map[string]eligibility.Status) []string {
	var out []string
	for _, rule := range sorted(a) {
		if after, ok := b[rule]; ok && after != a[rule] {
			out = append(out, rule)
		}
	}
	return out
}

// key tells what kind of boundary it is; one with a leap day is of its own kind.
func (b *boundaries) key(d draft, path []step, rule string, x, y eligibility.Status) string {
	leap := strings.Contains(fmt.Sprint(d.value(path[:len(path)-1])), "-02-29")
	return fmt.Sprint(rule, " ", pointer(path), " ", x, " ", y, " ", leap)
}

// keep makes the two people as small as they can be and keeps them, if they
// are the first of their kind.
func (b *boundaries) keep(d draft, path []step, rule string, one, other any) {
	sides := func(d draft) (x, y map[string]eligibility.Status) {
		return b.statuses(d.with(path, one)), b.statuses(d.with(path, other))
	}
	x, y := sides(d)
	if x == nil || y == nil || x[rule] == y[rule] {
		return
	}
	key := b.key(d, path, rule, x[rule], y[rule])
	if b.found[key] {
		return
	}
	b.found[key] = true
	small := shrink(d, func(d draft) bool {
		if d.value(path[:len(path)-1]) == nil {
			return false
		}
		sx, sy := sides(d)
		return sx != nil && sy != nil && sx[rule] == x[rule] && sy[rule] == y[rule]
	})
	boundary := Boundary{Rule: rule, Fact: pointer(path)}
	for i, v := range []any{one, other} {
		person, err := b.person(small.with(path, v), rule, v)
		if err != nil {
			return
		}
		boundary.People[i] = person
	}
	b.out = append(b.out, boundary)
}

// person decides one side at the stage of the rule.
func (b *boundaries) person(d draft, rule string, v any) (Person, error) {
	c, err := d.build()
	if err != nil {
		return Person{}, err
	}
	out := Person{Case: c, draft: d}
	switch v := v.(type) {
	case nil:
	case map[string]any:
		out.Value = "on record"
	default:
		out.Value = fmt.Sprint(v)
	}
	for _, stage := range []eligibility.Stage{eligibility.StageApplication, eligibility.StageSelection, eligibility.StageDeployment, eligibility.StageService} {
		a, err := b.post.Assess(b.ctx, c, eligibility.Outline(), eligibility.AtStage(stage))
		if err != nil {
			return Person{}, err
		}
		if f, ok := a.Finding(strings.Split(rule, "/")...); ok {
			out.Stage, out.Status, out.Verdict = stage, f.Status, a.Verdict
			return out, nil
		}
	}
	return out, fmt.Errorf("no rule %s", rule)
}

// instead returns the values that a text may have in place of what it is.
func instead(path []step, v string) []any {
	field, _ := path[len(path)-1].(string)
	if field == "" { // an element of a list
		field, _ = path[len(path)-2].(string)
	}
	var out []any
	for _, ladder := range ladders {
		if i := slices.Index(ladder, v); i >= 0 && (field == "cycle" || field == "level") {
			if i > 0 {
				out = append(out, ladder[i-1])
			}
			if i+1 < len(ladder) {
				out = append(out, ladder[i+1])
			}
			return out
		}
	}
	switch field {
	case "citizenships":
		return []any{"US", nil}
	case "domains", "levels":
		return []any{"another", nil}
	case "fields":
		return []any{"1013"}
	case "code", "mission":
		return []any{"XX", nil}
	case "kind", "regime", "service":
		if path[1] == "credentials" {
			return []any{"another"}
		}
		for _, other := range options[field] {
			if other != v {
				out = append(out, other)
			}
		}
		return append(out, nil)
	}
	return nil
}

// near returns the numbers next to a number.
func near(path []step, v float64) []any {
	switch path[len(path)-1] {
	case "studyYears":
		return []any{v - 0.5, v + 0.5}
	case "fraction":
		return []any{v / 2}
	}
	return []any{v - 1, v + 1}
}
