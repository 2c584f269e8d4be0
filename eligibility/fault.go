package eligibility

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/qualify-rules/qualify/eligibility/internal/yamldoc"
)

// Fault is something wrong in a policy or in a vacancy.
type Fault struct {
	File         string // as it was named when loading
	Line, Column int    // from 1; 0 where the text did not come from a file
	Pointer      string // JSON Pointer to the value
	Rule         string // path of the rule, such as education/universityStudies; empty outside rules
	Message      string // what is wrong and what to do
}

// String returns file:line:column, the rule, and the message.
func (f Fault) String() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", f.Line, f.Column)
	} else if f.Pointer != "" {
		fmt.Fprintf(&b, " %s", f.Pointer)
	}
	if f.Rule != "" {
		fmt.Fprintf(&b, ": rule %s", f.Rule)
	}
	b.WriteString(": " + f.Message)
	return b.String()
}

// SourceError reports every fault of a policy or of a vacancy, in the order of
// their places.
type SourceError struct{ Faults []Fault }

// Error returns a line for each fault.
func (e *SourceError) Error() string {
	lines := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

// source is where a policy or a vacancy was read from, for the places of its
// faults and for its hash. The zero source is a value made in Go.
type source struct {
	name string
	doc  *yamldoc.Document
}

// faults gathers what is wrong with one source.
type faults struct {
	source source
	found  []Fault
}

// at reports a fault of the value, or of the key of it, that a pointer names.
func (f *faults) at(pointer, rule string, key bool, format string, args ...any) {
	f.add(pointer, rule, fmt.Sprintf(format, args...), func() yamldoc.Position { return f.source.doc.At(pointer, key) })
}

// in reports a fault at a character of the text that a pointer names.
func (f *faults) in(pointer, rule string, character int, message string) {
	f.add(pointer, rule, message, func() yamldoc.Position { return f.source.doc.In(pointer, character) })
}

// add finds the place of a fault only if it is reported: that takes a walk
// through the file.
func (f *faults) add(pointer, rule, message string, place func() yamldoc.Position) {
	if len(f.found) >= maxFaults {
		return
	}
	fault := Fault{File: f.source.name, Pointer: pointer, Rule: rule, Message: message}
	if f.source.doc != nil {
		p := place()
		fault.Line, fault.Column = p.Line, p.Column
	}
	f.found = append(f.found, fault)
}

// touched reports whether a fault was found at a value or within it. What is
// missing there may have been taken out.
func (f *faults) touched(pointer string) bool {
	return slices.ContainsFunc(f.found, func(found Fault) bool {
		return found.Pointer == pointer || strings.HasPrefix(found.Pointer, pointer+"/")
	})
}

func (f *faults) err() error {
	if len(f.found) == 0 {
		return nil
	}
	slices.SortStableFunc(f.found, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return &SourceError{f.found}
}

// maxFaults is how many faults are reported at most.
const maxFaults = 50

// readSource decodes a YAML file. After a fault of form it goes on without the
// faulty value, so that every fault is found; the error is nil if the rest
// could be read.
func readSource[T any](name string, data []byte, into *T) (*faults, error) {
	f := &faults{source: source{name: name}}
	doc, err := yamldoc.Parse(name, data)
	if err != nil {
		f.yaml(err)
		return f, f.err()
	}
	f.source.doc = doc
	text, err := doc.JSON()
	for range maxFaults {
		if err != nil {
			f.yaml(err)
			return f, f.err()
		}
		err = json.Unmarshal(text, into, json.RejectUnknownMembers(true))
		if err == nil {
			return f, nil
		}
		fault := inputError(err, text).(*InputError)
		unknown := errors.Is(err, json.ErrUnknownName) || errors.Is(err, jsontext.ErrDuplicateName)
		f.at(fault.Pointer, f.ruleAt(fault.Pointer), unknown, "%s%v", keyOf(fault.Pointer, unknown), fault.Err)
		if !doc.Remove(fault.Pointer) {
			break
		}
		*into = *new(T)
		text, err = doc.JSON()
	}
	return f, f.err()
}

// ruleAt returns the path of the rule that a pointer leads into.
func (f *faults) ruleAt(pointer string) string {
	var path []string
	at := ""
	tokens := strings.Split(pointer, "/")
	for i, token := range tokens {
		if i == 0 {
			continue
		}
		at += "/" + token
		if list := tokens[i-1]; list == "rules" || list == "desirable" || list == "anyOf" || list == "allOf" {
			if id, ok := f.source.doc.TextAt(at + "/id"); ok {
				path = append(path, id)
			}
		}
	}
	return strings.Join(path, "/")
}

func keyOf(pointer string, name bool) string {
	if !name {
		return ""
	}
	return fmt.Sprintf("%q: ", pointer[strings.LastIndexByte(pointer, '/')+1:])
}

// yaml reports a fault of form.
func (f *faults) yaml(err error) {
	fault := Fault{File: f.source.name, Message: err.Error()}
	if at, ok := errors.AsType[*yamldoc.Fault](err); ok {
		fault.Line, fault.Column, fault.Message = at.Line, at.Column, at.Err.Error()
	}
	f.found = append(f.found, fault)
}
