package experience

import "slices"

// Record is a stretch of work or service that is to be counted.
type Record struct {
	// Index is the caller's own number for the record; it is not read here.
	Index int
	// Span is the time to count.
	Span Span
	// Contract is the span of the whole contract that Span is cut from, which
	// decides about gaps; the zero Span stands for Span itself.
	Contract Span
	// Fraction is the share of full time. The zero Fraction counts in full.
	Fraction Fraction
	// Counts says whether the record counts at all. It is Unknown unless set:
	// the record then belongs to the high bound of a measure only.
	Counts Truth
}

func (r Record) contract() Span {
	if r.Contract == (Span{}) {
		return r.Span
	}
	return r.Contract
}

// Counting is what decides how much of a history is counted.
type Counting struct {
	Convention Convention
	Overlap    Overlap
	PartTime   PartTime
	// Since is when counting begins; its day counts. The zero Onset counts
	// from the first day of the history.
	Since Onset
	// Until is the last day that counts, to which ongoing records run. The
	// zero Date counts to the end of the calendar.
	Until Date
}

// Measured is how much time was counted: between Low and High, which are equal
// where every fact is known. Low takes what is certain, High what may be.
type Measured struct {
	Low, High Total
}

// String returns the time, or the bounds of it, in months.
func (m Measured) String() string {
	if m.Low == m.High {
		return m.Low.String()
	}
	return m.Low.String() + " to " + m.High.String()
}

// AtLeast reports whether the time is at least p. It is Unknown where p is not
// stated.
func (m Measured) AtLeast(p Period) Truth {
	switch {
	case !p.IsValid():
		return Unknown
	case m.Low.Compare(p) >= 0:
		return True
	case m.High.Compare(p) < 0:
		return False
	}
	return Unknown
}

// AtMost reports whether the time is at most p. It is Unknown where p is not
// stated.
func (m Measured) AtMost(p Period) Truth {
	switch {
	case !p.IsValid():
		return Unknown
	case m.High.Compare(p) <= 0:
		return True
	case m.Low.Compare(p) > 0:
		return False
	}
	return Unknown
}

// Add returns m with p on top; p must be stated.
func (m Measured) Add(p Period) Measured {
	return Measured{m.Low.Add(p), m.High.Add(p)}
}

// Measure returns the time that the records amount to. Days on which several
// records fall count once for each share of full time and never for more than
// full time; touching stretches of equal weight are one.
func (c Counting) Measure(records []Record) Measured {
	low := c.total(records, definite)
	if c.isExact(records) {
		return Measured{low, low}
	}
	high := c.total(records, possible)
	// Where a hole is closed, the months of the joined stretch may be longer
	// than those of its parts: a part of a month can be lost.
	if high.CompareTotal(low) < 0 {
		high = low
	}
	return Measured{low, high}
}

// Reached is the day on which counted time first amounted to a period.
type Reached struct {
	// Onset is the day; never where the period is not reached within the
	// counting's limits.
	Onset Onset
	// Projected is the day, after Until, on which the period would be reached
	// if what is ongoing goes on. It is the zero Date where Onset is met, and
	// where no continuation is certain to reach the period.
	Projected Date
}

// Reach returns the day on which the records first amount to p. A period of no
// time is reached as soon as counting begins; one that is not stated, perhaps
// then and perhaps never.
func (c Counting) Reach(records []Record, p Period) Reached {
	if !p.IsValid() {
		return Reached{Onset: Onset{c.Since.earliest, never}}
	}
	certain := c.crossing(records, definite, p)
	perhaps := certain
	if !c.isExact(records) {
		// As in Measure, what may be can amount to less than what is certain.
		perhaps = min(certain, c.crossing(records, possible, p))
	}
	r := Reached{Onset: Onset{never, never}}
	if certain <= c.until(definite) {
		r.Onset.latest = certain
	} else if certain != never {
		r.Projected = Date{max(perhaps, firstDay), certain}
	}
	if perhaps <= c.until(possible) {
		r.Onset.earliest = perhaps
	}
	return r
}

