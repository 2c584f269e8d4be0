package eligibility

import (
	"fmt"
	"reflect"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"

	"github.com/qualify-rules/qualify/eqf"
	"github.com/qualify-rules/qualify/experience"
)

// The types that a policy's expressions know beside CEL's own and the records.
var (
	dateType       = cel.ObjectType("qualify.Date", traits.AdderType|traits.SubtractorType)
	periodType     = cel.ObjectType("qualify.Period", traits.AdderType)
	levelType      = cel.OpaqueType("qualify.Level")
	cycleType      = cel.OpaqueType("qualify.Cycle")
	totalType      = cel.OpaqueType("qualify.Total")
	serviceType    = cel.OpaqueType("qualify.Service")
	fulfilmentType = cel.ObjectType("qualify.Fulfilment", traits.IndexerType|traits.FieldTesterType)
)

// noConversion refuses what values of these types are never asked for.
type noConversion struct{}

func (noConversion) ConvertToNative(t reflect.Type) (any, error) {
	return nil, fmt.Errorf("no conversion to %v", t)
}

func (noConversion) ConvertToType(t ref.Type) ref.Val {
	return types.NewErr("no conversion to %s", t.TypeName())
}

// truth is a three-valued answer in CEL; where it is Unknown, open says which
// facts are missing.
func truth(t experience.Truth, open *types.Unknown) ref.Val {
	switch t {
	case experience.True:
		return types.True
	case experience.False:
		return types.False
	}
	if open == nil {
		return types.NewErr("internal error: undecided without a missing fact")
	}
	return open
}

// dateValue is a date and, where it is imprecise, the facts that would make
// it exact.
type dateValue struct {
	noConversion
	date experience.Date
	open *types.Unknown
}

func (d *dateValue) Type() ref.Type { return dateType }
func (d *dateValue) Value() any     { return d.date }

func (d *dateValue) Equal(other ref.Val) ref.Val {
	o, ok := other.(*dateValue)
	if !ok {
		return types.False
	}
	return truth(d.date.Same(o.date), types.MergeUnknowns(d.open, o.open))
}

func (d *dateValue) Add(other ref.Val) ref.Val {
	p, ok := other.(periodValue)
	if !ok {
		return types.MaybeNoSuchOverloadErr(other)
	}
	return &dateValue{date: d.date.Add(p.period), open: d.open}
}

func (d *dateValue) Subtract(other ref.Val) ref.Val {
	p, ok := other.(periodValue)
	if !ok {
		return types.MaybeNoSuchOverloadErr(other)
	}
	return &dateValue{date: d.date.Subtract(p.period), open: d.open}
}

type periodValue struct {
	noConversion
	period experience.Period
}

func (p periodValue) Type() ref.Type { return periodType }
func (p periodValue) Value() any     { return p.period }

func (p periodValue) Equal(other ref.Val) ref.Val {
	o, ok := other.(periodValue)
	return types.Bool(ok && p.period.Compare(o.period) == 0)
}

func (p periodValue) Add(other ref.Val) ref.Val {
	switch o := other.(type) {
	case periodValue:
		sum := p.period.Add(o.period)
		if !sum.IsValid() {
			return types.NewErr("%s and %s together are more than 9999 years", p.period, o.period)
		}
		return periodValue{period: sum}
	case *dateValue:
		return o.Add(p)
	}
	return types.MaybeNoSuchOverloadErr(other)
}

// levelValue is an EQF level that may be one of several, or none at all.
type levelValue struct {
	noConversion
	levels eqf.Levels // invalid: it has no level
	of     *object[Qualification]
}

func (l *levelValue) Type() ref.Type { return levelType }
func (l *levelValue) Value() any     { return l.levels }

func (l *levelValue) Equal(ref.Val) ref.Val { return types.False } // refused in equality.go

// cycleValue is an EHEA cycle; the zero Cycle stands for none.
type cycleValue struct {
	noConversion
	cycle eqf.Cycle
}

func (c cycleValue) Type() ref.Type { return cycleType }
func (c cycleValue) Value() any     { return c.cycle }

func (c cycleValue) Equal(other ref.Val) ref.Val {
	o, ok := other.(cycleValue)
	return types.Bool(ok && c == o)
}

