package eligibility

import (
	"fmt"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/functions"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
)

// plan is how an expression, or a part of one, is evaluated about a post: a
// closure for every node of the checked syntax tree. What the vacancy and the
// readings fix is evaluated once, when the plan is made. CEL's interpreter
// evaluates the same trees more slowly and is what the tests compare plans with.
type plan struct {
	fixed ref.Val                     // the value where no case can change it, else nil
	eval  func(*evaluation) ref.Val   // the value
	text  func(*evaluation) textValue // the value of a text; nil where there is no quicker way than eval
}

// textValue is a text, or what stands in its place: an unknown value or an
// error.
type textValue struct {
	text    string
	instead ref.Val
}

func fixed(v ref.Val) plan {
	p := plan{fixed: v, eval: func(*evaluation) ref.Val { return v }}
	if s, ok := v.(types.String); ok {
		p.text = func(*evaluation) textValue { return textValue{text: string(s)} }
	}
	return p
}

// isFalse reports whether the value is false whatever the case.
func (p plan) isFalse() bool { return p.fixed == ref.Val(types.False) }

func open(eval func(*evaluation) ref.Val) plan { return plan{eval: eval} }

// asText returns the quicker way to a text, or one that serves instead.
func (p plan) asText() func(*evaluation) textValue {
	if p.text != nil {
		return p.text
	}
	return func(ev *evaluation) textValue {
		v := p.eval(ev)
		if s, ok := v.(types.String); ok {
			return textValue{text: string(s)}
		}
		return textValue{instead: v}
	}
}

// planner makes the plans of a post.
type planner struct {
	post      *Post
	variables []*plan // of the policy, as they are first asked for
	ast       *ast.AST
	bound     []binding // the names that comprehensions and each bind, the innermost last
	slots     int       // how many values comprehensions keep
	cases     int       // how many parts so far depend on the case
}

type binding struct {
	name string
	plan plan
}

// unplanned is a part of an expression that the compiler should have refused.
type unplanned struct{ what string }

func (u *unplanned) Error() string { return "internal error: no plan for " + u.what }

// program plans a whole expression.
func (p *planner) program(of *program) (plan, error) {
	outer := p.ast
	p.ast = of.ast.NativeRep()
	made, err := p.plan(p.ast.Expr())
	p.ast = outer
	if err != nil {
		return plan{}, &RuleError{of.path, err}
	}
	return made, nil
}

func (p *planner) plan(e ast.Expr) (plan, error) {
	if r, ok := p.ast.ReferenceMap()[e.ID()]; ok && len(r.OverloadIDs) == 0 {
		return p.name(r.Name)
	}
	switch e.Kind() {
	case ast.LiteralKind:
		return fixed(e.AsLiteral()), nil
	case ast.IdentKind:
		return p.name(e.AsIdent())
	case ast.SelectKind:
		return p.selection(e)
	case ast.ListKind:
		return p.list(e)
	case ast.CallKind:
		return p.call(e)
	case ast.ComprehensionKind:
		return p.comprehension(e)
	}
	return plan{}, &unplanned{fmt.Sprintf("an expression of kind %d", e.Kind())}
}

// ofCase is a plan of what differs from case to case.
func (p *planner) ofCase(eval func(*evaluation) ref.Val) plan {
	p.cases++
	return open(eval)
}

func (p *planner) name(name string) (plan, error) {
	for i := len(p.bound) - 1; i >= 0; i-- {
		if p.bound[i].name == name {
			return p.bound[i].plan, nil
		}
	}
	switch name {
	case "vacancy":
		return fixed(&p.post.records.vacancy), nil
	case "reading":
		return fixed(&p.post.records.reading), nil
	case "candidate":
		return p.ofCase(func(ev *evaluation) ref.Val { return &ev.candidate }), nil
	case "application":
		return p.ofCase(func(ev *evaluation) ref.Val { return &ev.application }), nil
	case "mission":
		return p.ofCase(func(ev *evaluation) ref.Val { return &ev.mission }), nil
	case "asOf":
		return p.ofCase(func(ev *evaluation) ref.Val { return ev.asOf }), nil
	case "start":
		return p.ofCase(func(ev *evaluation) ref.Val { return ev.start }), nil
	case "deploymentStart":
		return p.ofCase(func(ev *evaluation) ref.Val { return ev.deploymentStart }), nil
	}
	if n, ok := p.post.names.rules[name]; ok {
		if p.post.consults {
			return p.ofCase(func(ev *evaluation) ref.Val {
				ev.consulting.now.join(ev.consulting.rules[n])
				return ev.results[n].value
			}), nil
		}
		return p.ofCase(func(ev *evaluation) ref.Val { return ev.results[n].value }), nil
	}
	if n, ok := p.post.names.variable(name); ok {
		return p.variable(n)
	}
	return plan{}, &unplanned{"the name " + name}
}

// variable plans a variable, which is evaluated once a case, when it is first
// asked for.
func (p *planner) variable(n int) (plan, error) {
	of := p.post.policy.variables[n]
	if q := of.question; q > 0 {
		return p.ofCase(func(ev *evaluation) ref.Val { return ev.answer(q - 1) }), nil
	}
	if p.variables[n] == nil {
		bound := p.bound
		p.bound = nil
		made, err := p.program(of)
		p.bound = bound
		if err != nil {
			return plan{}, err
		}
		if made.fixed == nil {
			eval := made.eval
			once := func(ev *evaluation) ref.Val {
				if ev.variables[n] == nil {
					ev.variables[n] = eval(ev)
				}
				return ev.variables[n]
			}
			if p.post.consults {
				once = consultingVariable(n, once)
			}
			made = open(once)
		}
		p.variables[n] = &made
	}
	if p.variables[n].fixed == nil {
		p.cases++
	}
	return *p.variables[n], nil
}

