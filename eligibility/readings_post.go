package eligibility

import (
	"slices"
	"sync"

	"github.com/google/cel-go/common/ast"
)

// asking is what a post keeps to try readings: plans that look a reading up when
// they are evaluated, so that one serves every combination, and which rules share
// readings. It is made when it is first asked for.
type asking struct {
	once   sync.Once
	post   *Post
	groups []readingGroup
	err    error
}

// readingGroup is rules that share readings, directly or by others between:
// what one group does, no reading of another group can change.
type readingGroup struct {
	readings readingSet
	rules    []int // at the top
}

// asking returns what is kept to try readings.
func (p *Post) asking() (*asking, error) {
	a := &p.readings
	a.once.Do(func() {
		policy := *p.policy
		policy.observer = nil
		a.post = &Post{
			policy: &policy, vacancy: p.vacancy, sha256: p.sha256, canonical: p.canonical,
			rules: p.rules, names: p.names, judgements: p.judgements, consults: true,
		}
		a.groups, a.err = p.readingGroups(), a.post.specialise()
	})
	return a, a.err
}

// readingGroups puts the rules at the top into groups. Those without readings
// are one group.
func (p *Post) readingGroups() []readingGroup {
	var groups []readingGroup
	m := mentions{post: p, variables: make([]readingSet, len(p.policy.variables)), rules: make([]readingSet, len(p.rules))}
	none := newReadingSet(len(p.policy.source.Readings))
	for i := range p.rules {
		g := readingGroup{readings: slices.Clone(m.rule(i)), rules: []int{i}}
		groups = slices.DeleteFunc(groups, func(other readingGroup) bool {
			shares := g.readings.meets(other.readings) || slices.Equal(g.readings, none) && slices.Equal(other.readings, none)
			if shares {
				g.readings.join(other.readings)
				g.rules = append(other.rules, g.rules...)
			}
			return shares
		})
		groups = append(groups, g)
	}
	return groups
}

// mentions finds the readings that rules could ask for at all.
type mentions struct {
	post      *Post
	variables []readingSet // once they were looked at
	rules     []readingSet
}

func (m *mentions) rule(n int) readingSet {
	if m.rules[n] == nil {
		m.rules[n] = newReadingSet(len(m.post.policy.source.Readings))
		m.whole(m.post.rules[n], m.rules[n])
	}
	return m.rules[n]
}

// whole adds what a rule and those below it mention.
func (m *mentions) whole(r *rule, found readingSet) {
	for _, p := range []*program{r.when, r.list, r.expression} {
		if p != nil {
			m.piece(p.whole(), found)
		}
	}
	for _, child := range r.children {
		m.whole(child, found)
	}
}

// piece adds the readings that a part of an expression mentions. A name that a
// comprehension binds may be that of a rule: what that mentions does no harm.
func (m *mentions) piece(p piece, found readingSet) {
	if n, ok := m.post.names.variable(p.name()); ok {
		if m.variables[n] == nil {
			m.variables[n] = newReadingSet(len(m.post.policy.source.Readings))
			m.piece(m.post.policy.variables[n].whole(), m.variables[n])
		}
		found.join(m.variables[n])
		return
	}
	if n, ok := m.post.names.rules[p.name()]; ok {
		found.join(m.rule(n))
		return
	}
	if p.expr.Kind() == ast.SelectKind {
		if s := p.expr.AsSelect(); p.part(s.Operand()).name() == "reading" {
			if i := m.post.policy.readings.number(s.FieldName()); i >= 0 {
				found.add(i)
			}
			return
		}
	}
	for _, inner := range p.inner() {
		m.piece(inner, found)
	}
}
