package notices_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/eligibility/policies/notices"
)

// rulesOf returns the paths of rules, and whether each is a question.
func rulesOf(prefix string, rules []eligibility.Rule, into map[string]bool) {
	for _, r := range rules {
		into[prefix+r.ID] = r.Judgement != ""
		rulesOf(prefix+r.ID+"/", slices.Concat(r.AnyOf, r.AllOf), into)
	}
}

// policyRules are the rules, desirable rules and questions of a policy.
func policyRules(p *eligibility.Policy) map[string]bool {
	all := make(map[string]bool)
	rulesOf("", p.Rules(), all)
	rulesOf("desirable/", p.Desirable(), all)
	for _, q := range p.Questions() {
		all[q] = true
	}
	return all
}

func vacancyRules(v *eligibility.Vacancy) map[string]bool {
	all := make(map[string]bool)
	rulesOf("", v.Rules, all)
	rulesOf("desirable/", v.Desirable, all)
	return all
}

// A binding to what does not exist would be a promise without effect.
func TestClausesAreBoundToRulesThatExist(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	all, err := notices.All()
	require.NoError(t, err)
	for _, n := range all {
		for _, a := range n.Accounts {
			p := catalogue.Policy(a.Policy)
			require.NotNil(t, p, n.Name)
			known := policyRules(p)
			if a.Vacancy != "" {
				post, err := catalogue.Post(a.Vacancy)
				require.NoError(t, err)
				require.Equal(t, a.Policy, post.Policy().Name())
				for path, question := range vacancyRules(post.Vacancy()) {
					known[path] = question
				}
			}
			for _, c := range a.Clauses {
				for _, path := range c.Rules {
					question, ok := known[path]
					require.True(t, ok, "%s: there is no rule %s", c.At, path)
					require.False(t, question, "%s: %s is a question: name it under judgements", c.At, path)
				}
				for _, path := range c.Judgements {
					require.True(t, known[path], "%s: there is no question %s", c.At, path)
				}
			}
		}
	}
}

// beyond are rules that no clause of the one notice at hand asks for. They are
// there for posts that state the parameter.
var beyond = map[string][]string{
	"osce": {"credentials", "credentials/atApplication", "credentials/atDeployment"},
	"un":   {"credentials", "credentials/atApplication", "credentials/atDeployment", "experience/ofWhich"},
}

// covered reports whether a rule, a rule within it, or the one around it is
// among the paths that clauses are bound to.
func covered(path string, bound []string) bool {
	return slices.ContainsFunc(bound, func(b string) bool {
		return b == path || strings.HasPrefix(b, path+"/") || strings.HasPrefix(path, b+"/")
	})
}

func TestEveryRuleComesFromAClause(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	all, err := notices.All()
	require.NoError(t, err)
	bound := make(map[string][]string)     // by policy
	boundPost := make(map[string][]string) // by vacancy
	for _, n := range all {
		for _, a := range n.Accounts {
			for _, c := range a.Clauses {
				bound[a.Policy] = append(bound[a.Policy], c.Bound()...)
				boundPost[a.Vacancy] = append(boundPost[a.Vacancy], c.Bound()...)
			}
		}
	}
	for _, name := range catalogue.Policies() {
		for path := range policyRules(catalogue.Policy(name)) {
			require.NotEqual(t, slices.Contains(beyond[name], path), covered(path, bound[name]), "%s %s", name, path)
		}
	}
	for _, reference := range catalogue.References() {
		require.NotEmpty(t, boundPost[reference], "no account of %s", reference)
		post, err := catalogue.Post(reference)
		require.NoError(t, err)
		for path := range vacancyRules(post.Vacancy()) {
			require.True(t, covered(path, boundPost[reference]), "%s %s", reference, path)
		}
	}
}

func TestLocatorsAreUnique(t *testing.T) {
	all, err := notices.All()
	require.NoError(t, err)
	require.Len(t, all, 5)
	for _, n := range all {
		seen := make(map[string]bool)
		for _, c := range n.Clauses() {
			require.False(t, seen[c.At], "%s: %s stands there twice", n.Name, c.At)
			seen[c.At] = true
		}
	}
}

func TestByName(t *testing.T) {
	n, err := notices.ByName("un-cso")
	require.NoError(t, err)
	require.Equal(t, "Chief Security Officer", n.Accounts[0].Notice)
	_, err = notices.ByName("who")
	require.EqualError(t, err, `there is no account of "who": use one of csdp-mso, eulex-3-2025, nato-msst, osce-cms, un-cso`)
	n, err = notices.Likest("Nothing of the kind was ever said before.")
	require.NoError(t, err)
	require.Nil(t, n)
	// A heading that one notice has alone.
	n, err = notices.Likest("Some other words. V. JOB DESCRIPTIONS")
	require.NoError(t, err)
	require.Equal(t, "eulex-3-2025", n.Name)
}
