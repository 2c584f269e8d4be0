package eligibility

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/experience"
)

func (l *linter) dates() {
	v := l.vacancy
	start := v.Starts.Date
	if v.Closes.IsValid() && start.IsValid() && start.Before(v.Closes) == experience.True {
		l.report(ClosesAfterStart, "/closes", "the post closes on %s, after the deployment started on %s", v.Closes, start)
	}
	if !start.IsValid() {
		start = v.Closes
	}
	day := experience.MustParsePeriod("P1D")
	for _, m := range l.context.Missions {
		if m.ID != v.Mission || !m.MandateEnds.IsValid() || !start.IsValid() || !v.Deployment.IsValid() {
			continue
		}
		if last := start.Add(v.Deployment).Subtract(day); m.MandateEnds.Before(last) == experience.True {
			l.report(BeyondMandate, "/deployment", "%s from %s last until %s, and the mandate of %s ends on %s", inEnglish(v.Deployment), start, last, m.ID, m.MandateEnds)
		}
	}
	switch {
	case !v.Deployment.IsValid():
	case v.Deployment.Compare(noTime) == 0:
		l.report(LostNumber, "/deployment", "a deployment of no time: state its length")
	case longer(v.Deployment, longestTour):
		l.report(BeyondLimit, "/deployment", "no mandate is given for %s: is the unit right?", inEnglish(v.Deployment))
	}
	if l.policy != nil && v.Closes.IsValid() {
		in := l.policy.InForce()
		if in.From.IsValid() && v.Closes.Before(in.From) == experience.True || in.To.IsValid() && in.To.Before(v.Closes) == experience.True {
			l.report(PolicyNotInForce, "/closes", "on %s version %s of the policy %s is not in force: is the year right?", v.Closes, l.policy.Version(), l.policy.Name())
		}
	}
}

// memberStates are those of the European Union.
const memberStates = " AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK "

// clearances are the levels of the Union, and the words for none.
var clearances = []string{"EU RESTRICTED", "EU CONFIDENTIAL", "EU SECRET", "EU TOP SECRET", "NOT REQUIRED", "NOT APPLICABLE"}

func (l *linter) states() {
	v := l.vacancy
	open := v.OpenToThirdStates == experience.True
	if len(v.ThirdStates) > 0 && !open {
		l.report(ThirdStates, "/thirdStates", "third States are named, and the post is not open to them")
	}
	for i, c := range v.ThirdStates {
		if strings.Contains(memberStates, " "+c+" ") {
			l.report(ThirdStates, fmt.Sprintf("/thirdStates/%d", i), "%s is a Member State", c)
		}
	}
	if open && len(v.Regimes) > 0 && !slices.Contains(v.Regimes, Seconded) {
		l.report(ThirdStates, "/openToThirdStates", "nationals of third States can only be seconded, and nobody is")
	}
	needed := v.Clearance != "" && v.Clearance != "NOT REQUIRED" && v.Clearance != "NOT APPLICABLE"
	switch {
	case needed && !slices.Contains(clearances, v.Clearance):
		l.report(ClearanceUnknown, "/clearance", "%q is not a level of the Union: use one of %s", v.Clearance, strings.Join(clearances, ", "))
	case needed && open:
		l.report(ClearanceThirdStates, "/clearance", "nationals of third States need an agreement of their State to have access to %s", v.Clearance)
	}
	if v.ClearanceOnDeployment && !needed {
		l.report(KeyIdle, "/clearanceOnDeployment", "the clearance is due when the deployment starts, and none is asked")
	}
	if v.Regimes != nil && len(v.Regimes) == 0 {
		l.report(RegimesEmpty, "/regimes", "under no regime nobody can apply: name one, or leave the key out if the notice does not say")
	}
}

