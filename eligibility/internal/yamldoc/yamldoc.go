// Package yamldoc reads the YAML of policies and vacancies: as JSON, for a
// strict decoder, and with the place of every value, for its faults.
package yamldoc

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v3"
)

// The largest document that is read.
const (
	MaxBytes = 1 << 20
	MaxDepth = 32
)

// Document is a YAML file of one document without anchors and aliases.
type Document struct {
	name string
	text string
	root *yaml.Node
}

// Fault is something wrong at a place of the file.
type Fault struct {
	Position
	Err error
}

// Error returns line, column and fault.
func (f *Fault) Error() string { return fmt.Sprintf("%d:%d: %v", f.Line, f.Column, f.Err) }

// Unwrap returns the fault without its place.
func (f *Fault) Unwrap() error { return f.Err }

var parserLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)`)

// parserFault finds the faults whose lines yaml.v3 counts from 0: those of its
// parser, while those of its scanner are counted from 1.
var parserFault = regexp.MustCompile(`^did not find expected (',' or|node content|key|'-' indicator|<)`)

// Parse reads a file. Every error is a [*Fault].
func Parse(name string, data []byte) (*Document, error) {
	fault := func(line, column int, format string, args ...any) error {
		return &Fault{Position{line, column}, fmt.Errorf(format, args...)}
	}
	if len(data) > MaxBytes {
		return nil, fault(1, 1, "%d bytes are more than the %d that are read", len(data), MaxBytes)
	}
	decoder := yaml.NewDecoder(strings.NewReader(string(data)))
	var file yaml.Node
	if err := decoder.Decode(&file); err != nil {
		line, text := 1, err.Error()
		if m := parserLine.FindStringSubmatch(text); m != nil {
			text = m[2]
			if m[1] != "" {
				line, _ = strconv.Atoi(m[1])
			}
			if parserFault.MatchString(text) {
				line++
			}
		}
		if text == "EOF" {
			return nil, fault(1, 1, "the file is empty")
		}
		if strings.HasPrefix(text, "mapping values are not allowed") {
			text += ": put a text that has a colon and a space in it in quotes"
		}
		return nil, fault(line, 1, "not YAML: %s", text)
	}
	if err := decoder.Decode(new(yaml.Node)); err == nil || err.Error() != "EOF" {
		return nil, fault(1, 1, "the file has more than one document: write one file for each")
	}
	d := &Document{name: name, text: string(data), root: file.Content[0]}
	if err := check(d.root, 0); err != nil {
		return nil, err
	}
	return d, nil
}

// check refuses what could grow beyond the size of the file.
func check(n *yaml.Node, depth int) error {
	at := Position{n.Line, n.Column}
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		return &Fault{at, errors.New("anchors and aliases are not read: write the value out")}
	case depth > MaxDepth:
		return &Fault{at, fmt.Errorf("nested more than %d levels deep", MaxDepth)}
	}
	for _, c := range n.Content {
		if err := check(c, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// Name returns the name that the document was parsed under.
func (d *Document) Name() string { return d.name }

// Text returns the file as it was read.
func (d *Document) Text() string { return d.text }

var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// JSON returns the document as JSON. A key that is written twice stands in it
// twice, for the decoder to refuse.
func (d *Document) JSON() ([]byte, error) {
	return appendJSON(nil, d.root)
}

func appendJSON(b []byte, n *yaml.Node) ([]byte, error) {
	fault := func(format string, args ...any) ([]byte, error) {
		return nil, &Fault{Position{n.Line, n.Column}, fmt.Errorf(format, args...)}
	}
	var err error
	switch n.Kind {
	case yaml.MappingNode:
		b = append(b, '{')
		for i := 0; i < len(n.Content); i += 2 {
			if i > 0 {
				b = append(b, ',')
			}
			if n.Content[i].Kind != yaml.ScalarNode {
				return fault("a key must be a word")
			}
			if b, err = jsontext.AppendQuote(b, n.Content[i].Value); err != nil {
				return fault("%w", err)
			}
			b = append(b, ':')
			if b, err = appendJSON(b, n.Content[i+1]); err != nil {
				return nil, err
			}
		}
		return append(b, '}'), nil
	case yaml.SequenceNode:
		b = append(b, '[')
		for i, c := range n.Content {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = appendJSON(b, c); err != nil {
				return nil, err
			}
		}
		return append(b, ']'), nil
	}
	switch n.ShortTag() {
	case "!!null":
		return append(b, "null"...), nil
	case "!!bool":
		return append(b, strings.ToLower(n.Value)...), nil
	case "!!int", "!!float":
		if !jsonNumber.MatchString(n.Value) {
			return fault("%s is not a plain number: put it in quotes if it is a text", n.Value)
		}
		return append(b, n.Value...), nil
	case "!!str", "!!timestamp":
		if b, err = jsontext.AppendQuote(b, n.Value); err != nil {
			return fault("%w", err)
		}
		return b, nil
	}
	return fault("%s is read as a tag of YAML: put a text that begins with ! in quotes", n.ShortTag())
}

// At returns the place of the value that a JSON Pointer names: of its key
// where the value is of a mapping and key is set. Where the pointer leads
// nowhere, the place is that of the nearest value around it.
func (d *Document) At(pointer string, key bool) Position {
	n, name, _ := d.find(pointer)
	if key && name != nil {
		n = name
	}
	return Position{n.Line, n.Column}
}

// In returns the place of a character, counted from 0, of the text that a JSON
// Pointer names.
func (d *Document) In(pointer string, character int) Position {
	n, _, ok := d.find(pointer)
	if ok && n.Kind == yaml.ScalarNode {
		if p := positions(d.text, n); character >= 0 && character < len(p) {
			return p[character]
		}
	}
	return Position{n.Line, n.Column}
}

// TextAt returns the text that a JSON Pointer names, if it names one.
func (d *Document) TextAt(pointer string) (string, bool) {
	n, _, ok := d.find(pointer)
	return n.Value, ok && n.Kind == yaml.ScalarNode
}

// Remove takes the value that a JSON Pointer names out of the document, so
// that reading can go on and find the faults after it. It reports whether
// there was one.
func (d *Document) Remove(pointer string) bool {
	i := strings.LastIndexByte(pointer, '/')
	if i < 0 {
		return false
	}
	n, _, ok := d.find(pointer[:i])
	if !ok {
		return false
	}
	at, width := index(n, pointer[i+1:])
	if at < 0 {
		return false
	}
	n.Content = append(n.Content[:at:at], n.Content[at+width:]...)
	return true
}

var unescape = strings.NewReplacer("~1", "/", "~0", "~")

// find returns the value that a JSON Pointer names and its key, if it has one.
func (d *Document) find(pointer string) (n, key *yaml.Node, ok bool) {
	n = d.root
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if pointer == "" {
			break
		}
		at, width := index(n, token)
		if at < 0 {
			return n, key, false
		}
		key = nil
		if width == 2 {
			key = n.Content[at]
		}
		n = n.Content[at+width-1]
	}
	return n, key, true
}

// index returns where the last element of that name begins in the content of a
// node and how many nodes it takes, or -1. The last of two equal keys is the
// one that a decoder refuses.
func index(n *yaml.Node, token string) (at, width int) {
	switch n.Kind {
	case yaml.MappingNode:
		for i := len(n.Content) - 2; i >= 0; i -= 2 {
			if n.Content[i].Value == unescape.Replace(token) {
				return i, 2
			}
		}
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(token); err == nil && i >= 0 && i < len(n.Content) {
			return i, 1
		}
	}
	return -1, 0
}
