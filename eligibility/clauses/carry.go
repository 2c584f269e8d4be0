package clauses

// Carry returns the account of another edition of a notice, in its parts. What
// has not changed is taken over; where a place or a paraphrase begins with a
// question mark there is something to fill in. What is new stands in the part of
// what is before it.
func Carry(accounts []*Account, text string) []*Account {
	var old []Clause
	var part []int
	next := make([]*Account, len(accounts))
	for i, a := range accounts {
		next[i] = &Account{Notice: a.Notice, Policy: a.Policy, Vacancy: a.Vacancy}
		for _, c := range a.Clauses {
			old, part = append(old, c), append(part, i)
		}
	}
	c := newComparison(old, text)
	c.pair()
	last := 0
	add := func(from int, clause Clause) {
		if from >= 0 {
			last = part[from]
		}
		next[last].Clauses = append(next[last].Clauses, clause)
	}
	gap := 0
	addGap := func(after int) {
		if gap < len(c.between) && c.between[gap].after == after {
			c.carryGap(&c.between[gap], add)
			gap++
		}
	}
	addGap(-1)
	for i := range old {
		if c.pairs[i] >= 0 {
			add(i, old[i])
			addGap(i)
		}
	}
	return next
}

// carryGap adds the clauses of what lies between two that are as they were.
func (c *comparison) carryGap(g *gap, add func(from int, clause Clause)) {
	for i := 0; i < len(g.pieces); i++ {
		p := g.pieces[i]
		if p.taken && p.became == nil {
			continue // the header of a page
		}
		to := p.to
		for p.became != nil && i+1 < len(g.pieces) && g.pieces[i+1].became == p.became {
			i++
			to = g.pieces[i].to
		}
		clause := clauseOf(c.stream.slice(p.from, to), c.stream.normalised(p.from, to))
		if p.became == nil {
			add(-1, clause)
			continue
		}
		old := c.clauses[p.became.index]
		if p.became.kind == asItWas {
			add(p.became.index, old)
			continue
		}
		clause.At, clause.Says = open+" "+old.At, open+" "+old.Says
		clause.Rules, clause.Judgements, clause.None = old.Rules, old.Judgements, old.None
		if p.became.kind == Moved {
			clause.Says = old.Says
		}
		add(p.became.index, clause)
	}
}
