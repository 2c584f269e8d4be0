package clauses

import (
	"cmp"
	"slices"
	"sort"
)

// Kind is what became of a clause in another edition of its notice.
type Kind string

// The kinds of differences.
const (
	New     Kind = "new"     // the account does not have it
	Gone    Kind = "gone"    // the notice does not have it
	Changed Kind = "changed" // the notice has something like it in its place, or nearly the same in another
	Moved   Kind = "moved"   // the notice has it, word for word, in another place
)

// Difference is a sentence of the notice that the account has not, or a clause
// of the account that the notice has not where it was.
type Difference struct {
	Kind   Kind
	Clause *Clause // of the account; nil for a new sentence
	After  *Clause // the last clause before it that is as it was; nil at the beginning
	Text   string  // what the notice says now; empty where it is gone
}

const (
	alike   = 0.3  // how like two texts in the same place must be to be one, changed
	related = 0.1  // how like, where both are alone in their place
	same    = 0.55 // how like, in two places
	window  = 4    // of how many sentences one may have become
	short   = 40   // how many bytes a short clause has at most
)

// Compare reports how a notice differs from the account of its clauses, in the
// order of the notice. How the lines are broken makes no difference, nor do page
// numbers, nor the headers of pages, see the package documentation.
func Compare(clauses []Clause, text string) []Difference {
	c := newComparison(clauses, text)
	c.takeOutHeaders()
	c.pairMoved()
	for i := range c.between {
		c.pairWithin(&c.between[i])
	}
	c.pairAcross()
	return c.differences()
}

// comparison is a comparison under way.
type comparison struct {
	clauses []Clause
	stream  *stream
	found   []found
	pairs   []int // of each clause, the found one that it is
	between []gap
}

func newComparison(clauses []Clause, text string) *comparison {
	c := &comparison{clauses: clauses, stream: newStream(text)}
	c.found = c.stream.find(clauses)
	c.pairs = align(clauses, c.found)
	c.gaps()
	return c
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
}

// piece is a sentence of the notice that is no clause in its place.
type piece struct {
	from, to int
	hash     string // of a clause that stands elsewhere
	taken    bool
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
	for _, g := range c.between {
		for _, p := range g.pieces {
			if list := moved[p.hash]; p.hash != "" && !p.taken && len(list) > 0 {
				list[0].kind, list[0].text = Moved, c.stream.slice(p.from, p.to)
				moved[p.hash], p.taken = list[1:], true
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
	old := slices.DeleteFunc(slices.Clone(g.old), func(o *lost) bool { return o.kind != "" })
	pieces := slices.DeleteFunc(slices.Clone(g.pieces), func(p *piece) bool { return p.taken })
	if len(old) == 1 && len(pieces) == 1 {
		at := slices.Index(g.pieces, pieces[0])
		if k := (candidate{old[0], at, at, c.likeness(old[0], pieces[0].from, pieces[0].to)}); k.likeness >= related {
			c.take(g, k)
		}
	}
}

func (c *comparison) likeness(o *lost, from, to int) float64 {
	return likeness(c.clauses[o.index].Near, Fingerprint(c.stream.normalised(from, to)))
}

func (c *comparison) take(g *gap, k candidate) {
	pieces := g.pieces[k.first : k.last+1]
	if k.old.kind != "" || slices.ContainsFunc(pieces, func(p *piece) bool { return p.taken }) {
		return
	}
	k.old.kind, k.old.text = Changed, c.stream.slice(pieces[0].from, pieces[len(pieces)-1].to)
	for _, p := range pieces {
		p.taken = true
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
			}
		}
	}
}

func (c *comparison) differences() []Difference {
	var all []Difference
	for _, g := range c.between {
		var after *Clause
		if g.after >= 0 {
			after = &c.clauses[g.after]
		}
		for _, o := range g.old {
			all = append(all, Difference{cmp.Or(o.kind, Gone), &c.clauses[o.index], after, o.text})
		}
		for _, p := range g.pieces {
			if !p.taken {
				all = append(all, Difference{Kind: New, After: after, Text: c.stream.slice(p.from, p.to)})
			}
		}
	}
	return slices.DeleteFunc(all, func(d Difference) bool { return d.Kind == asItWas })
}
