package eligibility

import (
	"errors"
	"fmt"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
)

// checkLiterals reports what never has a value: constant arguments of date,
// period, years and the like that are none, records that are made, and null.
func checkLiterals(a *ast.AST, report func(id int64, err error)) {
	constant := map[string]func(ref.Val) ref.Val{
		"date": makeDate, "period": makePeriod, "cycle": makeCycle, "years": years, "months": months, "days": days,
	}
	for _, e := range ast.MatchDescendants(ast.NavigateAST(a), func(ast.NavigableExpr) bool { return true }) {
		switch e.Kind() {
		case ast.StructKind, ast.MapKind:
			report(e.ID(), errors.New("a record or a map cannot be made in an expression"))
		case ast.ListKind:
			if a.GetType(e.ID()).Parameters()[0].Kind() == types.DynKind && e.AsList().Size() > 1 {
				report(e.ID(), errors.New("the elements of a list are of one type"))
			}
		case ast.LiteralKind:
			if e.AsLiteral() == types.NullValue {
				report(e.ID(), errors.New("null is no value: ask has(x.f) whether a fact is on record"))
			}
		case ast.CallKind:
			c := e.AsCall()
			if c.FunctionName() == operators.Add && a.GetType(e.ID()).Kind() == types.ListKind && c.Args()[0].Kind() != ast.IdentKind {
				report(e.ID(), errors.New("lists are not added: write them as one, or ask for each of them"))
			}
			if len(c.Args()) != 1 {
				continue
			}
			arg := c.Args()[0]
			make, ok := constant[c.FunctionName()]
			switch {
			case ok && arg.Kind() == ast.LiteralKind:
				if v, failed := make(arg.AsLiteral()).(*types.Err); failed {
					report(arg.ID(), errors.New(v.String()))
				}
			case (c.FunctionName() == "anyOf" || c.FunctionName() == "allOf") && arg.Kind() == ast.ListKind && arg.AsList().Size() == 0:
				report(arg.ID(), fmt.Errorf("%s of nothing: name what it is of", c.FunctionName()))
			}
		}
	}
}

// putsTextsTogether reports whether an expression adds texts. Variables that do
// could double a text each.
func putsTextsTogether(a *ast.AST) bool {
	for _, e := range ast.MatchDescendants(ast.NavigateAST(a), ast.FunctionMatcher(operators.Add)) {
		if a.GetType(e.ID()).Kind() == types.StringKind {
			return true
		}
	}
	return false
}
