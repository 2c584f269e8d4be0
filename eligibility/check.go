package eligibility

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/qualify-rules/qualify/experience"
)

// MaxRecords is the length of the longest list of records that is accepted,
// and MaxValues that of the longest list of values. The cost of a rule is
// bounded with them.
const (
	MaxRecords = 10_000
	MaxValues  = 256
)

// Check reports the first fault of a case that was made in Go; [DecodeCase]
// has done so already. The error is an [*InputError].
func (c *Case) Check() error {
	k := new(inspector)
	k.required("/id", c.ID)
	k.candidate("/candidate", &c.Candidate)
	switch v := c.Vacancy; {
	case v.Inline != nil:
		k.vacancy("/vacancy", v.Inline)
	case v.Reference == "":
		k.fail("/vacancy", errors.New("required: name a vacancy or state one"))
	}
	k.application("/application", &c.Application)
	k.missions("/missions", c.Missions)
	k.relevance(c)
	if c.Recorded != "" {
		k.code("/recorded", verdicts, string(c.Recorded))
	}
	return k.err()
}

// Check reports the first fault of a vacancy that was made in Go. Its rules
// are checked when they are compiled.
func (v *Vacancy) Check() error {
	k := new(inspector)
	k.vacancy("", v)
	return k.err()
}

// inspector keeps the first fault.
type inspector struct{ first *InputError }

func (k *inspector) err() error {
	if k.first == nil {
		return nil
	}
	return k.first
}

func (k *inspector) fail(pointer string, err error) {
	if k.first == nil {
		k.first = &InputError{pointer, err}
	}
}

func (k *inspector) required(pointer, value string) {
	if value == "" {
		k.fail(pointer, errors.New("required: state it"))
	}
}

func (k *inspector) code(pointer string, e *enumeration, code string) {
	switch {
	case code == "":
		k.fail(pointer, fmt.Errorf("required: state %s", e.name))
	case !e.has(code):
		k.fail(pointer, e.errorFor(code))
	}
}

func (k *inspector) optionalCode(pointer string, e *enumeration, code string) {
	if code != "" {
		k.code(pointer, e, code)
	}
}

func checkCodes[S ~string](k *inspector, pointer string, e *enumeration, codes []S) {
	k.values(pointer, len(codes))
	for i, c := range codes {
		k.code(pointer+"/"+strconv.Itoa(i), e, string(c))
	}
}

func (k *inspector) countries(pointer string, codes []string) {
	k.values(pointer, len(codes))
	for i, c := range codes {
		if err := checkCountry(c); err != nil {
			k.fail(pointer+"/"+strconv.Itoa(i), err)
		}
	}
}

func (k *inspector) country(pointer, code string) {
	if code == "" {
		return
	}
	if err := checkCountry(code); err != nil {
		k.fail(pointer, err)
	}
}

func (k *inspector) values(pointer string, n int) {
	if n > MaxValues {
		k.fail(pointer, fmt.Errorf("%d values are more than the %d that are accepted", n, MaxValues))
	}
}

// texts checks a list of values that are not codes.
func (k *inspector) texts(pointer string, values []string) {
	k.values(pointer, len(values))
	if i := slices.Index(values, ""); i >= 0 {
		k.fail(pointer+"/"+strconv.Itoa(i), errors.New("an empty text: leave it out"))
	}
}

func (k *inspector) span(pointer string, from, to experience.Date) {
	if err := (experience.Span{From: from, To: to}).Check(); err != nil {
		k.fail(pointer+"/to", err)
	}
}

// records checks the length of a list of records and that no id is used twice.
// It makes the pointers of the records only if one is needed.
func records[T any](k *inspector, pointer string, list []T, id func(*T) string, check func(pointer string, r *T)) {
	if len(list) > MaxRecords {
		k.fail(pointer, fmt.Errorf("%d records are more than the %d that are accepted", len(list), MaxRecords))
		return
	}
	var seen map[string]int
	if len(list) > 16 {
		seen = make(map[string]int, len(list))
	}
	for i := range list {
		at := pointer + "/" + strconv.Itoa(i)
		name := id(&list[i])
		if name == "" {
			k.fail(at+"/id", errors.New("required: state it"))
		}
		earlier, twice := seen[name]
		if seen == nil {
			earlier = slices.IndexFunc(list[:i], func(r T) bool { return id(&r) == name })
			twice = earlier >= 0
		} else {
			seen[name] = i
		}
		if twice {
			k.fail(at+"/id", fmt.Errorf("%q is the id of %s/%d too: give each record its own", name, pointer, earlier))
		}
		check(at, &list[i])
	}
}

