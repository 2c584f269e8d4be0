package experience

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"time"
)

// The oracle counts day by day, in the words of DESIGN §3.4, and shares no
// arithmetic with the package: its calendar is a list of days taken from
// package time, its months are stepped one by one, its sums are big.Rat.

type civil struct{ y, m, d int }

func (c civil) String() string { return fmt.Sprintf("%04d-%02d-%02d", c.y, c.m, c.d) }

// The list is short, to be fast; it holds 1900, which has no leap day, and 1904,
// which has one.
var oracleDays, oracleIndex = func() ([]civil, map[civil]int) {
	var days []civil
	index := map[civil]int{}
	for t := time.Date(1896, 1, 1, 0, 0, 0, 0, time.UTC); t.Year() < 1924; t = t.AddDate(0, 0, 1) {
		c := civil{t.Year(), int(t.Month()), t.Day()}
		index[c] = len(days)
		days = append(days, c)
	}
	return days, index
}()

// oracleAddMonths steps whole months from a day, keeping its number where the
// month has such a day and else taking the month's last.
func oracleAddMonths(day, months int) int {
	c := oracleDays[day]
	y, m := c.y, c.m
	for range months {
		if m++; m > 12 {
			y, m = y+1, 1
		}
	}
	for d := c.d; ; d-- {
		if n, ok := oracleIndex[civil{y, m, d}]; ok {
			return n
		}
	}
}

// oracleStretch returns the months of the days from..to, both included.
func oracleStretch(convention Convention, from, to int) *big.Rat {
	a, b := oracleDays[from], oracleDays[to+1]
	switch convention {
	case Actual365:
		return big.NewRat(int64(to-from+1)*12, 365)
	case Thirty360:
		days := (b.y-a.y)*360 + (b.m-a.m)*30 + min(b.d, 30) - min(a.d, 30)
		return big.NewRat(int64(days), 30)
	}
	months := 0
	here, next := from, oracleAddMonths(from, 1)
	for next <= to+1 {
		months++
		here, next = next, oracleAddMonths(from, months+1)
	}
	sum := big.NewRat(int64(to+1-here), int64(next-here))
	return sum.Add(sum, big.NewRat(int64(months), 1))
}

// oracleRecord is a record of which the ends are given as the earliest and the
// latest day they may be.
type oracleRecord struct {
	from, to   [2]int
	ongoing    bool
	millionths int64
	counts     Truth
}

type oracleHistory struct {
	records      []oracleRecord
	since, until [2]int
	convention   Convention
}

// oracleWeights returns the weight of every day of the calendar in one bound.
// wide takes what may count from its earliest beginning to its latest end.
func (h oracleHistory) oracleWeights(wide bool, since int) []int64 {
	weights := make([]int64, len(oracleDays)-1)
	for _, r := range h.records {
		from, to := r.from[1], r.to[0]
		if wide {
			from, to = r.from[0], r.to[1]
		}
		if r.ongoing {
			to = len(weights) - 1
		}
		if r.counts == False || r.counts == Unknown && !wide {
			continue
		}
		for day := max(from, since); day <= to; day++ {
			weights[day] = min(fullTime, weights[day]+r.millionths)
		}
	}
	return weights
}

// oracleSum adds up the stretches of equal weight that end by until.
func oracleSum(convention Convention, weights []int64, until int) *big.Rat {
	sum := new(big.Rat)
	for day := 0; day <= until; {
		from := day
		for day <= until && weights[day] == weights[from] {
			day++
		}
		if w := weights[from]; w > 0 {
			part := oracleStretch(convention, from, day-1)
			sum.Add(sum, part.Mul(part, big.NewRat(w, fullTime)))
		}
	}
	return sum
}

func (h oracleHistory) measure() (low, high *big.Rat) {
	low = oracleSum(h.convention, h.oracleWeights(false, h.since[1]), h.until[0])
	high = oracleSum(h.convention, h.oracleWeights(true, h.since[0]), h.until[1])
	if high.Cmp(low) < 0 {
		high = low
	}
	return low, high
}

