package policies_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/experience"
)

// unsure leaves out or blurs what a candidate states.
func (l lot) unsure(record map[string]any) map[string]any {
	for _, key := range slices.Sorted(maps.Keys(record)) {
		v := record[key]
		if key == "id" || key == "kind" || key == "mission" || key == "regime" && record["mission"] != nil || l.IntN(4) > 0 {
			continue
		}
		switch v := v.(type) {
		case bool:
			record[key] = false
		case string:
			if len(v) == 10 {
				record[key] = v[:4]
			} else {
				delete(record, key)
			}
		default:
			delete(record, key)
		}
	}
	return record
}

func (l lot) candidate() map[string]any {
	c := map[string]any{"id": "c", "citizenships": pick(l, []string{"FI"}, []string{"FI"}, []string{"US"})}
	if l.IntN(6) == 0 {
		delete(c, "citizenships")
	}
	q := map[string]any{"id": "q", "kind": "university", "attested": true, "awarded": l.day().String(), "fields": []string{pick(l, "0421", "0413", "0511")}}
	q["studyYears"], q["eqf"], q["cycle"] = pick(l, 2, 3, 4), pick(l, 5, 6, 7), pick(l, "first", "second")
	c["qualifications"] = []any{l.unsure(q)}
	var employments []any
	for _, e := range l.employments(l.IntN(4)) {
		employments = append(employments, l.unsure(e.(map[string]any)))
	}
	c["employments"] = employments
	c["contracts"] = l.contracts(l.IntN(3))
	c["languages"] = []any{l.unsure(map[string]any{"code": "en", "level": pick(l, "B1", "B2", "C1")})}
	c["languages"].([]any)[0].(map[string]any)["code"] = "en"
	licence := l.unsure(map[string]any{"kind": "drivingLicence", "code": pick(l, "B", "C"), "issued": l.day().String()})
	licence["id"] = "d"
	c["credentials"] = []any{licence}
	return c
}

// Every way leads to eligible on its day, no part of it does, and the ways are
// in order of their size. What is said of the values that suffice is so.
func TestWaysOfRandomCandidates(t *testing.T) {
	inOneGoroutine(t)
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	csdp := catalogue.Policy("csdp")
	l := lot{rand.New(rand.NewPCG(5, 6))}
	found, none := 0, 0
	for range 16 {
		vacancy := map[string]any{
			"vacancy": "V", "policy": "csdp", "mission": "EULEX Kosovo", "regimes": []string{"contracted", "seconded"}, "openToThirdStates": false, "closes": "2025-11-14", "deployment": "P12M",
			"education":  map[string]any{"studyYears": 3, "eqf": pick(l, 6, 7), "cycle": "second", "fields": []string{"0421", "0413"}},
			"experience": map[string]any{"total": pick(l, "P2Y", "P4Y"), "domains": []string{"security", "justice"}, "ofWhich": []any{map[string]any{"period": "P1Y", "domains": []string{"security"}}}},
			"languages":  []any{map[string]any{"code": "en", "level": "B2"}}, "credentials": []any{map[string]any{"kind": "drivingLicence", "codes": []string{"B", "C"}}},
		}
		application := map[string]any{"date": "2025-11-01", "regime": pick(l, "contracted", "seconded")}
		if l.IntN(2) == 0 {
			application["nominated"] = l.IntN(2) == 0
		}
		input, err := json.Marshal(map[string]any{
			"id": "c", "vacancy": vacancy, "candidate": l.candidate(), "application": application,
			"missions": []any{map[string]any{"id": "EULEX Kosovo", "threat": l.threat()}, map[string]any{"id": "EUAM Ukraine", "threat": l.threat()}, map[string]any{"id": "EUMM Georgia", "threat": l.threat()}},
		})
		require.NoError(t, err)
		c, err := eligibility.DecodeCase(input)
		require.NoError(t, err, string(input))
		a, err := catalogue.Assess(t.Context(), c, eligibility.WithNearestWays())
		require.NoError(t, err)
		if a.Verdict == eligibility.Eligible {
			require.Empty(t, a.NoWay)
			continue
		}
		require.Equal(t, len(a.Ways) == 0, a.NoWay != "", string(input))
		if a.NoWay == eligibility.NoWayExists {
			none++
		}
		require.True(t, slices.IsSortedFunc(a.Ways, func(a, b eligibility.Way) int { return len(a.Steps) - len(b.Steps) }))
		for _, way := range a.Ways {
			require.True(t, way.On.IsValid(), string(input))
			found++
			tryWay(t, csdp, c.Vacancy.Inline, input, way)
		}
	}
	t.Log(found, none)
	require.Greater(t, found, 20)
	require.NotZero(t, none)
}

