package eligibility

import (
	"cmp"
	"slices"

	"github.com/qualify-rules/qualify/experience"
)

// WithNearestWays adds to an assessment that is not eligible the smallest sets
// of facts that would make it so.
func WithNearestWays() AssessOption {
	return assessOptionFunc(func(o *assessOptions) { o.ways = true })
}

// Way is a set of facts that are missing or still to come, with which the
// application would be eligible; no part of it suffices. It never asks for
// another statement than the one that was made.
type Way struct {
	Steps []Step `json:"steps"`
	// Text says when the application would be eligible, and on what condition
	// where facts are to be stated.
	Text string `json:"text,omitzero"`
	// On is the first application date, from the reference day on, for which
	// it was made sure that the way leads to eligible: by assessing the case with
	// what the steps bring, as if the vacancy were open on that day (see
	// Timeline). It is not stated where that could not be tried: the facts of the
	// steps are then all that are missing.
	On experience.Date `json:"on,omitzero"`
	// AfterClosing says that the vacancy is closed by then.
	AfterClosing bool `json:"afterClosing,omitzero"`
}

// Step is a fact that is missing or still to come.
type Step struct {
	Kind StepKind `json:"kind"`
	// Fact is the JSON Pointer to the fact, of a new record that to its list.
	Fact string `json:"fact,omitzero"`
	// Value is what the fact was taken to be when the way was tried: of what is
	// to be stated the least that suffices. AtLeast, AtMost or OneOf say which
	// other values suffice too, as far as they were tried; where none of the three
	// is stated, it is that value only, and AnyValue that it is any. Condition says
	// so in words.
	Value     any    `json:"value,omitzero"`
	AtLeast   any    `json:"atLeast,omitzero"`
	AtMost    any    `json:"atMost,omitzero"`
	OneOf     []any  `json:"oneOf,omitzero"`
	AnyValue  bool   `json:"anyValue,omitzero"`
	Condition string `json:"condition,omitzero"`
	// Period is how much more time a rule needs.
	Period experience.Period `json:"period,omitzero"`
	Rule   string            `json:"rule,omitzero"` // the path of the rule that needs the time
	Text   string            `json:"text,omitzero"`
}

// StepKind is what has to happen for a step.
type StepKind string

// The kinds of steps.
const (
	StateFact  StepKind = "state"  // a fact that is missing is stated
	AttestFact StepKind = "attest" // what is not attested becomes so
	Nominate   StepKind = "nominate"
	Obtain     StepKind = "obtain" // a record is added
	Work       StepKind = "work"   // a rule needs more time at work
	Wait       StepKind = "wait"   // time must pass
	ApplyAs    StepKind = "apply"  // the application is made under another regime
	EndFact    StepKind = "end"    // an ongoing contract ends
)

// NoWay says why an assessment has no ways.
type NoWay string

// Why there are no ways: none that is known of exists; none has been found among
// the sets of few steps, and larger ones were not all tried; or none could be
// tried, as a fact is missing that is not the applicant's to state.
const (
	NoWayExists NoWay = "none"
	NoWayFound  NoWay = "notFound"
	NoWayStated NoWay = "notStated"
)

func (o *assessOptions) nearestWays(ev *evaluation) ([]Way, NoWay, error) {
	w, err := o.wording(ev)
	if err != nil {
		return nil, "", err
	}
	// After the closing date the reference day stays behind the application.
	f := &finder{
		w: w, start: ev, day: ev.asOf.date.Later(ev.c.Application.Date),
		seen: make(map[string]bool), bettered: make([]bool, len(ev.results)), documents: ev.documents(),
	}
	if ev.asOf.date.IsExact() && f.day.IsExact() {
		if err := f.search(); err != nil {
			return nil, "", err
		}
	}
	ways, err := f.ways()
	hopeless := slices.Contains(f.bettered, false)
	switch {
	case err != nil || len(ways) > 0:
		return ways, "", err
	case ev.verdict() == Undetermined && (f.untried || !f.exhausted):
		return []Way{f.stateEverything()}, "", nil
	case f.untried && !hopeless:
		return nil, NoWayStated, nil
	case f.exhausted || hopeless:
		return nil, NoWayExists, nil
	}
	return nil, NoWayFound, nil
}

// ways are the smallest ones that were found, none of which is a part of
// another one.
func (f *finder) ways() ([]Way, error) {
	slices.SortStableFunc(f.found, func(a, b foundWay) int {
		return cmp.Or(cmp.Compare(a.size(), b.size()), compareDays(a.day, b.day))
	})
	var kept []foundWay
	for _, way := range f.found {
		if len(kept) == maxWays {
			break
		}
		if err := f.finish(&way); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(kept, func(smaller foundWay) bool { return isPart(smaller.keys, way.keys) }) {
			continue
		}
		kept = slices.DeleteFunc(kept, func(larger foundWay) bool { return isPart(way.keys, larger.keys) })
		kept = append(kept, way)
	}
	slices.SortStableFunc(kept, func(a, b foundWay) int {
		return cmp.Or(cmp.Compare(len(a.Steps), len(b.Steps)), compareDays(a.On, b.On))
	})
	var ways []Way
	for _, way := range kept {
		ways = append(ways, way.Way)
	}
	return ways, nil
}

func compareDays(a, b experience.Date) int {
	switch {
	case a.Before(b) == experience.True:
		return -1
	case b.Before(a) == experience.True:
		return 1
	}
	return 0
}

func isPart(small, large []string) bool {
	return !slices.ContainsFunc(small, func(key string) bool { return !slices.Contains(large, key) })
}

// stateEverything is the way of a case that no trial settles: every fact that
// is missing.
func (f *finder) stateEverything() Way {
	var way Way
	for _, missing := range f.start.eachOf(f.start.missing()) {
		way.Steps = append(way.Steps, Step{
			Kind: StateFact, Fact: f.start.pointer(missing), Text: f.w.Text("step.state", "fact", f.w.fact(missing)),
		})
	}
	return way
}
