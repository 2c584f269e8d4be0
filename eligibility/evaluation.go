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
// the results so far. Those of a post are used again and again.
type evaluation struct {
	*postRecords
	ctx         context.Context
	post        *Post
	c           *Case
	stage       Stage
	order       int   // of the stage
	without     *rule // a rule that is taken not to apply
	long        bool  // the history is so long that expressions must be interrupted
	interpreted bool  // by CEL's interpreter and not by the plans

	candidate       object[Candidate]
	application     object[Application]
	qualifications  recordList[Qualification]
	ranks           recordList[Rank]
	employments     recordList[Employment]
	contracts       recordList[Contract]
	credentials     recordList[Credential]
	languages       recordList[Language]
	residences      recordList[Residence]
	mission         object[Mission]
	asOf, start     *dateValue
	deploymentStart *dateValue // as start, but unknown where no day is stated

	results   []*result // of the rules at the top
	variables []ref.Val
	slots     []ref.Val // of comprehensions
	element   string    // the name of the each that is gone through
	current   ref.Val
	unknowns  map[fact]*types.Unknown
	sets      [][]fact      // what the facts of the area inSet stand for
	shared    map[fact]fact // the sets of the missing facts of long lists, see unknown
	evidence  evidence
	timelines []timeline     // of the missions that were asked for
	windows   []knownWindows // of those too

	consulting *consultation // of the readings, where the plans ask for them

	kept // from case to case
}

// kept is the room of an evaluation, which the next one uses again.
type kept struct {
	ofResults     arena[result]
	ofChildren    arena[*result]
	ofFulfilments arena[fulfilment]
	ofServices    arena[serviceValue]
	ofRecords     arena[experience.Record]
	ofDates       arena[dateValue]
	ofLevels      arena[levelValue]
	ofTotals      arena[totalValue]
	canonical     canonicalWriter
}

func (k *kept) release() {
	k.ofResults.release()
	k.ofChildren.release()
	k.ofFulfilments.release()
	k.ofServices.release()
	k.ofRecords.release()
	k.ofDates.release()
	k.ofLevels.release()
	k.ofTotals.release()
}

// postRecords is what the post fixes, as expressions see it.
type postRecords struct {
	reading             object[[]string]
	vacancy             object[Vacancy]
	education           object[Education]
	service             object[ServiceEducation]
	complement          object[TrainingCondition]
	experience          object[ExperienceAsked]
	parts               recordList[ExperiencePart]
	requiredCredentials recordList[RequiredCredential]
	requiredLanguages   recordList[Language]
	workingLanguages    recordList[Language]
}

// result is the outcome of a rule.
type result struct {
	rule     *rule
	id       string
	due      *planned
	element  ref.Val // of each, what the rule was repeated for
	value    *fulfilment
	own      fulfilment // what value points to
	status   Status
	missing  []fact // what would decide it; of an undetermined rule only
	message  string
	children []*result
}

// longHistory is the number of records beyond which an expression may take so
// long that it looks at the context while it runs, and beyond which what was
// needed for it is not kept.
const longHistory = 200

// newPostRecords returns the records of a post, which belong to an evaluation
// of no case.
func newPostRecords(p *Post) *postRecords {
	r := &postRecords{}
	ev := &evaluation{postRecords: r, ctx: context.Background(), post: p, c: new(Case)}
	v := p.vacancy
	r.reading = object[[]string]{of: p.policy.readings, value: &p.policy.chosen, ev: ev}
	r.vacancy = object[Vacancy]{of: vacancyRecord, value: v, area: inVacancy, ev: ev}
	r.education = object[Education]{of: educationRecord, value: &v.Education, area: inEducation, ev: ev}
	r.service = object[ServiceEducation]{of: serviceEducationRecord, value: &v.Education.Service, area: inService, ev: ev}
	r.complement = object[TrainingCondition]{of: complementRecord, value: &v.Education.Complement, area: inComplement, ev: ev}
	r.experience = object[ExperienceAsked]{of: experienceRecord, value: &v.Experience, area: inExperience, ev: ev}
	r.parts.set(ev, partRecord, inParts, v.Experience.OfWhich)
	r.requiredCredentials.set(ev, requiredCredentialRecord, inRequiredCredentials, v.Credentials)
	r.requiredLanguages.set(ev, languageRecord, inRequiredLanguages, v.Languages)
	r.workingLanguages.set(ev, languageRecord, inWorkingLanguages, v.WorkingLanguages)
	return r
}

// fixing returns the evaluation that the records belong to, with room for the
// slots of comprehensions. It is for making plans only.
func (r *postRecords) fixing(slots int) *evaluation {
	ev := r.vacancy.ev
	if len(ev.slots) < slots {
		ev.slots = make([]ref.Val, slots)
	}
	return ev
}

// isFixed reports whether this is the evaluation of no case that the records
// of a post belong to, which many assessments read at once.
func (ev *evaluation) isFixed() bool { return ev == ev.vacancy.ev }

