package policytest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
)

// Option changes how a policy is tested.
type Option interface{ apply(*settings) }

type settings struct {
	vacancies []*eligibility.Vacancy
	sample    int     // only every n-th mutant
	minimum   float64 // of the coverage, in per cent
	trials    int     // for each quantity
}

type optionFunc func(*settings)

func (f optionFunc) apply(s *settings) { f(s) }

// Vacancies lets cases name these vacancies by their references.
func Vacancies(v ...*eligibility.Vacancy) Option {
	return optionFunc(func(s *settings) { s.vacancies = append(s.vacancies, v...) })
}

func settingsOf(options []Option) settings {
	var s settings
	for _, o := range options {
		o.apply(&s)
	}
	return s
}

// subject is a policy under test with its posts, each compiled when a case
// first asks for it. One goroutine uses it.
type subject struct {
	policy    *eligibility.Policy
	vacancies map[string]*eligibility.Vacancy
	posts     map[postKey]*eligibility.Post
	chosen    map[string]*eligibility.Policy // by readings
}

type postKey struct {
	readings string
	vacancy  *eligibility.Vacancy
}

func newSubject(p *eligibility.Policy, vacancies map[string]*eligibility.Vacancy) *subject {
	return &subject{policy: p, vacancies: vacancies, posts: make(map[postKey]*eligibility.Post), chosen: make(map[string]*eligibility.Policy)}
}

func byReference(list []*eligibility.Vacancy) map[string]*eligibility.Vacancy {
	out := make(map[string]*eligibility.Vacancy, len(list))
	for _, v := range list {
		out[v.Reference] = v
	}
	return out
}

// readingsKey is a text for a choice of readings: the same for the same.
func readingsKey(readings map[string]string) string {
	var parts []string
	for _, id := range slices.Sorted(maps.Keys(readings)) {
		parts = append(parts, id+"="+readings[id])
	}
	return strings.Join(parts, ", ")
}

// withReadings returns a policy with the options that are chosen.
func withReadings(p *eligibility.Policy, readings map[string]string) (*eligibility.Policy, error) {
	for _, id := range slices.Sorted(maps.Keys(readings)) {
		var err error
		if p, err = p.WithReading(id, readings[id]); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// post returns the post that a case is about.
func (s *subject) post(ref eligibility.VacancyRef, readings map[string]string) (*eligibility.Post, error) {
	v := ref.Inline
	if v == nil {
		if v = s.vacancies[ref.Reference]; v == nil {
			return nil, fmt.Errorf("there is no vacancy %q: state it, or give its file", ref.Reference)
		}
	}
	key := postKey{vacancy: v}
	p := s.policy
	if len(readings) > 0 {
		key.readings = readingsKey(readings)
		if p = s.chosen[key.readings]; p == nil {
			var err error
			if p, err = withReadings(s.policy, readings); err != nil {
				return nil, err
			}
			s.chosen[key.readings] = p
		}
	}
	if post := s.posts[key]; post != nil {
		return post, nil
	}
	post, err := p.Post(v)
	if err != nil {
		return nil, err
	}
	s.posts[key] = post
	return post, nil
}

// assess decides a case; of an outline only verdict, statuses and days.
func (s *subject) assess(ctx context.Context, c *Case, outline bool) (*eligibility.Assessment, error) {
	post, err := s.post(c.Input.Vacancy, c.Readings)
	if err != nil {
		return nil, err
	}
	var options []eligibility.AssessOption
	if c.Stage != "" {
		options = append(options, eligibility.AtStage(c.Stage))
	}
	if outline && c.Expect.EligibleFrom == nil {
		options = append(options, eligibility.Outline())
	}
	return post.Assess(ctx, c.Input, options...)
}
