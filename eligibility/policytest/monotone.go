package policytest

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
)

// Counterexample is a case that contradicts what a policy declares: more of
// something hurts, or helps, though it never should.
type Counterexample struct {
	Quantity eligibility.Quantity `json:"quantity"`
	Antitone bool                 `json:"antitone,omitzero"` // more should never help
	Rule     string               `json:"rule"`              // whose status changed
	Before   eligibility.Status   `json:"before"`
	After    eligibility.Status   `json:"after"`
	Case     *eligibility.Case    `json:"case"` // before
	More     string               `json:"more"` // what is added or changed

	text string
}

// Trials sets how many histories are tried for each quantity; 400 unless set.
func Trials(n int) Option {
	return optionFunc(func(s *settings) { s.trials = n })
}

// Monotone looks for histories that contradict what a policy declares under
// monotone and antitone, one for each quantity at most, made as small as they
// can be. The histories are made for the vacancies that are given; the same
// policy and vacancies give the same ones. More may never make a rule at the
// top of the policy, at any stage, worse: from met to undetermined or unmet, or
// from undetermined to unmet.
func Monotone(ctx context.Context, p *eligibility.Policy, options ...Option) ([]Counterexample, error) {
	set := settingsOf(options)
	trials := set.trials
	if trials == 0 {
		trials = 400
	}
	var trialPosts []*trialPost
	for _, v := range set.vacancies {
		if v.Policy != p.Name() {
			continue
		}
		post, err := p.Post(v)
		if err != nil {
			return nil, err
		}
		w := newWorld(p, v)
		trialPosts = append(trialPosts, &trialPost{post: post, world: w, histories: w.histories()})
	}
	if len(trialPosts) == 0 {
		return nil, fmt.Errorf("no vacancy is of policy %s: give one to make histories for", p.Name())
	}
	var out []Counterexample
	for _, q := range p.Monotone() {
		c, err := contradiction(ctx, q, false, trials, trialPosts)
		if err != nil {
			return nil, err
		}
		out = append(out, c...)
	}
	for _, q := range p.Antitone() {
		c, err := contradiction(ctx, q, true, trials, trialPosts)
		if err != nil {
			return nil, err
		}
		out = append(out, c...)
	}
	return out, nil
}

// trialPost is a post with the histories that trials begin with.
type trialPost struct {
	post      *eligibility.Post
	world     *world
	histories []draft
}

func contradiction(ctx context.Context, q eligibility.Quantity, antitone bool, trials int, posts []*trialPost) ([]Counterexample, error) {
	random := sequence(len(q))
	for n := range trials {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		t := posts[n%len(posts)]
		d := one(&random, t.histories)
		for range random.below(5) {
			d = t.world.altered(d, &random)
		}
		m := t.world.more(q, d, &random)
		if m == nil {
			continue
		}
		rule, before, after := t.worse(ctx, d, m, antitone)
		if rule == "" {
			continue
		}
		small := shrink(d, func(d draft) bool {
			r, x, y := t.worse(ctx, d, m, antitone)
			return r == rule && x == before && y == after
		})
		c, err := small.build()
		if err != nil {
			return nil, err
		}
		return []Counterexample{{Quantity: q, Antitone: antitone, Rule: rule, Before: before, After: after, Case: c, More: m.about, text: caseText(small, "  ")}}, nil
	}
	return nil, nil
}

// rank orders the statuses from worse to better.
var rank = map[eligibility.Status]int{eligibility.Unmet: 1, eligibility.NotDetermined: 2, eligibility.Met: 3}

// worse returns the first rule at the top that more makes worse, or better
// where more should never help.
func (t *trialPost) worse(ctx context.Context, d draft, m *more, antitone bool) (rule string, before, after eligibility.Status) {
	larger := m.apply(d)
	if larger == nil {
		return "", "", ""
	}
	decide := func(d draft) *eligibility.Assessment {
		c, err := d.build()
		if err != nil {
			return nil
		}
		a, err := t.post.Assess(ctx, c, eligibility.Outline(), eligibility.AtStage(eligibility.StageService))
		if err != nil {
			return nil
		}
		return a
	}
	a, b := decide(d), decide(larger)
	if a == nil || b == nil {
		return "", "", ""
	}
	for i, f := range a.Findings {
		x, y := rank[f.Status], rank[b.Findings[i].Status]
		if x > 0 && y > 0 && (!antitone && y < x || antitone && y > x) {
			return f.ID, f.Status, b.Findings[i].Status
		}
	}
	return "", "", ""
}

// Print writes the counterexample for a person.
func (c *Counterexample) Print(w io.Writer) {
	should := "never hurt"
	if c.Antitone {
		should = "never help"
	}
	fmt.Fprintf(w, "%s: more should %s, but rule %s goes from %s to %s\n%s", c.Quantity, should, c.Rule, c.Before, c.After, c.text)
	fmt.Fprintf(w, "  more: %s\n", c.More)
}

// more is one change by which a candidate has more of something.
type more struct {
	about string
	apply func(draft) draft // nil where it does not apply
}

// recordWith returns the place of a record with an id.
func (d draft) recordWith(list, id string) []step {
	records, _ := d.value([]step{"candidate", list}).([]any)
	i := slices.IndexFunc(records, func(r any) bool { m, _ := r.(map[string]any); return m["id"] == id })
	if i < 0 {
		return nil
	}
	return []step{"candidate", list, i}
}

// one more record of a list.
func oneMore(list string, record any, also ...func(draft) draft) *more {
	return &more{
		about: strings.TrimSuffix(list, "s") + " " + flow(record),
		apply: func(d draft) draft {
			d = d.added([]step{"candidate", list}, record)
			for _, change := range also {
				d = change(d)
			}
			return d
		},
	}
}
