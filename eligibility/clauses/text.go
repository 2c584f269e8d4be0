package clauses

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"
)

var letters = strings.NewReplacer(
	"’", "'", "‘", "'", "´", "'", "`", "'", "‚", "'", "‛", "'", "ʼ", "'", "′", "'", "‹", "'", "›", "'",
	"“", `"`, "”", `"`, "„", `"`, "‟", `"`, "″", `"`, "«", `"`, "»", `"`,
	"ﬁ", "fi", "ﬂ", "fl", "ﬀ", "ff", "ﬃ", "ffi", "ﬄ", "ffl")

// isSign reports a sign that begins the items of lists, and is one wherever it
// stands.
func isSign(r rune) bool {
	switch r {
	case '•', '·', '∙', '●', '▪', '◦', '‣', '⁃', '➢':
		return true
	}
	return string(r) != pageMark && unicode.Is(unicode.Co, r)
}

// isSymbol reports a symbol that begins an item at the beginning of a line, and
// may say something elsewhere. Boxes that may be ticked, and symbols such as №
// and °, always do.
func isSymbol(r rune) bool {
	return r >= '←' && (unicode.Is(unicode.So, r) || r <= '⇿') && (r < '☐' || r > '☒')
}

// withoutSign takes away the sign that begins an item, and reports whether there
// was one. An asterisk, which may refer to a note, and a quotation mark are one
// only by themselves at the beginning of a line.
func withoutSign(word string, beginsLine bool) (string, bool) {
	if word == "o" || beginsLine && (word == "*" || word == "»" || word == "›") {
		return "", true
	}
	rest := strings.TrimLeftFunc(word, func(r rune) bool { return isSign(r) || beginsLine && isSymbol(r) })
	return rest, rest != word
}

func isDash(r rune) bool { return unicode.Is(unicode.Pd, r) || r == '−' }

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// isOnlyDash reports a dash that stands by itself.
func isOnlyDash(word string) bool {
	return word != "" && strings.TrimFunc(word, isDash) == ""
}

// normaliseWord returns what is hashed of a word without the sign of its item:
// of its dashes those between digits.
func normaliseWord(word string) string {
	if word == pageMark {
		return ""
	}
	var b strings.Builder
	var last rune
	dash := false
	for _, r := range letters.Replace(word) {
		switch {
		case isDash(r):
			dash = true
			continue
		case unicode.Is(unicode.Cf, r) || unicode.IsSpace(r):
			continue
		case dash && isDigit(last) && isDigit(r):
			b.WriteByte('-')
		}
		b.WriteRune(r)
		last, dash = r, false
	}
	return b.String()
}

// hashed is what is hashed of words that follow one another.
type hashed struct {
	strings.Builder
	last rune // that was written
	dash bool // a dash has followed it
}

// add writes a word and returns where it begins, and whether there is anything
// of it.
func (h *hashed) add(word string, beginsLine bool) (int, bool) {
	n := normaliseWord(word)
	if n == "" {
		h.dash = h.dash || isOnlyDash(word) && !beginsLine
		return h.Len(), false
	}
	first, _ := utf8.DecodeRuneInString(n)
	if h.dash && isDigit(h.last) && isDigit(first) {
		h.WriteByte('-') // 12- of a line and 14 of the next
	}
	at := h.Len()
	h.WriteString(n)
	h.last, _ = utf8.DecodeLastRuneInString(n)
	end, _ := utf8.DecodeLastRuneInString(word)
	h.dash = isDash(end)
	return at, true
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
	words []string // but for dashes that stand by themselves
	shown []string // the words with the dashes after them
	start []int    // of each word in the text; one more for the end
	marks []before // of each word; one more for the end
	pages []string // the page numbers that were left out
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
	text, s.pages = withoutPages(text)
	var h hashed
	mark := before{line: true, empty: true}
	for line := range strings.Lines(text) {
		mark.line = true
		words := strings.Fields(line)
		mark.empty = mark.empty || len(words) == 0
		for i, word := range words {
			mark.page = mark.page || word == pageMark
			rest, item := withoutSign(word, i == 0)
			mark.item = mark.item || item
			h.dash = h.dash && !mark.item && !mark.empty
			at, any := h.add(rest, i == 0)
			if !any {
				if n := len(s.shown); isOnlyDash(rest) && i > 0 && n > 0 {
					s.shown[n-1] += " " + word
				}
				continue
			}
			s.words, s.shown, s.start, s.marks = append(s.words, word), append(s.shown, word), append(s.start, at), append(s.marks, mark)
			mark = before{}
		}
	}
	mark.line, mark.empty = true, true
	s.start, s.marks = append(s.start, h.Len()), append(s.marks, mark)
	s.text = h.String()
	return s
}

// slice returns the words from one to before another as they were read.
func (s *stream) slice(from, to int) string { return strings.Join(s.shown[from:to], " ") }

// normalised returns what is hashed of these words.
func (s *stream) normalised(from, to int) string { return s.text[s.start[from]:s.start[to]] }
