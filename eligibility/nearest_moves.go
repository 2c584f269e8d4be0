package eligibility

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	jsonv2 "github.com/go-json-experiment/json"

	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/experience"
)

// move is a step as it is tried: what it changes in the case as JSON.
type move struct {
	step    Step
	key     string // of the fact with its value
	slot    string // of the fact: no set of moves has two values of one
	of      fact   // that is stated
	changes []change
}

// change sets the value at a JSON Pointer; one that ends in /- is appended to its list.
type change struct {
	pointer string
	value   any
}

// apply returns the case with the changes.
func (m move) apply(c *Case) (*Case, error) {
	text, err := jsonv2.Marshal(c, jsonv2.Deterministic(true))
	if err != nil {
		return nil, err
	}
	var doc any
	if err := json.Unmarshal(text, &doc); err != nil {
		return nil, err
	}
	for _, change := range m.changes {
		if doc, err = set(doc, strings.Split(change.pointer, "/")[1:], change.value); err != nil {
			return nil, err
		}
	}
	if text, err = json.Marshal(doc); err != nil {
		return nil, err
	}
	return DecodeCase(text)
}

// set returns a JSON value with another one at a path.
func set(doc any, path []string, value any) (any, error) {
	if len(path) == 0 {
		return value, nil
	}
	name := strings.NewReplacer("~1", "/", "~0", "~").Replace(path[0])
	if list, ok := doc.([]any); ok || doc == nil && name == "-" {
		if name == "-" {
			return append(list, value), nil
		}
		i, err := strconv.Atoi(name)
		if err != nil || i >= len(list) {
			return nil, fmt.Errorf("there is no %s", name)
		}
		list[i], err = set(list[i], path[1:], value)
		return list, err
	}
	record, ok := doc.(map[string]any)
	if !ok {
		record = make(map[string]any)
	}
	inner, err := set(record[name], path[1:], value)
	record[name] = inner
	return record, err
}

// moves are what may bring the rules of a node closer that are not met.
func (f *finder) moves(n node) []move {
	moves := f.stated(n)
	moves = append(moves, f.attested(n)...)
	moves = append(moves, f.application(n)...)
	moves = append(moves, f.ends(n)...)
	moves = append(moves, f.credentials(n)...)
	moves = append(moves, f.obtained(n)...)
	return append(moves, f.educations(n)...)
}

func (f *finder) move(step Step, slot, pointer string, value any) move {
	step.Fact = pointer
	key := slot
	if step.Kind != Obtain { // whose value has an id of the case's own
		key = fmt.Sprint(slot, "=", value)
	}
	return move{step: step, key: key, slot: slot, changes: []change{{pointer, value}}}
}

// stated are the facts that are missing, with the values that they may have.
func (f *finder) stated(n node) []move {
	var moves []move
	for _, missing := range n.now.eachOf(n.now.missing()) {
		pointer := n.now.pointer(missing)
		if f.isAdded(missing) {
			continue
		}
		var values []any
		if !strings.HasPrefix(pointer, "/vacancy") { // which is not the applicant's to state
			values = f.domain(n.c, missing, pointer).tried()
		}
		f.untried = f.untried || len(values) == 0
		for _, value := range values {
			w := *f.w
			w.ev = n.now
			step := Step{Kind: StateFact, Value: value, Text: w.Text("step.state", "fact", w.fact(missing))}
			m := f.move(step, pointer, pointer, value)
			m.of = missing
			moves = append(moves, m)
		}
	}
	return moves
}

// isAdded reports whether a fact is of a record that a step adds.
func (f *finder) isAdded(missing fact) bool {
	c := &f.start.c.Candidate
	a, i, _ := missing.parts()
	switch a {
	case inQualifications, inNQF, inRelevanceOfQualifications:
		return i >= len(c.Qualifications)
	case inRanks:
		return i >= len(c.Ranks)
	case inEmployments, inRelevanceOfEmployments:
		return i >= len(c.Employments)
	case inContracts:
		return i >= len(c.Contracts)
	case inCredentials:
		return i >= len(c.Credentials)
	case inLanguages:
		return i >= len(c.Languages)
	}
	return false
}

// attested are records of which it is stated that they are not attested.
func (f *finder) attested(n node) []move {
	var moves []move
	add := func(a area, i int, pointer string) {
		w := *f.w
		w.ev = n.now
		step := Step{Kind: AttestFact, Value: true, Text: w.Text("step.attest", "record", w.record(factOf(a, i, wholeArea)))}
		moves = append(moves, f.move(step, pointer, pointer, true))
	}
	for i, q := range n.c.Candidate.Qualifications {
		if q.Attested == experience.False {
			add(inQualifications, i, fmt.Sprintf("/candidate/qualifications/%d/attested", i))
		}
	}
	for i, r := range n.c.Candidate.Ranks {
		if r.Attested == experience.False {
			add(inRanks, i, fmt.Sprintf("/candidate/ranks/%d/attested", i))
		}
	}
	return moves
}

