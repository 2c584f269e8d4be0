package clauses

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
	"unicode"
)

var (
	pageLine   = regexp.MustCompile(`(?i)^\s*(\d{1,3}|\d{1,3}\s*/\s*\d{1,3}|page\s+\d+(\s*(of|/)\s*\d+)?)\s*$`)
	pageNumber = regexp.MustCompile(`(?i)(^|\s)(page\s+\d+\s*(of|/)\s*\d+|\d{1,3}\s?/\s?\d{1,3})(\s|$)`)
	lowHyphens = strings.NewReplacer("’", "'", "‘", "'", "´", "'", "“", `"`, "”", `"`, "„", `"`, "ﬁ", "fi", "ﬂ", "fl", "ﬀ", "ff", "ﬃ", "ffi", "ﬄ", "ffl")
)

// headerWords is how many words a line may have beside a page number to be
// taken for a header.
const headerWords = 12

// withoutPages takes page numbers and the headers beside them out of a text.
func withoutPages(text string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.ReplaceAll(text, "\f", "\n")) {
		switch at := pageNumber.FindStringIndex(line); {
		case pageLine.MatchString(line):
			line = "\n"
		case at != nil && len(strings.Fields(line)) <= headerWords && !strings.ContainsAny(line, ".;:•"):
			line = "\n"
		case at != nil:
			line = pageNumber.ReplaceAllString(line, " ")
			if !strings.HasSuffix(line, "\n") {
				line += "\n"
			}
		}
		b.WriteString(line)
	}
	return b.String()
}

// normaliseWord returns what is hashed of a word; nothing of the sign that
// begins an item.
func normaliseWord(word string) string {
	if word == "o" {
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
	}, lowHyphens.Replace(word))
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
	start []int  // of each word in the text; one more for the end
}

func newStream(text string) *stream {
	s := new(stream)
	var b strings.Builder
	begins := false
	for word := range strings.FieldsSeq(withoutPages(text)) {
		n := normaliseWord(word)
		begins = begins || item.MatchString(word+" ")
		if n == "" {
			continue
		}
		s.items = append(s.items, begins)
		begins = false
		s.words = append(s.words, word)
		s.start = append(s.start, b.Len())
		b.WriteString(n)
	}
	s.start = append(s.start, b.Len())
	s.text = b.String()
	return s
}

// slice returns the words from one to before another as they were read.
func (s *stream) slice(from, to int) string { return strings.Join(s.words[from:to], " ") }

// normalised returns what is hashed of these words.
func (s *stream) normalised(from, to int) string { return s.text[s.start[from]:s.start[to]] }
