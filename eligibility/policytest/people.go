package policytest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// world is what a policy and a vacancy tell about whom to try them on: the
// lengths of time and the codes that they speak of.
type world struct {
	policy     *eligibility.Policy
	vacancy    *eligibility.Vacancy
	asked      any // the vacancy as a case states it
	periods    []experience.Period
	words      []string // the texts of the policy
	judgements []string
	day        experience.Date // of the application
	serves     bool            // the policy looks at contracts
}

var (
	writtenPeriod = regexp.MustCompile(`\b(years|months|days)\((\d+)\)|period\("(P[0-9YMD]+)"\)`)
	writtenWord   = regexp.MustCompile(`"([^"\\]*)"`)
)

func newWorld(p *eligibility.Policy, v *eligibility.Vacancy) *world {
	w := &world{policy: p, vacancy: v, asked: v.Reference}
	_, data := p.Text()
	text := string(data)
	for _, r := range v.Rules {
		text += "\n" + r.Expression + "\n" + r.When
	}
	w.serves = strings.Contains(text, "served(") || strings.Contains(text, "contracts")
	length := func(p experience.Period) {
		if p.IsValid() && !slices.ContainsFunc(w.periods, func(q experience.Period) bool { return p.Compare(q) == 0 }) {
			w.periods = append(w.periods, p)
		}
	}
	for _, m := range writtenPeriod.FindAllStringSubmatch(text, -1) {
		written := m[3]
		if written == "" {
			written = "P" + m[2] + strings.ToUpper(m[1][:1])
		}
		if p, err := experience.ParsePeriod(written); err == nil {
			length(p)
		}
	}
	length(v.Deployment)
	length(v.Experience.Total)
	for _, part := range v.Experience.OfWhich {
		length(part.Period)
	}
	for _, m := range writtenWord.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(w.words, m[1]) {
			w.words = append(w.words, m[1])
		}
	}
	for path := range judgementsOf("", p.Rules()) {
		w.judgements = append(w.judgements, path)
	}
	for path := range judgementsOf("", v.Rules) {
		w.judgements = append(w.judgements, path)
	}
	w.day = v.Closes.First()
	if !v.Closes.IsValid() {
		w.day = experience.MustParseDate("2025-01-15")
	}
	return w
}

func (w *world) before(years int) experience.Date { return w.day.Subtract(period(years, 0, 0)) }
func (w *world) after(years int) experience.Date  { return w.day.Add(period(years, 0, 0)) }

func period(years, months, days int) experience.Period {
	p, err := experience.NewPeriod(years, months, days)
	if err != nil {
		panic(err) // it is stated by this package
	}
	return p
}

// country is a State that the policy names.
func (w *world) country() string {
	for _, word := range w.words {
		if len(word) == 2 && word == strings.ToUpper(word) && !strings.ContainsAny(word, "0123456789") {
			return word
		}
	}
	if len(w.vacancy.ThirdStates) > 0 {
		return w.vacancy.ThirdStates[0]
	}
	return "FI"
}

// Missions at the levels of threat between which a policy may tell.
const quiet, hot = "a mission at low threat", "a mission at high threat"

// applicant is somebody who has plenty of everything that the vacancy names.
func (w *world) applicant() draft {
	v := w.vacancy
	e := v.Education
	degree := map[string]any{"id": "q1", "kind": "university", "awarded": w.before(20).String(), "attested": true, "studyYears": max(3, float64(e.StudyYears))}
	degree["eqf"] = max(6, float64(e.EQF))
	degree["cycle"] = "first"
	if e.Cycle.IsValid() {
		degree["cycle"] = e.Cycle.String()
	}
	if len(e.Fields) > 0 {
		degree["fields"] = []any{string(e.Fields[0])}
	}
	work := map[string]any{"id": "e1", "from": w.before(19).String(), "to": w.day.String()}
	var domains, levels []any
	for _, d := range v.Experience.Domains {
		domains = append(domains, d)
	}
	for _, part := range v.Experience.OfWhich {
		for _, d := range part.Domains {
			domains = append(domains, d)
		}
		for _, l := range part.Levels {
			levels = append(levels, l)
		}
	}
	if domains != nil {
		work["domains"] = domains
	}
	if levels != nil {
		work["levels"] = levels
	}
	candidate := map[string]any{
		"id": "candidate", "citizenships": []any{w.country()}, "retires": w.after(30).String(),
		"qualifications": []any{degree}, "employments": []any{work},
	}
	if credentials := w.credentials(); credentials != nil {
		candidate["credentials"] = credentials
	}
	languages := w.languages()
	if languages != nil {
		candidate["languages"] = languages
	}
	application := map[string]any{"date": w.day.String(), "regime": "seconded", "nominated": true, "relevance": map[string]any{"e1": true}}
	if len(v.Regimes) > 0 {
		application["regime"] = string(v.Regimes[0])
	}
	if w.judgements != nil {
		answers := make(map[string]any)
		for _, path := range w.judgements {
			answers[path] = true
		}
		application["judgements"] = answers
	}
	d := draft{"id": "applicant", "vacancy": w.asked, "candidate": candidate, "application": application}
	if w.serves {
		missions := []any{
			map[string]any{"id": hot, "threat": []any{map[string]any{"from": "2000-01-01", "level": "high"}}},
			map[string]any{"id": quiet, "threat": []any{map[string]any{"from": "2000-01-01", "level": "low"}}},
		}
		if v.Mission != "" && v.Mission != hot && v.Mission != quiet {
			missions = append(missions, map[string]any{"id": v.Mission, "threat": []any{map[string]any{"from": "2000-01-01", "level": "low"}}})
		}
		d["missions"] = missions
	}
	return d
}

