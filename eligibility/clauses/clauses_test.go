package clauses_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility/clauses"
)

// notice is made up; no organisation has published it.
const notice = `Harbour Watch Officer

Employment Regime:
Seconded

1. Tasks:

• To watch the harbour by day and by night, and to report what comes in without
delay;

• To count the gulls on the eastern mole;

• To keep the log-book.

2. Requirements:

• A diploma in seamanship that took at least 3 years, e.g. of a naval
academy; AND

 4/17

• A minimum of four years of work at sea, out of which:
o two years on the bridge;
o Experience of night watches.

• Fluent Breton. Knowledge of Cornish is an advantage.
`

func differences(list []clauses.Clause, text string) []clauses.Difference {
	return clauses.Compare(list, text).Differences
}

// account is the account of the notice, bound to rules that do not matter here.
func account() []clauses.Clause {
	list := clauses.List(notice)
	for i := range list {
		list[i].At = fmt.Sprintf("clause %d", i+1)
		list[i].Says, list[i].None = "something", "a test"
	}
	return list
}

func TestSentences(t *testing.T) {
	require.Equal(t, []string{
		"Harbour Watch Officer",
		"Employment Regime: Seconded",
		"1. Tasks:",
		"To watch the harbour by day and by night, and to report what comes in without delay;",
		"To count the gulls on the eastern mole;",
		"To keep the log-book.",
		"2. Requirements:",
		"A diploma in seamanship that took at least 3 years, e.g. of a naval academy; AND",
		"A minimum of four years of work at sea, out of which:",
		"two years on the bridge;",
		"Experience of night watches.",
		"Fluent Breton.",
		"Knowledge of Cornish is an advantage.",
	}, clauses.Sentences(notice))
}

func TestNormalise(t *testing.T) {
	for _, tt := range []struct{ a, b string }{
		{"multi-\nnational staff", "multi-national  staff"},
		{"multi\u00adnational", "multinational"},
		{"• the ‘Master’s’ degree – or an equivalent", "the 'Master's' degree-or an equivalent"},
		{"o two years", "two years"},
		{"of\fficers", "officers"},
		{"ofﬁcers", "officers"},
		{"a diploma; AND\n\n 39/57 \n\nfour years", "a diploma; AND four years"},
		{"a diploma Page 3 of 57 and", "a diploma and"},
		{"a\u00a0diploma; AND\n\n\u00a039\u00a0/\u00a057\u00a0\n\nfour\u00a0years", "a diploma; AND four years"},
		{"a diploma\n\nPage\u00a03\n\nand", "a diploma and"},
		{"➢ two years", "two years"},
		{"\uf0b7two years", "two years"},
		{"✓ two years", "two years"},
		{"■ two years", "two years"},
		{"□ two years", "two years"},
		{"‣ two years", "two years"},
		{"⁃ two years", "two years"},
		{"* two years", "two years"},
		{"∙ two years", "two years"},
		{"→ two years", "two years"},
		{"» two years", "two years"},
		{"\ufeff• two years", "two years"},
		{"two\u2060 ye\u200ears", "two years"},
		{"the `Master‛s’ «degree»", "the 'Master's' \"degree\""},
		{"cafe\u0301", "café"},
		{"2–3 years", "2-3 years"},
		{"2 – 3 years", "2-3 years"},
		{"Instruction 12-\n2018", "Instruction 12-2018"},
		{"in 2018\n– two years", "in 2018 two years"},
		{"a diploma\n\np. 3\n\nand", "a diploma and"},
		{"a\n\n1 of 3\n\nb\n\n2 of 3\n\nc\n\n3 of 3\n\nd", "a b c d"},
		{"a\n\n1\n\nb\n\n2\n\nc\n\n9\n\nd\n\n3\n\ne", "a b c 9 d e"},
	} {
		require.Equal(t, clauses.Normalise(tt.b), clauses.Normalise(tt.a), tt.a)
	}
	for _, tt := range []struct{ a, b string }{
		{"four years", "five years"},
		{"police and military", "police or military"},
		{"must", "MUST"},
		{"degree; the field", "degree. the field"},
		{"a minimum of\n4\nyears", "a minimum of\nyears"},
		{"decision 7291/09", "decision"},
		{"a minimum of 4 1/2 years", "a minimum of 4 years"},
		{"until 14/11", "until"},
		{"until\n14/11", "until"},
		{"skills 24/7", "skills"},
		{"see page 3 of 5", "see"},
		{"a minimum of\n\n15\n\nyears", "a minimum of\n\nyears"},
		{"a minimum of\n\n1/2\n\nyears", "a minimum of\n\nyears"},
		{"EK 1*", "EK 1"},
		{"EK 1 *", "EK 1"},
		{"*For nationals only", "For nationals only"},
		{"3·5 years", "35 years"},
		{"☑ two years", "☐ two years"},
		{"№ 5", "5"},
		{"EK 1 ✓", "EK 1"},
		{"seconded ■ contracted □", "seconded □ contracted ■"},
		{"2-3 years", "23 years"},
		{"2 – 3 years", "23 years"},
		{"Part time.\n\n4/5\n\nPaid.", "Part time. Paid."},
		{"Vacancies:\n\n1\n\nand\n\n2\n\n", "Vacancies: and"},
	} {
		require.NotEqual(t, clauses.Normalise(tt.b), clauses.Normalise(tt.a), tt.a)
	}
}

