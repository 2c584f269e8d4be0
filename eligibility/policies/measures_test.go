package policies_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/experience"
)

// lot draws histories and rules.
type lot struct{ *rand.Rand }

func pick[T any](l lot, from ...T) T { return from[l.IntN(len(from))] }

func (l lot) day() experience.Date {
	return experience.MustParseDate("2014-01-01").Add(daysLong(l.IntN(4500)))
}

func daysLong(n int) experience.Period {
	return experience.MustParsePeriod(fmt.Sprintf("P%dD", n))
}

// date is a day, or less exact than that.
func (l lot) date(d experience.Date) string {
	text := d.String()
	switch l.IntN(8) {
	case 0:
		return text[:7]
	case 1:
		return text[:4]
	}
	return text
}

func (l lot) ends(record map[string]any, from experience.Date) map[string]any {
	record["from"] = l.date(from)
	if l.IntN(6) > 0 {
		to := from.Add(daysLong(800 + l.IntN(900)))
		record["to"] = l.date(to)
	}
	return record
}

func (l lot) employments(n int) []any {
	list := []any{}
	for i := range n {
		e := l.ends(map[string]any{"id": fmt.Sprint("e", i)}, l.day())
		if l.IntN(2) == 0 {
			e["fraction"] = pick(l, 0, 0.25, 0.5, 0.8, 1)
		}
		if l.IntN(4) > 0 {
			e["domains"] = pick(l, []string{"security"}, []string{"finance"}, []string{"security", "justice"})
		}
		if l.IntN(3) > 0 {
			e["international"] = l.IntN(2) == 0
		}
		list = append(list, e)
	}
	return list
}

func (l lot) contracts(n int) []any {
	list := []any{}
	for i := range n {
		list = append(list, l.ends(map[string]any{
			"id": fmt.Sprint("k", i), "mission": pick(l, "EULEX Kosovo", "EUAM Ukraine", "EUMM Georgia"),
			"regime": pick(l, "contracted", "contracted", "seconded"),
		}, l.day()))
	}
	return list
}

func (l lot) threat() []any {
	list := []any{}
	for _, from := range []string{"2014-06-01", "2017-03", "2019-01-01", "2022-08-15"} {
		list = append(list, map[string]any{"from": from, "level": pick(l, "low", "moderate", "high", "critical")})
	}
	return list
}

// history is what a measure may be of.
func (l lot) history() string {
	if l.IntN(2) == 0 {
		s := "candidate.worked(e, " + pick(l, "application.relevant(e)", "e.fraction >= 1", "e.international && application.relevant(e)", "e.fraction > 0.3 || e.international") + ")"
		s += pick(l, "", `.since(date("2016-02-29"))`, ".since(education)", `.since(candidate.worked(e, true).reaches(years(1)))`)
		return s + pick(l, "", `.until(date("2024-02-29"))`, ".until(asOf - months(7))")
	}
	s := "candidate.served(c, " + pick(l, "true", "c.mission == vacancy.mission", `c.regime == "contracted"`, `c.regime == "contracted" && c.mission != vacancy.mission`) + ")"
	s += pick(l, "", ".until(start)")
	s += pick(l, "", `.atThreat(["high", "critical"])`)
	return s + pick(l, "", ".chain(years(1), asOf)", ".chain(months(3), start)")
}

