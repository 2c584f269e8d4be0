package clauses

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// asItWas is the kind of a clause that only a page header had cut in two.
const asItWas Kind = "as it was"

const (
	headerLength = 20 // how many words the header of a page may have
	pageLength   = 40 // how many words pages have on average, at least
)

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

// takeOutHeaders finds the headers and footers of pages: whole lines, set off
// from the text, that stand there on every page, see is. Words that are merely
// repeated are none, be it within clauses: a notice may ask something new of
// every post. What only a header had changed is as it was.
func (c *comparison) takeOutHeaders() []Header {
	seen := make(map[string]*header)
	at := func(words string) *header {
		if seen[words] == nil {
			seen[words] = new(header)
		}
		return seen[words]
	}
	c.findBreaks()
	var cuts []cut
	for i := range c.between {
		g := &c.between[i]
		for _, o := range g.old {
			for _, k := range c.cutsIn(g, o) {
				cuts = append(cuts, k)
				at(k.header).count(c, k.first, k.last)
			}
		}
		for _, r := range c.runs(g) {
			from, to := r[0].from, r[len(r)-1].to
			at(c.header(from, to)).count(c, from, to)
		}
	}
	for _, k := range cuts {
		if k.old.kind != "" || !seen[k.header].is(len(c.breaks)) {
			continue
		}
		k.old.kind = asItWas
		for _, p := range k.g.pieces {
			if p.from >= k.from && p.to <= k.to {
				p.taken, p.became = true, k.old
			}
		}
	}
	for i := range c.between {
		for _, r := range c.runs(&c.between[i]) {
			if !seen[c.header(r[0].from, r[len(r)-1].to)].is(len(c.breaks)) {
				continue
			}
			for _, p := range r {
				p.taken = true
			}
		}
	}
	var headers []Header
	for text, h := range seen {
		if h.is(len(c.breaks)) {
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
type header struct {
	places  [][2]int
	breaks  []int   // the page breaks that they are beside, -1 for none
	numbers [][]int // in the words, of each place
}

// count adds a place, unless it touches one that is there: words said twice over
// can be found in two ways.
func (h *header) count(c *comparison, from, to int) {
	if slices.ContainsFunc(h.places, func(p [2]int) bool { return from <= p[1] && to >= p[0] }) {
		return
	}
	h.places = append(h.places, [2]int{from, to})
	h.breaks = append(h.breaks, c.pageBreak(from, to))
	var numbers []int
	for _, d := range digits.FindAllString(c.stream.slice(from, to), -1) {
		n, _ := strconv.Atoi(d)
		numbers = append(numbers, n)
	}
	h.numbers = append(h.numbers, numbers)
}

// is reports whether the words are a header: at two places or more, beside every
// page number or every second one; or at three or more with a number of their own
// that grows by one. A few may be missing, see missing.
func (h *header) is(breaks int) bool {
	at := slices.Clone(h.breaks)
	slices.Sort(at)
	at = slices.Compact(at)
	n := len(at)
	switch {
	case len(h.places) > 2 && h.numbered():
		return true
	case n < 2 || at[0] < 0:
		return false
	case n >= breaks-missing(breaks):
		return true
	}
	return n > 2 && n >= breaks/2-missing(breaks/2) && !slices.ContainsFunc(at, func(b int) bool { return b%2 != at[0]%2 })
}

// missing is at how many of some places a header may not be: a page without one,
// or clauses that were changed around it.
func missing(places int) int {
	if places < 4 {
		return places / 3
	}
	return max(1, places/5)
}

// numbered reports whether the places are pages apart and have one number that
// grows, by one but for missing places, and otherwise the same numbers.
func (h *header) numbered() bool {
	order := make([]int, len(h.places))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(h.places[a][0], h.places[b][0]) })
	growing := -1
	for i, place := range order[1:] {
		before, now := h.numbers[order[i]], h.numbers[place]
		if growing < 0 {
			for growing = 0; growing < len(now) && now[growing] == before[growing]; growing++ {
			}
		}
		for k := range now {
			if k == growing && now[k] <= before[k] || k != growing && now[k] != before[k] {
				return false
			}
		}
	}
	first, last := order[0], order[len(order)-1]
	if growing == len(h.numbers[0]) || h.places[last][0]-h.places[first][0] < pageLength*(len(order)-1) {
		return false
	}
	return h.numbers[last][growing]-h.numbers[first][growing] < len(order)+missing(len(order))
}

// findBreaks finds the words that follow page numbers, of those of one break the
// first.
func (c *comparison) findBreaks() {
	for i, mark := range c.stream.marks {
		if n := len(c.breaks); mark.page && (n == 0 || i-c.breaks[n-1] > headerLength) {
			c.breaks = append(c.breaks, i)
		}
	}
}

// pageBreak returns the number of the page break that words are beside, or -1.
func (c *comparison) pageBreak(from, to int) int {
	if !c.stream.marks[from].page && !c.stream.marks[to].page {
		return -1
	}
	next := sort.SearchInts(c.breaks, from)
	if next < len(c.breaks) && c.breaks[next] <= to {
		return next
	}
	return next - 1
}

// mayBeHeader reports whether words are whole lines that are set off from what is
// around them, and neither begin, end nor go on as a sentence does.
func (c *comparison) mayBeHeader(from, to int) bool {
	s := c.stream
	before, after := s.marks[from], s.marks[to]
	first, _ := utf8.DecodeRuneInString(s.words[from])
	last := s.words[to-1]
	return to-from > 1 && to-from <= headerLength &&
		before.line && (before.empty || before.page) && !before.item &&
		after.line && (after.empty || after.page) &&
		(unicode.IsUpper(first) || unicode.IsDigit(first)) && !strings.ContainsAny(last[len(last)-1:], ".;:,!?") &&
		slices.ContainsFunc(s.words[from:to], func(word string) bool {
			first, _ := utf8.DecodeRuneInString(word)
			return unicode.IsUpper(first)
		})
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
