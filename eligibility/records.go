package eligibility

import (
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"github.com/qualify-rules/qualify/eqf"
	"github.com/qualify-rules/qualify/experience"
)

// The helpers below make fields of the shapes that records have.

func text[T any, S ~string](name string, codes *enumeration, of func(*T) S) field[T] {
	return field[T]{name: name, celType: cel.StringType, codes: codes, text: func(v *T) string { return string(of(v)) }, get: func(o *object[T]) ref.Val {
		if s := of(o.value); s != "" {
			return types.String(s)
		}
		return nil
	}}
}

func texts[T any, S ~string](name string, codes *enumeration, of func(*T) []S) field[T] {
	return field[T]{name: name, celType: cel.ListType(cel.StringType), codes: codes, get: func(o *object[T]) ref.Val {
		if s := of(o.value); s != nil {
			return textList[S]{texts: s}
		}
		return nil
	}}
}

// parameters is a list of texts that a vacancy asks for: none where it is not
// stated.
func parameters[T any, S ~string](name string, codes *enumeration, of func(*T) []S) field[T] {
	f := texts(name, codes, of)
	f.get = func(o *object[T]) ref.Val { return textList[S]{texts: of(o.value)} }
	f.stated = func(v *T) bool { return len(of(v)) > 0 }
	return f
}

func date[T any](name string, of func(*T) experience.Date) field[T] {
	f := field[T]{name: name, celType: dateType}
	f.get = func(o *object[T]) ref.Val { return o.date(of(o.value), name) }
	return f
}

// date returns a stated date as a value, nil where it is not stated.
func (o *object[T]) date(d experience.Date, name string) ref.Val {
	switch {
	case !d.IsValid():
		return nil
	case d.IsExact():
		return o.ev.date(d, nil)
	}
	return o.ev.date(d, o.ev.unknown(o.fact(o.of.number(name))))
}

// endDate is a date that is far away where it is not stated: what has no end
// goes on, what has no expiry does not expire.
func endDate[T any](name string, of func(*T) experience.Date) field[T] {
	f := field[T]{name: name, celType: dateType, stated: func(v *T) bool { return of(v).IsValid() }}
	f.get = func(o *object[T]) ref.Val {
		if v := o.date(of(o.value), name); v != nil {
			return v
		}
		return o.ev.date(experience.UnknownDate().Last(), nil)
	}
	return f
}

// expiry is the last valid day of a credential. A passport has one, so that it
// is not known where it is not stated; anything else then does not expire.
func expiry() field[Credential] {
	f := endDate("expires", func(c *Credential) experience.Date { return c.Expires })
	stated := f.get
	f.get = func(o *object[Credential]) ref.Val {
		if o.value.Kind == "passport" && !o.value.Expires.IsValid() {
			return nil
		}
		return stated(o)
	}
	return f
}

func yesNo[T any](name string, of func(*T) experience.Truth) field[T] {
	return field[T]{name: name, celType: cel.BoolType, get: func(o *object[T]) ref.Val {
		switch of(o.value) {
		case experience.True:
			return types.True
		case experience.False:
			return types.False
		}
		return nil
	}}
}

func flag[T any](name string, of func(*T) bool) field[T] {
	return field[T]{name: name, celType: cel.BoolType, get: func(o *object[T]) ref.Val { return types.Bool(of(o.value)) }}
}

func yearsOf[T any](name string, of func(*T) StudyYears) field[T] {
	return field[T]{name: name, celType: cel.DoubleType, get: func(o *object[T]) ref.Val {
		if y := of(o.value); y != 0 {
			return types.Double(y)
		}
		return nil
	}}
}

func level[T any](name string, of func(*T) eqf.Level) field[T] {
	return field[T]{name: name, celType: cel.IntType, get: func(o *object[T]) ref.Val {
		if l := of(o.value); l.IsValid() {
			return types.Int(l)
		}
		return nil
	}}
}

