package eligibility

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// vocabulary are the words of open lists that are known, by the list.
type vocabulary struct {
	domains, levels, kinds, codes, missions map[string]bool
}

// The words that are known without any vacancy: those of the documentation.
var (
	knownKinds = []string{"drivingLicence", "weaponAuthorisation", "closeProtection", "basicLifeSupport", "advancedLifeSupport", "clearance",
		"clearanceRequest", "passport", "goodConduct", "roster", "advancedDriving"}
	knownLevels = []string{"coordination", "management"}
	knownCodes  = []string{"A", "B", "BE", "C", "C1", "C1E", "CE", "D", "D1", "D1E", "DE"}
)

func newVocabulary(against LintContext) *vocabulary {
	w := &vocabulary{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	know := func(into map[string]bool, words ...string) {
		for _, word := range words {
			into[word] = true
		}
	}
	know(w.kinds, knownKinds...)
	know(w.levels, knownLevels...)
	know(w.codes, knownCodes...)
	for _, v := range against.Known {
		know(w.domains, v.Experience.Domains...)
		for _, p := range v.Experience.OfWhich {
			know(w.domains, p.Domains...)
			know(w.levels, p.Levels...)
		}
		for _, c := range v.Credentials {
			know(w.kinds, c.Kind)
			know(w.codes, c.Codes...)
		}
		for _, r := range slices.Concat(v.Rules, v.Desirable) {
			eachConstant(&r, "d", func(word string) { know(w.domains, word) })
			eachConstant(&r, "c.kind", func(word string) { know(w.kinds, word) })
		}
		if v.Mission != "" {
			know(w.missions, v.Mission)
		}
	}
	for _, m := range against.Missions {
		know(w.missions, m.ID)
	}
	return w
}

// eachConstant calls back with the texts that a name is compared with.
func eachConstant(r *Rule, name string, found func(string)) {
	for _, m := range regexp.MustCompile(`\b`+regexp.QuoteMeta(name)+` == "([^"]*)"`).FindAllStringSubmatch(r.Expression, -1) {
		found(m[1])
	}
	for _, children := range [][]Rule{r.AnyOf, r.AllOf} {
		for i := range children {
			eachConstant(&children[i], name, found)
		}
	}
}

func (l *linter) vocabulary() {
	v := l.vacancy
	check := func(pointer string, known map[string]bool, words []string) {
		for i, word := range words {
			l.word(fmt.Sprintf("%s/%d", pointer, i), known, word)
		}
	}
	check("/experience/domains", l.words.domains, v.Experience.Domains)
	for i, p := range v.Experience.OfWhich {
		check(fmt.Sprintf("/experience/ofWhich/%d/domains", i), l.words.domains, p.Domains)
		check(fmt.Sprintf("/experience/ofWhich/%d/levels", i), l.words.levels, p.Levels)
	}
	for i, c := range v.Credentials {
		at := fmt.Sprintf("/credentials/%d", i)
		l.word(at+"/kind", l.words.kinds, c.Kind)
		check(at+"/codes", l.words.codes, c.Codes)
	}
	if v.Mission != "" {
		l.word("/mission", l.words.missions, v.Mission)
	}
	for _, list := range []struct {
		pointer string
		rules   []Rule
	}{{"/rules", v.Rules}, {"/desirable", v.Desirable}} {
		for i := range list.rules {
			at := fmt.Sprintf("%s/%d", list.pointer, i)
			eachConstant(&list.rules[i], "d", func(word string) { l.word(at, l.words.domains, word) })
			eachConstant(&list.rules[i], "c.kind", func(word string) { l.word(at, l.words.kinds, word) })
		}
	}
}

// word reports one that is not known and nearly is.
func (l *linter) word(pointer string, known map[string]bool, word string) {
	if known[word] {
		return
	}
	var near []string
	for other := range known {
		if nearWord(word, other) {
			near = append(near, other)
		}
	}
	if len(near) > 0 {
		slices.Sort(near)
		l.report(NearMiss, pointer, "%q is used nowhere else: did you mean %s?", word, strings.Join(near, " or "))
	}
}

// nearWord reports whether two words are nearly the same: written apart or
// together, or with a letter too many, too few, another or in the wrong place. A
// word of less than four letters is near in another case only.
func nearWord(a, b string) bool {
	plain := func(s string) string {
		return strings.ToLower(strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return r
			}
			return -1
		}, s))
	}
	p, q := plain(a), plain(b)
	switch {
	case p == q:
		return true
	case min(len(p), len(q)) < 4:
		return false
	case nearly(p, q):
		return true
	}
	// Of a long word two slips of one letter are forgiven.
	return min(len(p), len(q)) >= 9 && distance2(p, q)
}

// distance2 reports whether two insertions, omissions or replacements of a
// letter make one word of the other.
func distance2(a, b string) bool {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)] <= 2
}
