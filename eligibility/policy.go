package eligibility

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/functions"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"github.com/qualify-rules/qualify/experience"
)

// Policy is a compiled set of rules of one organisation. It is immutable and
// safe for concurrent use.
type Policy struct {
	source      policySource
	sha256      string
	counting    experience.Counting // how, but not of which days
	chosen      []string            // the chosen option of each reading
	readings    *recordType[[]string]
	env         *cel.Env
	recordTypes map[string]record              // by the name of the CEL type
	bindings    map[string]*functions.Overload // by function and by overload
	variables   []*program
	rules       []*rule
	desirable   []*rule
	names       scope
	judgements  []string
	observer    Observer
	file, text  string
}

// LoadPolicy reads and compiles a policy. The name stands for the file in
// faults; every error is a [*SourceError] with all of them.
func LoadPolicy(name string, data []byte, options ...LoadOption) (*Policy, error) {
	p := &Policy{file: name, text: string(data)}
	for _, option := range options {
		option.applyToLoad(p)
	}
	f, err := readSource(name, data, &p.source)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	p.sha256 = hex.EncodeToString(sum[:])
	p.compile(f)
	if err := f.err(); err != nil {
		return nil, err
	}
	return p, nil
}

// LoadPolicyFile is [LoadPolicy] for a file.
func LoadPolicyFile(path string) (*Policy, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return LoadPolicy(path, data)
}

// Name returns the name by which vacancies ask for the policy.
func (p *Policy) Name() string { return p.source.Policy }

// Version returns the version of the policy.
func (p *Policy) Version() string { return p.source.Version }

// SHA256 returns the hash of the policy's text, in hexadecimal digits.
func (p *Policy) SHA256() string { return p.sha256 }

// Title returns the title of the policy.
func (p *Policy) Title() string { return p.source.Title }

// Source returns the document that the policy was written from.
func (p *Policy) Source() Source { return p.source.Source }

// InForce returns when the policy applies.
func (p *Policy) InForce() InForce { return p.source.InForce }

// Readings returns the readings in the order of the policy.
func (p *Policy) Readings() []Reading {
	readings := slices.Clone(p.source.Readings)
	for i := range readings {
		readings[i].Cite = slices.Clone(readings[i].Cite)
		readings[i].Options = maps.Clone(readings[i].Options)
	}
	return readings
}

// Variables returns the variables in the order of the policy.
func (p *Policy) Variables() []Variable { return slices.Clone(p.source.Variables) }

// Rules returns the rules as they are stated.
func (p *Policy) Rules() []Rule { return cloneRules(p.source.Rules) }

func cloneRules(rules []Rule) []Rule {
	rules = slices.Clone(rules)
	for i := range rules {
		r := &rules[i]
		r.Cite, r.Each = slices.Clone(r.Cite), maps.Clone(r.Each)
		r.AnyOf, r.AllOf = cloneRules(r.AnyOf), cloneRules(r.AllOf)
	}
	return rules
}

// Chosen returns the option of each reading that decides.
func (p *Policy) Chosen() map[string]string {
	chosen := make(map[string]string, len(p.chosen))
	for i, r := range p.source.Readings {
		chosen[r.ID] = p.chosen[i]
	}
	return chosen
}

// WithReading returns the policy with another option of a reading.
func (p *Policy) WithReading(id, option string) (*Policy, error) {
	for i, r := range p.source.Readings {
		if r.ID != id {
			continue
		}
		if _, ok := r.Options[option]; !ok {
			return nil, fmt.Errorf("reading %s of policy %s has no option %q: use one of %s", id, p.Name(), option, sortedKeys(r.Options))
		}
		q := *p
		q.chosen = slices.Clone(p.chosen)
		q.chosen[i] = option
		return &q, nil
	}
	var ids []string
	for _, r := range p.source.Readings {
		ids = append(ids, r.ID)
	}
	return nil, fmt.Errorf("policy %s has no reading %q: use one of %s", p.Name(), id, strings.Join(ids, ", "))
}

