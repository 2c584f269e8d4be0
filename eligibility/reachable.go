package eligibility

import (
	"slices"
	"strconv"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/parser"
)

// maxSettings is how many settings of its parts an expression is tried with.
const maxSettings = 1 << 12

// canBeTrue reports whether any facts could make a condition true. It takes
// the parts that && || ! and ?: join as free, but for comparisons of one value
// with several texts, of which at most one can hold.
func canBeTrue(a *ast.AST) bool {
	s := &settings{ast: a, choices: make(map[string][]string)}
	s.collect(a.Expr())
	total := 1
	for _, name := range s.names {
		if total *= len(s.choices[name]); total > maxSettings {
			return true
		}
	}
	values := make(map[string]string, len(s.names))
	for n := range total {
		for _, name := range s.names {
			values[name] = s.choices[name][n%len(s.choices[name])]
			n /= len(s.choices[name])
		}
		if s.holds(a.Expr(), values) {
			return true
		}
	}
	return false
}

// settings are the values that the parts of a condition may have.
type settings struct {
	ast     *ast.AST
	names   []string
	choices map[string][]string
}

const (
	yes   = "true"
	no    = "false"
	other = "" // none of the texts that a value is compared with
)

func (s *settings) add(name string, choices ...string) {
	if s.choices[name] == nil {
		s.names = append(s.names, name)
	}
	for _, c := range choices {
		if !slices.Contains(s.choices[name], c) {
			s.choices[name] = append(s.choices[name], c)
		}
	}
}

// nameOf is the text of an expression, or a name of its own for one that
// cannot be written back.
func (s *settings) nameOf(e ast.Expr) string {
	if text, err := parser.Unparse(e, s.ast.SourceInfo()); err == nil {
		return text
	}
	return "#" + strconv.FormatInt(e.ID(), 10)
}

// textsOf returns the texts that an expression is compared with in a call, and
// the expression.
func textsOf(c ast.CallExpr) (e ast.Expr, literals []string, ok bool) {
	text := func(e ast.Expr) (string, bool) {
		if e.Kind() != ast.LiteralKind {
			return "", false
		}
		t, ok := e.AsLiteral().(types.String)
		return string(t), ok && t != other
	}
	switch c.FunctionName() {
	case operators.Equals, operators.NotEquals:
		for i, a := range c.Args() {
			if t, ok := text(a); ok {
				return c.Args()[1-i], []string{t}, true
			}
		}
	case operators.In:
		if c.Args()[1].Kind() != ast.ListKind {
			return nil, nil, false
		}
		for _, x := range c.Args()[1].AsList().Elements() {
			t, ok := text(x)
			if !ok {
				return nil, nil, false
			}
			literals = append(literals, t)
		}
		return c.Args()[0], literals, true
	}
	return nil, nil, false
}

func isLogic(name string) bool {
	switch name {
	case operators.LogicalAnd, operators.LogicalOr, operators.LogicalNot, operators.Conditional:
		return true
	}
	return false
}

func (s *settings) collect(e ast.Expr) {
	if e.Kind() == ast.LiteralKind {
		return
	}
	if e.Kind() == ast.CallKind {
		c := e.AsCall()
		if isLogic(c.FunctionName()) {
			for _, a := range c.Args() {
				s.collect(a)
			}
			return
		}
		if of, literals, ok := textsOf(c); ok {
			s.add(s.nameOf(of), append(literals, other)...)
			return
		}
	}
	s.add(s.nameOf(e), yes, no)
}

func (s *settings) holds(e ast.Expr, values map[string]string) bool {
	if e.Kind() == ast.LiteralKind {
		return e.AsLiteral() == types.True
	}
	if e.Kind() == ast.CallKind {
		c := e.AsCall()
		holds := func(i int) bool { return s.holds(c.Args()[i], values) }
		switch c.FunctionName() {
		case operators.LogicalAnd:
			return holds(0) && holds(1)
		case operators.LogicalOr:
			return holds(0) || holds(1)
		case operators.LogicalNot:
			return !holds(0)
		case operators.Conditional:
			if holds(0) {
				return holds(1)
			}
			return holds(2)
		}
		if of, literals, ok := textsOf(c); ok {
			return slices.Contains(literals, values[s.nameOf(of)]) == (c.FunctionName() != operators.NotEquals)
		}
	}
	return values[s.nameOf(e)] == yes
}