// keys reports parameters that are not stated and those that nothing reads.
func (l *linter) keys() {
	if l.policy == nil {
		if len(l.context.Policies) > 0 {
			l.report(PolicyUnknown, "/policy", "there is no policy %q", l.vacancy.Policy)
		}
		return
	}
	v := l.vacancy
	for _, p := range []struct {
		key    string
		stated bool
	}{
		{"mission", v.Mission != ""}, {"regimes", v.Regimes != nil}, {"openToThirdStates", v.OpenToThirdStates != experience.Unknown},
		{"closes", v.Closes.IsValid()}, {"deployment", v.Deployment.IsValid()},
	} {
		if !p.stated && l.reads("vacancy."+p.key) && !l.reads("has(vacancy."+p.key+")") {
			l.report(ParameterMissing, "/"+p.key, "%s is not stated, and the policy reads it: applications stay undetermined", p.key)
		}
	}
	for _, p := range []struct {
		pointer string
		stated  bool
		reads   []string
	}{
		{"/regimes", v.Regimes != nil, nil},
		{"/openToThirdStates", v.OpenToThirdStates != experience.Unknown, nil},
		{"/thirdStates", v.ThirdStates != nil, nil},
		{"/deployment", v.Deployment.IsValid(), nil},
		{"/clearance", v.Clearance != "", nil},
		{"/clearanceOnDeployment", v.ClearanceOnDeployment, nil},
		{"/roster", v.Roster != "", nil},
		{"/education/studyYears", v.Education.StudyYears != 0, nil},
		{"/education/eqf", v.Education.EQF.IsValid(), nil},
		{"/education/cycle", v.Education.Cycle.IsValid(), nil},
		{"/education/cyclePrinted", v.Education.CyclePrinted.IsValid(), nil},
		{"/education/fields", len(v.Education.Fields) > 0, []string{"application.inField("}},
		{"/education/focus", v.Education.Focus != "", nil},
		{"/education/fieldPlaced", v.Education.FieldPlaced != "" && v.Education.FieldPlaced != NoField, nil},
		{"/education/service/kinds", len(v.Education.Service.Kinds) > 0, nil},
		{"/education/service/course", v.Education.Service.Course, nil},
		{"/education/service/rank", v.Education.Service.Rank, nil},
		{"/education/service/civilianSecurity", v.Education.Service.CivilianSecurity, nil},
		{"/education/secondary", v.Education.Secondary, nil},
		{"/education/complement", len(v.Education.Complement.Kinds) > 0, nil},
		{"/experience/total", v.Experience.Total.IsValid(), nil},
		{"/experience/fullTime", v.Experience.FullTime, nil},
		{"/experience/domains", len(v.Experience.Domains) > 0, []string{"application.relevant("}},
		{"/experience/ofWhich", len(v.Experience.OfWhich) > 0, nil},
		{"/credentials", len(v.Credentials) > 0, nil},
		{"/languages", len(v.Languages) > 0, nil},
		{"/workingLanguages", len(v.WorkingLanguages) > 0, nil},
	} {
		reads := p.reads
		if reads == nil {
			reads = []string{"vacancy" + strings.ReplaceAll(p.pointer, "/", ".")}
		}
		if p.stated && !l.reads(reads...) {
			l.report(KeyWithoutRule, p.pointer, "no rule of the policy %s reads it: write a rule of the post, or leave it out", l.policy.Name())
		}
	}
}

var postName = regexp.MustCompile(`^([A-Z]{2,5} (?:\d{4,6}|[A-Z]{2,5}))\b`)

// rules looks at the post's own rules.
func (l *linter) rules() {
	cites := func(pointer string, list []string) {
		for i, c := range list {
			if m := postName.FindStringSubmatch(c); m != nil && m[1] != l.vacancy.Reference {
				l.report(CiteElsewhere, fmt.Sprintf("%s/%d", pointer, i), "it names %s, and this is %s", m[1], l.vacancy.Reference)
			}
		}
	}
	cites("/cite", l.vacancy.Cite)
	for _, list := range []struct {
		pointer string
		rules   []Rule
	}{{"/rules", l.vacancy.Rules}, {"/desirable", l.vacancy.Desirable}} {
		for i, r := range list.rules {
			at := fmt.Sprintf("%s/%d", list.pointer, i)
			var lacks []string
			if r.Title == "" {
				lacks = append(lacks, "title")
			}
			if len(r.Cite) == 0 {
				lacks = append(lacks, "cite")
			}
			if list.pointer == "/rules" && r.Message == "" && r.MessageExpression == "" {
				lacks = append(lacks, "message")
			}
			if lacks != nil {
				l.report(RuleUntold, at, "rule %s has no %s: a reader wants to know what it asks and where that stands", r.ID, strings.Join(lacks, ", no "))
			}
			if r.Judgement != "" && len(askedWords(r.Judgement)) == 0 {
				l.report(LostNoun, at+"/judgement", "the question has no words: state what is asked")
			}
			for _, p := range periodsAsked(&r) {
				if p.Compare(noTime) == 0 {
					l.report(LostNumber, at+"/expression", "no time is reached by everybody: state the number")
				}
			}
			cites(at+"/cite", r.Cite)
			for j, o := range list.rules[:i] {
				if sameRule(&r, &o) {
					l.report(RequirementTwice, at, "rule %s asks the same as rule %d, %s", r.ID, j, o.ID)
				}
			}
		}
	}
}