// languages are those that the vacancy asks for; where it asks for none, those
// that the policy names itself.
func (w *world) languages() []any {
	var out []any
	for _, l := range w.vacancy.Languages {
		out = append(out, map[string]any{"code": l.Code, "level": string(l.Level)})
	}
	level := slices.IndexFunc(w.words, func(s string) bool { return slices.Contains(ladders[1], s) })
	if out != nil || level < 0 {
		return out
	}
	for _, word := range w.words {
		if len(word) == 2 && word == strings.ToLower(word) {
			out = append(out, map[string]any{"code": word, "level": w.words[level]})
		}
	}
	return out
}

// credentials are those that the vacancy asks for, and those that the policy
// names itself.
func (w *world) credentials() []any {
	var out []any
	add := func(kind, code string) {
		c := map[string]any{"id": "c" + strconv.Itoa(len(out)+1), "kind": kind, "issued": w.before(10).String(), "expires": w.after(10).String()}
		if code != "" {
			c["code"] = code
		}
		out = append(out, c)
	}
	for _, required := range w.vacancy.Credentials {
		code := ""
		if len(required.Codes) > 0 {
			code = required.Codes[0]
		}
		add(required.Kind, code)
	}
	for i, word := range w.words {
		if !slices.Contains(credentialKinds, word) {
			continue
		}
		code := ""
		if i+1 < len(w.words) && len(w.words[i+1]) < 4 {
			code = w.words[i+1]
		}
		add(word, code)
	}
	return out
}

var credentialKinds = []string{"drivingLicence", "weaponAuthorisation", "closeProtection", "basicLifeSupport", "advancedLifeSupport", "clearance"}

// histories are applicants for whom different rules come into play.
func (w *world) histories() []draft {
	plain := w.applicant()
	out := []draft{plain}
	undated := plain.with([]step{"application", "date"}, nil)
	out = append(out, undated)
	// Each kind of education and rank that a vacancy may accept in place of a degree.
	level := max(4, float64(w.vacancy.Education.EQF))
	awarded := w.before(20).String()
	for _, kind := range []string{"secondary", "vocational", "police", "military", "civilianSecurity", "training"} {
		q := map[string]any{"id": "q1", "kind": kind, "eqf": level, "equivalentEqf": level, "awarded": awarded, "attested": true}
		out = append(out, plain.with([]step{"candidate", "qualifications"}, []any{q}))
		both := []any{map[string]any{"id": "q0", "kind": "secondary", "awarded": awarded, "attested": true}, q}
		if kind != "secondary" && w.vacancy.Education.Secondary {
			out = append(out, plain.with([]step{"candidate", "qualifications"}, both).with([]step{"application", "relevance", "q1"}, true))
		}
	}
	for _, service := range []string{"police", "military", "civilianSecurity"} {
		r := map[string]any{"id": "r1", "service": service, "equivalentEqf": level, "awarded": awarded, "attested": true}
		out = append(out, plain.with([]step{"candidate", "qualifications"}, nil).with([]step{"candidate", "ranks"}, []any{r}))
	}
	// Work that has just begun, from a leap day, and in two touching parts.
	out = append(out, plain.with([]step{"candidate", "employments", 0, "to"}, nil))
	leap := leapDay(w.before(8))
	out = append(out, plain.with([]step{"candidate", "employments", 0, "from"}, leap.String()))
	out = append(out, w.lacking(plain)...)
	if w.serves {
		out = append(out, w.servants(plain)...)
	}
	return out
}

