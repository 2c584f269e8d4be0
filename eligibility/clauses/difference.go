package clauses

import "cmp"

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
	After  *Clause // the clause before its place, of one that is not new as it was; nil at the beginning
	Text   string  // what the notice says now; empty where it is gone
	Added  string  // the words of the text that were put in, where nothing else has changed
	Now    *Clause // of one that went to another place, the clause before that; nil at the beginning
	Went   bool    // to another place
}

func (c *comparison) differences() []Difference {
	var all []Difference
	for i := range c.between {
		g := &c.between[i]
		added := c.added(g)
		for _, o := range g.old {
			if o.kind == asItWas {
				continue
			}
			d := Difference{Kind: cmp.Or(o.kind, Gone), Clause: &c.clauses[o.index], After: c.before(g, nil), Text: o.text, Added: o.added}
			if o.now != nil {
				d.Went, d.Now = true, c.before(o.now, o)
			}
			all = append(all, d)
			if o.now == nil {
				all = append(all, added[d.Clause]...)
				delete(added, d.Clause)
			}
		}
		for _, p := range g.pieces {
			after := c.beforePiece(g, p)
			all = append(all, added[after]...)
			delete(added, after)
		}
	}
	return all
}

// added returns the new sentences of a gap, by the clause that they follow.
func (c *comparison) added(g *gap) map[*Clause][]Difference {
	added := make(map[*Clause][]Difference)
	for _, p := range g.pieces {
		if !p.taken {
			after := c.beforePiece(g, p)
			added[after] = append(added[after], Difference{Kind: New, After: after, Text: c.stream.slice(p.from, p.to)})
		}
	}
	return added
}

// before returns the clause before what a clause of a gap became, or before the
// gap; nil at the beginning.
func (c *comparison) before(g *gap, o *lost) *Clause {
	for _, p := range g.pieces {
		if o != nil && p.became == o {
			return c.beforePiece(g, p)
		}
	}
	if g.after < 0 {
		return nil
	}
	return &c.clauses[g.after]
}

// beforePiece returns the clause before a piece.
func (c *comparison) beforePiece(g *gap, piece *piece) *Clause {
	last := c.before(g, nil)
	for _, p := range g.pieces {
		if p == piece {
			break
		}
		if p.became != nil {
			last = &c.clauses[p.became.index]
		}
	}
	return last
}
