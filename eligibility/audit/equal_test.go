package audit

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// slowly is what dominate finds, by comparing every pair.
func slowly(values [][]int32, people, others []int) []dominated {
	var found []dominated
	for _, a := range people {
		d := dominated{better: a}
		for _, b := range others {
			atLeast := true
			for _, column := range values {
				atLeast = atLeast && column[a] >= column[b]
			}
			if atLeast {
				if d.count == 0 {
					d.first = b
				}
				d.count++
			}
		}
		if d.count > 0 {
			found = append(found, d)
		}
	}
	return found
}

func TestDominateFindsWhatComparingEveryPairFinds(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		columns, n, distinct := random.IntN(5), random.IntN(3000), int32(1+random.IntN(12))
		values := make([][]int32, columns)
		var people, others []int
		for i := range n {
			for c := range values {
				values[c] = append(values[c], random.Int32N(distinct)-2)
			}
			if random.IntN(40) == 0 || n < 100 && i%2 == 0 {
				people = append(people, i)
			} else {
				others = append(others, i)
			}
		}
		want, got := slowly(values, people, others), dominate(values, people, others)
		require.Equal(t, len(want), len(got))
		for i := range want {
			require.Equal(t, want[i], got[i])
		}
	}
}

// pools of 10,000 whose facts are all the same, or such that nobody is at
// least as good as anybody else, or at random.
var pools = map[string]func(i, column int) int32{
	"equal":        func(int, int) int32 { return 7 },
	"incomparable": func(i, column int) int32 { return int32(i * (1 - 2*(column%2))) },
	"random":       func(i, column int) int32 { return int32(rand.New(rand.NewPCG(uint64(i), uint64(column))).IntN(1000)) },
	"ordered":      func(i, column int) int32 { return int32(i) },
}

func BenchmarkEqualTreatmentOfTenThousand(b *testing.B) {
	for _, name := range []string{"equal", "incomparable", "random", "ordered"} {
		var e EqualTreatment
		for i := range 10_000 {
			facts := make([]countedFact, 12)
			for c := range facts {
				facts[c] = countedFact{path: fmt.Sprintf("rule%d", c), applies: true, measured: c < 6}
				facts[c].fulfilled[0] = pools[name](i, 2*c)
				facts[c].fulfilled[1] = facts[c].fulfilled[0] + int32(i%3)
				facts[c].time[0] = pools[name](i, 2*c+1)
				facts[c].time[1] = facts[c].time[0]
			}
			recorded := eligibility.Eligible
			if i%2 == 1 {
				recorded = eligibility.Ineligible
			}
			e.Add(Result{Number: i + 1, ID: fmt.Sprint(i), counted: facts, Assessment: &eligibility.Assessment{},
				Case: &eligibility.Case{Recorded: recorded}})
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, c := e.Find()
				b.ReportMetric(float64(c.Pairs), "pairs")
			}
		})
	}
}

// compared finds who was treated worse among cases about the small policy.
func compared(t *testing.T, cases ...string) ([]WorseTreated, Compared) {
	t.Helper()
	policy, err := eligibility.LoadPolicy("small.yaml", []byte(smallPolicy))
	require.NoError(t, err)
	catalogue, err := eligibility.NewCatalogue([]*eligibility.Policy{policy}, []*eligibility.Vacancy{
		{Reference: "V", Policy: "small", Closes: experience.MustParseDate("2025-01-01")},
	})
	require.NoError(t, err)
	var e EqualTreatment
	for r, err := range (&Auditor{Catalogue: catalogue, Compare: true}).Lines(t.Context(), strings.NewReader(input(cases))) {
		require.NoError(t, err)
		require.NoError(t, r.Err)
		e.Add(r)
	}
	return e.Find()
}

func TestWorseTreated(t *testing.T) {
	accepted := smallCase("accepted", "EE", "2012-01-01", "", "2014-01-01", "eligible")
	for _, test := range []struct {
		name   string
		other  string
		better []string // nil: not worse treated
		worse  bool
	}{
		{"the same", smallCase("x", "EE", "2012-01-01", "", "2014-01-01", "ineligible"), nil, true},
		{"by another alternative", smallCase("x", "EE", "", "2012-01-01", "2014-01-01", "ineligible"), nil, true},
		{"educated earlier", smallCase("x", "EE", "2011-01-01", "", "2014-01-01", "ineligible"), []string{"education"}, true},
		{"more work", smallCase("x", "EE", "2012-01-01", "", "2013-01-01", "ineligible"), []string{"experience/total"}, true},
		{"educated later, more work", smallCase("x", "EE", "2012-01-02", "", "2013-01-01", "ineligible"), nil, false},
		{"a day less of work", smallCase("x", "EE", "2012-01-01", "", "2014-01-02", "ineligible"), nil, false},
		{"not a citizen", smallCase("x", "US", "2011-01-01", "", "2013-01-01", "ineligible"), nil, false},
		{"perhaps educated", smallCase("x", "EE", "2011-01-01?", "", "2013-01-01", "ineligible"), nil, false},
		{"perhaps educated later", smallCase("x", "EE", "2011/2013", "", "2013-01-01", "ineligible"), nil, false},
		{"accepted too", smallCase("x", "EE", "2011-01-01", "", "2013-01-01", "eligible"), nil, false},
		{"nothing on record", smallCase("x", "EE", "2011-01-01", "", "2013-01-01", ""), nil, false},
		{"another rule applies", smallCase("nobody", "EE", "2011-01-01", "", "2013-01-01", "ineligible"), nil, false},
	} {
		worse, counts := compared(t, accepted, test.other)
		if !test.worse {
			require.Empty(t, worse, test.name)
			continue
		}
		require.Len(t, worse, 1, test.name)
		require.Equal(t, [4]string{"V", "x", "accepted"}, [4]string{worse[0].Vacancy, worse[0].Case, worse[0].Than})
		require.Equal(t, Compared{Eligible: 1, Ineligible: 1, Worse: 1, Pairs: 1}, counts)
		var better []string
		for _, c := range worse[0].Better {
			require.NotEmpty(t, c.Cite)
			better = append(better, c.Rule)
		}
		require.Equal(t, test.better, better, test.name)
	}
}

