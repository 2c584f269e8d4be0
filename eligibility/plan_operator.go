package eligibility

import (
	"slices"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"
)

// operatorPlans plans the operators that are not strict functions or are asked
// so often that a closure of their own pays.
var operatorPlans map[string]func(*planner, []ast.Expr) (plan, error)

func init() {
	operatorPlans = map[string]func(*planner, []ast.Expr) (plan, error){
		operators.LogicalAnd:       func(p *planner, e []ast.Expr) (plan, error) { return p.junction(e, types.False) },
		operators.LogicalOr:        func(p *planner, e []ast.Expr) (plan, error) { return p.junction(e, types.True) },
		operators.LogicalNot:       (*planner).negation,
		operators.NotStrictlyFalse: (*planner).notStrictlyFalse,
		operators.Conditional:      (*planner).conditional,
		operators.Equals:           (*planner).equality,
		operators.In:               (*planner).membership,
	}
	for _, q := range questions {
		operatorPlans[q.operator] = func(p *planner, e []ast.Expr) (plan, error) {
			args, all, err := p.plans(e)
			if err != nil {
				return plan{}, err
			}
			made := binary(args, q.answer)
			return p.settled(made, all), nil
		}
	}
}

// junction plans a conjunction or a disjunction, which a deciding operand
// decides whatever the others are. Operands that are fixed and do not decide
// are left out.
func (p *planner) junction(expressions []ast.Expr, deciding types.Bool) (plan, error) {
	var terms []func(*evaluation) ref.Val
	for _, e := range p.flattened(expressions, deciding) {
		term, err := p.plan(e)
		if err != nil {
			return plan{}, err
		}
		switch {
		case term.fixed == ref.Val(deciding) && len(terms) == 0:
			return term, nil
		case term.fixed == ref.Val(!deciding):
			continue
		}
		terms = append(terms, term.eval)
		if term.fixed == ref.Val(deciding) {
			break // what follows is never asked
		}
	}
	switch len(terms) {
	case 0:
		return fixed(!deciding), nil
	case 2:
		left, right := terms[0], terms[1]
		return open(func(ev *evaluation) ref.Val {
			l := left(ev)
			if b, ok := l.(types.Bool); ok {
				if b == deciding {
					return l
				}
				return right(ev)
			}
			r := right(ev)
			if b, ok := r.(types.Bool); ok {
				if b == deciding {
					return r
				}
				return l
			}
			return undecided(l, r)
		}), nil
	}
	return open(func(ev *evaluation) ref.Val {
		var instead ref.Val = !deciding
		for _, term := range terms {
			v := term(ev)
			b, ok := v.(types.Bool)
			switch _, none := instead.(types.Bool); {
			case ok && b == deciding:
				return v
			case ok:
			case none:
				instead = v
			default:
				instead = undecided(instead, v)
			}
		}
		return instead
	}), nil
}

// flattened returns the operands of a junction with those of the junctions of
// the same kind that are among them.
func (p *planner) flattened(expressions []ast.Expr, deciding types.Bool) []ast.Expr {
	same := operators.LogicalAnd
	if deciding {
		same = operators.LogicalOr
	}
	var all []ast.Expr
	for _, e := range expressions {
		if e.Kind() == ast.CallKind && e.AsCall().FunctionName() == same {
			all = append(all, p.flattened(e.AsCall().Args(), deciding)...)
		} else {
			all = append(all, e)
		}
	}
	return all
}

// undecided is the value of a junction of two operands that are unknown or
// errors: unknown values come before errors, and the first error before the
// other.
func undecided(l, r ref.Val) ref.Val {
	if types.IsUnknown(l) || types.IsUnknown(r) {
		return merged(l, r)
	}
	return l
}

