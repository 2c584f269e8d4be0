package experience

import (
	"cmp"
	"slices"
)

// Fate is what became of a day of a history when it was measured. The zero
// Fate is none.
type Fate uint8

// The fates of a day. A day of several records has that of the record that came
// closest to being counted, in this order from the closest.
const (
	Counted     Fate = iota + 1 // it counts for certain, in part at least
	Uncertain                   // it may count: an unknown fact decides
	BeforeSince                 // its records would count, but counting begins later
	AfterUntil                  // its records would count, but counting ended before
	NoShare                     // its records are for no share of full time
	Omitted                     // its records do not count, for a reason of the caller's
	Gap                         // there is no record
)

var fateNames = [...]string{"", "counted", "uncertain", "beforeSince", "afterUntil", "noShare", "omitted", "gap"}

// String returns the name of the constant, beginning with a small letter.
func (f Fate) String() string { return fateNames[min(int(f), len(fateNames)-1)] }

// Omission is work or service that is not counted, and why.
type Omission struct {
	// Index is the caller's own number for the record; it is not read here.
	Index int
	Span  Span
	// Reason is the caller's own number for the reason. Of several omissions on
	// a day the one with the lowest is named.
	Reason int
}

// LedgerEntry is a stretch of days that have the same fate.
type LedgerEntry struct {
	From, To Date // exact days, both included
	Fate     Fate
	Reason   int   // of an Omitted entry, that of its omissions
	Records  []int // the indexes, ascending, of the records or omissions that the fate is due to

	// Weight is the share of full time that counts for certain, and AtMost
	// what may count: more than 1 where overlapping records count each. Beyond
	// says that the records amount to more than full time, of which the rest is
	// not counted.
	Weight, AtMost Fraction
	Beyond         bool

	// Months is what the entry adds to the low bound of the measure, and
	// MonthsAtMost what it adds to the high one. Joined says that the entry
	// goes on with a stretch of equal weight that began before it: its months
	// are then those of the stretch until its last day, less those until the
	// day before its first.
	Months, MonthsAtMost Total
	Joined               bool
}

// Days returns how many days the entry has.
func (e LedgerEntry) Days() int { return int(e.To.first-e.From.first) + 1 }

// Ledger tells what became of every day from the first that any record or
// omission may lie on to the last, what is ongoing running to Until. The months
// of its entries together are exactly what [Counting.Measure] returns.
func (c Counting) Ledger(records []Record, omissions []Omission) []LedgerEntry {
	b := ledgerBuilder{Counting: c}
	for i := range records {
		if records[i].Counts != False {
			b.record(&records[i])
		}
	}
	for _, o := range omissions {
		b.omission(o)
	}
	return b.entries()
}

// ledgerItem is a record or an omission with the days that concern it.
type ledgerItem struct {
	index, reason int
	omitted       bool
	weight        int64
	days          [3]dayRange // by coverage
}

type dayRange struct{ from, end ordinal } // the day end is not part of it

func (r dayRange) has(day ordinal) bool { return r.from <= day && day < r.end }

// The coverages of an item.
const (
	counts    = iota // the days that count for certain
	mayCount         // the days that may count
	mayLieOn         // the days that it may lie on, counted or not
	coverages = iota
)

type ledgerBuilder struct {
	Counting
	items  []ledgerItem
	bounds []ordinal
}

// lying returns the days on which a span may lie.
func (b *ledgerBuilder) lying(s Span) dayRange {
	until := lastDay
	if s.IsOngoing() {
		until = b.until(possible)
	}
	if from, to, ok := s.bounds(possible, until); ok {
		return dayRange{from, to + 1}
	}
	return dayRange{}
}

func (b *ledgerBuilder) record(r *Record) {
	item := ledgerItem{index: r.Index, weight: fullTime}
	if r.Fraction.IsValid() && b.PartTime == CountShare {
		item.weight = r.Fraction.weight()
	}
	item.days[mayLieOn] = b.lying(r.Span)
	if r.Contract.From.IsValid() && r.Contract.IsOngoing() { // cut to days that may go on after Until
		d := &item.days[mayLieOn]
		if d.end = min(d.end, b.until(possible)+1); d.end <= d.from {
			return
		}
	}
	for coverage, bound := range map[int]bound{counts: definite, mayCount: possible} {
		from, to, ok := r.Span.bounds(bound, b.until(bound))
		from = max(from, b.since(bound))
		if ok && from <= to && bound.takes(r.Counts) {
			item.days[coverage] = dayRange{from, to + 1}
		}
	}
	b.add(item)
}

func (b *ledgerBuilder) omission(o Omission) {
	item := ledgerItem{index: o.Index, reason: o.Reason, omitted: true}
	item.days[mayLieOn] = b.lying(o.Span)
	b.add(item)
}

func (b *ledgerBuilder) add(item ledgerItem) {
	if item.days[mayLieOn] == (dayRange{}) {
		return
	}
	b.items = append(b.items, item)
	for _, d := range item.days {
		if d != (dayRange{}) {
			b.bounds = append(b.bounds, d.from, d.end)
		}
	}
}

