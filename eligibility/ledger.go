package eligibility

import (
	"strings"

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
	// Measure is the part of the rule's expression that made the history, and
	// Have to Limit are what a finding says of it. They are stated where a finding
	// has several ledgers.
	Measure    string            `json:"measure,omitzero"`
	Have       experience.Period `json:"have,omitzero"`
	HaveAtMost experience.Period `json:"haveAtMost,omitzero"`
	Need       experience.Period `json:"need,omitzero"`
	Limit      experience.Period `json:"limit,omitzero"`

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

// ledgers returns the ledger of what a finding says was counted, nil where it
// says nothing, and, where its rule measures more than that, those of everything
// that it measures.
func (ev *evaluation) ledgers(r *result) (*Ledger, []*Ledger, error) {
	own := r.value.evidence
	var of *Ledger
	var all []*Ledger
	err := ev.measuredBy(r, func(measures []measure) error {
		for _, m := range measures {
			l, err := ev.ledger(m)
			if err != nil {
				return err
			}
			if m.evidence.service.sameAs(own.service) {
				plain := *l
				of = &plain
			}
			l.of(m)
			all = append(all, l)
		}
		return nil
	})
	if len(all) == 1 && of != nil {
		all = nil
	}
	return of, all, err
}

// ledger returns the ledger of a measure.
func (ev *evaluation) ledger(m measure) (*Ledger, error) {
	s := m.evidence.service
	omissions, err := ev.leftOut(m.service)
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

// of says which of several measures a ledger is of.
func (l *Ledger) of(m measure) {
	s := m.evidence.service
	measured := s.counting.Measure(s.records)
	l.Measure, l.Need, l.Limit, l.Have = m.service.text(), m.evidence.need, m.evidence.limit, measured.Low.Period()
	if measured.High != measured.Low {
		l.HaveAtMost = measured.High.Period()
	}
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
