package clauses

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	heading = regexp.MustCompile(`^\s*(\d{1,2}|[IVX]{1,4}(\.[A-Z])?)\.?\s+[A-Z]`)
	// headed is a numbered heading that ends with a colon, and what follows it.
	headed = regexp.MustCompile(`^(\d{1,2}\.\s[^.;:•]{3,80}:)\s+(.+)$`)
)

// abbreviations end with a full stop that ends no sentence.
var abbreviations = map[string]bool{"e.g.": true, "i.e.": true, "(e.g.": true, "(i.e.": true, "incl.": true, "No.": true, "Ref.": true, "Art.": true, "p.m.": true, "a.m.": true, "Ms.": true, "Mr.": true}

// Sentences splits a notice into its sentences, headings and items of lists,
// with the blanks between words made one. It serves to list what an account has
// to name; to find the clauses of an account in a text, nothing is split.
func Sentences(text string) []string {
	var sentences []string
	text, _ = withoutPages(text)
	for _, block := range blocks(text) {
		if m := headed.FindStringSubmatch(block); m != nil {
			sentences = append(sentences, m[1])
			block = m[2]
		}
		sentences = append(sentences, inBlock(block)...)
	}
	return sentences
}

// blocks joins the lines that belong together.
func blocks(text string) []string {
	var blocks []string
	blank := true
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		if trimmed == "" {
			blank = true
			continue
		}
		first, _ := utf8.DecodeRuneInString(trimmed)
		words := strings.Fields(trimmed)
		_, isItem := withoutSign(words[0], true)
		begins := isItem || heading.MatchString(line) && !endsWithDash(blocks)
		goesOn := unicode.IsLower(first) || first == '(' || isJunction(words[0])
		if len(blocks) == 0 || begins || blank && !goesOn {
			blocks = append(blocks, "")
		}
		last := &blocks[len(blocks)-1]
		for i, word := range words {
			word, _ = withoutSign(word, i == 0)
			if normaliseWord(word) == "" && (i == 0 || *last == "" || !isOnlyDash(word)) {
				continue
			}
			if *last != "" {
				*last += " "
			}
			*last += word
		}
		blank = false
	}
	return blocks
}

// endsWithDash reports whether the last of some lines is broken at a dash.
func endsWithDash(lines []string) bool {
	if len(lines) == 0 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(lines[len(lines)-1])
	return isDash(last)
}

// isJunction reports a word that joins a requirement to the next one and is no
// sentence of its own.
func isJunction(word string) bool { return word == "AND" || word == "OR" }

func inBlock(block string) []string {
	var sentences []string
	words := strings.Fields(block)
	from := 0
	for _, end := range ends(words) {
		sentences = append(sentences, strings.Join(words[from:end], " "))
		from = end
	}
	return sentences
}

// ends returns the numbers of the words after which sentences end, the last
// word's among them.
func ends(words []string) []int {
	var all []int
	from := 0
	for i, word := range words {
		last := strings.TrimRight(word, `"'”’)`)
		if i == len(words)-1 {
			all = append(all, i+1)
			continue
		}
		if len(last) < 3 || i == from || !strings.ContainsAny(last[len(last)-1:], ".;!?") || abbreviations[word] {
			continue
		}
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(words[i+1], `"'“(`))
		if unicode.IsUpper(first) && !isJunction(words[i+1]) {
			all = append(all, i+1)
			from = i + 1
		}
	}
	return all
}

// sentenceEnds returns the words of a stream after which its sentences end.
func (s *stream) sentenceEnds(from, to int) []int {
	var all []int
	for from < to {
		end := from + 1
		for end < to && !s.marks[end].item {
			end++
		}
		for _, e := range ends(s.words[from:end]) {
			all = append(all, from+e)
		}
		from = end
	}
	return all
}
