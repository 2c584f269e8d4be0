package eligibility

import (
	"errors"
	"fmt"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
)

// CEL's != is true of everything that is not surely equal, and its in is false
// of everything that is in no element surely: with values that may be one or
// another both would decide what is not known. So a != b is read as !(a == b),
// and in is refused for such values.

// notEqual makes a != b the negation of a == b.
func notEqual() cel.EnvOption {
	return cel.Macros(cel.GlobalMacro(operators.NotEquals, 2, func(f cel.MacroExprFactory, _ ast.Expr, args []ast.Expr) (ast.Expr, *cel.Error) {
		return f.NewCall(operators.LogicalNot, f.NewCall(operators.Equals, args...)), nil
	}))
}

// checkEquality reports comparisons of values of which it cannot be said that
// they are equal.
func checkEquality(a *ast.AST, report func(id int64, err error)) {
	for _, e := range ast.MatchDescendants(ast.NavigateAST(a), ast.KindMatcher(ast.CallKind)) {
		c := e.AsCall()
		switch c.FunctionName() {
		case operators.Equals:
			if t := a.GetType(c.Args()[0].ID()); isIncomparable(t) {
				report(e.ID(), fmt.Errorf("a %s cannot be compared with == or !=: %s", typeName(t), instead(t)))
			}
		case operators.In:
			if t := a.GetType(c.Args()[0].ID()); isIncomparable(t) || t.IsExactType(dateType) {
				report(e.ID(), errors.New("in is for texts and numbers: write list.exists(x, x == …)"))
			}
		}
	}
}

func isIncomparable(t *cel.Type) bool {
	switch {
	case t.Kind() == types.MapKind || t.Kind() == types.DynKind:
		return true
	case t.Kind() == types.ListKind:
		return isIncomparable(t.Parameters()[0]) || t.Parameters()[0].IsExactType(dateType)
	case t.IsExactType(levelType), t.IsExactType(totalType), t.IsExactType(serviceType), t.IsExactType(fulfilmentType):
		return true
	}
	return false
}

func instead(t *cel.Type) string {
	switch {
	case t.IsExactType(levelType), t.IsExactType(totalType):
		return "use < <= > >="
	case t.IsExactType(fulfilmentType):
		return "ask for .met or .on"
	}
	return "go through it with exists or all"
}
