package policytest

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/qualify-rules/qualify/eligibility"
)

type node = yaml.Node

// reader reads the files of a suite; it gathers what is wrong with them.
type reader struct {
	faults                  []eligibility.Fault
	bases                   map[string]*base
	equivalent, unreachable map[string]string
	vacancies               map[string]*eligibility.Vacancy // by their JSON
}

func (r *reader) fault(file string, at *node, format string, args ...any) {
	f := eligibility.Fault{File: file, Line: 1, Column: 1, Message: fmt.Sprintf(format, args...)}
	if at != nil {
		f.Line, f.Column = at.Line, at.Column
	}
	r.faults = append(r.faults, f)
}

// file is a file of a suite.
type file struct {
	name  string
	base  *node // that of the cases that name none
	cases []caseSource
}

// base is what cases depart from; it may depart from another one.
type base struct {
	file   string
	node   *node
	of     string // the base that it departs from
	ofNode *node
	input  map[string]any // candidate, vacancy, application and missions
	stage  eligibility.Stage
	expect any
}

// caseSource is a case as it is written.
type caseSource struct {
	base
	name     string
	readings []choice
}

// choice is the readings under which a case is run again.
type choice struct {
	key      string
	node     *node
	readings map[string]string
	expect   any
}

var (
	inputKeys = []string{"candidate", "vacancy", "application", "missions"}
	baseKeys  = slices.Concat([]string{"base"}, inputKeys, []string{"stage", "expect"})
	caseKeys  = slices.Concat([]string{"name"}, baseKeys, []string{"readings"})
)

// file reads a file and its bases, nil if it is no YAML.
func (r *reader) file(name string, data []byte) *file {
	decoder := yaml.NewDecoder(strings.NewReader(string(data)))
	var document node
	if err := decoder.Decode(&document); err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("the file is empty")
		}
		r.fault(name, nil, "%v", err)
		return nil
	}
	if err := decoder.Decode(new(node)); !errors.Is(err, io.EOF) {
		r.fault(name, nil, "the file has more than one document: write one file for each")
	}
	f := &file{name: name}
	top := r.mapping(name, document.Content[0], "about", "base", "bases", "cases", "equivalent", "unreachable")
	f.base = top["base"]
	if n := top["bases"]; n != nil {
		bases := r.mapping(name, n)
		for i := 0; bases != nil && i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if r.bases[key.Value] != nil {
				r.fault(name, key, "the suite has two bases %s: give each its own name", key.Value)
				continue
			}
			b := r.base(name, n.Content[i+1], r.mapping(name, n.Content[i+1], baseKeys...))
			r.bases[key.Value] = &b
		}
	}
	r.reasons(name, top["equivalent"], "mutant", r.equivalent)
	r.reasons(name, top["unreachable"], "outcome", r.unreachable)
	for _, c := range r.list(name, top["cases"]) {
		if keys := r.mapping(name, c, caseKeys...); keys != nil {
			f.cases = append(f.cases, r.caseSource(name, f, c, keys))
		}
	}
	return f
}

// reasons reads a list of what is not asked of the cases, each with the reason.
func (r *reader) reasons(file string, list *node, what string, into map[string]string) {
	for _, n := range r.list(file, list) {
		keys := r.mapping(file, n, what, "reason")
		if keys[what] == nil || keys["reason"] == nil {
			r.fault(file, n, "write %s, as the report names it, and reason", what)
			continue
		}
		into[keys[what].Value] = keys["reason"].Value
	}
}

// list returns the elements of a list.
func (r *reader) list(file string, n *node) []*node {
	if n == nil || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		r.fault(file, n, "write a list here: begin each element with a hyphen")
		return nil
	}
	return n.Content
}

func (r *reader) caseSource(file string, f *file, n *node, keys map[string]*node) caseSource {
	c := caseSource{base: r.base(file, n, keys)}
	if c.of == "" && f.base != nil {
		c.of, c.ofNode = f.base.Value, f.base
	}
	if name := keys["name"]; name == nil || name.Value == "" {
		r.fault(file, n, "the case has no name: give it one")
	} else {
		c.name = name.Value
	}
	list := keys["readings"]
	choices := r.mapping(file, list)
	for i := 0; choices != nil && i+1 < len(list.Content); i += 2 {
		key := list.Content[i]
		readings, err := parseReadings(key.Value)
		if err != nil {
			r.fault(file, key, "%v", err)
			continue
		}
		c.readings = append(c.readings, choice{key.Value, key, readings, r.value(file, list.Content[i+1])})
	}
	return c
}