// The same history in the package's terms, written out as a caller would.

func oracleDate(days [2]int) Date {
	a, b := oracleDays[days[0]].String(), oracleDays[days[1]].String()
	if a == b {
		return MustParseDate(a)
	}
	return MustParseDate(a + "/" + b)
}

func (h oracleHistory) counting() (Counting, []Record) {
	c := Counting{Convention: h.convention, Since: From(oracleDate(h.since)), Until: oracleDate(h.until)}
	if h.since == [2]int{} {
		c.Since = Always()
	}
	var records []Record
	for i, r := range h.records {
		record := Record{Index: i, Span: Span{From: oracleDate(r.from)}, Counts: r.counts}
		if !r.ongoing {
			record.Span.To = oracleDate(r.to)
		}
		if r.millionths != fullTime || i%2 == 0 {
			fraction := fmt.Sprintf("%d.%06d", r.millionths/fullTime, r.millionths%fullTime)
			record.Fraction, _ = ParseFraction(fraction)
		}
		records = append(records, record)
	}
	return c, records
}

func (h oracleHistory) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s since %v until %v:", h.convention, oracleDate(h.since), oracleDate(h.until))
	for _, r := range h.records {
		fmt.Fprintf(&b, "\n%v..%v ongoing=%t %d %v", oracleDate(r.from), oracleDate(r.to), r.ongoing, r.millionths, r.counts)
	}
	return b.String()
}

// generator makes histories that are prone to touch, to overlap and to lie at
// the ends of months.
type generator struct {
	*rand.Rand
	years     int  // how long the histories are about
	imprecise bool // whether facts may be unknown
}

func newGenerator(seed uint64, years int, imprecise bool) generator {
	return generator{rand.New(rand.NewPCG(seed, 1182)), years, imprecise}
}

func (g generator) first() int {
	year := []int{1897, 1899, 1903}[g.IntN(3)]
	return oracleIndex[civil{year, 1, 1}]
}

func (g generator) day(first int) int {
	day := first + g.IntN(g.years*365)
	c := oracleDays[day]
	switch g.IntN(4) {
	case 0: // the last days of a month, and the first two of the next
		return oracleIndex[civil{c.y, c.m, 27}] + g.IntN(6)
	case 1: // the day and month in which the calendar is irregular
		return oracleIndex[civil{c.y, 2, 26}] + g.IntN(6)
	}
	return day
}

func (g generator) around(day int) [2]int {
	if !g.imprecise || g.IntN(3) > 0 {
		return [2]int{day, day}
	}
	return [2]int{day - g.IntN(40), day + g.IntN(40)}
}

func (g generator) history(convention Convention) oracleHistory {
	first := g.first()
	h := oracleHistory{convention: convention, until: g.around(first + g.years*365 - g.IntN(200))}
	if g.IntN(2) == 0 {
		h.since = g.around(g.day(first))
	}
	for range g.IntN(7) {
		a, b := g.day(first), g.day(first)
		if n := len(h.records); n > 0 && g.IntN(3) == 0 {
			a = min(h.records[g.IntN(n)].to[1]+1, h.until[0])
			b = a + g.IntN(400)
		}
		r := oracleRecord{
			from: g.around(min(a, b)), to: g.around(max(a, b)), ongoing: g.IntN(6) == 0,
			millionths: []int64{fullTime, fullTime, fullTime / 2, fullTime / 4, fullTime * 8 / 10, 0}[g.IntN(6)],
			counts:     True,
		}
		r.to[1] = max(r.to[1], r.from[0])
		if g.imprecise {
			r.counts = []Truth{True, True, True, Unknown, False}[g.IntN(5)]
		}
		h.records = append(h.records, r)
	}
	return h
}

func rat(t Total) *big.Rat { return big.NewRat(t.Months()) }
