package report_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/width"

	"github.com/qualify-rules/qualify/eligibility/report"
)

// escape is what colours a word.
var escape = regexp.MustCompile("\x1b\\[[0-9]+m")

// columnsOf is how many columns of a terminal a line takes.
func columnsOf(line string) int {
	n := 0
	for _, r := range line {
		switch kind := width.LookupRune(r).Kind(); {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case kind == width.EastAsianWide || kind == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// requireFitsATerminal holds a text to a hundred columns, and that nothing of it
// is run, nor changed by colour.
func requireFitsATerminal(t *testing.T, r *report.Report) {
	var plain, coloured bytes.Buffer
	require.NoError(t, report.Text(&plain, r, false))
	require.NoError(t, report.Text(&coloured, r, true))
	require.Regexp(t, escape, coloured.String())
	require.Equal(t, plain.String(), escape.ReplaceAllString(coloured.String(), ""))
	require.NotRegexp(t, `\b(0001|9999)\b|1er janvier 1\b`, plain.String())
	for line := range strings.Lines(plain.String()) {
		line = strings.TrimSuffix(line, "\n")
		require.LessOrEqual(t, columnsOf(line), 100, line)
		require.Equal(t, strings.TrimRight(line, " "), line)
		for _, r := range line {
			require.True(t, unicode.IsPrint(r) || r == '\u00a0' || r == '\u200d', "%U in %q", r, line)
		}
	}
}
