package policytest

import (
	"slices"
	"strconv"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// randomDay is a day in the forty years before the application.
func (w *world) randomDay(r *sequence) experience.Date {
	return w.day.Subtract(period(r.below(40), r.below(12), r.below(31)))
}

// randomSpan is some years, months and days of work or service.
func (w *world) randomSpan(r *sequence) (from, to string) {
	begin := w.randomDay(r)
	length := period(r.below(7), r.below(12), r.below(31))
	if r.below(3) == 0 {
		length = one(r, append(slices.Clone(w.periods), length))
	}
	return begin.String(), begin.Add(length).String()
}

func (w *world) randomQualification(id string, r *sequence) map[string]any {
	q := map[string]any{
		"id": id, "kind": one(r, options["kind"]), "awarded": w.randomDay(r).String(), "attested": true,
		"studyYears": float64(1 + r.below(6)), "eqf": float64(3 + r.below(6)),
	}
	switch r.below(3) {
	case 0:
		q["equivalentEqf"] = float64(3 + r.below(6))
	case 1:
		q["cycle"] = one(r, options["cycle"])
	}
	if fields := w.vacancy.Education.Fields; len(fields) > 0 {
		q["fields"] = []any{one(r, []string{string(fields[0]), "1013"})}
	}
	return q
}

func (w *world) randomRank(id string, r *sequence) map[string]any {
	return map[string]any{"id": id, "service": one(r, options["service"]), "equivalentEqf": float64(3 + r.below(6)), "awarded": w.randomDay(r).String(), "attested": true}
}

func (w *world) randomEmployment(id string, r *sequence) map[string]any {
	from, to := w.randomSpan(r)
	e := map[string]any{"id": id, "from": from, "to": to}
	for _, part := range w.vacancy.Experience.OfWhich {
		for _, d := range part.Domains {
			if list, _ := e["domains"].([]any); r.below(2) == 0 {
				e["domains"] = append(list, d)
			}
		}
		for _, l := range part.Levels {
			if list, _ := e["levels"].([]any); r.below(2) == 0 {
				e["levels"] = append(list, l)
			}
		}
	}
	if r.below(3) == 0 {
		e["fraction"] = one(r, []float64{0.2, 0.5, 0.75})
	}
	return e
}

func (w *world) randomContract(id string, r *sequence) map[string]any {
	from, to := w.randomSpan(r)
	missions := []string{hot, quiet}
	if w.vacancy.Mission != "" {
		missions = append(missions, w.vacancy.Mission)
	}
	return map[string]any{"id": id, "mission": one(r, missions), "regime": one(r, options["regime"]), "from": from, "to": to}
}

// altered changes a history at random.
func (w *world) altered(d draft, r *sequence) draft {
	id := "x" + strconv.Itoa(int(r.next()%1_000_000))
	relevant := func(d draft) draft { return d.with([]step{"application", "relevance", id}, r.below(4) > 0) }
	switch r.below(8) {
	case 0:
		return d.added([]step{"candidate", "qualifications"}, w.randomQualification(id, r))
	case 1:
		return d.added([]step{"candidate", "ranks"}, w.randomRank(id, r))
	case 2, 3:
		return relevant(d.added([]step{"candidate", "employments"}, w.randomEmployment(id, r)))
	case 4:
		if w.serves {
			return d.added([]step{"candidate", "contracts"}, w.randomContract(id, r))
		}
	}
	// Another value of some fact, or none.
	places := d.places([]step{one(r, parts[:2])})
	if len(places) == 0 {
		return d
	}
	path := one(r, places)
	v := d.value(path)
	if text, ok := v.(string); ok && writtenDay.MatchString(text) {
		return d.with(path, w.randomDay(r).String())
	}
	return d.with(path, one(r, append(others(path, v), v, nil)))
}

// more returns a change by which the candidate has more of something, nil
// where there is none.
func (w *world) more(q eligibility.Quantity, d draft, r *sequence) *more {
	switch q {
	case eligibility.MoreCitizenships:
		if d.value([]step{"candidate", "citizenships"}) == nil {
			return nil // not stated, which is not few
		}
		country := one(r, append([]string{"US", "CH", w.country()}, w.vacancy.ThirdStates...))
		return &more{"citizenship " + country, func(d draft) draft {
			if d.value([]step{"candidate", "citizenships"}) == nil {
				return nil
			}
			return d.added([]step{"candidate", "citizenships"}, country)
		}}
	case eligibility.MoreQualifications:
		return oneMore("qualifications", w.randomQualification("more", r), func(d draft) draft {
			return d.with([]step{"application", "relevance", "more"}, true)
		})
	case eligibility.MoreQualificationLevel:
		return higher(d, "qualifications", one(r, []string{"eqf", "equivalentEqf", "cycle", "studyYears"}), r)
	case eligibility.MoreRanks:
		return oneMore("ranks", w.randomRank("more", r))
	case eligibility.MoreRankLevel:
		return higher(d, "ranks", "equivalentEqf", r)
	case eligibility.MoreEmployments:
		return apart("employments", oneMore("employments", w.randomEmployment("more", r), func(d draft) draft {
			return d.with([]step{"application", "relevance", "more"}, true)
		}), "more")
	case eligibility.MoreExperience:
		return longer(d, r)
	case eligibility.MoreWorkingTime:
		return fuller(d, r)
	case eligibility.MoreCredentials:
		kinds := slices.Clone(credentialKinds)
		for _, required := range w.vacancy.Credentials {
			kinds = append(kinds, required.Kind)
		}
		return oneMore("credentials", map[string]any{"id": "more", "kind": one(r, kinds), "code": one(r, []string{"B", "C", "C1"}), "issued": w.randomDay(r).String()})
	case eligibility.MoreLanguages:
		return oneMore("languages", map[string]any{"code": one(r, []string{"en", "fr", "sq", "sr", "uk"}), "level": one(r, ladders[1])})
	case eligibility.MoreLanguageLevel:
		return higher(d, "languages", "level", r)
	case eligibility.MoreContracts:
		if !w.serves {
			return nil
		}
		return apart("contracts", oneMore("contracts", w.randomContract("more", r)), "more")
	}
	return nil
}

// higher raises a field of some record by a step.
func higher(d draft, list, field string, r *sequence) *more {
	records, _ := d.value([]step{"candidate", list}).([]any)
	if len(records) == 0 {
		return nil
	}
	i := r.below(len(records))
	record, _ := records[i].(map[string]any)
	old := record[field]
	var higher any
	switch v := old.(type) {
	case float64:
		higher = v + 1
	case string:
		for _, ladder := range ladders[:2] {
			if at := slices.Index(ladder, v); at >= 0 && at+1 < len(ladder) {
				higher = ladder[at+1]
			}
		}
	}
	if higher == nil {
		return nil
	}
	id, byID := record["id"].(string)
	return &more{
		about: field + " of " + list + "/" + strconv.Itoa(i) + " " + flow(higher) + " in place of " + flow(old),
		apply: func(d draft) draft {
			at := []step{"candidate", list, i}
			if byID {
				if at = d.recordWith(list, id); at == nil {
					return nil
				}
			}
			path := append(at, field)
			if d.value(path) != old {
				return nil
			}
			return d.with(path, higher)
		},
	}
}

// span is when a record lasted; ok is false where that is not exactly known.
func span(record any) (from, to experience.Date, ok bool) {
	m, _ := record.(map[string]any)
	begin, _ := m["from"].(string)
	end, _ := m["to"].(string)
	from, errFrom := experience.ParseDate(begin)
	to, errTo := experience.ParseDate(end)
	return from, to, errFrom == nil && errTo == nil && from.IsExact() && to.IsExact()
}

// apart applies a change only where a record neither overlaps nor touches
// another of its list.
func apart(list string, m *more, id string) *more {
	return &more{m.about, func(d draft) draft {
		d = m.apply(d)
		if d == nil || !isApart(d, list, id) {
			return nil
		}
		return d
	}}
}

func isApart(d draft, list, id string) bool {
	records, _ := d.value([]step{"candidate", list}).([]any)
	at := d.recordWith(list, id)
	if at == nil {
		return false
	}
	from, to, ok := span(d.value(at))
	if !ok {
		return false
	}
	day := period(0, 0, 1)
	for i, other := range records {
		if i == at[2] {
			continue
		}
		otherFrom, otherTo, ok := span(other)
		if !ok {
			return false
		}
		before := otherTo.Add(day).Before(from) == experience.True
		after := to.Add(day).Before(otherFrom) == experience.True
		if !before && !after {
			return false
		}
	}
	return true
}

// someEmployment returns the place and the id of one.
func someEmployment(d draft, r *sequence) (id string, record map[string]any) {
	records, _ := d.value([]step{"candidate", "employments"}).([]any)
	if len(records) == 0 {
		return "", nil
	}
	record, _ = one(r, records).(map[string]any)
	id, _ = record["id"].(string)
	return id, record
}

// longer has an employment end later.
func longer(d draft, r *sequence) *more {
	id, record := someEmployment(d, r)
	_, to, ok := span(record)
	if !ok {
		return nil
	}
	later := to.Add(period(r.below(3), r.below(12), 1+r.below(30))).String()
	return apart("employments", &more{"employment " + id + " until " + later + " in place of " + to.String(), func(d draft) draft {
		at := d.recordWith("employments", id)
		if at == nil || d.value(append(at, "to")) != to.String() {
			return nil
		}
		return d.with(append(at, "to"), later)
	}}, id)
}

// fuller has an employment at a larger fraction of full time.
func fuller(d draft, r *sequence) *more {
	id, record := someEmployment(d, r)
	old, ok := record["fraction"].(float64)
	if !ok || old >= 1 {
		return nil
	}
	fraction := one(r, []float64{min(1, old*2), 1})
	return apart("employments", &more{"employment " + id + " at " + flow(fraction) + " of full time in place of " + flow(old), func(d draft) draft {
		at := d.recordWith("employments", id)
		if at == nil || d.value(append(at, "fraction")) != old {
			return nil
		}
		return d.with(append(at, "fraction"), fraction)
	}}, id)
}
