package audit

import (
	"cmp"
	"slices"
)

// treeCounts counts the marks of every rule of a tree.
type treeCounts struct {
	tree   *tree
	counts []markCounts
}

// markCounts counts each mark of a rule, in the order of the marks.
type markCounts [6]uint32

func (t *treeCounts) add(marks []mark) {
	for i, m := range marks {
		for bit := range t.counts[i] {
			t.counts[i][bit] += uint32(m>>bit) & 1
		}
	}
}

// maxTreeCounts is how many trees a pool counts before it folds them by rule.
const maxTreeCounts = 8

func (p *tally) countsOf(t *tree) *treeCounts {
	for i := range p.rules {
		if p.rules[i].tree.key == t.key {
			return &p.rules[i]
		}
	}
	if len(p.rules) >= maxTreeCounts {
		p.fold()
	}
	p.rules = append(p.rules, treeCounts{t, make([]markCounts, len(t.all))})
	return &p.rules[len(p.rules)-1]
}

// maxOwnRules is of how many rules of vacancies' own each is counted by itself;
// the rest count as [OtherRules].
const maxOwnRules = 4000

// known returns the clause as which one is counted, of which some were before.
func known(clause Clause, key clauseKey, was bool, own *int) (Clause, clauseKey) {
	if clause.Vacancy == "" || was {
		return clause, key
	}
	if *own >= maxOwnRules {
		clause = Clause{Policy: clause.Policy, Version: clause.Version, Rule: OtherRules}
		return clause, keyOf(key.kind, &clause)
	}
	*own++
	return clause, key
}

// rankedCount is a row with its place in the tree.
type rankedCount struct {
	RuleCount
	rank int
}

func (p *tally) fold() {
	if p.folded == nil {
		p.folded = make(map[clauseKey]*rankedCount)
	}
	for _, t := range p.rules {
		for i, n := range t.counts {
			clause := t.tree.clause(i)
			key := keyOf("", &clause)
			clause, key = known(clause, key, p.folded[key] != nil, &p.ownFolded)
			row := p.folded[key]
			if row == nil {
				row = &rankedCount{RuleCount: RuleCount{Clause: clause}, rank: i}
				p.folded[key] = row
			}
			row.Applied += int(n[0])
			row.Fell += int(n[1])
			row.OnlyCause += int(n[2])
			row.Undetermined += int(n[3])
			row.MoreEligible += int(n[4])
			row.Carried += int(n[5])
		}
	}
	p.rules = p.rules[:0]
}

// matrix returns the rows in the order of the policies and of their rules,
// those of vacancies last.
func (p *tally) matrix() []RuleCount {
	p.fold()
	rows := make([]*rankedCount, 0, len(p.folded))
	for _, row := range p.folded {
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b *rankedCount) int {
		return cmp.Or(cmp.Compare(a.Policy, b.Policy), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Vacancy, b.Vacancy),
			cmp.Compare(a.rank, b.rank), cmp.Compare(a.Rule, b.Rule))
	})
	var out []RuleCount
	for _, row := range rows {
		row.NeverMattered = row.Fell == 0 && row.Undetermined == 0 && row.MoreEligible == 0 && row.Carried == 0
		out = append(out, row.RuleCount)
	}
	return out
}