// lacking are applicants who lack little of what is asked: a record, a step of
// a level, or a day of work.
func (w *world) lacking(plain draft) []draft {
	var out []draft
	for _, path := range plain.places([]step{"candidate"}) {
		v := plain.value(path)
		switch field, _ := path[len(path)-1].(string); {
		case len(path) == 3: // a record, or a citizenship
			out = append(out, plain.with(path, nil))
		case slices.Contains([]string{"eqf", "studyYears", "cycle", "level"}, field):
			if less := others(path, v); len(less) > 0 {
				out = append(out, plain.with(path, less[0]))
			}
		}
	}
	all := plain.with([]step{"candidate", "qualifications", 0, "studyYears"}, 1.0)
	for _, less := range []any{"short", nil} {
		out = append(out, all.with([]step{"candidate", "qualifications", 0, "cycle"}, less).with([]step{"candidate", "qualifications", 0, "eqf"}, 5.0))
	}
	work := []step{"candidate", "employments", 0}
	for _, p := range w.periods {
		from := w.day.Subtract(p)
		short := plain.with(append(work, "from"), from.Add(period(0, 0, 2)).String())
		out = append(out, short, short.with(append(work, "to"), from.Add(p).Subtract(period(0, 0, 1)).String()))
		again := maps.Clone(short.value(work).(map[string]any))
		again["id"] = "e2"
		out = append(out, short.added([]step{"candidate", "employments"}, again).with([]step{"application", "relevance", "e2"}, true))
		twice := plain.with(append(work, "from"), w.day.Subtract(p).Subtract(p).Add(period(0, 0, 3)).String())
		out = append(out, twice.with(append(work, "fraction"), 0.5))
	}
	return out
}

// servants are applicants who have served in missions, each about as long as a
// period that the policy or the vacancy speaks of.
func (w *world) servants(plain draft) []draft {
	var out []draft
	day := period(0, 0, 1)
	contract := func(id, mission string, from, to experience.Date) any {
		return map[string]any{"id": id, "mission": mission, "regime": "contracted", "from": from.String(), "to": to.String()}
	}
	missions := []string{hot}
	if w.vacancy.Mission != "" {
		missions = append(missions, w.vacancy.Mission)
	}
	for _, mission := range missions {
		applied := plain.with([]step{"application", "regime"}, "contracted").with([]step{"application", "deploymentStarts"}, w.day.Add(day).String())
		if mission == hot && w.vacancy.Mission != "" {
			// The post's own mission is one at high threat.
			applied = applied.with([]step{"missions", 2, "threat", 0, "level"}, "high")
		}
		with := func(contracts ...any) { out = append(out, applied.with([]step{"candidate", "contracts"}, contracts)) }
		for _, p := range w.periods {
			from := w.day.Add(day).Subtract(p)
			with(contract("k1", mission, from, w.day))
			leap := leapDay(from)
			with(contract("k1", mission, leap, leap.Add(p).Subtract(day)))
			for _, gap := range w.periods {
				// Two contracts with a gap in between, and one that ended so long ago.
				to := from.Subtract(gap).Subtract(day)
				with(contract("k1", mission, to.Subtract(p).Add(day), to), contract("k2", mission, from, w.day))
				end := w.day.Subtract(gap).Subtract(day)
				with(contract("k1", mission, end.Subtract(p).Add(day), end))
			}
		}
	}
	return out
}

// leapDay is the last 29 February up to a day.
func leapDay(d experience.Date) experience.Date {
	year, err := strconv.Atoi(d.String()[:4])
	if err != nil {
		return d
	}
	for ; year > 4; year-- {
		if leap, err := experience.ParseDate(fmt.Sprintf("%04d-02-29", year)); err == nil && leap.NotAfter(d) == experience.True {
			return leap
		}
	}
	return d
}

// options are the fields whose texts are codes of a list.
var options = map[string][]string{
	"kind":    {"secondary", "vocational", "university", "police", "military", "civilianSecurity", "specialisation", "training"},
	"service": {"police", "military", "civilianSecurity"},
	"regime":  {"contracted", "seconded", "local"},
	"cycle":   {"short", "first", "second", "third"},
}

// ladders are lists of codes that go from less to more.
var ladders = [][]string{
	{"short", "first", "second", "third"},
	{"A1", "A2", "B1", "B2", "C1", "C2"},
	{"low", "moderate", "significant", "high", "critical"},
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
