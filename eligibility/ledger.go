package eligibility

import (
	"slices"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"github.com/qualify-rules/qualify/experience"
)

// WithLedger adds to every finding that measured time a ledger of its days.
func WithLedger() AssessOption {
	return assessOptionFunc(func(o *assessOptions) { o.ledger = true })
}

// Ledger tells what became of every day of a history in a measure: of the
// employments or the contracts that a rule counts, from the first day that any
// of them may have to the last, what is ongoing running to Until.
type Ledger struct {
	Convention string          `json:"convention"`
	Since      experience.Date `json:"since,omitzero"` // counting begins on this day; not stated where it has no day
	Until      experience.Date `json:"until,omitzero"`
	// Months is the measure, an exact fraction such as 1463/31, and MonthsAtMost
	// what it may be where facts are missing. They are the sums of those of the
	// stretches.
	Months       string    `json:"months"`
	MonthsAtMost string    `json:"monthsAtMost,omitzero"`
	Stretches    []Stretch `json:"stretches"`
}

// Stretch is days of a ledger that have the same fate.
type Stretch struct {
	From experience.Date `json:"from"`
	To   experience.Date `json:"to"`
	Days int             `json:"days"`
	// Weight is the share of full time that counts for certain, and AtMost what
	// may count, where that is more.
	Weight experience.Fraction `json:"weight"`
	AtMost experience.Fraction `json:"atMost,omitzero"`
	// Reason says why the days, or the rest of full time of days that count in
	// part, or what goes beyond full time, are not counted.
	Reason ReasonCode `json:"reason,omitzero"`
	// Months is what the stretch adds to the measure. Where it is Joined to the
	// stretch before, the two are one to the calendar: they touch and have the
	// same weight. Its months are then those of both less those of the other.
	Months       string   `json:"months,omitzero"`
	MonthsAtMost string   `json:"monthsAtMost,omitzero"`
	Joined       bool     `json:"joined,omitzero"`
	By           []string `json:"by,omitzero"` // JSON Pointers to the records that the fate is due to
}

// Counted reports whether the days count for certain, in part at least.
func (s Stretch) Counted() bool { return s.Months != "" }

// ledger returns the ledger of what a rule measured, nil where it measured
// nothing.
func (ev *evaluation) ledger(r *result) (*Ledger, error) {
	s := r.value.evidence.service
	if s == nil {
		return nil, nil
	}
	var omissions []experience.Omission
	err := ev.about(r, func() (err error) {
		omissions, err = ev.omissions(r.rule.expression, s)
		return err
	})
	if err != nil {
		return nil, err
	}
	entries := s.counting.Ledger(s.records, omissions)
	sum := experience.Sum(entries)
	l := &Ledger{
		Convention: s.counting.Convention.String(),
		Since:      s.counting.Since.On(),
		Until:      s.counting.Until,
		Months:     fraction(sum.Low),
		Stretches:  make([]Stretch, len(entries)),
	}
	if sum.High != sum.Low {
		l.MonthsAtMost = fraction(sum.High)
	}
	for i, e := range entries {
		l.Stretches[i] = ev.stretch(s.area, e)
	}
	return l, nil
}

// fraction writes a total as 41 or as 1463/31.
func fraction(t experience.Total) string { return strings.TrimSuffix(t.String(), " months") }

func (ev *evaluation) stretch(a area, e experience.LedgerEntry) Stretch {
	s := Stretch{From: e.From, To: e.To, Days: e.Days(), Weight: e.Weight, Reason: reasonOf(e), Joined: e.Joined}
	if e.Fate == experience.Counted {
		s.Months = fraction(e.Months)
	}
	if e.AtMost != e.Weight {
		s.AtMost = e.AtMost
	}
	if e.MonthsAtMost != e.Months {
		s.MonthsAtMost = fraction(e.MonthsAtMost)
	}
	for _, i := range e.Records {
		s.By = append(s.By, ev.pointer(factOf(a, i, wholeArea)))
	}
	return s
}

// omissions returns the records, and parts of records, that a service leaves
// out.
func (ev *evaluation) omissions(p *program, s *serviceValue) ([]experience.Omission, error) {
	for _, measured := range ev.measured(p.whole()) {
		v, err := ev.within(measured)
		if err != nil {
			continue // of another alternative, which has no value
		}
		if same, ok := v.(*serviceValue); ok && same.counting == s.counting && slices.Equal(same.records, s.records) {
			return ev.leftOut(measured)
		}
	}
	// What another rule measured that this one only names.
	var out []experience.Omission
	taken := s.indexes()
	for i, r := range ev.recordsIn(s.area) {
		if !taken[i] {
			out = append(out, omission(i, r.span, NotAsked))
		}
	}
	return out, nil
}

// indexes are the places in their list of the records of a service.
func (s *serviceValue) indexes() map[int]bool {
	found := make(map[int]bool, len(s.records))
	for _, r := range s.records {
		found[r.Index] = true
	}
	return found
}

// measuring are the functions that measure a service.
var measuring = []string{"reaches", "leaves", "total", "lastDay"}

