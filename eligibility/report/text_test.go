package report

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Columns stay where they are when words are coloured.
func TestColourIsAroundTheWords(t *testing.T) {
	for _, word := range []string{"met", "unmet", "undetermined", "notApplicable", "eligible", "ineligible"} {
		painted := (&printer{colour: true}).paint(word, "text")
		require.Regexp(t, "^\x1b\\[[0-9]+mtext\x1b\\[0m$", painted, word)
		require.Equal(t, "text", (&printer{}).paint(word, "text"))
	}
}

func TestWrap(t *testing.T) {
	require.Equal(t, []string{"one two", "three"}, wrap("one two three", 8))
	require.Equal(t, []string{"a\u00a0b", "c"}, wrap("a\u00a0b c", 4), "what must not break stays together")
	require.Equal(t, []string{"日本", "語"}, wrap("日本語", 4), "wide letters take two columns")
	require.Equal(t, []string{"e\u0301e\u0301 e\u0301"}, wrap("e\u0301e\u0301 e\u0301", 4), "accents take none")
	require.Equal(t, []string{""}, wrap("", 4))
	for _, l := range wrap(strings.Repeat("x", 95)+" "+strings.Repeat("y", 250), columns) {
		require.LessOrEqual(t, displayWidth(l), columns)
	}
}

// A title may hold what would turn the terminal upside down.
func TestPrintable(t *testing.T) {
	require.Equal(t, "red[31m text", printable("red\x1b[31m\u202e\ttext"))
}
