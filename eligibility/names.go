package eligibility

import (
	"slices"

	"github.com/google/cel-go/common/ast"
)

// namesIn returns the variables that an expression uses and does not bind
// itself.
func namesIn(e ast.Expr) map[string]bool {
	names := make(map[string]bool)
	freeNames(e, nil, names)
	return names
}

func freeNames(e ast.Expr, bound []string, names map[string]bool) {
	switch e.Kind() {
	case ast.IdentKind:
		if name := e.AsIdent(); !slices.Contains(bound, name) {
			names[name] = true
		}
	case ast.SelectKind:
		freeNames(e.AsSelect().Operand(), bound, names)
	case ast.ListKind:
		for _, x := range e.AsList().Elements() {
			freeNames(x, bound, names)
		}
	case ast.CallKind:
		c := e.AsCall()
		if c.IsMemberFunction() {
			freeNames(c.Target(), bound, names)
		}
		for _, a := range c.Args() {
			freeNames(a, bound, names)
		}
	case ast.ComprehensionKind:
		c := e.AsComprehension()
		freeNames(c.IterRange(), bound, names)
		freeNames(c.AccuInit(), bound, names)
		bound = append(bound[:len(bound):len(bound)], c.IterVar(), c.AccuVar())
		for _, x := range []ast.Expr{c.LoopCondition(), c.LoopStep(), c.Result()} {
			freeNames(x, bound, names)
		}
	}
}
