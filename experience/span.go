package experience

import (
	"errors"
	"fmt"
)

// Span is the time from one day to another, both included: 2010-01-01 to
// 2013-12-31 is four years exactly. A zero To means that it goes on; a zero
// From means that its beginning is not known.
type Span struct {
	From, To Date
}

// ErrSpan is wrapped by the errors of [NewSpan] and [Span.Check].
var ErrSpan = errors.New("span ends before it starts")

// NewSpan returns the span between two dates, and an error if it can only end
// before it starts.
func NewSpan(from, to Date) (Span, error) {
	s := Span{from, to}
	return s, s.Check()
}

// Check reports a span that can only end before it starts.
func (s Span) Check() error {
	if s.From.IsValid() && s.To.IsValid() && s.To.last < s.From.first {
		return fmt.Errorf("%w: from %s to %s", ErrSpan, s.From, s.To)
	}
	return nil
}

// IsOngoing reports whether the span has no end.
func (s Span) IsOngoing() bool { return !s.To.IsValid() }

// IsExact reports whether both ends are known to the day; an ongoing span
// needs no end.
func (s Span) IsExact() bool {
	return s.From.IsExact() && (s.IsOngoing() || s.To.IsExact())
}

// Narrowed returns the span with each end no wider than the other one allows:
// what ends on a day has begun by then. So of what began in 2024, not known
// when, and ended on 2024-06-30, that last day is certain.
func (s Span) Narrowed() Span {
	if s.IsOngoing() {
		return s
	}
	from := s.beginning()
	s.From = Date{from.first, max(from.first, min(from.last, s.To.last))}
	s.To = Date{min(s.To.last, max(s.To.first, from.first)), s.To.last}
	return s
}

// Intersect returns the days of s that are days of t too, and whether there
// may be any. Imprecise ends give an imprecise result.
func (s Span) Intersect(t Span) (Span, bool) {
	x := Span{From: s.beginning().Later(t.beginning()), To: s.To.Earlier(t.To)}
	_, _, some := x.bounds(possible, lastDay)
	return x, some
}

// beginning returns the date from which the span runs, unknown if not stated.
func (s Span) beginning() Date {
	if !s.From.IsValid() {
		return UnknownDate()
	}
	return s.From
}

// bound says which of the histories that the facts allow is meant.
type bound uint8

const (
	definite bound = iota // what is certain: the latest start, the earliest end
	possible              // what may be: the earliest start, the latest end
)

// takes reports whether a record is counted of which t says whether it counts.
func (b bound) takes(t Truth) bool {
	return t == True || b == possible && t == Unknown
}

// bounds returns the first and the last day of the span, an ongoing one
// running until the given day, and whether there is any day in it.
func (s Span) bounds(b bound, until ordinal) (from, to ordinal, ok bool) {
	f, t := s.beginning(), s.To
	from, to = f.last, until
	switch {
	case b == possible:
		from = f.first
	case f.last == lastDay:
		// What may begin at the end of the calendar may as well never begin.
		return 0, 0, false
	}
	if t.IsValid() {
		to = t.first
		if b == possible {
			to = t.last
		}
	}
	to = min(to, until)
	return from, to, from <= to
}
