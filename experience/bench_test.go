package experience

import "testing"

// benchmarkHistory is a career of twelve employments over some twenty years.
func benchmarkHistory() (Counting, []Record) {
	h := oracleHistory{convention: Calendar}
	first := oracleIndex[civil{1899, 1, 15}]
	for i := range 12 {
		from := first + i*600
		r := oracleRecord{
			from: [2]int{from, from}, to: [2]int{from + 500 + i*20, from + 500 + i*20},
			millionths: fullTime, counts: True,
		}
		if i%4 == 3 {
			r.millionths = fullTime / 2
		}
		h.records = append(h.records, r)
	}
	h.since = [2]int{first + 100, first + 100}
	h.until = [2]int{first + 7900, first + 7900}
	return h.counting()
}

// dayByDay is what one would write at first: a weight for every day, and the
// months found by asking for each whether it is over.
func dayByDay(c Counting, records []Record, enough int64) (int64, ordinal) {
	since, until := c.Since.latest, c.Until.first
	weights := make(map[ordinal]int64)
	for _, r := range records {
		for day := max(since, r.Span.From.first); day <= min(until, r.Span.To.first); day++ {
			w := int64(fullTime)
			if r.Fraction.IsValid() {
				w = r.Fraction.weight()
			}
			weights[day] = min(fullTime, weights[day]+w)
		}
	}
	var sum int64
	for day := since; day <= until; {
		from, w := day, weights[day]
		months, anchor, next := int64(0), from, shiftDay(from, Period{months: 1}, 1)
		var units int64
		for ; day <= until && weights[day] == w; day++ {
			if day+1 == next {
				months++
				anchor, next = next, shiftDay(from, Period{months: int32(months) + 1}, 1)
			}
			units = w * (months*unitsPerMonth + int64(day+1-anchor)*unitsPerMonth/int64(next-anchor))
			if sum+units >= enough {
				return sum + units, day
			}
		}
		sum += units
	}
	return sum, never
}

func BenchmarkMeasure(b *testing.B) {
	c, records := benchmarkHistory()
	b.Run("stretches", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c.Measure(records)
		}
	})
	b.Run("day by day", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			dayByDay(c, records, 1<<62)
		}
	})
}

func BenchmarkReach(b *testing.B) {
	c, records := benchmarkHistory()
	need := MustParsePeriod("P12Y")
	b.Run("stretches", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c.Reach(records, need)
		}
	})
	b.Run("day by day", func(b *testing.B) {
		b.ReportAllocs()
		units := need.thirtieths() * (Calendar.denominator() / daysPerMonth)
		for b.Loop() {
			dayByDay(c, records, units)
		}
	})
}

// The baseline computes the same, or comparing with it would mean nothing.
func TestBenchmarkBaseline(t *testing.T) {
	c, records := benchmarkHistory()
	sum, _ := dayByDay(c, records, 1<<62)
	if got := c.Measure(records).Low.numerator; got != sum {
		t.Fatalf("measured %d, day by day %d", got, sum)
	}
	need := MustParsePeriod("P12Y")
	_, day := dayByDay(c, records, need.thirtieths()*(Calendar.denominator()/daysPerMonth))
	if got := c.Reach(records, need).Onset; got != (Onset{day, day}) || day == never {
		t.Fatalf("reached on %v, day by day %v", got, Date{day, day})
	}
}
