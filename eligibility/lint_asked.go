package eligibility

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/eqf"
	"github.com/qualify-rules/qualify/experience"
)

// usualYears are the least and the most years of study that a notice asks with
// an EQF level: of a bachelor three or four, of a Master four to six, all told.
// Those of level 0 are usual where no level is asked.
var usualYears = map[eqf.Level][2]StudyYears{0: {1, 10}, 5: {1, 2.5}, 6: {3, 4}, 7: {4, 6}, 8: {6, 10}}

// studyYears holds the years of study against the level that is asked.
func (l *linter) studyYears(level eqf.Level) {
	years := l.vacancy.Education.StudyYears
	const at = "/education/studyYears"
	usual, ok := usualYears[level]
	switch {
	case years == 0 || ok && usual[0] <= years && years <= usual[1]:
	case !ok:
		l.report(LevelYears, at, "%v years of study beside EQF level %d, at which nobody studies at a university", float64(years), level)
	case !level.IsValid():
		l.report(LevelYears, at, "%v years of study: %v to %v are usual at any level", float64(years), float64(usual[0]), float64(usual[1]))
	default:
		l.report(LevelYears, at, "%v years of study beside EQF level %d, for which %v to %v are usual", float64(years), level, float64(usual[0]), float64(usual[1]))
	}
}

func (l *linter) education() {
	e := &l.vacancy.Education
	const at = "/education"
	degree := e.StudyYears != 0 || e.EQF > 5 || e.Cycle.IsValid()
	service := len(e.Service.Kinds) > 0 || e.Service.CivilianSecurity
	fields := len(e.Fields) > 0
	placed := e.FieldPlaced == BeforeService || e.FieldPlaced == AfterService

	level := e.EQF
	if level.IsValid() && e.Cycle.IsValid() && e.Cycle.Level() != level {
		l.report(LevelCycle, at+"/cycle", "a degree of the %s cycle is at EQF level %d, and level %d is asked: find out which is meant", e.Cycle, e.Cycle.Level(), level)
	}
	if !level.IsValid() && e.Cycle.IsValid() {
		level = e.Cycle.Level()
	}
	if printed := e.CyclePrinted; printed.IsValid() {
		switch {
		case !e.Cycle.IsValid():
			l.report(KeyIdle, at+"/cyclePrinted", "cyclePrinted is read only beside cycle: state the cycle that is meant")
		case printed == e.Cycle:
			l.report(KeyIdle, at+"/cyclePrinted", "cyclePrinted is the cycle that is meant: leave it out")
		case level.IsValid() && printed.Level() != level:
			l.report(LevelCycle, at+"/cyclePrinted", "the notice prints the %s cycle beside EQF level %d, at which the %s is", printed, level, e.Cycle)
		}
	}
	l.studyYears(level)
	if e.Secondary && degree {
		l.report(LowerAlternative, at+"/secondary", "whoever has a secondary education need not have the degree: ask one of both")
	}
	if !e.isStated() && l.policy != nil && l.reads("vacancy.education.eqf", "vacancy.education.cycle") {
		l.report(EducationMissing, at, "no education is asked: state one, if the notice has it")
	}

	read := l.reads("vacancy.education.fieldPlaced")
	switch {
	case fields && service && degree && placed && read:
		l.report(FieldReach, at+"/fieldPlaced", "that the field of study %s the education of a service rests on where its sentence stands alone",
			map[FieldPlacement]string{BeforeService: "does not bind", AfterService: "binds"}[e.FieldPlaced])
	case fields && service && degree && !placed && read:
		l.report(FieldPlaceMissing, at+"/fields", "state in fieldPlaced whether the sentence on the field stands before or after the service education")
	case placed && !fields:
		l.report(KeyIdle, at+"/fieldPlaced", "fieldPlaced has no effect without fields")
	case placed && !service:
		l.report(KeyIdle, at+"/fieldPlaced", "fieldPlaced has no effect where no service education is accepted")
	}
	if e.FieldsOpen && !fields {
		l.report(KeyIdle, at+"/fieldsOpen", "fieldsOpen has no effect without fields")
	}
	if e.Focus.IsValid() && !fields && l.reads("vacancy.education.focus") {
		l.report(KeyIdle, at+"/focus", "focus has no effect without fields")
	}
	if fields && !degree && !service && !e.EQF.IsValid() {
		l.report(KeyIdle, at+"/fields", "fields have no effect where no degree and no service education is asked")
	}
	if len(e.Complement.Kinds) > 0 && !e.Secondary {
		l.report(KeyIdle, at+"/complement", "complement completes a secondary education, which is not asked")
	}
	if !service && e.Service.Rank {
		l.report(KeyIdle, at+"/service/rank", "rank has no effect without the kinds of service whose ranks are accepted")
	}
	if !service && e.Service.Course {
		l.report(KeyIdle, at+"/service/course", "course has no effect without the kinds of service whose courses are accepted")
	}
	if service && !degree && !e.Secondary && !e.EQF.IsValid() {
		l.report(LostNumber, at+"/service", "service education must be equivalent to a level, and none is asked: state the education of everyone else")
	}
	repeated(l, at+"/fields", e.Fields)
	repeated(l, at+"/service/kinds", e.Service.Kinds)
	repeated(l, at+"/complement/kinds", e.Complement.Kinds)
}

