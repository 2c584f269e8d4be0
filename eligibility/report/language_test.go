package report_test

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/eligibility/report"
)

// invented writes the messages of English in a language that nobody speaks: in
// Greek letters, without its arguments.
func invented(t *testing.T) []byte {
	data, err := os.ReadFile("../messages/en.yaml")
	require.NoError(t, err)
	var doc yaml.Node
	require.NoError(t, yaml.Unmarshal(data, &doc))
	words := regexp.MustCompile(`\{[^}]*\}|[a-zA-Z]`)
	var translate func(n *yaml.Node)
	translate = func(n *yaml.Node) {
		switch n.Kind {
		case yaml.ScalarNode:
			n.Value = words.ReplaceAllStringFunc(n.Value, func(s string) string {
				if len(s) > 1 {
					return s
				}
				return string(rune('α') + rune(strings.ToLower(s)[0]-'a')%17)
			})
		case yaml.MappingNode:
			for i := 1; i < len(n.Content); i += 2 {
				translate(n.Content[i])
			}
		default:
			for _, c := range n.Content {
				translate(c)
			}
		}
	}
	translate(&doc)
	out, err := yaml.Marshal(&doc)
	require.NoError(t, err)
	return out
}

// A language is one file: with it, everything that is not the words of a policy
// or of a history is said in that language.
func TestALanguageIsOneFile(t *testing.T) {
	l, err := messages.Read("eo", invented(t))
	require.NoError(t, err)
	latin := regexp.MustCompile(`[a-zA-Z]+`)
	for _, name := range []string{"tenure", "unknown", "deployment"} {
		r := madeIn(t, l, nil, histories(t)[name])
		// The words of the policy and of the history are known.
		known := map[string]bool{}
		learn := func(text string) {
			for _, word := range latin.FindAllString(text, -1) {
				known[word] = true
			}
		}
		learn(histories(t)[name])
		for _, file := range []string{"csdp.yaml", "vacancies/ek-60271.yaml"} {
			data, err := os.ReadFile("../policies/" + file)
			require.NoError(t, err)
			learn(string(data))
		}
		learn("nqf github com qualify rules v T EK PT EU ISCED XK Union")
		var text, page bytes.Buffer
		require.NoError(t, report.Text(&text, r, false))
		require.NoError(t, report.HTML(&page, r))
		_, body, _ := strings.Cut(page.String(), "<header>")
		body = regexp.MustCompile(`<[^>]*>|&#?\w+;`).ReplaceAllString(body, " ")
		said := regexp.MustCompile(`nqf-[0-9a-f]{12}`).ReplaceAllString(text.String()+body, "")
		for _, word := range latin.FindAllString(said, -1) {
			require.True(t, known[word] || len(word) == 1, "%s: %q is in English", name, word)
		}
	}
}
