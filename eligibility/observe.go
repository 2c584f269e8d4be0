package eligibility

import (
	"slices"
	"strings"

	"github.com/google/cel-go/cel"
	celast "github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/interpreter"

	"github.com/qualify-rules/qualify/experience"
)

// LoadOption changes how a policy is compiled.
type LoadOption interface{ applyToLoad(*Policy) }

type loadOptionFunc func(*Policy)

func (f loadOptionFunc) applyToLoad(p *Policy) { f(p) }

// Comparison is a part of an expression that is true or false by itself: a
// comparison, a yes-or-no field, or a function that answers yes or no.
type Comparison struct {
	File         string
	Line, Column int    // from 1; 0 where the text did not come from a file
	Rule         string // path of the rule, or variables.name
	Text         string
	When         bool // it is the whole of a when
}

// Observer is asked for every comparison when a policy, or a vacancy of it, is
// compiled, and for every when. The function that it returns is told how the
// comparison came out whenever it was evaluated: one goroutine for each
// assessment may call it.
type Observer func(Comparison) func(experience.Truth)

// Observe has an observer watch the comparisons of a policy, for tests of the
// policy: assessments are slower.
func Observe(o Observer) LoadOption {
	return loadOptionFunc(func(p *Policy) { p.observer = o })
}

// Text returns the file that the policy was loaded from, as it was named and
// as it was read.
func (p *Policy) Text() (name string, data []byte) { return p.file, []byte(p.text) }

// watch has a program report its comparisons. CEL's interpreter evaluates it
// then, and not its plan.
func (c *compiler) watch(p *program, at string) {
	if c.observer == nil {
		return
	}
	native := p.ast.NativeRep()
	watched := make(map[int64]func(experience.Truth))
	watch := func(e celast.Expr, id int64, when bool) {
		offset := characterOf(native, e)
		text, err := cel.ExprToString(e, native.SourceInfo())
		if err != nil { // a macro within it is expanded already
			text = strings.Join(strings.Fields(p.ast.Source().Content()), " ")
		}
		found := Comparison{File: c.source.name, Rule: p.path, Text: text, When: when}
		if c.source.doc != nil {
			place := c.source.doc.In(at, offset)
			found.Line, found.Column = place.Line, place.Column
		}
		tell := c.observer(found)
		if before := watched[id]; before != nil {
			watched[id] = func(t experience.Truth) { before(t); tell(t) }
		} else {
			watched[id] = tell
		}
	}
	root := celast.NavigateAST(native)
	if strings.HasSuffix(at, "/when") {
		watch(root, planID(root), true)
	}
	for _, e := range celast.MatchDescendants(root, isComparison) {
		watch(e, planID(e), false)
	}
	var err error
	p.watched, err = p.interpreter(func(i interpreter.InterpretableV2) (interpreter.InterpretableV2, error) {
		tell := watched[i.ID()]
		if tell == nil {
			return i, nil
		}
		switch i := i.(type) {
		case *watchedAttribute, interpreter.InterpretableConst:
			return i, nil
		case interpreter.InterpretableAttribute:
			return &watchedAttribute{i, tell}, nil
		}
		return &watchedExpression{i, tell}, nil
	})
	if err != nil {
		c.at(at, p.path, false, "%v", err)
	}
}

// connectives are what puts comparisons together.
var connectives = []string{operators.LogicalAnd, operators.LogicalOr, operators.LogicalNot, operators.Conditional, operators.NotStrictlyFalse}

// isComparison tells what is true or false by itself. The policy's variables
// are watched where they are defined.
func isComparison(e celast.NavigableExpr) bool {
	if !e.Type().IsExactType(cel.BoolType) {
		return false
	}
	switch e.Kind() {
	case celast.CallKind:
		name := e.AsCall().FunctionName()
		return name == operators.In || !slices.Contains(connectives, name) && !strings.HasPrefix(name, "@")
	case celast.SelectKind:
		of := e.AsSelect().Operand()
		return of.Kind() != celast.IdentKind || of.AsIdent() != "variables"
	}
	return false
}

// planID is the id under which the planner knows an expression: of a field,
// that of the name at the head of it.
func planID(e celast.Expr) int64 {
	if e.Kind() != celast.SelectKind || e.AsSelect().IsTestOnly() {
		return e.ID()
	}
	head := e
	for head.Kind() == celast.SelectKind {
		head = head.AsSelect().Operand()
	}
	if head.Kind() == celast.IdentKind && head.AsIdent() == "variables" {
		return e.ID()
	}
	return head.ID()
}

// characterOf is where an expression stands: at its operator, or at the head of
// a field.
func characterOf(a *celast.AST, e celast.Expr) int {
	at, _ := a.SourceInfo().GetOffsetRange(planID(e))
	return int(at.Start)
}

func truthOf(v ref.Val) (experience.Truth, bool) {
	switch v {
	case types.True:
		return experience.True, true
	case types.False:
		return experience.False, true
	}
	return experience.Unknown, types.IsUnknown(v)
}

// watchedExpression reports what an expression comes to.
type watchedExpression struct {
	interpreter.InterpretableV2
	tell func(experience.Truth)
}

// Exec evaluates the expression.
func (w *watchedExpression) Exec(frame *interpreter.ExecutionFrame) ref.Val {
	v := w.InterpretableV2.Exec(frame)
	if t, ok := truthOf(v); ok {
		w.tell(t)
	}
	return v
}

// Eval evaluates the expression.
func (w *watchedExpression) Eval(vars interpreter.Activation) ref.Val {
	return w.Exec(interpreter.AsFrame(vars))
}

// watchedAttribute reports what a field comes to.
type watchedAttribute struct {
	interpreter.InterpretableAttribute
	tell func(experience.Truth)
}

// Exec evaluates the field.
func (w *watchedAttribute) Exec(frame *interpreter.ExecutionFrame) ref.Val {
	v := w.InterpretableAttribute.Exec(frame)
	if t, ok := truthOf(v); ok {
		w.tell(t)
	}
	return v
}

// Eval evaluates the field.
func (w *watchedAttribute) Eval(vars interpreter.Activation) ref.Val {
	return w.Exec(interpreter.AsFrame(vars))
}
