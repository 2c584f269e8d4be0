package eligibility

import (
	"strings"
)

// findings builds the tree of findings, with or without what explains it.
func (ev *evaluation) findings(results []*result, explain bool) []Finding {
	out := make([]Finding, 0, len(results))
	for _, r := range results {
		if r == nil {
			continue
		}
		f := Finding{ID: r.id, Status: r.status}
		if r.status == Met {
			f.On = r.value.onset.On()
		}
		if len(r.children) > 0 {
			f.Findings = ev.findings(r.children, explain)
		}
		if explain {
			ev.explain(r, &f)
		}
		out = append(out, f)
	}
	return out
}

func (ev *evaluation) explain(r *result, f *Finding) {
	f.Title = r.title
	f.AnyOf = r.rule.any && len(r.children) > 0
	f.Cite = r.rule.cite
	if r.status == NotApplicable {
		f.Reason = ev.reason(r, f)
		return
	}
	f.Missing = ev.pointers(r.missing)
	if e := r.value.evidence; e.service != nil {
		measured := e.measured
		if e.need.IsValid() {
			measured = e.service.counting.Measure(e.service.records)
			r.value.evidence.measured = measured
		}
		f.Have, f.Need, f.Limit = measured.Low.Period(), e.need, e.limit
		if measured.High != measured.Low {
			f.HaveAtMost = measured.High.Period()
		}
		if e.need.IsValid() && r.status == Unmet && measured.Low.Compare(e.need) < 0 {
			f.Short = measured.Low.Short(e.need)
		}
		f.By = ev.pointers(e.service.by())
	}
	if f.By == nil {
		f.By = ev.pointers(r.value.by)
	}
	if r.status == Unmet {
		f.ProjectedOn, _ = r.turns()
	}
	f.Reason = ev.reason(r, f)
	branch(f)
}

// record returns the words for the record that a fact is of.
func (ev *evaluation) record(f fact) string {
	a, i, _ := f.parts()
	c := &ev.c.Candidate
	named := func(kind, id, title string) string {
		if title != "" {
			return kind + " “" + title + "” (" + id + ")"
		}
		return kind + " " + id
	}
	switch a {
	case inQualifications:
		return named("qualification", c.Qualifications[i].ID, c.Qualifications[i].Title)
	case inRanks:
		return named("rank", c.Ranks[i].ID, c.Ranks[i].Title)
	case inEmployments:
		return named("employment", c.Employments[i].ID, c.Employments[i].Title)
	case inContracts:
		return named("contract", c.Contracts[i].ID, c.Contracts[i].Post)
	case inCredentials:
		return named("credential", c.Credentials[i].ID, c.Credentials[i].Kind)
	case inResidences:
		return "residence in " + c.Residences[i].Country
	}
	return ev.pointer(f)
}

// factWords returns the words for a missing fact.
func (ev *evaluation) factWords(f fact) string {
	a, i, field := f.parts()
	c := ev.c
	pointer := ev.pointer(f)
	name := pointer[strings.LastIndexByte(pointer, '/')+1:]
	switch a {
	case inRelevanceOfQualifications:
		return "whether " + ev.record(factOf(inQualifications, i, wholeArea)) + " is relevant"
	case inRelevanceOfEmployments:
		return "whether " + ev.record(factOf(inEmployments, i, wholeArea)) + " is relevant"
	case inJudgements:
		return "the judgement on " + ev.post.judgements[i]
	case inMissions:
		if field == wholeArea {
			return "the missions with their levels of threat"
		}
		return name + " of mission " + c.Missions[i].ID
	case inThreat:
		return "the exact day of a level of threat of mission " + c.Missions[i].ID
	case inCandidate:
		return name + " of the candidate"
	case inApplication:
		return name + " of the application"
	case inNQF:
		return "nqf " + name + " of " + ev.record(factOf(inQualifications, i, wholeArea))
	case inQualifications, inRanks, inEmployments, inContracts, inCredentials, inResidences:
		return name + " of " + ev.record(f.record())
	case inLanguages:
		return name + " of language " + c.Candidate.Languages[i].Code
	}
	return name + " of the vacancy"
}

// describe returns the title of an element that a rule is repeated for.
func describe(element any) string {
	switch e := element.(type) {
	case *object[ExperiencePart]:
		s := words(e.value.Period)
		if e.value.Domains != nil {
			s += " in " + strings.Join(e.value.Domains, " or ")
		}
		if e.value.Levels != nil {
			s += " at the level of " + strings.Join(e.value.Levels, " or ")
		}
		return s
	case *object[RequiredCredential]:
		if e.value.Codes == nil {
			return e.value.Kind
		}
		return e.value.Kind + " " + strings.Join(e.value.Codes, " or ")
	case *object[Residence]:
		return e.value.Country
	case *object[Language]:
		return e.value.Code + " " + string(e.value.Level)
	}
	return ""
}
