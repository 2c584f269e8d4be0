package eligibility

import (
	"cmp"
	"strings"

	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/experience"
)

// distance is how far a finding is from being met: by rules that are unmet and
// not measured, then by the time that is short, then by what is open.
type distance struct {
	unmet, open int
	short       experience.Period
	some        bool // something of it is met or measured
	lacks       messages.List
}

func (d distance) less(o distance) bool {
	switch {
	case d.unmet != o.unmet:
		return d.unmet < o.unmet
	case d.short.Compare(o.short) != 0:
		return d.short.Compare(o.short) < 0
	}
	return d.open < o.open
}

// distanceOf adds up what the rules within a finding lack; of alternatives the
// nearest counts.
func (w *wording) distanceOf(f *Finding) distance {
	var d distance
	switch {
	case f.Status == NotApplicable:
		return d
	case f.Status == Met:
		d.some = true
		return d
	case f.AnyOf:
		if _, nearest, ok := w.nearestOf(f.Findings); ok {
			return nearest
		}
	case len(f.Findings) > 0:
		for i := range f.Findings {
			c := w.distanceOf(&f.Findings[i])
			d.unmet += c.unmet
			d.open += c.open
			d.some = d.some || c.some
			d.lacks = append(d.lacks, c.lacks...)
			if c.short.IsValid() {
				if d.short.IsValid() {
					c.short = c.short.Add(d.short)
				}
				d.short = c.short
			}
		}
		return d
	}
	name := cmp.Or(f.Title, f.ID)
	switch {
	case f.Status == NotDetermined:
		d.open = 1
		d.lacks = messages.List{messages.Say("branch.open", "rule", name)}
	case f.Short.IsValid():
		d.short, d.some = f.Short, true
		d.lacks = messages.List{messages.Say("branch.short", "rule", name, "short", f.Short)}
	default:
		d.unmet = 1
		d.lacks = messages.List{messages.Say("branch.unmet", "rule", name)}
	}
	return d
}

// nearestOf returns the alternative that lacks least, the first of several.
func (w *wording) nearestOf(alternatives []Finding) (*Finding, distance, bool) {
	var nearest *Finding
	var least distance
	for i := range alternatives {
		f := &alternatives[i]
		if f.Status == NotApplicable {
			continue
		}
		if d := w.distanceOf(f); nearest == nil || d.less(least) {
			nearest, least = f, d
		}
	}
	return nearest, least, nearest != nil
}

// branch says which of several alternatives came nearest and what it lacks,
// where something of it is met or measured.
func (w *wording) branch(f *Finding) {
	if !f.AnyOf || f.Status != Unmet && f.Status != NotDetermined {
		return
	}
	nearest, lacking, ok := w.nearestOf(f.Findings)
	if !ok || !lacking.some || len(f.Findings) < 2 {
		return
	}
	f.Nearest = nearest.ID
	if len(lacking.lacks) == 0 { // it is met, and may not apply
		return
	}
	said := w.Text("branch.nearest", "rule", cmp.Or(nearest.Title, nearest.ID), "lacks", listed(lacking.lacks))
	f.Reason = strings.TrimSpace(f.Reason + " " + said)
}
