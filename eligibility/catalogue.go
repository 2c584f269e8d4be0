package eligibility

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Catalogue holds policies and vacancies, so that cases can name them. It is
// immutable and safe for concurrent use.
type Catalogue struct {
	policies map[string]*Policy
	posts    map[string]*Post
}

// NewCatalogue compiles the vacancies for their policies. Errors are joined.
func NewCatalogue(policies []*Policy, vacancies []*Vacancy) (*Catalogue, error) {
	c := &Catalogue{policies: make(map[string]*Policy), posts: make(map[string]*Post)}
	var errs []error
	if slices.Contains(policies, nil) || slices.Contains(vacancies, nil) {
		return nil, errors.New("a policy or a vacancy is nil: leave it out")
	}
	for _, p := range policies {
		if c.policies[p.Name()] != nil {
			errs = append(errs, fmt.Errorf("there are two policies %s: give only one", p.Name()))
		}
		c.policies[p.Name()] = p
	}
	for _, v := range vacancies {
		if c.posts[v.Reference] != nil {
			errs = append(errs, fmt.Errorf("there are two vacancies %s: give each its own reference", v.Reference))
			continue
		}
		post, err := c.compile(v)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		c.posts[v.Reference] = post
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *Catalogue) compile(v *Vacancy) (*Post, error) {
	p := c.policies[v.Policy]
	if p == nil {
		return nil, &InputError{"/vacancy/policy", fmt.Errorf("there is no policy %q: use one of %s", v.Policy, orNone(sortedKeys(c.policies)))}
	}
	return p.Post(v)
}

// Policies returns the names of the policies in alphabetical order.
func (c *Catalogue) Policies() []string { return slices.Sorted(maps.Keys(c.policies)) }

// References returns the references of the vacancies in alphabetical order.
func (c *Catalogue) References() []string { return slices.Sorted(maps.Keys(c.posts)) }

// Policy returns the policy of that name, nil if there is none.
func (c *Catalogue) Policy(name string) *Policy { return c.policies[name] }

// Post returns the post of that reference.
func (c *Catalogue) Post(reference string) (*Post, error) {
	if p := c.posts[reference]; p != nil {
		return p, nil
	}
	return nil, &InputError{"/vacancy", fmt.Errorf("there is no vacancy %q: use one of %s", reference, orNone(strings.Join(c.References(), ", ")))}
}

// Assess decides a case about the vacancy that it names or states.
func (c *Catalogue) Assess(ctx context.Context, k *Case, options ...AssessOption) (*Assessment, error) {
	if err := k.Check(); err != nil {
		return nil, err
	}
	post, err := c.postOf(k)
	if err != nil {
		return nil, err
	}
	return post.assess(ctx, k, true, options)
}

func (c *Catalogue) postOf(k *Case) (*Post, error) {
	if k.Vacancy.Inline == nil {
		return c.Post(k.Vacancy.Reference)
	}
	return c.compile(k.Vacancy.Inline)
}

func orNone(names string) string { return cmp.Or(names, "(there is none)") }
