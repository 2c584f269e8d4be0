package eligibility

import (
	"maps"
	"slices"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
)

// consultation finds the readings that rules ask for in an evaluation: those
// that stand in what decides them. Where the vacancy or a reading settles a
// condition, what it leaves aside is not asked.
type consultation struct {
	ev        *evaluation
	variables map[int]readingSet // by number, once they were looked at
	rules     map[int]readingSet // those at the top, once they were looked at
	mention   bool               // whatever is left aside too
	bound     []string           // the names that the comprehensions around bind
}

// mentioned returns the readings that a rule at the top could ask for at all.
func (ev *evaluation) mentioned(r *rule) readingSet {
	c := consultation{ev: ev, variables: make(map[int]readingSet), rules: make(map[int]readingSet), mention: true}
	found := readingSet{}
	c.whole(r, found)
	return found
}

// rule returns the readings that a rule at the top asks for.
func (c *consultation) rule(n int) readingSet {
	if found, ok := c.rules[n]; ok {
		return found
	}
	found := readingSet{}
	c.rules[n] = found
	if c.mention {
		c.whole(c.ev.post.rules[n], found)
	} else if r := c.ev.results[n]; r != nil {
		c.result(r, found)
	}
	return found
}

// whole adds what a rule and those below it mention.
func (c *consultation) whole(r *rule, found readingSet) {
	for _, p := range []*program{r.when, r.list, r.expression} {
		if p != nil {
			c.piece(p.whole(), found)
		}
	}
	for _, child := range r.children {
		c.whole(child, found)
	}
}

// result adds what a result was made of. A rule that does not apply asks for
// what its when asks for.
func (c *consultation) result(r *result, found readingSet) {
	if r.element == nil && r.rule.when != nil {
		when := r.rule.when.whole()
		c.piece(when, found)
		if v, err := c.ev.within(when); err == nil && v == ref.Val(types.False) {
			return
		}
	}
	if r.element == nil && r.rule.list != nil {
		c.piece(r.rule.list.whole(), found)
	}
	if r.rule.expression != nil {
		c.piece(r.rule.expression.whole(), found)
	}
	if r.element == nil && r.rule.list == nil {
		for _, child := range r.children {
			c.result(child, found)
		}
	}
}

// piece adds the readings that a part of an expression asks for.
func (c *consultation) piece(p piece, found readingSet) {
	if p.expr.Kind() == ast.ComprehensionKind {
		of := p.expr.AsComprehension()
		c.piece(p.part(of.IterRange()), found)
		outer := c.bound
		c.bound = append(outer[:len(outer):len(outer)], of.IterVar(), of.AccuVar())
		for _, inner := range p.inner()[1:] {
			c.piece(inner, found)
		}
		c.bound = outer
		return
	}
	if slices.Contains(c.bound, p.name()) {
		return
	}
	if v, ok := c.ev.variablePart(p); ok {
		c.variable(v, found)
		return
	}
	if n, ok := c.ev.post.names.rules[p.name()]; ok {
		maps.Copy(found, c.rule(n))
		return
	}
	if i := c.reading(p); i >= 0 {
		found[i] = true
		return
	}
	function, args := p.call()
	if settled := c.settled(function, args); settled != nil {
		for _, a := range settled {
			c.piece(a, found)
		}
		return
	}
	for _, inner := range p.inner() {
		c.piece(inner, found)
	}
}

func (c *consultation) variable(v piece, found readingSet) {
	for n, program := range c.ev.post.policy.variables {
		if program != v.program {
			continue
		}
		if c.variables[n] == nil {
			c.variables[n] = readingSet{}
			outer := c.bound
			c.bound = nil
			c.piece(v, c.variables[n])
			c.bound = outer
		}
		maps.Copy(found, c.variables[n])
	}
}

// reading returns the number of the reading that a part names, -1 if it names
// none.
func (c *consultation) reading(p piece) int {
	if p.expr.Kind() != ast.SelectKind {
		return -1
	}
	s := p.expr.AsSelect()
	if p.part(s.Operand()).name() != "reading" {
		return -1
	}
	return c.ev.post.policy.readings.number(s.FieldName())
}

// settled returns the arguments that decide an operator where one that no case
// can change does; nil where all of them are needed.
func (c *consultation) settled(function string, args []piece) []piece {
	if c.mention {
		return nil
	}
	switch function {
	case operators.Conditional:
		switch c.fixedValue(args[0]) {
		case types.True:
			return args[:2:2]
		case types.False:
			return []piece{args[0], args[2]}
		}
	case operators.LogicalAnd, operators.LogicalOr:
		decides := ref.Val(types.Bool(function == operators.LogicalOr))
		for _, a := range args {
			if c.fixedValue(a) == decides {
				return []piece{a}
			}
		}
	}
	return nil
}

// fixedValue returns the value of a part that depends on the vacancy and the
// readings only, nil for another one.
func (c *consultation) fixedValue(p piece) ref.Val {
	if !c.isFixed(p) {
		return nil
	}
	v, err := c.ev.within(p)
	if err != nil {
		return nil
	}
	return v
}

func (c *consultation) isFixed(p piece) bool {
	if v, ok := c.ev.variablePart(p); ok {
		return c.isFixed(v)
	}
	switch name := p.name(); {
	case slices.Contains(c.bound, name):
		return false
	case name == "vacancy" || name == "reading":
		return true
	case name != "" || p.expr.Kind() == ast.ComprehensionKind:
		return false
	}
	for _, inner := range p.inner() {
		if !c.isFixed(inner) {
			return false
		}
	}
	return true
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
