package clauses_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility/clauses"
)

func TestPageHeaders(t *testing.T) {
	list := account()
	for _, headers := range [][2]string{
		{"Harbour Office – Notice 7 – Page 1 of 3", "Harbour Office – Notice 7 – Page 2 of 3"},
		{"Harbour Office 1/3", "Harbour Office 2/3"},
		{"1\n\nHarbour Office", "2\n\nHarbour Office"},
		{"- 1 -\n\nHarbour Office", "- 2 -\n\nHarbour Office"},
		{"\fHarbour Office", "\fHarbour Office"},
	} {
		text := strings.Replace(notice, "what comes in", "what\n\n"+headers[0]+"\n\ncomes in", 1)
		text = strings.Replace(text, "of work at sea", "of work\n\n"+headers[1]+"\n\nat sea", 1)
		require.Empty(t, differences(list, text), headers[0])
		found := clauses.Compare(list, text).Headers
		require.Len(t, found, 1, headers[0])
		require.Contains(t, found[0].Text, "Harbour Office")
		require.Equal(t, 2, found[0].Times)
		text = strings.Replace(notice, "• To count", "\n"+headers[0]+"\n\n• To count", 1)
		text = strings.Replace(text, "• A minimum", "\n"+headers[1]+"\n\n• A minimum", 1)
		require.Empty(t, differences(list, text), headers[0])
	}
	require.Empty(t, clauses.Compare(list, notice).Headers)
	// What is asked of every post is no header, however often it stands there.
	text := strings.Replace(notice, "• To count", "• Fluent Welsh;\n• To count", 1)
	text = strings.Replace(text, "• To keep", "• Fluent Welsh;\n• To keep", 1)
	text = strings.Replace(text, "• A minimum", "• Fluent Welsh;\n• A minimum", 1)
	require.Len(t, differences(list, text), 3)
}

// A header that no page number stands beside, or that stands there once, is
// reported: better one change too many than a hidden one.
func TestNoHeader(t *testing.T) {
	list := account()
	for _, tt := range []struct{ first, second string }{
		{"Harbour Office", "Harbour Office"},
		{"Harbour Office – Page 1 of 3", ""},
		{"Page 1 of 3\n\nnot so", "Page 2 of 3\n\nnot so"},
		{"Page 1 of 3\n\nNOT", "Page 2 of 3\n\nNOT"},
		{"Page 1 of 3\n\n• Fluent Welsh", "Page 2 of 3\n\n• Fluent Welsh"},
		{"Page 1 of 3\n\nFluent Welsh.", "Page 2 of 3\n\nFluent Welsh."},
		{"Page 1 of 3\n\n10 police", "Page 2 of 3\n\n10 police"},
		{"Not for Bretons 1", "Not for Bretons 2"},
	} {
		text := strings.Replace(notice, "what comes in", "what\n\n"+tt.first+"\n\ncomes in", 1)
		text = strings.Replace(text, "of work at sea", "of work\n\n"+tt.second+"\n\nat sea", 1)
		require.NotEmpty(t, differences(list, text), tt.first)
	}
}

// What does not stand on every page, or on every second one, is no header. One
// that is numbered needs no page number beside it.
func TestHeadersOfEveryPage(t *testing.T) {
	// Six pages end within six sentences.
	paged := func(headers ...string) string {
		var b strings.Builder
		for i, header := range headers {
			for n := range 40 {
				fmt.Fprintf(&b, "Word%d-%d ", i, n)
			}
			if header != "" {
				fmt.Fprintf(&b, "\n\n%s\n\n", strings.Replace(header, "#", fmt.Sprint(i+1), 1))
			}
			b.WriteString("and so on.\n")
		}
		return b.String()
	}
	list := clauses.List(paged("", "", "", "", "", ""))
	const plain, headed, other = "- # -", "Harbour Office\n\n- # -", "The Second Mole\n\n- # -"
	for _, headers := range [][]string{
		{plain, plain, plain, plain, plain, plain},
		{plain, headed, headed, headed, headed, headed},
		{headed, other, headed, other, headed, other},
		{"Office 2, page #", "Office 2, page #", "Office 2, page #", "", "Office 2, page #", "Office 2, page #"},
	} {
		require.Empty(t, differences(list, paged(headers...)), headers)
	}
	for _, headers := range [][]string{
		{plain, headed, plain, plain, headed, plain},
		{headed, plain, headed, plain, plain, plain},
		{"Mole 3", "Mole 3", "Mole 3", "Mole 3", "Mole 3", "Mole 3"},
		{"Mole 3", "Mole 9", "Mole 1", "Mole 3", "Mole 4", "Mole 5"},
		{"Mole 1", "Mole 9", "Mole 10", "Mole 20", "Mole 30", "Mole 40"},
	} {
		require.NotEmpty(t, differences(list, paged(headers...)), headers)
	}
	require.Equal(t, []string{"- 1 -", "- 2 -", "- 3 -", "- 4 -", "- 5 -", "- 6 -"}, clauses.Compare(list, paged(plain, plain, plain, plain, plain, plain)).Pages)
}
