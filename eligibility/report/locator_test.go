package report

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility/messages"
)

// Parts of a text are said in the language of the report, names of sections as
// the notice has them.
func TestLocators(t *testing.T) {
	in := func(code string) *words {
		l, err := messages.In(code)
		require.NoError(t, err)
		return &words{Language: l}
	}
	for _, c := range []struct{ cite, french string }{
		{"§4 bullet 1 of the post", "§4 tiret 1 du poste"},
		{"EK 60271 §4 bullet 2", "EK 60271 §4 tiret 2"},
		{"cover page, contracted personnel, paragraphs 3 to 5", "page de couverture, contracted personnel, alinéas 3 à 5"},
		{"§III clearance or good conduct, paragraphs 1 and 2", "§III clearance or good conduct, alinéas 1 et 2"},
		{"post header, open to contributing third States", "en-tête du poste, open to contributing third States"},
		{"special notice, sentences 1 and 3", "special notice, phrases 1 et 3"},
		{"closing notes, sentence on removal", "closing notes, sentence on removal"},
	} {
		require.Equal(t, []string{c.french}, in("fr").locators([]string{c.cite}))
		require.Equal(t, []string{c.cite}, in("en").locators([]string{c.cite}))
	}
}
