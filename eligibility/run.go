package eligibility

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"github.com/qualify-rules/qualify/experience"
)

// RuleError is an error of a rule that is well formed: of an expression whose
// value does not exist. It is a defect of the policy and never a verdict.
type RuleError struct {
	Rule string // path of the rule
	Err  error
}

// Error returns the path of the rule and what failed.
func (e *RuleError) Error() string { return fmt.Sprintf("rule %s: %v", e.Rule, e.Err) }

// Unwrap returns what failed.
func (e *RuleError) Unwrap() error { return e.Err }

// run decides every rule of the stage at the top.
func (ev *evaluation) run() error {
	for i, s := range ev.post.steps {
		if s.order > ev.order {
			continue
		}
		var err error
		if c := ev.consulting; c != nil {
			c.rules[i] = c.while(func() { ev.results[i], err = ev.rule(s) })
		} else {
			ev.results[i], err = ev.rule(s)
		}
		if err != nil {
			return err
		}
	}
	return ev.ctx.Err()
}

// eval evaluates an expression of a rule.
func (ev *evaluation) eval(p *planned) (ref.Val, error) {
	if ev.long && ev.ctx.Err() != nil {
		return nil, ev.ctx.Err()
	}
	v, err := ev.value(p)
	if err != nil && ev.ctx.Err() != nil {
		return nil, ev.ctx.Err()
	}
	if err != nil {
		return nil, &RuleError{p.program.path, err}
	}
	return v, nil
}

func (ev *evaluation) value(p *planned) (ref.Val, error) {
	if ev.interpreted {
		return p.program.interpret(ev)
	}
	v := p.plan.eval(ev)
	if err, failed := v.(*types.Err); failed {
		return nil, err
	}
	return v, nil
}

func (ev *evaluation) rule(s *step) (*result, error) {
	res := ev.result(s, s.id, nil)
	if s.rule == ev.without || s.never && !ev.interpreted {
		res.own.notApplicable = true
		res.status = NotApplicable
		return res, nil
	}
	var condition *types.Unknown
	if s.when != nil {
		v, err := ev.eval(s.when)
		if err != nil {
			return nil, err
		}
		if v == ref.Val(types.False) {
			res.own.notApplicable = true
			res.status = NotApplicable
			return res, nil
		}
		condition, _ = v.(*types.Unknown)
	}
	var err error
	switch {
	case s.rule.list != nil:
		err = ev.each(s, res)
	case s.expression != nil:
		err = ev.leaf(s.expression, res)
	case s.rule.Judgement != "":
		ev.judge(s.rule, res)
	default:
		err = ev.group(s, res)
	}
	if err != nil {
		return nil, err
	}
	res.settle()
	switch {
	case condition == nil || res.status == NotApplicable:
	case res.status == Met:
		res.own.condition = union(res.own.condition, factsOf(condition))
	default:
		ev.undetermined(res, union(res.missing, factsOf(condition)))
	}
	if s.rule.list == nil {
		ev.say(s.message, res)
	} else if res.status == Unmet {
		res.message = s.rule.Message
	}
	return res, nil
}

// say gives a result that is unmet what its rule says of it.
func (ev *evaluation) say(message *planned, res *result) {
	if res.status != Unmet || ev.consulting != nil { // trying readings says nothing
		return
	}
	res.message = res.rule.Message
	if message == nil {
		return
	}
	// A message that fails is no reason to fail the decision.
	if v, err := ev.value(message); err == nil {
		if s, ok := v.(types.String); ok && len(s) <= 5<<10 && !strings.ContainsRune(string(s), '\n') {
			res.message = cmp.Or(strings.TrimSpace(string(s)), res.message)
		}
	}
}

// settle derives the status from the value, and what is missing from that of
// the undetermined children or from the value.
func (r *result) settle() {
	switch {
	case r.value.notApplicable:
		r.status = NotApplicable
	case r.value.onset.Met() == experience.True:
		r.status = Met
	case r.value.onset.Met() == experience.False:
		r.status = Unmet
	default:
		r.status = NotDetermined
		for _, c := range r.children {
			switch {
			case c.status == NotDetermined:
				r.missing = union(r.missing, c.missing)
			case c.status == Met && r.rule.any:
				r.missing = union(r.missing, c.value.condition)
			}
		}
		if r.children == nil {
			r.missing = r.value.open()
		}
	}
}

