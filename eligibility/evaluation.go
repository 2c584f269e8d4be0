package eligibility

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"

	"github.com/qualify-rules/qualify/experience"
)

// evaluation is one assessment under way: the case as expressions see it, and
// the results so far.
type evaluation struct {
	post  *Post
	c     *Case
	stage Stage

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
	evidence  evidence
}

// result is the outcome of a rule.
type result struct {
	rule     *rule
	id       string
	value    *fulfilment
	status   Status
	missing  []fact // what would decide it; of an undetermined rule only
	message  string
	children []*result
}

func newEvaluation(p *Post, c *Case, stage Stage) *evaluation {
	ev := &evaluation{post: p, c: c, stage: stage}
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

// missionOf returns the mission of the vacancy. One that the case does not
// list has nothing stated about it.
func (ev *evaluation) missionOf(id string) object[Mission] {
	m := object[Mission]{of: missionRecord, value: &Mission{ID: id}, area: inMissions, index: -1, ev: ev}
	for i := range ev.c.Missions {
		if id != "" && ev.c.Missions[i].ID == id {
			m.value, m.index = &ev.c.Missions[i], i
		}
	}
	return m
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
		v, _, err := ev.post.policy.variables[n].Eval(ev)
		if err != nil {
			v = types.WrapErr(err)
		}
		ev.variables[n] = v
	}
	return ev.variables[n]
}

// RuleError is an error of a rule that is well formed: of an expression whose
// value does not exist. It is a defect of the policy and never a verdict.
type RuleError struct {
	Rule string // path of the rule
	Err  error
}

// Error returns the path of the rule and what failed.
func (e *RuleError) Error() string { return fmt.Sprintf("rule %s: %v", e.Rule, e.Err) }

// Unwrap returns what failed.
func (e *RuleError) Unwrap() error { return e.Err }

// run evaluates every top-level rule of the stage.
func (ev *evaluation) run(ctx context.Context) error {
	for i, r := range ev.post.rules {
		if err := ctx.Err(); err != nil {
			return err
		}
		if r.stage.order() > ev.stage.order() {
			continue
		}
		res, err := ev.rule(r)
		if err != nil {
			return err
		}
		ev.results[i] = res
	}
	return nil
}

func (ev *evaluation) eval(p *program) (ref.Val, error) {
	v, _, err := p.Eval(ev)
	if err != nil {
		return nil, &RuleError{p.path, err}
	}
	return v, nil
}

func (ev *evaluation) rule(r *rule) (*result, error) {
	res := &result{rule: r, id: r.ID}
	var condition *types.Unknown
	if r.when != nil {
		v, err := ev.eval(r.when)
		if err != nil {
			return nil, err
		}
		if v == ref.Val(types.False) {
			res.value = &fulfilment{ev: ev, notApplicable: true}
			res.status = NotApplicable
			return res, nil
		}
		condition, _ = v.(*types.Unknown)
	}
	var err error
	switch {
	case r.list != nil:
		err = ev.each(r, res)
	case r.expression != nil:
		err = ev.leaf(r.expression, res)
	case r.Judgement != "":
		ev.judge(r, res)
	default:
		err = ev.group(r, res)
	}
	if err != nil {
		return nil, err
	}
	res.settle()
	if condition != nil && res.status != Met && res.status != NotApplicable {
		ev.undetermined(res, union(res.missing, factsOf(condition)))
	}
	if res.status == Unmet && r.message != nil {
		// A message that fails is no reason to fail the decision.
		if v, _, err := r.message.Eval(ev); err == nil {
			if s, ok := v.(types.String); ok && len(s) <= 5<<10 && !strings.ContainsRune(string(s), '\n') {
				res.message = strings.TrimSpace(string(s))
			}
		}
	}
	if res.status == Unmet && res.message == "" {
		res.message = r.Message
	}
	return res, nil
}

// settle derives the status from the value, and what is missing from that of
// the undetermined children or from the value.
func (r *result) settle() {
	switch {
	case r.value.notApplicable:
		r.status = NotApplicable
	case r.value.onset.Met() == experience.True:
		r.status = Met
	case r.value.onset.Met() == experience.False:
		r.status = Unmet
	default:
		r.status = NotDetermined
		for _, c := range r.children {
			if c.status == NotDetermined {
				r.missing = union(r.missing, c.missing)
			}
		}
		if r.children == nil {
			r.missing = r.value.open()
		}
	}
}

// undetermined makes a result undetermined whatever it was.
func (ev *evaluation) undetermined(res *result, missing []fact) {
	onset := experience.PerhapsAlways()
	res.value = &fulfilment{ev: ev, onset: onset, evidence: res.value.evidence, doubts: []doubt{{onset, missing}}}
	res.status = NotDetermined
	res.missing = missing
}

// leaf evaluates an expression.
func (ev *evaluation) leaf(p *program, res *result) error {
	ev.evidence = evidence{}
	v, err := ev.eval(p)
	if err != nil {
		return err
	}
	switch v := v.(type) {
	case types.Bool:
		res.value = &fulfilment{ev: ev, onset: experience.Never(), evidence: ev.evidence}
		if v {
			res.value.onset = experience.Always()
		}
	case *fulfilment:
		res.value = v
	case *types.Unknown:
		onset := experience.PerhapsAlways()
		res.value = &fulfilment{ev: ev, onset: onset, evidence: ev.evidence, doubts: []doubt{{onset, factsOf(v)}}}
	default:
		return &RuleError{p.path, fmt.Errorf("the expression gave a %s", v.Type().TypeName())}
	}
	return nil
}

func (ev *evaluation) judge(r *rule, res *result) {
	res.value = &fulfilment{ev: ev}
	switch ev.c.Application.Judgements[r.path] {
	case experience.True:
	case experience.False:
		res.value.onset = experience.Never()
	default:
		res.value.onset = experience.PerhapsAlways()
		res.value.doubts = []doubt{{res.value.onset, []fact{factOf(inJudgements, r.judgement, wholeArea)}}}
	}
}

func (ev *evaluation) group(r *rule, res *result) error {
	for _, child := range r.children {
		if child.stage.order() > ev.stage.order() {
			continue
		}
		c, err := ev.rule(child)
		if err != nil {
			return err
		}
		res.children = append(res.children, c)
	}
	res.value = ev.combined(res.children, r.any)
	return nil
}

func (ev *evaluation) combined(children []*result, any bool) *fulfilment {
	values := make([]*fulfilment, len(children))
	for i, c := range children {
		values[i] = c.value
	}
	return combine(ev, values, any)
}

// each evaluates an expression for every element of a list.
func (ev *evaluation) each(r *rule, res *result) error {
	list, err := ev.eval(r.list)
	if err != nil {
		return err
	}
	if u, ok := list.(*types.Unknown); ok {
		onset := experience.PerhapsAlways()
		res.value = &fulfilment{ev: ev, onset: onset, doubts: []doubt{{onset, factsOf(u)}}}
		return nil
	}
	lister, ok := list.(traits.Lister)
	if !ok {
		return &RuleError{r.path, fmt.Errorf("each gave a %s", list.Type().TypeName())}
	}
	ev.element = r.element
	for it := lister.Iterator(); it.HasNext() == types.True; {
		ev.current = it.Next()
		child := &result{rule: r, id: strconv.Itoa(len(res.children))}
		if err := ev.leaf(r.expression, child); err != nil {
			return err
		}
		child.settle()
		res.children = append(res.children, child)
	}
	ev.element, ev.current = "", nil
	res.value = ev.combined(res.children, false)
	res.children = slices.Clip(res.children)
	return nil
}
