package mutation

import (
	"fmt"
	"slices"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
)

// comparisons are the comparisons, each with those that a drafter may write in
// its place.
var comparisons = map[string][]string{
	operators.Less:          {operators.LessEquals, operators.Greater, operators.GreaterEquals},
	operators.LessEquals:    {operators.Less, operators.Greater, operators.GreaterEquals, operators.Equals},
	operators.Greater:       {operators.GreaterEquals, operators.Less, operators.LessEquals},
	operators.GreaterEquals: {operators.Greater, operators.Less, operators.LessEquals, operators.Equals},
	operators.Equals:        {operators.NotEquals},
	operators.NotEquals:     {operators.Equals},
}

func call(name string, args ...ast.Expr) ast.Expr { return factory.NewCall(0, name, args...) }
func truth(b bool) ast.Expr                       { return factory.NewLiteral(0, types.Bool(b)) }
func number(n int64) ast.Expr                     { return factory.NewLiteral(0, types.Int(n)) }
func word(s string) ast.Expr                      { return factory.NewLiteral(0, types.String(s)) }
func constant(e ast.Expr) func(ast.Expr) ast.Expr { return func(ast.Expr) ast.Expr { return e } }

// changes returns the errors that may be made at a node.
func (g *generator) changes(e ast.Expr, in context) []change {
	out := g.ofConditions(e, in)
	switch e.Kind() {
	case ast.LiteralKind:
		return append(out, g.ofLiteral(e, in)...)
	case ast.ListKind:
		return append(out, ofList(e)...)
	case ast.IdentKind, ast.SelectKind:
		return append(out, g.ofName(e, in)...)
	case ast.CallKind:
		return append(out, g.ofCall(e)...)
	}
	return out
}

// ofConditions makes the opposite of a condition, and takes it for always or
// never true.
func (g *generator) ofConditions(e ast.Expr, in context) []change {
	if !in.condition || e.Kind() == ast.LiteralKind {
		return nil
	}
	isNot := e.Kind() == ast.CallKind && e.AsCall().FunctionName() == operators.LogicalNot
	connects := e.Kind() == ast.CallKind && slices.Contains([]string{operators.LogicalAnd, operators.LogicalOr}, e.AsCall().FunctionName())
	var out []change
	if !isNot {
		out = append(out, change{kind: Negated, edit: func(e ast.Expr) ast.Expr { return call(operators.LogicalNot, e) }})
	}
	// An operand of "and" that is always true is one that is dropped, and so is
	// one of "or" that is never true.
	if !connects && in.within != operators.LogicalAnd {
		out = append(out, change{kind: Dropped, edit: constant(truth(true))})
	}
	if !connects && in.within != operators.LogicalOr {
		out = append(out, change{kind: Dropped, edit: constant(truth(false))})
	}
	return out
}

// ofCall makes the errors of operators and functions.
func (g *generator) ofCall(e ast.Expr) []change {
	c := e.AsCall()
	name, args := c.FunctionName(), c.Args()
	arg := func(i int) func(ast.Expr) ast.Expr {
		return func(e ast.Expr) ast.Expr { return e.AsCall().Args()[i] }
	}
	as := func(name string) func(ast.Expr) ast.Expr {
		return func(e ast.Expr) ast.Expr { return call(name, e.AsCall().Args()...) }
	}
	var out []change
	switch name {
	case operators.LogicalAnd, operators.LogicalOr:
		other := operators.LogicalOr
		if name == other {
			other = operators.LogicalAnd
		}
		return append(out,
			change{kind: Connective, edit: as(other)},
			change{kind: Dropped, edit: arg(1), dropped: args[0]},
			change{kind: Dropped, edit: arg(0), dropped: args[1]})
	case operators.LogicalNot:
		return append(out, change{kind: Negated, edit: arg(0)})
	case operators.Conditional:
		return append(out,
			change{kind: Dropped, edit: arg(1)},
			change{kind: Dropped, edit: arg(2)},
			change{kind: Exchanged, edit: func(e ast.Expr) ast.Expr {
				a := e.AsCall().Args()
				return call(operators.Conditional, a[0], a[2], a[1])
			}})
	case operators.Add, operators.Subtract:
		other := operators.Subtract
		if name == other {
			other = operators.Add
		}
		return append(out, change{kind: Exchanged, edit: as(other)}, change{kind: Dropped, edit: arg(0), dropped: args[1]},
			change{kind: Dropped, edit: arg(1), dropped: args[0]})
	case operators.Negate:
		return append(out, change{kind: Negated, edit: arg(0)})
	}
	for _, other := range comparisons[name] {
		out = append(out, change{kind: Boundary, edit: as(other)})
	}
	if comparisons[name] != nil {
		return append(out, g.ofSides(args)...)
	}
	return append(out, g.ofFunction(e)...)
}

