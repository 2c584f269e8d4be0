package audit

import (
	"context"
	"slices"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// decisive is which rules decided a case: numbers of clauses of the tree.
type decisive struct {
	tree *tree // nil where no version of the policy could be chosen
	// clauses are those behind the verdict: see [Disagreement].
	clauses []int
	// rules is what the matrix counts, by the number of the clause; nil unless
	// it was asked for.
	rules []mark
}

// mark is a set of what is true of a rule in a case.
type mark uint8

const (
	markApplied mark = 1 << iota
	markFell
	markOnlyCause
	markUndetermined
	markMoreEligible
	markCarried
)

// analyse finds what decided a case that was assessed, as far as it is asked
// for.
func (a *Auditor) analyse(ctx context.Context, r *Result) {
	if a.Compare && r.Case.Recorded != "" {
		a.count(ctx, r)
	}
	if r.Err == nil && (a.Clauses || r.Case.Recorded != "") {
		a.decide(ctx, r)
	}
}

// decide finds the clauses behind the verdict.
func (a *Auditor) decide(ctx context.Context, r *Result) {
	post, choice, err := a.Catalogue.PostOf(r.Case)
	if err != nil {
		r.Assessment, r.Err = nil, err
		return
	}
	d := &decisive{}
	r.clauses = d
	if post == nil {
		return
	}
	d.tree = a.trees.of(post, r.Assessment.Pins.Vacancy.SHA256, a.Stage)
	if a.Clauses {
		d.rules = make([]mark, len(d.tree.all))
		d.tree.mark(r.Assessment, d.rules)
	}
	if choice.Basis == eligibility.ChosenPerhaps {
		return // no rule is behind the verdict, and without none it is another
	}
	h := &hypotheses{ctx: ctx, post: post, c: r.Case, options: append(a.options(false), eligibility.WithoutPins())}
	if r.Case.Recorded != "" && disagreement(r) != "" {
		d.clauses = d.tree.behind(r.Assessment, h)
	}
	if a.Clauses {
		d.tree.markDropped(r.Assessment, d.rules, h)
	}
	if h.err != nil {
		r.Assessment, r.Err = nil, h.err
	}
}

// hypotheses are assessments of a case without one rule.
type hypotheses struct {
	ctx     context.Context
	post    *eligibility.Post
	c       *eligibility.Case
	options []eligibility.AssessOption
	known   map[string]*eligibility.Assessment
	err     error // the first; what is assumed after it is not used
}

// without assesses the case without a rule. After an error it is undetermined.
func (h *hypotheses) without(rule string) *eligibility.Assessment {
	if a := h.known[rule]; a != nil {
		return a
	}
	a := &eligibility.Assessment{Verdict: eligibility.Undetermined}
	if h.err == nil {
		found, err := h.post.Assess(h.ctx, h.c, append(slices.Clip(h.options), eligibility.Without(rule))...)
		if h.err = err; err == nil {
			a = found
		}
	}
	if h.known == nil {
		h.known = make(map[string]*eligibility.Assessment)
	}
	h.known[rule] = a
	return a
}

// behind returns the clauses behind a verdict.
func (t *tree) behind(a *eligibility.Assessment, h *hypotheses) []int {
	var found []int
	status := eligibility.Unmet
	switch a.Verdict {
	case eligibility.Eligible:
		if last := t.metLast(a); last != nil {
			found = append(found, last.number)
		}
		return found
	case eligibility.Undetermined:
		status = eligibility.NotDetermined
	}
	consequences := t.consequences(a, status, h)
	each(t.top, a.Findings, func(c *clause, f *eligibility.Finding) bool {
		if f.Status != status || consequences[c] {
			return false
		}
		// Of alternatives no single one decides; the elements of an each are no
		// rules; and a group may be undetermined by its own condition.
		deeper := !c.any && len(c.children) > 0 &&
			slices.ContainsFunc(f.Findings, func(child eligibility.Finding) bool { return child.Status == status })
		if !deeper {
			found = append(found, c.number)
		}
		return deeper
	})
	return found
}

// consequences returns the rules at the top that have a status only because
// another one that they read has it: without that one they have not.
func (t *tree) consequences(a *eligibility.Assessment, status eligibility.Status, h *hypotheses) map[*clause]bool {
	found := make(map[*clause]bool)
	has := make(map[*clause]bool)
	each(t.top, a.Findings, func(c *clause, f *eligibility.Finding) bool {
		has[c] = f.Status == status
		return false
	})
	for _, c := range t.top {
		if !has[c] || !slices.ContainsFunc(t.top, func(u *clause) bool { return c.users[u] && has[u] }) {
			continue
		}
		each(t.top, h.without(c.path).Findings, func(u *clause, f *eligibility.Finding) bool {
			if c.users[u] && has[u] && f.Status != status {
				found[u] = true
			}
			return false
		})
	}
	return found
}

// metLast returns the clause that was fulfilled last: of cumulative groups the
// child that was, of alternatives the group. It is nil if no rule has a day.
func (t *tree) metLast(a *eligibility.Assessment) *clause {
	var last *clause
	var day experience.Date
	each(t.top, a.Findings, func(c *clause, f *eligibility.Finding) bool {
		if f.Status != eligibility.Met || !f.On.IsValid() {
			return false
		}
		deeper := !c.any && slices.ContainsFunc(f.Findings, func(child eligibility.Finding) bool { return child.On.IsValid() }) && len(c.children) > 0
		if !deeper && (last == nil || day.Last().Before(f.On.Last()) == experience.True) {
			last, day = c, f.On
		}
		return deeper
	})
	return last
}

// mark notes what the statuses tell.
func (t *tree) mark(a *eligibility.Assessment, marks []mark) {
	var visit func(clauses []*clause, findings []eligibility.Finding, around placeOf)
	visit = func(clauses []*clause, findings []eligibility.Finding, around placeOf) {
		unmet, met := 0, 0
		for i := range findings {
			switch findings[i].Status {
			case eligibility.Unmet:
				unmet++
			case eligibility.Met:
				met++
			}
		}
		each(clauses, findings, func(c *clause, f *eligibility.Finding) bool {
			if f.Status == eligibility.NotApplicable {
				return false
			}
			m := markApplied
			here := placeOf{
				carried: around.carried || around.alternatives && around.met && met == 1,
				met:     f.Status == eligibility.Met, alternatives: c.any,
				unmet: around.unmet && f.Status == eligibility.Unmet && !c.within,
				// Rules that others read are tried.
				sole:      around.sole && unmet == 1 && f.Status == eligibility.Unmet && !c.within && len(c.users) == 0,
				undecided: around.undecided && f.Status == eligibility.NotDetermined,
			}
			here.carried = here.carried && here.met
			if here.unmet && a.Verdict == eligibility.Ineligible {
				m |= markFell
			}
			if here.sole && a.Verdict == eligibility.Ineligible {
				m |= markOnlyCause
			}
			if here.undecided && a.Verdict == eligibility.Undetermined {
				m |= markUndetermined
			}
			if here.carried {
				m |= markCarried
			}
			marks[c.number] |= m
			visit(c.children, f.Findings, here)
			return false
		})
	}
	visit(t.top, a.Findings, placeOf{unmet: true, sole: true, undecided: true})
}

// placeOf is what holds of a rule and of every rule around it.
type placeOf struct{ unmet, sole, undecided, met, alternatives, carried bool }
