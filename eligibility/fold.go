package eligibility

import (
	"slices"

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

// foldFunctions declares what the macros expand to.
func foldFunctions() []cel.EnvOption {
	fold := func(list string, result, record *cel.Type, start func(*evaluation) ref.Val, add func(acc, record, satisfies ref.Val) ref.Val) []cel.EnvOption {
		return []cel.EnvOption{
			cel.Function("@start_"+list, cel.Overload("start_"+list, []*cel.Type{candidateRecord.celType}, result,
				cel.UnaryBinding(func(c ref.Val) ref.Val { return start(c.(*object[Candidate]).ev) }))),
			cel.Function("@add_"+list, cel.Overload("add_"+list, []*cel.Type{result, record, cel.BoolType}, result, cel.OverloadIsNonStrict(),
				cel.FunctionBinding(func(args ...ref.Val) ref.Val {
					if types.IsError(args[0]) {
						return args[0]
					}
					return add(args[0], args[1], args[2])
				}))),
		}
	}
	award := func(ev *evaluation) ref.Val { return &fulfilment{ev: ev, onset: experience.Never()} }
	work := func(a area, count func(*Candidate) int) func(*evaluation) ref.Val {
		return func(ev *evaluation) ref.Val { return newService(ev, a, count(&ev.c.Candidate)) }
	}
	return slices.Concat(
		fold("qualifications", fulfilmentType, qualificationRecord.celType, award, func(acc, r, satisfies ref.Val) ref.Val {
			q := r.(*object[Qualification])
			return acc.(*fulfilment).award(q.value.Awarded, q.fact(factAwarded), satisfies)
		}),
		fold("ranks", fulfilmentType, rankRecord.celType, award, func(acc, r, satisfies ref.Val) ref.Val {
			o := r.(*object[Rank])
			return acc.(*fulfilment).award(o.value.Awarded, o.fact(factRankAwarded), satisfies)
		}),
		fold("employments", serviceType, employmentRecord.celType, work(inEmployments, func(c *Candidate) int { return len(c.Employments) }),
			func(acc, r, satisfies ref.Val) ref.Val {
				o := r.(*object[Employment])
				span := experience.Span{From: o.value.From, To: o.value.To}
				return acc.(*serviceValue).add(span, o.value.Fraction, o.fact(factFrom), o.fact(factTo), satisfies)
			}),
		fold("contracts", serviceType, contractRecord.celType, work(inContracts, func(c *Candidate) int { return len(c.Contracts) }),
			func(acc, r, satisfies ref.Val) ref.Val {
				o := r.(*object[Contract])
				span := experience.Span{From: o.value.From, To: o.value.To}
				return acc.(*serviceValue).add(span, experience.FullTime(), o.fact(factContractFrom), o.fact(factContractTo), satisfies)
			}),
		fold("residences", serviceType, residenceRecord.celType, work(inResidences, func(c *Candidate) int { return len(c.Residences) }), resided),
	)
}
