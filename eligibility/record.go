package eligibility

import (
	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"
)

// object is a record of a case as expressions see it: the Go struct itself,
// the place where it stands, and the assessment that it is part of.
type object[T any] struct {
	noConversion
	of     *recordType[T]
	value  *T
	area   area
	index  int
	absent fact // the fact that is missing where nothing of the record is stated
	ev     *evaluation
}

func (o *object[T]) Type() ref.Type              { return o.of.celType }
func (o *object[T]) Value() any                  { return o }
func (o *object[T]) Equal(other ref.Val) ref.Val { return types.Bool(other == ref.Val(o)) }

// fact names a field of the record, or with wholeArea the record.
func (o *object[T]) fact(field int) fact { return factOf(o.area, o.index, field) }

func (o *object[T]) field(i int) ref.Val {
	if v := o.of.fields[i].get(o); v != nil {
		return v
	}
	return o.missing(i)
}

// missing stands for a field that is not stated, or for the record where the
// whole of it is not.
func (o *object[T]) missing(i int) *types.Unknown {
	if o.absent != 0 {
		return o.ev.unknown(o.absent)
	}
	return o.ev.unknown(o.fact(i))
}

// Get and IsSet serve expressions whose static type is lost.
func (o *object[T]) Get(name ref.Val) ref.Val {
	if i := o.of.indexOf(name); i >= 0 {
		return o.field(i)
	}
	return types.NewErr("no such field: %v", name)
}

func (o *object[T]) IsSet(name ref.Val) ref.Val {
	if i := o.of.indexOf(name); i >= 0 {
		return types.Bool(o.of.fields[i].isSet(o))
	}
	return types.NewErr("no such field: %v", name)
}

// field is a field of a record: its name in JSON, Go and CEL, its type and
// its closed list, if it has one.
type field[T any] struct {
	name    string
	celType *cel.Type // nil: expressions do not see it, it is named in facts only
	codes   *enumeration
	get     func(*object[T]) ref.Val // nil: not stated
	text    func(*T) string          // of a text: what get returns without its box, "" where it is not stated
	stated  func(*T) bool            // what has() answers where a default stands for what is not stated
}

func (f *field[T]) isSet(o *object[T]) bool {
	if f.stated != nil {
		return f.stated(o.value)
	}
	return f.get(o) != nil
}

// recordType is a record as expressions know it.
type recordType[T any] struct {
	celType *cel.Type
	fields  []field[T]
	names   []string
}

func newRecordType[T any](name string, fields ...field[T]) *recordType[T] {
	r := &recordType[T]{celType: cel.ObjectType("qualify."+name, traits.IndexerType|traits.FieldTesterType), fields: fields}
	for _, f := range fields {
		r.names = append(r.names, f.name)
	}
	return r
}

func (r *recordType[T]) indexOf(name ref.Val) int {
	if s, ok := name.(types.String); ok {
		return r.number(string(s))
	}
	return -1
}

// number is the place of a field in the record, which its fact holds.
func (r *recordType[T]) number(name string) int {
	for i, n := range r.names {
		if n == name {
			return i
		}
	}
	return -1
}

// record is a record type without its Go type.
type record interface {
	typeOf() *cel.Type
	fieldNames() []string
	fieldType(name string) (*types.FieldType, bool)
	fieldCodes(name string) *enumeration
	plan(of plan, field string, has bool) plan
}

func (r *recordType[T]) typeOf() *cel.Type { return r.celType }

func (r *recordType[T]) fieldNames() []string {
	var names []string
	for _, f := range r.fields {
		if f.celType != nil {
			names = append(names, f.name)
		}
	}
	return names
}

func (r *recordType[T]) fieldCodes(name string) *enumeration {
	if i := r.number(name); i >= 0 {
		return r.fields[i].codes
	}
	return nil
}

func (r *recordType[T]) fieldType(name string) (*types.FieldType, bool) {
	i := r.number(name)
	if i < 0 || r.fields[i].celType == nil {
		return nil, false
	}
	return &types.FieldType{
		Type: r.fields[i].celType,
		IsSet: func(v any) bool {
			o, ok := v.(*object[T])
			return ok && r.fields[i].isSet(o)
		},
		GetFrom: func(v any) (any, error) {
			switch o := v.(type) {
			case *object[T]:
				return o.field(i), nil
			case *types.Unknown: // a field of something unknown
				return o, nil
			}
			return types.NewErr("%s.%s of %T", r.celType.TypeName(), name, v), nil
		},
	}, true
}

// plan plans a field of a record, or whether it is stated.
func (r *recordType[T]) plan(of plan, name string, has bool) plan {
	i := r.number(name)
	f := &r.fields[i]
	read := func(o *object[T]) ref.Val { return o.field(i) }
	if has {
		read = func(o *object[T]) ref.Val { return types.Bool(f.isSet(o)) }
	}
	if o, ok := of.fixed.(*object[T]); ok {
		return fixed(read(o))
	}
	record := of.eval
	made := open(func(ev *evaluation) ref.Val {
		v := record(ev)
		if o, ok := v.(*object[T]); ok {
			return read(o)
		}
		return v // unknown, or an error
	})
	if f.text != nil && !has {
		made.text = func(ev *evaluation) textValue {
			v := record(ev)
			o, ok := v.(*object[T])
			if !ok {
				return textValue{instead: v}
			}
			if s := f.text(o.value); s != "" {
				return textValue{text: s}
			}
			return textValue{instead: o.missing(i)}
		}
	}
	return made
}

// provider adds the record types to those that CEL knows, and hands values of
// the library's own types on as they are.
type provider struct {
	types.Provider
	adapter types.Adapter
	records map[string]record
}

func withRecords(records ...record) cel.EnvOption {
	return func(e *cel.Env) (*cel.Env, error) {
		p := &provider{Provider: e.CELTypeProvider(), adapter: e.CELTypeAdapter(), records: make(map[string]record)}
		for _, r := range records {
			p.records[r.typeOf().TypeName()] = r
		}
		e, err := cel.CustomTypeAdapter(p)(e)
		if err != nil {
			return nil, err
		}
		return cel.CustomTypeProvider(p)(e)
	}
}

func (p *provider) FindStructType(name string) (*types.Type, bool) {
	if r, ok := p.records[name]; ok {
		return types.NewTypeTypeWithParam(r.typeOf()), true
	}
	return p.Provider.FindStructType(name)
}

func (p *provider) FindStructFieldNames(name string) ([]string, bool) {
	if r, ok := p.records[name]; ok {
		return r.fieldNames(), true
	}
	return p.Provider.FindStructFieldNames(name)
}

func (p *provider) FindStructFieldType(name, field string) (*types.FieldType, bool) {
	if r, ok := p.records[name]; ok {
		return r.fieldType(field)
	}
	return p.Provider.FindStructFieldType(name, field)
}

func (p *provider) NewValue(name string, fields map[string]ref.Val) ref.Val {
	if _, ok := p.records[name]; ok {
		return types.NewErr("a %s cannot be made in an expression", name)
	}
	return p.Provider.NewValue(name, fields)
}

func (p *provider) NativeToValue(v any) ref.Val {
	if r, ok := v.(ref.Val); ok {
		return r
	}
	return p.adapter.NativeToValue(v)
}