// parseReadings reads "reading=option, reading=option".
func parseReadings(text string) (map[string]string, error) {
	out := make(map[string]string)
	for part := range strings.SplitSeq(text, ",") {
		id, option, ok := strings.Cut(strings.TrimSpace(part), "=")
		if !ok || id == "" || option == "" {
			return nil, fmt.Errorf("%q is not reading=option", part)
		}
		out[id] = option
	}
	return out, nil
}

func (r *reader) base(file string, n *node, keys map[string]*node) base {
	b := base{file: file, node: n, input: make(map[string]any)}
	if of := keys["base"]; of != nil {
		b.of, b.ofNode = of.Value, of
	}
	for _, key := range inputKeys {
		if v := keys[key]; v != nil {
			b.input[key] = r.value(file, v)
		}
	}
	if s := keys["stage"]; s != nil {
		var err error
		if b.stage, err = eligibility.ParseStage(s.Value); err != nil {
			r.fault(file, s, "%v", err)
		}
	}
	if e := keys["expect"]; e != nil {
		b.expect = r.value(file, e)
	}
	return b
}

// mapping returns the values of a mapping by their keys, which must be among
// those that are known, if any are.
func (r *reader) mapping(file string, n *node, known ...string) map[string]*node {
	if n == nil || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		r.fault(file, n, "write keys with values here%s", keysOf(known))
		return nil
	}
	out := make(map[string]*node)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		switch {
		case known != nil && !slices.Contains(known, key.Value):
			r.fault(file, key, "%q is not a key here%s", key.Value, keysOf(known))
		case out[key.Value] != nil:
			r.fault(file, key, "%q is stated twice: state it once", key.Value)
		default:
			out[key.Value] = n.Content[i+1]
		}
	}
	return out
}

func keysOf(known []string) string {
	if known == nil {
		return ""
	}
	return ": the keys are " + strings.Join(known, ", ")
}

// value returns a YAML value as JSON has it: days stay text, and a year is a
// day that is not known exactly.
func (r *reader) value(file string, n *node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := make(map[string]any)
		keys := r.mapping(file, n)
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			m[key] = r.value(file, keys[key])
		}
		return m
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, c := range n.Content {
			list[i] = r.value(file, c)
		}
		return list
	case yaml.AliasNode:
		r.fault(file, n, "anchors and aliases are not read: use a base")
		return nil
	}
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int", "!!float":
		if len(n.Value) == 4 {
			if _, err := strconv.Atoi(n.Value); err == nil {
				return n.Value
			}
		}
		var v float64
		if err := n.Decode(&v); err != nil {
			r.fault(file, n, "%q is not a number: put it in quotes if it is a text", n.Value)
		}
		return v
	case "!!str", "!!timestamp":
		return n.Value
	}
	r.fault(file, n, "%s is read as a tag of YAML: put a text that begins with ! in quotes", n.ShortTag())
	return nil
}

// resolve merges a case or a base with what it departs from.
func (r *reader) resolve(b *base, within []string) (base, bool) {
	whole := base{input: map[string]any{}, expect: map[string]any{}}
	if b.of != "" {
		of := r.bases[b.of]
		at := b.ofNode
		if of == nil {
			names := strings.Join(slices.Sorted(maps.Keys(r.bases)), ", ")
			r.fault(b.file, at, "there is no base %q: the suite has %s", b.of, orNone(names))
			return whole, false
		}
		if slices.Contains(within, b.of) {
			r.fault(b.file, at, "base %s departs from itself", b.of)
			return whole, false
		}
		var ok bool
		if whole, ok = r.resolve(of, append(within, b.of)); !ok {
			return whole, false
		}
	}
	whole.input = merge(whole.input, b.input).(map[string]any)
	if b.expect != nil {
		whole.expect = merge(whole.expect, b.expect)
	}
	if b.stage != "" {
		whole.stage = b.stage
	}
	return whole, true
}

func orNone(names string) string {
	if names == "" {
		return "none"
	}
	return names
}