// How the lines are broken is no difference, wherever that is.
func TestReflow(t *testing.T) {
	list := account()
	words := strings.Fields(notice)
	require.Empty(t, differences(list, notice))
	require.Empty(t, differences(list, strings.Join(words, " ")))
	require.Empty(t, differences(list, strings.Join(words, "\n")))
	require.Empty(t, differences(list, strings.ReplaceAll(notice, "\n", "\r\n")))
	require.Empty(t, differences(list, strings.ReplaceAll(notice, "log-book", "log-\n   book")))
	require.Empty(t, differences(list, strings.ReplaceAll(notice, "•", "-")))
	for width := 12; width < 80; width += 7 {
		var b strings.Builder
		column := 0
		for _, w := range words {
			if column += len(w) + 1; column > width {
				b.WriteString("\n")
				column = len(w)
			}
			b.WriteString(w + " ")
		}
		require.Empty(t, differences(list, b.String()), "%d columns", width)
	}
}

// The signs of a list are no sentences.
func TestListSigns(t *testing.T) {
	list := account()
	for _, sign := range []string{"➢", "\uf0b7", "✓", "■", "□", "‣", "⁃", "*"} {
		text := strings.ReplaceAll(notice, "•", sign)
		require.Empty(t, differences(list, text), sign)
		require.Equal(t, clauses.Sentences(notice), clauses.Sentences(text), sign)
	}
}

// A text is as it was listed, whatever it has.
func TestListed(t *testing.T) {
	for _, text := range []string{
		notice,
		"Skills\n\n24/30\n\nYears\n\n1/30\n\nMore",
		"One thing. * Another thing. ✓ A third thing.\n* A fourth\n✓ A fifth\n",
		"Post 1*\n*Pending.\n** Seconded only.",
		"A o B\n\n15\n\nC 3 / 4 D. 5/6\n\nPage 3\n\nE\f7\fF",
		"Seconded ■ Contracted □ ☑",
	} {
		list := clauses.List(text)
		require.NotEmpty(t, list)
		require.Empty(t, differences(list, text), text)
	}
}

// Words within a line are never taken for the header of a page, wherever and
// however often they stand.
func TestNothingInserted(t *testing.T) {
	list := account()
	lines := strings.Split(notice, "\n")
	var places [][2]int // line, word
	for i, line := range lines {
		for j := range strings.Fields(line) {
			if !strings.Contains(line, "4/17") {
				places = append(places, [2]int{i, j})
			}
		}
	}
	insert := func(text []string, at [2]int, what func(word string) string) {
		words := strings.Fields(text[at[0]])
		words[at[1]] = what(words[at[1]])
		text[at[0]] = strings.Join(words, " ")
	}
	for _, what := range []func(string) string{
		func(w string) string { return "not " + w },
		func(w string) string { return w + " 10" },
		func(w string) string { return w + " 1/2" },
		func(w string) string { return w + " 24/7" },
		func(w string) string { return w + "*" },
		func(w string) string { return w + "\n\nPage 3 of 9\n\nnot" },
		func(w string) string { return w + "\n\nunder no circumstances\n\n" },
		func(w string) string { return w + "\nNot Always\n" },
		func(w string) string { return w + "\n\n15\n\n" },
	} {
		for i, place := range places {
			text := strings.Split(notice, "\n")
			insert(text, place, what)
			if !strings.Contains(what(""), "Not Always") {
				require.NotEmpty(t, differences(list, strings.Join(text, "\n")), "%q in line %d at word %d", what(""), place[0], place[1])
			}
			insert(text, places[(i+17)%len(places)], what)
			insert(text, places[(i+31)%len(places)], what)
			require.NotEmpty(t, differences(list, strings.Join(text, "\n")), "%q from line %d, word %d", what(""), place[0], place[1])
		}
	}
}

