package eligibility

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/qualify-rules/qualify/eqf"
	"github.com/qualify-rules/qualify/experience"
)

// MaxRecords is the length of the longest list of records that is accepted,
// and MaxValues that of the longest list of values. The cost of a rule is
// bounded with them.
const (
	MaxRecords = 10_000
	MaxValues  = 64
)

// Check reports the first fault of a case that was made in Go; [DecodeCase]
// has done so already. The error is an [*InputError].
func (c *Case) Check() error {
	if c == nil {
		return &InputError{Err: errors.New("there is no case: state one")}
	}
	k := new(inspector)
	k.report("/id", required(c.ID))
	k.candidate("/candidate", &c.Candidate)
	switch v := c.Vacancy; {
	case v.Inline != nil:
		k.vacancy("/vacancy", v.Inline)
	case v.Reference == "":
		k.report("/vacancy", errors.New("required: name a vacancy or state one"))
	}
	k.application("/application", &c.Application)
	k.missions("/missions", c.Missions)
	k.relevance(c)
	k.report("/recorded", optional(verdicts, c.Recorded))
	return k.err()
}

// Check reports the first fault of a vacancy that was made in Go. Its rules
// are checked when they are compiled.
func (v *Vacancy) Check() error {
	k := new(inspector)
	k.vacancy("", v)
	return k.err()
}

// inspector keeps the first fault. Pointers are put together only where there
// is one: cases are checked by the hundred thousand and are rarely faulty.
type inspector struct{ first *InputError }

func (k *inspector) err() error {
	if k.first == nil {
		return nil
	}
	return k.first
}

func (k *inspector) report(pointer string, err error) {
	if err != nil && k.first == nil {
		k.first = &InputError{pointer, err}
	}
}

// partFault is something wrong with a part of a value: where in it, and what.
type partFault struct {
	pointer string
	err     error
}

func faultOf(pointer string, err error) *partFault {
	if err == nil {
		return nil
	}
	return &partFault{pointer, err}
}

// first returns the first of several checks that found a fault.
func first(faults ...*partFault) *partFault {
	for _, f := range faults {
		if f != nil {
			return f
		}
	}
	return nil
}

// elements checks every element of a list.
func elements[T any](list []T, limit int, check func(i int) *partFault) *partFault {
	if len(list) > limit {
		return &partFault{"", fmt.Errorf("%d elements are more than the %d that are accepted", len(list), limit)}
	}
	for i := range list {
		if f := check(i); f != nil {
			return &partFault{"/" + strconv.Itoa(i) + f.pointer, f.err}
		}
	}
	return nil
}

// inside puts the name of a field before the place of a fault within it.
func inside(field string, f *partFault) *partFault {
	if f != nil {
		f.pointer = field + f.pointer
	}
	return f
}

func (k *inspector) part(pointer string, f *partFault) {
	if f != nil {
		k.report(pointer+f.pointer, f.err)
	}
}

func required(value string) error {
	if value == "" {
		return errors.New("required: state it")
	}
	return nil
}

func code[S ~string](e *enumeration, c S) error {
	switch {
	case c == "":
		return fmt.Errorf("required: state %s", e.name)
	case !e.has(string(c)):
		return e.errorFor(string(c))
	}
	return nil
}

func optional[S ~string](e *enumeration, c S) error {
	if c == "" {
		return nil
	}
	return code(e, c)
}

func codes[S ~string](e *enumeration, list []S) *partFault {
	return elements(list, MaxValues, func(i int) *partFault { return faultOf("", code(e, list[i])) })
}

func countries(list []string) *partFault {
	return elements(list, MaxValues, func(i int) *partFault { return faultOf("", checkCountry(list[i])) })
}

func optionalCountry(c string) error {
	if c == "" {
		return nil
	}
	return checkCountry(c)
}

// filled checks a list of texts that are not codes.
func filled(list []string) *partFault {
	return elements(list, MaxValues, func(i int) *partFault { return faultOf("", required(list[i])) })
}

func fields(list []eqf.Field) *partFault {
	return elements(list, MaxValues, func(i int) *partFault {
		if !list[i].IsValid() {
			return &partFault{"", fmt.Errorf("%q is not an ISCED-F code", list[i])}
		}
		return nil
	})
}

