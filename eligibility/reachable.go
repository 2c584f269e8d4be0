package eligibility

import (
	"cmp"
	"math"
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
// with constants: those are tried with values on every side of each constant.
func canBeTrue(a *ast.AST) bool {
	s := &settings{ast: a, choices: make(map[string][]string), numbers: make(map[string][]float64)}
	s.collect(a.Expr())
	s.addNumbers()
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
	numbers map[string][]float64 // what a value is compared with
}

// addNumbers gives a value that is compared with numbers the choice of each of
// them, of one between each two, and of one on either side of all.
func (s *settings) addNumbers() {
	for name, n := range s.numbers {
		slices.Sort(n)
		s.add(name, written64(math.Nextafter(n[0]-1, math.Inf(-1))), written64(math.Nextafter(n[len(n)-1]+1, math.Inf(1))))
		for i := range n {
			s.add(name, written64(n[i]))
			if i > 0 {
				s.add(name, written64((n[i-1]+n[i])/2))
			}
		}
	}
}

const (
	yes   = "true"
	no    = "false"
	other = "" // none of the texts that a value is compared with
)

// numbersOf returns the value that is compared with a number in a call, the
// number, and how a value must lie to it.
func numbersOf(c ast.CallExpr) (e ast.Expr, n float64, holds func(value float64) bool, ok bool) {
	number := func(e ast.Expr) (float64, bool) {
		if e.Kind() != ast.LiteralKind {
			return 0, false
		}
		switch v := e.AsLiteral().(type) {
		case types.Int:
			return float64(v), true
		case types.Double:
			return float64(v), true
		}
		return 0, false
	}
	wants, ok := map[string]func(order int) bool{
		operators.Equals: func(o int) bool { return o == 0 },
		operators.Less:   func(o int) bool { return o < 0 }, operators.LessEquals: func(o int) bool { return o <= 0 },
		operators.Greater: func(o int) bool { return o > 0 }, operators.GreaterEquals: func(o int) bool { return o >= 0 },
	}[c.FunctionName()]
	if !ok {
		return nil, 0, nil, false
	}
	if n, ok := number(c.Args()[1]); ok {
		return c.Args()[0], n, func(v float64) bool { return wants(cmp.Compare(v, n)) }, true
	}
	if n, ok := number(c.Args()[0]); ok {
		return c.Args()[1], n, func(v float64) bool { return wants(cmp.Compare(n, v)) }, true
	}
	return nil, 0, nil, false
}

func written64(n float64) string { return strconv.FormatFloat(n, 'g', -1, 64) }

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
	text := textOfLiteral
	switch c.FunctionName() {
	case operators.Equals:
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

func textOfLiteral(e ast.Expr) (string, bool) {
	if e.Kind() != ast.LiteralKind {
		return "", false
	}
	t, ok := e.AsLiteral().(types.String)
	return string(t), ok && t != other
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
			if t, constant := textOfLiteral(of); constant {
				s.add(s.nameOf(of), t)
				return
			}
			s.add(s.nameOf(of), append(literals, other)...)
			return
		}
		if of, n, _, ok := numbersOf(c); ok {
			if of.Kind() == ast.LiteralKind {
				s.add(s.nameOf(of), s.nameOf(of))
				return
			}
			s.numbers[s.nameOf(of)] = append(s.numbers[s.nameOf(of)], n)
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
			return slices.Contains(literals, values[s.nameOf(of)])
		}
		if of, _, holds, ok := numbersOf(c); ok {
			v, err := strconv.ParseFloat(values[s.nameOf(of)], 64)
			return err != nil || holds(v)
		}
	}
	return values[s.nameOf(e)] == yes
}
