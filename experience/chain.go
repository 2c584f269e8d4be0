package experience

import "slices"

// GapEnds returns the first day on which the period has passed after last: the
// day p and one day after it. A gap is shorter than p if what follows starts
// before that day.
func GapEnds(last Date, p Period) Date {
	d := last.Add(p)
	if !d.IsValid() || d == UnknownDate() {
		return d
	}
	return Date{min(d.first+1, lastDay), min(d.last+1, lastDay)}
}

// Chain returns the run of contracts that a contract beginning on the given
// day would continue: those in which every gap, the last one being that to the
// day, is shorter than the gap given. Contracts that begin after the day or
// after Until are not looked at. A record that belongs to the chain only if
// some unknown fact has it so counts as Unknown in the result; the others are
// left out. Where the day or the gap is not stated, no record is certain.
//
// Gaps lie between whole contracts; the records' spans are what is measured.
// Since decides about what is measured only, not about the chain.
func (c Counting) Chain(records []Record, gap Period, day Date) []Record {
	if !day.IsValid() {
		day = UnknownDate()
	}
	// Contracts that are cut at the day cannot lose or gain a gap before it.
	surely, maybe := min(c.until(definite), day.first), min(c.until(possible), day.last)
	certain, perhaps := never, firstDay
	if gap.IsValid() {
		certain = chainStart(records, gap, definite, surely, day.last)
		perhaps = chainStart(records, gap, possible, maybe, day.first)
	}
	var out []Record
	for _, r := range records {
		if from, _, ok := r.linked(definite, surely); ok && from >= certain {
			out = append(out, r)
		} else if from, _, ok := r.linked(possible, maybe); ok && from >= perhaps {
			r.Counts = Unknown
			out = append(out, r)
		}
	}
	return out
}

// linked returns the days of the record's contract up to the given day, and
// whether the record is part of any chain: whether it has a day to count.
func (r Record) linked(b bound, until ordinal) (from, to ordinal, ok bool) {
	if !b.takes(r.Counts) {
		return 0, 0, false
	}
	if _, _, ok := r.Span.bounds(b, until); !ok {
		return 0, 0, false
	}
	return r.contract().bounds(b, until)
}

// chainStart returns the first day of the chain that reaches the day next, or
// never if there is none. A contract that begins after next, as one may where
// the day of the chain is imprecise, counts as the start of a chain of its own.
func chainStart(records []Record, gap Period, b bound, until, next ordinal) ordinal {
	type link struct{ from, to ordinal }
	links := make([]link, 0, len(records))
	for _, r := range records {
		if from, to, ok := r.linked(b, until); ok {
			links = append(links, link{from, to})
		}
	}
	slices.SortFunc(links, func(a, b link) int { return int(a.from - b.from) })
	start, passed := never, ordinal(0) // passed is the day on which the gap has passed
	for _, l := range links {
		if l.from > next {
			if passed <= next {
				start = l.from
			}
			return start
		}
		if l.from >= passed {
			start = l.from
		}
		passed = max(passed, shiftDay(l.to, gap, 1)+1)
	}
	if passed > next {
		return start
	}
	return never
}
