package experience

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

var conventions = []Convention{Calendar, Actual365, Thirty360}

func TestMeasureAgreesWithOracle(t *testing.T) {
	for _, imprecise := range []bool{false, true} {
		for _, convention := range conventions {
			t.Run(fmt.Sprintf("%s imprecise=%t", convention, imprecise), func(t *testing.T) {
				t.Parallel()
				g := newGenerator(1, 7, imprecise)
				for range 1500 {
					h := g.history(convention)
					low, high := h.measure()
					c, records := h.counting()
					m := c.Measure(records)
					if rat(m.Low).Cmp(low) != 0 || rat(m.High).Cmp(high) != 0 {
						require.Failf(t, "measures differ", "got %v to %v, want %v to %v\n%v", rat(m.Low), rat(m.High), low, high, h)
					}
				}
			})
		}
	}
}

func TestReachAgreesWithOracle(t *testing.T) {
	needs := []string{"P1D", "P29D", "P1M", "P2M", "P6M", "P11M15D", "P1Y", "P1Y1D", "P2Y", "P2Y6M"}
	for _, imprecise := range []bool{false, true} {
		for _, convention := range conventions {
			t.Run(fmt.Sprintf("%s imprecise=%t", convention, imprecise), func(t *testing.T) {
				t.Parallel()
				g := newGenerator(2, 2, imprecise)
				for range 60 {
					h := g.history(convention)
					need := MustParsePeriod(needs[g.IntN(len(needs))])
					c, records := h.counting()
					require.Equal(t, h.reach(need), c.Reach(records, need), "%v\nneed %v", h, need)
				}
			})
		}
	}
}

// reach steps from day to day until the measure up to the day is enough.
func (h oracleHistory) reach(need Period) Reached {
	months := big.NewRat(need.thirtieths(), daysPerMonth)
	last := h.until[1] + 11*365 // enough for a quarter of full time
	first := func(wide bool, since, until int) ordinal {
		weights := h.oracleWeights(wide, since)
		// No convention makes more of the days than this: the sums that cannot
		// be enough need not be formed.
		least, _ := months.Float64()
		days := 0.0
		for day := range until + 1 {
			days += float64(weights[day]) / fullTime
			if weights[day] > 0 && days/28+1 >= least && oracleSum(h.convention, weights, day).Cmp(months) >= 0 {
				return MustParseDate(oracleDays[day].String()).first
			}
		}
		return never
	}
	latest := first(false, h.since[1], h.until[0])
	earliest := min(latest, first(true, h.since[0], h.until[1]))
	r := Reached{Onset: Onset{earliest, latest}}
	if latest == never {
		if late := first(false, h.since[1], last); late != never {
			r.Projected = Date{min(late, first(true, h.since[0], last)), late}
		}
	}
	return r
}

// What is enough by a day is what is reached by it, on longer histories too.
func TestReachAgreesWithMeasure(t *testing.T) {
	for _, imprecise := range []bool{false, true} {
		g := newGenerator(3, 9, imprecise)
		for i := range 6000 {
			h := g.history(conventions[i%3])
			c, records := h.counting()
			need, err := NewPeriod(g.IntN(6), g.IntN(12), 1+g.IntN(30))
			require.NoError(t, err)
			r := c.Reach(records, need)
			require.Equal(t, c.Measure(records).AtLeast(need), r.Onset.Met(), "%v\nneed %v", h, need)

			on := r.Onset.On()
			if !on.IsValid() {
				on = r.Projected
			}
			if !on.IsValid() {
				continue
			}
			day := on.Last()
			c.Until = day
			require.Equal(t, True, c.Measure(records).AtLeast(need), "%v\nneed %v", h, need)
			c.Until = day.Subtract(MustParsePeriod("P1D"))
			require.NotEqual(t, True, c.Measure(records).AtLeast(need), "%v\nneed %v", h, need)
		}
	}
}

func TestMeasureIgnoresOrderDuplicatesAndSplits(t *testing.T) {
	g := newGenerator(4, 7, true)
	for i := range 6000 {
		h := g.history(conventions[i%3])
		c, records := h.counting()
		want := c.Measure(records)

		g.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		require.Equal(t, want, c.Measure(records), "shuffled: %v", h)

		for _, r := range slices.Clone(records) {
			if r.Fraction.weight() == fullTime || !r.Fraction.IsValid() {
				records = append(records, r)
			}
		}
		require.Equal(t, want, c.Measure(records), "doubled: %v", h)

		for i, r := range records {
			middle := Date{r.Span.From.last, r.Span.From.last}
			after := middle.Add(MustParsePeriod("P1D"))
			if r.Span.IsOngoing() || r.Span.To.first > after.first {
				second := r
				records[i].Span.To, second.Span.From = middle, after
				records = append(records, second)
			}
		}
		require.Equal(t, want, c.Measure(records), "split: %v", h)
	}
}

