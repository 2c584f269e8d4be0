package eligibility

import (
	"slices"

	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"github.com/qualify-rules/qualify/eqf"
	"github.com/qualify-rules/qualify/experience"
)

// The places of the fields that Go code names in facts.
var (
	factEQF              = qualificationRecord.number("eqf")
	factCycle            = qualificationRecord.number("cycle")
	factFields           = qualificationRecord.number("fields")
	factAwarded          = qualificationRecord.number("awarded")
	factRankAwarded      = rankRecord.number("awarded")
	factFrom             = employmentRecord.number("from")
	factTo               = employmentRecord.number("to")
	factDomains          = employmentRecord.number("domains")
	factLevels           = employmentRecord.number("levels")
	factContractFrom     = contractRecord.number("from")
	factContractTo       = contractRecord.number("to")
	factApplied          = applicationRecord.number("date")
	factDeploymentStarts = applicationRecord.number("deploymentStarts")
	factThreat           = missionRecord.number("threat")
	factVacancyMission   = vacancyRecord.number("mission")
)

// What follows are the derived facts of DESIGN §4.

// levelsOf returns the EQF levels that a qualification may have; invalid
// Levels where it has none.
func levelsOf(q *Qualification) eqf.Levels {
	everyLevel := eqf.Levels{Low: 1, High: 8}
	one := func(l eqf.Level) eqf.Levels { return eqf.Levels{Low: l, High: l} }
	switch {
	case q.Unlevelled:
		return eqf.Levels{}
	case q.EQF.IsValid():
		return one(q.EQF)
	case q.NQF != NQF{}:
		answer := eqf.Lookup(eqf.Key(q.NQF), eqfDay(q.Awarded.First()), eqfDay(q.Awarded.Last()))
		switch answer.Outcome {
		case eqf.Found:
			return answer.Levels
		case eqf.NoLevel:
			return eqf.Levels{}
		}
		return everyLevel
	case q.Cycle.IsValid():
		return one(q.Cycle.Level())
	case q.Kind == Secondary:
		return eqf.Levels{Low: 1, High: 5}
	}
	return everyLevel
}

func eqfDay(d experience.Date) eqf.Day {
	y, m, day := d.Civil()
	return eqf.Day(y*10000 + m*100 + day)
}

func eqfLevel(q *object[Qualification]) ref.Val {
	return q.ev.ofLevels.new(levelValue{levels: levelsOf(q.value), of: q})
}

// equivalentLevel is the level that a service education is attested as
// equivalent to, else its own.
func equivalentLevel(q *object[Qualification]) ref.Val {
	if l := q.value.EquivalentEQF; l.IsValid() {
		return q.ev.ofLevels.new(levelValue{levels: eqf.Levels{Low: l, High: l}, of: q})
	}
	return eqfLevel(q)
}

func eheaCycle(q *object[Qualification]) ref.Val {
	switch {
	case q.value.Cycle.IsValid():
		return cycleValue{cycle: q.value.Cycle}
	case q.value.Kind == University:
		return q.ev.unknown(q.fact(factCycle))
	}
	return cycleValue{}
}

// relevantQualification is what a person judged, else unknown.
func relevantQualification(q *object[Qualification]) ref.Val {
	if judged := q.ev.c.Application.Relevance[q.value.ID]; judged != experience.Unknown {
		return truth(judged, nil)
	}
	return q.ev.unknown(factOf(inRelevanceOfQualifications, q.index, wholeArea))
}

// relevantEmployment is what a person judged; else, where the vacancy lists
// domains and the employment states its own, whether they meet; else unknown.
func relevantEmployment(e *object[Employment]) ref.Val {
	if judged := e.ev.c.Application.Relevance[e.value.ID]; judged != experience.Unknown {
		return truth(judged, nil)
	}
	asked := e.ev.vacancy.value.Experience.Domains
	if len(asked) > 0 && e.value.Domains != nil {
		return types.Bool(meet(asked, e.value.Domains))
	}
	open := e.ev.unknown(factOf(inRelevanceOfEmployments, e.index, wholeArea))
	if len(asked) > 0 {
		open = types.MergeUnknowns(open, e.ev.unknown(e.fact(factDomains)))
	}
	return open
}

func meet(asked, stated []string) bool {
	return slices.ContainsFunc(stated, func(s string) bool { return slices.Contains(asked, s) })
}

// inField answers whether a qualification is in a field of study that the
// vacancy asks for.
func inField(q *object[Qualification]) ref.Val {
	asked := &q.ev.vacancy.value.Education
	switch eqf.MatchFields(q.value.Fields, asked.Fields) {
	case eqf.Matches:
		return types.True
	case eqf.Differs:
		if asked.FieldsOpen {
			return relevantQualification(q)
		}
		return types.False
	}
	return q.ev.unknown(q.fact(factFields))
}

// matches answers whether an employment meets each list that a part states.
func matches(p *object[ExperiencePart], e *object[Employment]) ref.Val {
	all := experience.True
	var open *types.Unknown
	for _, list := range []struct {
		asked, stated []string
		fact          int
	}{
		{p.value.Domains, e.value.Domains, factDomains},
		{p.value.Levels, e.value.Levels, factLevels},
	} {
		switch {
		case len(list.asked) == 0:
		case list.stated == nil:
			all = all.And(experience.Unknown)
			open = types.MergeUnknowns(open, e.ev.unknown(e.fact(list.fact)))
		default:
			all = all.And(experience.TruthOf(meet(list.asked, list.stated)))
		}
	}
	return truth(all, open)
}
