package policies_test

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/eligibility/policytest"
	"github.com/qualify-rules/qualify/experience"
	"github.com/qualify-rules/qualify/internal/golden"
)

// alike is what differs between reasons of one form: days, spans of time and
// names of records.
var alike = []*regexp.Regexp{
	regexp.MustCompile(`\d{4}-\d\d-\d\d|\d+(er)? \p{L}+ \d{4}`),
	regexp.MustCompile(`\d+ (years?|months?|days?|ans?|mois|jours?)((, | and | et )\d+ (years?|months?|days?|ans?|mois|jours?))*`),
	regexp.MustCompile(`(qualification|rank|employment|contract|credential|grade|emploi|contrat|titre) (“[^”]*” \([^)]*\)|«\x{a0}[^»]*» \([^)]*\)|[\w-]+)`),
	regexp.MustCompile(`mission \w+`),
}

// element is the number of an element that a rule is repeated for.
var element = regexp.MustCompile(`/\d+(/|$)`)

// code is what a person should not read: a name of the program or a place in a
// file.
var code = regexp.MustCompile(`\b[a-z]{2,}[A-Z]|(^|\s)/\w+/|[{}_]`)

// shortest are the reasons of a rule with a status, of each form the shortest.
type shortest map[string]map[string]string

func (s shortest) add(a *eligibility.Assessment) {
	all := [][]eligibility.Finding{a.Findings, a.Desirable}
	for _, p := range a.ToBring {
		all = append(all, []eligibility.Finding{{ID: "toBring/" + p.Rule, Status: p.Status, Reason: p.Reason}})
	}
	var walk func(above string, findings []eligibility.Finding)
	walk = func(above string, findings []eligibility.Finding) {
		for _, f := range findings {
			key := element.ReplaceAllString(above+f.ID, "/*$1") + " " + string(f.Status)
			form := f.Reason
			for _, r := range alike {
				form = r.ReplaceAllString(form, "#")
			}
			if s[key] == nil {
				s[key] = map[string]string{}
			}
			if old, known := s[key][form]; !known || cmp.Or(cmp.Compare(len(f.Reason), len(old)), cmp.Compare(f.Reason, old)) < 0 {
				s[key][form] = f.Reason
			}
			walk(above+f.ID+"/", f.Findings)
		}
	}
	for _, findings := range all {
		walk("", findings)
	}
}

func (s shortest) String() string {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(s)) {
		fmt.Fprintln(&b, key)
		for _, reason := range slices.Sorted(maps.Values(s[key])) {
			fmt.Fprintln(&b, "    "+reason)
		}
	}
	return b.String()
}

// speaking are the cases of a policy: those of its suite, and of each vacancy
// one of whom nothing is known, whatever a person judges.
func speaking(t *testing.T, policy *eligibility.Policy, suite *policytest.Suite, posts []*eligibility.Post) []*eligibility.Case {
	var cases []*eligibility.Case
	for _, c := range suite.Cases {
		if len(c.Readings) == 0 {
			cases = append(cases, c.Input)
		}
	}
	for _, post := range posts {
		var questions []string
		var ask func(above string, rules []eligibility.Rule)
		ask = func(above string, rules []eligibility.Rule) {
			for _, r := range rules {
				if r.Judgement != "" {
					questions = append(questions, above+r.ID)
				}
				ask(above+r.ID+"/", r.AnyOf)
				ask(above+r.ID+"/", r.AllOf)
			}
		}
		ask("", policy.Rules())
		ask("", post.Vacancy().Rules)
		for _, v := range policy.Variables() {
			if v.Judgement != "" {
				questions = append(questions, v.Name)
			}
		}
		nobody := eligibility.Case{ID: "nobody", Candidate: eligibility.Candidate{ID: "nobody"}, Vacancy: eligibility.VacancyRef{Inline: post.Vacancy()}}
		cases = append(cases, &nobody)
		for _, answer := range []experience.Truth{experience.True, experience.False} {
			judged := nobody
			judged.Application.Judgements = map[string]experience.Truth{}
			for _, q := range questions {
				judged.Application.Judgements[q] = answer
			}
			cases = append(cases, &judged)
		}
	}
	return cases
}

// Every reason that the shipped policies give is listed, to be read as an
// applicant would: with what differs only in days, times and names once.
func TestReasonsOfThePolicies(t *testing.T) {
	translations, err := policies.Translations()
	require.NoError(t, err)
	example, err := eligibility.LoadPolicyFile("../../doc/example/policy.yaml")
	require.NoError(t, err)
	observer, err := eligibility.LoadVacancyFile("../../doc/example/vacancy.yaml")
	require.NoError(t, err)
	exampleSuite, err := policytest.Load(os.DirFS("../../doc/example/suite"))
	require.NoError(t, err)
	catalogue, err := policies.Catalogue(example)
	require.NoError(t, err)
	list := golden.Read(t, "testdata/reasons.txtar")
	for _, name := range append(slices.Clone(suites), example.Name()) {
		policy, suite := catalogue.Policy(name), exampleSuite
		var posts []*eligibility.Post
		if name == example.Name() {
			post, err := policy.Post(observer)
			require.NoError(t, err)
			posts = append(posts, post)
		} else {
			suite = suiteOf(t, name)
			for _, reference := range catalogue.References() {
				if post, err := catalogue.Post(reference); err == nil && post.Policy().Name() == name {
					posts = append(posts, post)
				}
			}
		}
		require.NotEmpty(t, posts, name)
		cases := speaking(t, policy, suite, posts)
		for _, language := range []string{"en", "fr"} {
			l, err := messages.In(language)
			require.NoError(t, err)
			said := shortest{}
			for _, c := range cases {
				k := *c
				if k.Vacancy.Reference == observer.Reference {
					k.Vacancy = eligibility.VacancyRef{Inline: observer}
				}
				a, err := catalogue.Assess(t.Context(), &k, eligibility.AtStage(eligibility.StageService), eligibility.InLanguage(l, translations...), eligibility.WithDesirable())
				require.NoError(t, err)
				said.add(a)
			}
			for key, reasons := range said {
				for _, reason := range reasons {
					require.Regexp(t, `^[\p{Lu}\d].*[.?!](\x{a0}»)?$`, reason, key)
					require.NotRegexp(t, engineTerms, reason, key)
					require.NotRegexp(t, code, reason, key)
					require.NotRegexp(t, `\b0 (of|years|months|days|an|mois|jour)`, reason, key)
				}
			}
			list.Check(t, name+"."+language, said.String())
		}
	}
	list.Save(t)
}