// credentials are the licences, certificates and languages that the vacancy
// asks for.
func (f *finder) credentials(n node) []move {
	var moves []move
	v := f.start.post.vacancy
	for i, asked := range v.Credentials {
		record := map[string]any{"id": f.newID(n), "kind": asked.Kind, "issued": f.day.String()}
		if len(asked.Codes) > 0 {
			record["code"] = asked.Codes[0]
		}
		step := Step{Kind: Obtain, Value: record, Text: f.w.Text("step.credential", "credential", f.w.element(&object[RequiredCredential]{value: &v.Credentials[i]}))}
		moves = append(moves, f.move(step, fmt.Sprint("credential ", i), "/candidate/credentials/-", record))
	}
	for i, asked := range v.Languages {
		record := map[string]any{"code": asked.Code, "level": string(asked.Level)}
		step := Step{Kind: Obtain, Value: record, Text: f.w.Text("step.language", "language", f.w.element(&object[Language]{value: &v.Languages[i]}))}
		moves = append(moves, f.move(step, fmt.Sprint("language ", i), "/candidate/languages/-", record))
	}
	return moves
}

// educations are one record for each alternative of the education asked.
func (f *finder) educations(n node) []move {
	var moves []move
	asked := &f.start.post.vacancy.Education
	field := ""
	if len(asked.Fields) > 0 {
		field = string(asked.Fields[0])
	}
	add := func(key, list string, text string, record map[string]any) {
		record["id"], record["awarded"], record["attested"] = f.newID(n), f.day.String(), true
		if field != "" && list == "qualifications" {
			record["fields"] = []any{field}
		}
		step := Step{Kind: Obtain, Value: record, Text: text}
		m := f.move(step, "education "+key, "/candidate/"+list+"/-", record)
		if list == "qualifications" { // one that is relevant
			m.changes = append(m.changes, change{"/application/relevance/" + record["id"].(string), true})
		}
		moves = append(moves, m)
	}
	level := 4
	switch {
	case asked.EQF.IsValid():
		level = int(asked.EQF)
	case asked.Cycle.IsValid():
		level = int(asked.Cycle.Level())
	}
	if asked.StudyYears > 0 {
		record := map[string]any{"kind": "university", "studyYears": float64(asked.StudyYears)}
		if asked.EQF.IsValid() {
			record["eqf"] = level
		}
		add("studies", "qualifications", f.w.Text("step.studies", "years", strconv.FormatFloat(float64(asked.StudyYears), 'f', -1, 64)), record)
	}
	if asked.EQF.IsValid() {
		add("level", "qualifications", f.w.Text("step.level", "level", level), map[string]any{"kind": "vocational", "eqf": level})
	}
	if asked.Cycle.IsValid() {
		add("cycle", "qualifications", f.w.Text("step.cycle", "cycle", messages.Say("cycle."+asked.Cycle.String())), map[string]any{"kind": "university", "cycle": asked.Cycle.String()})
	}
	kinds := asked.Service.Kinds
	if asked.Service.CivilianSecurity {
		kinds = append(slices.Clip(kinds), "civilianSecurity")
	}
	for _, k := range kinds {
		service := messages.Say("service." + string(k))
		add("service "+string(k), "qualifications", f.w.Text("step.service", "service", service, "level", level), map[string]any{"kind": string(k), "equivalentEqf": level})
		if asked.Service.Rank {
			add("rank "+string(k), "ranks", f.w.Text("step.rank", "service", service, "level", level), map[string]any{"service": string(k), "equivalentEqf": level})
		}
	}
	if asked.Secondary {
		add("secondary", "qualifications", f.w.Text("step.secondary"), map[string]any{"kind": "secondary", "eqf": 4})
	}
	for _, k := range asked.Complement.Kinds {
		record := map[string]any{"kind": string(k)}
		add("complement "+string(k), "qualifications", f.w.Text("step.complement", "service", messages.Say("service."+string(k))), record)
	}
	return moves
}

// withWork returns the case with work of every kind that the vacancy asks for,
// from the day after the reference day on; nil changes where none is asked.
func (f *finder) withWork(c *Case) *Case {
	id := f.newID(node{c: c})
	record := map[string]any{"id": id, "from": f.day.Add(oneDay).String(), "domains": f.askedOf("domains"), "levels": f.askedOf("levels"), "international": true}
	worked, err := move{changes: []change{
		{"/candidate/employments/-", record},
		{"/application/relevance/" + id, true},
	}}.apply(c)
	if err != nil {
		return c
	}
	return worked
}

// newID returns an id that no record of the case has.
func (f *finder) newID(n node) string {
	c := &n.c.Candidate
	taken := make(map[string]bool)
	for _, q := range c.Qualifications {
		taken[q.ID] = true
	}
	for _, r := range c.Ranks {
		taken[r.ID] = true
	}
	for _, e := range c.Employments {
		taken[e.ID] = true
	}
	for _, k := range c.Contracts {
		taken[k.ID] = true
	}
	for _, k := range c.Credentials {
		taken[k.ID] = true
	}
	for i := 1; ; i++ {
		if id := "new" + strconv.Itoa(i); !taken[id] {
			return id
		}
	}
}
