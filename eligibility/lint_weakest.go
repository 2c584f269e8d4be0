package eligibility

import (
	"context"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/eqf"
	"github.com/qualify-rules/qualify/experience"
)

// weakest makes candidates who have just what a post requires and nothing
// else: what is desirable and met by them is required already.
type weakest struct {
	post         *Post
	vacancy      *Vacancy
	asOf, starts experience.Date
}

// essential is a requirement and the ways to fulfil it.
type essential struct {
	what      string
	ways      []Candidate
	anyway    map[string]bool // the desirable rules that are met without it
	education bool
}

// newWeakest returns nil where the policy is not known or a rule does not compile.
func (l *linter) newWeakest() *weakest {
	if l.policy == nil {
		return nil
	}
	post, err := l.policy.Post(l.vacancy)
	if err != nil {
		return nil
	}
	w := &weakest{post: post, vacancy: l.vacancy, asOf: l.vacancy.Closes.First()}
	if !w.asOf.IsValid() {
		w.asOf = experience.MustParseDate("2026-01-01") // any day will do: all others depart from it
	}
	w.starts = w.asOf
	if day := l.vacancy.Starts.Date; day.IsValid() {
		w.starts = w.asOf.Later(day.Last())
	}
	return w
}

// The ids of the records.
const (
	weakestWork    = "work"
	weakestStudies = "studies"
)

func (w *weakest) assess(c Candidate, options ...AssessOption) *Assessment {
	c.ID = "weakest"
	k := &Case{ID: c.ID, Candidate: c, Vacancy: VacancyRef{Reference: w.vacancy.Reference}, Application: Application{Date: w.asOf, DeploymentStarts: w.starts}}
	k.Application.Relevance = make(map[string]experience.Truth)
	for _, e := range c.Employments {
		k.Application.Relevance[e.ID] = experience.True
	}
	a, err := w.post.Assess(context.Background(), k, append(options, WithoutPins())...)
	if err != nil {
		return new(Assessment) // a defect of a rule is not the linter's: it shows in any assessment
	}
	return a
}

// welcome returns the ids of the desirable rules that a candidate meets.
func (w *weakest) welcome(c Candidate) map[string]bool {
	return metIn(w.assess(c, WithDesirable()).Desirable)
}

func metIn(findings []Finding) map[string]bool {
	met := make(map[string]bool)
	for _, f := range findings {
		met[f.ID] = f.Status == Met
	}
	return met
}

// welcomeInEachWay returns those that are met whichever way is taken.
func (w *weakest) welcomeInEachWay(ways []Candidate) map[string]bool {
	var all map[string]bool
	for i, way := range ways {
		met := w.welcome(way)
		if i == 0 {
			all = met
		}
		for id := range all {
			all[id] = all[id] && met[id]
		}
	}
	return all
}

func (w *weakest) requirements() []essential {
	v := w.vacancy
	var all []essential
	if ways := w.educations(w.asOf); ways != nil {
		what := "the education"
		if len(v.Education.Fields) > 0 && !v.Education.FieldsOpen {
			what = "the field of study"
		}
		all = append(all, essential{what: what, ways: ways, education: true})
	}
	all = append(all, w.experiences()...)
	for _, c := range v.Credentials {
		all = append(all, essential{what: strings.TrimSpace(c.Kind + " " + strings.Join(c.Codes, " or ")), ways: w.credentials(c.Kind, c.Codes, w.starts)})
	}
	if v.Clearance != "" && v.Clearance != "NOT REQUIRED" && v.Clearance != "NOT APPLICABLE" {
		all = append(all, essential{what: "clearance " + v.Clearance, ways: w.credentials("clearance", []string{v.Clearance}, w.starts)})
	}
	for _, a := range slices.Concat(v.Languages, v.WorkingLanguages) {
		all = append(all, essential{what: a.Code + " " + string(a.Level), ways: []Candidate{{Languages: []Language{a}}}})
	}
	return slices.Concat(all, w.credentialRules(), w.ownRules())
}

