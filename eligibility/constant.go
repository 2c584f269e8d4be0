package eligibility

import (
	"cmp"
	"maps"
	"slices"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
)

// codeChecker finds texts in an expression that are compared with a closed
// list they are not in, so that q.kind == "univeristy" is a fault and not a
// rule that never fires. It infers for every part of the expression the list
// that its value, or its elements, are codes of.
type codeChecker struct {
	ast     *ast.AST
	records map[string]record
	scope   map[string]*enumeration // variables whose value or elements are codes
	texts   map[string][]string     // variables whose value or elements are constant texts
	listed  map[int64][]string      // the constant texts that comprehensions may list
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
		// Constants take the list of the others, which must all have one.
		var codes *enumeration
		all := true
		for _, x := range e.AsList().Elements() {
			c := k.walk(x)
			all = all && (c != nil || x.Kind() == ast.LiteralKind)
			codes = cmp.Or(c, codes)
		}
		if all {
			return codes
		}
		return nil
	case ast.ComprehensionKind:
		return k.comprehension(e)
	case ast.CallKind:
		return k.call(e)
	}
	return nil
}

func (k *codeChecker) comprehension(e ast.Expr) *enumeration {
	c := e.AsComprehension()
	outer, outerTexts := k.scope, k.texts
	k.scope, k.texts = maps.Clone(k.scope), maps.Clone(k.texts)
	k.scope[c.IterVar()] = k.walk(c.IterRange())
	k.texts[c.IterVar()] = k.textsOf(c.IterRange())
	k.walk(c.AccuInit())
	k.walk(c.LoopCondition())
	codes := k.walk(c.LoopStep())
	k.listed[e.ID()] = k.textsOf(c.LoopStep())
	k.walk(c.Result())
	k.scope, k.texts = outer, outerTexts
	// A filter or a map adds elements to a list.
	if k.ast.GetType(e.ID()).Kind() == types.ListKind {
		return codes
	}
	return nil
}

// textsOf returns the constant texts that an expression, or an element of it,
// may be.
func (k *codeChecker) textsOf(e ast.Expr) []string {
	switch e.Kind() {
	case ast.LiteralKind:
		if s, ok := e.AsLiteral().(types.String); ok {
			return []string{string(s)}
		}
	case ast.IdentKind:
		return k.texts[e.AsIdent()]
	case ast.ComprehensionKind:
		if k.ast.GetType(e.ID()).Kind() == types.ListKind {
			return k.listed[e.ID()]
		}
	case ast.ListKind:
		var texts []string
		for _, x := range e.AsList().Elements() {
			texts = append(texts, k.textsOf(x)...)
		}
		return texts
	case ast.CallKind:
		c := e.AsCall()
		switch c.FunctionName() {
		case operators.Add:
			if k.ast.GetType(e.ID()).Kind() == types.ListKind {
				return distinct(k.textsOf(c.Args()[0]), k.textsOf(c.Args()[1]))
			}
		case operators.Conditional:
			return distinct(k.textsOf(c.Args()[1]), k.textsOf(c.Args()[2]))
		case operators.Index:
			return k.textsOf(c.Args()[0])
		}
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
	case operators.Equals, operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals, operators.In:
		k.expect(args[0], codes[1])
		k.expect(args[1], codes[0])
	case operators.Index:
		return codes[0]
	case operators.Add:
		if k.ast.GetType(e.ID()).Kind() == types.ListKind {
			return cmp.Or(codes[0], codes[1])
		}
	case operators.Conditional:
		k.expect(args[1], codes[2])
		k.expect(args[2], codes[1])
		return cmp.Or(codes[1], codes[2])
	case "atThreat":
		k.expect(args[1], threatLevels)
	}
	return nil
}

func distinct(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// expect reports the constant texts of an expression that are no codes of a
// list: each where it is written, or where a variable brings it in.
func (k *codeChecker) expect(e ast.Expr, codes *enumeration) {
	if codes == nil {
		return
	}
	switch {
	case e.Kind() == ast.ListKind:
		for _, x := range e.AsList().Elements() {
			k.expect(x, codes)
		}
		return
	case e.Kind() == ast.CallKind && e.AsCall().FunctionName() == operators.Conditional:
		k.expect(e.AsCall().Args()[1], codes)
		k.expect(e.AsCall().Args()[2], codes)
		return
	}
	for _, text := range k.textsOf(e) {
		if !codes.has(text) {
			k.report(e.ID(), codes.errorFor(text))
		}
	}
}
