package eligibility

import (
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"github.com/qualify-rules/qualify/experience"
)

// fulfilment is the value of a requirement: since when it is fulfilled, by
// which record, and how far. It is the value of an expression and, combined
// from those of its children, of a rule.
type fulfilment struct {
	noConversion
	ev            *evaluation
	onset         experience.Onset
	notApplicable bool
	condition     []fact          // what decides whether it applies, where that is not known
	by            []fact          // the records that it rests on
	doubts        []doubt         // what may make the onset another one
	evidence      evidence        // what was measured, if anything was
	projected     experience.Date // when it will be fulfilled as things go on
}

// doubt is an onset that depends on missing facts.
type doubt struct {
	onset experience.Onset
	open  []fact
}

// evidence is what an expression measured last.
type evidence struct {
	service  *serviceValue
	measured experience.Measured
	need     experience.Period // at least this
	limit    experience.Period // no more than this
	more     experience.Period // with this on top
}

func (f *fulfilment) Type() ref.Type        { return fulfilmentType }
func (f *fulfilment) Value() any            { return f }
func (f *fulfilment) Equal(ref.Val) ref.Val { return types.False }

// fulfilmentFields lets expressions ask f.met and f.on.
type fulfilmentFields struct{}

func (fulfilmentFields) typeOf() *types.Type            { return fulfilmentType }
func (fulfilmentFields) fieldNames() []string           { return []string{"met", "on"} }
func (fulfilmentFields) fieldCodes(string) *enumeration { return nil }
func (fulfilmentFields) fieldType(name string) (*types.FieldType, bool) {
	field := types.FieldType{IsSet: func(any) bool { return true }}
	var get func(*fulfilment) ref.Val
	switch name {
	case "met":
		field.Type, get = types.BoolType, (*fulfilment).met
	case "on":
		field.Type, get = dateType, (*fulfilment).on
	default:
		return nil, false
	}
	field.GetFrom = func(v any) (any, error) {
		switch f := v.(type) {
		case *fulfilment:
			return get(f), nil
		case *types.Unknown:
			return f, nil
		}
		return types.NewErr("%s of %T", name, v), nil
	}
	return &field, true
}

func (fulfilmentFields) plan(of plan, name string, has bool) plan {
	read := map[string]func(*fulfilment) ref.Val{"met": (*fulfilment).met, "on": (*fulfilment).on}[name]
	if has {
		read = func(*fulfilment) ref.Val { return types.True }
	}
	value := of.eval
	return open(func(ev *evaluation) ref.Val {
		v := value(ev)
		if f, ok := v.(*fulfilment); ok {
			return read(f)
		}
		return v // unknown, or an error
	})
}

func (f *fulfilment) met() ref.Val {
	if f.evidence.service != nil {
		f.ev.evidence = f.evidence
	}
	return truth(f.onset.Met(), f.ev.unknownOf(f.open()))
}

func (f *fulfilment) on() ref.Val {
	switch f.onset.Met() {
	case experience.False:
		return types.NewErr("a requirement that is not fulfilled has no day: ask for .met first")
	case experience.Unknown:
		return f.ev.unknownOf(f.open())
	}
	if f.condition != nil {
		return f.ev.unknownOf(union(f.open(), f.condition))
	}
	d := f.onset.On()
	if !d.IsValid() {
		return types.NewErr("the requirement is fulfilled without a day")
	}
	if d.IsExact() {
		return f.ev.date(d, nil)
	}
	return f.ev.date(d, f.ev.unknownOf(f.open()))
}

// open returns the facts that would change the onset or make it exact.
func (f *fulfilment) open() []fact {
	if f.onset.IsExact() {
		return nil
	}
	var open []fact
	for _, d := range f.doubts {
		if d.onset.MayPrecede(f.onset) {
			open = append(open, d.open...)
		}
	}
	return sorted(open)
}

// since returns the onset that counts for what is asked since f, and the facts
// that would make it exact: everything counts since what does not apply.
func (f *fulfilment) since() (experience.Onset, []fact) {
	switch {
	case f.notApplicable:
		return experience.Always(), nil
	case f.condition != nil:
		return f.onset.OrAlways(), union(f.open(), f.condition)
	}
	return f.onset, f.open()
}

// award adds a record that was awarded on a date and that satisfies the
// predicate, or may; awarded names the fact of the date.
func (f *fulfilment) award(d experience.Date, awarded fact, satisfies ref.Val) ref.Val {
	var open []fact
	onset := experience.From(d)
	switch s := satisfies.(type) {
	case types.Bool:
		if !s {
			return f
		}
	case *types.Unknown:
		open = factsOf(s)
		onset = experience.PerhapsFrom(d)
	default:
		return satisfies
	}
	if !d.IsExact() {
		open = union(open, []fact{awarded})
	}
	if !d.IsValid() {
		onset = experience.PerhapsFrom(d)
	}
	if onset.Met() == experience.True && onset.SurelyBy(f.onset) {
		f.by = []fact{awarded.record()}
	}
	f.onset = f.onset.Earliest(onset)
	if open != nil {
		f.doubts = append(f.doubts, doubt{onset, open})
	}
	return f
}

// combine returns the fulfilment of a group: of any of the children, or of
// all of them. Those that do not apply are left out. Of one that may not apply
// an alternative may not count, and a cumulative rule may not be asked; where
// that is so of every rule of a cumulative group, the group may not apply.
func combine(ev *evaluation, children []*fulfilment, any bool) fulfilment {
	group := fulfilment{ev: ev, notApplicable: true}
	conditional := !any
	for _, c := range children {
		conditional = conditional && (c.notApplicable || c.condition != nil)
	}
	onset := func(c *fulfilment) experience.Onset {
		switch {
		case c.condition == nil || conditional:
			return c.onset
		case any:
			return c.onset.Perhaps()
		}
		return c.onset.OrAlways()
	}
	for _, c := range children {
		switch {
		case c.notApplicable:
			continue
		case group.notApplicable:
			group.notApplicable = false
			group.onset = onset(c)
		case any:
			group.onset = group.onset.Earliest(onset(c))
		case conditional:
			group.onset = group.onset.Either(onset(c))
		default:
			group.onset = group.onset.Latest(onset(c))
		}
		if conditional {
			group.condition = union(group.condition, c.condition)
		}
	}
	for _, c := range children {
		if c.notApplicable || onset(c).IsExact() && !conditional {
			continue
		}
		relevant := group.onset.MayPrecede(onset(c))
		if any {
			relevant = onset(c).MayPrecede(group.onset)
		}
		if relevant {
			// The group's own onset, so that open takes every one of them.
			group.doubts = append(group.doubts, doubt{group.onset, union(c.open(), c.condition)})
		}
	}
	return group
}
