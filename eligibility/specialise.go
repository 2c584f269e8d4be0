package eligibility

import (
	"strconv"

	"github.com/google/cel-go/common/types/ref"
)

// step is a rule as it is decided about a post: with the plans of its
// expressions, without what cannot apply.
type step struct {
	rule       *rule
	id         string
	order      int  // of its stage
	never      bool // its when is false about this post, whatever the case
	deadline   bool // it asks only whether the application came by the closing date
	when       *planned
	expression *planned
	message    *planned
	due        *planned
	list       *planned // of an each whose elements differ from case to case
	element    ref.Val  // of an each whose elements the post fixes: this step's
	children   []*step
}

// planned is an expression with its plan.
type planned struct {
	program *program
	plan    plan
}

// maxUnfolded is the number of elements up to which an each has a step for
// every one of them.
const maxUnfolded = 64

// specialise makes the steps of a post.
func (p *Post) specialise() error {
	p.records = newPostRecords(p)
	k := &planner{post: p, variables: make([]*plan, len(p.policy.variables))}
	for _, r := range p.rules {
		s, err := k.step(r)
		if err != nil {
			return err
		}
		p.steps = append(p.steps, s)
	}
	for _, r := range p.desirable {
		s, err := k.step(r)
		if err != nil {
			return err
		}
		p.desirableSteps = append(p.desirableSteps, s)
	}
	p.slots = k.slots
	return nil
}

func (p *planner) step(r *rule) (*step, error) {
	s := &step{rule: r, id: r.ID, order: r.stage.order(), deadline: r.isDeadline()}
	var err error
	if s.when, err = p.planned(r.when); err != nil {
		return nil, err
	}
	if s.when != nil && s.when.plan.isFalse() {
		s.never = true
	}
	if s.due, err = p.planned(r.due); err != nil {
		return nil, err
	}
	if r.list != nil {
		return s, p.each(s)
	}
	if s.message, err = p.planned(r.message); err != nil {
		return nil, err
	}
	if s.expression, err = p.planned(r.expression); err != nil {
		return nil, err
	}
	for _, child := range r.children {
		c, err := p.step(child)
		if err != nil {
			return nil, err
		}
		s.children = append(s.children, c)
	}
	return s, nil
}

func (p *planner) planned(of *program) (*planned, error) {
	if of == nil {
		return nil, nil
	}
	made, err := p.program(of)
	return &planned{of, made}, err
}

// each plans a rule that is repeated for every element of a list.
func (p *planner) each(s *step) error {
	r := s.rule
	list, err := p.planned(r.list)
	if err != nil {
		return err
	}
	elements, ok := elementsOf(list.plan.fixed)
	if !ok || elements.length() > maxUnfolded {
		s.list = list
		return p.element(s, p.ofCase(func(ev *evaluation) ref.Val { return ev.current }))
	}
	s.children = make([]*step, elements.length())
	for i := range s.children {
		element := elements.at(i)
		c := &step{rule: r, id: strconv.Itoa(i), element: element}
		if err = p.element(c, fixed(element)); err != nil {
			return err
		}
		s.children[i] = c
	}
	return nil
}

// element plans what is asked of an element, and what is said where it is not
// fulfilled.
func (p *planner) element(s *step, element plan) (err error) {
	p.bound = append(p.bound, binding{s.rule.element, element})
	if s.expression, err = p.planned(s.rule.expression); err == nil {
		s.message, err = p.planned(s.rule.message)
	}
	p.bound = p.bound[:len(p.bound)-1]
	return err
}
