package notices_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/eligibility/policies/notices"
)

// locators are the places of the notices that a policy and its posts may cite.
type locators struct {
	all   []string
	posts map[string][]string // by vacancy, without its reference
}

func locatorsOf(all []notices.Notice) map[string]*locators {
	by := make(map[string]*locators)
	for _, n := range all {
		for _, a := range n.Accounts {
			if by[a.Policy] == nil {
				by[a.Policy] = &locators{posts: make(map[string][]string)}
			}
			l := by[a.Policy]
			for _, c := range a.Clauses {
				l.all = append(l.all, c.At)
				if own, ok := strings.CutPrefix(c.At, a.Vacancy+" "); ok && a.Vacancy != "" {
					l.posts[a.Vacancy] = append(l.posts[a.Vacancy], own)
				}
			}
		}
	}
	return by
}

// has reports whether there is a place, or one within it.
func has(all []string, place string) bool {
	return slices.ContainsFunc(all, func(at string) bool {
		rest, ok := strings.CutPrefix(at, place)
		return ok && (rest == "" || rest[0] == ',' || rest[0] == ' ')
	})
}

// cites reports whether a policy may cite a place: one of the notice, or one that
// each of its posts has; a header only those that have one.
func (l *locators) cites(place string) bool {
	place, ofPost := strings.CutSuffix(place, " of the post")
	if header, ok := strings.CutPrefix(place, "post header"); ok {
		place, ofPost = "header"+header, true
	}
	if !ofPost && (has(l.all, place) || len(l.posts) > 1) {
		return has(l.all, place)
	}
	found := false
	for _, post := range l.posts {
		if strings.HasPrefix(place, "header") && !has(post, "header") {
			continue
		}
		if !has(post, place) {
			return false
		}
		found = true
	}
	return found
}

var (
	several    = regexp.MustCompile(`^(.*?)(sentence|paragraph|bullet)s (\d+) (and|to) (\d+)$`)
	sectionsOf = regexp.MustCompile(`^(§\d.*) and (§\d.*) of the post$`)
)

// places expands a citation of several places.
func places(cite string) []string {
	if m := sectionsOf.FindStringSubmatch(cite); m != nil {
		var all []string
		for _, section := range append(strings.Split(m[1], ", "), m[2]) {
			all = append(all, section+" of the post")
		}
		return all
	}
	m := several.FindStringSubmatch(cite)
	if m == nil {
		return []string{cite}
	}
	first, _ := strconv.Atoi(m[3])
	last, _ := strconv.Atoi(m[5])
	all := []string{m[1] + m[2] + " " + m[3]}
	if m[4] == "to" {
		for n := first + 1; n < last; n++ {
			all = append(all, m[1]+m[2]+" "+strconv.Itoa(n))
		}
	}
	return append(all, m[1]+m[2]+" "+m[5])
}

func TestPlaces(t *testing.T) {
	for _, tt := range []struct {
		cite string
		want []string
	}{
		{"§I citizenship", []string{"§I citizenship"}},
		{"experience, sentences 1 and 3", []string{"experience, sentence 1", "experience, sentence 3"}},
		{"staff, paragraphs 2 to 4", []string{"staff, paragraph 2", "staff, paragraph 3", "staff, paragraph 4"}},
		{"§2, §4 and §5 of the post", []string{"§2 of the post", "§4 of the post", "§5 of the post"}},
	} {
		require.Equal(t, tt.want, places(tt.cite))
	}
	l := &locators{[]string{"§I citizenship", "A §4 bullet 10", "A header, dates", "B §4 bullet 1"}, map[string][]string{
		"A": {"§4 bullet 10", "header, dates"}, "B": {"§4 bullet 1"},
	}}
	for _, place := range []string{"§I citizenship", "§I", "A §4 bullet 10", "§4 of the post", "post header, dates"} {
		require.True(t, l.cites(place), place)
	}
	for _, place := range []string{"§IX nonsense", "A §4 bullet 1", "§I citizen", "§4 bullet 1 of the post", "post header, location", "§4"} {
		require.False(t, l.cites(place), place)
	}
}

// citesOf calls a function with what rules, and those within them, cite.
func citesOf(rules []eligibility.Rule, found func(rule, place string)) {
	for _, r := range rules {
		for _, cite := range r.Cite {
			for _, place := range places(cite) {
				found(r.ID, place)
			}
		}
		citesOf(slices.Concat(r.AnyOf, r.AllOf), found)
	}
}

// What a policy or a post cites is a place that the account of its notice has.
func TestCitesAreLocators(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	all, err := notices.All()
	require.NoError(t, err)
	by := locatorsOf(all)
	for _, name := range catalogue.Policies() {
		p := catalogue.Policy(name)
		n := 0
		found := func(rule, place string) {
			n++
			require.True(t, by[name].cites(place), "%s %s: there is no %s", name, rule, place)
		}
		citesOf(p.Rules(), found)
		citesOf(p.Desirable(), found)
		for _, r := range p.Readings() {
			citesOf([]eligibility.Rule{{ID: r.ID, Cite: r.Cite}}, found)
		}
		require.NotZero(t, n, name)
	}
	for _, reference := range catalogue.References() {
		post, err := catalogue.Post(reference)
		require.NoError(t, err)
		v := post.Vacancy()
		found := func(rule, place string) {
			require.True(t, strings.HasPrefix(place, reference+" "), "%s %s cites %s", reference, rule, place)
			require.True(t, has(by[post.Policy().Name()].all, place), "%s %s: there is no %s", reference, rule, place)
		}
		citesOf(append(slices.Concat(v.Rules, v.Desirable), eligibility.Rule{ID: "vacancy", Cite: v.Cite}), found)
	}
}

// askedAt returns what the clauses at a place, or within it, are bound to.
func askedAt(all []notices.Notice, policy, place string) []string {
	var bound []string
	for _, n := range all {
		for _, a := range n.Accounts {
			for _, c := range a.Clauses {
				if a.Policy == policy && has([]string{c.At, strings.TrimPrefix(c.At, a.Vacancy+" ")}, place) {
					bound = append(bound, c.Bound()...)
				}
			}
		}
	}
	return bound
}

// A rule cites the clauses that became it, and not their neighbours. What a post
// is to state, it cites as a place of the post.
func TestRulesCiteWhatAsksThem(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	all, err := notices.All()
	require.NoError(t, err)
	for _, name := range catalogue.Policies() {
		var check func(parent string, rules []eligibility.Rule)
		check = func(parent string, rules []eligibility.Rule) {
			for _, r := range rules {
				path := parent + r.ID
				for _, cite := range r.Cite {
					if strings.HasPrefix(cite, "post header") || strings.HasSuffix(cite, " of the post") {
						continue
					}
					for _, place := range places(cite) {
						require.True(t, notices.Covered(path, askedAt(all, name, place)), "%s %s: no clause at %s asks it", name, path, place)
					}
				}
				check(path+"/", slices.Concat(r.AnyOf, r.AllOf))
			}
		}
		check("", catalogue.Policy(name).Rules())
	}
}
