package eligibility

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/eqf"
	"github.com/qualify-rules/qualify/experience"
)

// AssessOption changes how a case is assessed.
type AssessOption interface{ apply(*assessOptions) }

type assessOptions struct {
	stage        Stage
	outline      bool
	withoutPins  bool
	interpreted  bool
	without      string // the path of a rule that is left out
	desirable    bool
	ledger       bool
	readings     bool
	timeline     bool
	ways         bool
	horizon      Interval           // of the timeline; the zero Interval is the usual one
	language     *messages.Language // English where nil
	translations []*Translation
}

type assessOptionFunc func(*assessOptions)

func (f assessOptionFunc) apply(o *assessOptions) { f(o) }

// AtStage looks at the rules up to a stage; without it only those of the
// application.
func AtStage(s Stage) AssessOption {
	return assessOptionFunc(func(o *assessOptions) { o.stage = s })
}

// Outline leaves out what explains an assessment: a finding has its id, its
// status, its day and its children, and no ledger.
func Outline() AssessOption {
	return assessOptionFunc(func(o *assessOptions) { o.outline = true })
}

// WithoutPins leaves out the pins, of which the hash of the input takes as long
// as the rules of a simple post. What was assessed so cannot be verified later.
func WithoutPins() AssessOption {
	return assessOptionFunc(func(o *assessOptions) { o.withoutPins = true })
}

// Assess decides a case about the post. The vacancy of the case is not looked
// at. An error is an [*InputError] for a case that is not well formed, a
// [*RuleError] for a defect of the policy, or that of the context.
func (p *Post) Assess(ctx context.Context, c *Case, options ...AssessOption) (*Assessment, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	return p.assess(ctx, c, false, optionsOf(options))
}

func optionsOf(options []AssessOption) *assessOptions {
	o := &assessOptions{stage: StageApplication}
	for _, option := range options {
		option.apply(o)
	}
	return o
}

// assess decides a case that was checked. ofPost says that a vacancy that the
// case states is that of the post.
func (p *Post) assess(ctx context.Context, c *Case, ofPost bool, o *assessOptions) (*Assessment, error) {
	if _, err := ParseStage(string(o.stage)); err != nil {
		return nil, err
	}
	if err := p.checkJudgements(c); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	without, err := p.ruleAt(o.without)
	if err != nil {
		return nil, err
	}
	ev := p.evaluation(ctx, c, o)
	defer ev.release()
	ev.without = without
	if err := ev.run(); err != nil {
		return nil, err
	}
	a := &Assessment{Case: c.ID, Candidate: c.Candidate.ID, Vacancy: p.vacancy.Reference, Verdict: ev.verdict()}
	if ev.asOf.date != experience.UnknownDate() {
		a.AsOf = ev.asOf.date
	}
	if o.stage != StageApplication {
		a.Stage = o.stage
	}
	var w *wording
	if !o.outline {
		if w, err = o.wording(ev); err != nil {
			return nil, err
		}
	}
	if a.Findings, err = ev.findings(ev.results, w); err != nil {
		return nil, err
	}
	if o.readings {
		if a.Readings, err = ev.sensitivity(); err != nil {
			return nil, err
		}
		a.SensitiveTo = a.Readings.sensitiveTo()
	}
	if o.timeline {
		if a.Timeline, err = ev.timeline(o.horizon, w); err != nil {
			return nil, err
		}
	}
	if o.ways && a.Verdict != Eligible {
		if a.Ways, a.NoWay, err = o.nearestWays(ev); err != nil {
			return nil, err
		}
	}
	if a.Verdict == Undetermined {
		missing := ev.missing()
		a.Missing = ev.pointers(missing)
		if w != nil {
			a.MissingInWords = w.missing(missing)
		}
	}
	if without != nil {
		return a, nil
	}
	if !o.withoutPins {
		a.Pins = p.pins
		if a.Pins.Input, err = ev.hash(ofPost); err != nil {
			return nil, err
		}
	}
	if w != nil && o.desirable {
		if a.Desirable, err = ev.desirable(w); err != nil {
			return nil, err
		}
	}
	if w != nil && o.stage != StageApplication {
		if a.ToBring, err = w.toBring(); err != nil {
			return nil, err
		}
	}
	if !o.outline {
		if a.EligibleFrom, err = ev.eligibleFrom(a); err != nil {
			return nil, err
		}
		a.Projected = a.EligibleFrom.IsValid() && ev.asOf.date.Before(a.EligibleFrom) == experience.True
	}
	return a, nil
}

