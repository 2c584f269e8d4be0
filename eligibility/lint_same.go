package eligibility

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/qualify-rules/qualify/experience"
)

// sameRule reports whether two rules ask the same, however they are laid out.
func sameRule(a, b *Rule) bool {
	plain := func(s string) string { return strings.Join(strings.Fields(s), "") }
	return a.Expression != "" && plain(a.Expression) == plain(b.Expression) && plain(a.When) == plain(b.When) && len(a.Each)+len(b.Each) == 0 ||
		a.Judgement != "" && b.Judgement != "" && slices.Equal(askedWords(a.Judgement), askedWords(b.Judgement))
}

var (
	levelAsked  = regexp.MustCompile(`\.level >= "([ABC][12])"`)
	periodAsked = regexp.MustCompile(`\.reaches\((?:(years|months|days)\((\d{1,4})\)|period\("([^"]*)"\))\)`)
)

// asksMore reports whether a rule asks the same as another, or differs from it
// only in a higher level of a language or more time.
func asksMore(a, b *Rule) bool {
	if sameRule(a, b) {
		return true
	}
	open := func(r Rule) *Rule {
		r.Expression = periodAsked.ReplaceAllString(levelAsked.ReplaceAllString(r.Expression, ".level"), ".reaches()")
		return &r
	}
	return !strings.Contains(a.Expression, "!") && sameRule(open(*a), open(*b)) &&
		noneBelow(levelsAsked(a), levelsAsked(b), strings.Compare) &&
		noneBelow(periodsAsked(a), periodsAsked(b), experience.Period.Compare)
}

// noneBelow reports whether each value is at least the other of its place.
func noneBelow[T any](all, others []T, compare func(T, T) int) bool {
	if len(all) != len(others) {
		return false
	}
	for i := range all {
		if compare(all[i], others[i]) < 0 {
			return false
		}
	}
	return true
}

func levelsAsked(r *Rule) []string {
	var all []string
	for _, m := range levelAsked.FindAllStringSubmatch(r.Expression, -1) {
		all = append(all, m[1])
	}
	return all
}

func periodsAsked(r *Rule) []experience.Period {
	var all []experience.Period
	for _, m := range periodAsked.FindAllStringSubmatch(r.Expression, -1) {
		text := m[3]
		if text == "" {
			text = "P" + m[2] + strings.ToUpper(m[1][:1])
		}
		p, err := experience.ParsePeriod(text)
		if err != nil {
			return nil // the rule does not compile
		}
		all = append(all, p)
	}
	return all
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