// tryWay makes sure of a way and of every part of it.
func tryWay(t *testing.T, policy *eligibility.Policy, vacancy *eligibility.Vacancy, input []byte, way eligibility.Way) {
	const applied = "2025-11-01"
	takesTime := slices.ContainsFunc(way.Steps, isTime)
	posts := map[string]*eligibility.Post{}
	for _, on := range []string{applied, way.On.String()} {
		open := *vacancy
		open.Closes = experience.MustParseDate(on)
		post, err := policy.Post(&open)
		require.NoError(t, err)
		posts[on] = post
	}
	leads := func(steps []eligibility.Step) bool {
		var doc any
		require.NoError(t, json.Unmarshal(input, &doc))
		on := applied
		if slices.ContainsFunc(steps, isTime) || !takesTime {
			on = way.On.String()
		}
		for _, s := range steps {
			switch {
			case s.Value != nil:
				doc = put(t, doc, s.Fact, s.Value)
			case s.Kind == eligibility.Work:
				doc = put(t, doc, "/candidate/employments/-", map[string]any{"id": "work", "from": "2025-11-02", "domains": []string{"security"}})
			}
		}
		doc = put(t, doc, "/application/date", on)
		text, err := json.Marshal(doc)
		require.NoError(t, err)
		c, err := eligibility.DecodeCase(text)
		if err != nil {
			return false
		}
		a, err := posts[on].Assess(t.Context(), c, eligibility.Outline())
		require.NoError(t, err)
		return a.Verdict == eligibility.Eligible
	}
	// More work for several rules is one job.
	steps := slices.CompactFunc(way.Steps, func(a, b eligibility.Step) bool { return a.Kind == eligibility.Work && b.Kind == eligibility.Work })
	say := func() string { return fmt.Sprintf("%v\n%s", way, input) }
	require.True(t, leads(steps), say())
	for set := uint(0); set+1 < 1<<len(steps) && len(steps) > 0; set++ {
		if len(steps) > 5 && bits.OnesCount(set) < len(steps)-1 {
			continue
		}
		var some []eligibility.Step
		for i, s := range steps {
			if set>>i&1 == 1 {
				some = append(some, s)
			}
		}
		require.False(t, steps[0].Kind != eligibility.Wait && leads(some), "%v suffices of %s", some, say())
	}
	var conditions []string
	for i, s := range steps {
		with := func(v any) bool {
			other := slices.Clone(steps)
			other[i].Value = v
			return leads(other)
		}
		text, _ := s.Value.(string)
		d, err := experience.ParseDate(text)
		isDay := err == nil && d.IsExact()
		switch {
		case s.Kind != eligibility.StateFact:
			continue
		case s.AnyValue:
			require.Empty(t, s.Condition)
			for _, v := range everyValue(s.Fact) {
				require.True(t, with(v), "%v of %s", v, say())
			}
			continue
		case s.AtMost != nil && isDay:
			require.Equal(t, s.AtMost, s.Value)
			require.False(t, with(d.Add(day).String()), say())
		case s.AtLeast != nil && isDay:
			require.Equal(t, s.AtLeast, s.Value)
			require.False(t, with(d.Subtract(day).String()), say())
		case s.AtLeast != nil && strings.HasSuffix(s.Fact, "/eqf"):
			require.False(t, with(s.Value.(int)-1), say())
		case s.OneOf != nil:
			for _, v := range s.OneOf {
				require.True(t, with(v), say())
			}
		case s.Value == true:
			require.False(t, with(false), say())
		}
		conditions = append(conditions, s.Condition)
		require.NotEmpty(t, s.Condition, say())
		require.Contains(t, way.Text, s.Condition)
	}
	require.Equal(t, conditions != nil, strings.Contains(way.Text, " if "), way.Text)
}

// everyValue is what a fact may be, as far as it has a scale.
func everyValue(pointer string) []any {
	switch pointer[strings.LastIndexByte(pointer, '/')+1:] {
	case "eqf":
		return []any{1, 4, 8}
	case "cycle":
		return []any{"short", "second", "third"}
	case "studyYears":
		return []any{0.5, 3, 7}
	case "attested", "nominated":
		return []any{true, false}
	}
	return nil
}

func isTime(s eligibility.Step) bool { return s.Kind == eligibility.Wait || s.Kind == eligibility.Work }