// entries goes through the days from one change to the next.
func (b *ledgerBuilder) entries() []LedgerEntry {
	// A day without a coverage is before counting begins or after it ends.
	b.bounds = append(b.bounds, b.Since.earliest, b.until(possible)+1)
	slices.Sort(b.bounds)
	b.bounds = slices.Compact(b.bounds)
	slices.SortStableFunc(b.items, func(x, y ledgerItem) int { return cmp.Compare(x.days[mayLieOn].from, y.days[mayLieOn].from) })
	var out []LedgerEntry
	var low, high telescope
	var active []ledgerItem
	next := 0
	for i := 0; i+1 < len(b.bounds); i++ {
		from, end := b.bounds[i], b.bounds[i+1]
		active = slices.DeleteFunc(active, func(item ledgerItem) bool { return item.days[mayLieOn].end <= from })
		for ; next < len(b.items) && b.items[next].days[mayLieOn].from <= from; next++ {
			active = append(active, b.items[next])
		}
		if len(active) == 0 && (len(out) == 0 || next == len(b.items)) {
			continue // before the history, or after it
		}
		e := b.entry(active, from, end)
		e.Joined = low.goesOn(from, e.Weight)
		e.Months = low.months(b.Convention, from, end, e.Weight)
		e.MonthsAtMost = high.months(b.Convention, from, end, e.AtMost)
		out = joined(out, e)
	}
	// As in Measure, what may be can amount to less than what is certain.
	if high.sum < low.sum {
		for i := range out {
			out[i].MonthsAtMost = out[i].Months
		}
	}
	return out
}

// entry returns the fate of days that are alike.
func (b *ledgerBuilder) entry(active []ledgerItem, from, end ordinal) LedgerEntry {
	e := LedgerEntry{From: Date{from, from}, To: Date{end - 1, end - 1}, Fate: Gap}
	var sums [coverages]int64
	for _, item := range active {
		fate := item.fate(b, from)
		switch {
		case fate < e.Fate, fate == e.Fate && item.reason < e.Reason:
			e.Fate, e.Reason, e.Records = fate, item.reason, nil
			fallthrough
		case fate == e.Fate && item.reason == e.Reason:
			e.Records = append(e.Records, item.index)
		}
		for coverage := range sums {
			if item.days[coverage].has(from) {
				sums[coverage] += item.weight
			}
		}
	}
	slices.Sort(e.Records)
	e.Records = slices.Compact(e.Records)
	e.Weight, e.AtMost = b.share(sums[counts]), b.share(sums[mayCount])
	e.Beyond = sums[counts] > b.Overlap.most()
	return e
}

// share is what a day of records with a sum of weights counts for. Where each of
// them counts, it may be more than full time.
func (b *ledgerBuilder) share(sum int64) Fraction {
	return Fraction{uint32(min(sum, b.Overlap.most())) + 1}
}

// fate returns what becomes of a day on which the item may lie.
func (item *ledgerItem) fate(b *ledgerBuilder, day ordinal) Fate {
	switch {
	case item.omitted:
		return Omitted
	case item.weight == 0:
		return NoShare
	case item.days[counts].has(day):
		return Counted
	case item.days[mayCount].has(day):
		return Uncertain
	case day < b.Since.earliest:
		return BeforeSince
	}
	return AfterUntil
}

// telescope gives each part of a stretch what it adds to the whole.
type telescope struct {
	from, end ordinal // of the stretch so far
	weight    int64
	sum       int64
}

func (t *telescope) goesOn(from ordinal, weight Fraction) bool {
	return t.end == from && t.weight == weight.weight() && t.weight > 0
}

func (t *telescope) months(c Convention, from, end ordinal, weight Fraction) Total {
	if !t.goesOn(from, weight) {
		t.from, t.weight = from, weight.weight()
	}
	t.end = end
	units := int64(0)
	if t.weight > 0 {
		units = t.weight * (c.stretch(t.from, end) - c.stretch(t.from, from))
	}
	t.sum += units
	return Total{units, c.denominator()}
}

// joined appends an entry, or lengthens the last one where their days are
// alike.
func joined(out []LedgerEntry, e LedgerEntry) []LedgerEntry {
	if len(out) > 0 {
		last := &out[len(out)-1]
		if last.Fate == e.Fate && last.Reason == e.Reason && last.Weight == e.Weight && last.AtMost == e.AtMost &&
			last.Beyond == e.Beyond && slices.Equal(last.Records, e.Records) {
			last.To = e.To
			last.Months.numerator += e.Months.numerator
			last.MonthsAtMost.numerator += e.MonthsAtMost.numerator
			return out
		}
	}
	return append(out, e)
}

// Sum returns what the entries of a ledger amount to.
func Sum(ledger []LedgerEntry) Measured {
	var m Measured
	for _, e := range ledger {
		m.Low = Total{m.Low.numerator + e.Months.numerator, e.Months.denominator}
		m.High = Total{m.High.numerator + e.MonthsAtMost.numerator, e.MonthsAtMost.denominator}
	}
	return m
}
