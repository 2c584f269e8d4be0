// Package mutation makes the errors that drafters of a policy make, one at a
// time: in the expressions and in the tree of rules.
package mutation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v3"

	"github.com/qualify-rules/qualify/eligibility/internal/yamldoc"
)

// Kind is a class of errors.
type Kind string

// The classes of errors.
const (
	Threshold  Kind = "threshold"  // a number, a period or a level up or down by one unit
	Boundary   Kind = "boundary"   // another comparison, or a day more or less at an edge
	Connective Kind = "connective" // or for and, anyOf for allOf, some for all, and the reverse
	Dropped    Kind = "dropped"    // a condition, a word, a constant or a rule forgotten
	Negated    Kind = "negated"    // the opposite of a condition
	Exchanged  Kind = "exchanged"  // another date, variable, field or constant
	Option     Kind = "option"     // another reading, stage or way of counting
)

// Mutant is a policy with one error.
type Mutant struct {
	Kind         Kind
	Rule         string // path of the rule, variables.name, or the key at the top
	Key          string // expression, when and so on
	Line, Column int
	Was, Now     string // what was changed; Now is empty where something was dropped
	Nth          int    // of those that change the same in the same way, from 1

	policy  *policy
	pointer string // of the text that is replaced
	text    string
	edit    func(root *yaml.Node) // where it is not one text
}

// Name names the mutant by what was changed, whatever the line.
func (m *Mutant) Name() string {
	name := m.Rule
	if m.Key != "" {
		name += " " + m.Key
	}
	if m.Now == "" {
		name += ": without " + m.Was
	} else {
		name += ": " + m.Was + " => " + m.Now
	}
	if m.Nth > 1 {
		name += " #" + strconv.Itoa(m.Nth)
	}
	return name
}

// policy is a policy's file as a tree.
type policy struct {
	doc  *yamldoc.Document
	data []byte
	root *yaml.Node
}

// Of returns the mutants of a policy in the order of their places. Some may be
// no policy at all: whoever loads them finds out.
func Of(name string, data []byte) ([]Mutant, error) {
	doc, err := yamldoc.Parse(name, data)
	if err != nil {
		return nil, err
	}
	p := &policy{doc: doc, data: data}
	if p.root, err = p.parse(); err != nil {
		return nil, err
	}
	g := &generator{policy: p, seen: make(map[string]int)}
	g.names()
	g.top()
	for i, v := range elements(get(p.root, "variables")) {
		g.expression("variables."+value(v, "name"), "", "/variables/"+strconv.Itoa(i)+"/expression", get(v, "expression"))
	}
	g.rules(get(p.root, "rules"), "/rules", "", allStages[0])
	slices.SortStableFunc(g.mutants, func(a, b Mutant) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return g.mutants, nil
}

func (p *policy) parse() (*yaml.Node, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(p.data, &document); err != nil {
		return nil, err
	}
	return document.Content[0], nil
}

// Policy returns the text of the policy with the error.
func (m *Mutant) Policy() ([]byte, error) {
	root, err := m.policy.parse()
	if err != nil {
		return nil, err
	}
	if m.edit != nil {
		m.edit(root)
	} else {
		at(root, m.pointer).Value = m.text
	}
	return appendJSON(nil, root)
}

// appendJSON writes a tree as JSON, which is YAML too.
func appendJSON(b []byte, n *yaml.Node) ([]byte, error) {
	var err error
	switch n.Kind {
	case yaml.MappingNode:
		b = append(b, '{')
		for i := 0; i+1 < len(n.Content); i += 2 {
			if i > 0 {
				b = append(b, ", "...)
			}
			if b, err = jsontext.AppendQuote(b, n.Content[i].Value); err != nil {
				return nil, err
			}
			b = append(b, ": "...)
			if b, err = appendJSON(b, n.Content[i+1]); err != nil {
				return nil, err
			}
		}
		return append(b, '}'), nil
	case yaml.SequenceNode:
		b = append(b, '[')
		for i, c := range n.Content {
			if i > 0 {
				b = append(b, ", "...)
			}
			if b, err = appendJSON(b, c); err != nil {
				return nil, err
			}
		}
		return append(b, ']'), nil
	case yaml.ScalarNode:
		if tag := n.ShortTag(); tag == "!!bool" || tag == "!!int" || tag == "!!float" || tag == "!!null" {
			return append(b, n.Value...), nil
		}
		return jsontext.AppendQuote(b, n.Value)
	}
	return nil, fmt.Errorf("line %d: not a value of YAML", n.Line)
}

// get returns the value of a key, nil if there is none.
func get(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

func value(n *yaml.Node, key string) string {
	if v := get(n, key); v != nil {
		return v.Value
	}
	return ""
}

func elements(n *yaml.Node) []*yaml.Node {
	if n == nil || n.Kind != yaml.SequenceNode {
		return nil
	}
	return n.Content
}

// at returns the node that a JSON Pointer names, which there is.
func at(n *yaml.Node, pointer string) *yaml.Node {
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if pointer == "" {
			break
		}
		if n.Kind == yaml.SequenceNode {
			i, _ := strconv.Atoi(token)
			n = n.Content[i]
		} else {
			n = get(n, token)
		}
	}
	return n
}

// remove takes a key out of a mapping.
func remove(n *yaml.Node, key string) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content = slices.Delete(n.Content, i, i+2)
			return
		}
	}
}

// put states a key of a mapping.
func put(n *yaml.Node, key, text string) {
	if v := get(n, key); v != nil {
		v.Value = text
		return
	}
	n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key}, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text})
}

// rename gives a key of a mapping another name.
func rename(n *yaml.Node, key, name string) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content[i].Value = name
		}
	}
}
