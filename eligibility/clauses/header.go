package clauses

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// asItWas is the kind of a clause that only a page header had cut in two.
const asItWas Kind = "as it was"

// headerLength is how many words the header of a page may have.
const headerLength = 20

// cut is a clause that is there but for some words within it.
type cut struct {
	old         *lost
	g           *gap
	from, to    int // the words of clause and header
	first, last int // those of the header
	header      string
}

// Header is the header or footer of pages, which Compare leaves out.
type Header struct {
	Text  string // with # for each number
	Times int    // how often it stands there
}

// Headers returns the headers of pages that Compare leaves out of a notice, by
// their text, so that a reader can see that they are nothing else.
func Headers(clauses []Clause, text string) []Header {
	return newComparison(clauses, text).takeOutHeaders()
}

// takeOutHeaders finds the headers and footers of pages: whole lines, set off
// from the text, that stand there more than once, but for numbers, and always
// beside a page number. Words that are merely repeated are none, be it within
// clauses: a notice may ask something new of every post. What only a header had
// changed is as it was.
func (c *comparison) takeOutHeaders() []Header {
	seen := make(map[string]*header)
	at := func(words string) *header {
		if seen[words] == nil {
			seen[words] = new(header)
		}
		return seen[words]
	}
	var cuts []cut
	for i := range c.between {
		g := &c.between[i]
		for _, o := range g.old {
			for _, k := range c.cutsIn(g, o) {
				cuts = append(cuts, k)
				at(k.header).count(k.first, k.last)
			}
		}
		for _, r := range c.runs(g) {
			from, to := r[0].from, r[len(r)-1].to
			at(c.header(from, to)).count(from, to)
		}
	}
	for _, k := range cuts {
		if k.old.kind != "" || !seen[k.header].is() {
			continue
		}
		k.old.kind = asItWas
		for _, p := range k.g.pieces {
			if p.from >= k.from && p.to <= k.to {
				p.taken = true
			}
		}
	}
	for i := range c.between {
		for _, r := range c.runs(&c.between[i]) {
			if !seen[c.header(r[0].from, r[len(r)-1].to)].is() {
				continue
			}
			for _, p := range r {
				p.taken = true
			}
		}
	}
	var headers []Header
	for text, h := range seen {
		if h.is() {
			headers = append(headers, Header{text, len(h.places)})
		}
	}
	slices.SortFunc(headers, func(a, b Header) int { return cmp.Compare(a.Text, b.Text) })
	return headers
}

// runs returns the pieces that may be a header: all of them together, which may
// have words of other clauses among them, and each that has none.
func (c *comparison) runs(g *gap) [][]*piece {
	var runs [][]*piece
	may := func(r []*piece) bool { return len(r) > 0 && c.mayBeHeader(r[0].from, r[len(r)-1].to) }
	if len(g.pieces) > 1 && may(g.pieces) {
		runs = append(runs, g.pieces)
	}
	for i, p := range g.pieces {
		if p.hash == "" && may(g.pieces[i:i+1]) {
			runs = append(runs, g.pieces[i:i+1])
		}
	}
	return runs
}

// header holds where words that may be the header of a page stand.
type header struct{ places [][2]int }

// count adds a place, unless it touches one that is there: words said twice over
// can be found in two ways.
func (h *header) count(from, to int) {
	if !slices.ContainsFunc(h.places, func(p [2]int) bool { return from <= p[1] && to >= p[0] }) {
		h.places = append(h.places, [2]int{from, to})
	}
}

func (h *header) is() bool { return len(h.places) > 1 }

// mayBeHeader reports whether words are whole lines that are set off from what is
// around them, beside a page number, and neither end nor go on as a sentence does.
func (c *comparison) mayBeHeader(from, to int) bool {
	s := c.stream
	before, after := s.marks[from], s.marks[to]
	first, _ := utf8.DecodeRuneInString(s.words[from])
	last := s.words[to-1]
	return to-from > 1 && to-from <= headerLength &&
		before.line && (before.empty || before.page) && !before.item &&
		after.line && (after.empty || after.page) &&
		(before.page || after.page) &&
		!unicode.IsLower(first) && !strings.ContainsAny(last[len(last)-1:], ".;:,!?")
}

func (c *comparison) header(from, to int) string {
	return digits.ReplaceAllString(c.stream.slice(from, to), "#")
}

// cutsIn finds the ways in which a clause is there but for words within it that
// are not its own. There are several where clause and header share words.
func (c *comparison) cutsIn(g *gap, o *lost) []cut {
	clause := &c.clauses[o.index]
	s := c.stream
	if len(g.pieces) == 0 {
		return nil
	}
	var cuts []cut
	end := g.pieces[len(g.pieces)-1].to
	for _, p := range g.pieces {
		for first := p.from + 1; first < end && s.start[first]-s.start[p.from] < clause.Length; first++ {
			if !s.marks[first].line {
				continue
			}
			for last := first + 1; last <= min(first+headerLength, end-1); last++ {
				if !c.mayBeHeader(first, last) {
					continue
				}
				rest := clause.Length - (s.start[first] - s.start[p.from])
				to := last
				for to < end && s.start[to]-s.start[last] < rest {
					to++
				}
				if s.start[to]-s.start[last] != rest {
					continue
				}
				if Hash(s.normalised(p.from, first)+s.normalised(last, to)) == clause.SHA256 {
					cuts = append(cuts, cut{o, g, p.from, to, first, last, c.header(first, last)})
				}
			}
		}
	}
	return cuts
}
