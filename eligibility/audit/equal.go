package audit

import (
	"maps"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
)

// EqualTreatment finds, within each vacancy, candidates who were recorded
// ineligible beside others who were recorded eligible and whom they were at
// least as good as on every counted fact.
//
// The facts are what the assessments counted, whatever the policy. The counted
// rules are found from the top: of a cumulative group its children, of an each
// its elements, and of both the status, which a condition may leave open; a group of alternatives is one counted rule, as it does not
// matter by which of them somebody fulfils it. For each counted rule there are
//
//   - the fulfilment: unmet is less than undetermined, and that less than met;
//     met later is less than met earlier, and that less than met without a
//     day;
//   - the time, where it was measured: more is better against what is needed,
//     and less against a limit, to the whole day.
//
// Where a day or a time is an interval, both of its ends count. A is at least
// as good as B if the same rules apply to both and none of these values of A is
// less than that of B. This is a preorder: it is transitive, and candidates with
// the same facts are each at least as good as the other. Candidates to whom
// different rules apply, such as contracted and seconded ones, are not compared,
// nor are vacancies that differ under one reference, nor is anybody whose case could not be assessed or has no version of the
// policy.
//
// It keeps the facts of the recorded cases, four bytes for each that varies
// within a vacancy. The zero value is empty; it is not safe for concurrent use.
type EqualTreatment struct {
	vacancies map[string]map[string]*peers // by reference and by shape
}

// WorseTreated is a candidate who was recorded ineligible though at least as
// good as others who were recorded eligible.
type WorseTreated struct {
	Vacancy string `json:"vacancy"`
	Case    string `json:"case"`
	// Than is the first of the others in the order of the input, and Others is
	// how many there are.
	Than   string `json:"than"`
	Others int    `json:"others"`
	// Better names the rules on which the candidate is better than that one;
	// on the rest they are equal.
	Better []Clause `json:"better,omitzero"`
}

// Compared counts what was compared.
type Compared struct {
	Eligible   int `json:"eligible"`   // recorded so
	Ineligible int `json:"ineligible"` // recorded so
	Worse      int `json:"worse"`      // of those, the worse treated
	Pairs      int `json:"pairs"`      // of a worse treated candidate and another one
}

// peers are the candidates for a vacancy to whom the same rules apply.
type peers struct {
	policy, version string
	facts           []countedFact // of the first, for their names
	columns         []column
	cases           []peer
}

type peer struct {
	id       string
	number   int // in the input
	eligible bool
}

// column is a value of every peer; without values it is the same for all.
type column struct {
	first  int32
	values []int32
}

func (c *column) add(v int32, before int) {
	switch {
	case before == 0:
		c.first = v
	case c.values != nil || v != c.first:
		for len(c.values) < before {
			c.values = append(c.values, c.first)
		}
		c.values = append(c.values, v)
	}
}

func (c *column) at(i int) int32 {
	if c.values == nil {
		return c.first
	}
	return c.values[i]
}

// Add takes the result of a case; see [Auditor.Compare].
func (e *EqualTreatment) Add(r Result) {
	if r.counted == nil || r.Err != nil {
		return
	}
	reference, _ := vacancyOf(&r)
	if e.vacancies == nil {
		e.vacancies = make(map[string]map[string]*peers)
	}
	if e.vacancies[reference] == nil {
		e.vacancies[reference] = make(map[string]*peers)
	}
	pin := r.Assessment.Pins.Policy
	shape := shapeOf(&r.Assessment.Pins, r.counted)
	p := e.vacancies[reference][shape]
	if p == nil {
		p = &peers{policy: pin.Name, version: pin.Version, facts: r.counted, columns: make([]column, 4*len(r.counted))}
		e.vacancies[reference][shape] = p
	}
	n := len(p.cases)
	for i := range r.counted {
		f := &r.counted[i]
		// The other end of an interval is kept as its distance, which is mostly 0.
		for j, v := range [4]int32{f.fulfilled[0], f.fulfilled[1] - f.fulfilled[0], f.time[0], f.time[1] - f.time[0]} {
			p.columns[4*i+j].add(v, n)
		}
	}
	p.cases = append(p.cases, peer{r.ID, r.Number, r.Case.Recorded == eligibility.Eligible})
}

// shapeOf tells apart whom different rules apply to, and vacancies of the same
// reference.
func shapeOf(pins *eligibility.Pins, facts []countedFact) string {
	var b strings.Builder
	b.WriteString(pins.Policy.SHA256 + pins.Vacancy.SHA256)
	for i := range facts {
		b.WriteByte('\n')
		b.WriteString(facts[i].path)
		if !facts[i].applies {
			b.WriteString(" -")
		}
		if facts[i].measured {
			b.WriteString(" time")
		}
	}
	return b.String()
}

// Find returns the worse treated, in the order of the vacancies' references and
// of the input within one, and counts what was compared.
func (e *EqualTreatment) Find() ([]WorseTreated, Compared) {
	var worse []WorseTreated
	var c Compared
	for _, reference := range slices.Sorted(maps.Keys(e.vacancies)) {
		var found []foundPeer
		for _, p := range e.vacancies[reference] {
			for i := range p.cases {
				if p.cases[i].eligible {
					c.Eligible++
				} else {
					c.Ineligible++
				}
			}
			for _, d := range p.dominance() {
				found = append(found, foundPeer{p, d})
			}
		}
		slices.SortFunc(found, func(a, b foundPeer) int { return a.number() - b.number() })
		for _, f := range found {
			c.Worse++
			c.Pairs += f.count
			worse = append(worse, WorseTreated{reference, f.cases[f.better].id, f.cases[f.first].id, f.count, f.reasons(f.better, f.first)})
		}
	}
	return worse, c
}

// foundPeer is a worse treated candidate among peers.
type foundPeer struct {
	*peers
	dominated
}

func (f foundPeer) number() int { return f.cases[f.better].number }

// dominance finds who was recorded worse.
func (p *peers) dominance() []dominated {
	var eligible, ineligible []int
	for i, c := range p.cases {
		if c.eligible {
			eligible = append(eligible, i)
		} else {
			ineligible = append(ineligible, i)
		}
	}
	var values [][]int32
	for i := 0; i < len(p.columns); i += 2 {
		least, distance := &p.columns[i], &p.columns[i+1]
		if least.values != nil {
			values = append(values, least.values)
		}
		if distance.values != nil {
			most := make([]int32, len(p.cases))
			for j := range most {
				most[j] = least.at(j) + distance.at(j)
			}
			values = append(values, most)
		}
	}
	return dominate(values, ineligible, eligible)
}

// reasons names the rules on which a peer is better than another one.
func (p *peers) reasons(a, b int) []Clause {
	var out []Clause
	for i := range p.facts {
		better := false
		for j := 4 * i; j < 4*i+4; j += 2 {
			least, distance := &p.columns[j], &p.columns[j+1]
			better = better || least.at(a) > least.at(b) || least.at(a)+distance.at(a) > least.at(b)+distance.at(b)
		}
		if better {
			out = slices.DeleteFunc(out, func(group Clause) bool { return strings.HasPrefix(p.facts[i].path, group.Rule+"/") })
			out = append(out, Clause{Policy: p.policy, Version: p.version, Rule: p.facts[i].path, Cite: p.facts[i].cite})
		}
	}
	return out
}