// educations are the ways to fulfil the education on a day. A degree has all
// that is asked of one, although any of it may be enough.
func (w *weakest) educations(awarded experience.Date) []Candidate {
	e := &w.vacancy.Education
	level := e.EQF
	if !level.IsValid() && e.Cycle.IsValid() {
		level = e.Cycle.Level()
	}
	var ways []Candidate
	way := func(q Qualification, bound bool) {
		q.ID, q.Attested, q.Awarded = weakestStudies, experience.True, awarded
		if !bound || e.FieldsOpen || len(e.Fields) == 0 {
			ways = append(ways, Candidate{Qualifications: []Qualification{q}})
			return
		}
		for _, field := range e.Fields {
			q.Fields = []eqf.Field{field}
			ways = append(ways, Candidate{Qualifications: []Qualification{q}})
		}
	}
	switch {
	case e.StudyYears != 0 || e.Cycle.IsValid() || e.EQF > 5:
		way(Qualification{Kind: University, StudyYears: e.StudyYears, EQF: level, Cycle: e.Cycle}, true)
	case e.EQF.IsValid():
		way(Qualification{Kind: Vocational, EQF: level}, true)
	}
	if e.Secondary {
		level = max(level, 4)
		diploma := Qualification{ID: weakestStudies, Kind: Secondary, EQF: 4, Attested: experience.True, Awarded: awarded}
		if len(e.Complement.Kinds) == 0 {
			ways = append(ways, Candidate{Qualifications: []Qualification{diploma}})
		}
		for _, kind := range e.Complement.Kinds {
			training := Qualification{ID: "training", Kind: kind, Attested: experience.True, Awarded: awarded}
			ways = append(ways, Candidate{Qualifications: []Qualification{diploma, training}})
		}
	}
	services := slices.Clone(e.Service.Kinds)
	if e.Service.CivilianSecurity {
		services = append(services, CivilianSecurityService)
	}
	for _, kind := range services {
		way(Qualification{Kind: QualificationKind(kind), EquivalentEQF: level, Course: e.Service.Course}, e.FieldPlaced == AfterService)
		if e.Service.Rank {
			ways = append(ways, Candidate{Ranks: []Rank{{ID: "rank", Service: kind, EquivalentEQF: level, Attested: experience.True, Awarded: awarded}}})
		}
	}
	return ways
}

// experiences are the total and its parts. What is asked of time is met by no
// more than it, and where full time is not asked by half time as well.
func (w *weakest) experiences() []essential {
	x := &w.vacancy.Experience
	var all []essential
	for i, p := range append([]ExperiencePart{{Period: x.Total, Domains: x.Domains}}, x.OfWhich...) {
		if !p.Period.IsValid() || p.Period.Compare(noTime) == 0 {
			continue
		}
		if len(p.Domains) == 0 {
			p.Domains = x.Domains
		}
		a := essential{what: inEnglish(p.Period) + " of experience"}
		switch {
		case len(p.Domains) > 0:
			a.what = "work in " + strings.Join(p.Domains, " or ")
		case i > 0 && len(p.Levels) > 0:
			a.what = "work at the level " + strings.Join(p.Levels, " or ")
		}
		full := w.asOf.Add(experience.MustParsePeriod("P1D")).Subtract(p.Period)
		works := []Employment{{From: full, Fraction: experience.FullTime()}}
		if half, err := experience.ParseFraction("0.5"); err == nil && !x.FullTime {
			works = append(works, Employment{From: full.Subtract(p.Period), Fraction: half})
		}
		for _, work := range works {
			before := w.educations(work.From)
			if len(before) == 0 {
				before = []Candidate{{}}
			}
			a.anyway = w.welcome(before[0])
			for _, domain := range orNotStated(p.Domains) {
				for _, level := range orNotStated(p.Levels) {
					e := work
					e.ID, e.To, e.Domains, e.Levels = weakestWork, w.asOf, domain, level
					way := before[0]
					way.Employments = []Employment{e}
					a.ways = append(a.ways, way)
				}
			}
		}
		all = append(all, a)
	}
	return all
}

// orNotStated returns a list of each word, or that of no list.
func orNotStated(words []string) [][]string {
	if len(words) == 0 {
		return [][]string{nil}
	}
	var lists [][]string
	for _, word := range words {
		lists = append(lists, []string{word})
	}
	return lists
}

// credentials are those of a kind with each code, valid from the application to a
// day. Who has a driving
// licence of categories BE to DE has category B (Directive 2006/126/EC, Article 6).
func (w *weakest) credentials(kind string, codes []string, expires experience.Date) []Candidate {
	if len(codes) == 0 {
		codes = []string{""}
	}
	var ways []Candidate
	for _, code := range codes {
		c := Credential{ID: "credential", Kind: kind, Code: code, Issued: w.asOf, Expires: expires}
		held := []Credential{c}
		if kind == "drivingLicence" && code > "B" {
			c.ID, c.Code = "categoryB", "B"
			held = append(held, c)
		}
		ways = append(ways, Candidate{Credentials: held})
	}
	return ways
}
