package eligibility

import (
	"slices"
	"strconv"

	"github.com/google/cel-go/common/types"
)

// fact names a place of a case: an area, the number of a record in it, and a
// field. It serves as the id of the CEL value that stands for a missing fact,
// so that a result can be traced back to what is missing.
type fact int64

// area is a part of a case in which facts stand.
type area uint8

const (
	inCandidate area = iota + 1
	inQualifications
	inNQF
	inRanks
	inEmployments
	inContracts
	inCredentials
	inLanguages
	inResidences
	inApplication
	inRelevanceOfQualifications
	inRelevanceOfEmployments
	inJudgements
	inMissions
	inThreat
	inVacancy
	inEducation
	inService
	inComplement
	inExperience
	inParts
	inRequiredCredentials
	inRequiredLanguages
	inWorkingLanguages
	inSet // of several facts, see unknownOf
)

func factOf(a area, index, field int) fact {
	return fact(a)<<48 | fact(index)<<16 | fact(field)
}

// wholeArea is the field of a fact that is the record itself.
const wholeArea = 1<<16 - 1

func (f fact) parts() (a area, index, field int) {
	return area(f >> 48), int(f >> 16 & (1<<32 - 1)), int(f & (1<<16 - 1))
}

// record is the fact's record: the fact without its field.
func (f fact) record() fact { return f | wholeArea }

// pointer returns the JSON Pointer of a fact.
func (ev *evaluation) pointer(f fact) string {
	a, i, field := f.parts()
	of := func(list string, names []string) string {
		b := append(make([]byte, 0, 48), list...)
		b = strconv.AppendInt(append(b, '/'), int64(i), 10)
		if field != wholeArea {
			b = append(append(b, '/'), names[field]...)
		}
		return string(b)
	}
	name := func(names []string) string {
		if field == wholeArea {
			return ""
		}
		return "/" + names[field]
	}
	c := ev.c
	switch a {
	case inCandidate:
		return "/candidate" + name(candidateRecord.names)
	case inQualifications:
		return of("/candidate/qualifications", qualificationRecord.names)
	case inNQF:
		return "/candidate/qualifications/" + strconv.Itoa(i) + "/nqf" + name(nqfRecord.names)
	case inRanks:
		return of("/candidate/ranks", rankRecord.names)
	case inEmployments:
		return of("/candidate/employments", employmentRecord.names)
	case inContracts:
		return of("/candidate/contracts", contractRecord.names)
	case inCredentials:
		return of("/candidate/credentials", credentialRecord.names)
	case inLanguages:
		return of("/candidate/languages", languageRecord.names)
	case inResidences:
		if i == len(c.Candidate.Residences) { // days without one
			return "/candidate/residences"
		}
		return of("/candidate/residences", residenceRecord.names)
	case inApplication:
		return "/application" + name(applicationRecord.names)
	case inRelevanceOfQualifications:
		return "/application/relevance/" + escapePointer(c.Candidate.Qualifications[i].ID)
	case inRelevanceOfEmployments:
		return "/application/relevance/" + escapePointer(c.Candidate.Employments[i].ID)
	case inJudgements:
		return "/application/judgements/" + escapePointer(ev.post.judgements[i])
	case inMissions:
		if field == wholeArea {
			return "/missions"
		}
		return of("/missions", missionRecord.names)
	case inThreat:
		return "/missions/" + strconv.Itoa(i) + "/threat/" + strconv.Itoa(field) + "/from"
	case inVacancy:
		return "/vacancy" + name(vacancyRecord.names)
	case inEducation:
		return "/vacancy/education" + name(educationRecord.names)
	case inService:
		return "/vacancy/education/service" + name(serviceEducationRecord.names)
	case inComplement:
		return "/vacancy/education/complement" + name(complementRecord.names)
	case inExperience:
		return "/vacancy/experience" + name(experienceRecord.names)
	case inParts:
		return of("/vacancy/experience/ofWhich", partRecord.names)
	case inRequiredCredentials:
		return of("/vacancy/credentials", requiredCredentialRecord.names)
	case inRequiredLanguages:
		return of("/vacancy/languages", languageRecord.names)
	case inWorkingLanguages:
		return of("/vacancy/workingLanguages", languageRecord.names)
	}
	return ""
}

// manyRecords is the length of a list beyond which a missing fact of a record
// is one with that of the others: CEL merges unknown values one by one, which
// takes the square of their number. Then all of them are named that were asked
// for.
const manyRecords = 500

// unknown returns the CEL value that stands for a missing fact.
func (ev *evaluation) unknown(f fact) *types.Unknown {
	if ev.isFixed() {
		return types.NewUnknown(int64(f), nil)
	}
	a, _, field := f.parts()
	key := f
	if ev.lengthOf(a) > manyRecords {
		key = factOf(a, 0, field)
		set, ok := ev.shared[key]
		if !ok {
			set = ev.newSet(nil)
			if ev.shared == nil {
				ev.shared = make(map[fact]fact)
			}
			ev.shared[key] = set
		}
		_, n, _ := set.parts()
		ev.sets[n] = append(ev.sets[n], f)
		key = set
	}
	if u, ok := ev.unknowns[key]; ok {
		return u
	}
	if ev.unknowns == nil {
		ev.unknowns = make(map[fact]*types.Unknown)
	}
	u := types.NewUnknown(int64(key), nil)
	ev.unknowns[key] = u
	return u
}

func (ev *evaluation) lengthOf(a area) int {
	c := &ev.c.Candidate
	switch a {
	case inQualifications, inNQF, inRelevanceOfQualifications:
		return len(c.Qualifications)
	case inRanks:
		return len(c.Ranks)
	case inEmployments, inRelevanceOfEmployments:
		return len(c.Employments)
	case inContracts:
		return len(c.Contracts)
	case inCredentials:
		return len(c.Credentials)
	}
	return 0
}

// newSet returns the fact that stands for several.
func (ev *evaluation) newSet(facts []fact) fact {
	ev.sets = append(ev.sets, facts)
	return factOf(inSet, len(ev.sets)-1, wholeArea)
}

// unknownOf returns the CEL value that stands for several missing facts, nil
// for none.
func (ev *evaluation) unknownOf(facts []fact) *types.Unknown {
	switch len(facts) {
	case 0:
		return nil
	case 1:
		return types.NewUnknown(int64(facts[0]), nil)
	}
	return types.NewUnknown(int64(ev.newSet(facts)), nil)
}

// factsOf returns the facts that a CEL value stands for, sets of them as they
// are.
func factsOf(u *types.Unknown) []fact {
	if u == nil {
		return nil
	}
	ids := u.IDs()
	facts := make([]fact, len(ids))
	for i, id := range ids {
		facts[i] = fact(id)
	}
	return facts
}

// eachOf returns the facts with those of sets in their place, in the order of
// their places in the case.
func (ev *evaluation) eachOf(facts []fact) []fact {
	var all []fact
	seen := make(map[int]bool)
	var add func([]fact)
	add = func(facts []fact) {
		for _, f := range facts {
			a, n, _ := f.parts()
			switch {
			case a != inSet:
				all = append(all, f)
			case !seen[n]:
				seen[n] = true
				add(ev.sets[n])
			}
		}
	}
	add(facts)
	return sorted(all)
}

// sorted sorts facts in place and takes out those that are there twice.
func sorted(facts []fact) []fact {
	slices.Sort(facts)
	return slices.Compact(facts)
}

// union returns the facts of both, sorted and each once.
func union(a, b []fact) []fact {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	return sorted(slices.Concat(a, b))
}
