package policytest

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/internal/yamldoc"
	"github.com/qualify-rules/qualify/experience"
)

// Coverage is what of a policy the cases of a suite have reached.
type Coverage struct {
	File        string               `json:"file"`
	Rules       []RuleCoverage       `json:"rules"`
	Comparisons []ComparisonCoverage `json:"comparisons"`
	// Seen is how many of the outcomes that are possible some case came to.
	Seen     int `json:"seen"`
	Possible int `json:"possible"`
	// Stale are the outcomes that the suite lists as unreachable and that some
	// case came to, or that there are none of.
	Stale []string `json:"stale"`
}

// RuleCoverage is how often the cases came to each status of a rule.
type RuleCoverage struct {
	Path   string                     `json:"rule"`
	Line   int                        `json:"line"`
	Column int                        `json:"column"`
	Cite   []string                   `json:"cite,omitzero"`
	Seen   map[eligibility.Status]int `json:"seen"`
	// Lacking are the statuses that no case came to and that are possible.
	Lacking []eligibility.Status `json:"lacking"`
}

// ComparisonCoverage is how often a comparison, or a when, was true, false and
// not known.
type ComparisonCoverage struct {
	Rule    string `json:"rule"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Text    string `json:"text"`
	When    bool   `json:"when,omitzero"`
	True    int    `json:"true"`
	False   int    `json:"false"`
	Unknown int    `json:"unknown"`
	// Lacking are true and false where no case came to them.
	Lacking []string `json:"lacking"`
}

// OK reports whether at least so many per cent of what is possible was seen,
// and nothing that the suite lists as unreachable.
func (c *Coverage) OK(percent float64) bool { return c.Percent() >= percent && len(c.Stale) == 0 }

// Percent returns how much of what is possible was seen, 100 where nothing is.
func (c *Coverage) Percent() float64 {
	if c.Possible == 0 {
		return 100
	}
	return 100 * float64(c.Seen) / float64(c.Possible)
}

// MinimumCoverage makes [Run] fail where the cases reach less of the policy
// than so many per cent.
func MinimumCoverage(percent float64) Option {
	return optionFunc(func(s *settings) { s.minimum = percent })
}

// Cover runs a suite and reports what of the policy it reached: of each rule
// the statuses, of each comparison within an expression the outcomes.
func Cover(ctx context.Context, p *eligibility.Policy, s *Suite, options ...Option) (*Coverage, error) {
	name, data := p.Text()
	var comparisons []*ComparisonCoverage
	watched, err := eligibility.LoadPolicy(name, data, eligibility.Observe(func(c eligibility.Comparison) func(experience.Truth) {
		found := &ComparisonCoverage{Rule: c.Rule, Line: c.Line, Column: c.Column, Text: c.Text, When: c.When}
		if c.File == name && !strings.HasPrefix(c.Rule, "desirable/") { // and not of a vacancy's own rules
			comparisons = append(comparisons, found)
		}
		return found.count
	}))
	if err != nil {
		return nil, err
	}
	if watched, err = withReadings(watched, p.Chosen()); err != nil {
		return nil, err
	}
	report := &Coverage{File: name}
	doc, err := yamldoc.Parse(name, data)
	if err != nil {
		return nil, err
	}
	report.rules(doc, "", "/rules", p.Rules())
	byPath := make(map[string]*RuleCoverage)
	for i := range report.Rules {
		byPath[report.Rules[i].Path] = &report.Rules[i]
	}
	for _, r := range s.Check(ctx, watched, options...) {
		if r.Err != nil {
			return nil, fmt.Errorf("%s: %w", r.Case.place(), r.Err)
		}
		for path, f := range r.Assessment.All() {
			if rule := byPath[path]; rule != nil {
				rule.Seen[f.Status]++
			}
		}
	}
	report.finish(comparisons, s.Unreachable)
	return report, ctx.Err()
}

func (c *ComparisonCoverage) count(t experience.Truth) {
	switch t {
	case experience.True:
		c.True++
	case experience.False:
		c.False++
	default:
		c.Unknown++
	}
}

// rules lists the rules in the order of the policy, with what is possible.
func (c *Coverage) rules(doc *yamldoc.Document, parent, pointer string, rules []eligibility.Rule) {
	for i, r := range rules {
		here := fmt.Sprintf("%s/%d", pointer, i)
		at := doc.At(here, true)
		c.Rules = append(c.Rules, RuleCoverage{
			Path: parent + r.ID, Line: at.Line, Column: at.Column, Cite: r.Cite,
			Seen: make(map[eligibility.Status]int), Lacking: possible(&r),
		})
		c.rules(doc, parent+r.ID+"/", here+"/anyOf", r.AnyOf)
		c.rules(doc, parent+r.ID+"/", here+"/allOf", r.AllOf)
	}
}

// facts are the names that may not be known.
var facts = regexp.MustCompile(`\b(candidate|application|vacancy|mission|asOf|start|variables)\b`)

// possible returns the statuses that a rule can have: it does not apply only
// if it says so, goes through a list, or is a group of such rules, and it is
// undetermined only if it asks for a fact.
func possible(r *eligibility.Rule) []eligibility.Status {
	out := []eligibility.Status{eligibility.Met, eligibility.Unmet}
	children := slices.Concat(r.AnyOf, r.AllOf)
	unknown := r.Judgement != "" || facts.MatchString(r.Expression) || facts.MatchString(r.When) || r.Each != nil
	applies := r.When == "" && r.Each == nil
	for i := range children {
		of := possible(&children[i])
		unknown = unknown || slices.Contains(of, eligibility.NotDetermined)
	}
	if unknown {
		out = append(out, eligibility.NotDetermined)
	}
	never := len(children) > 0
	for i := range children {
		never = never && slices.Contains(possible(&children[i]), eligibility.NotApplicable)
	}
	if !applies || never {
		out = append(out, eligibility.NotApplicable)
	}
	return out
}

func (c *Coverage) finish(comparisons []*ComparisonCoverage, unreachable map[string]string) {
	listed := make(map[string]bool)
	skip := func(name string) bool {
		_, ok := unreachable[name]
		listed[name] = ok
		return ok
	}
	for i := range c.Rules {
		r := &c.Rules[i]
		r.Lacking = slices.DeleteFunc(r.Lacking, func(s eligibility.Status) bool {
			if r.Seen[s] == 0 && skip(r.Path+" "+string(s)) {
				return true
			}
			c.Possible++
			if r.Seen[s] > 0 {
				c.Seen++
				return true
			}
			return false
		})
	}
	slices.SortStableFunc(comparisons, func(a, b *ComparisonCoverage) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	for _, x := range comparisons {
		x.Lacking = []string{}
		for _, o := range []struct {
			name string
			seen int
		}{{"true", x.True}, {"false", x.False}} {
			switch {
			case o.seen == 0 && skip(x.Rule+" "+x.Text+" "+o.name):
				continue
			case o.seen == 0:
				x.Lacking = append(x.Lacking, o.name)
			default:
				c.Seen++
			}
			c.Possible++
		}
		c.Comparisons = append(c.Comparisons, *x)
	}
	for _, name := range sorted(unreachable) {
		if !listed[name] {
			c.Stale = append(c.Stale, name)
		}
	}
}

// Print writes for a person what the cases did not reach, or with all set also
// what they did.
func (c *Coverage) Print(w io.Writer, all bool) {
	fmt.Fprintf(w, "%.1f %% of %d outcomes were seen\n", c.Percent(), c.Possible)
	if all {
		fmt.Fprintf(w, "\n%8s %8s %8s %8s\n", "met", "unmet", "undet.", "n. a.")
		for _, r := range c.Rules {
			fmt.Fprintf(w, "%8d %8d %8d %8d  %s\n", r.Seen[eligibility.Met], r.Seen[eligibility.Unmet],
				r.Seen[eligibility.NotDetermined], r.Seen[eligibility.NotApplicable], r.Path)
		}
		fmt.Fprintf(w, "\n%8s %8s %8s\n", "true", "false", "unknown")
		for _, x := range c.Comparisons {
			fmt.Fprintf(w, "%8d %8d %8d  %s:%d:%d: %s%s\n", x.True, x.False, x.Unknown, c.File, x.Line, x.Column, ofWhen(x.When), x.Text)
		}
	}
	for _, r := range c.Rules {
		if len(r.Lacking) > 0 {
			fmt.Fprintf(w, "\n%s:%d:%d: rule %s was never %s%s\n", c.File, r.Line, r.Column, r.Path, strings.ReplaceAll(joined(r.Lacking), ", ", ", nor "), inBrackets(r.Cite))
		}
	}
	for i := range c.Comparisons {
		x := &c.Comparisons[i]
		if len(x.Lacking) > 0 {
			fmt.Fprintf(w, "\n%s:%d:%d: %s: never %s:\n    %s%s\n", c.File, x.Line, x.Column, x.Rule, strings.Join(x.Lacking, " nor "), ofWhen(x.When), x.Text)
		}
	}
	for _, name := range c.Stale {
		fmt.Fprintf(w, "\nlisted as unreachable, and is seen or gone: %s\n", name)
	}
}

func ofWhen(when bool) string {
	if when {
		return "when: "
	}
	return ""
}
