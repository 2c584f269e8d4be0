package eligibility

import (
	"fmt"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/interpreter"
)

// piece is a part of an expression, to be evaluated again by itself: what
// explains a decision asks for values that the decision did not keep.
type piece struct {
	program *program // of which it is a part
	expr    ast.Expr
}

func (p *program) whole() piece { return piece{p, p.ast.NativeRep().Expr()} }

// name returns the name that a part refers to, "" where it is none.
func (p piece) name() string {
	if r, ok := p.program.ast.NativeRep().ReferenceMap()[p.expr.ID()]; ok && len(r.OverloadIDs) == 0 {
		return r.Name
	}
	return ""
}

// call returns the function that a part calls and its arguments, of a member
// function the target first.
func (p piece) call() (function string, args []piece) {
	if p.expr.Kind() != ast.CallKind {
		return "", nil
	}
	c := p.expr.AsCall()
	if c.IsMemberFunction() {
		args = append(args, piece{p.program, c.Target()})
	}
	for _, a := range c.Args() {
		args = append(args, piece{p.program, a})
	}
	return c.FunctionName(), args
}

// planOf plans the part for the interpreter.
func (ev *evaluation) planOf(p piece) (cel.Program, error) {
	whole := p.program.ast.NativeRep()
	checked := ast.NewCheckedAST(ast.NewAST(p.expr, whole.SourceInfo()), whole.TypeMap(), whole.ReferenceMap())
	return ev.post.policy.env.PlanProgram(checked)
}

// within evaluates a part of an expression about the case.
func (ev *evaluation) within(p piece) (ref.Val, error) {
	made, err := ev.planOf(p)
	if err != nil {
		return nil, err
	}
	v, _, err := made.Eval(ev)
	if err != nil {
		return nil, &RuleError{p.program.path, err}
	}
	return v, nil
}

// bound is the evaluation with one more name.
func (ev *evaluation) bound(name string, v ref.Val) (interpreter.Activation, error) {
	inner, err := interpreter.NewActivation(map[string]any{name: v})
	if err != nil {
		return nil, fmt.Errorf("internal error: %w", err)
	}
	return interpreter.NewHierarchicalActivation(ev, inner), nil
}

// about runs a function while the name of an each stands for the element of a
// result, if it has one.
func (ev *evaluation) about(r *result, f func() error) error {
	if r.element != nil {
		ev.element, ev.current = r.rule.element, r.element
		defer func() { ev.element, ev.current = "", nil }()
	}
	return f()
}
