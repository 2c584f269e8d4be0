package eligibility

import (
	"errors"

	"github.com/google/cel-go/cel"
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
