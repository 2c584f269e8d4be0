package policies_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// put sets a value at a JSON Pointer of a value as JSON has it.
func put(t *testing.T, doc any, pointer string, value any) any {
	parent, name, more := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
	parent = strings.NewReplacer("~1", "/", "~0", "~").Replace(parent)
	if !more {
		if parent == "-" {
			list, _ := doc.([]any)
			return append(list, value)
		}
		if list, ok := doc.([]any); ok {
			i, err := strconv.Atoi(parent)
			require.NoError(t, err)
			list[i] = value
			return list
		}
		record, _ := doc.(map[string]any)
		if record == nil {
			record = map[string]any{}
		}
		record[parent] = value
		return record
	}
	if list, ok := doc.([]any); ok {
		i, err := strconv.Atoi(parent)
		require.NoError(t, err)
		list[i] = put(t, list[i], "/"+name, value)
		return list
	}
	record, _ := doc.(map[string]any)
	if record == nil {
		record = map[string]any{}
	}
	record[parent] = put(t, record[parent], "/"+name, value)
	return record
}

// A way leads to eligible: the case with what its steps bring is, on its day.
// Steps that have a value are all needed.
func TestWaysLeadToEligible(t *testing.T) {
	inOneGoroutine(t)
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	csdp := catalogue.Policy("csdp")
	kinds := map[eligibility.StepKind]int{}
	for _, p := range slices.Concat(slices.Collect(maps.Values(loadCases(t, "csdp")))...) {
		c, err := eligibility.DecodeCase(p.input)
		require.NoError(t, err)
		a, err := catalogue.Assess(t.Context(), c, append(p.options, eligibility.WithNearestWays())...)
		require.NoError(t, err)
		if a.Verdict == eligibility.Eligible {
			require.Empty(t, a.Ways)
			continue
		}
		vacancy := c.Vacancy.Inline
		if vacancy == nil {
			post, err := catalogue.Post(c.Vacancy.Reference)
			require.NoError(t, err)
			vacancy = post.Vacancy()
		}
		for _, way := range a.Ways {
			require.NotEmpty(t, way.Steps, p.name)
			if !way.On.IsValid() {
				continue
			}
			verdict := func(without int) eligibility.Verdict {
				var doc any
				require.NoError(t, json.Unmarshal(p.input, &doc))
				for i, s := range way.Steps {
					switch {
					case i == without:
					case s.Value != nil:
						doc = put(t, doc, s.Fact, s.Value)
						// What is obtained in addition is relevant.
						if record, ok := s.Value.(map[string]any); ok && strings.HasPrefix(s.Fact, "/candidate/qualifications/") {
							doc = put(t, doc, "/application/relevance/"+record["id"].(string), true)
						}
					case s.Kind == eligibility.Work:
						var domains, levels []string
						for _, part := range append(vacancy.Experience.OfWhich, eligibility.ExperiencePart{Domains: vacancy.Experience.Domains}) {
							domains, levels = append(domains, part.Domains...), append(levels, part.Levels...)
						}
						doc = put(t, doc, "/candidate/employments/-", map[string]any{
							"id": "work" + strconv.Itoa(i), "from": a.AsOf.Add(day).String(), "domains": append(domains, "x"), "levels": append(levels, "x"), "international": true,
						})
						doc = put(t, doc, "/application/relevance/work"+strconv.Itoa(i), true)
					}
				}
				doc = put(t, doc, "/application/date", way.On.String())
				text, err := json.Marshal(doc)
				require.NoError(t, err)
				changed, err := eligibility.DecodeCase(text)
				require.NoError(t, err, "%s: %s", p.name, text)
				open := *vacancy
				open.Closes = way.On
				post, err := csdp.Post(&open)
				require.NoError(t, err)
				got, err := post.Assess(t.Context(), changed, append(p.options, eligibility.Outline())...)
				require.NoError(t, err)
				return got.Verdict
			}
			require.Equal(t, eligibility.Eligible, verdict(-1), "%s: %v", p.name, way)
			for i, s := range way.Steps {
				kinds[s.Kind]++
				require.NotEmpty(t, s.Text)
				if s.Value != nil {
					require.NotEqual(t, eligibility.Eligible, verdict(i), "%s: %v without step %d", p.name, way, i)
				}
			}
		}
	}
	for _, k := range []eligibility.StepKind{eligibility.StateFact, eligibility.AttestFact, eligibility.Obtain, eligibility.Work, eligibility.Wait, eligibility.ApplyAs, eligibility.Nominate} {
		require.NotZero(t, kinds[k], k)
	}
}

// No way asks to state another thing than was stated.
func TestWaysNeverAskToMisstate(t *testing.T) {
	inOneGoroutine(t)
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	for _, p := range slices.Concat(slices.Collect(maps.Values(loadCases(t, "csdp")))...) {
		c, err := eligibility.DecodeCase(p.input)
		require.NoError(t, err)
		a, err := catalogue.Assess(t.Context(), c, append(p.options, eligibility.WithNearestWays())...)
		require.NoError(t, err)
		for _, way := range a.Ways {
			for _, s := range way.Steps {
				if s.Kind == eligibility.StateFact {
					missing := false
					for _, f := range a.All() {
						missing = missing || slices.Contains(f.Missing, s.Fact)
					}
					require.True(t, missing || len(way.Steps) > 1, "%s: %s is not missing", p.name, s.Fact)
				}
			}
		}
	}
}
