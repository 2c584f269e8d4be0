package eligibility

import (
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/experience"
)

// eachStatus goes through results and those below them, with their paths.
func eachStatus(parent string, results []*result, see func(path string, r *result)) {
	for _, r := range results {
		if r != nil {
			see(parent+r.id, r)
			eachStatus(parent+r.id+"/", r.children, see)
		}
	}
}

// turns adds the rules whose status became another one.
func (t *Timeline) turns(day experience.Date, path string, before, now []*result, w *wording) {
	for i, r := range now {
		if r == nil {
			continue
		}
		var old *result
		if i < len(before) {
			old = before[i]
		}
		if old == nil || old.status != r.status {
			turn := Turn{On: day, Rule: path + r.id, Status: r.status}
			if w != nil {
				turn.Title = w.title(r)
			}
			t.Turns = append(t.Turns, turn)
		}
		if old == nil {
			old = &result{}
		}
		t.turns(day, path+r.id+"/", old.children, r.children, w)
	}
}

// eligibleFrom finds the interval in which the reference day lies, or the next
// one.
func (t *Timeline) eligibleFrom(asOf experience.Date) {
	for _, i := range t.IfOpen {
		if asOf.IsExact() && i.To.Before(asOf) == experience.True {
			continue
		}
		if !i.Earlier {
			t.EligibleFrom = i.From
		}
		break
	}
	for _, turn := range t.Turns {
		if turn.Status != Met || turn.On != t.EligibleFrom {
			continue
		}
		below := slices.ContainsFunc(t.Turns, func(u Turn) bool {
			return u.On == turn.On && u.Status == Met && strings.HasPrefix(u.Rule, turn.Rule+"/")
		})
		if !below {
			t.LastMet = append(t.LastMet, turn.Rule)
		}
	}
}

// unmet lists the rules that are not met on the reference day, where it is one
// that was tried.
func (t *Timeline) unmet(ev *evaluation, w *wording) error {
	asOf := ev.asOf.date
	if !asOf.IsExact() || asOf.Before(t.From) == experience.True || t.To.Before(asOf) == experience.True {
		return nil
	}
	now, err := ev.onDay(ev.c, asOf, true)
	if err != nil {
		return err
	}
	defer now.release()
	eachStatus("", now.results, func(path string, r *result) {
		if r.status != Unmet && r.status != NotDetermined {
			return
		}
		u := UnmetRule{Rule: path, Status: r.status}
		if w != nil {
			u.Title = w.title(r)
		}
		for _, turn := range t.Turns {
			switch {
			case turn.Rule != path:
			case turn.On.NotAfter(asOf) == experience.True:
				u.Since = turn.On
			case !u.MetFrom.IsValid() && (turn.Status == Met || turn.Status == NotApplicable):
				u.MetFrom = turn.On
			}
		}
		t.Unmet = append(t.Unmet, u)
	})
	return nil
}