// undetermined makes a result undetermined whatever it was.
func (ev *evaluation) undetermined(res *result, missing []fact) {
	onset := experience.PerhapsAlways()
	res.own = fulfilment{ev: ev, onset: onset, evidence: res.own.evidence, doubts: []doubt{{onset, missing}}}
	res.status = NotDetermined
	res.missing = missing
}

// leaf evaluates an expression.
func (ev *evaluation) leaf(p *planned, res *result) error {
	ev.evidence = evidence{}
	v, err := ev.eval(p)
	if err != nil {
		return err
	}
	switch v := v.(type) {
	case types.Bool:
		res.own.onset, res.own.evidence = experience.Never(), ev.evidence
		if v {
			res.own.onset = experience.Always()
		}
	case *fulfilment:
		// A variable's value, or another rule's, is not this rule's own.
		res.own = *v
	case *types.Unknown:
		ev.unsettled(v, res)
		res.own.evidence = ev.evidence
	default:
		return &RuleError{p.program.path, fmt.Errorf("the expression gave a %s", v.Type().TypeName())}
	}
	return nil
}

// unsettled makes a result that may be fulfilled or not, as missing facts say.
func (ev *evaluation) unsettled(u *types.Unknown, res *result) {
	onset := experience.PerhapsAlways()
	res.own.onset, res.own.doubts = onset, []doubt{{onset, factsOf(u)}}
}

func (ev *evaluation) judge(r *rule, res *result) {
	switch ev.c.Application.Judgements[r.path] {
	case experience.True:
	case experience.False:
		res.own.onset = experience.Never()
	default:
		res.own.onset = experience.PerhapsAlways()
		res.own.doubts = []doubt{{res.own.onset, []fact{factOf(inJudgements, r.judgement, wholeArea)}}}
	}
}

func (ev *evaluation) group(s *step, res *result) error {
	res.children = ev.ofChildren.list(len(s.children))
	for _, child := range s.children {
		if child.order > ev.order {
			continue
		}
		c, err := ev.rule(child)
		if err != nil {
			return err
		}
		res.children = append(res.children, c)
	}
	ev.combine(res, s.rule.any)
	return nil
}

// combine gives a group the value of its children.
func (ev *evaluation) combine(res *result, any bool) {
	var few [16]*fulfilment
	values := few[:0]
	for _, c := range res.children {
		values = append(values, c.value)
	}
	res.own = combine(ev, values, any)
}

// each evaluates an expression for every element of a list.
func (ev *evaluation) each(s *step, res *result) error {
	ev.element = s.rule.element
	if s.list == nil {
		if s.rule.list.watched != nil { // decided when the post was made, unseen
			if _, err := s.rule.list.interpret(ev); err != nil {
				return err
			}
		}
		res.children = ev.ofChildren.list(len(s.children))
		for _, child := range s.children {
			ev.current = child.element
			if err := ev.repeated(child, ev.result(s, child.id, child.element), res); err != nil {
				return err
			}
		}
	} else {
		list, err := ev.eval(s.list)
		if err != nil {
			return err
		}
		if u, ok := list.(*types.Unknown); ok {
			ev.unsettled(u, res)
			return nil
		}
		elements, ok := elementsOf(list)
		if !ok {
			return &RuleError{s.rule.path, fmt.Errorf("each gave a %s", list.Type().TypeName())}
		}
		for i := range elements.length() {
			ev.current = elements.at(i)
			if err := ev.repeated(s, ev.result(s, strconv.Itoa(i), ev.current), res); err != nil {
				return err
			}
		}
	}
	ev.element, ev.current = "", nil
	ev.combine(res, false)
	return nil
}

// repeated decides one element of an each.
func (ev *evaluation) repeated(s *step, child, parent *result) error {
	if err := ev.leaf(s.expression, child); err != nil {
		return err
	}
	child.settle()
	ev.say(s.message, child)
	parent.children = append(parent.children, child)
	return nil
}