func sortedKeys[V any](m map[string]V) string {
	return strings.Join(slices.Sorted(maps.Keys(m)), ", ")
}

// readingsRecord makes the options of each reading a closed list.
func readingsRecord(readings []Reading) *recordType[[]string] {
	var fields []field[[]string]
	for i, r := range readings {
		codes := &enumeration{name: "an option of reading " + r.ID, codes: slices.Sorted(maps.Keys(r.Options))}
		fields = append(fields, field[[]string]{
			name: r.ID, celType: cel.StringType, codes: codes,
			get: func(o *object[[]string]) ref.Val { return types.String((*o.value)[i]) },
		})
	}
	return newRecordType("Reading", fields...)
}

// Post is a policy applied to one vacancy, with the vacancy's own rules. It is
// immutable and safe for concurrent use.
type Post struct {
	policy         *Policy
	vacancy        *Vacancy
	sha256         string
	canonical      []byte // the vacancy in canonical JSON
	pins           Pins   // without the input
	rules          []*rule
	desirable      []*rule
	names          scope
	judgements     []string
	records        *postRecords
	steps          []*step   // of the rules
	desirableSteps []*step   // of the desirable rules
	slots          int       // how many values their comprehensions keep
	released       sync.Pool // of evaluations
	consults       bool      // its plans look readings up when they are evaluated
	readings       asking    // such a post
}

// LoadVacancy reads a vacancy. The name stands for the file in faults; every
// error is a [*SourceError]. The vacancy's own rules are compiled by
// [Policy.Post].
func LoadVacancy(name string, data []byte) (*Vacancy, error) {
	v := new(Vacancy)
	f, err := readSource(name, data, v)
	if err != nil {
		return nil, err
	}
	v.source = f.source
	k := new(inspector)
	k.vacancy("", v)
	if k.first != nil {
		f.at(k.first.Pointer, "", false, "%s%v", keyOf(k.first.Pointer, true), k.first.Err)
	}
	return v, f.err()
}

// LoadVacancyFile is [LoadVacancy] for a file.
func LoadVacancyFile(path string) (*Vacancy, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return LoadVacancy(path, data)
}

// Post compiles the vacancy's own rules after those of the policy. It returns
// an [*InputError] for a vacancy that is not well formed and a [*SourceError]
// for faults of its rules.
func (p *Policy) Post(v *Vacancy) (*Post, error) {
	if v == nil {
		return nil, &InputError{Err: errors.New("there is no vacancy: state one")}
	}
	if err := v.Check(); err != nil {
		return nil, err
	}
	if v.Policy != p.Name() {
		return nil, &InputError{"/policy", fmt.Errorf("vacancy %s is of policy %s and not %s: load that policy", v.Reference, v.Policy, p.Name())}
	}
	post := &Post{policy: p, vacancy: v, rules: p.rules, desirable: p.desirable, names: p.names, judgements: p.judgements}
	var err error
	if post.canonical, err = json.Marshal(v, json.Deterministic(true)); err != nil {
		return nil, err
	}
	post.sha256 = v.hash(post.canonical)
	post.pins = post.pinned()
	if len(v.Rules)+len(v.Desirable) > 0 {
		f := &faults{source: v.source}
		if f.source.name == "" {
			f.source.name = "vacancy " + v.Reference
		}
		post.compile(f)
		if err := f.err(); err != nil {
			return nil, err
		}
	}
	return post, post.specialise()
}

// Vacancy returns the vacancy, which must not be changed.
func (p *Post) Vacancy() *Vacancy { return p.vacancy }

// Policy returns the policy.
func (p *Post) Policy() *Policy { return p.policy }

// hash is taken of the file, and of the canonical JSON of what was not read
// from one.
func (v *Vacancy) hash(canonical []byte) string {
	if v.source.doc != nil {
		canonical = []byte(v.source.doc.Text())
	}
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:])
}
