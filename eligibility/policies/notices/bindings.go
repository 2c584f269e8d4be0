package notices

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/clauses"
)

// Bindings says how clauses are bound to the rules of a catalogue.
type Bindings struct {
	// Faults are bindings to what does not exist, and locators that stand there
	// twice, in the order of the clauses.
	Faults []string
	// Unbound are the rules of the policies and posts of the accounts that no
	// clause is bound to: policy or post, and path.
	Unbound []string
}

// Bind looks up what the clauses of accounts are bound to. A rule is bound with a
// rule within it, and with the one around it.
func Bind(accounts []*clauses.Account, catalogue *eligibility.Catalogue) (Bindings, error) {
	var b Bindings
	fault := func(at, format string, args ...any) {
		b.Faults = append(b.Faults, at+": "+fmt.Sprintf(format, args...))
	}
	rules := make(map[string]map[string]bool) // of each policy and post: whether they are questions
	bound := make(map[string][]string)
	seen := make(map[string]bool)
	for _, a := range accounts {
		p := catalogue.Policy(a.Policy)
		if p == nil {
			return b, fmt.Errorf("there is no policy %q", a.Policy)
		}
		rules[a.Policy] = policyRules(p)
		known := maps.Clone(rules[a.Policy])
		if a.Vacancy != "" {
			post, err := catalogue.Post(a.Vacancy)
			if err != nil {
				return b, err
			}
			if of := post.Policy().Name(); of != a.Policy {
				return b, fmt.Errorf("%s is a post of the policy %q and not of %q", a.Vacancy, of, a.Policy)
			}
			rules[a.Vacancy] = rulesOf(post.Vacancy().Rules, post.Vacancy().Desirable)
			maps.Copy(known, rules[a.Vacancy])
		}
		for _, c := range a.Clauses {
			if seen[c.At] {
				fault(c.At, "it stands there twice")
			}
			seen[c.At] = true
			for _, path := range c.Rules {
				if question, ok := known[path]; !ok {
					fault(c.At, "there is no rule %s", path)
				} else if question {
					fault(c.At, "%s is a question: name it under judgements", path)
				}
			}
			for _, path := range c.Judgements {
				if !known[path] {
					fault(c.At, "there is no question %s", path)
				}
			}
			bound[a.Policy] = append(bound[a.Policy], c.Bound()...)
			bound[a.Vacancy] = append(bound[a.Vacancy], c.Bound()...)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		for _, path := range slices.Sorted(maps.Keys(rules[name])) {
			if !Covered(path, bound[name]) {
				b.Unbound = append(b.Unbound, name+" "+path)
			}
		}
	}
	return b, nil
}

// Covered reports whether a rule, a rule within it, or the one around it is among
// the paths that clauses are bound to.
func Covered(path string, bound []string) bool {
	return slices.ContainsFunc(bound, func(b string) bool {
		return b == path || strings.HasPrefix(b, path+"/") || strings.HasPrefix(path, b+"/")
	})
}

// policyRules are the rules, desirable rules and questions of a policy.
func policyRules(p *eligibility.Policy) map[string]bool {
	all := rulesOf(p.Rules(), p.Desirable())
	for _, q := range p.Questions() {
		all[q] = true
	}
	return all
}

// rulesOf returns the paths of rules, and whether each is a question.
func rulesOf(rules, desirable []eligibility.Rule) map[string]bool {
	all := make(map[string]bool)
	addRules(all, "", rules)
	addRules(all, "desirable/", desirable)
	return all
}

func addRules(all map[string]bool, prefix string, rules []eligibility.Rule) {
	for _, r := range rules {
		all[prefix+r.ID] = r.Judgement != ""
		addRules(all, prefix+r.ID+"/", slices.Concat(r.AnyOf, r.AllOf))
	}
}
