package eligibility

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"

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

// run evaluates every top-level rule of the stage.
func (ev *evaluation) run() error {
	for i, r := range ev.post.rules {
		if r.stage.order() > ev.stage.order() {
			continue
		}
		res, err := ev.rule(r)
		if err != nil {
			return err
		}
		ev.results[i] = res
	}
	return ev.ctx.Err()
}

// eval evaluates an expression of a rule.
func (ev *evaluation) eval(p *program) (ref.Val, error) {
	if err := ev.ctx.Err(); err != nil {
		return nil, err
	}
	v, err := ev.value(p)
	if err != nil && ev.ctx.Err() != nil {
		return nil, ev.ctx.Err()
	}
	if err != nil {
		return nil, &RuleError{p.path, err}
	}
	return v, nil
}

func (ev *evaluation) value(p *program) (v ref.Val, err error) {
	if ev.long {
		v, _, err = p.ContextEval(ev.ctx, ev)
	} else {
		v, _, err = p.Eval(ev)
	}
	return v, err
}

func (ev *evaluation) rule(r *rule) (*result, error) {
	res := &result{rule: r, id: r.ID}
	var condition *types.Unknown
	if r.when != nil {
		v, err := ev.eval(r.when)
		if err != nil {
			return nil, err
		}
		if v == ref.Val(types.False) {
			res.value = &fulfilment{ev: ev, notApplicable: true}
			res.status = NotApplicable
			return res, nil
		}
		condition, _ = v.(*types.Unknown)
	}
	var err error
	switch {
	case r.list != nil:
		err = ev.each(r, res)
	case r.expression != nil:
		err = ev.leaf(r.expression, res)
	case r.Judgement != "":
		ev.judge(r, res)
	default:
		err = ev.group(r, res)
	}
	if err != nil {
		return nil, err
	}
	res.settle()
	switch {
	case condition == nil || res.status == NotApplicable:
	case res.status == Met:
		res.value.condition = union(res.value.condition, factsOf(condition))
	default:
		ev.undetermined(res, union(res.missing, factsOf(condition)))
	}
	if res.status == Unmet && r.message != nil {
		// A message that fails is no reason to fail the decision.
		if v, err := ev.value(r.message); err == nil {
			if s, ok := v.(types.String); ok && len(s) <= 5<<10 && !strings.ContainsRune(string(s), '\n') {
				res.message = strings.TrimSpace(string(s))
			}
		}
	}
	if res.status == Unmet && res.message == "" {
		res.message = r.Message
	}
	return res, nil
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
	res.value = &fulfilment{ev: ev, onset: onset, evidence: res.value.evidence, doubts: []doubt{{onset, missing}}}
	res.status = NotDetermined
	res.missing = missing
}

// leaf evaluates an expression.
func (ev *evaluation) leaf(p *program, res *result) error {
	ev.evidence = evidence{}
	v, err := ev.eval(p)
	if err != nil {
		return err
	}
	switch v := v.(type) {
	case types.Bool:
		res.value = &fulfilment{ev: ev, onset: experience.Never(), evidence: ev.evidence}
		if v {
			res.value.onset = experience.Always()
		}
	case *fulfilment:
		// A variable's value, or another rule's, is not this rule's own.
		own := *v
		res.value = &own
	case *types.Unknown:
		onset := experience.PerhapsAlways()
		res.value = &fulfilment{ev: ev, onset: onset, evidence: ev.evidence, doubts: []doubt{{onset, factsOf(v)}}}
	default:
		return &RuleError{p.path, fmt.Errorf("the expression gave a %s", v.Type().TypeName())}
	}
	return nil
}

func (ev *evaluation) judge(r *rule, res *result) {
	res.value = &fulfilment{ev: ev}
	switch ev.c.Application.Judgements[r.path] {
	case experience.True:
	case experience.False:
		res.value.onset = experience.Never()
	default:
		res.value.onset = experience.PerhapsAlways()
		res.value.doubts = []doubt{{res.value.onset, []fact{factOf(inJudgements, r.judgement, wholeArea)}}}
	}
}

func (ev *evaluation) group(r *rule, res *result) error {
	for _, child := range r.children {
		if child.stage.order() > ev.stage.order() {
			continue
		}
		c, err := ev.rule(child)
		if err != nil {
			return err
		}
		res.children = append(res.children, c)
	}
	res.value = ev.combined(res.children, r.any)
	return nil
}

func (ev *evaluation) combined(children []*result, any bool) *fulfilment {
	values := make([]*fulfilment, len(children))
	for i, c := range children {
		values[i] = c.value
	}
	return combine(ev, values, any)
}

// each evaluates an expression for every element of a list.
func (ev *evaluation) each(r *rule, res *result) error {
	list, err := ev.eval(r.list)
	if err != nil {
		return err
	}
	if u, ok := list.(*types.Unknown); ok {
		onset := experience.PerhapsAlways()
		res.value = &fulfilment{ev: ev, onset: onset, doubts: []doubt{{onset, factsOf(u)}}}
		return nil
	}
	lister, ok := list.(traits.Lister)
	if !ok {
		return &RuleError{r.path, fmt.Errorf("each gave a %s", list.Type().TypeName())}
	}
	ev.element = r.element
	for it := lister.Iterator(); it.HasNext() == types.True; {
		ev.current = it.Next()
		child := &result{rule: r, id: strconv.Itoa(len(res.children)), element: ev.current}
		if err := ev.leaf(r.expression, child); err != nil {
			return err
		}
		child.settle()
		res.children = append(res.children, child)
	}
	ev.element, ev.current = "", nil
	res.value = ev.combined(res.children, false)
	return nil
}