// Vacancies that differ are not compared, whatever their references are.
func TestVacanciesOfOneReference(t *testing.T) {
	policy, err := eligibility.LoadPolicy("small.yaml", []byte(smallPolicy))
	require.NoError(t, err)
	catalogue, err := eligibility.NewCatalogue([]*eligibility.Policy{policy}, nil)
	require.NoError(t, err)
	stated := func(closes, line string) string {
		return strings.Replace(line, `"vacancy":"V"`, `"vacancy":{"vacancy":"V","policy":"small","closes":"`+closes+`"}`, 1)
	}
	for closes, worse := range map[string]int{"2025-01-01": 1, "2026-01-01": 0} {
		var e EqualTreatment
		for r, err := range (&Auditor{Catalogue: catalogue, Compare: true}).Lines(t.Context(), strings.NewReader(input([]string{
			stated("2025-01-01", smallCase("a", "EE", "2012-01-01", "", "2014-01-01", "eligible")),
			stated(closes, smallCase("b", "EE", "2012-01-01", "", "2014-01-01", "ineligible")),
		}))) {
			require.NoError(t, err)
			require.NoError(t, r.Err)
			e.Add(r)
		}
		_, counts := e.Find()
		require.Equal(t, Compared{Eligible: 1, Ineligible: 1, Worse: worse, Pairs: worse}, counts, closes)
	}
}

// A condition that is not known leaves a group open whose children are unmet.
func TestGroupThatIsLeftOpen(t *testing.T) {
	unmet := []eligibility.Finding{{ID: "a", Status: eligibility.Unmet}}
	open := countFindings(nil, "", []eligibility.Finding{{ID: "g", Status: eligibility.NotDetermined, Findings: unmet}})
	closed := countFindings(nil, "", []eligibility.Finding{{ID: "g", Status: eligibility.Unmet, Findings: unmet}})
	require.Greater(t, open[0].fulfilled[0], closed[0].fulfilled[0])
	require.Equal(t, open[1], closed[1])
}

// A limit is kept better with less time, and an interval counts with both of
// its ends.
func TestCountedFacts(t *testing.T) {
	period := experience.MustParsePeriod
	facts := countFindings(nil, "", []eligibility.Finding{
		{ID: "limit", Status: eligibility.Met, Have: period("P1Y"), HaveAtMost: period("P2Y"), Limit: period("P6Y")},
		{ID: "need", Status: eligibility.NotDetermined, Have: period("P1Y"), HaveAtMost: period("P2Y"), Need: period("P6Y")},
		{ID: "day", Status: eligibility.Met, On: experience.MustParseDate("2010")},
		{ID: "none", Status: eligibility.NotApplicable},
		{ID: "group", Status: eligibility.Unmet, Findings: []eligibility.Finding{{ID: "0", Status: eligibility.Unmet}}},
		{ID: "any", Status: eligibility.Met, AnyOf: true, Findings: []eligibility.Finding{{ID: "a", Status: eligibility.Met}}},
	})
	var paths []string
	for _, f := range facts {
		paths = append(paths, f.path)
		require.LessOrEqual(t, f.fulfilled[0], f.fulfilled[1])
		require.LessOrEqual(t, f.time[0], f.time[1])
	}
	require.Equal(t, []string{"limit", "need", "day", "none", "group", "group/0", "any"}, paths)
	require.Equal(t, [2]int32{-2 * 12 * 31, -12 * 31}, facts[0].time)
	require.Equal(t, [2]int32{12 * 31, 2 * 12 * 31}, facts[1].time)
	require.Less(t, facts[2].fulfilled[0], facts[2].fulfilled[1])
	require.Less(t, facts[2].fulfilled[1], facts[0].fulfilled[0], "without a day it is met from the beginning")
	require.False(t, facts[3].applies)
}
