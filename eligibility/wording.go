package eligibility

import (
	"cmp"
	"strings"

	"github.com/google/cel-go/common/types"

	"github.com/qualify-rules/qualify/eligibility/messages"
)

// wording puts what an assessment says into a language.
type wording struct {
	*messages.Language
	ev           *evaluation
	translations []*Translation
	ledgers      bool // are wanted
}

func (o *assessOptions) wording(ev *evaluation) (*wording, error) {
	w := &wording{Language: o.language, ev: ev, translations: o.translations, ledgers: o.ledger}
	if w.Language == nil {
		var err error
		if w.Language, err = messages.In(messages.English); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// InLanguage says titles and reasons in a language, with the words of the
// policies and vacancies from translations; what a translation lacks is said as
// the policy or vacancy states it. Without this option, reasons are in English.
func InLanguage(l *messages.Language, translations ...*Translation) AssessOption {
	return assessOptionFunc(func(o *assessOptions) { o.language, o.translations = l, translations })
}

// title returns what a result is called.
func (w *wording) title(r *result) string {
	if r.element != nil {
		return w.element(r.element)
	}
	return cmp.Or(w.translated(r.rule).Title, r.rule.Title)
}

// message returns what an applicant is told where the rule is not met.
func (w *wording) message(r *result) string {
	return cmp.Or(w.translated(r.rule).Message, r.message)
}

func (w *wording) question(r *rule) string {
	return cmp.Or(w.translated(r).Judgement, r.Judgement)
}

// translated returns the words of a rule in the language.
func (w *wording) translated(r *rule) RuleWords {
	for _, t := range w.translations {
		if words, ok := t.rule(w.ev.post, r.path); ok && t.language == w.Code() {
			return words
		}
	}
	return RuleWords{}
}

// translatedVariable returns the words of a variable of the policy in the
// language.
func (w *wording) translatedVariable(name string) VariableWords {
	for _, t := range w.translations {
		if words := t.Variable(w.ev.post.policy, name); t.language == w.Code() && words != (VariableWords{}) {
			return words
		}
	}
	return VariableWords{}
}

// record returns the words for the record that a fact is of.
func (w *wording) record(f fact) messages.Phrase {
	a, i, _ := f.parts()
	c := &w.ev.c.Candidate
	named := func(key, id, title string) messages.Phrase {
		if title == "" {
			return messages.Say(key, "name", id)
		}
		return messages.Say(key, "name", messages.Say("record.titled", "title", title, "id", id))
	}
	switch a {
	case inQualifications:
		return named("record.qualification", c.Qualifications[i].ID, c.Qualifications[i].Title)
	case inRanks:
		return named("record.rank", c.Ranks[i].ID, c.Ranks[i].Title)
	case inEmployments:
		return named("record.employment", c.Employments[i].ID, c.Employments[i].Title)
	case inContracts:
		return named("record.contract", c.Contracts[i].ID, c.Contracts[i].Post)
	}
	if a == inResidences {
		if i == len(c.Residences) {
			return messages.Say("fact.Candidate.residences")
		}
		return messages.Say("record.residence", "country", w.Country(c.Residences[i].Country))
	}
	return named("record.credential", c.Credentials[i].ID, w.Term(c.Credentials[i].Kind))
}

// fact returns the words for a missing fact.
func (w *wording) fact(f fact) messages.Phrase {
	a, i, field := f.parts()
	c := w.ev.c
	pointer := w.ev.pointer(f)
	name := pointer[strings.LastIndexByte(pointer, '/')+1:]
	switch a {
	case inRelevanceOfQualifications:
		return messages.Say("fact.relevance", "record", w.record(factOf(inQualifications, i, wholeArea)))
	case inRelevanceOfEmployments:
		return messages.Say("fact.relevance", "record", w.record(factOf(inEmployments, i, wholeArea)))
	case inJudgements:
		return messages.Say("fact.judgement", "title", w.judgementTitle(w.ev.post.judgements[i]))
	case inMissions:
		if field == wholeArea {
			return messages.Say("fact.missions")
		}
		return messages.Say("fact.Mission."+name, "mission", c.Missions[i].ID)
	case inThreat:
		return messages.Say("fact.threat", "mission", c.Missions[i].ID)
	case inCandidate:
		return messages.Say("fact.Candidate." + name)
	case inApplication:
		return messages.Say("fact.Application." + name)
	case inNQF:
		return messages.Say("fact.NQF."+name, "record", w.record(factOf(inQualifications, i, wholeArea)))
	case inQualifications:
		return messages.Say("fact.Qualification."+name, "record", w.record(f.record()))
	case inRanks:
		return messages.Say("fact.Rank."+name, "record", w.record(f.record()))
	case inEmployments:
		return messages.Say("fact.Employment."+name, "record", w.record(f.record()))
	case inContracts:
		return messages.Say("fact.Contract."+name, "record", w.record(f.record()))
	case inResidences:
		return messages.Say("fact.Residence."+name, "record", w.record(f.record()))
	case inCredentials:
		return messages.Say("fact.Credential."+name, "record", w.record(f.record()))
	case inLanguages:
		return messages.Say("fact.Language."+name, "language", w.LanguageName(c.Candidate.Languages[i].Code))
	}
	return w.asked(f, strings.TrimPrefix(pointer, "/vacancy/"))
}

// asked returns the words for a fact that the vacancy does not state: what is
// within an element of a list by that element.
func (w *wording) asked(f fact, path string) messages.Phrase {
	a, i, field := f.parts()
	top, _, _ := strings.Cut(path, "/")
	name := path[strings.LastIndexByte(path, '/')+1:]
	v := w.ev.post.vacancy
	switch {
	case a == inService && field == wholeArea, a == inComplement && field == wholeArea:
		return messages.Say("fact.Education." + name)
	case field != wholeArea:
		switch a {
		case inEducation:
			return messages.Say("fact.Education." + name)
		case inService:
			return messages.Say("fact.ServiceEducation." + name)
		case inComplement:
			return messages.Say("fact.TrainingCondition." + name)
		case inExperience:
			return messages.Say("fact.ExperienceAsked." + name)
		case inParts:
			return messages.Say("fact.ExperiencePart."+name, "part", i+1)
		case inRequiredCredentials:
			return messages.Say("fact.RequiredCredential."+name, "credential", w.Term(v.Credentials[i].Kind))
		case inRequiredLanguages:
			return messages.Say("fact.RequiredLanguage."+name, "language", w.LanguageName(v.Languages[i].Code))
		case inWorkingLanguages:
			return messages.Say("fact.WorkingLanguage."+name, "language", w.LanguageName(v.WorkingLanguages[i].Code))
		}
	}
	if key := "fact.Vacancy." + top; w.Has(key) {
		return messages.Say(key)
	}
	return messages.Say("fact.Vacancy.other")
}

// missing returns the words for missing facts, by their pointers.
func (w *wording) missing(facts []fact) map[string]string {
	said := make(map[string]string)
	for _, f := range w.ev.eachOf(facts) {
		said[w.ev.pointer(f)] = w.Text("amount.exactly", "period", w.fact(f))
	}
	return said
}

// judgementTitle returns what a judgement is about: the titles of the rule that
// asks for it and of those around it, or the title of the variable; where there
// is none, the question.
func (w *wording) judgementTitle(path string) string {
	var find func([]*rule, []string) string
	find = func(rules []*rule, around []string) string {
		for _, r := range rules {
			titles := around
			if title := cmp.Or(w.translated(r).Title, r.Title); title != "" {
				titles = append(around[:len(around):len(around)], title)
			}
			if r.path == path {
				return cmp.Or(strings.Join(titles, " – "), w.question(r))
			}
			if strings.HasPrefix(path, r.path+"/") {
				return find(r.children, titles)
			}
		}
		return ""
	}
	for _, v := range w.ev.post.policy.source.Variables {
		if v.Name == path && v.Judgement != "" {
			said := w.translatedVariable(v.Name)
			return cmp.Or(said.Title, v.Title, said.Judgement, v.Judgement)
		}
	}
	return cmp.Or(find(w.ev.post.rules, nil), find(w.ev.post.desirable, nil))
}

// either names several things of which one is enough.
func (w *wording) either(all []messages.Phrase) messages.Phrase {
	joined := all[0]
	for i, one := range all[1:] {
		key := "list.next"
		if i+2 == len(all) {
			key = "list.choice"
		}
		joined = messages.Say(key, "before", joined, "item", one)
	}
	return joined
}

// element returns the title of an element that a rule is repeated for.
func (w *wording) element(element any) string {
	if codes, ok := element.(*object[RequiredCredential]); ok && len(codes.value.Codes) == 0 {
		return w.Term(codes.value.Kind)
	}
	choice := func(codes []string) messages.Phrase {
		var words []messages.Phrase
		for _, code := range codes {
			words = append(words, messages.Say("amount.exactly", "period", w.Term(code)))
		}
		return w.either(words)
	}
	part := func(key string, codes []string) messages.Phrase {
		if len(codes) == 0 {
			return messages.Say("reason.nothing")
		}
		return messages.Say(key, "list", choice(codes))
	}
	switch e := element.(type) {
	case *object[ExperiencePart]:
		domains, levels := part("element.domains", e.value.Domains), part("element.levels", e.value.Levels)
		if e.value.Period == oneDay {
			return w.Text("element.partSome", "domains", domains, "levels", levels)
		}
		return w.Text("element.part", "period", e.value.Period, "domains", domains, "levels", levels)
	case *object[RequiredCredential]:
		return w.Text("element.credential", "kind", w.Term(e.value.Kind), "codes", choice(e.value.Codes))
	case *object[Residence]:
		return w.Country(e.value.Country)
	case *object[Language]:
		return w.Text("element.language", "language", w.LanguageName(e.value.Code), "level", string(e.value.Level))
	case types.String:
		return string(e)
	}
	return ""
}
