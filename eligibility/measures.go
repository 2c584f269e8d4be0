package eligibility

import (
	"slices"
	"strings"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/parser"
)

// measure is what an expression measured of a history.
type measure struct {
	evidence evidence
	service  piece // of the expression: what made the history
}

// measuredBy calls a function with the measures of a rule in the order of its
// expression. A rule that only names another one has those of that one.
func (ev *evaluation) measuredBy(r *result, see func([]measure) error) error {
	if r.rule.expression == nil {
		return nil
	}
	whole := r.rule.expression.whole()
	if n, ok := ev.post.names.rules[whole.name()]; ok && ev.results[n] != nil && ev.results[n].rule.list == nil {
		return ev.measuredBy(ev.results[n], see)
	}
	return ev.about(r, func() error {
		var found []measure
		for _, m := range ev.measures(whole) {
			if !slices.ContainsFunc(found, m.sameAs) {
				found = append(found, m)
			}
		}
		return see(found)
	})
}

// measures returns what a part of an expression measures. Where a condition is
// settled, what it leaves aside is not measured, and what has no value is not
// either.
func (ev *evaluation) measures(p piece) []measure {
	if v, ok := ev.variablePart(p); ok {
		return ev.measures(v)
	}
	if p.expr.Kind() == ast.ComprehensionKind {
		return ev.measuredInTurn(p)
	}
	var found []measure
	function, args := p.call()
	switch function {
	case "reaches":
		if v, err := ev.within(p); err == nil {
			if f, ok := v.(*fulfilment); ok {
				found = append(found, measure{f.evidence, args[0]})
			}
		}
	case "leaves":
		found = ev.noted(p, args[0])
	case operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals:
		if total, of := ev.resolved(args[0]).call(); total == "total" {
			found = ev.noted(p, of[0])
		}
	case operators.Conditional:
		args = append([]piece{args[0]}, ev.chosen(args)...)
	}
	if args == nil {
		args = p.inner()
	}
	for _, inner := range args {
		found = append(found, ev.measures(inner)...)
	}
	return found
}

// noted returns what a part that answers yes or no measured last of a history.
func (ev *evaluation) noted(p, service piece) []measure {
	ev.evidence = evidence{}
	if _, err := ev.within(p); err != nil || ev.evidence.service == nil {
		return nil
	}
	return []measure{{ev.evidence, service}}
}

// measuredInTurn returns what a comprehension measures for each of its elements.
// The predicate of a fold is asked of records and measures nothing.
func (ev *evaluation) measuredInTurn(p piece) []measure {
	c := p.expr.AsComprehension()
	found := ev.measures(p.part(c.IterRange()))
	if isFold(c) {
		return found
	}
	list, err := ev.within(p.part(c.IterRange()))
	if err != nil {
		return found
	}
	elements, ok := elementsOf(list)
	if !ok {
		return found // not known
	}
	for i := range elements.length() {
		step := p.part(c.LoopStep())
		if step.names, err = ev.bound(p, c.IterVar(), elements.at(i)); err == nil {
			found = append(found, ev.measures(step)...)
		}
	}
	return found
}

// isFold reports whether a comprehension is what worked, served and the like
// expand to.
func isFold(c ast.ComprehensionExpr) bool {
	begin := c.AccuInit()
	return begin.Kind() == ast.CallKind && strings.HasPrefix(begin.AsCall().FunctionName(), "@start_")
}

// chosen returns the arguments of a conditional that may give its value.
func (ev *evaluation) chosen(args []piece) []piece {
	v, err := ev.within(args[0])
	switch {
	case err != nil:
		return nil
	case v == ref.Val(types.True):
		return args[1:2:2]
	case v == ref.Val(types.False):
		return args[2:]
	}
	return args[1:]
}

// resolved goes through variables and conditions to the part that gives the
// value.
func (ev *evaluation) resolved(p piece) piece {
	for {
		if v, ok := ev.variablePart(p); ok {
			p = v
			continue
		}
		function, args := p.call()
		if function != operators.Conditional {
			return p
		}
		chosen := ev.chosen(args)
		if len(chosen) != 1 {
			return p
		}
		p = chosen[0]
	}
}

// variablePart returns the expression of the variable that a part names.
func (ev *evaluation) variablePart(p piece) (piece, bool) {
	if n, ok := ev.post.names.variable(p.name()); ok {
		return ev.post.policy.variables[n].whole(), true
	}
	return piece{}, false
}

// sameAs reports whether two measures are one: of the same history, asked for
// the same.
func (m measure) sameAs(o measure) bool {
	a, b := m.evidence, o.evidence
	return a.need == b.need && a.limit == b.limit && a.more == b.more && a.service.sameAs(b.service)
}

// sameAs reports whether two services count the same.
func (s *serviceValue) sameAs(o *serviceValue) bool {
	return s == o || s != nil && o != nil && s.area == o.area && s.counting == o.counting && slices.Equal(s.records, o.records)
}

// text writes a part as a policy does.
func (p piece) text() string {
	text, err := parser.Unparse(p.expr, p.program.ast.NativeRep().SourceInfo())
	if err != nil {
		return ""
	}
	return text
}
