package eligibility

import (
	"bytes"
	"encoding"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// MaxCaseBytes is the size of the largest case that is read.
const MaxCaseBytes = 16 << 20

// InputError is a fault of a history, a vacancy or a case.
type InputError struct {
	Pointer string // JSON Pointer (RFC 6901) to the faulty value; empty for the whole
	Err     error  // what is wrong and what to write instead
}

// Error returns the place and the fault.
func (e *InputError) Error() string {
	if e.Pointer == "" {
		return e.Err.Error()
	}
	return e.Pointer + ": " + e.Err.Error()
}

// Unwrap returns the fault without its place.
func (e *InputError) Unwrap() error { return e.Err }

// DecodeCase reads a case from JSON and checks it: unknown and repeated
// fields, codes outside their list, impossible dates, ends before starts and
// duplicate ids are errors. Every error is an [*InputError].
func DecodeCase(data []byte) (*Case, error) {
	c := new(Case)
	if err := decode(data, c); err != nil {
		return nil, err
	}
	if err := c.Check(); err != nil {
		return nil, err
	}
	return c, nil
}

// DecodeCandidate reads a candidate from JSON as [DecodeCase] reads a case.
func DecodeCandidate(data []byte) (*Candidate, error) {
	c := new(Candidate)
	if err := decode(data, c); err != nil {
		return nil, err
	}
	k := new(inspector)
	k.candidate("", c)
	return c, k.err()
}

// DecodeApplication reads an application from JSON.
func DecodeApplication(data []byte) (*Application, error) {
	a := new(Application)
	if err := decode(data, a); err != nil {
		return nil, err
	}
	k := new(inspector)
	k.application("", a)
	return a, k.err()
}

// DecodeMissions reads a list of missions from JSON.
func DecodeMissions(data []byte) ([]Mission, error) {
	var m []Mission
	if err := decode(data, &m); err != nil {
		return nil, err
	}
	k := new(inspector)
	k.missions("", m)
	return m, k.err()
}

func decode(data []byte, into any) error {
	if len(data) > MaxCaseBytes {
		return &InputError{Err: fmt.Errorf("%d bytes are more than the %d that are read", len(data), MaxCaseBytes)}
	}
	if len(strings.TrimSpace(string(data[:min(len(data), 64)]))) == 0 && len(data) <= 64 {
		return &InputError{Err: errors.New("the input is empty: give a JSON value")}
	}
	if err := json.Unmarshal(data, into, json.RejectUnknownMembers(true)); err != nil {
		return inputError(err, data)
	}
	return nil
}

// inputError says in the terms of the input what the JSON package found.
func inputError(err error, data []byte) error {
	if semantic, ok := errors.AsType[*json.SemanticError](err); ok {
		pointer := string(semantic.JSONPointer)
		switch {
		case errors.Is(semantic.Err, json.ErrUnknownName):
			return &InputError{pointer, fmt.Errorf("unknown field; the fields here are %s", fieldNames(semantic.GoType))}
		case semantic.JSONKind == '0' && isText(semantic.GoType):
			return &InputError{pointer, errors.New("want a text, not a number: put it in quotes")}
		case semantic.Err != nil:
			return &InputError{pointer, semantic.Err}
		}
		return &InputError{pointer, fmt.Errorf("want %s, not %s", wanted(semantic.GoType), found(semantic.JSONKind))}
	}
	if syntactic, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		pointer := string(syntactic.JSONPointer)
		switch {
		case errors.Is(syntactic.Err, jsontext.ErrDuplicateName):
			return &InputError{pointer, errors.New("the field is stated twice: state it once")}
		case errors.Is(syntactic.Err, io.ErrUnexpectedEOF):
			return &InputError{pointer, errors.New("the JSON text ends too early: is the file complete?")}
		}
		place := ""
		if bytes.IndexByte(data, '\n') >= 0 { // a single line has its number from whoever read it
			place = fmt.Sprintf(" in line %d", 1+bytes.Count(data[:min(int(syntactic.ByteOffset), len(data))], []byte("\n")))
		}
		return &InputError{pointer, fmt.Errorf("not JSON%s at byte %d: %w", place, syntactic.ByteOffset, syntactic.Err)}
	}
	return &InputError{Err: err}
}

// isText reports whether values of a type are texts in JSON.
func isText(t reflect.Type) bool {
	return t != nil && (t.Kind() == reflect.String || reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) &&
		!reflect.PointerTo(t).Implements(reflect.TypeFor[stdjson.Unmarshaler]()))
}

func fieldNames(t reflect.Type) string {
	var names []string
	if t != nil && t.Kind() == reflect.Struct {
		for f := range t.Fields() {
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
				names = append(names, name)
			}
		}
	}
	return strings.Join(names, ", ")
}

func wanted(t reflect.Type) string {
	if t == nil {
		return "another value"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Float64, reflect.Int, reflect.Int64, reflect.Uint8:
		return "a number"
	case reflect.String:
		return "a text in quotes"
	case reflect.Slice:
		return "a list in brackets"
	case reflect.Map, reflect.Struct:
		return "an object in braces"
	}
	return "another value"
}

func found(k jsontext.Kind) string {
	switch k {
	case 'n':
		return "null"
	case 't', 'f':
		return "true or false"
	case '"':
		return "a text"
	case '0':
		return "a number"
	case '{':
		return "an object"
	case '[':
		return "a list"
	}
	return "this"
}
