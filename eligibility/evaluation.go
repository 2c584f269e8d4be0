package eligibility

import (
	"context"
	"slices"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"github.com/qualify-rules/qualify/experience"
)

// evaluation is one assessment under way: the case as expressions see it, and
// the results so far.
type evaluation struct {
	ctx   context.Context
	post  *Post
	c     *Case
	stage Stage
	long  bool // the history is so long that expressions must be interrupted

	candidate           object[Candidate]
	application         object[Application]
	reading             object[[]string]
	vacancy             object[Vacancy]
	education           object[Education]
	service             object[ServiceEducation]
	complement          object[TrainingCondition]
	experience          object[ExperienceAsked]
	qualifications      recordList[Qualification]
	ranks               recordList[Rank]
	employments         recordList[Employment]
	contracts           recordList[Contract]
	credentials         recordList[Credential]
	languages           recordList[Language]
	parts               recordList[ExperiencePart]
	requiredCredentials recordList[RequiredCredential]
	requiredLanguages   recordList[Language]
	mission             object[Mission]
	asOf, start         *dateValue

	results   []*result
	variables []ref.Val
	element   string // the name of the each that is gone through
	current   ref.Val
	unknowns  map[fact]*types.Unknown
	sets      [][]fact      // what the facts of the area inSet stand for
	shared    map[fact]fact // the sets of the missing facts of long lists, see unknown
	evidence  evidence
}

// result is the outcome of a rule.
type result struct {
	rule     *rule
	id       string
	element  ref.Val // of each, what the rule was repeated for
	value    *fulfilment
	status   Status
	missing  []fact // what would decide it; of an undetermined rule only
	message  string
	children []*result
}

// longHistory is the number of records beyond which an expression may take so
// long that it looks at the context while it runs.
const longHistory = 200

func newEvaluation(ctx context.Context, p *Post, c *Case, stage Stage) *evaluation {
	ev := &evaluation{ctx: ctx, post: p, c: c, stage: stage}
	n := &c.Candidate
	ev.long = ctx.Done() != nil && len(n.Qualifications)+len(n.Ranks)+len(n.Employments)+len(n.Contracts)+len(n.Credentials) > longHistory
	v := p.vacancy
	ev.candidate = object[Candidate]{of: candidateRecord, value: &c.Candidate, area: inCandidate, ev: ev}
	ev.application = object[Application]{of: applicationRecord, value: &c.Application, area: inApplication, ev: ev}
	ev.reading = object[[]string]{of: p.policy.readings, value: &p.policy.chosen, ev: ev}
	ev.vacancy = object[Vacancy]{of: vacancyRecord, value: v, area: inVacancy, ev: ev}
	ev.education = object[Education]{of: educationRecord, value: &v.Education, area: inEducation, ev: ev}
	ev.service = object[ServiceEducation]{of: serviceEducationRecord, value: &v.Education.Service, area: inService, ev: ev}
	ev.complement = object[TrainingCondition]{of: complementRecord, value: &v.Education.Complement, area: inComplement, ev: ev}
	ev.experience = object[ExperienceAsked]{of: experienceRecord, value: &v.Experience, area: inExperience, ev: ev}
	ev.qualifications = recordsOf(ev, qualificationRecord, inQualifications, c.Candidate.Qualifications)
	ev.ranks = recordsOf(ev, rankRecord, inRanks, c.Candidate.Ranks)
	ev.employments = recordsOf(ev, employmentRecord, inEmployments, c.Candidate.Employments)
	ev.contracts = recordsOf(ev, contractRecord, inContracts, c.Candidate.Contracts)
	ev.credentials = recordsOf(ev, credentialRecord, inCredentials, c.Candidate.Credentials)
	ev.languages = recordsOf(ev, languageRecord, inLanguages, c.Candidate.Languages)
	ev.parts = recordsOf(ev, partRecord, inParts, v.Experience.OfWhich)
	ev.requiredCredentials = recordsOf(ev, requiredCredentialRecord, inRequiredCredentials, v.Credentials)
	ev.requiredLanguages = recordsOf(ev, languageRecord, inRequiredLanguages, v.Languages)
	ev.mission = ev.missionOf(v.Mission)
	ev.asOf = ev.referenceDay()
	ev.start = ev.startDay()
	ev.results = make([]*result, len(p.rules))
	ev.variables = make([]ref.Val, len(p.policy.variables))
	return ev
}

