package report

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/experience"
)

// timeline says in sentences when the application is eligible and when rules
// turn.
func (w *words) timeline(t *eligibility.Timeline) []string {
	says := []string{w.Text("timeline.never")}
	switch {
	case len(t.Eligible) > 0:
		says[0] = w.Text("timeline.eligible", "days", w.eligibleDays(t.Eligible))
	case w.uncertain(t):
		says[0] = w.Text("timeline.neverCertain")
	}
	says = append(says, w.ifOpen(t))
	if len(t.LastMet) > 0 {
		var rules messages.List
		for _, path := range t.LastMet {
			rules = append(rules, w.titleOf(path))
		}
		says = append(says, w.Text("timeline.lastMet", "day", t.EligibleFrom, "rules", rules))
	}
	for _, turn := range w.nextTurns(t) {
		says = append(says, w.turn(turn))
	}
	for _, path := range w.neverMet(t) {
		if f, ok := w.Assessment.Finding(strings.Split(path, "/")...); ok && f.Status == eligibility.NotDetermined {
			says = append(says, w.Text("timeline.notCertain", "rule", w.titleOf(path), "day", t.To))
		} else {
			says = append(says, w.Text("timeline.notMet", "rule", w.titleOf(path), "day", t.To))
		}
	}
	return append(says, w.Text("timeline.tried", "from", t.From, "to", t.To))
}

// eligibleDays says where an interval may go on beyond the days that were tried.
func (w *words) eligibleDays(intervals []eligibility.EligibleDays) messages.List {
	var list messages.List
	for _, i := range intervals {
		from, to := messages.Say("timeline.day", "day", i.From), messages.Say("timeline.day", "day", i.To)
		if i.Earlier {
			from.Key = "timeline.orEarlier"
		}
		if i.Later {
			to.Key = "timeline.orLater"
		}
		if i.From == i.To && !i.Earlier && !i.Later {
			list = append(list, messages.Say("day.on", "day", i.From))
		} else {
			list = append(list, messages.Say("timeline.between", "from", from, "to", to))
		}
	}
	return list
}

// ifOpen says when an application would be eligible, were a vacancy like this
// one open.
func (w *words) ifOpen(t *eligibility.Timeline) string {
	switch {
	case len(t.IfOpen) > 0:
		return w.Text("timeline.ifOpen", "days", w.eligibleDays(t.IfOpen))
	case w.uncertain(t):
		return w.Text("timeline.neverCertainIfOpen")
	}
	return w.Text("timeline.neverIfOpen")
}

// uncertain reports whether a rule is not known to be met on some day, so that
// no day being eligible for certain does not say that none is.
func (w *words) uncertain(t *eligibility.Timeline) bool {
	for _, f := range w.Assessment.All() {
		if f.Status == eligibility.NotDetermined {
			return true
		}
	}
	return slices.ContainsFunc(t.Turns, func(turn eligibility.Turn) bool { return turn.Status == eligibility.NotDetermined })
}

// intervals says from when to when; days before the first and after the last
// that are known have no date.
func (w *words) intervals(intervals []eligibility.Interval) messages.List {
	var list messages.List
	for _, i := range intervals {
		switch {
		case i.From == i.To:
			list = append(list, messages.Say("day.on", "day", i.From))
		case beginsUnknown(i.From) && endsUnknown(i.To):
			list = append(list, messages.Say("timeline.always"))
		case beginsUnknown(i.From):
			list = append(list, messages.Say("timeline.until", "to", i.To))
		case endsUnknown(i.To):
			list = append(list, messages.Say("timeline.since", "from", i.From))
		default:
			list = append(list, messages.Say("timeline.between", "from", i.From, "to", i.To))
		}
	}
	return list
}

// nextTurns are, of every rule without rules below it, the last turn until the
// reference day where that made it unmet, and the next one after.
func (w *words) nextTurns(t *eligibility.Timeline) []eligibility.Turn {
	asOf := w.Assessment.AsOf
	last, next := map[string]eligibility.Turn{}, map[string]eligibility.Turn{}
	for _, turn := range t.Turns {
		if f, ok := w.Assessment.Finding(strings.Split(turn.Rule, "/")...); ok && len(f.Findings) > 0 {
			continue
		}
		if turn.On.NotAfter(asOf) == experience.True {
			last[turn.Rule] = turn
		} else if _, known := next[turn.Rule]; !known {
			next[turn.Rule] = turn
		}
	}
	var turns []eligibility.Turn
	for _, path := range slices.Sorted(maps.Keys(last)) {
		if last[path].Status == eligibility.Unmet {
			turns = append(turns, last[path])
		}
	}
	turns = append(turns, slices.Collect(maps.Values(next))...)
	slices.SortFunc(turns, func(a, b eligibility.Turn) int {
		return cmp.Or(strings.Compare(a.On.String(), b.On.String()), strings.Compare(a.Rule, b.Rule))
	})
	return turns
}