func TestWholeYearsMeasureWholeYears(t *testing.T) {
	day := MustParsePeriod("P1D")
	for from := ordinalOf(1896, 1, 1); from < ordinalOf(1906, 1, 1); from++ {
		for _, years := range []int{1, 2, 3, 4, 5, 10} {
			p, _ := NewPeriod(years, 0, 0)
			end := Date{from, from}.Add(p) // the day after the last
			s := Span{Date{from, from}, end.Subtract(day)}
			records := []Record{{Span: s, Counts: True}}
			m := Counting{}.Measure(records)
			require.Equal(t, p, m.Low.Period(), "%v", s)
			require.Zero(t, m.Low.Compare(p), "%v", s)
			require.Equal(t, From(s.To), Counting{}.Reach(records, p).Onset, "%v", s)

			records[0].Span.To = s.To.Subtract(day)
			require.Equal(t, False, Counting{}.Measure(records).AtLeast(p), "%v", s)
		}
	}
}

func TestMeasureDoesNotAllocate(t *testing.T) {
	c, records := benchmarkHistory()
	require.Zero(t, testing.AllocsPerRun(100, func() { c.Measure(records) }))
	need := MustParsePeriod("P4Y")
	require.Zero(t, testing.AllocsPerRun(100, func() { c.Reach(records, need) }))
}

// A history of more changes than fit the stack is counted all the same.
func TestMeasureOfManyRecords(t *testing.T) {
	var records []Record
	for from := ordinalOf(2001, 1, 1); len(records) < 1000; from += 3 {
		records = append(records, Record{Span: Span{Date{from, from}, Date{from, from}}, Counts: True})
	}
	require.Equal(t, big.NewRat(12000, 365), rat(Counting{Convention: Actual365}.Measure(records).Low))
}

func TestTouches(t *testing.T) {
	day := MustParseDate
	c := Counting{Since: From(day("2020-06")), Until: day("2021-12-31")}
	tests := []struct {
		from, to string
		counts   Truth
		want     bool
	}{
		{"2020-01-01", "2020-05-31", True, false},
		{"2020-01-01", "2020-06-01", True, true},
		{"2020-01-01", "2020-06-01", Unknown, true},
		{"2020-01-01", "2020-06-01", False, false},
		{"2020-01-01", "2020-05/2020-06", True, true},
		{"2021-12-31", "2022-12-31", True, true},
		{"2022-01-01", "2022-12-31", True, false},
		{"2021-12/2022-01", "2022-12-31", True, true},
	}
	for _, test := range tests {
		r := Record{Span: Span{day(test.from), day(test.to)}, Counts: test.counts}
		require.Equal(t, test.want, c.Touches(r), "%v", test)
	}
	c.Since = Never()
	require.False(t, c.Touches(Record{Counts: True}))
	c.Since = Always()
	require.True(t, c.Touches(Record{Counts: True}))
}

func TestReachOfNothing(t *testing.T) {
	day, nothing := MustParseDate, MustParsePeriod("P0D")
	until := day("2025-11-14")
	tests := []struct {
		name      string
		since     Onset
		met       Truth
		on, later string
	}{
		{"always", Always(), True, "", ""},
		{"never", Never(), False, "", ""},
		{"from a day before", From(day("2025-01-01")), True, "2025-01-01", ""},
		{"from a day after", From(day("2026-01-01")), False, "", "2026-01-01"},
		{"always or from a day after", Always().Earliest(From(day("2026-01-01"))), True, "", ""},
		{"perhaps always", PerhapsAlways(), Unknown, "", ""},
		{"perhaps always, else from a day after", PerhapsAlways().Earliest(From(day("2026-01-01"))), Unknown, "", "/2026-01-01"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := Counting{Since: test.since, Until: until}.Reach(nil, nothing)
			require.Equal(t, test.met, r.Onset.Met())
			require.Equal(t, test.on, r.Onset.On().String())
			require.Equal(t, test.later, r.Projected.String())
		})
	}
}

func TestMeasuredAgainstPeriods(t *testing.T) {
	records := []Record{days("2010-01-01", "2011-12-31"), days("2012-01-01", "2012-12-31")}
	records[1].Counts = Unknown
	m := Counting{}.Measure(records)
	tests := []struct {
		period          string
		atLeast, atMost Truth
	}{
		{"P23M29D", True, False},
		{"P2Y", True, Unknown},
		{"P2Y1D", Unknown, Unknown},
		{"P35M29D", Unknown, Unknown},
		{"P3Y", Unknown, True},
		{"P3Y1D", False, True},
	}
	for _, test := range tests {
		p := MustParsePeriod(test.period)
		require.Equal(t, test.atLeast, m.AtLeast(p), test.period)
		require.Equal(t, test.atMost, m.AtMost(p), test.period)
		require.Equal(t, test.atMost, m.Add(p).AtMost(p.Add(p)), test.period)
	}
}
