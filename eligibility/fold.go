package eligibility

import (
	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"github.com/qualify-rules/qualify/experience"
)

// A fold over records becomes a comprehension: an empty result from
// @start_<list>, to which @add_<list> adds each record with the value of the
// predicate. That function is not strict, so that an unknown predicate makes
// its own record a possible one, not the whole result unknown.

func foldMacro(list string) func(string) cel.EnvOption {
	return func(name string) cel.EnvOption {
		return cel.Macros(cel.ReceiverMacro(name, 2, func(f cel.MacroExprFactory, candidate ast.Expr, args []ast.Expr) (ast.Expr, *cel.Error) {
			if args[0].Kind() != ast.IdentKind {
				return nil, f.NewError(args[0].ID(), name+"(x, predicate): the first argument is the name of a variable")
			}
			record := args[0].AsIdent()
			accumulator := f.AccuIdentName()
			if record == accumulator {
				return nil, f.NewError(args[0].ID(), "this name is reserved: choose another one")
			}
			return f.NewComprehension(
				f.NewSelect(candidate, list),
				record,
				accumulator,
				f.NewCall("@start_"+list, f.Copy(candidate)),
				f.NewLiteral(types.True),
				f.NewCall("@add_"+list, f.NewAccuIdent(), f.NewIdent(record), args[1]),
				f.NewAccuIdent(),
			), nil
		}))
	}
}

// fold is what the macro of a list expands to.
type fold struct {
	list           string
	result, record *cel.Type
	start          func(*evaluation) ref.Val
	add            func(acc, record, satisfies ref.Val) ref.Val
}

// foldsOf lists the folds.
func foldsOf() []fold {
	award := func(ev *evaluation) ref.Val {
		return ev.ofFulfilments.new(fulfilment{ev: ev, onset: experience.Never()})
	}
	work := func(a area, count func(*Candidate) int) func(*evaluation) ref.Val {
		return func(ev *evaluation) ref.Val { return newService(ev, a, count(&ev.c.Candidate)) }
	}
	return []fold{
		{"qualifications", fulfilmentType, qualificationRecord.celType, award, func(acc, r, satisfies ref.Val) ref.Val {
			q := r.(*object[Qualification])
			return acc.(*fulfilment).award(q.value.Awarded, q.fact(factAwarded), satisfies)
		}},
		{"ranks", fulfilmentType, rankRecord.celType, award, func(acc, r, satisfies ref.Val) ref.Val {
			o := r.(*object[Rank])
			return acc.(*fulfilment).award(o.value.Awarded, o.fact(factRankAwarded), satisfies)
		}},
		{"employments", serviceType, employmentRecord.celType, work(inEmployments, func(c *Candidate) int { return len(c.Employments) }),
			func(acc, r, satisfies ref.Val) ref.Val {
				o := r.(*object[Employment])
				span := experience.Span{From: o.value.From, To: o.value.To}
				return acc.(*serviceValue).add(span, o.value.Fraction, o.fact(factFrom), o.fact(factTo), satisfies)
			}},
		{"contracts", serviceType, contractRecord.celType, work(inContracts, func(c *Candidate) int { return len(c.Contracts) }),
			func(acc, r, satisfies ref.Val) ref.Val {
				o := r.(*object[Contract])
				span := experience.Span{From: o.value.From, To: o.value.To}
				return acc.(*serviceValue).add(span, experience.FullTime(), o.fact(factContractFrom), o.fact(factContractTo), satisfies)
			}},
		{"residences", serviceType, residenceRecord.celType, startResided, resided},
	}
}

// begin and step are the functions of the fold. An error ends it.
func (f fold) begin(c ref.Val) ref.Val { return f.start(c.(*object[Candidate]).ev) }

func (f fold) step(acc, record, satisfies ref.Val) ref.Val {
	if types.IsError(acc) {
		return acc
	}
	return f.add(acc, record, satisfies)
}

// foldFunctions declares what the macros expand to.
func foldFunctions() []cel.EnvOption {
	var options []cel.EnvOption
	for _, f := range foldsOf() {
		options = append(options,
			function("@start_"+f.list, cel.Overload("start_"+f.list, []*cel.Type{candidateRecord.celType}, f.result, cel.UnaryBinding(f.begin))),
			function("@add_"+f.list, cel.Overload("add_"+f.list, []*cel.Type{f.result, f.record, cel.BoolType}, f.result, cel.OverloadIsNonStrict(),
				cel.FunctionBinding(func(args ...ref.Val) ref.Val { return f.step(args[0], args[1], args[2]) }))))
	}
	return options
}

// foldSteps are the functions that are not strict, by their names.
var foldSteps = func() map[string]fold {
	steps := make(map[string]fold)
	for _, f := range foldsOf() {
		steps["@add_"+f.list] = f
	}
	return steps
}()

// plan plans the step of the fold.
func (f fold) plan(args []plan) plan {
	acc, record, satisfies := args[0].eval, args[1].eval, args[2].eval
	return open(func(ev *evaluation) ref.Val { return f.step(acc(ev), record(ev), satisfies(ev)) })
}
