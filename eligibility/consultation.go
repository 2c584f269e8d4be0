package eligibility

import (
	"slices"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
)

// readingSet is a set of readings by their number.
type readingSet []uint64

func newReadingSet(readings int) readingSet { return make(readingSet, (readings+63)/64) }

func (s readingSet) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s readingSet) has(i int) bool { return s[i/64]>>(i%64)&1 == 1 }

// join adds every reading of another set, if there is one.
func (s readingSet) join(other readingSet) {
	for i, some := range other {
		s[i] |= some
	}
}

func (s readingSet) meets(other readingSet) bool {
	for i := range s {
		if s[i]&other[i] != 0 {
			return true
		}
	}
	return false
}

// consultation is a choice of readings in an evaluation, and which of them the
// rules ask for: what no rule asked for can be chosen otherwise without changing
// anything. What a rule asks for through a variable or another rule, it asks for
// too.
type consultation struct {
	options   []types.String
	now       readingSet // of the rule or variable that is evaluated
	variables []readingSet
	rules     []readingSet // those at the top
}

func newConsultation(p *Post, options []string) *consultation {
	c := &consultation{variables: make([]readingSet, len(p.policy.variables)), rules: make([]readingSet, len(p.steps))}
	for _, o := range options {
		c.options = append(c.options, types.String(o))
	}
	return c
}

// while calls a function and returns the readings that are asked for meanwhile.
// Around it they are asked for too.
func (c *consultation) while(do func()) readingSet {
	outer := c.now
	c.now = newReadingSet(len(c.options))
	do()
	asked := c.now
	if c.now = outer; outer != nil {
		outer.join(asked)
	}
	return asked
}

// ask returns the option of a reading.
func (c *consultation) ask(i int) types.String {
	c.now.add(i)
	return c.options[i]
}

// consultingVariable is the value of a variable that asks again for the readings
// that it asked for when it was evaluated.
func consultingVariable(n int, eval func(*evaluation) ref.Val) func(*evaluation) ref.Val {
	return func(ev *evaluation) ref.Val {
		c := ev.consulting
		if ev.variables[n] != nil {
			c.now.join(c.variables[n])
			return ev.variables[n]
		}
		var v ref.Val
		c.variables[n] = c.while(func() { v = eval(ev) })
		return v
	}
}

// askedReading plans a reading that is looked up when it is evaluated.
func (p *planner) askedReading(i int) plan {
	made := p.ofCase(func(ev *evaluation) ref.Val { return ev.consulting.ask(i) })
	made.text = func(ev *evaluation) textValue { return textValue{text: string(ev.consulting.ask(i))} }
	return made
}

// readingNumber returns the number of the reading that an expression selects in
// a post whose plans ask for readings, -1 where it selects none.
func (p *planner) readingNumber(e ast.Expr) int {
	s := e.AsSelect()
	isReading := s.Operand().Kind() == ast.IdentKind && s.Operand().AsIdent() == "reading"
	if !p.post.consults || s.IsTestOnly() || !isReading || slices.ContainsFunc(p.bound, func(b binding) bool { return b.name == "reading" }) {
		return -1
	}
	return p.post.policy.readings.number(s.FieldName())
}

// inner returns the parts that a part is made of.
func (p piece) inner() []piece {
	var out []piece
	add := func(expressions ...ast.Expr) {
		for _, e := range expressions {
			out = append(out, p.part(e))
		}
	}
	switch p.expr.Kind() {
	case ast.CallKind:
		_, out = p.call()
	case ast.SelectKind:
		add(p.expr.AsSelect().Operand())
	case ast.ListKind:
		add(p.expr.AsList().Elements()...)
	case ast.ComprehensionKind:
		c := p.expr.AsComprehension()
		add(c.IterRange(), c.AccuInit(), c.LoopCondition(), c.LoopStep(), c.Result())
	}
	return out
}
