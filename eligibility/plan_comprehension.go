package eligibility

import (
	"slices"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"
)

// sequence is a list whose elements are found without an iterator.
type sequence interface {
	length() int
	at(i int) ref.Val
}

// elementsOf returns the elements of a list.
func elementsOf(list ref.Val) (sequence, bool) {
	switch l := list.(type) {
	case sequence:
		return l, true
	case traits.Lister:
		return celList{l}, true
	}
	return nil, false
}

// celList is a list that CEL made.
type celList struct{ traits.Lister }

func (l celList) length() int      { return int(l.Size().(types.Int)) }
func (l celList) at(i int) ref.Val { return l.Get(types.Int(i)) }

// valueAdapter serves lists of values that are CEL's already.
type valueAdapter struct{}

func (valueAdapter) NativeToValue(v any) ref.Val {
	if r, ok := v.(ref.Val); ok {
		return r
	}
	return types.DefaultTypeAdapter.NativeToValue(v)
}

// slot keeps a value of a comprehension while it runs. Every comprehension has
// slots of its own, so that a variable that is evaluated inside another one
// does not disturb it.
func (p *planner) slot(name string) int {
	n := p.slots
	p.slots++
	p.bound = append(p.bound, binding{name, open(func(ev *evaluation) ref.Val { return ev.slots[n] })})
	return n
}

// comprehension plans all, exists, filter and the like, and the folds over
// records.
func (p *planner) comprehension(e ast.Expr) (plan, error) {
	c := e.AsComprehension()
	before := p.cases
	list, err := p.plan(c.IterRange())
	if err != nil {
		return plan{}, err
	}
	begin, err := p.plan(c.AccuInit())
	if err != nil {
		return plan{}, err
	}
	outer := p.bound
	accumulator := p.slot(c.AccuVar())
	inner := p.bound
	element := p.slot(c.IterVar())
	inside, _, err := p.plans([]ast.Expr{c.LoopCondition(), c.LoopStep()})
	p.bound = inner
	if err != nil {
		return plan{}, err
	}
	result, err := p.plan(c.Result())
	p.bound = outer
	if err != nil {
		return plan{}, err
	}
	goOn, step := inside[0], inside[1].eval
	always := goOn.fixed == ref.Val(types.True)
	// What filter and map gather grows in place, as CEL's interpreter has it.
	empty, isList := begin.fixed.(traits.Lister)
	gathers := isList && empty.Size() == types.IntZero
	made := open(func(ev *evaluation) ref.Val {
		v := list.eval(ev)
		if types.IsUnknownOrError(v) {
			return v
		}
		elements, ok := elementsOf(v)
		if !ok {
			return types.MaybeNoSuchOverloadErr(v)
		}
		ev.slots[accumulator] = begin.eval(ev)
		if gathers {
			ev.slots[accumulator] = types.NewMutableList(valueAdapter{})
		}
		for i := range elements.length() {
			if ev.long && i%interruptEvery == interruptEvery-1 && ev.ctx.Err() != nil {
				return types.WrapErr(ev.ctx.Err())
			}
			ev.slots[element] = elements.at(i)
			if !always {
				if b, ok := goOn.eval(ev).(types.Bool); ok && !bool(b) {
					break
				}
			}
			ev.slots[accumulator] = step(ev)
		}
		v = result.eval(ev)
		if l, ok := v.(traits.MutableLister); ok {
			return l.ToImmutableList()
		}
		return v
	})
	if p.cases == before && areFixed(outer) {
		return p.fix(made), nil
	}
	return made, nil
}

// areFixed reports whether no name differs from case to case or from element to
// element.
func areFixed(bound []binding) bool {
	return !slices.ContainsFunc(bound, func(b binding) bool { return b.plan.fixed == nil })
}
