package eligibility

import (
	"regexp"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/experience"
)

var (
	codeText = regexp.MustCompile(`\bc\.code (?:==|in) ("[^"]*"|\[[^\]]*\])`)
	quoted   = regexp.MustCompile(`"([^"]*)"`)
)

// credentialRules are the rules of the policy and of the post that one
// credential meets, of a kind that is named among what is desirable.
func (w *weakest) credentialRules() []essential {
	var all []essential
	for _, r := range slices.Concat(w.post.policy.source.Rules, w.vacancy.Rules) {
		var kinds, codes []string
		eachConstant(&r, "c.kind", func(kind string) { kinds = append(kinds, kind) })
		anyExpression([]Rule{r}, func(text string) bool {
			for _, list := range codeText.FindAllStringSubmatch(text, -1) {
				for _, m := range quoted.FindAllStringSubmatch(list[1], -1) {
					codes = append(codes, m[1])
				}
			}
			return false
		})
		slices.Sort(kinds)
		slices.Sort(codes)
		for _, kind := range slices.Compact(kinds) {
			named := func(text string) bool { return strings.Contains(text, `"`+kind+`"`) }
			if kind == "clearance" || !anyExpression(w.vacancy.Desirable, named) {
				continue // the clearance is a parameter
			}
			a := essential{what: kind + " (rule " + r.ID + ")"}
			// As long as it must be valid: to the start, or for some time after it.
			for _, after := range []string{"P0D", "P6M", "P1Y", "P10Y"} {
				expires := w.starts.Add(experience.MustParsePeriod(after))
				a.ways = w.meeting(r.ID, w.credentials(kind, append([]string{""}, slices.Compact(codes)...), expires))
				if a.ways != nil {
					break
				}
			}
			if a.ways != nil {
				all = append(all, a)
			}
		}
	}
	return all
}

// meeting returns the candidates that meet a rule, as far as no person has to
// judge it; none if everybody does.
func (w *weakest) meeting(rule string, all []Candidate) []Candidate {
	meets := func(c Candidate) bool {
		f, _ := w.assess(c, AtStage(StageService)).Finding(rule)
		return f.Status == Met || f.Status == NotDetermined && !slices.ContainsFunc(f.Missing, func(fact string) bool {
			return !strings.HasPrefix(fact, "/application/judgements/")
		})
	}
	if meets(Candidate{}) {
		return nil
	}
	var ways []Candidate
	for _, c := range all {
		if meets(c) {
			ways = append(ways, c)
		}
	}
	return ways
}

// mostWords is how many words of a rule are tried as domains and as levels.
const mostWords = 4

// ownRules are the rules of the post that one employment or one language meets,
// with the words, lengths and levels that the rule has.
func (w *weakest) ownRules() []essential {
	var all []essential
	for i := range w.vacancy.Rules {
		r := &w.vacancy.Rules[i]
		if r.Expression == "" {
			continue
		}
		a := essential{what: "rule " + r.ID}
		var words []string
		for _, m := range quoted.FindAllStringSubmatch(r.Expression, -1) {
			words = append(words, m[1])
		}
		slices.Sort(words)
		words = slices.Compact(words)
		a.ways = append(a.ways, w.meeting(r.ID, languagesOf(words, append(levelsAsked(r), "A1")))...)
		if len(words) <= mostWords {
			a.ways = append(a.ways, w.meeting(r.ID, w.works(words, append(periodsAsked(r), experience.MustParsePeriod("P1D"))))...)
		}
		if a.ways != nil {
			all = append(all, a)
		}
	}
	return all
}

func languagesOf(codes, levels []string) []Candidate {
	var all []Candidate
	for _, code := range codes {
		for _, level := range levels {
			all = append(all, Candidate{Languages: []Language{{Code: code, Level: LanguageLevel(level)}}})
		}
	}
	return all
}

// works are employments of some lengths, full and half time, abroad and not, in
// each domain and at each level.
func (w *weakest) works(words []string, lengths []experience.Period) []Candidate {
	var all []Candidate
	half, err := experience.ParseFraction("0.5")
	if err != nil {
		return nil
	}
	for _, length := range lengths {
		full := w.asOf.Add(experience.MustParsePeriod("P1D")).Subtract(length)
		for _, work := range []Employment{
			{From: full, Fraction: experience.FullTime()},
			{From: full, Fraction: experience.FullTime(), International: experience.True},
			{From: full.Subtract(length), Fraction: half},
			{From: full.Subtract(length), Fraction: half, International: experience.True},
		} {
			for _, domain := range append(orNotStated(words), nil) {
				for _, level := range append(orNotStated(words), nil) {
					work.ID, work.To, work.Domains, work.Levels = weakestWork, w.asOf, domain, level
					all = append(all, Candidate{Employments: []Employment{work}})
				}
			}
		}
	}
	return all
}