// valid reports a value made in Go that is neither one nor the zero value.
func valid[T interface {
	comparable
	IsValid() bool
}](v T, what string) error {
	var zero T
	if v == zero || v.IsValid() {
		return nil
	}
	return fmt.Errorf("%v is not %s", v, what)
}

func known(t experience.Truth) error {
	if t > experience.True {
		return fmt.Errorf("%d is not a truth value", t)
	}
	return nil
}

func ordered(from, to experience.Date) error {
	return experience.Span{From: from, To: to}.Check()
}

// records checks the records of a list and that no id is used twice.
func records[T any](list []T, id func(*T) string, check func(*T) *partFault) *partFault {
	var seen map[string]int
	if len(list) > 16 {
		seen = make(map[string]int, len(list))
	}
	return elements(list, MaxRecords, func(i int) *partFault {
		name := id(&list[i])
		earlier, twice := seen[name]
		if seen != nil {
			seen[name] = i
		}
		for j := 0; seen == nil && j < i && !twice; j++ {
			earlier, twice = j, id(&list[j]) == name
		}
		switch {
		case name == "":
			return &partFault{"/id", required(name)}
		case twice:
			return &partFault{"/id", fmt.Errorf("%q is the id of element %d too: give each its own", name, earlier)}
		}
		return check(&list[i])
	})
}

func (k *inspector) candidate(pointer string, c *Candidate) {
	k.report(pointer+"/id", required(c.ID))
	k.part(pointer, first(
		inside("/citizenships", countries(c.Citizenships)),
		faultOf("/residence", optionalCountry(c.Residence)),
		inside("/residences", residencesFault(c.Residences)),
		inside("/qualifications", records(c.Qualifications, func(q *Qualification) string { return q.ID }, func(q *Qualification) *partFault {
			return first(
				faultOf("/kind", code(qualificationKinds, q.Kind)),
				inside("/fields", fields(q.Fields)),
				faultOf("/studyYears", q.StudyYears.check()),
				faultOf("/cycle", valid(q.Cycle, "an EHEA cycle")),
				faultOf("/eqf", valid(q.EQF, "an EQF level")),
				faultOf("/equivalentEqf", valid(q.EquivalentEQF, "an EQF level")),
				faultOf("/attested", known(q.Attested)))
		})),
		inside("/ranks", records(c.Ranks, func(r *Rank) string { return r.ID }, func(r *Rank) *partFault {
			return first(
				faultOf("/service", code(serviceKinds, r.Service)),
				faultOf("/attested", known(r.Attested)),
				faultOf("/equivalentEqf", valid(r.EquivalentEQF, "an EQF level")))
		})),
		inside("/employments", records(c.Employments, func(e *Employment) string { return e.ID }, func(e *Employment) *partFault {
			return first(
				faultOf("/to", ordered(e.From, e.To)),
				inside("/domains", filled(e.Domains)),
				inside("/levels", filled(e.Levels)),
				faultOf("/international", known(e.International)),
				faultOf("/kind", optional(employmentKinds, e.Kind)))
		})),
		inside("/contracts", records(c.Contracts, func(c *Contract) string { return c.ID }, func(c *Contract) *partFault {
			return first(
				faultOf("/mission", required(c.Mission)),
				faultOf("/regime", code(regimes, c.Regime)),
				faultOf("/to", ordered(c.From, c.To)))
		})),
		inside("/credentials", records(c.Credentials, func(c *Credential) string { return c.ID }, func(c *Credential) *partFault {
			return first(
				faultOf("/kind", required(c.Kind)),
				faultOf("/country", optionalCountry(c.Country)),
				faultOf("/expires", ordered(c.Issued, c.Expires)))
		})),
		inside("/languages", elements(c.Languages, MaxValues, func(i int) *partFault { return languageFault(&c.Languages[i]) })),
	))
}

func languageFault(l *Language) *partFault {
	if l.Code != "" {
		if err := checkLanguage(l.Code); err != nil {
			return &partFault{"/code", err}
		}
	}
	return faultOf("/level", optional(languageLevels, l.Level))
}

func (k *inspector) application(pointer string, a *Application) {
	k.part(pointer, first(faultOf("/regime", optional(regimes, a.Regime)), faultOf("/nominated", known(a.Nominated))))
}