func (w *words) turn(t eligibility.Turn) string {
	title := w.titleOf(t.Rule)
	switch {
	case t.On.NotAfter(w.Assessment.AsOf) == experience.True:
		return w.Text("timeline.stopped", "rule", title, "day", t.On)
	case t.Status == eligibility.Met:
		return w.Text("timeline.turnsMet", "rule", title, "day", t.On)
	case t.Status == eligibility.Unmet:
		return w.Text("timeline.turnsUnmet", "rule", title, "day", t.On)
	case t.Status == eligibility.NotDetermined:
		return w.Text("timeline.turnsUndetermined", "rule", title, "day", t.On)
	}
	return w.Text("timeline.turnsNotApplicable", "rule", title, "day", t.On)
}

// neverMet are the paths of the rules without rules below them that are not met
// on any later day. An alternative in a group that is met is not one of them.
func (w *words) neverMet(t *eligibility.Timeline) []string {
	unmet := map[string]bool{}
	var paths []string
	for _, u := range t.Unmet {
		around := strings.LastIndexByte(u.Rule, '/')
		if around >= 0 && !unmet[u.Rule[:around]] {
			continue
		}
		unmet[u.Rule] = true
		if f, ok := w.Assessment.Finding(strings.Split(u.Rule, "/")...); ok && len(f.Findings) == 0 && !u.MetFrom.IsValid() {
			paths = append(paths, u.Rule)
		}
	}
	return paths
}

// titleOf returns the titles of the rules on a path: the title of a rule within
// a group says little without that of the group. An element says enough without
// the title of the rule that is repeated for it.
func (w *words) titleOf(path string) string {
	ids := strings.Split(path, "/")
	var titles []string
	for i := range ids {
		f, ok := w.Assessment.Finding(ids[:i+1]...)
		repeated := i+1 < len(ids) && isNumber(ids[i+1])
		if ok && !repeated {
			titles = append(titles, cmp.Or(f.Title, f.ID))
		}
	}
	if titles == nil {
		return path
	}
	return strings.Join(titles, " – ")
}

func isNumber(id string) bool {
	_, err := strconv.Atoi(id)
	return err == nil
}

// readings says in sentences what other readings would decide.
func (w *words) readings(s *eligibility.Sensitivity) []string {
	if s.Robust {
		return []string{w.Text("readings.robust")}
	}
	says := []string{w.Text("readings.sensitive")}
	for _, f := range s.Flips {
		var chosen, rules messages.List
		for _, id := range slices.Sorted(maps.Keys(f.Readings)) {
			chosen = append(chosen, w.chosen(id, f.Readings[id]))
		}
		for _, id := range f.Rules {
			rules = append(rules, w.titleOf(id))
		}
		verdict := w.Text("verdict." + string(f.Verdict))
		says = append(says, capital(w.Text("readings.flip", "verdict", verdict, "readings", chosen, "rules", rules)))
	}
	return says
}

// chosen says an option of a reading in words.
func (w *words) chosen(id, option string) messages.Phrase {
	for _, r := range w.Post.Policy().Readings() {
		if r.ID == id {
			return messages.Say("readings.chosen", "about", w.about(r), "means", w.option(r, option))
		}
	}
	return messages.Say("readings.chosen", "about", id, "means", option)
}

// tried reports whether ways were tried, and did not just name every fact that is
// missing.
func (w *words) tried() bool {
	ways := w.Assessment.Ways
	return len(ways) == 0 || ways[0].Text != ""
}

// ways says what would make the application eligible: a heading, and of each
// way its steps and from when it works.
func (w *words) ways() (heading string, ways [][]string) {
	a := w.Assessment
	if len(a.Ways) == 0 {
		switch a.NoWay {
		case eligibility.NoWayFound:
			return w.Text("ways.notFound"), nil
		case eligibility.NoWayStated:
			return w.Text("ways.notStated"), nil
		}
		return w.Text("ways.none"), nil
	}
	heading = w.Text("ways.title")
	for _, way := range a.Ways {
		var says []string
		for _, s := range way.Steps {
			says = append(says, s.Text)
		}
		if way.Text != "" {
			says = append(says, way.Text)
		}
		ways = append(ways, says)
	}
	return heading, ways
}