// measured returns the services that an expression may measure, those of
// variables included.
func (ev *evaluation) measured(p piece) []piece {
	var found []piece
	if v, ok := ev.variablePart(p); ok {
		return ev.measured(v)
	}
	if function, args := p.call(); slices.Contains(measuring, function) {
		found = append(found, args[0])
	}
	if p.expr.Kind() == ast.ComprehensionKind {
		return found
	}
	for _, inner := range p.inner() {
		found = append(found, ev.measured(inner)...)
	}
	return found
}

// variablePart returns the expression of the variable that a part names.
func (ev *evaluation) variablePart(p piece) (piece, bool) {
	const prefix = "variables."
	if name := p.name(); len(name) > len(prefix) && name[:len(prefix)] == prefix {
		if n, ok := ev.post.names.variables[name[len(prefix):]]; ok {
			return ev.post.policy.variables[n].whole(), true
		}
	}
	return piece{}, false
}

// leftOut goes from a service back to the records that it was made of, and
// tells why each of those that are missing is.
func (ev *evaluation) leftOut(p piece) ([]experience.Omission, error) {
	if v, ok := ev.variablePart(p); ok {
		return ev.leftOut(v)
	}
	if p.expr.Kind() == ast.ComprehensionKind {
		return ev.notTaken(p)
	}
	function, args := p.call()
	switch function {
	case operators.Conditional:
		condition, err := ev.within(args[0])
		if err != nil {
			return nil, err
		}
		if condition == types.True {
			return ev.leftOut(args[1])
		}
		return ev.leftOut(args[2])
	case "since", "until":
		return ev.leftOut(args[0])
	case "atThreat", "chain":
		before, err := ev.serviceOf(args[0])
		if err != nil {
			return nil, err
		}
		after, err := ev.serviceOf(p)
		if err != nil {
			return nil, err
		}
		omissions, err := ev.leftOut(args[0])
		return append(omissions, cutOff(function, before, after)...), err
	}
	return nil, nil
}

func (ev *evaluation) serviceOf(p piece) (*serviceValue, error) {
	v, err := ev.within(p)
	s, ok := v.(*serviceValue)
	if err == nil && !ok {
		return &serviceValue{}, nil
	}
	return s, err
}

// cutOff returns what a service lost: to the levels of threat every day of a
// contract, which those that are left go before, and to a chain the records
// that are not in it: those that begin after the day until which is counted, and
// those before a gap.
func cutOff(function string, before, after *serviceValue) []experience.Omission {
	type part struct {
		index int
		span  experience.Span
	}
	left := make(map[part]bool, len(after.records))
	for _, r := range after.records {
		left[part{r.Index, r.Span}] = true
	}
	var out []experience.Omission
	for _, r := range before.records {
		switch {
		case function == "atThreat":
			out = append(out, omission(r.Index, r.Span, OtherThreat))
		case left[part{r.Index, r.Span}]:
		case before.counting.Until.Before(r.Span.From) == experience.True:
			out = append(out, omission(r.Index, r.Span, AfterDate))
		default:
			out = append(out, omission(r.Index, r.Span, BeforeGap))
		}
	}
	return out
}

func omission(index int, span experience.Span, code ReasonCode) experience.Omission {
	return experience.Omission{Index: index, Span: span, Reason: slices.Index(omissionCodes, code)}
}

// notTaken returns the records for which the predicate of a fold is false, with
// the code of the first of its conditions that is.
func (ev *evaluation) notTaken(p piece) ([]experience.Omission, error) {
	service, err := ev.serviceOf(p)
	if err != nil {
		return nil, err
	}
	taken := service.indexes()
	c := p.expr.AsComprehension()
	conditions, err := ev.conditions(piece{p.program, c.LoopStep().AsCall().Args()[2]}, c.IterVar())
	if err != nil {
		return nil, err
	}
	var out []experience.Omission
	for i, r := range ev.recordsIn(service.area) {
		if taken[i] {
			continue
		}
		names, err := ev.bound(c.IterVar(), r.value)
		if err != nil {
			return nil, err
		}
		code := NotAsked
		for _, condition := range conditions {
			if v, _, err := condition.program.Eval(names); err == nil && v == ref.Val(types.False) {
				code = condition.code
				break
			}
		}
		out = append(out, omission(i, r.span, code))
	}
	return out, nil
}

// listedRecord is a record that can be counted.
type listedRecord struct {
	value ref.Val
	span  experience.Span
}

func (ev *evaluation) recordsIn(a area) []listedRecord {
	var out []listedRecord
	if a == inEmployments {
		for i := range ev.employments.records {
			o := &ev.employments.records[i]
			out = append(out, listedRecord{o, experience.Span{From: o.value.From, To: o.value.To}.Narrowed()})
		}
		return out
	}
	for i := range ev.contracts.records {
		o := &ev.contracts.records[i]
		out = append(out, listedRecord{o, experience.Span{From: o.value.From, To: o.value.To}.Narrowed()})
	}
	return out
}

// condition is one of the conditions that a predicate joins by &&.
type condition struct {
	program cel.Program
	code    ReasonCode
}

func (ev *evaluation) conditions(predicate piece, record string) ([]condition, error) {
	if function, args := predicate.call(); function == operators.LogicalAnd {
		var all []condition
		for _, a := range args {
			some, err := ev.conditions(a, record)
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
		return all, nil
	}
	made, err := ev.planOf(predicate)
	return []condition{{made, codeOf(predicate.expr, record)}}, err
}
