package eligibility

import (
	"slices"

	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"

	"github.com/qualify-rules/qualify/experience"
)

// levelSet is a set of levels of threat, a bit for each in ascending order.
type levelSet uint8

// threatLevelValues are the levels of threat as CEL has them.
var threatLevelValues = func() []ref.Val {
	var values []ref.Val
	for _, code := range threatLevels.codes {
		values = append(values, types.String(code))
	}
	return values
}()

// levelsIn returns the levels that are in a list of texts.
func levelsIn(list ref.Val) levelSet {
	var set levelSet
	texts := list.(traits.Container)
	for i, v := range threatLevelValues {
		if texts.Contains(v) == types.True {
			set |= 1 << i
		}
	}
	return set
}

func (s levelSet) has(l ThreatLevel) bool {
	i := slices.Index(threatLevels.codes, string(l))
	return i >= 0 && s>>i&1 == 1
}

// knownWindows are the windows of a mission that were found already.
type knownWindows struct {
	mission string
	levels  levelSet
	windows []threatWindow
}

// threatWindow is a stretch of days on which a mission was at a level that
// matters, or may have been.
type threatWindow struct {
	span   experience.Span
	counts experience.Truth
	open   []fact
}

// timeline is the levels of a mission in order of time.
type timeline struct {
	mission int
	entries []timelineEntry
}

type timelineEntry struct {
	Threat
	number int // of the entry in the mission's list
}

// threatOf returns the timeline of a mission, or false if the case does not
// list the mission.
func (ev *evaluation) threatOf(id string) (timeline, bool) {
	i := ev.missionNumber(id)
	if i < 0 {
		return timeline{}, false
	}
	for _, t := range ev.timelines {
		if t.mission == i {
			return t, true
		}
	}
	t := timeline{mission: i, entries: make([]timelineEntry, len(ev.c.Missions[i].Threat))}
	for j, e := range ev.c.Missions[i].Threat {
		t.entries[j] = timelineEntry{e, j}
	}
	// The case was checked: one of two entries is always surely later.
	slices.SortFunc(t.entries, func(a, b timelineEntry) int {
		if a.From.Before(b.From) == experience.True {
			return -1
		}
		return 1
	})
	ev.timelines = append(ev.timelines, t)
	return t, true
}

var dayBefore = experience.MustParsePeriod("P1D")

// threatWindows returns the days on which a mission was at one of the levels.
// A level holds from the day of its entry until the next one; before the first
// entry it is not known.
func (ev *evaluation) threatWindows(mission string, levels levelSet) []threatWindow {
	for _, k := range ev.windows {
		if k.mission == mission && k.levels == levels {
			return k.windows
		}
	}
	found := ev.findWindows(mission, levels)
	ev.windows = append(ev.windows, knownWindows{mission, levels, found})
	return found
}

func (ev *evaluation) findWindows(mission string, levels levelSet) []threatWindow {
	t, listed := ev.threatOf(mission)
	if !listed {
		return []threatWindow{{counts: experience.Unknown, open: []fact{factOf(inMissions, 0, wholeArea)}}}
	}
	windows := make([]threatWindow, 0, 1+len(t.entries))
	notKnown := []fact{factOf(inMissions, t.mission, factThreat)}
	if len(t.entries) == 0 {
		return []threatWindow{{counts: experience.Unknown, open: notKnown}}
	}
	windows = append(windows, threatWindow{
		span:   experience.Span{To: t.entries[0].From.Subtract(dayBefore)},
		counts: experience.Unknown,
		open:   notKnown,
	})
	edge := func(e timelineEntry) []fact {
		if e.From.IsExact() {
			return nil
		}
		return []fact{factOf(inThreat, t.mission, e.number)}
	}
	for i := 0; i < len(t.entries); i++ {
		if !levels.has(t.entries[i].Level) {
			continue
		}
		w := threatWindow{span: experience.Span{From: t.entries[i].From}, counts: experience.True, open: edge(t.entries[i])}
		for i+1 < len(t.entries) && levels.has(t.entries[i+1].Level) {
			i++
		}
		if i+1 < len(t.entries) {
			w.span.To = t.entries[i+1].From.Subtract(dayBefore)
			w.open = union(w.open, edge(t.entries[i+1]))
		}
		windows = append(windows, w)
	}
	return windows
}

// missionAtThreat answers whether a mission was at one of the levels on a day.
// Where the day or an entry is imprecise, every level that it may have been at
// must give the same answer.
func (ev *evaluation) missionAtThreat(m *object[Mission], d *dateValue, levels levelSet) ref.Val {
	t, _ := ev.threatOf(m.value.ID)
	open := d.open
	answer, known := experience.Unknown, false
	// The levels that are possible are those from the last entry that had
	// surely begun by the first of the days to the last that may have begun by
	// the last of them.
	for _, e := range t.entries {
		here := experience.TruthOf(levels.has(e.Level))
		switch {
		case e.From.Last().NotAfter(d.date.First()) == experience.True:
			answer, known = here, true
			continue
		case e.From.First().NotAfter(d.date.Last()) != experience.True:
		case known && here == answer:
			continue
		default:
			if !e.From.IsExact() {
				open = types.MergeUnknowns(open, ev.unknown(factOf(inThreat, t.mission, e.number)))
			}
			answer = experience.Unknown
		}
		break
	}
	if !known {
		return types.MergeUnknowns(open, m.missing(factThreat))
	}
	return truth(answer, open)
}