// longestAsked is longer than the experience that any notice asks.
var (
	longestAsked = experience.MustParsePeriod("P20Y")
	longestTour  = experience.MustParsePeriod("P3Y") // mandates are given for a year or two, rarely three
	aYear        = experience.MustParsePeriod("P1Y")
	noTime       = experience.MustParsePeriod("P0D")
)

func (l *linter) experience() {
	x := &l.vacancy.Experience
	const at = "/experience"
	supplied := slices.Contains(x.Supplied, SuppliedNumber)
	switch {
	case x.Total.IsValid() && x.Total.Compare(noTime) == 0:
		l.report(LostNumber, at+"/total", "a total of no time asks nothing: state the number of years")
	case !x.Total.IsValid() && (len(x.OfWhich) > 0 || x.FullTime || len(x.Domains) > 0):
		l.report(LostNumber, at, "the total of the experience is not stated")
	case !x.Total.IsValid() && l.policy != nil && l.reads("vacancy.experience.total"):
		l.report(LostNumber, at, "no experience is stated, and the policy asks how much: state it, if the notice has it")
	case supplied:
		l.report(LostNumber, at+"/supplied", "the notice lost the number, and the file supplies it")
	}
	if slices.Contains(x.Supplied, SuppliedNoun) {
		l.report(LostNoun, at+"/supplied", "the notice lost the noun of the requirement, and the file supplies it")
	}
	l.plausible(at+"/total", x.Total, longestAsked)
	for i, p := range x.OfWhich {
		part := fmt.Sprintf("%s/ofWhich/%d", at, i)
		if x.Total.IsValid() && longer(p.Period, x.Total) {
			l.report(PartLargerThanTotal, part+"/period", "the part asks %s and the total only %s", inEnglish(p.Period), inEnglish(x.Total))
		}
		if p.Period.Compare(noTime) == 0 {
			l.report(LostNumber, part+"/period", "a part of no time asks nothing: write P1D where the notice gives no length")
		}
		if len(p.Domains) == 0 && len(p.Levels) == 0 {
			l.report(LostNoun, part, "%s of what? State domains or levels", inEnglish(p.Period))
		}
		l.plausible(part+"/period", p.Period, longestAsked)
		for j, q := range x.OfWhich[:i] {
			if slices.Equal(sortedTexts(p.Domains), sortedTexts(q.Domains)) && slices.Equal(sortedTexts(p.Levels), sortedTexts(q.Levels)) && len(p.Domains)+len(p.Levels) > 0 {
				l.report(RequirementTwice, part, "part %d is of the same work: the longer one is enough", j)
			}
		}
		repeated(l, part+"/domains", p.Domains)
		repeated(l, part+"/levels", p.Levels)
	}
	repeated(l, at+"/domains", x.Domains)
}

