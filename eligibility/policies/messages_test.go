package policies_test

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// words are what a policy or vacancy says, by its place.
func words(prefix, title string, rules []eligibility.Rule) map[string]bool {
	keys := map[string]bool{prefix + " title": title != ""}
	var add func(string, []eligibility.Rule)
	add = func(parent string, rules []eligibility.Rule) {
		for _, r := range rules {
			path := parent + r.ID
			for what, text := range map[string]string{" title": r.Title, " message": r.Message, " judgement": r.Judgement} {
				if text != "" {
					keys[path+what] = true
				}
			}
			add(path+"/", r.AnyOf)
			add(path+"/", r.AllOf)
		}
	}
	add(prefix+" ", rules)
	return keys
}

// A translation says what the policies and vacancies say, no less and no more.
func TestTranslationsAreComplete(t *testing.T) {
	want := map[string]bool{}
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	for _, name := range catalogue.Policies() {
		p := catalogue.Policy(name)
		maps.Copy(want, words("policies "+name, p.Title(), p.Rules()))
		for _, r := range p.Readings() {
			want["policies "+name+" "+r.ID+" about"] = true
			for option := range r.Options {
				want["policies "+name+" "+r.ID+" "+option] = true
			}
		}
	}
	for _, reference := range catalogue.References() {
		post, err := catalogue.Post(reference)
		require.NoError(t, err)
		maps.Copy(want, words("vacancies "+reference, post.Vacancy().Title, post.Vacancy().Rules))
	}
	type said struct {
		Title    string
		Rules    map[string]map[string]string
		Readings map[string]struct {
			About   string
			Options map[string]string
		}
	}
	names, err := fs.Glob(policies.Files(), "messages/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		data, err := fs.ReadFile(policies.Files(), name)
		require.NoError(t, err)
		var doc struct{ Policies, Vacancies map[string]said }
		require.NoError(t, yaml.Unmarshal(data, &doc))
		got := map[string]bool{}
		for kind, all := range map[string]map[string]said{"policies ": doc.Policies, "vacancies ": doc.Vacancies} {
			for of, s := range all {
				got[kind+of+" title"] = s.Title != ""
				for path, texts := range s.Rules {
					for what, text := range texts {
						got[kind+of+" "+path+" "+what] = text != ""
					}
				}
				for id, r := range s.Readings {
					got[kind+of+" "+id+" about"] = r.About != ""
					for option, text := range r.Options {
						got[kind+of+" "+id+" "+option] = text != ""
					}
				}
			}
		}
		require.Equal(t, slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)), name)
	}
}

// engineTerms are words of the machinery that no applicant should read.
var engineTerms = regexp.MustCompile(`(?i)\b(macro|overload|activation|boolean|null|nil|CEL|kleene|json|pointer|true|false|expression|variable|closure)\b|(application|candidate|vacancy)\.[a-z]|_`)

// Every reason of every case of the suite is a sentence in every language.
func TestReasonsAreSentences(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	translations, err := policies.Translations()
	require.NoError(t, err)
	said := 0
	for _, language := range []string{"en", "fr"} {
		l, err := messages.In(language)
		require.NoError(t, err)
		for _, p := range slices.Concat(slices.Collect(maps.Values(loadCases(t, "csdp")))...) {
			c, err := eligibility.DecodeCase(p.input)
			require.NoError(t, err)
			a, err := catalogue.Assess(t.Context(), c, append(p.options, eligibility.InLanguage(l, translations...))...)
			require.NoError(t, err)
			for path, f := range a.All() {
				said++
				require.Regexp(t, `^\p{Lu}|^\d`, f.Reason, "%s %s", c.ID, path)
				require.Regexp(t, `[.?!]$`, f.Reason, "%s %s", c.ID, path)
				require.NotRegexp(t, engineTerms, f.Reason, "%s %s", c.ID, path)
				require.NotContains(t, f.Reason, "{", "%s %s", c.ID, path)
				require.False(t, strings.Contains(f.Reason, "reason.") || strings.Contains(f.Reason, "fact."), f.Reason)
				if language == "fr" {
					require.NotRegexp(t, `(?i)(^|[\s(])(de|le|la|je|que|ne|se) [aeiouàâéèêîôû]`, f.Reason, "elision")
					require.NotRegexp(t, `(?i)(^|[\s(])(de le|de les|à le|à les)\s`, f.Reason, "contraction")
				}
			}
		}
	}
	require.Greater(t, said, 1000)
}
