package policytest

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Updated returns the files of the suite in which expectations changed, with
// what the results came to. Cases that came to what was expected stay as they
// are written, and so do comments and the order of keys.
func (s *Suite) Updated(results []Result) (map[string][]byte, error) {
	changed := make(map[string][]*Result)
	for i := range results {
		r := &results[i]
		switch {
		case r.Err != nil:
			return nil, fmt.Errorf("%s: %w", r.Case.place(), r.Err)
		case !r.OK():
			changed[r.Case.File] = append(changed[r.Case.File], r)
		}
	}
	out := make(map[string][]byte)
	var errs []error
	for name, results := range changed {
		text, err := rewrite(s.files[name], results)
		out[name] = text
		errs = append(errs, err)
	}
	return out, errors.Join(errs...)
}

// rewrite changes the expectations of cases. Each case that changes is written
// anew where it stands, and the other lines stay as they are.
func rewrite(data []byte, results []*Result) ([]byte, error) {
	var document node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, err
	}
	cases := child(document.Content[0], "cases")
	lines := strings.SplitAfter(string(data), "\n")
	byCase := make(map[int][]*Result)
	for _, r := range results {
		byCase[r.Case.index] = append(byCase[r.Case.index], r)
	}
	// From the last to the first, so that line numbers stay right.
	for _, index := range slices.Backward(slices.Sorted(maps.Keys(byCase))) {
		n := cases.Content[index]
		for _, r := range byCase[index] {
			expect := under(n, "expect")
			if r.Case.chosen != "" {
				expect = under(under(n, "readings"), r.Case.chosen)
			}
			for _, d := range r.Deviations {
				set(expect, d)
			}
		}
		// Its comments stay where they are, and its lines end with what it says.
		head, foot := n.HeadComment, n.FootComment
		n.HeadComment, n.FootComment = "", ""
		first, last := n.Line-1, lastLine(cases, index, lines)
		indent := n.Column - 3
		text, err := encode(n, indent)
		if err != nil {
			return nil, err
		}
		n.HeadComment, n.FootComment = head, foot
		lines = slices.Replace(lines, first, last, text)
	}
	return []byte(strings.Join(lines, "")), nil
}

// lastLine returns how many lines of the file there are up to the end of a
// case: the blank and comment lines before the next case are not its own.
func lastLine(cases *node, index int, lines []string) int {
	last := len(lines)
	if index+1 < len(cases.Content) {
		last = cases.Content[index+1].Line - 1
	}
	for last > 0 {
		text := strings.TrimSpace(lines[last-1])
		if text != "" && !strings.HasPrefix(text, "#") {
			break
		}
		last--
	}
	return last
}

// encode writes a case as an element of its list.
func encode(n *node, indent int) (string, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode([]*node{n}); err != nil {
		return "", err
	}
	var out strings.Builder
	for line := range strings.Lines(b.String()) {
		out.WriteString(strings.Repeat(" ", max(indent, 0)) + line)
	}
	return out.String(), nil
}

func child(n *node, key string) *node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// under returns the value of a key, which it makes where there is none.
func under(n *node, key string) *node {
	if c := child(n, key); c != nil && c.Kind == yaml.MappingNode {
		return c
	}
	c := &node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
	put(n, key, c)
	return c
}

func put(n *node, key string, value *node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			value.LineComment = n.Content[i+1].LineComment
			n.Content[i+1] = value
			return
		}
	}
	n.Content = append(n.Content, &node{Kind: yaml.ScalarNode, Value: key}, value)
}

// set writes what a case came to.
func set(expect *node, d Deviation) {
	scalar := func(s string) *node {
		n := &node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
		if s == "" {
			n.Style = yaml.DoubleQuotedStyle
		} else {
			n.Tag = "" // a day needs no quotes
		}
		return n
	}
	switch d.What {
	case "missing":
		list := &node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for fact := range strings.SplitSeq(d.Got, ", ") {
			if fact != "" {
				list.Content = append(list.Content, scalar(fact))
			}
		}
		put(expect, d.What, list)
	case "status", "on":
		put(under(expect, d.What), d.Path, scalar(d.Got))
	default:
		put(expect, d.What, scalar(d.Got))
	}
}
