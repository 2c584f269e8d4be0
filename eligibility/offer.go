package eligibility

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"
)

// offer is a vacancy in a catalogue with the version of its policy that was
// chosen for it.
type offer struct {
	catalogue *Catalogue
	vacancy   *Vacancy
	versions  []*Policy
	pins      Pins  // without the input, where no version could be chosen
	post      *Post // nil where no version could be chosen
	choice    PolicyChoice
	named     sync.Map // *Post by the version that cases name
}

// offer chooses the version for a vacancy and compiles it.
func (c *Catalogue) offer(v *Vacancy) (*offer, error) {
	o := &offer{catalogue: c, vacancy: v, versions: c.versions[v.Policy]}
	if o.versions == nil {
		return nil, &InputError{"/vacancy/policy", fmt.Errorf("there is no policy %q: use one of %s", v.Policy, orNone(sortedKeys(c.versions)))}
	}
	var p *Policy
	if p, o.choice = chooseVersion(o.versions, v.Closes); p != nil {
		var err error
		o.post, err = p.Post(v)
		return o, err
	}
	canonical, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		return nil, err
	}
	none := Post{policy: &Policy{source: policySource{Policy: v.Policy}}, sha256: v.hash(canonical)}
	o.pins = none.pinned()
	return o, nil
}

// by returns the post by the version that a case names, else by the chosen one.
func (o *offer) by(version string) (*Post, PolicyChoice, error) {
	if version == "" {
		return o.post, o.choice, nil
	}
	choice := PolicyChoice{Version: version, Basis: ChosenNamed, On: o.vacancy.Closes, Reason: "The case names the version."}
	if o.post != nil && o.post.policy.Version() == version {
		return o.post, choice, nil
	}
	if post, ok := o.named.Load(version); ok {
		return post.(*Post), choice, nil
	}
	i := slices.IndexFunc(o.versions, func(p *Policy) bool { return p.Version() == version })
	if i < 0 {
		var known []string
		for _, p := range o.versions {
			known = append(known, p.Version())
		}
		return nil, PolicyChoice{}, &InputError{"/policyVersion", fmt.Errorf("there is no version %q of policy %s: use one of %s",
			version, o.vacancy.Policy, strings.Join(known, ", "))}
	}
	post, err := o.versions[i].Post(o.vacancy)
	if err != nil {
		return nil, PolicyChoice{}, err
	}
	o.named.Store(version, post)
	return post, choice, nil
}

// undecided is the assessment of a case for which no version could be chosen.
func (o *offer) undecided(ctx context.Context, k *Case, choice PolicyChoice, chosen *assessOptions) (*Assessment, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	a := &Assessment{
		Case: k.ID, Candidate: k.Candidate.ID, Vacancy: o.vacancy.Reference,
		Verdict: Undetermined, Findings: []Finding{}, Policy: choice,
	}
	if _, err := ParseStage(string(chosen.stage)); err != nil {
		return nil, err
	}
	if chosen.stage != StageApplication {
		a.Stage = chosen.stage
	}
	if choice.Basis != NoneInForce {
		a.Missing = []string{closingDate}
	}
	if chosen.withoutPins {
		return a, nil
	}
	var err error
	a.Pins, err = o.pinned(nil, k)
	return a, err
}

// pinned returns the pins of a case about a post, nil where no version could be
// chosen.
func (o *offer) pinned(post *Post, k *Case) (Pins, error) {
	pins, vacancy := o.pins, []byte(nil)
	if post != nil {
		pins, vacancy = post.pins, post.canonical
	}
	canonical, err := new(canonicalWriter).write(k, vacancy)
	if err != nil {
		return Pins{}, err
	}
	pins.Input = inputPin(canonical)
	return pins, nil
}

// Pins returns the pins that an assessment of the case has.
func (c *Catalogue) Pins(k *Case) (Pins, error) {
	o, err := c.offerOf(k)
	if err != nil {
		return Pins{}, err
	}
	post, _, err := o.by(k.PolicyVersion)
	if err != nil {
		return Pins{}, err
	}
	return o.pinned(post, k)
}

// offerOf returns the vacancy that a case names or states.
func (c *Catalogue) offerOf(k *Case) (*offer, error) {
	v := k.Vacancy.Inline
	if v == nil {
		if o := c.offers[k.Vacancy.Reference]; o != nil {
			return o, nil
		}
		_, err := c.Post(k.Vacancy.Reference)
		return nil, err
	}
	if o := k.Vacancy.offer; o != nil && o.vacancy == v && o.catalogue == c {
		return o, nil
	}
	var key string
	if v.source.doc != nil {
		key = "yaml\n" + v.source.name + "\n" + v.source.doc.Text()
	} else {
		text, err := json.Marshal(v, json.Deterministic(true))
		if err != nil {
			return nil, err
		}
		key = string(text)
	}
	if o := c.stated.get(key); o != nil {
		return o, nil
	}
	// The caller may change the vacancy afterwards.
	own := *v
	if v.source.doc == nil {
		own = Vacancy{}
		if err := json.Unmarshal([]byte(key), &own, json.RejectUnknownMembers(true)); err != nil {
			return nil, err
		}
	}
	o, err := c.offer(&own)
	if err == nil {
		c.stated.put(key, o)
	}
	return o, err
}