// A word said twice is one word more, not a header that stands there twice.
func TestDoubled(t *testing.T) {
	list := account()
	for _, word := range []string{"four", "3", "at", "watches.", "Fluent"} {
		text := strings.Replace(notice, word, word+" "+word, 1)
		require.NotEmpty(t, differences(list, text), word)
		require.NotEmpty(t, differences(list, strings.Replace(notice, word, word+"\n\n"+word, 1)), word)
	}
}

// What was put in, and where a clause went, is told.
func TestWhatBecame(t *testing.T) {
	list := account()
	text := strings.Replace(notice, "that took at least", "that never took at least", 1)
	all := differences(list, text)
	require.Len(t, all, 1)
	require.Equal(t, "never", all[0].Added)
	require.False(t, all[0].Went)
	text = strings.Replace(notice, "• To count the gulls on the eastern mole;\n", "", 1) + "• To count the gulls on the eastern mole;\n"
	all = differences(list, text)
	require.Len(t, all, 1)
	require.True(t, all[0].Went)
	require.Equal(t, "clause 4", all[0].After.At)
	require.Equal(t, "clause 13", all[0].Now.At)
	// The first of two that say the same.
	list = clauses.List("Watch Officer\n\nWatch Officer\n\n1. Tasks:")
	all = differences(list, "Watch 10 Officer\n\nWatch Officer\n\n1. Tasks:")
	require.Len(t, all, 1)
	require.Same(t, &list[0], all[0].Clause)
}

func TestCarry(t *testing.T) {
	list := account()
	list[8].None, list[8].Rules = "", []string{"experience"}
	parts := []*clauses.Account{
		{Notice: "N", Policy: "p", Clauses: list[:6]},
		{Notice: "N", Policy: "p", Vacancy: "A", Clauses: list[6:]},
	}
	require.Equal(t, parts, clauses.Carry(parts, notice))
	text := strings.Replace(notice, "four years", "five years", 1)
	text = strings.Replace(text, "2. Req", "To feed the cat.\n\n2. Req", 1)
	text = strings.Replace(text, "• To count the gulls on the eastern mole;\n", "", 1)
	text = strings.Replace(text, "what comes", "what\n\n1/3\n\nHarbour Office\n\ncomes", 1)
	text = strings.Replace(text, "two years on", "two years\n\n2/3\n\nHarbour Office\n\non", 1)
	next := clauses.Carry(parts, text)
	require.Len(t, next, 2)
	require.Equal(t, "A", next[1].Vacancy)
	require.Equal(t, list[:4], next[0].Clauses[:4])
	require.Equal(t, list[5], next[0].Clauses[4])
	require.Equal(t, "?", next[0].Clauses[5].At)
	require.Equal(t, "To feed the cat.", next[0].Clauses[5].Text)
	changed := next[1].Clauses[2]
	require.Equal(t, "? clause 9", changed.At)
	require.Equal(t, []string{"experience"}, changed.Rules)
	require.Equal(t, list[9:], next[1].Clauses[3:])
	require.Empty(t, differences(slices.Concat(next[0].Clauses, next[1].Clauses), text))
}

