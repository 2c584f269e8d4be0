package audit

import (
	"slices"

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
	*hypotheses
	marks []mark
}

// markDropped marks the rules without which the case would be eligible, and
// those that others read and that are the only cause.
func (t *tree) markDropped(a *eligibility.Assessment, marks []mark, h *hypotheses) {
	if a.Verdict == eligibility.Eligible {
		return
	}
	var open, unmet []*clause // at the top
	each(t.top, a.Findings, func(c *clause, f *eligibility.Finding) bool {
		if isOpen(f) {
			open = append(open, c)
		}
		if f.Status == eligibility.Unmet {
			unmet = append(unmet, c)
		}
		return false
	})
	d := &dropping{h, marks}
	each(t.top, a.Findings, func(c *clause, f *eligibility.Finding) bool {
		// What c is not read by stays as it is whatever becomes of c.
		stays := func(o *clause) bool { return o != c && !c.users[o] }
		switch {
		case len(c.users) == 0:
			if !slices.ContainsFunc(open, stays) {
				d.told(c, f)
			}
		case f.Status == eligibility.Unmet && !slices.ContainsFunc(unmet, stays), !slices.ContainsFunc(open, stays):
			d.tried(c, f, false)
		}
		return false
	})
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
	if f.Status == eligibility.NotApplicable {
		return
	}
	if !oneOfSeveral || f.Status != eligibility.Unmet {
		verdict := d.without(c.path).Verdict
		if verdict == eligibility.Eligible {
			d.marks[c.number] |= markMoreEligible
		}
		if verdict != eligibility.Ineligible && d.marks[c.number]&markFell != 0 {
			d.marks[c.number] |= markOnlyCause
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
