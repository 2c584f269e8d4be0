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

// startResided is a service with the days of which no residence is stated. Each
// may have been lived in any country.
func startResided(ev *evaluation) ref.Val {
	list := ev.c.Candidate.Residences
	service := newService(ev, inResidences, len(list)+1)
	service.withoutResidence(len(list))
	return service
}

// withoutResidence adds the stretches of days that no residence covers for
// certain, as records of an index of their own.
func (s *serviceValue) withoutResidence(index int) {
	type stay struct {
		experience.Span
		open []fact
	}
	var stays []stay
	for i := range s.ev.residences.records {
		at := &s.ev.residences.records[i]
		r := at.value
		certain := stay{Span: experience.Span{From: r.From.Last(), To: experience.UnknownDate().Last()}}
		if !r.From.IsExact() {
			certain.open = append(certain.open, at.fact(factResidenceFrom))
		}
		if r.To.IsValid() {
			certain.To = r.To.First()
			if !r.To.IsExact() {
				certain.open = append(certain.open, at.fact(factResidenceTo))
			}
		}
		if !r.From.IsValid() {
			certain.From = certain.To
		}
		stays = append(stays, certain)
	}
	slices.SortStableFunc(stays, func(a, b stay) int { return -experience.DaysBetween(a.From, b.From) })
	open := []fact{s.ev.candidate.fact(candidateRecord.number("residences"))}
	hole := func(from, to experience.Date) {
		if from.NotAfter(to) == experience.True {
			s.records = append(s.records, experience.Record{Index: index, Span: experience.Span{From: from, To: to}, Fraction: experience.FullTime(), Counts: experience.Unknown})
		}
	}
	next, end := experience.UnknownDate().First(), experience.UnknownDate().Last()
	for _, r := range stays {
		open = union(open, r.open)
		if r.From.NotAfter(r.To) != experience.True {
			continue
		}
		if next.Before(r.From) == experience.True {
			hole(next, r.From.Subtract(oneDay))
		}
		if r.To == end {
			next = experience.Date{}
			break
		}
		next = next.Later(r.To.Add(oneDay))
	}
	if next.IsValid() {
		hole(next, end)
	}
	s.doubt(index, open)
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
