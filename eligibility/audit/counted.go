package audit

import (
	"context"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// countedFact is what an assessment counted for one rule. Of each pair of
// values the first is the least that it may be; more is better.
type countedFact struct {
	path      string
	cite      []string
	applies   bool
	measured  bool // time against a need or a limit
	fulfilled [2]int32
	time      [2]int32
}

// count notes the facts that the assessment of a recorded case counted.
func (a *Auditor) count(ctx context.Context, r *Result) {
	findings := r.Assessment.Findings
	if !a.Explain {
		explained, err := a.Catalogue.Assess(ctx, r.Case, a.options(true)...)
		if err != nil {
			r.Assessment, r.Err = nil, err
			return
		}
		findings = explained.Findings
	}
	r.counted = countFindings(nil, "", findings)
}

// countFindings counts what is in cumulative groups and in an each, and of the
// group its status, which its own condition may leave open; of alternatives the
// group counts.
func countFindings(facts []countedFact, parent string, findings []eligibility.Finding) []countedFact {
	for i := range findings {
		f := &findings[i]
		fact := countedFact{path: parent + f.ID, cite: f.Cite, applies: f.Status != eligibility.NotApplicable}
		fact.fulfilled = fulfilledSince(f)
		least := timeOf(f.Have)
		most := max(least, timeOf(f.HaveAtMost))
		switch {
		case f.Need.IsValid():
			fact.measured, fact.time = true, [2]int32{least, most}
		case f.Limit.IsValid():
			fact.measured, fact.time = true, [2]int32{-most, -least}
		}
		within := len(f.Findings) > 0 && !f.AnyOf && fact.applies
		if within && f.Status == eligibility.Met {
			fact.fulfilled = [2]int32{beforeAllDays, beforeAllDays} // the days are those of what is in it
		}
		facts = append(facts, fact)
		if within {
			facts = countFindings(facts, parent+f.ID+"/", f.Findings)
		}
	}
	return facts
}

// beforeAllDays is better than any day of fulfilment.
const beforeAllDays = 4_000_000

// fulfilledSince orders unmet, undetermined, and met the later to the earlier,
// and without a day.
func fulfilledSince(f *eligibility.Finding) [2]int32 {
	switch {
	case f.Status == eligibility.Unmet:
		return [2]int32{0, 0}
	case f.Status == eligibility.NotDetermined:
		return [2]int32{1, 1}
	case !f.On.IsValid():
		return [2]int32{beforeAllDays, beforeAllDays}
	}
	return [2]int32{beforeAllDays - 1 - dayNumber(f.On.Last()), beforeAllDays - 1 - dayNumber(f.On.First())}
}

// dayNumber numbers days in their order, with gaps.
func dayNumber(d experience.Date) int32 {
	year, month, day := d.Civil()
	return int32((year*12+month-1)*31 + day - 1)
}

// timeOf numbers periods of whole days in their order, with gaps.
func timeOf(p experience.Period) int32 {
	years, months, days := p.Parts()
	return int32((years*12+months)*31 + days)
}
