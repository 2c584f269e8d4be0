package clauses

import (
	"cmp"
	"slices"
	"sort"
)

// Comparison is how a notice differs from an account.
type Comparison struct {
	Differences []Difference // in the order of the notice
	Headers     []Header     // of pages, by their text
	Pages       []string     // their numbers, in their order
}

const (
	alike   = 0.3  // how like two texts in the same place must be to be one, changed
	related = 0.1  // how like, where both are alone in their place
	same    = 0.55 // how like, in two places
	window  = 4    // of how many sentences one may have become
	short   = 40   // how many bytes a short clause has at most
)

// Compare reports how a notice differs from the account of its clauses. How the
// lines are broken makes no difference. Nor do the numbers and the headers of
// pages, see the package documentation, which are returned so that a reader can
// see that they are nothing else.
func Compare(clauses []Clause, text string) Comparison {
	c := newComparison(clauses, text)
	headers := c.pair()
	return Comparison{c.differences(), headers, c.stream.pages}
}

// pair finds what became of the clauses that are not in their place.
func (c *comparison) pair() []Header {
	headers := c.takeOutHeaders()
	c.pairMoved()
	for i := range c.between {
		c.pairInserted(&c.between[i])
	}
	for i := range c.between {
		c.pairWithin(&c.between[i])
	}
	c.pairAcross()
	for i := range c.between {
		c.pairAlone(&c.between[i])
	}
	return headers
}

// comparison is a comparison under way.
type comparison struct {
	clauses []Clause
	stream  *stream
	found   []found
	pairs   []int // of each clause, the found one that it is
	between []gap
	breaks  []int             // words that follow page numbers
	near    map[[2]int]string // fingerprints of words that were reckoned before
}

func newComparison(clauses []Clause, text string) *comparison {
	c := &comparison{clauses: clauses, stream: newStream(text), near: make(map[[2]int]string)}
	c.found = c.stream.find(clauses)
	c.pairs = align(clauses, c.found)
	c.slide()
	c.gaps()
	return c
}

// slide pairs the second of two clauses that say the same with the one sentence
// that does, where it is the first that something stands in the place of.
func (c *comparison) slide() {
	end := len(c.stream.words)
	for i := len(c.pairs) - 1; i >= 0; i-- {
		if c.pairs[i] < 0 {
			continue
		}
		f := c.found[c.pairs[i]]
		start := 0
		if i > 0 && c.pairs[i-1] >= 0 {
			start = c.found[c.pairs[i-1]].to
		}
		free := i == 0 || c.pairs[i-1] >= 0 // nothing else is lost before it
		if next := i + 1; next < len(c.pairs) && c.pairs[next] < 0 && c.clauses[next].SHA256 == f.hash && f.to == end && free && start < f.from {
			c.pairs[next], c.pairs[i] = c.pairs[i], -1
		}
		end = f.from
	}
}

// gap is what lies between two clauses that are as they were: clauses of the
// account, and pieces of the notice, that are not.
type gap struct {
	after  int // the clause before, -1 at the beginning
	old    []*lost
	pieces []*piece
}

// lost is a clause of the account that was not found in its place.
type lost struct {
	index int
	kind  Kind // empty until it is known
	text  string
	added string
	now   *gap // where it went
}

// piece is a sentence of the notice that is no clause in its place.
type piece struct {
	from, to int
	hash     string // of a clause that stands elsewhere
	taken    bool
	became   *lost // the clause that it is now
}

func (c *comparison) gaps() {
	from, old := 0, 0
	add := func(clause, to int) {
		g := gap{after: old - 1}
		for ; old < clause; old++ {
			g.old = append(g.old, &lost{index: old})
		}
		g.pieces = c.piecesOf(from, to)
		if len(g.old)+len(g.pieces) > 0 {
			c.between = append(c.between, g)
		}
	}
	for i, f := range c.pairs {
		if f < 0 {
			continue
		}
		add(i, c.found[f].from)
		from, old = c.found[f].to, i+1
	}
	add(len(c.clauses), len(c.stream.words))
}

// piecesOf splits words between clauses that are as they were into clauses of
// another place and sentences that are none. Short clauses, which may be part of
// any sentence, are such only where a sentence or an item begins and ends.
func (c *comparison) piecesOf(from, to int) []*piece {
	var pieces []*piece
	unknown := func(from, to int) {
		for _, end := range c.stream.sentenceEnds(from, to) {
			pieces = append(pieces, &piece{from: from, to: end})
			from = end
		}
	}
	limits := map[int]bool{from: true}
	for _, end := range c.stream.sentenceEnds(from, to) {
		limits[end] = true
	}
	first := sort.Search(len(c.found), func(i int) bool { return c.found[i].from >= from })
	for _, f := range c.found[first:] {
		if f.to > to {
			break
		}
		if c.stream.start[f.to]-c.stream.start[f.from] < short && !(limits[f.from] && limits[f.to]) {
			continue
		}
		unknown(from, f.from)
		pieces = append(pieces, &piece{from: f.from, to: f.to, hash: f.hash})
		limits[f.to] = true
		from = f.to
	}
	unknown(from, to)
	return pieces
}

