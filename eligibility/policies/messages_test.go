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
func words(prefix, title string, rules, desirable []eligibility.Rule) map[string]bool {
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
	add(prefix+" desirable/", desirable)
	return keys
}

// A translation says what the policies and vacancies say, no less and no more.
func TestTranslationsAreComplete(t *testing.T) {
	want := map[string]bool{}
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	for _, name := range catalogue.Policies() {
		p := catalogue.Policy(name)
		maps.Copy(want, words("policies "+name, p.Title(), p.Rules(), p.Desirable()))
		for _, v := range p.Variables() {
			if v.Judgement != "" {
				want["policies "+name+" variables."+v.Name+" title"] = true
				want["policies "+name+" variables."+v.Name+" judgement"] = true
			}
		}
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
		maps.Copy(want, words("vacancies "+reference, post.Vacancy().Title, post.Vacancy().Rules, post.Vacancy().Desirable))
	}
	type said struct {
		Title     string
		Rules     map[string]map[string]string
		Variables map[string]map[string]string
		Readings  map[string]struct {
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
				for name, texts := range s.Variables {
					for what, text := range texts {
						got[kind+of+" variables."+name+" "+what] = text != ""
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
		require.Equal(t, want, got, name)
	}
}

// frenchSlip is what French typography does not allow: a space that breaks
// before what opens and closes, or a straight apostrophe.
var frenchSlip = regexp.MustCompile(`[^\x{a0}]»|«[^\x{a0}]|[^\x{a0}][;:?!](\s|$)|'`)

func TestFrenchTypography(t *testing.T) {
	data, err := fs.ReadFile(policies.Files(), "messages/fr.yaml")
	require.NoError(t, err)
	var doc yaml.Node
	require.NoError(t, yaml.Unmarshal(data, &doc))
	texts := 0
	var look func(n *yaml.Node)
	look = func(n *yaml.Node) {
		if n.Kind == yaml.ScalarNode {
			texts++
			require.NotRegexp(t, frenchSlip, n.Value, "line %d", n.Line)
		}
		for _, c := range n.Content {
			look(c)
		}
	}
	look(&doc)
	require.Greater(t, texts, 500)
}

// credentialKinds finds the kinds of credentials that the expressions of a
// policy or vacancy ask for.
var credentialKinds = regexp.MustCompile(`c\.kind == "(\w+)"`)

// languageCodes finds the languages that they ask for.
var languageCodes = regexp.MustCompile(`l\.code == "(\w+)"`)

// Every code that a shipped policy or vacancy asks for has words in every
// language; an applicant never reads the code.
func TestCodesHaveWords(t *testing.T) {
	terms, spoken, countries := map[string]bool{}, map[string]bool{}, map[string]bool{}
	add := func(to map[string]bool, codes ...string) {
		for _, code := range codes {
			to[code] = true
		}
	}
	vacancies, err := policies.Vacancies()
	require.NoError(t, err)
	for _, v := range vacancies {
		add(terms, v.Experience.Domains...)
		for _, part := range v.Experience.OfWhich {
			add(terms, slices.Concat(part.Domains, part.Levels)...)
		}
		for _, c := range v.Credentials {
			add(terms, c.Kind)
			for _, code := range c.Codes {
				if !licenceCategory.MatchString(code) {
					add(terms, code)
				}
			}
		}
		for _, l := range slices.Concat(v.Languages, v.WorkingLanguages) {
			add(spoken, l.Code)
		}
		add(countries, v.ThirdStates...)
	}
	for _, name := range suites {
		for _, v := range policyOf(t, name).Variables() {
			if v.Name == "memberStates" || v.Name == "members" {
				for _, found := range countryCodes.FindAllStringSubmatch(v.Expression, -1) {
					add(countries, found[1])
				}
			}
		}
	}
	var names []string
	for _, pattern := range []string{"*.yaml", "vacancies/*.yaml"} {
		found, err := fs.Glob(policies.Files(), pattern)
		require.NoError(t, err)
		names = append(names, found...)
	}
	for _, name := range names {
		data, err := fs.ReadFile(policies.Files(), name)
		require.NoError(t, err)
		for _, found := range credentialKinds.FindAllSubmatch(data, -1) {
			add(terms, string(found[1]))
		}
		for _, found := range languageCodes.FindAllSubmatch(data, -1) {
			add(spoken, string(found[1]))
		}
	}
	require.Subset(t, slices.Collect(maps.Keys(terms)), []string{"drivingLicence", "roster", "goodConduct", "security", "management", "armoured"})
	require.Subset(t, slices.Collect(maps.Keys(spoken)), []string{"en", "sq", "zh"})
	require.Subset(t, slices.Collect(maps.Keys(countries)), []string{"AT", "US", "MK"})
	for _, code := range []string{"en", "fr"} {
		l, err := messages.In(code)
		require.NoError(t, err)
		for term := range terms {
			require.True(t, l.Has("term."+term), "%s has no term.%s", code, term)
		}
		for spoken := range spoken {
			require.NotEqual(t, spoken, l.LanguageName(spoken), code)
		}
		for country := range countries {
			require.NotEqual(t, country, l.Country(country), code)
		}
	}
}

// licenceCategory is a category of driving licences, which is its own name.
var licenceCategory = regexp.MustCompile(`^[A-D]1?E?$`)

// countryCodes finds the countries of a list.
var countryCodes = regexp.MustCompile(`"([A-Z]{2})"`)

// A missing judgement is said by what it is about and never by its place.
func TestMissingJudgementsAreSaidByTitle(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	translations, err := policies.Translations()
	require.NoError(t, err)
	for _, c := range []struct {
		language, vacancy, rule, title string
	}{
		{"en", "OSCE CMS", "education", "“Equivalence of the qualifications”"},
		{"fr", "OSCE CMS", "education", "«\u00a0Équivalence des qualifications\u00a0»"},
		{"en", "UN CSO", "roster", "“Placed on the roster – With similar functions”"},
		{"fr", "UN CSO", "roster", "«\u00a0Inscription au fichier de candidats présélectionnés – Pour des fonctions analogues\u00a0»"},
	} {
		l, err := messages.In(c.language)
		require.NoError(t, err)
		k, err := eligibility.DecodeCase([]byte(`{
			"id": "k",
			"candidate": {"id": "c", "qualifications": [], "employments": [],
				"credentials": [{"id": "r", "kind": "roster", "code": "P-4", "issued": "2019-01-01", "expires": "2026-01-01"}]},
			"vacancy": "` + c.vacancy + `",
			"application": {"date": "2019-11-20"}
		}`))
		require.NoError(t, err)
		a, err := catalogue.Assess(t.Context(), k, eligibility.InLanguage(l, translations...), eligibility.WithDesirable())
		require.NoError(t, err)
		f, ok := a.Finding(c.rule)
		require.True(t, ok)
		require.Contains(t, f.Reason, c.title)
		for _, d := range a.Desirable {
			words, ok := translations[0].Rule(postOf(t, catalogue, c.vacancy), "desirable/"+d.ID)
			require.True(t, ok, d.ID)
			require.Equal(t, c.language == "fr", words.Title == d.Title, d.Title)
		}
		require.NotEmpty(t, a.Desirable)
	}
}

func postOf(t *testing.T, c *eligibility.Catalogue, reference string) *eligibility.Post {
	post, err := c.Post(reference)
	require.NoError(t, err)
	return post
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
	var cases []preparedCase
	for _, suite := range suites {
		cases = slices.Concat(append(slices.Collect(maps.Values(loadCases(t, suite))), cases)...)
	}
	for _, language := range []string{"en", "fr"} {
		l, err := messages.In(language)
		require.NoError(t, err)
		for _, p := range cases {
			c, err := eligibility.DecodeCase(p.input)
			require.NoError(t, err)
			a, err := catalogue.Assess(t.Context(), c, append(p.options, eligibility.InLanguage(l, translations...))...)
			require.NoError(t, err)
			for path, f := range a.All() {
				said++
				require.Regexp(t, `^\p{Lu}|^\d`, f.Reason, "%s %s", c.ID, path)
				require.Regexp(t, `[.?!](\x{a0}»)?$`, f.Reason, "%s %s", c.ID, path)
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
