package clauses

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
	"unicode"
)

var (
	pageLine   = regexp.MustCompile(`(?i)^\s*(\d{1,3}|page\s+\d+)\s*$`)
	pageNumber = regexp.MustCompile(`(?i)(^|\s)(page\s+\d+\s*(of|/)\s*\d+|\d{1,3}\s?/\s?\d{1,3})(\s|$)`)
	letters    = strings.NewReplacer("’", "'", "‘", "'", "´", "'", "“", `"`, "”", `"`, "„", `"`, "ﬁ", "fi", "ﬂ", "fl", "ﬀ", "ff", "ﬃ", "ffi", "ﬄ", "ffl")
)

// pageMark stands where a page number was: a word of its own that is not hashed.
const pageMark = "\ue000"

// withoutPages puts marks in place of page numbers. A number alone is one only on
// a line of its own between empty ones: elsewhere a line may have been broken
// around a number that counts.
func withoutPages(text string) string {
	var b strings.Builder
	lines := strings.Split(strings.ReplaceAll(text, "\f", "\n"+pageMark+"\n"), "\n")
	empty := func(i int) bool { return i < 0 || i >= len(lines) || strings.TrimSpace(lines[i]) == "" }
	for i, line := range lines {
		if pageLine.MatchString(line) && empty(i-1) && empty(i+1) {
			line = pageMark
		}
		b.WriteString(pageNumber.ReplaceAllString(line, " "+pageMark+" "))
		b.WriteByte('\n')
	}
	return b.String()
}

// normaliseWord returns what is hashed of a word; nothing of the sign that
// begins an item.
func normaliseWord(word string) string {
	if word == "o" || word == pageMark {
		return ""
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '•', '·', '●', '▪', '◦', '*', '\u00ad', '\u200b', '\u200c', '\u200d', '\ufeff', '-':
			return -1
		}
		if unicode.Is(unicode.Pd, r) || r == '−' || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, letters.Replace(word))
}

// Normalise returns what is hashed of a sentence.
func Normalise(sentence string) string {
	var b strings.Builder
	for word := range strings.FieldsSeq(withoutPages(sentence)) {
		b.WriteString(normaliseWord(word))
	}
	return b.String()
}

// Hash returns the hash of a normalised sentence.
func Hash(normalised string) string {
	sum := sha256.Sum256([]byte(normalised))
	return hex.EncodeToString(sum[:])
}

// stream is a normalised text with the words that it came from.
type stream struct {
	text  string
	words []string
	items []bool // of each word, whether it begins an item of a list
	pages []bool // of each word, whether a page number stands before it; one more for the end
	start []int  // of each word in the text; one more for the end
}

func newStream(text string) *stream {
	s := new(stream)
	var b strings.Builder
	begins, page := false, false
	for word := range strings.FieldsSeq(withoutPages(text)) {
		n := normaliseWord(word)
		begins = begins || item.MatchString(word+" ")
		page = page || word == pageMark
		if n == "" {
			continue
		}
		s.items, s.pages = append(s.items, begins), append(s.pages, page)
		begins, page = false, false
		s.words = append(s.words, word)
		s.start = append(s.start, b.Len())
		b.WriteString(n)
	}
	s.start, s.pages = append(s.start, b.Len()), append(s.pages, page)
	s.text = b.String()
	return s
}

// slice returns the words from one to before another as they were read.
func (s *stream) slice(from, to int) string { return strings.Join(s.words[from:to], " ") }

// normalised returns what is hashed of these words.
func (s *stream) normalised(from, to int) string { return s.text[s.start[from]:s.start[to]] }
