package eligibility

import (
	"slices"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"github.com/qualify-rules/qualify/experience"
)

// leftOut goes from a service back to the records that it was made of, and
// tells why each of those that are missing is.
func (ev *evaluation) leftOut(p piece) ([]experience.Omission, error) {
	p = ev.resolved(p)
	if p.expr.Kind() == ast.ComprehensionKind {
		return ev.notTaken(p)
	}
	function, args := p.call()
	switch function {
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
			if r.Contract.From.IsValid() && r.Contract.IsOngoing() {
				continue // it runs to that day
			}
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
	taken := make(map[int]bool, len(service.records))
	for _, r := range service.records {
		taken[r.Index] = true
	}
	c := p.expr.AsComprehension()
	conditions, err := ev.conditions(p.part(c.LoopStep().AsCall().Args()[2]), c.IterVar())
	if err != nil {
		return nil, err
	}
	var out []experience.Omission
	for i, r := range ev.recordsIn(service.area) {
		if taken[i] {
			continue
		}
		names, err := ev.bound(p, c.IterVar(), r.value)
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
	add := func(v ref.Val, from, to experience.Date) {
		out = append(out, listedRecord{v, experience.Span{From: from, To: to}.Narrowed()})
	}
	switch a {
	case inEmployments:
		for i := range ev.employments.records {
			o := &ev.employments.records[i]
			add(o, o.value.From, o.value.To)
		}
	case inContracts:
		for i := range ev.contracts.records {
			o := &ev.contracts.records[i]
			add(o, o.value.From, o.value.To)
		}
	case inResidences:
		for i := range ev.residences.records {
			o := &ev.residences.records[i]
			add(o, o.value.From, o.value.To)
		}
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