// totalValue is how long a service lasted.
type totalValue struct {
	noConversion
	service  *serviceValue
	measured experience.Measured
}

func (t *totalValue) Type() ref.Type        { return totalType }
func (t *totalValue) Value() any            { return t.measured }
func (t *totalValue) Equal(ref.Val) ref.Val { return types.False }
func (t *totalValue) compareTo(p periodValue) comparison {
	return comparison{t.measured.AtLeast(p.period).Not(), t.measured.AtMost(p.period)}
}

// note remembers what the service was compared with, for the finding: what it
// must reach or what it may not exceed.
func (t *totalValue) note(p experience.Period, atLeast bool) {
	e := evidence{service: t.service, measured: t.measured, limit: p}
	if atLeast {
		e.need, e.limit = p, experience.Period{}
	}
	t.service.ev.evidence = e
}

// notAdded is the sum of lists, which literal.go refuses when a policy is loaded.
func notAdded() ref.Val { return types.NewErr("lists are not added") }

// textList is a list of codes or texts.
type textList[S ~string] struct {
	noConversion
	texts []S
}

func (l textList[S]) Type() ref.Type { return types.ListType }
func (l textList[S]) Value() any     { return l.texts }
func (l textList[S]) Size() ref.Val  { return types.Int(len(l.texts)) }

func (l textList[S]) Equal(other ref.Val) ref.Val {
	o, ok := other.(traits.Lister)
	if !ok || o.Size() != l.Size() {
		return types.False
	}
	for i := range l.texts {
		if types.Equal(types.String(l.texts[i]), o.Get(types.Int(i))) != types.True {
			return types.False
		}
	}
	return types.True
}

func (l textList[S]) Add(ref.Val) ref.Val { return notAdded() }

func (l textList[S]) Contains(v ref.Val) ref.Val {
	text, ok := v.(types.String)
	if !ok {
		return types.MaybeNoSuchOverloadErr(v)
	}
	for _, s := range l.texts {
		if string(s) == string(text) {
			return types.True
		}
	}
	return types.False
}

func (l textList[S]) Get(index ref.Val) ref.Val {
	i, ok := index.(types.Int)
	if !ok || i < 0 || int(i) >= len(l.texts) {
		return types.NewErr("index out of bounds: %v", index)
	}
	return types.String(l.texts[i])
}

func (l textList[S]) length() int      { return len(l.texts) }
func (l textList[S]) at(i int) ref.Val { return types.String(l.texts[i]) }

func (l textList[S]) Iterator() traits.Iterator {
	return &iterator{of: l}
}

// recordList is a list of records, complete as it stands.
type recordList[T any] struct {
	noConversion
	records []object[T]
}

func (l *recordList[T]) Type() ref.Type          { return types.ListType }
func (l *recordList[T]) Value() any              { return l }
func (l *recordList[T]) Size() ref.Val           { return types.Int(len(l.records)) }
func (l *recordList[T]) Equal(o ref.Val) ref.Val { return types.Bool(o == ref.Val(l)) }

func (l *recordList[T]) Add(ref.Val) ref.Val { return notAdded() }

func (l *recordList[T]) Contains(v ref.Val) ref.Val {
	for i := range l.records {
		if ref.Val(&l.records[i]) == v {
			return types.True
		}
	}
	return types.False
}

func (l *recordList[T]) Get(index ref.Val) ref.Val {
	i, ok := index.(types.Int)
	if !ok || i < 0 || int(i) >= len(l.records) {
		return types.NewErr("index out of bounds: %v", index)
	}
	return &l.records[i]
}

func (l *recordList[T]) length() int      { return len(l.records) }
func (l *recordList[T]) at(i int) ref.Val { return &l.records[i] }

func (l *recordList[T]) Iterator() traits.Iterator {
	return &iterator{of: l}
}

type iterator struct {
	noConversion
	of   sequence
	next int
}

func (it *iterator) HasNext() ref.Val { return types.Bool(it.next < it.of.length()) }

func (it *iterator) Next() ref.Val {
	it.next++
	return it.of.at(it.next - 1)
}

func (it *iterator) Equal(ref.Val) ref.Val { return types.False }
func (it *iterator) Type() ref.Type        { return types.IteratorType }
func (it *iterator) Value() any            { return it }
