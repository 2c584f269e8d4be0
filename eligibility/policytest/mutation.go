package policytest

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/internal/mutation"
)

// Mutant is a policy with one error of those that drafters make.
type Mutant struct {
	Name   string   `json:"name"`         // what was changed and where, without the line
	Kind   string   `json:"kind"`         // the class of the error, such as threshold or dropped
	Rule   string   `json:"rule"`         // path of the rule, variables.name, or what stands at the top
	Key    string   `json:"key,omitzero"` // expression, when and so on
	File   string   `json:"file"`
	Line   int      `json:"line"`
	Column int      `json:"column"`
	Was    string   `json:"was"`
	Now    string   `json:"now,omitzero"` // empty where something was left out
	Cite   []string `json:"cite,omitzero"`
	// Killer is the smallest case that was found on which the policy and the
	// mutant differ, nil where none was.
	Killer *Killer `json:"killer,omitzero"`
}

// Mutation is how a suite fared against the mutants of a policy.
type Mutation struct {
	Mutants   int      `json:"mutants"` // that are policies
	Killed    int      `json:"killed"`
	Invalid   int      `json:"invalid"` // could not be loaded: not counted
	Survivors []Mutant `json:"survivors"`
	// Equivalent are the survivors that the suite lists as equivalent, and
	// Stale the names that it lists and that did not survive.
	Equivalent []Mutant `json:"equivalent"`
	Stale      []string `json:"stale"`
}

// OK reports whether the suite noticed every mutant that it does not list as
// equivalent, and lists no other.
func (m *Mutation) OK() bool { return len(m.Survivors) == 0 && len(m.Stale) == 0 }

// Sample tests only every n-th mutant.
func Sample(n int) Option {
	return optionFunc(func(s *settings) { s.sample = n })
}

// Mutate puts errors into a policy, one at a time, and reports those that the
// suite does not notice. The suite must agree with the policy as it is.
func Mutate(ctx context.Context, p *eligibility.Policy, s *Suite, options ...Option) (*Mutation, error) {
	set := settingsOf(options)
	failed := slices.DeleteFunc(s.Check(ctx, p, options...), func(r Result) bool { return r.OK() })
	if len(failed) > 0 {
		var b strings.Builder
		failed[0].Print(&b)
		return nil, fmt.Errorf("the policy does not agree with its suite: run its cases (policychange cases), then mend them or the policy, "+
			"or write them anew (-update); %d of %d cases fail, the first is\n%s", len(failed), len(s.Cases), b.String())
	}
	name, data := p.Text()
	mutants, err := mutation.Of(name, data)
	if err != nil {
		return nil, err
	}
	if set.sample > 1 {
		var some []mutation.Mutant
		for i := 0; i < len(mutants); i += set.sample {
			some = append(some, mutants[i])
		}
		mutants = some
	}
	r := &mutationRun{policy: p, suite: s, vacancies: byReference(set.vacancies), order: newKillOrder(len(s.Cases))}
	outcomes := make([]outcome, len(mutants))
	err = inParallel(len(mutants), func(i int) (err error) {
		outcomes[i], err = r.one(ctx, &mutants[i])
		return err
	})
	if err != nil {
		return nil, err
	}
	report := &Mutation{}
	var of []*mutation.Mutant // of each survivor
	for i, o := range outcomes {
		m := &mutants[i]
		if o != invalid {
			report.Mutants++
		}
		switch o {
		case invalid:
			report.Invalid++
		case killed:
			report.Killed++
		case survived:
			survivor := Mutant{
				Name: m.Name(), Kind: string(m.Kind), Rule: m.Rule, Key: m.Key, File: name, Line: m.Line, Column: m.Column,
				Was: m.Was, Now: m.Now, Cite: citeOf(p.Rules(), m.Rule),
			}
			if _, listed := s.Equivalent[m.Name()]; listed {
				report.Equivalent = append(report.Equivalent, survivor)
				continue
			}
			report.Survivors, of = append(report.Survivors, survivor), append(of, m)
		}
	}
	k := newKillers(r)
	err = inParallel(min(len(of), searched), func(i int) (err error) {
		report.Survivors[i].Killer, err = k.of(ctx, of[i])
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, listed := range slices.Sorted(maps.Keys(s.Equivalent)) {
		if set.sample <= 1 && !slices.ContainsFunc(report.Equivalent, func(m Mutant) bool { return m.Name == listed }) {
			report.Stale = append(report.Stale, listed)
		}
	}
	return report, nil
}

type outcome byte

const (
	killed outcome = iota
	survived
	invalid
)

// mutationRun runs a suite on mutants.
type mutationRun struct {
	policy    *eligibility.Policy
	suite     *Suite
	vacancies map[string]*eligibility.Vacancy
	order     *killOrder
}

// inParallel does n things on all processors and returns the first error in
// their order.
func inParallel(n int, do func(i int) error) error {
	errs := make([]error, n)
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				errs[i] = do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// load returns the mutant with the readings that the policy has chosen.
func (r *mutationRun) load(m *mutation.Mutant) (*eligibility.Policy, error) {
	data, err := m.Policy()
	if err != nil {
		return nil, err
	}
	p, err := eligibility.LoadPolicy(m.Rule, data)
	if err != nil {
		return nil, err
	}
	chosen := r.policy.Chosen()
	for _, reading := range r.policy.Readings() {
		// A reading that was left at its default follows the mutant's default.
		if chosen[reading.ID] == reading.Default {
			delete(chosen, reading.ID)
		}
	}
	return withReadings(p, chosen)
}

func (r *mutationRun) one(ctx context.Context, m *mutation.Mutant) (outcome, error) {
	p, err := r.load(m)
	if err != nil {
		return invalid, nil
	}
	sub := newSubject(p, r.vacancies)
	for _, i := range r.order.of(m.Rule) {
		if ctx.Err() != nil {
			return invalid, ctx.Err()
		}
		c := &r.suite.Cases[i]
		a, err := sub.assess(ctx, c, true)
		if err != nil || !c.Expect.agrees(a) {
			r.order.killed(m.Rule, i)
			return killed, nil
		}
	}
	return survived, nil
}

// killOrder has the cases that killed mutants of a rule tried first on others
// of that rule.
type killOrder struct {
	mu    sync.Mutex
	all   []int
	first map[string][]int
}

func newKillOrder(n int) *killOrder {
	o := &killOrder{first: make(map[string][]int)}
	for i := range n {
		o.all = append(o.all, i)
	}
	return o
}

func (o *killOrder) of(rule string) []int {
	o.mu.Lock()
	defer o.mu.Unlock()
	first := slices.Clone(o.first[rule])
	for _, i := range o.all {
		if !slices.Contains(first, i) {
			first = append(first, i)
		}
	}
	return first
}

func (o *killOrder) killed(rule string, i int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	list := slices.DeleteFunc(o.first[rule], func(j int) bool { return j == i })
	o.first[rule] = append([]int{i}, list...)
}

// citeOf returns the citation of a rule, or of the one around it.
func citeOf(rules []eligibility.Rule, path string) []string {
	id, rest, _ := strings.Cut(path, "/")
	for _, r := range rules {
		if r.ID != id {
			continue
		}
		if inner := citeOf(slices.Concat(r.AnyOf, r.AllOf), rest); inner != nil {
			return inner
		}
		return r.Cite
	}
	return nil
}