// In an expression that measures several histories each of them has the ledger
// that it has in a rule of its own.
func TestLedgersOfSeveralMeasures(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	shapes := []struct {
		text string
		n    int
	}{
		{"anyOf([%s.reaches(years(4)), %s.reaches(years(2))])", 2},
		{"allOf([%s.reaches(years(4)), anyOf([%s.reaches(years(1)), %s.reaches(months(6))])])", 3},
		{"%s.reaches(years(4)).met || %s.reaches(years(2)).met", 2},
		{"%s.reaches(years(4)).met", 1},
		{"%s.total() < years(6) && %s.leaves(years(1), years(6))", 2},
		{`[true, false].exists(x, x && %s.total() >= years(3) || %s.reaches(years(9)).met)`, 4},
		{`allOf(vacancy.experience.ofWhich.map(p, %s.reaches(p.period)))`, 2},
		{`reading.experienceEnd == "closing" ? %s.reaches(years(3)).met : %s.reaches(years(2)).met && %s.total() <= years(9)`, 3},
		{`(has(application.date) ? %s : %s).reaches(years(3)).met || %s.total() > years(2)`, 3},
	}
	l := lot{rand.New(rand.NewPCG(3, 4))}
	several := 0
	for range 150 {
		shape := pick(l, shapes...)
		var histories []any
		var rules []any
		for i := range shape.n {
			histories = append(histories, l.history())
			rules = append(rules, map[string]any{"id": fmt.Sprint("alone", i), "title": "Alone", "expression": histories[i].(string) + ".reaches(years(3))"})
		}
		// What counting begins with may be measured too.
		rules = append(rules, map[string]any{"id": fmt.Sprint("alone", shape.n), "title": "Alone", "expression": "candidate.worked(e, true).reaches(years(1))"})
		text := fmt.Sprintf(shape.text, histories[:strings.Count(shape.text, "%s")]...)
		rules = append(rules, map[string]any{"id": "together", "title": "Together", "expression": text})
		input, err := json.Marshal(map[string]any{
			"id": "c", "missions": []any{map[string]any{"id": "EULEX Kosovo", "threat": l.threat()}, map[string]any{"id": "EUAM Ukraine", "threat": l.threat()}},
			"vacancy": map[string]any{
				"vacancy": "V", "policy": "csdp", "mission": "EULEX Kosovo", "regimes": []string{"contracted"}, "closes": "2025-11-14", "deployment": "P12M",
				"education":  map[string]any{"studyYears": 3},
				"experience": map[string]any{"domains": []string{"security"}, "ofWhich": []any{map[string]any{"period": "P1Y"}, map[string]any{"period": "P2Y"}}},
				"rules":      rules,
			},
			"application": map[string]any{"date": "2025-11-01", "regime": "contracted"},
			"candidate": map[string]any{
				"id": "c", "employments": l.employments(l.IntN(6)), "contracts": l.contracts(l.IntN(6)),
				"qualifications": []any{map[string]any{"id": "q", "kind": "university", "studyYears": 3, "attested": true, "awarded": l.date(l.day())}},
			},
		})
		require.NoError(t, err)
		c, err := eligibility.DecodeCase(input)
		require.NoError(t, err, string(input))
		a, err := catalogue.Assess(t.Context(), c, eligibility.WithLedger())
		require.NoError(t, err, string(input))
		f, ok := a.Finding("together")
		require.True(t, ok)
		if f.Ledger != nil {
			requireLedger(t, f, text)
		}
		require.False(t, f.Ledger == nil && f.Ledgers == nil, text)
		if f.Ledgers != nil {
			several++
		}
		known := map[string]bool{}
		for i := range shape.n + 1 {
			alone, ok := a.Finding(fmt.Sprint("alone", i))
			require.True(t, ok)
			known[stretchesOf(t, alone.Ledger)] = true
		}
		for _, l := range f.Ledgers {
			require.True(t, known[stretchesOf(t, l)], "%s: %s", text, l.Measure)
			requireLedger(t, eligibility.Finding{Have: l.Have, Ledger: l}, text)
		}
		if f.Ledger != nil {
			require.True(t, known[stretchesOf(t, f.Ledger)], text)
		}
	}
	require.Greater(t, several, 80)
}

func stretchesOf(t *testing.T, l *eligibility.Ledger) string {
	text, err := json.Marshal(l.Stretches)
	require.NoError(t, err)
	return l.Months + string(text)
}

// A measure has one ledger however often it is asked for, and those of what is
// not chosen have none.
func TestLedgersAreOfWhatIsMeasured(t *testing.T) {
	const worked = "candidate.worked(e, e.fraction >= 1)"
	for _, c := range []struct {
		expression string
		measures   []string
	}{
		{worked + ".reaches(years(1))", nil},
		{worked + ".reaches(years(1)).met", nil},
		{worked + ".reaches(years(1)).met && " + worked + ".reaches(years(1)).met", nil},
		{worked + ".total() >= years(1) && " + worked + ".total() <= years(2)", []string{worked + " P1Y ", worked + "  P2Y"}},
		{`reading.experienceEnd == "closing" ? ` + worked + ".reaches(years(1)) : " + worked + ".until(start).reaches(years(2))", nil},
		{"anyOf([" + worked + ".reaches(years(1))])", []string{worked + " P1Y "}},
		{`["P1Y", "P2Y"].all(p, ` + worked + ".reaches(period(p)).met)", []string{worked + " P1Y ", worked + " P2Y "}},
		{"anyOf([candidate.worked(e, true).since(" + worked + ".reaches(years(1))).reaches(years(3))])",
			[]string{"candidate.worked(e, true).since(" + worked + ".reaches(years(1))) P3Y ", worked + " P1Y "}},
	} {
		catalogue, err := policies.Catalogue()
		require.NoError(t, err)
		expression, err := json.Marshal(c.expression)
		require.NoError(t, err)
		k, err := eligibility.DecodeCase([]byte(`{"id": "c", "application": {"date": "2025-11-01"},
			"candidate": {"id": "c", "employments": [{"id": "e1", "from": "2015-01-01", "to": "2017-12-31"}, {"id": "e2", "from": "2019-01-01", "fraction": 0.5}]},
			"vacancy": {"vacancy": "V", "policy": "csdp", "mission": "M", "regimes": ["contracted"], "closes": "2025-11-14", "deployment": "P12M", "education": {},
				"rules": [{"id": "own", "title": "Own", "expression": ` + string(expression) + `}]}}`))
		require.NoError(t, err)
		a, err := catalogue.Assess(t.Context(), k, eligibility.WithLedger())
		require.NoError(t, err, c.expression)
		f, _ := a.Finding("own")
		require.Equal(t, f.Have.IsValid(), f.Ledger != nil, c.expression)
		var measures []string
		for _, l := range f.Ledgers {
			measures = append(measures, l.Measure+" "+l.Need.String()+" "+l.Limit.String())
		}
		require.Equal(t, c.measures, measures, c.expression)
	}
}
