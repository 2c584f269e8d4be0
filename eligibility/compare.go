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
type comparison struct{ less, lessEqual experience.Truth }

func order(n int) (comparison, bool) {
	return comparison{experience.TruthOf(n < 0), experience.TruthOf(n <= 0)}, true
}

// compare returns how l lies to r, or false for types that have no order.
func compare(l, r ref.Val) (comparison, bool) {
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
			return comparison{l.date.Before(r.date), l.date.NotAfter(r.date)}, true
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
			return l.compareTo(int64(r)), true
		}
	case *totalValue:
		if r, ok := r.(periodValue); ok {
			return l.compareTo(r), true
		}
	}
	return comparison{}, false
}

// doubtsOf returns what would decide a comparison that is not decided.
func doubtsOf(l, r ref.Val) *types.Unknown {
	switch l := l.(type) {
	case *dateValue:
		if r, ok := r.(*dateValue); ok {
			return types.MergeUnknowns(l.open, r.open)
		}
	case *levelValue:
		return l.of.ev.unknown(l.of.fact(factEQF))
	case *totalValue:
		return l.service.doubts()
	}
	return nil
}

// question is what an operator asks of how two values lie.
type question struct {
	operator string
	atLeast  bool // asks for as much as the right side, or more
	of       func(comparison) experience.Truth
}

var questions = []question{
	{operators.Less, false, func(c comparison) experience.Truth { return c.less }},
	{operators.LessEquals, false, func(c comparison) experience.Truth { return c.lessEqual }},
	{operators.Greater, true, func(c comparison) experience.Truth { return c.lessEqual.Not() }},
	{operators.GreaterEquals, true, func(c comparison) experience.Truth { return c.less.Not() }},
}

// answer is the value of the comparison.
func (q question) answer(l, r ref.Val) ref.Val {
	c, ok := compare(l, r)
	if !ok {
		return types.MaybeNoSuchOverloadErr(r)
	}
	if total, ok := l.(*totalValue); ok {
		total.note(r.(periodValue).period, q.atLeast)
	}
	if t := q.of(c); t != experience.Unknown {
		return truth(t, nil)
	}
	return truth(experience.Unknown, doubtsOf(l, r))
}

// compareTo puts what has no level below every level.
func (l *levelValue) compareTo(n int64) comparison {
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
	return comparison{decide(high < n, low >= n), decide(high <= n, low > n)}
}

// comparisons declares <, <=, > and >= in place of the standard library's.
func comparisons() []cel.EnvOption {
	var options []cel.EnvOption
	for _, q := range questions {
		overloads := []cel.FunctionOpt{cel.SingletonBinaryBinding(q.answer)}
		for _, pair := range [][2]*cel.Type{
			{cel.IntType, cel.IntType}, {cel.DoubleType, cel.DoubleType}, {cel.IntType, cel.DoubleType}, {cel.DoubleType, cel.IntType},
			{cel.StringType, cel.StringType}, {dateType, dateType}, {periodType, periodType}, {cycleType, cycleType},
			{levelType, cel.IntType}, {totalType, periodType},
		} {
			id := q.operator + "_" + pair[0].TypeName() + "_" + pair[1].TypeName()
			overloads = append(overloads, cel.Overload(id, []*cel.Type{pair[0], pair[1]}, cel.BoolType))
		}
		options = append(options, function(q.operator, overloads...))
	}
	return append(options,
		function(operators.Add,
			cel.Overload("add_date_period", []*cel.Type{dateType, periodType}, dateType),
			cel.Overload("add_period_period", []*cel.Type{periodType, periodType}, periodType)),
		function(operators.Subtract,
			cel.Overload("subtract_date_period", []*cel.Type{dateType, periodType}, dateType)))
}