func (l *linter) plausible(pointer string, p, most experience.Period) {
	switch {
	case p.IsValid() && longer(p, most):
		l.report(PeriodImplausible, pointer, "%s is more than any notice asks: is the unit right?", inEnglish(p))
	case strings.HasSuffix(pointer, "/total") && p.IsValid() && longer(aYear, p) && p.Compare(noTime) > 0:
		l.report(PeriodImplausible, pointer, "%s is less than most notices ask: is the unit right?", inEnglish(p))
	}
	if _, _, days := p.Parts(); days >= 360 {
		l.report(PeriodImplausible, pointer, "%s count by months of 30 days, so that %d years of work need not reach them: state years and months", inEnglish(p), days/360)
	}
}

// longer reports whether a period is longer than another. One that is written in
// days is compared on the calendar, on which 1460 days are no longer than four
// years.
func longer(p, q experience.Period) bool {
	const daysOfYear = 365.25
	written := func(p experience.Period) (inDays bool, days float64) {
		years, months, days0 := p.Parts()
		return days0 > 31, daysOfYear*(float64(years)+float64(months)/12) + float64(days0)
	}
	pInDays, pDays := written(p)
	qInDays, qDays := written(q)
	if !pInDays && !qInDays {
		return p.Compare(q) > 0
	}
	return math.Floor(pDays) > math.Ceil(qDays)
}

func sortedTexts(texts []string) []string { return slices.Sorted(slices.Values(texts)) }

// repeated reports a value that a list has twice.
func repeated[S ~string](l *linter, pointer string, list []S) {
	for i, s := range list {
		if j := slices.Index(list[:i], s); j >= 0 {
			l.report(RequirementTwice, fmt.Sprintf("%s/%d", pointer, i), "%s stands there twice", s)
		}
	}
}

func (l *linter) requirements() {
	v := l.vacancy
	for i, c := range v.Credentials {
		at := fmt.Sprintf("/credentials/%d", i)
		if c.Codes != nil && len(c.Codes) == 0 {
			l.report(LostNoun, at+"/codes", "%s of which codes? State them, or leave the key out if any will do", c.Kind)
		}
		repeated(l, at+"/codes", c.Codes)
		for j, d := range v.Credentials[:i] {
			if c.Kind != d.Kind || cmp.Or(c.Due, StageApplication) != cmp.Or(d.Due, StageApplication) {
				continue
			}
			switch byThis, byOther := c.suffices(d), d.suffices(c); {
			case byThis && byOther:
				l.report(RequirementTwice, at, "credential %d is the same: leave one out", j)
			case byThis:
				l.report(RequirementTwice, at, "whoever has it has credential %d: leave that one out", j)
			case byOther:
				l.report(RequirementTwice, at, "whoever has credential %d has it: leave it out", j)
			}
		}
	}
	l.languages("/languages", v.Languages)
	l.languages("/workingLanguages", v.WorkingLanguages)
	repeated(l, "/regimes", v.Regimes)
	repeated(l, "/thirdStates", v.ThirdStates)
	l.desirable()
}

// suffices reports whether every code of a credential is one of another of its
// kind, so that whoever has the one has the other.
func (c RequiredCredential) suffices(other RequiredCredential) bool {
	return len(other.Codes) == 0 ||
		len(c.Codes) > 0 && !slices.ContainsFunc(c.Codes, func(code string) bool { return !slices.Contains(other.Codes, code) })
}

func (l *linter) languages(pointer string, list []Language) {
	for i, a := range list {
		for _, b := range list[:i] {
			if strings.EqualFold(a.Code, b.Code) {
				l.report(RequirementTwice, fmt.Sprintf("%s/%d", pointer, i), "%s stands there twice: the higher level is enough", a.Code)
			}
		}
	}
}

// inEnglish spells a period out.
func inEnglish(p experience.Period) string {
	english, err := messages.In(messages.English)
	if err != nil {
		return p.String()
	}
	return english.Period(p)
}
