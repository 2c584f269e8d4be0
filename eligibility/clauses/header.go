package clauses

import "regexp"

// asItWas is the kind of a clause that only a page header had cut in two.
const asItWas Kind = "as it was"

const (
	headerLength = 20 // how many words a page header may have
	cutBy        = 2  // how often it must stand in the notice if it cuts a clause in two
	repeated     = 3  // how often, if it does not
)

var digits = regexp.MustCompile(`\d+`)

// cut is a clause that is there but for some words within it.
type cut struct {
	old      *lost
	g        *gap
	from, to int // the words of clause and header
	header   string
}

// takeOutHeaders finds the words that stand between and within clauses again and
// again, but for numbers: the headers and footers of pages. What only they had
// changed is as it was.
func (c *comparison) takeOutHeaders() {
	times := make(map[string]int)
	cutting := make(map[string]bool)
	var cuts []cut
	for i := range c.between {
		g := &c.between[i]
		for _, o := range g.old {
			if k, ok := c.cutIn(g, o); ok {
				cuts = append(cuts, k)
				times[k.header]++
				cutting[k.header] = true
			}
		}
		for _, p := range g.pieces {
			if p.hash == "" {
				times[c.header(p.from, p.to)]++
			}
		}
	}
	is := func(header string) bool {
		return times[header] >= repeated || cutting[header] && times[header] >= cutBy
	}
	for _, k := range cuts {
		if !is(k.header) {
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
		for _, p := range c.between[i].pieces {
			if p.hash == "" && p.to-p.from <= headerLength && is(c.header(p.from, p.to)) {
				p.taken = true
			}
		}
	}
}

func (c *comparison) header(from, to int) string {
	return digits.ReplaceAllString(c.stream.normalised(from, to), "#")
}

// cutIn looks for a clause with words within it that are not its own.
func (c *comparison) cutIn(g *gap, o *lost) (cut, bool) {
	clause := &c.clauses[o.index]
	s := c.stream
	if len(g.pieces) == 0 {
		return cut{}, false
	}
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
					return cut{o, g, p.from, to, c.header(first, last)}, true
				}
			}
		}
	}
	return cut{}, false
}