func (p *planner) negation(expressions []ast.Expr) (plan, error) {
	of, err := p.plan(expressions[0])
	if err != nil {
		return plan{}, err
	}
	if b, ok := of.fixed.(types.Bool); ok {
		return fixed(!b), nil
	}
	operand := of.eval
	return open(func(ev *evaluation) ref.Val {
		v := operand(ev)
		if b, ok := v.(types.Bool); ok {
			return !b
		}
		return v
	}), nil
}

func (p *planner) notStrictlyFalse(expressions []ast.Expr) (plan, error) {
	of, err := p.plan(expressions[0])
	if err != nil {
		return plan{}, err
	}
	operand := of.eval
	return open(func(ev *evaluation) ref.Val {
		b, ok := operand(ev).(types.Bool)
		return types.Bool(!ok || bool(b))
	}), nil
}

func (p *planner) conditional(expressions []ast.Expr) (plan, error) {
	condition, err := p.plan(expressions[0])
	if err != nil {
		return plan{}, err
	}
	if b, ok := condition.fixed.(types.Bool); ok {
		if b {
			return p.plan(expressions[1])
		}
		return p.plan(expressions[2])
	}
	branches, _, err := p.plans(expressions[1:])
	if err != nil {
		return plan{}, err
	}
	asked, yes, no := condition.eval, branches[0].eval, branches[1].eval
	return open(func(ev *evaluation) ref.Val {
		c := asked(ev)
		switch b, ok := c.(types.Bool); {
		case !ok:
			return c
		case bool(b):
			return yes(ev)
		}
		return no(ev)
	}), nil
}

func (p *planner) equality(expressions []ast.Expr) (plan, error) {
	args, all, err := p.plans(expressions)
	if err != nil {
		return plan{}, err
	}
	made := binary(args, types.Equal)
	if p.ast.GetType(expressions[0].ID()).Kind() == types.StringKind && p.ast.GetType(expressions[1].ID()).Kind() == types.StringKind {
		left, right := args[0].asText(), args[1].asText()
		made = open(func(ev *evaluation) ref.Val {
			l := left(ev)
			if types.IsError(l.instead) {
				return l.instead
			}
			r := right(ev)
			switch {
			case l.instead == nil && r.instead == nil:
				return types.Bool(l.text == r.text)
			case r.instead != nil && types.IsError(r.instead):
				return r.instead
			}
			return merged(l.instead, r.instead)
		})
	}
	return p.settled(made, all), nil
}

// fewTexts is the length of a fixed list up to which going through it is
// quicker than a map.
const fewTexts = 8

func (p *planner) membership(expressions []ast.Expr) (plan, error) {
	args, all, err := p.plans(expressions)
	if err != nil {
		return plan{}, err
	}
	made := binary(args, func(l, r ref.Val) ref.Val {
		c, ok := r.(traits.Container)
		if !ok {
			return types.MaybeNoSuchOverloadErr(r)
		}
		return c.Contains(l)
	})
	if texts, ok := fixedTexts(args[1].fixed); ok && p.ast.GetType(expressions[0].ID()).Kind() == types.StringKind {
		has := func(s string) bool { return slices.Contains(texts, s) }
		if len(texts) > fewTexts {
			set := make(map[string]bool, len(texts))
			for _, s := range texts {
				set[s] = true
			}
			has = func(s string) bool { return set[s] }
		}
		of := args[0].asText()
		made = open(func(ev *evaluation) ref.Val {
			v := of(ev)
			if v.instead != nil {
				return v.instead
			}
			return types.Bool(has(v.text))
		})
	}
	return p.settled(made, all), nil
}

// fixedTexts returns the texts of a fixed list of them.
func fixedTexts(v ref.Val) ([]string, bool) {
	list, ok := v.(traits.Lister)
	if !ok {
		return nil, false
	}
	var texts []string
	for it := list.Iterator(); it.HasNext() == types.True; {
		s, ok := it.Next().(types.String)
		if !ok {
			return nil, false
		}
		texts = append(texts, string(s))
	}
	return texts, true
}
