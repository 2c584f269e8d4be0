package eligibility

import (
	"fmt"
	"strings"
)

// desirable reports what is required and desirable at once. Of a policy that is
// not known, and of rules that do not compile, only the words are compared.
func (l *linter) desirable() {
	v := l.vacancy
	if len(v.Desirable) == 0 {
		return
	}
	told, reported := make(map[string]bool), make(map[string]bool)
	report := func(i int, what string) {
		key := v.Desirable[i].ID + "\n" + what
		if told[key] {
			return // both a language of the post and one of the mission
		}
		told[key], reported[v.Desirable[i].ID] = true, true
		l.report(EssentialAndDesirable, fmt.Sprintf("/desirable/%d", i), "%s is desirable and %s is required: it is one of both", v.Desirable[i].ID, what)
	}
	for i, d := range v.Desirable {
		for _, r := range v.Rules {
			if r.ID == d.ID || asksMore(&r, &d) || r.Title != "" && strings.EqualFold(r.Title, d.Title) {
				report(i, "rule "+r.ID)
			}
		}
		if l.policy == nil {
			continue
		}
		for _, r := range l.policy.source.Rules {
			if asksMore(&r, &d) {
				report(i, "rule "+r.ID+" of the policy")
			}
		}
	}
	w := l.newWeakest()
	if w == nil {
		return
	}
	nothing := w.welcome(Candidate{})
	requirements := w.requirements()
	for _, asked := range requirements {
		met := w.welcomeInEachWay(asked.ways)
		for i, d := range v.Desirable {
			if met[d.ID] && !nothing[d.ID] && !asked.anyway[d.ID] {
				report(i, asked.what)
			}
		}
	}
	requirements = w.atOnce(requirements)
	for i, d := range v.Desirable {
		if nothing[d.ID] || reported[d.ID] {
			continue
		}
		if what := w.together(d.ID, requirements); len(what) > 0 {
			report(i, strings.Join(what, " with "))
		}
	}
}