func recordsOf[T any](ev *evaluation, of *recordType[T], a area, list []T) recordList[T] {
	if len(list) == 0 {
		return recordList[T]{}
	}
	objects := make([]object[T], len(list))
	for i := range list {
		objects[i] = object[T]{of: of, value: &list[i], area: a, index: i, ev: ev}
	}
	return recordList[T]{records: objects}
}

// missionOf returns the mission of the vacancy. Of one that the case does not
// list, nothing is stated.
func (ev *evaluation) missionOf(id string) object[Mission] {
	m := object[Mission]{of: missionRecord, value: &Mission{ID: id}, area: inMissions, ev: ev}
	if id == "" {
		m.absent = ev.vacancy.fact(factVacancyMission)
		return m
	}
	if i := ev.missionNumber(id); i >= 0 {
		m.value, m.index = &ev.c.Missions[i], i
	} else {
		m.absent = factOf(inMissions, 0, wholeArea)
	}
	return m
}

// missionNumber is the place of a mission in the case, -1 if it has none.
func (ev *evaluation) missionNumber(id string) int {
	return slices.IndexFunc(ev.c.Missions, func(m Mission) bool { return m.ID == id })
}

// referenceDay is asOf: the application date, or the closing date where that
// is earlier or no date is given. Without a closing date there is no deadline
// that could cut an application off.
func (ev *evaluation) referenceDay() *dateValue {
	applied, closes := ev.c.Application.Date, ev.vacancy.value.Closes
	if d := applied.Earlier(closes); d.IsValid() {
		return ev.dated(d, applied, ev.application.fact(factApplied))
	}
	return ev.dated(experience.UnknownDate(), applied, ev.application.fact(factApplied))
}

// startDay is start: when deployment starts by the application, else by the
// vacancy, else its closing date.
func (ev *evaluation) startDay() *dateValue {
	d := ev.c.Application.DeploymentStarts
	if !d.IsValid() {
		d = ev.vacancy.value.Starts.Date
	}
	if !d.IsValid() {
		d = ev.vacancy.value.Closes
	}
	if !d.IsValid() {
		d = experience.UnknownDate()
	}
	return ev.dated(d, ev.c.Application.DeploymentStarts, ev.application.fact(factDeploymentStarts))
}

// dated is a day with the fact that would make it exact.
func (ev *evaluation) dated(d, stated experience.Date, f fact) *dateValue {
	v := &dateValue{date: d}
	if !d.IsExact() {
		v.open = ev.unknown(f)
		if stated.IsExact() {
			v.open = ev.unknown(ev.vacancy.fact(vacancyRecord.number("closes")))
		}
	}
	return v
}

// ResolveName and Parent make the evaluation what CEL looks names up in.
func (ev *evaluation) ResolveName(name string) (any, bool) {
	switch name {
	case "candidate":
		return &ev.candidate, true
	case "vacancy":
		return &ev.vacancy, true
	case "application":
		return &ev.application, true
	case "mission":
		return &ev.mission, true
	case "asOf":
		return ev.asOf, true
	case "start":
		return ev.start, true
	case "reading":
		return &ev.reading, true
	case ev.element:
		return ev.current, true
	}
	if n, ok := ev.post.names.rules[name]; ok {
		if ev.results[n] == nil {
			return nil, false
		}
		return ev.results[n].value, true
	}
	if v, ok := strings.CutPrefix(name, "variables."); ok {
		if n, ok := ev.post.names.variables[v]; ok {
			return ev.variable(n), true
		}
	}
	return nil, false
}

// Parent returns nil: there are no other names.
func (ev *evaluation) Parent() cel.Activation { return nil }

// variable evaluates a variable of the policy when it is first asked for.
func (ev *evaluation) variable(n int) ref.Val {
	if ev.variables[n] == nil {
		v, err := ev.value(ev.post.policy.variables[n])
		if err != nil {
			v = types.WrapErr(err)
		}
		ev.variables[n] = v
	}
	return ev.variables[n]
}
