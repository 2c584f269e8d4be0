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
	names   interpreter.Activation // that the comprehensions around it bind; nil where there are none
}

func (p *program) whole() piece { return piece{program: p, expr: p.ast.NativeRep().Expr()} }

// part returns a part of the piece.
func (p piece) part(e ast.Expr) piece { return piece{p.program, e, p.names} }

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
		args = append(args, p.part(c.Target()))
	}
	for _, a := range c.Args() {
		args = append(args, p.part(a))
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
	v, _, err := made.Eval(ev.around(p))
	if err != nil {
		return nil, &RuleError{p.program.path, err}
	}
	return v, nil
}

// around returns the names that stand around a part.
func (ev *evaluation) around(p piece) interpreter.Activation {
	if p.names != nil {
		return p.names
	}
	return ev
}

// bound returns the names around a part with one more.
func (ev *evaluation) bound(p piece, name string, v ref.Val) (interpreter.Activation, error) {
	inner, err := interpreter.NewActivation(map[string]any{name: v})
	if err != nil {
		return nil, fmt.Errorf("internal error: %w", err)
	}
	return interpreter.NewHierarchicalActivation(ev.around(p), inner), nil
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
