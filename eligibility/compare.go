package eligibility

import (
	"cmp"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"github.com/qualify-rules/qualify/experience"
)

// comparison is how a value lies to another one: whether it is less, and
// whether it is less or equal. CEL's own comparisons ask for -1, 0 or 1, which
// cannot say that a value is at least as large as another one and perhaps
// larger.
type comparison struct {
	less, lessEqual experience.Truth
	open            func() *types.Unknown
}

func order(n int) *comparison {
	return &comparison{less: experience.TruthOf(n < 0), lessEqual: experience.TruthOf(n <= 0)}
}

// compare returns how l lies to r, or nil for types that have no order.
func compare(l, r ref.Val) *comparison {
	switch l := l.(type) {
	case types.Int:
		switch r := r.(type) {
		case types.Int:
			return order(cmp.Compare(l, r))
		case types.Double:
			return order(cmp.Compare(types.Double(l), r))
		}
	case types.Double:
		switch r := r.(type) {
		case types.Int:
			return order(cmp.Compare(l, types.Double(r)))
		case types.Double:
			return order(cmp.Compare(l, r))
		}
	case types.String:
		if r, ok := r.(types.String); ok {
			return order(cmp.Compare(l, r))
		}
	case *dateValue:
		if r, ok := r.(*dateValue); ok {
			return &comparison{
				less:      l.date.Before(r.date),
				lessEqual: l.date.NotAfter(r.date),
				open:      func() *types.Unknown { return types.MergeUnknowns(l.open, r.open) },
			}
		}
	case periodValue:
		if r, ok := r.(periodValue); ok {
			return order(l.period.Compare(r.period))
		}
	case cycleValue:
		if r, ok := r.(cycleValue); ok {
			return order(cmp.Compare(l.cycle, r.cycle))
		}
	case *levelValue:
		if r, ok := r.(types.Int); ok {
			return l.compareTo(int64(r))
		}
	case *totalValue:
		if r, ok := r.(periodValue); ok {
			return l.compareTo(r)
		}
	}
	return nil
}

// compareTo puts what has no level below every level.
func (l *levelValue) compareTo(n int64) *comparison {
	decide := func(all, none bool) experience.Truth {
		switch {
		case all:
			return experience.True
		case none:
			return experience.False
		}
		return experience.Unknown
	}
	low, high := int64(l.levels.Low), int64(l.levels.High)
	return &comparison{
		less:      decide(high < n, low >= n),
		lessEqual: decide(high <= n, low > n),
		open:      func() *types.Unknown { return l.open },
	}
}

// comparisons declares <, <=, > and >= in place of the standard library's.
func comparisons() []cel.EnvOption {
	ask := func(name string, atLeast bool, answer func(*comparison) experience.Truth) cel.EnvOption {
		options := []cel.FunctionOpt{cel.SingletonBinaryBinding(func(l, r ref.Val) ref.Val {
			c := compare(l, r)
			if c == nil {
				return types.MaybeNoSuchOverloadErr(r)
			}
			if total, ok := l.(*totalValue); ok {
				total.note(r.(periodValue).period, atLeast)
			}
			t := answer(c)
			if t != experience.Unknown || c.open == nil {
				return truth(t, nil)
			}
			return truth(t, c.open())
		})}
		for _, pair := range [][2]*cel.Type{
			{cel.IntType, cel.IntType}, {cel.DoubleType, cel.DoubleType}, {cel.IntType, cel.DoubleType}, {cel.DoubleType, cel.IntType},
			{cel.StringType, cel.StringType}, {dateType, dateType}, {periodType, periodType}, {cycleType, cycleType},
			{levelType, cel.IntType}, {totalType, periodType},
		} {
			id := name + "_" + pair[0].TypeName() + "_" + pair[1].TypeName()
			options = append(options, cel.Overload(id, []*cel.Type{pair[0], pair[1]}, cel.BoolType))
		}
		return cel.Function(name, options...)
	}
	return []cel.EnvOption{
		ask(operators.Less, false, func(c *comparison) experience.Truth { return c.less }),
		ask(operators.LessEquals, false, func(c *comparison) experience.Truth { return c.lessEqual }),
		ask(operators.Greater, true, func(c *comparison) experience.Truth { return c.lessEqual.Not() }),
		ask(operators.GreaterEquals, true, func(c *comparison) experience.Truth { return c.less.Not() }),
		cel.Function(operators.Add,
			cel.Overload("add_date_period", []*cel.Type{dateType, periodType}, dateType),
			cel.Overload("add_period_period", []*cel.Type{periodType, periodType}, periodType)),
		cel.Function(operators.Subtract,
			cel.Overload("subtract_date_period", []*cel.Type{dateType, periodType}, dateType)),
	}
}