// checkJudgements refuses answers to questions that no rule asks: they would
// be passed over in silence.
func (p *Post) checkJudgements(c *Case) error {
	k := new(inspector)
	for name := range c.Application.Judgements {
		asked := false
		for _, j := range p.judgements {
			asked = asked || j == name
		}
		if !asked {
			k.keyed("/application/judgements/", name, fmt.Errorf("no rule of %s asks for this judgement: %s", p.vacancy.Reference, p.asks()))
		}
	}
	return k.err()
}

func (p *Post) asks() string {
	if len(p.judgements) == 0 {
		return "none is asked for"
	}
	return "it asks for " + strings.Join(p.judgements, ", ")
}

// verdict is ineligible where any applicable rule is unmet, else undetermined
// where any is, else eligible.
func (ev *evaluation) verdict() Verdict {
	v := Eligible
	for _, r := range ev.results {
		switch {
		case r == nil:
		case r.status == Unmet:
			return Ineligible
		case r.status == NotDetermined:
			v = Undetermined
		}
	}
	return v
}

func (ev *evaluation) missing() []fact {
	var missing []fact
	for _, r := range ev.results {
		if r != nil {
			missing = union(missing, r.missing)
		}
	}
	return missing
}

func (ev *evaluation) pointers(facts []fact) []string {
	if len(facts) == 0 {
		return nil
	}
	if a, _, _ := facts[0].parts(); len(facts) > 1 || a == inSet {
		facts = ev.eachOf(facts)
	}
	out := make([]string, len(facts))
	for i, f := range facts {
		out[i] = ev.pointer(f)
	}
	return out
}

// eligibleFrom is the latest of the days on which the rules are, or will be,
// met; the zero Date where that is not one certain day. Rules without a day may
// have been met on another day than asOf, so that the result is tried as a
// timeline tries its days.
func (ev *evaluation) eligibleFrom(a *Assessment) (experience.Date, error) {
	if t := a.Timeline; t != nil && t.EligibleFrom.IsValid() && (a.Verdict == Eligible || a.AsOf.Before(t.EligibleFrom) == experience.True) {
		return t.EligibleFrom, nil
	}
	if a.Verdict == Undetermined {
		return experience.Date{}, nil
	}
	var day experience.Date
	for _, r := range ev.results {
		if r == nil || r.status == NotApplicable {
			continue
		}
		d, ok := r.turns()
		if !ok {
			return experience.Date{}, nil
		}
		day = day.Later(d)
	}
	switch {
	case !day.IsExact():
		return experience.Date{}, nil
	case day == ev.asOf.date && a.Verdict == Eligible:
		return day, nil
	}
	tried, err := ev.onDay(ev.c, day, true)
	if err != nil {
		return experience.Date{}, err
	}
	defer tried.release()
	if tried.verdict() != Eligible {
		return experience.Date{}, nil
	}
	return day, nil
}

// turns returns the day on which a rule is or will be met: the zero Date where
// it is met without a day, and false where it will not be.
func (r *result) turns() (experience.Date, bool) {
	switch {
	case r.status == Met:
		return r.value.onset.On(), true
	case r.status != Unmet:
		return experience.Date{}, false
	case r.children == nil:
		return r.value.projected, r.value.projected.IsValid()
	}
	var day experience.Date
	some := false
	for _, c := range r.children {
		if c.status == NotApplicable {
			continue
		}
		d, ok := c.turns()
		switch {
		case !ok && !r.rule.any:
			return experience.Date{}, false
		case !ok:
			continue
		case r.rule.any && some:
			day = day.Earlier(d)
		default:
			day = day.Later(d)
		}
		some = true
	}
	return day, some
}

// pinned returns what the assessments of the post have in common.
func (p *Post) pinned() Pins {
	return Pins{
		Library:   "github.com/qualify-rules/qualify@v" + Version,
		Semantics: Semantics,
		Policy:    PolicyPin{p.policy.Name(), p.policy.Version(), p.policy.sha256},
		Vacancy:   HashPin{p.sha256},
		Tables:    map[string]string{"nqf": eqf.TableVersion},
		Readings:  p.policy.Chosen(),
	}
}

// hash is the pin of a case. Where the vacancy of the case is known to be that
// of the post, it is not written once more.
func (ev *evaluation) hash(ofPost bool) (string, error) {
	var vacancy []byte
	if ofPost {
		vacancy = ev.post.canonical
	}
	b, err := ev.canonical.write(ev.c, vacancy)
	if err != nil {
		return "", err
	}
	return inputPin(b), nil
}

// inputPin is the pin of a case in canonical JSON.
func inputPin(canonical []byte) string {
	sum := sha256.Sum256(canonical)
	const prefix = "sha256:"
	text := hex.AppendEncode(append(make([]byte, 0, len(prefix)+2*len(sum)), prefix...), sum[:])
	return string(text)
}
