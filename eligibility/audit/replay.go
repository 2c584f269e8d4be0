package audit

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"

	"github.com/qualify-rules/qualify/eligibility"
)

// replayer derives what a case gives under policies and readings of a receipt.
type replayer struct {
	auditor *Auditor
	earlier []*eligibility.Policy
	mu      sync.Mutex
	posts   map[postKey]*eligibility.Post
}

type postKey struct {
	policy   string // hash
	readings string
	vacancy  *eligibility.Vacancy
}

// maxPosts bounds how many posts are kept for replaying.
const maxPosts = 512

// policy returns the policy of a hash, nil if it is not at hand.
func (p *replayer) policy(name, sha256 string) *eligibility.Policy {
	for _, policies := range [][]*eligibility.Policy{p.auditor.Catalogue.Versions(name), p.earlier} {
		for _, policy := range policies {
			if policy.SHA256() == sha256 {
				return policy
			}
		}
	}
	return nil
}

// post returns a post by a policy with the readings that it has of those given.
func (p *replayer) post(policy *eligibility.Policy, readings map[string]string, v *eligibility.Vacancy) (*eligibility.Post, error) {
	var key strings.Builder
	var err error
	for _, r := range policy.Readings() {
		option, ok := readings[r.ID]
		if _, known := r.Options[option]; !ok || !known {
			continue
		}
		fmt.Fprintf(&key, "%s=%s\n", r.ID, option)
		if policy, err = policy.WithReading(r.ID, option); err != nil {
			return nil, err
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	k := postKey{policy.SHA256(), key.String(), v}
	if post := p.posts[k]; post != nil {
		return post, nil
	}
	post, err := policy.Post(v)
	if err != nil {
		return nil, err
	}
	if p.posts == nil || len(p.posts) >= maxPosts {
		p.posts = make(map[postKey]*eligibility.Post)
	}
	p.posts[k] = post
	return post, nil
}

// replay is one receipt that is not what is found now, with the worlds between
// it and now.
type replay struct {
	*replayer
	c        *eligibility.Case
	written  asked
	receipt  eligibility.Assessment
	was, is  flat
	pins     eligibility.Pins // now
	stated   bool             // the case states the vacancy
	pinned   *eligibility.Policy
	present  *eligibility.Post // nil where no version can be chosen
	vacancy  *eligibility.Vacancy
	choice   eligibility.PolicyChoice // now
	changes  pinChanges
	worlds   map[Cause]flat // after a cause was substituted, if that can be replayed
	original flat           // by the receipt's own pins, if that can be replayed
}

// world assesses the case under a policy and readings. It is nil where that is
// not possible: the vacancy may not fit the policy.
func (r *replay) world(ctx context.Context, policy *eligibility.Policy, readings map[string]string, choice eligibility.PolicyChoice) flat {
	post, err := r.post(policy, readings, r.vacancy)
	if err != nil {
		return nil
	}
	a, err := post.Assess(ctx, r.c, r.written.options()...)
	if err != nil {
		return nil
	}
	choice.Bind(a)
	text, err := json.Marshal(a)
	if err != nil {
		return nil
	}
	f, _ := flatten(text)
	return f
}

// run derives the worlds. What a receipt was derived with is at hand in part:
// the present input, tables and semantics, and the policies that were given.
func (r *replay) run(ctx context.Context) {
	r.worlds = make(map[Cause]flat)
	if r.receipt.Policy.Version == "" && r.receipt.Policy.Basis != "" || r.changes.semantics || r.present == nil {
		return
	}
	sameVacancy := r.stated || r.receipt.Pins.Vacancy == r.pins.Vacancy
	if !r.changes.table && r.pinned != nil && sameVacancy {
		w := r.world(ctx, r.pinned, r.receipt.Pins.Readings, r.receipt.Policy)
		r.worlds[InputChanged] = w
		if !r.changes.input {
			r.original = w
		}
	}
	readings := maps.Clone(r.pins.Readings)
	maps.Copy(readings, r.receipt.Pins.Readings)
	w := r.world(ctx, r.present.Policy(), readings, r.choice)
	if !r.changes.table {
		r.worlds[PolicyChanged] = w
	}
	r.worlds[TableChanged] = w
	r.worlds[ReadingChanged] = r.is
}

// differences lists what differs, each with its cause.
func (r *replay) differences() []Difference {
	var out []Difference
	listed := make(map[string]bool)
	contradicted, why := contradiction(&r.receipt.Pins, &r.pins, r.stated, r.pinned)
	if path := contradicted; path != "" {
		listed[path] = true
		out = append(out, Difference{path, r.was[path], r.is[path], Altered, why})
	}
	if r.original != nil {
		for _, path := range r.was.differ(r.original) {
			if strings.HasPrefix(path, "/pins/") || strings.HasPrefix(path, "/policy/") || listed[path] {
				continue
			}
			listed[path] = true
			out = append(out, Difference{path, r.was[path], r.original[path], Altered, "the receipt's own pins give another value"})
		}
	}
	for _, path := range r.was.differ(r.is) {
		if !listed[path] && !within(path, contradicted) {
			cause, how := r.cause(path)
			if reading := "/pins/readings/"; strings.HasPrefix(path, reading) && strings.HasPrefix(contradicted, reading) && (r.was[path] == "" || r.is[path] == "") {
				cause, how = Altered, why // one more that was taken out or put in
			}
			out = append(out, Difference{path, r.was[path], r.is[path], cause, how})
		}
	}
	if len(out) == 0 {
		out = append(out, Difference{Cause: Altered, How: "the values are the same, but not the bytes"})
	}
	return out
}

// within reports whether a path is below that of a contradiction or above it,
// so that it says the same again.
func within(path, contradicted string) bool {
	return contradicted != "" && (strings.HasPrefix(path, contradicted+"/") || strings.HasPrefix(contradicted, path+"/"))
}

// cause finds the cause of one difference.
func (r *replay) cause(path string) (Cause, string) {
	if cause, ok := causeOfPin(path, r.stated); ok {
		if r.onlyPins() {
			return cause, "the pin itself; everything else is as it was"
		}
		return cause, "the pin itself"
	}
	changed := r.changes.list()
	if strings.HasPrefix(path, "/policy/") {
		switch {
		case slices.Contains(changed, InputChanged):
			return InputChanged, "the first pin that differs; how a version was chosen is not replayed"
		case r.receipt.Policy.Version != "" && r.receipt.Policy.Version != r.receipt.Pins.Policy.Version:
			return Altered, "the version is not the pinned one"
		}
		return PolicyChanged, "other versions are loaded, or the closing date of the vacancy is another"
	}
	if len(changed) == 0 {
		return Altered, "no pin differs"
	}
	var open []Cause // substituted, without a replay since
	for _, cause := range changed {
		open = append(open, cause)
		w := r.worlds[cause]
		switch {
		case w == nil:
			continue
		case w[path] == r.was[path]:
			open = nil
			continue
		case len(open) == 1 && r.pinned == nil && len(changed) == 1:
			return cause, "the only pin that differs; the policy of the receipt is not at hand"
		case len(open) == 1:
			return cause, "replayed: the value changes when this is substituted"
		}
		return open[0], fmt.Sprintf("the first pin that differs, of %s, which cannot be replayed one by one", causes(open))
	}
	switch {
	case len(open) == 0:
		// Every pin was substituted by itself: the last one makes it what it is.
		return changed[len(changed)-1], "the last pin that differs; the replays before it give what was"
	case len(changed) == 1:
		return open[0], "the only pin that differs"
	case len(open) == 1:
		return open[0], "the only pin that differs beside those that were replayed without a change"
	}
	return open[0], fmt.Sprintf("the first pin that differs, of %s, which cannot be replayed one by one", causes(open))
}

// onlyPins reports whether nothing but pins differs.
func (r *replay) onlyPins() bool {
	return !slices.ContainsFunc(r.was.differ(r.is), func(path string) bool { return !strings.HasPrefix(path, "/pins/") })
}

func causes(list []Cause) string {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = string(c)
	}
	return strings.Join(names, ", ")
}

// asked is what the run that wrote a receipt was asked for.
type asked struct {
	explain, readings bool
	stage             eligibility.Stage
}

func (k asked) options() []eligibility.AssessOption {
	return (&Auditor{Stage: k.stage, Readings: k.readings}).options(k.explain)
}

// guessAsked tells what was asked for from the text of a receipt, but for the
// stage. The reason of the choice of a policy and the chosen readings come
// after the findings.
func guessAsked(receipt []byte) asked {
	head, rest, _ := bytes.Cut(receipt, []byte(`,"findings":[`))
	findings, _, _ := bytes.Cut(rest, []byte(`],"policy":{`))
	return asked{
		explain:  bytes.Contains(findings, []byte(`,"reason":"`)),
		readings: bytes.Contains(head, []byte(`,"readings":{`)),
	}
}

// askedBy tells what was asked for from what a receipt holds.
func askedBy(a *eligibility.Assessment) asked {
	return asked{explain: isExplained(a.Findings), readings: a.Readings != nil || a.SensitiveTo != nil, stage: a.Stage}
}