func (k *inspector) candidate(pointer string, c *Candidate) {
	k.required(pointer+"/id", c.ID)
	k.countries(pointer+"/citizenships", c.Citizenships)
	k.country(pointer+"/residence", c.Residence)
	records(k, pointer+"/qualifications", c.Qualifications, func(q *Qualification) string { return q.ID }, func(at string, q *Qualification) {
		k.code(at+"/kind", qualificationKinds, string(q.Kind))
		k.values(at+"/fields", len(q.Fields))
	})
	records(k, pointer+"/ranks", c.Ranks, func(r *Rank) string { return r.ID }, func(at string, r *Rank) {
		k.code(at+"/service", serviceKinds, string(r.Service))
	})
	records(k, pointer+"/employments", c.Employments, func(e *Employment) string { return e.ID }, func(at string, e *Employment) {
		k.span(at, e.From, e.To)
		k.texts(at+"/domains", e.Domains)
		k.texts(at+"/levels", e.Levels)
		k.optionalCode(at+"/kind", employmentKinds, string(e.Kind))
	})
	records(k, pointer+"/contracts", c.Contracts, func(c *Contract) string { return c.ID }, func(at string, c *Contract) {
		k.required(at+"/mission", c.Mission)
		k.code(at+"/regime", regimes, string(c.Regime))
		k.span(at, c.From, c.To)
	})
	records(k, pointer+"/credentials", c.Credentials, func(c *Credential) string { return c.ID }, func(at string, c *Credential) {
		k.required(at+"/kind", c.Kind)
		if err := (experience.Span{From: c.Issued, To: c.Expires}).Check(); err != nil {
			k.fail(at+"/expires", err)
		}
	})
	k.languages(pointer+"/languages", c.Languages)
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`)

func (k *inspector) languages(pointer string, languages []Language) {
	k.values(pointer, len(languages))
	for i, l := range languages {
		at := pointer + "/" + strconv.Itoa(i)
		if l.Code != "" && !languageTag.MatchString(l.Code) {
			k.fail(at+"/code", fmt.Errorf("%q is not a BCP 47 language tag such as en", l.Code))
		}
		k.optionalCode(at+"/level", languageLevels, string(l.Level))
	}
}

func (k *inspector) application(pointer string, a *Application) {
	k.optionalCode(pointer+"/regime", regimes, string(a.Regime))
}

func (k *inspector) missions(pointer string, missions []Mission) {
	records(k, pointer, missions, func(m *Mission) string { return m.ID }, func(at string, m *Mission) {
		k.values(at+"/threat", len(m.Threat))
		for i, t := range m.Threat {
			at := at + "/threat/" + strconv.Itoa(i)
			if !t.From.IsValid() {
				k.fail(at+"/from", errors.New("required: state the day from which the level holds"))
			}
			k.code(at+"/level", threatLevels, string(t.Level))
			for j, u := range m.Threat[:i] {
				if t.From.Before(u.From) == experience.Unknown || t.From.Same(u.From) != experience.False {
					k.fail(at+"/from", fmt.Errorf("%s cannot be told from the %s of entry %d: state both so that one is later", t.From, u.From, j))
				}
			}
		}
	})
}

// relevance checks that every judgement of relevance is about one record.
func (k *inspector) relevance(c *Case) {
	for id := range c.Application.Relevance {
		n := 0
		for i := range c.Candidate.Qualifications {
			if c.Candidate.Qualifications[i].ID == id {
				n++
			}
		}
		for i := range c.Candidate.Employments {
			if c.Candidate.Employments[i].ID == id {
				n++
			}
		}
		at := "/application/relevance/" + escapePointer(id)
		switch {
		case n == 0:
			k.failFirst(at, errors.New("no qualification or employment of the candidate has this id"))
		case n > 1:
			k.failFirst(at, errors.New("a qualification and an employment both have this id: give each its own"))
		}
	}
}

// failFirst keeps, among faults found in no certain order, the one whose
// pointer comes first.
func (k *inspector) failFirst(pointer string, err error) {
	if k.first == nil || strings.HasPrefix(k.first.Pointer, "/application/relevance/") && pointer < k.first.Pointer {
		k.first = &InputError{pointer, err}
	}
}

func (k *inspector) vacancy(pointer string, v *Vacancy) {
	k.required(pointer+"/vacancy", v.Reference)
	k.required(pointer+"/policy", v.Policy)
	checkCodes(k, pointer+"/regimes", regimes, v.Regimes)
	k.countries(pointer+"/thirdStates", v.ThirdStates)
	k.education(pointer+"/education", &v.Education)
	k.experience(pointer+"/experience", &v.Experience)
	k.values(pointer+"/credentials", len(v.Credentials))
	for i, c := range v.Credentials {
		at := pointer + "/credentials/" + strconv.Itoa(i)
		k.required(at+"/kind", c.Kind)
		k.texts(at+"/codes", c.Codes)
		k.optionalCode(at+"/due", dues, string(c.Due))
	}
	k.languages(pointer+"/languages", v.Languages)
	for i, l := range v.Languages {
		at := pointer + "/languages/" + strconv.Itoa(i)
		k.required(at+"/code", l.Code)
		k.required(at+"/level", string(l.Level))
	}
}

func (k *inspector) education(pointer string, e *Education) {
	k.values(pointer+"/fields", len(e.Fields))
	k.optionalCode(pointer+"/fieldPlaced", fieldPlacements, string(e.FieldPlaced))
	checkCodes(k, pointer+"/service/kinds", serviceKinds, e.Service.Kinds)
	checkCodes(k, pointer+"/complement/kinds", qualificationKinds, e.Complement.Kinds)
	if e.Complement.Relevant && len(e.Complement.Kinds) == 0 {
		k.fail(pointer+"/complement/kinds", errors.New("required: name the kinds of training that complete the education"))
	}
}

func (k *inspector) experience(pointer string, e *ExperienceAsked) {
	k.texts(pointer+"/domains", e.Domains)
	k.values(pointer+"/ofWhich", len(e.OfWhich))
	for i, p := range e.OfWhich {
		at := pointer + "/ofWhich/" + strconv.Itoa(i)
		if !p.Period.IsValid() {
			k.fail(at+"/period", errors.New("required: state a period, P1D where the text gives none"))
		}
		k.texts(at+"/domains", p.Domains)
		k.texts(at+"/levels", p.Levels)
	}
}

var pointerEscaper = strings.NewReplacer("~", "~0", "/", "~1")

func escapePointer(token string) string { return pointerEscaper.Replace(token) }
