package eligibility

import (
	"slices"

	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"github.com/qualify-rules/qualify/experience"
)

// serviceValue is a history to be measured: the employments or contracts that
// satisfy a predicate, or may, within limits of time.
type serviceValue struct {
	noConversion
	ev       *evaluation
	area     area
	records  []experience.Record
	unsure   [][]fact // by index of the record: what would settle it
	counting experience.Counting
	limits   struct{ since, until, chain []fact } // what would make each exact
}

func (s *serviceValue) Type() ref.Type        { return serviceType }
func (s *serviceValue) Value() any            { return s }
func (s *serviceValue) Equal(ref.Val) ref.Val { return types.False }

func newService(ev *evaluation, a area, n int) *serviceValue {
	s := ev.ofServices.new(serviceValue{ev: ev, area: a, records: ev.ofRecords.list(n)})
	s.counting = ev.post.policy.counting
	s.counting.Until = ev.asOf.date
	s.limits.until = factsOf(ev.asOf.open)
	return s
}

// add adds a record that satisfies the predicate, or may; from and to name the
// facts of its ends.
func (s *serviceValue) add(span experience.Span, fraction experience.Fraction, from, to fact, satisfies ref.Val) ref.Val {
	_, index, _ := from.parts()
	record := experience.Record{Index: index, Span: span.Narrowed(), Fraction: fraction, Counts: experience.True}
	var open []fact
	switch p := satisfies.(type) {
	case types.Bool:
		if !p {
			return s
		}
	case *types.Unknown:
		record.Counts = experience.Unknown
		open = factsOf(p)
	default:
		return satisfies
	}
	if !span.From.IsExact() {
		open = union(open, []fact{from})
	}
	if !span.IsOngoing() && !span.To.IsExact() {
		open = union(open, []fact{to})
	}
	if open != nil {
		s.doubt(index, open)
	}
	s.records = append(s.records, record)
	return s
}

func (s *serviceValue) doubt(index int, open []fact) {
	if index >= len(s.unsure) {
		s.unsure = append(s.unsure, make([][]fact, index+1-len(s.unsure))...)
	}
	s.unsure[index] = union(s.unsure[index], open)
}

func (s *serviceValue) copy() *serviceValue {
	return s.ev.ofServices.new(*s)
}

// since limits the service to the days from an onset on.
func (s *serviceValue) since(onset experience.Onset, open []fact) *serviceValue {
	c := s.copy()
	c.counting.Since = s.counting.Since.Latest(onset)
	c.limits.since = union(s.limits.since, open)
	return c
}

func (s *serviceValue) until(d *dateValue) *serviceValue {
	c := s.copy()
	c.counting.Until = d.date
	c.limits.until = factsOf(d.open)
	return c
}

// atThreat cuts the contracts to the days on which their mission was at one of
// the levels.
func (s *serviceValue) atThreat(levels levelSet) *serviceValue {
	c := s.copy()
	c.records = s.ev.ofRecords.list(2 * len(s.records))
	c.unsure = slices.Clone(s.unsure)
	var windows []threatWindow
	mission := ""
	for _, r := range s.records {
		contract := r.Span
		if !contract.From.IsValid() {
			contract.From = experience.UnknownDate()
		}
		r.Contract = contract
		if of := s.ev.c.Candidate.Contracts[r.Index].Mission; of != mission {
			mission, windows = of, s.ev.threatWindows(of, levels)
		}
		for _, w := range windows {
			cut := r
			var some bool
			if cut.Span, some = contract.Intersect(w.span); !some {
				continue
			}
			cut.Counts = r.Counts.And(w.counts)
			if len(w.open) > 0 {
				c.doubt(r.Index, w.open)
			}
			c.records = append(c.records, cut)
		}
	}
	return c
}

func (s *serviceValue) chain(gap experience.Period, d *dateValue) *serviceValue {
	c := s.copy()
	c.records = s.counting.Chain(s.records, gap, d.date)
	// Another limit of the whole does not undo that this one chose.
	c.limits.chain = slices.Concat(s.limits.chain, s.limits.since, s.limits.until, factsOf(d.open))
	// Whether a contract is part of the chain may hang on a gap beside another.
	for _, r := range c.records {
		if r.Index < len(s.unsure) {
			c.limits.chain = append(c.limits.chain, s.unsure[r.Index]...)
		}
	}
	c.limits.chain = sorted(c.limits.chain)
	return c
}

// doubtful returns the facts that would make the measure exact: of the records
// that may be counted and of the limits. Where none of those is in doubt, it
// returns every fact that is.
func (s *serviceValue) doubtful() []fact {
	limits := slices.Concat(s.limits.since, s.limits.until, s.limits.chain)
	var counted, all []fact
	touched := false
	for _, r := range s.records {
		var unsure []fact
		if r.Index < len(s.unsure) {
			unsure = s.unsure[r.Index]
		}
		all = append(all, unsure...)
		if !s.counting.Touches(r) {
			continue
		}
		touched = true
		if r.Counts == experience.Unknown || !r.Span.IsExact() {
			counted = append(counted, unsure...)
		}
	}
	if touched {
		counted = append(counted, limits...)
	}
	if len(counted) == 0 {
		return sorted(append(all, limits...))
	}
	return sorted(counted)
}

func (s *serviceValue) doubts() *types.Unknown { return s.ev.unknownOf(s.doubtful()) }

// reaches asks for the facts of a service also where it is not known what is to
// be reached: both are needed for an answer.
func reaches(s, p ref.Val) ref.Val {
	service, served := s.(*serviceValue)
	period, stated := p.(periodValue)
	switch {
	case types.IsError(s):
		return s
	case types.IsError(p):
		return p
	case served && stated:
		return service.reaches(period.period)
	case served:
		if doubts := service.doubts(); doubts != nil {
			return merged(doubts, p)
		}
	}
	return merged(s, p)
}

func (s *serviceValue) reaches(p experience.Period) *fulfilment {
	reached := s.counting.Reach(s.records, p)
	f := s.ev.ofFulfilments.new(fulfilment{ev: s.ev, onset: reached.Onset, projected: reached.Projected})
	f.evidence = evidence{service: s, need: p}
	if !f.onset.IsExact() {
		f.doubts = []doubt{{f.onset, s.doubtful()}}
	}
	return f
}

func (s *serviceValue) total() *totalValue {
	return s.ev.ofTotals.new(totalValue{service: s, measured: s.counting.Measure(s.records)})
}

// leaves answers whether a period more stays within a limit.
func (s *serviceValue) leaves(more, limit experience.Period) ref.Val {
	measured := s.counting.Measure(s.records)
	s.ev.evidence = evidence{service: s, measured: measured, limit: limit, more: more}
	t := measured.Add(more).AtMost(limit)
	if t != experience.Unknown {
		return truth(t, nil)
	}
	return truth(t, s.doubts())
}

// lastDay is the last day served within the limits; the first day of the
// calendar where none was, so that every time since then has passed.
func (s *serviceValue) lastDay() ref.Val {
	last := s.counting.LastDay(s.records)
	if last.IsExact() {
		return s.ev.date(last, nil)
	}
	return s.ev.date(last, s.doubts())
}

// by returns the records that are counted for certain.
func (s *serviceValue) by() []fact {
	var by []fact
	for _, r := range s.records {
		if r.Counts == experience.True && s.counting.Touches(r) {
			by = append(by, factOf(s.area, r.Index, wholeArea))
		}
	}
	return slices.Compact(by)
}
