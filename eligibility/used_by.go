package eligibility

import (
	"maps"
	"regexp"
	"slices"
)

// UsedBy returns the ids of the top-level rules that may read the fulfilment of
// another one, directly or through rules and variables between them, in the
// order of the post. A name that is only mentioned in a text counts as read, so
// that a rule that is not returned does not depend on it.
func (p *Post) UsedBy(rule string) []string {
	variables := make(map[string]string)
	for _, v := range p.policy.source.Variables {
		variables[v.Name] = v.Expression
	}
	readers := map[string]bool{rule: true}
	var found []string
	// A rule reads only rules before it, so that one pass finds them all.
	for _, r := range p.rules {
		names := make(map[string]bool)
		gatherNames(r.Rule, variables, names)
		if slices.ContainsFunc(slices.Collect(maps.Keys(names)), func(n string) bool { return readers[n] && n != r.ID }) {
			readers[r.ID] = true
			found = append(found, r.ID)
		}
	}
	return found
}

var identifier = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_]*`)

// gatherNames adds every name in the expressions of a rule, and in those of the
// variables that they name.
func gatherNames(r *Rule, variables map[string]string, names map[string]bool) {
	var read func(text string)
	read = func(text string) {
		for _, name := range identifier.FindAllString(text, -1) {
			if !names[name] {
				names[name] = true
				read(variables[name])
			}
		}
	}
	read(r.When)
	read(r.Expression)
	read(r.MessageExpression)
	for _, list := range r.Each {
		read(list)
	}
	for _, children := range [][]Rule{r.AnyOf, r.AllOf} {
		for i := range children {
			gatherNames(&children[i], variables, names)
		}
	}
}