func TestDifferences(t *testing.T) {
	for _, tt := range []struct {
		name, old, new string
		want           []string
	}{
		{"a number", "four years", "five years", []string{"changed clause 9: A minimum of five years of work at sea, out of which:"}},
		{"a digit", "least 3 years", "least 4 years", []string{"changed clause 8: A diploma in seamanship that took at least 4 years, e.g. of a naval academy; AND"}},
		{"a short clause", "Fluent Breton.", "Fluent Gallo.", []string{"changed clause 12: Fluent Gallo."}},
		{"one that is gone", "• To count the gulls on the eastern mole;\n", "", []string{"gone clause 5: "}},
		{"one that is new", "• To keep", "• To feed the cat;\n\n• To keep", []string{"new after clause 5: To feed the cat;"}},
		{"one at the beginning", "Harbour Watch", "For immediate publication. Harbour Watch", []string{"new : For immediate publication."}},
		{"one at the end", "an advantage.", "an advantage. Apply within.", []string{"new after clause 13: Apply within."}},
		{"a word more at the end", "night watches.", "night watches and of fog.", []string{"changed clause 11: Experience of night watches and of fog."}},
		{"two become one", "delay;\n\n• To count", "delay and to count", []string{
			"changed clause 4: To watch the harbour by day and by night, and to report what comes in without delay and to count the gulls on the eastern mole;",
			"gone clause 5: ",
		}},
		{"one becomes two", "by night, and to report", "by night. And to report", []string{
			"changed clause 4: To watch the harbour by day and by night. And to report what comes in without delay;",
		}},
		{"two that changed places", "• To count the gulls on the eastern mole;\n\n• To keep the log-book.", "• To keep the log-book.\n\n• To count the gulls on the eastern mole;",
			[]string{"moved clause 5: To count the gulls on the eastern mole;"}},
		{"one that went elsewhere and changed", "• To count the gulls on the eastern mole;\n", "", []string{
			"changed clause 5: To count the gulls on the western mole;",
		}},
		{"one that is said twice", "• To keep", "• To count the gulls on the eastern mole;\n• To keep", []string{"new after clause 5: To count the gulls on the eastern mole;"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(notice, tt.old, tt.new, 1)
			if tt.name == "one that went elsewhere and changed" {
				text += "\n• To count the gulls on the western mole;\n"
			}
			require.NotEqual(t, notice, text)
			var got []string
			for _, d := range differences(account(), text) {
				at := ""
				switch {
				case d.Clause != nil:
					at = d.Clause.At
				case d.After != nil:
					at = "after " + d.After.At
				}
				got = append(got, fmt.Sprintf("%s %s: %s", d.Kind, at, d.Text))
			}
			require.Equal(t, tt.want, got)
		})
	}
}

func TestAnotherNotice(t *testing.T) {
	list := account()
	all := differences(list, "")
	require.Len(t, all, len(list))
	for _, d := range all {

		require.Equal(t, clauses.Gone, d.Kind)
	}
	require.Zero(t, clauses.Known(list, "Something else altogether."))
	require.Equal(t, len(clauses.Normalise("Fluent Breton.")), clauses.Known(list, "He speaks Fluent Breton."))
}

func TestLoad(t *testing.T) {
	n := clauses.Normalise("Fluent Breton.")
	hashes := fmt.Sprintf("sha256: %s, length: %d, near: %s", clauses.Hash(n), len(n), clauses.Fingerprint(n))
	of := func(clause string) string {
		return "notice: N\npolicy: p\nclauses:\n  - {at: §1, says: it, " + clause + "}\n"
	}
	a, err := clauses.Load("a.yaml", []byte(of("rules: [languages], judgements: [heard], "+hashes)))
	require.NoError(t, err)
	require.Equal(t, []string{"languages", "heard"}, a[0].Clauses[0].Bound())
	a, err = clauses.Load("a.yaml", []byte(of("none: a task, "+hashes)+"---\n"+of("none: a task, "+hashes)))
	require.NoError(t, err)
	require.Len(t, a, 2)
	for _, tt := range []struct{ text, want string }{
		{of(hashes), "a.yaml: clause 1, §1: it is bound to nothing: name its rules or judgements, or say in none why it has no legal effect"},
		{of("rules: [languages], none: a task, " + hashes), "a.yaml: clause 1, §1: it is bound to [languages] and to nothing: do one of both"},
		{of("none: a task, sha256: 00, length: 3, near: 00"), "a.yaml: clause 1, §1: its hash, length or fingerprint is not one: list the notice again"},
		{strings.Replace(of("none: a task, "+hashes), "says: it, ", "says: '? it', ", 1), "a.yaml: clause 1, §1: say where it stands and what it says in place of the question mark"},
		{strings.Replace(of("none: a task, "+hashes), "says: it, ", "", 1), "a.yaml: clause 1, §1: state where it stands and what it says"},
		{"notice: N\npolicy: p\n", "a.yaml: state the notice, the policy and the clauses"},
	} {
		_, err := clauses.Load("a.yaml", []byte(tt.text))
		require.EqualError(t, err, tt.want)
	}
	_, err = clauses.Load("a.yaml", []byte("notice: N\nauthor: me\n"))
	require.ErrorContains(t, err, "author")
}
