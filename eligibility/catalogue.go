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
// safe for concurrent use.
//
// Of a policy it may hold several versions. A vacancy is decided by the version
// that was in force on its closing date, or by the one that the case names.
type Catalogue struct {
	versions map[string][]*Policy // by name, in the order of their time in force
	offers   map[string]*offer    // by reference
	stated   offerCache           // vacancies that cases stated themselves
}

// NewCatalogue compiles the vacancies for their policies. Versions of a policy
// may not overlap in force. Errors are joined.
func NewCatalogue(policies []*Policy, vacancies []*Vacancy) (*Catalogue, error) {
	c := &Catalogue{versions: make(map[string][]*Policy), offers: make(map[string]*offer)}
	if slices.Contains(policies, nil) || slices.Contains(vacancies, nil) {
		return nil, errors.New("a policy or a vacancy is nil: leave it out")
	}
	for _, p := range policies {
		c.versions[p.Name()] = append(c.versions[p.Name()], p)
	}
	var errs []error
	for _, name := range c.Policies() {
		errs = append(errs, sortVersions(c.versions[name])...)
	}
	for _, v := range vacancies {
		if c.offers[v.Reference] != nil {
			errs = append(errs, fmt.Errorf("there are two vacancies %s: give each its own reference", v.Reference))
			continue
		}
		o, err := c.offer(v)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		c.offers[v.Reference] = o
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return c, nil
}

// Policies returns the names of the policies in alphabetical order.
func (c *Catalogue) Policies() []string { return slices.Sorted(maps.Keys(c.versions)) }

// References returns the references of the vacancies in alphabetical order.
func (c *Catalogue) References() []string { return slices.Sorted(maps.Keys(c.offers)) }

// Policy returns the policy of that name, nil if there is none. Of several
// versions it is the last one.
func (c *Catalogue) Policy(name string) *Policy {
	versions := c.versions[name]
	if len(versions) == 0 {
		return nil
	}
	return versions[len(versions)-1]
}

// Versions returns the versions of a policy in the order of their time in
// force.
func (c *Catalogue) Versions(name string) []*Policy { return slices.Clone(c.versions[name]) }

// Post returns the post of that reference, by the version of its policy that
// was in force on its closing date, or may have been if there is only one.
func (c *Catalogue) Post(reference string) (*Post, error) {
	o := c.offers[reference]
	switch {
	case o == nil:
		return nil, &InputError{"/vacancy", fmt.Errorf("there is no vacancy %q: use one of %s", reference, orNone(strings.Join(c.References(), ", ")))}
	case o.post == nil:
		return nil, &InputError{"/vacancy", fmt.Errorf("vacancy %s: %s", reference, o.choice.Reason)}
	}
	return o.post, nil
}

// PostOf returns the post that a case is about and how the version of its
// policy was chosen; the post is nil where none could be chosen. The error is
// that of [Catalogue.Assess] for such a case.
func (c *Catalogue) PostOf(k *Case) (*Post, PolicyChoice, error) {
	o, err := c.offerOf(k)
	if err != nil {
		return nil, PolicyChoice{}, err
	}
	return o.by(k.PolicyVersion)
}

// VacancyOf returns the vacancy that a case names or states. It must not be
// changed.
func (c *Catalogue) VacancyOf(k *Case) (*Vacancy, error) {
	o, err := c.offerOf(k)
	if err != nil {
		return nil, err
	}
	return o.vacancy, nil
}

// Assess decides a case about the vacancy that it names or states, by the
// version of the policy that was in force on its closing date or that the case
// names. Where that is not known or none was in force, the verdict is
// undetermined and [Assessment.Policy] says why.
func (c *Catalogue) Assess(ctx context.Context, k *Case, options ...AssessOption) (*Assessment, error) {
	if err := k.Check(); err != nil {
		return nil, err
	}
	o, err := c.offerOf(k)
	if err != nil {
		return nil, err
	}
	post, choice, err := o.by(k.PolicyVersion)
	chosen := optionsOf(options)
	switch {
	case err != nil:
		return nil, err
	case post == nil:
		return o.undecided(ctx, k, choice, chosen)
	}
	a, err := post.assess(ctx, k, true, chosen)
	if err != nil {
		return nil, err
	}
	// The pins tell the one version that is loaded, unless it is in doubt.
	if !chosen.outline || choice.Basis != ChosenInForce || len(o.versions) > 1 {
		a.Policy = choice
	}
	choice.Bind(a)
	return a, nil
}

func orNone(names string) string { return cmp.Or(names, "(there is none)") }
