package eligibility

import (
	"errors"
	"slices"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"github.com/qualify-rules/qualify/experience"
)

// Residence is a stretch of time in which a person had the residence in a
// country. Without an end it goes on. Unlike the lists of records, a list of
// residences that is left out is not stated: everyone lives somewhere.
type Residence struct {
	Country string          `json:"country"` // ISO 3166-1 alpha-2
	From    experience.Date `json:"from,omitzero"`
	To      experience.Date `json:"to,omitzero"`
}

var residenceRecord = newRecordType("Residence",
	text("country", nil, func(r *Residence) string { return r.Country }),
	date("from", func(r *Residence) experience.Date { return r.From }),
	endDate("to", func(r *Residence) experience.Date { return r.To }),
)

var (
	factResidenceFrom = residenceRecord.number("from")
	factResidenceTo   = residenceRecord.number("to")
)

// residences is the list of the candidate, not stated where it is absent.
func residences() field[Candidate] {
	return field[Candidate]{name: "residences", celType: cel.ListType(residenceRecord.celType), get: func(o *object[Candidate]) ref.Val {
		if o.value.Residences == nil {
			return nil
		}
		return &o.ev.residences
	}}
}

func residencesFault(list []Residence) *partFault {
	return elements(list, MaxValues, func(i int) *partFault {
		r := &list[i]
		if r.Country == "" {
			return &partFault{"/country", errors.New("required: state the country")}
		}
		return first(faultOf("/country", checkCountry(r.Country)), faultOf("/to", ordered(r.From, r.To)))
	})
}

// resided adds a residence to the time that is measured.
func resided(acc, r, satisfies ref.Val) ref.Val {
	o := r.(*object[Residence])
	span := experience.Span{From: o.value.From, To: o.value.To}
	return acc.(*serviceValue).add(span, experience.FullTime(), o.fact(factResidenceFrom), o.fact(factResidenceTo), satisfies)
}

// residedThroughout answers whether the residences leave no more than a period
// of the days between two dates without one. Where they leave more, or may,
// nobody knows where the candidate lived then.
func residedThroughout(o *object[Candidate], from, to *dateValue, atMost experience.Period) ref.Val {
	open := []fact{o.fact(candidateRecord.number("residences"))}
	if o.value.Residences == nil {
		return o.ev.unknownOf(open)
	}
	// Of what is imprecise, the widest stretch of days and the shortest stays.
	var stays []experience.Span
	for i := range o.value.Residences {
		r, at := &o.value.Residences[i], &o.ev.residences.records[i]
		stay := experience.Span{From: r.From.Last(), To: to.date.Last()}
		if r.To.IsValid() {
			stay.To = r.To.First()
		}
		if !r.From.IsExact() {
			open = append(open, at.fact(factResidenceFrom))
		}
		if r.To.IsValid() && !r.To.IsExact() {
			open = append(open, at.fact(factResidenceTo))
		}
		if r.From.IsValid() && stay.From.NotAfter(stay.To) == experience.True {
			stays = append(stays, stay)
		}
	}
	slices.SortFunc(stays, func(a, b experience.Span) int { return -experience.DaysBetween(a.From, b.From) })
	var gaps []experience.Record
	covered, last := from.date.First().Subtract(oneDay), to.date.Last()
	gap := func(until experience.Date) {
		if covered.Before(until) == experience.True {
			gaps = append(gaps, experience.Record{Span: experience.Span{From: covered.Add(oneDay), To: until}, Counts: experience.True})
		}
	}
	for _, stay := range stays {
		gap(stay.From.Subtract(oneDay).Earlier(last))
		covered = covered.Later(stay.To)
	}
	gap(last)
	counting := o.ev.post.policy.counting
	counting.Since, counting.Until = experience.From(from.date.First()), last
	if counting.Measure(gaps).AtMost(atMost) == experience.True {
		return types.True
	}
	return o.ev.unknownOf(union(open, union(factsOf(from.open), factsOf(to.open))))
}

// countriesOfResidence returns the first residence of each country.
func countriesOfResidence(o *object[Candidate]) ref.Val {
	if o.value.Residences == nil {
		return o.ev.unknown(o.fact(candidateRecord.number("residences")))
	}
	var list []ref.Val
	for i, r := range o.value.Residences {
		if !slices.ContainsFunc(o.value.Residences[:i], func(other Residence) bool { return other.Country == r.Country }) {
			list = append(list, &o.ev.residences.records[i])
		}
	}
	return types.NewRefValList(valueAdapter{}, list)
}
