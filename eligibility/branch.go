package eligibility

import (
	"fmt"
	"strings"

	"github.com/qualify-rules/qualify/experience"
)

// distance is how far a finding is from being met: by rules that are unmet and
// not measured, then by the time that is short, then by what is open.
type distance struct {
	unmet, open int
	short       experience.Period
	some        bool // something of it is met or measured
	lacks       []string
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
func distanceOf(f *Finding) distance {
	var d distance
	switch {
	case f.Status == NotApplicable:
		return d
	case f.Status == Met:
		d.some = true
		return d
	case f.AnyOf:
		if _, nearest, ok := nearestOf(f.Findings); ok {
			return nearest
		}
	case len(f.Findings) > 0:
		for i := range f.Findings {
			c := distanceOf(&f.Findings[i])
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
	name := f.Title
	if name == "" {
		name = f.ID
	}
	switch {
	case f.Status == NotDetermined:
		d.open = 1
		d.lacks = []string{name + " is open"}
	case f.Short.IsValid():
		d.short, d.some = f.Short, true
		d.lacks = []string{fmt.Sprintf("%s is %s short", name, words(f.Short))}
	default:
		d.unmet = 1
		d.lacks = []string{name + " is not fulfilled"}
	}
	return d
}

// nearestOf returns the alternative that lacks least, the first of several.
func nearestOf(alternatives []Finding) (*Finding, distance, bool) {
	var nearest *Finding
	var least distance
	for i := range alternatives {
		f := &alternatives[i]
		if f.Status == NotApplicable {
			continue
		}
		if d := distanceOf(f); nearest == nil || d.less(least) {
			nearest, least = f, d
		}
	}
	return nearest, least, nearest != nil
}

// branch says which of several alternatives came nearest and what it lacks,
// where something of it is met or measured.
func branch(f *Finding) {
	if !f.AnyOf || f.Status != Unmet && f.Status != NotDetermined {
		return
	}
	nearest, lacking, ok := nearestOf(f.Findings)
	if !ok || !lacking.some || len(f.Findings) < 2 {
		return
	}
	f.Nearest = nearest.ID
	name := nearest.Title
	if name == "" {
		name = nearest.ID
	}
	f.Reason = strings.TrimSpace(fmt.Sprintf("%s Nearest is “%s”: %s.", f.Reason, name, listed(lacking.lacks)))
}
