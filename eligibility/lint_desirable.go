package eligibility

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// desirable reports what is required and desirable at once. Of a policy that is
// not known, and of rules that do not compile, only the words are compared.
func (l *linter) desirable() {
	v := l.vacancy
	if len(v.Desirable) == 0 {
		return
	}
	told := make(map[string]bool)
	report := func(i int, what string) {
		key := v.Desirable[i].ID + "\n" + what
		if told[key] {
			return // both a language of the post and one of the mission
		}
		told[key] = true
		l.report(EssentialAndDesirable, fmt.Sprintf("/desirable/%d", i), "%s is desirable and %s is required: it is one of both", v.Desirable[i].ID, what)
	}
	for i, d := range v.Desirable {
		for _, r := range v.Rules {
			if r.ID == d.ID || sameRule(&r, &d) || r.Title != "" && strings.EqualFold(r.Title, d.Title) {
				report(i, "rule "+r.ID)
			}
		}
		if l.policy == nil {
			continue
		}
		for _, r := range l.policy.source.Rules {
			if sameRule(&r, &d) {
				report(i, "rule "+r.ID+" of the policy")
			}
		}
	}
	w := l.newWeakest()
	if w == nil {
		return
	}
	nothing := w.welcome(Candidate{})
	for _, asked := range w.requirements() {
		met := w.welcomeInEachWay(asked.ways)
		for i, d := range v.Desirable {
			if met[d.ID] && !nothing[d.ID] && !asked.anyway[d.ID] {
				report(i, asked.what)
			}
		}
	}
}

// sameRule reports whether two rules ask the same, however they are laid out.
func sameRule(a, b *Rule) bool {
	plain := func(s string) string { return strings.Join(strings.Fields(s), "") }
	return a.Expression != "" && plain(a.Expression) == plain(b.Expression) && plain(a.When) == plain(b.When) && len(a.Each)+len(b.Each) == 0 ||
		a.Judgement != "" && slices.Equal(askedWords(a.Judgement), askedWords(b.Judgement))
}

// askedWords are the words of a question. Articles, and what the person is
// called, make no difference.
func askedWords(question string) []string {
	words := strings.FieldsFunc(strings.ToLower(question), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	words = slices.DeleteFunc(words, func(w string) bool { return w == "the" || w == "a" || w == "an" })
	for i, w := range words {
		switch w {
		case "applicant", "person", "expert":
			words[i] = "candidate"
		case "applicants", "persons", "experts":
			words[i] = "candidates"
		}
	}
	return words
}
