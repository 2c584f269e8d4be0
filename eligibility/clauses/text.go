package clauses

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
)

var letters = strings.NewReplacer("’", "'", "‘", "'", "´", "'", "“", `"`, "”", `"`, "„", `"`, "ﬁ", "fi", "ﬂ", "fl", "ﬀ", "ff", "ﬃ", "ffi", "ﬄ", "ffl")

// isSign reports a sign that begins the items of lists, and is one wherever it
// stands.
func isSign(r rune) bool {
	switch r {
	case '•', '·', '●', '▪', '◦', '‣', '⁃', '➢':
		return true
	}
	return string(r) != pageMark && unicode.Is(unicode.Co, r)
}

// isSymbol reports a symbol that begins an item at the beginning of a line, and
// may say something elsewhere. Boxes that may be ticked, and symbols such as №
// and °, always do.
func isSymbol(r rune) bool {
	return r >= '←' && unicode.Is(unicode.So, r) && (r < '☐' || r > '☒')
}

// withoutSign takes away the sign that begins an item, and reports whether there
// was one. An asterisk, which may refer to a note, is one only by itself at the
// beginning of a line.
func withoutSign(word string, beginsLine bool) (string, bool) {
	if word == "o" || word == "*" && beginsLine {
		return "", true
	}
	rest := strings.TrimLeftFunc(word, func(r rune) bool { return isSign(r) || beginsLine && isSymbol(r) })
	return rest, rest != word
}

// normaliseWord returns what is hashed of a word without the sign of its item.
func normaliseWord(word string) string {
	if word == pageMark {
		return ""
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '\u00ad', '\u200b', '\u200c', '\u200d', '\ufeff', '−':
			return -1
		}
		if unicode.Is(unicode.Pd, r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, letters.Replace(word))
}

// Normalise returns what is hashed of a sentence.
func Normalise(sentence string) string { return newStream(sentence).text }

// Hash returns the hash of a normalised sentence.
func Hash(normalised string) string {
	sum := sha256.Sum256([]byte(normalised))
	return hex.EncodeToString(sum[:])
}

// stream is a normalised text with the words that it came from.
type stream struct {
	text  string
	words []string
	start []int    // of each word in the text; one more for the end
	marks []before // of each word; one more for the end
}

// before is what stands before a word.
type before struct {
	item  bool // the sign of an item
	page  bool // a page number
	line  bool // a line break
	empty bool // an empty line
}

func newStream(text string) *stream {
	s := new(stream)
	var b strings.Builder
	mark := before{line: true, empty: true}
	for line := range strings.Lines(withoutPages(text)) {
		mark.line = true
		words := strings.Fields(line)
		mark.empty = mark.empty || len(words) == 0
		for i, word := range words {
			mark.page = mark.page || word == pageMark
			rest, item := withoutSign(word, i == 0)
			mark.item = mark.item || item
			n := normaliseWord(rest)
			if n == "" {
				continue
			}
			s.words, s.start, s.marks = append(s.words, word), append(s.start, b.Len()), append(s.marks, mark)
			b.WriteString(n)
			mark = before{}
		}
	}
	mark.line, mark.empty = true, true
	s.start, s.marks = append(s.start, b.Len()), append(s.marks, mark)
	s.text = b.String()
	return s
}

// slice returns the words from one to before another as they were read.
func (s *stream) slice(from, to int) string { return strings.Join(s.words[from:to], " ") }

// normalised returns what is hashed of these words.
func (s *stream) normalised(from, to int) string { return s.text[s.start[from]:s.start[to]] }
