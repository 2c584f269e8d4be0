package eligibility

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	jsonv2 "github.com/go-json-experiment/json"

	"github.com/qualify-rules/qualify/experience"
)

// domain is what a missing fact may be: one of the values, or a day from one to
// another.
type domain struct {
	kind        domainKind
	values      []any
	first, last experience.Date
}

type domainKind uint8

const (
	anyValues domainKind = iota // the first is tried, and the last, which is of no use
	scale                       // from the lowest to the highest
	yesOrNo                     // true and false
	subset                      // the first is a list, of which a part may suffice
	dates                       // days
)

// tried are the values that may help a rule most.
func (d domain) tried() []any {
	switch {
	case d.kind == dates:
		return []any{d.first.String(), d.last.String(), d.at(d.length() / 2).String()}
	case d.kind == scale:
		return []any{d.values[len(d.values)-1], d.values[0]}
	case d.kind == anyValues && len(d.values) > 2:
		return []any{d.values[0], d.values[len(d.values)-1]}
	}
	return d.values
}

// length is how many days the last day is after the first, and at the day that
// is so many after the first.
func (d domain) length() int { return int(experience.DaysBetween(d.first, d.last)) }

func (d domain) at(n int) experience.Date {
	days, err := experience.NewPeriod(0, 0, n)
	if err != nil {
		return d.last
	}
	return d.first.Add(days)
}

// domain returns what a missing fact of a case may be.
func (f *finder) domain(c *Case, missing fact, pointer string) domain {
	v := f.start.post.vacancy
	a, _, _ := missing.parts()
	name := pointer[strings.LastIndexByte(pointer, '/')+1:]
	switch {
	case a == inRelevanceOfQualifications || a == inRelevanceOfEmployments || a == inJudgements:
		return domain{kind: yesOrNo, values: []any{true, false}}
	case pointer == "/missions":
		return domain{values: []any{[]any{map[string]any{"id": v.Mission, "threat": []any{quiet()}}}}}
	}
	switch name {
	case "attested", "nominated", "international":
		return domain{kind: yesOrNo, values: []any{true, false}}
	case "awarded", "from", "to", "date", "issued", "expires", "deploymentStarts", "retires", "born":
		return f.days(c, pointer)
	case "eqf", "equivalentEqf":
		return domain{kind: scale, values: []any{1, 2, 3, 4, 5, 6, 7, 8}}
	case "cycle":
		return domain{kind: scale, values: []any{"short", "first", "second", "third"}}
	case "studyYears":
		return domain{kind: scale, values: yearsOfStudy(float64(v.Education.StudyYears))}
	case "level":
		return domain{kind: scale, values: []any{"A1", "A2", "B1", "B2", "C1", "C2"}}
	case "fields":
		var fields []any
		for _, asked := range v.Education.Fields {
			fields = append(fields, []any{string(asked)})
		}
		return domain{values: append(fields, []any{"0011"})}
	case "domains", "levels":
		return domain{kind: subset, values: []any{f.askedOf(name), []any{}}}
	case "regime":
		return domain{values: append(texts2any(v.Regimes), string(Local))}
	case "citizenships":
		return domain{values: []any{[]any{"FR"}, []any{"US"}}}
	case "code":
		var codes []any
		for _, asked := range v.Credentials {
			codes = append(codes, texts2any(asked.Codes)...)
		}
		return domain{values: append(codes, "other")}
	case "threat":
		return domain{values: []any{[]any{quiet()}}}
	}
	return domain{}
}

// yearsOfStudy are halves of years up to ten, and what is asked.
func yearsOfStudy(asked float64) []any {
	years := []float64{asked}
	for halves := 1; halves <= 20; halves++ {
		years = append(years, float64(halves)/2)
	}
	slices.Sort(years)
	var out []any
	for _, y := range slices.Compact(years) {
		if y > 0 {
			out = append(out, y)
		}
	}
	return out
}

// quiet is a level of threat that bars nobody, from long ago.
func quiet() any { return map[string]any{"from": "1900-01-01", "level": string(Low)} }

func texts2any[S ~string](list []S) []any {
	var out []any
	for _, s := range list {
		out = append(out, string(s))
	}
	return out
}

// askedOf returns every domain, or level of responsibility, that the vacancy
// asks for.
func (f *finder) askedOf(name string) []any {
	asked := &f.start.post.vacancy.Experience
	var all []string
	if name == "domains" {
		all = append(all, asked.Domains...)
	}
	for _, p := range asked.OfWhich {
		if name == "domains" {
			all = append(all, p.Domains...)
		} else {
			all = append(all, p.Levels...)
		}
	}
	slices.Sort(all)
	return texts2any(slices.Compact(all))
}

// days are those that an imprecise date may be; of one that is not stated, from
// long ago to the reference day.
func (f *finder) days(c *Case, pointer string) domain {
	long := experience.MustParsePeriod("P30Y")
	days := domain{kind: dates, first: f.day.Subtract(long), last: f.day}
	if strings.HasSuffix(pointer, "/retires") || strings.HasSuffix(pointer, "/expires") { // which may be to come
		days.last = f.day.Add(long)
	}
	if pointer == "/application/deploymentStarts" { // which nobody can have before the posts are given
		days.first = f.day.Later(f.start.post.vacancy.Closes)
		days.last = days.first.Add(experience.MustParsePeriod("P1Y"))
	}
	text, err := jsonv2.Marshal(c, jsonv2.Deterministic(true))
	if err != nil {
		return days
	}
	var doc any
	if json.Unmarshal(text, &doc) != nil {
		return days
	}
	if s, ok := get(doc, strings.Split(pointer, "/")[1:]).(string); ok {
		if d, err := experience.ParseDate(s); err == nil && d != experience.UnknownDate() {
			days.first, days.last = d.First(), d.Last()
		}
	}
	return days
}

func get(doc any, path []string) any {
	for _, name := range path {
		switch d := doc.(type) {
		case map[string]any:
			doc = d[name]
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i >= len(d) {
				return nil
			}
			doc = d[i]
		default:
			return nil
		}
	}
	return doc
}
