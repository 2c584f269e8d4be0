package audit

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
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