func (k *inspector) missions(pointer string, missions []Mission) {
	k.part(pointer, records(missions, func(m *Mission) string { return m.ID }, func(m *Mission) *partFault {
		return inside("/threat", elements(m.Threat, MaxValues, func(i int) *partFault { return threatFault(m.Threat, i) }))
	}))
}

func threatFault(threat []Threat, i int) *partFault {
	t := threat[i]
	if !t.From.IsValid() {
		return &partFault{"/from", errors.New("required: state the day from which the level holds")}
	}
	for j, u := range threat[:i] {
		if t.From.Before(u.From) == experience.Unknown || t.From.Same(u.From) != experience.False {
			return &partFault{"/from", fmt.Errorf("%s cannot be told from the %s of entry %d: state both so that one is later", t.From, u.From, j)}
		}
	}
	return faultOf("/level", code(threatLevels, t.Level))
}

// keyed reports a fault of a map's element. Of several, which come in no
// certain order, it keeps the one whose pointer is first.
func (k *inspector) keyed(pointer, key string, err error) {
	at := pointer + escapePointer(key)
	if k.first == nil || strings.HasPrefix(k.first.Pointer, pointer) && at < k.first.Pointer {
		k.first = &InputError{at, err}
	}
}

func (k *inspector) vacancy(pointer string, v *Vacancy) {
	e, x := &v.Education, &v.Experience
	k.part(pointer, first(
		faultOf("/vacancy", required(v.Reference)),
		faultOf("/policy", required(v.Policy)),
		inside("/regimes", codes(regimes, v.Regimes)),
		inside("/thirdStates", countries(v.ThirdStates)),
		faultOf("/openToThirdStates", known(v.OpenToThirdStates)),
		faultOf("/education/studyYears", e.StudyYears.check()),
		faultOf("/education/eqf", valid(e.EQF, "an EQF level")),
		faultOf("/education/cycle", valid(e.Cycle, "an EHEA cycle")),
		faultOf("/education/cyclePrinted", valid(e.CyclePrinted, "an EHEA cycle")),
		inside("/education/fields", fields(e.Fields)),
		faultOf("/education/focus", valid(e.Focus, "an ISCED-F code")),
		faultOf("/education/fieldPlaced", optional(fieldPlacements, e.FieldPlaced)),
		inside("/education/service/kinds", codes(serviceKinds, e.Service.Kinds)),
		inside("/education/complement/kinds", codes(qualificationKinds, e.Complement.Kinds)),
		faultOf("/education/complement/kinds", e.Complement.check()),
		inside("/experience/domains", filled(x.Domains)),
		inside("/experience/supplied", codes(suppliedWords, x.Supplied)),
		inside("/experience/ofWhich", elements(x.OfWhich, MaxValues, func(i int) *partFault { return partOfExperienceFault(&x.OfWhich[i]) })),
		inside("/credentials", elements(v.Credentials, MaxValues, func(i int) *partFault {
			c := &v.Credentials[i]
			return first(faultOf("/kind", required(c.Kind)), inside("/codes", filled(c.Codes)), faultOf("/due", optional(dues, c.Due)))
		})),
		inside("/languages", languagesAsked(v.Languages)),
		inside("/workingLanguages", languagesAsked(v.WorkingLanguages)),
	))
}

func languagesAsked(list []Language) *partFault {
	return elements(list, MaxValues, func(i int) *partFault {
		l := &list[i]
		return first(languageFault(l), faultOf("/code", required(l.Code)), faultOf("/level", required(string(l.Level))))
	})
}

func (c *TrainingCondition) check() error {
	if c.Relevant && len(c.Kinds) == 0 {
		return errors.New("required: name the kinds of training that complete the education")
	}
	return nil
}

func partOfExperienceFault(p *ExperiencePart) *partFault {
	if !p.Period.IsValid() {
		return &partFault{"/period", errors.New("required: state a period, P1D where the text gives none")}
	}
	return first(inside("/domains", filled(p.Domains)), inside("/levels", filled(p.Levels)))
}

var pointerEscaper = strings.NewReplacer("~", "~0", "/", "~1")

func escapePointer(token string) string { return pointerEscaper.Replace(token) }