// evaluation returns an evaluation of a case about the post, to be released
// when nothing of it is needed any more.
func (p *Post) evaluation(ctx context.Context, c *Case, o *assessOptions) *evaluation {
	ev, ok := p.released.Get().(*evaluation)
	if !ok {
		ev = &evaluation{
			postRecords: p.records, post: p,
			results:   make([]*result, len(p.steps)),
			variables: make([]ref.Val, len(p.policy.variables)), slots: make([]ref.Val, p.slots),
		}
	}
	n := &c.Candidate
	ev.ctx, ev.c, ev.stage, ev.order, ev.interpreted = ctx, c, o.stage, o.stage.order(), o.interpreted || p.policy.observer != nil
	ev.long = ctx.Done() != nil && n.length() > longHistory
	ev.candidate = object[Candidate]{of: candidateRecord, value: n, area: inCandidate, ev: ev}
	ev.application = object[Application]{of: applicationRecord, value: &c.Application, area: inApplication, ev: ev}
	ev.qualifications.set(ev, qualificationRecord, inQualifications, n.Qualifications)
	ev.ranks.set(ev, rankRecord, inRanks, n.Ranks)
	ev.employments.set(ev, employmentRecord, inEmployments, n.Employments)
	ev.contracts.set(ev, contractRecord, inContracts, n.Contracts)
	ev.credentials.set(ev, credentialRecord, inCredentials, n.Credentials)
	ev.languages.set(ev, languageRecord, inLanguages, n.Languages)
	ev.residences.set(ev, residenceRecord, inResidences, n.Residences)
	ev.mission = ev.missionOf(p.vacancy.Mission)
	ev.asOf = ev.referenceDay()
	ev.start, ev.deploymentStart = ev.startDay()
	return ev
}

// release makes the evaluation ready for another case.
func (ev *evaluation) release() {
	if ev.c.Candidate.length() > longHistory {
		return
	}
	clear(ev.results)
	clear(ev.variables)
	clear(ev.slots)
	clear(ev.unknowns)
	clear(ev.shared)
	clear(ev.sets)
	ev.kept.release()
	*ev = evaluation{
		postRecords: ev.postRecords, post: ev.post,
		qualifications: ev.qualifications, ranks: ev.ranks, employments: ev.employments,
		contracts: ev.contracts, credentials: ev.credentials, languages: ev.languages, residences: ev.residences,
		results: ev.results, variables: ev.variables, slots: ev.slots,
		unknowns: ev.unknowns, shared: ev.shared, sets: ev.sets[:0], timelines: ev.timelines[:0], windows: ev.windows[:0], kept: ev.kept,
	}
	ev.post.released.Put(ev)
}

// result returns the result of a step or of an element of an each.
func (ev *evaluation) result(s *step, id string, element ref.Val) *result {
	res := ev.ofResults.next()
	res.rule, res.due, res.id, res.element = s.rule, s.due, id, element
	res.own.ev, res.value = ev, &res.own
	return res
}

// length is the number of records of a history.
func (c *Candidate) length() int {
	return len(c.Qualifications) + len(c.Ranks) + len(c.Employments) + len(c.Contracts) + len(c.Credentials) + len(c.Languages) + len(c.Residences)
}

// set makes the list one of a case, in the room that it has.
func (l *recordList[T]) set(ev *evaluation, of *recordType[T], a area, list []T) {
	if cap(l.records) < len(list) {
		l.records = make([]object[T], len(list))
	}
	l.records = l.records[:len(list)]
	for i := range list {
		l.records[i] = object[T]{of: of, value: &list[i], area: a, index: i, ev: ev}
	}
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

// startDay is start and deploymentStart: when deployment starts by the
// application, else by the vacancy. Where neither says, start is the closing
// date, and deploymentStart any day from then on.
func (ev *evaluation) startDay() (start, deployment *dateValue) {
	stated, open := ev.c.Application.DeploymentStarts, ev.application.fact(factDeploymentStarts)
	d := stated
	if !d.IsValid() {
		d = ev.vacancy.value.Starts.Date
	}
	if d.IsValid() {
		start = ev.dated(d, stated, open)
		return start, start
	}
	d = ev.vacancy.value.Closes
	if !d.IsValid() {
		d = experience.UnknownDate()
	}
	return ev.dated(d, stated, open), ev.dated(experience.UnknownDate().Later(d), stated, open)
}

// dated is a day with the fact that would make it exact.
func (ev *evaluation) dated(d, stated experience.Date, f fact) *dateValue {
	v := ev.date(d, nil)
	if !d.IsExact() {
		v.open = ev.unknown(f)
		if stated.IsExact() {
			v.open = ev.unknown(ev.vacancy.fact(vacancyRecord.number("closes")))
		}
	}
	return v
}

// date returns a date as a value. What belongs to the post is read by many
// assessments at once and has no room.
func (ev *evaluation) date(d experience.Date, open *types.Unknown) *dateValue {
	if ev.isFixed() {
		return &dateValue{date: d, open: open}
	}
	return ev.ofDates.new(dateValue{date: d, open: open})
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
	case "deploymentStart":
		return ev.deploymentStart, true
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

// variable evaluates a variable of the policy when it is first asked for, for
// the interpreter.
func (ev *evaluation) variable(n int) ref.Val {
	if q := ev.post.policy.variables[n].question; q > 0 {
		return ev.answer(q - 1)
	}
	if ev.variables[n] == nil {
		v, err := ev.post.policy.variables[n].interpret(ev)
		if err != nil {
			v = types.WrapErr(err)
		}
		ev.variables[n] = v
	}
	return ev.variables[n]
}
