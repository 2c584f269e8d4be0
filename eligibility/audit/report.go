package audit

import (
	"cmp"
	"maps"
	"slices"

	"github.com/qualify-rules/qualify/eligibility"
)

// Report counts what became of cases, in all and for each vacancy. Its size
// depends on the number of rules and vacancies, not on that of cases. The zero
// Report is empty; it is not safe for concurrent use.
type Report struct {
	total     tally
	vacancies map[string]*tally
	others    tally
}

// MaxVacancies is how many vacancies a report counts one by one, and
// MaxMatrices of how many it has a matrix of decisive clauses.
const (
	MaxVacancies = 5000
	MaxMatrices  = 500
)

// namedCases is how many cases are named as examples.
const namedCases = 5

// Add counts a result.
func (r *Report) Add(result Result) {
	r.total.add(&result)
	reference, known := vacancyOf(&result)
	if !known {
		return
	}
	p := r.vacancies[reference]
	switch {
	case p != nil:
	case len(r.vacancies) >= MaxVacancies:
		p = &r.others
	default:
		if r.vacancies == nil {
			r.vacancies = make(map[string]*tally)
		}
		p = &tally{withoutRules: len(r.vacancies) >= MaxMatrices}
		r.vacancies[reference] = p
	}
	p.add(&result)
}

// vacancyOf returns the reference of the vacancy of a case that could be read.
func vacancyOf(r *Result) (string, bool) {
	switch {
	case r.Case == nil:
		return "", false
	case r.Case.Vacancy.Inline != nil:
		return r.Case.Vacancy.Inline.Reference, true
	}
	return r.Case.Vacancy.Reference, true
}

// Summary returns what was counted so far.
func (r *Report) Summary() *Summary {
	s := &Summary{Totals: r.total.totals(), Vacancies: []VacancyTotals{}, OtherVacancies: r.others.totals()}
	for _, reference := range slices.Sorted(maps.Keys(r.vacancies)) {
		s.Vacancies = append(s.Vacancies, VacancyTotals{reference, r.vacancies[reference].totals()})
	}
	return s
}

// tally is what is counted of some cases.
type tally struct {
	counts  Totals
	clauses map[clauseKey]*ClauseCount
	rules   []treeCounts
	folded  map[clauseKey]*rankedCount // of trees that made room

	ownClauses, ownFolded int // rules of vacancies' own that are counted
	withoutRules          bool
	readings              readingTally
}

// clauseKey tells clauses apart.
type clauseKey struct {
	kind                           Disagreement
	policy, version, vacancy, rule string
}

func keyOf(kind Disagreement, c *Clause) clauseKey {
	return clauseKey{kind, c.Policy, c.Version, c.Vacancy, c.Rule}
}

func (p *tally) add(r *Result) {
	p.counts.Cases++
	recorded := eligibility.Verdict("")
	if r.Case != nil {
		recorded = r.Case.Recorded
	}
	if recorded != "" {
		p.counts.Recorded.Cases++
	}
	if r.Err != nil {
		p.counts.NotAssessed++
		if recorded != "" {
			p.counts.Recorded.NotAssessed++
		}
		return
	}
	p.readings.add(r.Assessment)
	switch r.Assessment.Verdict {
	case eligibility.Eligible:
		p.counts.Eligible++
	case eligibility.Ineligible:
		p.counts.Ineligible++
	default:
		p.counts.Undetermined++
	}
	if recorded != "" {
		p.compare(r)
	}
	if d := r.clauses; d != nil && d.tree != nil && d.rules != nil && !p.withoutRules {
		p.countsOf(d.tree).add(d.rules)
	}
}

// compare counts what was recorded against what the rules say.
func (p *tally) compare(r *Result) {
	kind := disagreement(r)
	switch kind {
	case "":
		p.counts.Recorded.Agreed++
		return
	case Lenient:
		p.counts.Recorded.Lenient++
	case Strict:
		p.counts.Recorded.Strict++
	default:
		p.counts.Recorded.NotDecidable++
	}
	clauses := r.Clauses()
	for i := range clauses {
		key := keyOf(kind, &clauses[i])
		var clause Clause
		clause, key = known(clauses[i], key, p.clauses[key] != nil, &p.ownClauses)
		count := p.clauses[key]
		if count == nil {
			if p.clauses == nil {
				p.clauses = make(map[clauseKey]*ClauseCount)
			}
			count = &ClauseCount{Kind: kind, Clause: clause}
			p.clauses[key] = count
		}
		count.Cases++
		if len(clauses) == 1 {
			count.Alone++
		}
		if len(count.First) < namedCases {
			count.First = append(count.First, r.ID)
		}
	}
}

// disagreement compares what was recorded, "" where it is what the rules say.
func disagreement(r *Result) Disagreement {
	switch v := r.Assessment.Verdict; {
	case v == eligibility.Undetermined:
		return NotDecidable
	case v == r.Case.Recorded:
		return ""
	case v == eligibility.Eligible:
		return Strict
	}
	return Lenient
}

// Disagreement tells how what was decided at the time differs from what the
// rules say, and the clauses that made the difference. It is "" where they
// agree, nothing was recorded, or the case could not be assessed.
func (r Result) Disagreement() (Disagreement, []Clause) {
	if r.Assessment == nil || r.Case.Recorded == "" {
		return "", nil
	}
	kind := disagreement(&r)
	if kind == "" {
		return "", nil
	}
	return kind, r.Clauses()
}

// Clauses returns the clauses behind the verdict of a case for which something
// was recorded; see [Disagreement].
func (r Result) Clauses() []Clause {
	d := r.clauses
	if d == nil {
		return nil
	}
	var clauses []Clause
	for _, number := range d.clauses {
		clauses = append(clauses, d.tree.clause(number))
	}
	if len(clauses) > 0 {
		return clauses
	}
	none := Clause{Policy: r.Assessment.Pins.Policy.Name, Version: r.Assessment.Pins.Policy.Version, Rule: NoRule}
	if r.Assessment.Verdict == eligibility.Undetermined {
		none.Rule = InForce
	}
	return []Clause{none}
}

func (t *tree) clause(number int) Clause {
	c := t.all[number]
	clause := Clause{Policy: t.policy, Version: t.version, Rule: c.path, Title: c.title, Cite: c.cite}
	if c.own {
		clause.Vacancy = t.vacancy
	}
	return clause
}

func (p *tally) totals() Totals {
	t := p.counts
	t.Readings = p.readings.totals()
	for _, c := range p.clauses {
		own := *c
		own.First = slices.Clone(c.First)
		t.Recorded.Clauses = append(t.Recorded.Clauses, own)
	}
	order := map[Disagreement]int{Lenient: 0, Strict: 1, NotDecidable: 2}
	slices.SortFunc(t.Recorded.Clauses, func(a, b ClauseCount) int {
		return cmp.Or(cmp.Compare(order[a.Kind], order[b.Kind]), cmp.Compare(b.Cases, a.Cases), compareClauses(&a.Clause, &b.Clause))
	})
	t.Rules = p.matrix()
	return t
}

func compareClauses(a, b *Clause) int {
	return cmp.Or(cmp.Compare(a.Policy, b.Policy), cmp.Compare(a.Version, b.Version),
		cmp.Compare(a.Vacancy, b.Vacancy), cmp.Compare(a.Rule, b.Rule))
}