// Touches reports whether any day of the record may be counted.
func (c Counting) Touches(r Record) bool {
	from, to, ok := r.Span.bounds(possible, c.until(possible))
	return ok && r.Counts != False && max(from, c.Since.earliest) <= to
}

// isExact reports whether what is certain and what may be are the same.
func (c Counting) isExact(records []Record) bool {
	for i := range records {
		if records[i].Counts == Unknown || !records[i].Span.IsExact() {
			return false
		}
	}
	return c.Since.IsExact() && (c.Until.IsExact() || !c.Until.IsValid())
}

func (c Counting) until(b bound) ordinal {
	switch {
	case !c.Until.IsValid():
		return lastDay
	case b == definite:
		return c.Until.first
	}
	return c.Until.last
}

func (c Counting) total(records []Record, b bound) Total {
	t := Total{denominator: c.Convention.denominator()}
	c.stretches(records, b, c.until(b), func(s stretch) bool {
		t.numerator += s.weight * c.Convention.stretch(s.from, s.end)
		return true
	})
	return t
}

// crossing returns the day on which the records first amount to a period,
// after Until if need be; never if they do not.
func (c Counting) crossing(records []Record, b bound, p Period) ordinal {
	need := p.thirtieths() * (c.Convention.denominator() / daysPerMonth)
	if need == 0 {
		return c.since(b)
	}
	reached := never
	c.stretches(records, b, lastDay, func(s stretch) bool {
		all := s.weight * c.Convention.stretch(s.from, s.end)
		if all < need {
			need -= all
			return true
		}
		// The first end that is enough, one past the day that is asked for.
		low, high := s.from, s.end
		for low+1 < high {
			if middle := low + (high-low)/2; s.weight*c.Convention.stretch(s.from, middle) >= need {
				high = middle
			} else {
				low = middle
			}
		}
		reached = high - 1
		return false
	})
	return reached
}

func (c Counting) since(b bound) ordinal {
	if b == definite {
		return c.Since.latest
	}
	return c.Since.earliest
}

// stretch is the days from a day to the day before end, all of one weight.
type stretch struct {
	from, end ordinal
	weight    int64
}

// stretches calls yield for the weighted union of the records in order of
// time until yield returns false. It is no iterator so that the usual history
// is measured without allocating.
func (c Counting) stretches(records []Record, b bound, until ordinal, yield func(stretch) bool) {
	since := c.since(b)
	// A change of weight is one number, its day above its amount, so that
	// sorting needs no comparison function and finds sorted histories sorted.
	var few [64]int64
	changes := few[:0]
	change := func(day ordinal, amount int64) {
		changes = append(changes, int64(day)<<32|(amount+fullTime))
	}
	for i := range records {
		r := &records[i]
		if !b.takes(r.Counts) {
			continue
		}
		from, to, ok := r.Span.bounds(b, until)
		from = max(from, since)
		if !ok || from > to {
			continue
		}
		weight := int64(fullTime)
		if r.Fraction.IsValid() && c.PartTime == CountShare {
			weight = r.Fraction.weight()
		}
		change(from, weight)
		change(to+1, -weight)
	}
	slices.Sort(changes)
	var sum, weight int64
	var from ordinal
	for i := 0; i < len(changes); {
		day := ordinal(changes[i] >> 32)
		for ; i < len(changes) && ordinal(changes[i]>>32) == day; i++ {
			sum += changes[i]&(1<<32-1) - fullTime
		}
		next := min(sum, c.Overlap.most())
		if next == weight {
			continue
		}
		if weight > 0 && !yield(stretch{from, day, weight}) {
			return
		}
		from, weight = day, next
	}
}

// LastDay returns the last day of the records that counts: an interval where
// that is not certain, and the first day of the calendar where there is none.
func (c Counting) LastDay(records []Record) Date {
	last := Date{firstDay, firstDay}
	for i := range records {
		r := &records[i]
		if _, to, ok := r.Span.bounds(definite, c.until(definite)); ok && r.Counts == True {
			last.first = max(last.first, to)
		}
		if _, to, ok := r.Span.bounds(possible, c.until(possible)); ok && r.Counts != False {
			last.last = max(last.last, to)
		}
	}
	return last
}