func (p *planner) selection(e ast.Expr) (plan, error) {
	if i := p.readingNumber(e); i >= 0 {
		return p.askedReading(i), nil
	}
	s := e.AsSelect()
	of, err := p.plan(s.Operand())
	if err != nil {
		return plan{}, err
	}
	name := p.ast.GetType(s.Operand().ID()).TypeName()
	r, ok := p.post.policy.recordTypes[name]
	if !ok {
		return plan{}, &unplanned{"a field of a " + name}
	}
	return r.plan(of, s.FieldName(), s.IsTestOnly()), nil
}

// list plans a list that is written out.
func (p *planner) list(e ast.Expr) (plan, error) {
	elements, all, err := p.plans(e.AsList().Elements())
	if err != nil {
		return plan{}, err
	}
	made := open(func(ev *evaluation) ref.Val {
		values := make([]ref.Val, len(elements))
		if failed := evaluate(ev, elements, values); failed != nil {
			return failed
		}
		return types.NewRefValList(valueAdapter{}, values)
	})
	return p.settled(made, all), nil
}

// plans plans several expressions and reports whether all of them are fixed.
func (p *planner) plans(expressions []ast.Expr) (made []plan, all bool, err error) {
	made, all = make([]plan, len(expressions)), true
	for i, e := range expressions {
		if made[i], err = p.plan(e); err != nil {
			return nil, false, err
		}
		all = all && made[i].fixed != nil
	}
	return made, all, nil
}

// evaluate evaluates arguments. It returns what stands in the place of a
// result where one of them is unknown or an error.
func evaluate(ev *evaluation, args []plan, values []ref.Val) ref.Val {
	var unknown *types.Unknown
	for i := range args {
		v := args[i].eval(ev)
		switch u := v.(type) {
		case *types.Err:
			return v
		case *types.Unknown:
			unknown = types.MergeUnknowns(u, unknown)
		}
		values[i] = v
	}
	if unknown != nil {
		return unknown
	}
	return nil
}

// fix evaluates what no case can change. An error remains to be met, if it
// ever is.
func (p *planner) fix(made plan) plan {
	v := made.eval(p.post.records.fixing(p.slots))
	if types.IsError(v) {
		return made
	}
	return fixed(v)
}

// settled is a plan of parts, which is fixed where all of them are.
func (p *planner) settled(made plan, all bool) plan {
	if all {
		return p.fix(made)
	}
	return made
}

func (p *planner) call(e ast.Expr) (plan, error) {
	c := e.AsCall()
	expressions := c.Args()
	if c.IsMemberFunction() {
		expressions = append([]ast.Expr{c.Target()}, expressions...)
	}
	if operator, ok := operatorPlans[c.FunctionName()]; ok {
		return operator(p, expressions)
	}
	args, all, err := p.plans(expressions)
	if err != nil {
		return plan{}, err
	}
	if f, ok := foldSteps[c.FunctionName()]; ok {
		return f.plan(args), nil
	}
	ids := p.ast.GetOverloadIDs(e.ID())
	bound := p.post.policy.bindings[c.FunctionName()]
	if len(ids) == 1 {
		if b, ok := p.post.policy.bindings[ids[0]]; ok {
			bound = b
		}
	}
	made, err := calls(bound, args)
	if err != nil {
		return plan{}, &unplanned{"the function " + c.FunctionName()}
	}
	return p.settled(made, all), nil
}

var errNoBinding = fmt.Errorf("no binding")

// calls plans the call of a function. A strict one is not asked where an
// argument is unknown or an error.
func calls(f *functions.Overload, args []plan) (plan, error) {
	switch {
	case f == nil:
	case f.NonStrict && len(args) == 2 && f.Binary != nil:
		left, right, apply := args[0].eval, args[1].eval, f.Binary
		return open(func(ev *evaluation) ref.Val { return apply(left(ev), right(ev)) }), nil
	case f.NonStrict:
	case len(args) == 1 && f.Unary != nil:
		of, apply := args[0].eval, f.Unary
		return open(func(ev *evaluation) ref.Val {
			v := of(ev)
			if types.IsUnknownOrError(v) {
				return v
			}
			return apply(v)
		}), nil
	case len(args) == 2 && f.Binary != nil:
		return binary(args, f.Binary), nil
	case f.Function != nil:
		apply := f.Function
		return open(func(ev *evaluation) ref.Val {
			values := make([]ref.Val, len(args))
			if instead := evaluate(ev, args, values); instead != nil {
				return instead
			}
			return apply(values...)
		}), nil
	}
	return plan{}, errNoBinding
}

// binary plans a strict function of two arguments.
func binary(args []plan, apply func(l, r ref.Val) ref.Val) plan {
	left, right := args[0].eval, args[1].eval
	return open(func(ev *evaluation) ref.Val {
		l := left(ev)
		if types.IsError(l) {
			return l
		}
		r := right(ev)
		if !types.IsUnknownOrError(l) && !types.IsUnknownOrError(r) {
			return apply(l, r)
		}
		if types.IsError(r) {
			return r
		}
		return merged(l, r)
	})
}

// merged is the unknown value of two values of which at least one is.
func merged(l, r ref.Val) ref.Val {
	u, _ := types.MaybeMergeUnknowns(l, nil)
	u, _ = types.MaybeMergeUnknowns(r, u)
	return u
}

// bindingsOf returns the functions of an environment by name and by overload.
func bindingsOf(env *cel.Env) (map[string]*functions.Overload, error) {
	all := make(map[string]*functions.Overload)
	for _, f := range env.Functions() {
		bindings, err := f.Bindings()
		if err != nil {
			return nil, err
		}
		for _, b := range bindings {
			all[b.Operator] = b
		}
	}
	return all, nil
}
