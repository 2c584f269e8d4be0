package clauses

import (
	"regexp"
	"strconv"
	"strings"
)

// asItWas is the kind of a clause that only a page header had cut in two.
const asItWas Kind = "as it was"

// headerLength is how many words the header of a page may have.
const headerLength = 20

var digits = regexp.MustCompile(`\d+`)

// cut is a clause that is there but for some words within it.
type cut struct {
	old         *lost
	g           *gap
	from, to    int // the words of clause and header
	first, last int // those of the header
	header      string
}

// takeOutHeaders finds the headers and footers of pages: words that stand there
// more than once, but for numbers, and cut a clause in two, stand beside a page
// number, or count the pages. Words that are merely repeated are none: a notice
// may ask something new of every post. What only a header had changed is as it
// was.
func (c *comparison) takeOutHeaders() {
	seen := make(map[string]*header)
	at := func(words string) *header {
		if seen[words] == nil {
			seen[words] = &header{beside: true, counts: true, last: -1}
		}
		return seen[words]
	}
	var cuts []cut
	for i := range c.between {
		g := &c.between[i]
		for _, o := range g.old {
			for _, k := range c.cutsIn(g, o) {
				cuts = append(cuts, k)
				h := at(k.header)
				h.cuts = true
				c.count(h, k.first, k.last)
			}
		}
		for _, r := range g.runs() {
			c.count(at(c.header(r[0].from, r[len(r)-1].to)), r[0].from, r[len(r)-1].to)
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
		for _, r := range c.between[i].runs() {
			if !seen[c.header(r[0].from, r[len(r)-1].to)].is() {
				continue
			}
			for _, p := range r {
				p.taken = true
			}
		}
	}
}

// runs returns the pieces that may be a header: all of them together, which may
// have words of other clauses among them, and each that has none.
func (g *gap) runs() [][]*piece {
	var runs [][]*piece
	short := func(r []*piece) bool { return len(r) > 0 && r[len(r)-1].to-r[0].from <= headerLength }
	if len(g.pieces) > 1 && short(g.pieces) {
		runs = append(runs, g.pieces)
	}
	for i, p := range g.pieces {
		if p.hash == "" && short(g.pieces[i:i+1]) {
			runs = append(runs, g.pieces[i:i+1])
		}
	}
	return runs
}

// header is what is known of words that may be the header of a page.
type header struct {
	times  int
	last   int  // the last number of the one before
	beside bool // a page number stands beside all of them
	counts bool // the last number grows from each to the next
	ends   bool // one of them ends as a sentence or an item does
	cuts   bool // one of them stands within a clause
}

func (c *comparison) count(h *header, from, to int) {
	h.times++
	text := c.stream.normalised(from, to)
	number := -1
	if all := digits.FindAllString(text, -1); all != nil {
		number, _ = strconv.Atoi(all[len(all)-1])
	}
	h.counts, h.last = h.counts && number > h.last, number
	h.ends = h.ends || strings.ContainsAny(text[len(text)-1:], ".;:,!?")
	h.beside = h.beside && (c.stream.pages[from] || c.stream.pages[to])
}

func (h *header) is() bool {
	switch {
	case h.cuts && (h.times > 1 || h.beside):
		return true
	case h.ends:
		return false
	}
	return h.times > 1 && h.beside || h.times > 2 && h.counts
}

func (c *comparison) header(from, to int) string {
	return digits.ReplaceAllString(c.stream.normalised(from, to), "#")
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
			for last := first + 1; last <= min(first+headerLength, end-1); last++ {
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
