package audit

import (
	"github.com/qualify-rules/qualify/eligibility"
)

// dropping finds the rules without which a case would be eligible. Where the
// statuses tell, they do; elsewhere the case is assessed without the rule.
//
// They tell where no rule reads the one at the top: what is dropped then
// changes nothing but the groups around it. A cumulative group is met when
// what is left of it is, whatever its condition; a group of alternatives that
// is not met is not met with fewer of them, and does not apply without its only
// one. What is dropped inside an alternative may make the alternative met,
// which statuses do not show where its condition is unknown.
type dropping struct {
	marks   []mark
	without func(rule string) (eligibility.Verdict, error)
	err     error
}

func (t *tree) markDropped(a *eligibility.Assessment, marks []mark, without func(rule string) (eligibility.Verdict, error)) error {
	if a.Verdict == eligibility.Eligible {
		return nil
	}
	var open []*clause // at the top, neither met nor without application
	each(t.top, a.Findings, func(c *clause, f *eligibility.Finding) bool {
		if isOpen(f) {
			open = append(open, c)
		}
		return false
	})
	d := &dropping{marks: marks, without: without}
	each(t.top, a.Findings, func(c *clause, f *eligibility.Finding) bool {
		for _, o := range open {
			if o != c && !c.users[o] {
				return false // o stays as it is whatever becomes of c
			}
		}
		if len(c.users) > 0 {
			d.tried(c, f, false)
		} else {
			d.told(c, f)
		}
		return false
	})
	return d.err
}

func isOpen(f *eligibility.Finding) bool {
	return f.Status == eligibility.Unmet || f.Status == eligibility.NotDetermined
}

// told marks a rule that is all that stands against the case, and those below
// it of which that is true.
func (d *dropping) told(c *clause, f *eligibility.Finding) {
	d.marks[c.number] |= markMoreEligible
	open, applicable := count(f)
	each(c.children, f.Findings, func(child *clause, g *eligibility.Finding) bool {
		switch {
		case c.any && g.Status != eligibility.NotApplicable:
			if applicable == 1 {
				d.marks[child.number] |= markMoreEligible
			}
			each(child.children, g.Findings, func(below *clause, h *eligibility.Finding) bool {
				d.tried(below, h, false)
				return false
			})
		case !c.any && open == 1 && isOpen(g):
			d.told(child, g)
		}
		return false
	})
}

// tried assesses the case without a rule, and without those below it. Without
// an alternative that is unmet beside others that apply, nothing changes.
func (d *dropping) tried(c *clause, f *eligibility.Finding, oneOfSeveral bool) {
	if f.Status == eligibility.NotApplicable || d.err != nil {
		return
	}
	if !oneOfSeveral || f.Status != eligibility.Unmet {
		var verdict eligibility.Verdict
		if verdict, d.err = d.without(c.path); verdict == eligibility.Eligible {
			d.marks[c.number] |= markMoreEligible
		}
	}
	_, applicable := count(f)
	each(c.children, f.Findings, func(child *clause, g *eligibility.Finding) bool {
		d.tried(child, g, c.any && applicable > 1)
		return false
	})
}

// count returns how many findings below are open, and how many apply.
func count(f *eligibility.Finding) (open, applicable int) {
	for i := range f.Findings {
		if isOpen(&f.Findings[i]) {
			open++
		}
		if f.Findings[i].Status != eligibility.NotApplicable {
			applicable++
		}
	}
	return open, applicable
}