// pairMoved finds the clauses that stand elsewhere word for word.
func (c *comparison) pairMoved() {
	moved := make(map[string][]*lost)
	for _, g := range c.between {
		for _, o := range g.old {
			if o.kind == "" {
				hash := c.clauses[o.index].SHA256
				moved[hash] = append(moved[hash], o)
			}
		}
	}
	for i, g := range c.between {
		for _, p := range g.pieces {
			if list := moved[p.hash]; p.hash != "" && !p.taken && len(list) > 0 {
				list[0].kind, list[0].text, list[0].now = Moved, c.stream.slice(p.from, p.to), &c.between[i]
				moved[p.hash], p.taken, p.became = list[1:], true, list[0]
			}
		}
	}
}

// candidate is a clause and the pieces that it may have become.
type candidate struct {
	old         *lost
	first, last int // pieces of the gap
	likeness    float64
}

// pairWithin pairs clauses with what stands in their place and is like them,
// the likest first.
func (c *comparison) pairWithin(g *gap) {
	var all []candidate
	for _, o := range g.old {
		if o.kind != "" {
			continue
		}
		for first := range g.pieces {
			for last := first; last < min(first+window, len(g.pieces)) && !g.pieces[last].taken; last++ {
				all = append(all, candidate{o, first, last, c.likeness(o, g.pieces[first].from, g.pieces[last].to)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.likeness, a.likeness), cmp.Compare(a.last-a.first, b.last-b.first))
	})
	for _, k := range all {
		if k.likeness >= alike {
			c.take(g, k)
		}
	}
}

// pairAlone pairs a clause with a sentence where nothing else in its place is
// left. Of short ones the likeness tells little.
func (c *comparison) pairAlone(g *gap) {
	old := slices.DeleteFunc(slices.Clone(g.old), func(o *lost) bool { return o.kind != "" })
	pieces := slices.DeleteFunc(slices.Clone(g.pieces), func(p *piece) bool { return p.taken })
	if len(old) != 1 || len(pieces) != 1 {
		return
	}
	at := slices.Index(g.pieces, pieces[0])
	k := candidate{old[0], at, at, c.likeness(old[0], pieces[0].from, pieces[0].to)}
	brief := max(c.clauses[k.old.index].Length, len(c.stream.normalised(pieces[0].from, pieces[0].to))) < short
	if k.likeness >= related || brief {
		c.take(g, k)
	}
}

// pairInserted pairs clauses with sentences that have more words and are
// otherwise the same.
func (c *comparison) pairInserted(g *gap) {
	for _, o := range g.old {
		for first := range g.pieces {
			for last := first; o.kind == "" && last < min(first+window, len(g.pieces)) && !g.pieces[last].taken; last++ {
				from, to := g.pieces[first].from, g.pieces[last].to
				if c.likeness(o, from, to) < alike {
					continue
				}
				if from, to, ok := c.inserted(o, from, to); ok {
					c.take(g, candidate{o, first, last, 1})
					o.added = c.stream.slice(from, to)
				}
			}
		}
	}
}

// inserted finds the words between two that a clause has more, if it has no
// others and at most as many again.
func (c *comparison) inserted(o *lost, from, to int) (first, last int, ok bool) {
	s, clause := c.stream, &c.clauses[o.index]
	more := s.start[to] - s.start[from] - clause.Length
	if more <= 0 || more > clause.Length {
		return 0, 0, false
	}
	for first, last = from, from; first <= to; first++ {
		for last <= to && s.start[last]-s.start[first] < more {
			last++
		}
		if last > to {
			break
		}
		if s.start[last]-s.start[first] == more && Hash(s.normalised(from, first)+s.normalised(last, to)) == clause.SHA256 {
			return first, last, true
		}
	}
	return 0, 0, false
}

func (c *comparison) likeness(o *lost, from, to int) float64 {
	at := [2]int{from, to}
	if c.near[at] == "" {
		c.near[at] = Fingerprint(c.stream.normalised(from, to))
	}
	return likeness(c.clauses[o.index].Near, c.near[at])
}

func (c *comparison) take(g *gap, k candidate) {
	pieces := g.pieces[k.first : k.last+1]
	if k.old.kind != "" || slices.ContainsFunc(pieces, func(p *piece) bool { return p.taken }) {
		return
	}
	k.old.kind, k.old.text = Changed, c.stream.slice(pieces[0].from, pieces[len(pieces)-1].to)
	for _, p := range pieces {
		p.taken, p.became = true, k.old
	}
}

// pairAcross pairs what is left with what is nearly the same anywhere.
func (c *comparison) pairAcross() {
	for i := range c.between {
		for _, o := range c.between[i].old {
			if o.kind != "" {
				continue
			}
			var best candidate
			var in *gap
			for j := range c.between {
				for at, p := range c.between[j].pieces {
					if p.taken {
						continue
					}
					if l := c.likeness(o, p.from, p.to); l >= same && l > best.likeness {
						best, in = candidate{o, at, at, l}, &c.between[j]
					}
				}
			}
			if in != nil {
				c.take(in, best)
				o.now = in
			}
		}
	}
}