// units are the smallest units of what is compared: of dates and lengths a day,
// of levels and numbers one.
var units = map[string]func() ast.Expr{
	"date":   func() ast.Expr { return call("days", number(1)) },
	"period": func() ast.Expr { return call("days", number(1)) },
	"int":    func() ast.Expr { return number(1) },
	"double": func() ast.Expr { return factory.NewLiteral(0, types.Double(1)) },
}

// ofSides moves the sides of a comparison by the smallest unit that there is.
func (g *generator) ofSides(args []ast.Expr) []change {
	var out []change
	for i, a := range args {
		kind := g.kindOf(a)
		unit := units[kind]
		if unit == nil || a.Kind() == ast.LiteralKind {
			continue
		}
		for _, operator := range []string{operators.Add, operators.Subtract} {
			if kind == "period" && operator == operators.Subtract {
				continue
			}
			out = append(out, change{kind: Boundary, edit: func(e ast.Expr) ast.Expr {
				a := slices.Clone(e.AsCall().Args())
				a[i] = call(operator, a[i], unit())
				return call(e.AsCall().FunctionName(), a...)
			}})
		}
	}
	return out
}

// synonyms are functions that a drafter may take for one another.
var synonyms = [][]string{
	{"eqfLevel", "equivalentLevel"},
	{"exists", "all", "exists_one"},
	{"worked", "served"},
	{"anyOf", "allOf"},
	{"startsWith", "endsWith", "contains"},
	{"years", "months", "days"},
	{"relevant", "inField"},
}

func synonymsOf(name string) []string {
	for _, group := range synonyms {
		if slices.Contains(group, name) {
			return slices.DeleteFunc(slices.Clone(group), func(s string) bool { return s == name })
		}
	}
	return nil
}

// limits are the functions of a service that may be forgotten.
var limits = []string{"since", "until", "atThreat", "chain"}

func (g *generator) ofFunction(e ast.Expr) []change {
	c := e.AsCall()
	name := c.FunctionName()
	renamed := func(name string) func(ast.Expr) ast.Expr {
		return func(e ast.Expr) ast.Expr {
			if c := e.AsCall(); c.IsMemberFunction() {
				return factory.NewMemberCall(0, name, c.Target(), c.Args()...)
			}
			return call(name, e.AsCall().Args()...)
		}
	}
	var out []change
	for _, other := range synonymsOf(name) {
		kind := Exchanged
		if name == "exists" || name == "all" || name == "anyOf" || name == "allOf" {
			kind = Connective
		}
		out = append(out, change{kind: kind, edit: renamed(other)})
	}
	if slices.Contains(limits, name) && c.IsMemberFunction() {
		out = append(out, change{kind: Dropped, edit: func(e ast.Expr) ast.Expr { return e.AsCall().Target() }})
	}
	if name == "filter" {
		out = append(out, change{kind: Dropped, edit: func(e ast.Expr) ast.Expr { return e.AsCall().Target() }})
	}
	if shorter := dayLess(c); shorter != "" {
		out = append(out, change{kind: Boundary, edit: constant(call("period", word(shorter)))})
	}
	if name == "leaves" { // room for nothing, and for less than a limit
		out = append(out,
			change{kind: Boundary, edit: func(e ast.Expr) ast.Expr {
				c := e.AsCall()
				return call(operators.LessEquals, factory.NewMemberCall(0, "total", c.Target()), c.Args()[1])
			}},
			change{kind: Boundary, edit: func(e ast.Expr) ast.Expr {
				c := e.AsCall()
				return call(operators.Less, factory.NewMemberCall(0, "total", c.Target()), c.Args()[1])
			}})
	}
	for i, a := range c.Args() {
		if predicates[name] && i == 0 {
			continue
		}
		out = append(out, g.ofArgument(i, a)...)
	}
	return out
}

// dayLess returns the period that is a day shorter than so many years or
// months.
func dayLess(c ast.CallExpr) string {
	if len(c.Args()) != 1 || c.Args()[0].Kind() != ast.LiteralKind {
		return ""
	}
	n, ok := c.Args()[0].AsLiteral().(types.Int)
	switch {
	case !ok || n < 1:
	case c.FunctionName() == "years":
		return fmt.Sprintf("P%dY11M29D", n-1)
	case c.FunctionName() == "months":
		return fmt.Sprintf("P%dM29D", n-1)
	}
	return ""
}

// ofArgument moves an argument that is a date or a length by a day.
func (g *generator) ofArgument(i int, a ast.Expr) []change {
	kind := g.kindOf(a)
	if kind != "date" && kind != "period" {
		return nil
	}
	moved := func(operator string) change {
		return change{kind: Boundary, edit: func(e ast.Expr) ast.Expr {
			c := e.AsCall()
			args := slices.Clone(c.Args())
			args[i] = call(operator, args[i], call("days", number(1)))
			if c.IsMemberFunction() {
				return factory.NewMemberCall(0, c.FunctionName(), c.Target(), args...)
			}
			return call(c.FunctionName(), args...)
		}}
	}
	if kind == "period" {
		return []change{moved(operators.Add)}
	}
	return []change{moved(operators.Add), moved(operators.Subtract)}
}