func cycle[T any](name string, of func(*T) eqf.Cycle) field[T] {
	return field[T]{name: name, celType: cycleType, get: func(o *object[T]) ref.Val {
		if c := of(o.value); c.IsValid() {
			return cycleValue{cycle: c}
		}
		return nil
	}}
}

func period[T any](name string, of func(*T) experience.Period) field[T] {
	return field[T]{name: name, celType: periodType, get: func(o *object[T]) ref.Val {
		if p := of(o.value); p.IsValid() {
			return periodValue{period: p}
		}
		return nil
	}}
}

// part is a record within a record. It can always be looked into; has()
// answers whether anything of it is stated.
func part[T, P any](name string, of *recordType[P], stated func(*T) bool, get func(*evaluation) *object[P]) field[T] {
	return field[T]{name: name, celType: of.celType, stated: stated, get: func(o *object[T]) ref.Val { return get(o.ev) }}
}

func list[T, R any](name string, of *recordType[R], get func(*evaluation) *recordList[R]) field[T] {
	return field[T]{name: name, celType: cel.ListType(of.celType), get: func(o *object[T]) ref.Val { return get(o.ev) }}
}

// The records, as DESIGN §4 and §6 name them.
var (
	nqfRecord = newRecordType("NQF",
		text("country", nil, func(n *NQF) string { return n.Country }),
		text("framework", nil, func(n *NQF) string { return n.Framework }),
		text("level", nil, func(n *NQF) string { return n.Level }),
	)
	qualificationRecord = newRecordType("Qualification",
		text("id", nil, func(q *Qualification) string { return q.ID }),
		text("kind", qualificationKinds, func(q *Qualification) QualificationKind { return q.Kind }),
		text("title", nil, func(q *Qualification) string { return q.Title }),
		text("institution", nil, func(q *Qualification) string { return q.Institution }),
		text("country", nil, func(q *Qualification) string { return q.Country }),
		texts("fields", nil, func(q *Qualification) []eqf.Field { return q.Fields }),
		yearsOf("studyYears", func(q *Qualification) StudyYears { return q.StudyYears }),
		cycle("cycle", func(q *Qualification) eqf.Cycle { return q.Cycle }),
		field[Qualification]{
			name: "nqf", celType: nqfRecord.celType,
			stated: func(q *Qualification) bool { return q.NQF != NQF{} },
			get: func(o *object[Qualification]) ref.Val {
				return &object[NQF]{of: nqfRecord, value: &o.value.NQF, area: inNQF, index: o.index, ev: o.ev}
			},
		},
		level("eqf", func(q *Qualification) eqf.Level { return q.EQF }),
		flag("unlevelled", func(q *Qualification) bool { return q.Unlevelled }),
		level("equivalentEqf", func(q *Qualification) eqf.Level { return q.EquivalentEQF }),
		flag("course", func(q *Qualification) bool { return q.Course }),
		date("awarded", func(q *Qualification) experience.Date { return q.Awarded }),
		yesNo("attested", func(q *Qualification) experience.Truth { return q.Attested }),
	)
	rankRecord = newRecordType("Rank",
		text("id", nil, func(r *Rank) string { return r.ID }),
		text("service", serviceKinds, func(r *Rank) ServiceKind { return r.Service }),
		text("code", nil, func(r *Rank) string { return r.Code }),
		text("title", nil, func(r *Rank) string { return r.Title }),
		text("country", nil, func(r *Rank) string { return r.Country }),
		date("awarded", func(r *Rank) experience.Date { return r.Awarded }),
		yesNo("attested", func(r *Rank) experience.Truth { return r.Attested }),
		level("equivalentEqf", func(r *Rank) eqf.Level { return r.EquivalentEQF }),
	)
	employmentRecord = newRecordType("Employment",
		text("id", nil, func(e *Employment) string { return e.ID }),
		text("employer", nil, func(e *Employment) string { return e.Employer }),
		text("title", nil, func(e *Employment) string { return e.Title }),
		date("from", func(e *Employment) experience.Date { return e.From }),
		endDate("to", func(e *Employment) experience.Date { return e.To }),
		field[Employment]{
			name: "fraction", celType: cel.DoubleType,
			stated: func(e *Employment) bool { return e.Fraction.IsValid() },
			get: func(o *object[Employment]) ref.Val {
				if !o.value.Fraction.IsValid() {
					return types.Double(1)
				}
				return types.Double(o.value.Fraction.Float64())
			},
		},
		texts("domains", nil, func(e *Employment) []string { return e.Domains }),
		texts("levels", nil, func(e *Employment) []string { return e.Levels }),
		yesNo("international", func(e *Employment) experience.Truth { return e.International }),
		field[Employment]{
			name: "kind", celType: cel.StringType, codes: employmentKinds,
			stated: func(e *Employment) bool { return e.Kind != "" },
			get: func(o *object[Employment]) ref.Val {
				if o.value.Kind == "" {
					return types.String(Employed)
				}
				return types.String(o.value.Kind)
			},
		},
	)
	contractRecord = newRecordType("Contract",
		text("id", nil, func(c *Contract) string { return c.ID }),
		text("mission", nil, func(c *Contract) string { return c.Mission }),
		date("from", func(c *Contract) experience.Date { return c.From }),
		endDate("to", func(c *Contract) experience.Date { return c.To }),
		text("regime", regimes, func(c *Contract) Regime { return c.Regime }),
		text("post", nil, func(c *Contract) string { return c.Post }),
	)
	credentialRecord = newRecordType("Credential",
		text("id", nil, func(c *Credential) string { return c.ID }),
		text("kind", nil, func(c *Credential) string { return c.Kind }),
		text("code", nil, func(c *Credential) string { return c.Code }),
		text("country", nil, func(c *Credential) string { return c.Country }),
		date("issued", func(c *Credential) experience.Date { return c.Issued }),
		expiry(),
	)
	languageRecord = newRecordType("Language",
		// Language tags are compared without regard to case (BCP 47 §2.1.1).
		text("code", nil, func(l *Language) string { return strings.ToLower(l.Code) }),
		text("level", languageLevels, func(l *Language) LanguageLevel { return l.Level }),
	)
	candidateRecord = newRecordType("Candidate",
		text("id", nil, func(c *Candidate) string { return c.ID }),
		texts("citizenships", nil, func(c *Candidate) []string { return c.Citizenships }),
		text("residence", nil, func(c *Candidate) string { return c.Residence }),
		date("born", func(c *Candidate) experience.Date { return c.Born }),
		date("retires", func(c *Candidate) experience.Date { return c.Retires }),
		residences(),
		list[Candidate]("qualifications", qualificationRecord, func(ev *evaluation) *recordList[Qualification] { return &ev.qualifications }),
		list[Candidate]("ranks", rankRecord, func(ev *evaluation) *recordList[Rank] { return &ev.ranks }),
		list[Candidate]("employments", employmentRecord, func(ev *evaluation) *recordList[Employment] { return &ev.employments }),
		list[Candidate]("contracts", contractRecord, func(ev *evaluation) *recordList[Contract] { return &ev.contracts }),
		list[Candidate]("credentials", credentialRecord, func(ev *evaluation) *recordList[Credential] { return &ev.credentials }),
		list[Candidate]("languages", languageRecord, func(ev *evaluation) *recordList[Language] { return &ev.languages }),
	)
	applicationRecord = newRecordType("Application",
		date("date", func(a *Application) experience.Date { return a.Date }),
		text("regime", regimes, func(a *Application) Regime { return a.Regime }),
		yesNo("nominated", func(a *Application) experience.Truth { return a.Nominated }),
		date("deploymentStarts", func(a *Application) experience.Date { return a.DeploymentStarts }),
	)
	missionRecord = newRecordType("Mission",
		text("id", nil, func(m *Mission) string { return m.ID }),
		text("name", nil, func(m *Mission) string { return m.Name }),
		date("mandateEnds", func(m *Mission) experience.Date { return m.MandateEnds }),
		field[Mission]{name: "threat"}, // expressions ask for the level on a day
	)
)
