package eligibility

import (
	"errors"
	"fmt"
	"slices"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
)

func isUnknownOrError(v ref.Val) bool { return types.IsUnknownOrError(v) }

// codeChecker finds texts in an expression that are compared with a closed
// list they are not in, so that q.kind == "univeristy" is a fault and not a
// rule that never fires. It infers for every part of the expression the list
// that its value, or its elements, are codes of.
type codeChecker struct {
	ast     *ast.AST
	records map[string]record
	scope   map[string]*enumeration // variables whose value or elements are codes
	report  func(id int64, err error)
}

// walk returns the closed list of an expression, nil if it has none.
func (k *codeChecker) walk(e ast.Expr) *enumeration {
	switch e.Kind() {
	case ast.IdentKind:
		return k.scope[e.AsIdent()]
	case ast.SelectKind:
		s := e.AsSelect()
		k.walk(s.Operand())
		if s.IsTestOnly() {
			return nil
		}
		if r, ok := k.records[k.ast.GetType(s.Operand().ID()).TypeName()]; ok {
			return r.fieldCodes(s.FieldName())
		}
	case ast.ListKind:
		var codes *enumeration
		for _, x := range e.AsList().Elements() {
			if c := k.walk(x); c != nil {
				codes = c
			}
		}
		return codes
	case ast.ComprehensionKind:
		return k.comprehension(e)
	case ast.CallKind:
		return k.call(e)
	}
	return nil
}

func (k *codeChecker) comprehension(e ast.Expr) *enumeration {
	c := e.AsComprehension()
	codes := k.walk(c.IterRange())
	outer, had := k.scope[c.IterVar()]
	k.scope[c.IterVar()] = codes
	k.walk(c.AccuInit())
	k.walk(c.LoopCondition())
	k.walk(c.LoopStep())
	if delete(k.scope, c.IterVar()); had {
		k.scope[c.IterVar()] = outer
	}
	k.walk(c.Result())
	// A filter yields elements of what it ranges over.
	if k.ast.GetType(e.ID()).Kind() == types.ListKind && types.ListKind == k.ast.GetType(c.IterRange().ID()).Kind() &&
		k.ast.GetType(e.ID()).IsEquivalentType(k.ast.GetType(c.IterRange().ID())) {
		return codes
	}
	return nil
}

func (k *codeChecker) call(e ast.Expr) *enumeration {
	c := e.AsCall()
	var codes []*enumeration
	args := c.Args()
	if c.IsMemberFunction() {
		args = append([]ast.Expr{c.Target()}, args...)
	}
	for _, a := range args {
		codes = append(codes, k.walk(a))
	}
	switch c.FunctionName() {
	case operators.Equals, operators.NotEquals, operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals, operators.In:
		k.expect(args[0], codes[1])
		k.expect(args[1], codes[0])
	case operators.Index:
		return codes[0]
	case operators.Conditional:
		k.expect(args[1], codes[2])
		k.expect(args[2], codes[1])
		if codes[1] != nil {
			return codes[1]
		}
		return codes[2]
	case "atThreat":
		k.expect(args[1], threatLevels)
	}
	return nil
}

// expect reports the literal texts of an expression that are no codes of a
// list.
func (k *codeChecker) expect(e ast.Expr, codes *enumeration) {
	if codes == nil {
		return
	}
	switch e.Kind() {
	case ast.LiteralKind:
		if s, ok := e.AsLiteral().(types.String); ok && !codes.has(string(s)) {
			k.report(e.ID(), codes.errorFor(string(s)))
		}
	case ast.ListKind:
		for _, x := range e.AsList().Elements() {
			k.expect(x, codes)
		}
	case ast.CallKind:
		if c := e.AsCall(); c.FunctionName() == operators.Conditional {
			k.expect(c.Args()[1], codes)
			k.expect(c.Args()[2], codes)
		}
	}
}

// checkLiterals reports what never has a value: constant arguments of date,
// period, years and the like that are none, records that are made, and null.
func checkLiterals(a *ast.AST, report func(id int64, err error)) {
	constant := map[string]func(ref.Val) ref.Val{
		"date": makeDate, "period": makePeriod, "cycle": makeCycle, "years": years, "months": months, "days": days,
	}
	for _, e := range ast.MatchDescendants(ast.NavigateAST(a), func(ast.NavigableExpr) bool { return true }) {
		switch e.Kind() {
		case ast.StructKind:
			report(e.ID(), errors.New("a record cannot be made in an expression"))
		case ast.LiteralKind:
			if e.AsLiteral() == types.NullValue {
				report(e.ID(), errors.New("null is no value: ask has(x.f) whether a fact is on record"))
			}
		case ast.CallKind:
			c := e.AsCall()
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
			case slices.Contains([]string{"anyOf", "allOf"}, c.FunctionName()) && arg.Kind() == ast.ListKind && arg.AsList().Size() == 0:
				report(arg.ID(), fmt.Errorf("%s of nothing: name what it is of", c.FunctionName()))
			}
		}
	}
}

// namesIn returns the variables that an expression uses.
func namesIn(a *cel.Ast) map[string]bool {
	names := make(map[string]bool)
	for _, r := range a.NativeRep().ReferenceMap() {
		if r.Name != "" && len(r.OverloadIDs) == 0 {
			names[r.Name] = true
		}
	}
	return names
}

func (k *codeChecker) check() *enumeration {
	if k.scope == nil {
		k.scope = make(map[string]*enumeration)
	}
	return k.walk(k.ast.Expr())
}
