package eligibility

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/experience"
)

// PolicyChoice says which version of a policy decided a case, and why.
type PolicyChoice struct {
	Version string          `json:"version,omitzero"` // not stated where none could be chosen
	Basis   ChoiceBasis     `json:"basis"`
	On      experience.Date `json:"on,omitzero"` // the closing date that was looked at
	Reason  string          `json:"reason"`
}

// IsZero reports whether nothing is recorded about the choice.
func (c PolicyChoice) IsZero() bool { return c == PolicyChoice{} }

// ChoiceBasis is what the choice of a version rests on.
type ChoiceBasis string

// The bases of a choice.
const (
	// ChosenInForce: the version was in force on the vacancy's closing date.
	ChosenInForce ChoiceBasis = "inForce"
	// ChosenNamed: the case names the version.
	ChosenNamed ChoiceBasis = "named"
	// ChosenPerhaps: of the versions that are loaded only this one may have been
	// in force; the closing date, or the version's own dates, do not tell. The
	// rules are gone through by it and the verdict stays undetermined.
	ChosenPerhaps ChoiceBasis = "perhaps"
	// NotChosen: more than one version may have been in force.
	NotChosen ChoiceBasis = "undetermined"
	// NoneInForce: no version that is loaded was in force.
	NoneInForce ChoiceBasis = "noneInForce"
)

// closingDate names the fact that decides which version was in force.
const closingDate = "/vacancy/closes"

// Bind takes back the verdict of an assessment by a version that only may have
// been in force.
func (c PolicyChoice) Bind(a *Assessment) {
	if c.Basis != ChosenPerhaps {
		return
	}
	a.Verdict = Undetermined
	a.EligibleFrom, a.Projected = experience.Date{}, false
	if !slices.Contains(a.Missing, closingDate) {
		a.Missing = append(a.Missing, closingDate)
	}
}

// On tells whether a policy that is in force for this time is so on a day.
// Where nothing is stated it always is.
func (f InForce) On(day experience.Date) experience.Truth {
	in := experience.True
	if f.From.IsValid() {
		in = in.And(f.From.NotAfter(day))
	}
	if f.To.IsValid() {
		in = in.And(day.NotAfter(f.To))
	}
	return in
}

// String returns the time in words.
func (f InForce) String() string {
	switch {
	case f.From.IsValid() && f.To.IsValid():
		return "from " + f.From.String() + " to " + f.To.String()
	case f.From.IsValid():
		return "from " + f.From.String()
	case f.To.IsValid():
		return "until " + f.To.String()
	}
	return "always"
}

// endsBefore reports whether f is certainly over when g begins.
func (f InForce) endsBefore(g InForce) bool {
	return f.To.IsValid() && g.From.IsValid() && f.To.Before(g.From) == experience.True
}

func (f InForce) overlaps(g InForce) bool { return !f.endsBefore(g) && !g.endsBefore(f) }

// covers reports whether f is certainly in force on every day on which g is.
func (f InForce) covers(g InForce) bool {
	from := !f.From.IsValid() || g.From.IsValid() && f.From.NotAfter(g.From) == experience.True
	to := !f.To.IsValid() || g.To.IsValid() && g.To.NotAfter(f.To) == experience.True
	return from && to
}

// Replaces reports whether p stands in for another policy where both are given:
// it has the other's name, and the other's version or a time in force that
// covers the other's.
func (p *Policy) Replaces(other *Policy) bool {
	return p.Name() == other.Name() && (p.Version() == other.Version() || p.InForce().covers(other.InForce()))
}

// sortVersions orders the versions of a policy by their time in force and
// reports those of the same version and those whose times overlap.
func sortVersions(versions []*Policy) []error {
	slices.SortStableFunc(versions, func(a, b *Policy) int {
		return cmp.Or(cmp.Compare(a.InForce().From.First().String(), b.InForce().From.First().String()),
			cmp.Compare(a.Version(), b.Version()))
	})
	var errs []error
	for i, p := range versions {
		for _, q := range versions[i+1:] {
			switch {
			case p.Version() == q.Version():
				errs = append(errs, fmt.Errorf("there are two policies %s: give only one, or each a version of its own", p.label()))
			case p.InForce().overlaps(q.InForce()):
				errs = append(errs, fmt.Errorf("policies %s (in force %s) and %s (in force %s) overlap: state in inForce when each begins and ends",
					p.label(), p.InForce(), q.label(), q.InForce()))
			}
		}
	}
	return errs
}

// label is the name and the version.
func (p *Policy) label() string { return p.Name() + " " + p.Version() }

// chooseVersion returns the version of a policy that was in force on a day, nil if
// that cannot be said, and why.
func chooseVersion(versions []*Policy, closes experience.Date) (*Policy, PolicyChoice) {
	choice := PolicyChoice{On: closes}
	var possible []*Policy
	for _, p := range versions {
		switch p.InForce().On(closes) {
		case experience.True:
			choice.Version, choice.Basis = p.Version(), ChosenInForce
			choice.Reason = fmt.Sprintf("Policy %s is in force %s", p.label(), p.InForce())
			if closes.IsValid() {
				choice.Reason += ", and the vacancy closes on " + closes.String()
			}
			choice.Reason += "."
			return p, choice
		case experience.Unknown:
			possible = append(possible, p)
		}
	}
	switch len(possible) {
	case 0:
		choice.Basis = NoneInForce
		choice.Reason = fmt.Sprintf("No version of policy %s that is loaded was in force when the vacancy closed, on %s: %s.",
			versions[0].Name(), closes, timesInForce(versions))
		return nil, choice
	case 1:
		choice.Version, choice.Basis = possible[0].Version(), ChosenPerhaps
	default:
		choice.Basis = NotChosen
	}
	when := "is not stated"
	if closes.IsValid() {
		when = "is " + closes.String()
	}
	choice.Reason = fmt.Sprintf("The closing date of the vacancy %s, so that it is not known which version of policy %s was in force: %s.",
		when, versions[0].Name(), timesInForce(versions))
	if len(possible) == 1 {
		return possible[0], choice
	}
	return nil, choice
}

func timesInForce(versions []*Policy) string {
	times := make([]string, len(versions))
	for i, p := range versions {
		times[i] = p.Version() + " is in force " + p.InForce().String()
	}
	return strings.Join(times, ", ")
}
