package policytest

import (
	"bytes"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/qualify-rules/qualify/eligibility"
)

// flow writes a value in one line.
func flow(v any) string {
	var n node
	if err := n.Encode(v); err != nil {
		return ""
	}
	var style func(*node)
	style = func(n *node) {
		n.Style = n.Style&^yaml.LiteralStyle | yaml.FlowStyle
		if n.Kind == yaml.ScalarNode {
			n.Style &^= yaml.FlowStyle
			if writtenDay.MatchString(n.Value) {
				n.Style, n.Tag = 0, "" // a day needs no quotes
			}
		}
		for _, c := range n.Content {
			style(c)
		}
	}
	style(&n)
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	if err := e.Encode(&n); err != nil {
		return ""
	}
	return strings.TrimSpace(b.String())
}

// caseText writes a draft as the keys of a case, each in a line of its own.
func caseText(d draft, indent string) string {
	var b strings.Builder
	for _, key := range inputKeys {
		v := d[key]
		if m, ok := v.(map[string]any); ok && key == "candidate" {
			v = map[string]any(draft(m).with([]step{"id"}, nil))
		}
		if m, ok := v.(map[string]any); ok && len(m) == 0 {
			continue
		}
		if v != nil {
			fmt.Fprintf(&b, "%s%s: %s\n", indent, key, flow(v))
		}
	}
	return b.String()
}

// SuiteOf writes people on the two sides of boundaries as a suite that the
// policy fulfils: the file of a folder that [Load] reads.
func SuiteOf(boundaries []Boundary, p *eligibility.Policy, v *eligibility.Vacancy) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# People on each side of every threshold of policy %s for %s, with what the policy says of them.\n", p.Name(), v.Reference)
	b.WriteString("cases:\n")
	seen, written := make(map[string]int), make(map[string]bool)
	for _, boundary := range boundaries {
		for _, person := range boundary.People {
			name := fmt.Sprintf("%s is %s, %s %s", boundary.Rule, person.Status, strings.TrimPrefix(strings.TrimPrefix(boundary.Fact, "/candidate"), "/"), orNothing(person.Value))
			var body strings.Builder
			if person.Stage != eligibility.StageApplication {
				fmt.Fprintf(&body, "    stage: %s\n", person.Stage)
			}
			body.WriteString(caseText(person.draft, "    "))
			fmt.Fprintf(&body, "    expect: {verdict: %s, status: {%s: %s}}\n", person.Verdict, boundary.Rule, person.Status)
			if written[body.String()] {
				continue
			}
			written[body.String()] = true
			if seen[name]++; seen[name] > 1 {
				name += fmt.Sprintf(" (%d)", seen[name])
			}
			fmt.Fprintf(&b, "  - name: %s\n%s", flow(name), body.String())
		}
	}
	return []byte(b.String())
}
