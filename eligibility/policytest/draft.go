package policytest

import (
	"maps"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json"

	"github.com/qualify-rules/qualify/eligibility"
)

// draft is a case as a tree of JSON values, which is changed at will before it
// becomes a case: mappings, lists, texts, numbers and truth values.
type draft map[string]any

// step is a key of a mapping or a number of a list's element.
type step any

func draftOf(c *eligibility.Case) (draft, error) {
	text, err := json.Marshal(c, json.Deterministic(true))
	if err != nil {
		return nil, err
	}
	var d draft
	return d, json.Unmarshal(text, &d)
}

// build makes the case, or tells why there is none.
func (d draft) build() (*eligibility.Case, error) {
	text, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	return eligibility.DecodeCase(text)
}

// value returns what stands at a path, nil if nothing does.
func (d draft) value(path []step) any {
	var v any = map[string]any(d)
	for _, s := range path {
		switch at := v.(type) {
		case map[string]any:
			key, _ := s.(string)
			v = at[key]
		case []any:
			i, ok := s.(int)
			if !ok || i >= len(at) {
				return nil
			}
			v = at[i]
		default:
			return nil
		}
	}
	return v
}

// with returns the draft with another value at a path; nil takes away what is
// there.
func (d draft) with(path []step, value any) draft {
	changed, _ := changedAt(map[string]any(d), path, value).(map[string]any)
	return changed
}

func changedAt(v any, path []step, value any) any {
	if len(path) == 0 {
		return value
	}
	switch at := v.(type) {
	case []any:
		i, ok := path[0].(int)
		if !ok || i >= len(at) {
			return v
		}
		if len(path) == 1 && value == nil {
			return slices.Delete(slices.Clone(at), i, i+1)
		}
		out := slices.Clone(at)
		out[i] = changedAt(at[i], path[1:], value)
		return out
	case map[string]any, nil:
		m, _ := at.(map[string]any)
		out := maps.Clone(m)
		if out == nil {
			out = make(map[string]any)
		}
		key, _ := path[0].(string)
		if len(path) == 1 && value == nil {
			delete(out, key)
		} else {
			out[key] = changedAt(out[key], path[1:], value)
		}
		return out
	}
	return v
}

// added returns the draft with one more element in a list.
func (d draft) added(path []step, element any) draft {
	list, _ := d.value(path).([]any)
	return d.with(path, append(slices.Clone(list), element))
}

// places goes through every value below a path, those of mappings in the order
// of their keys, each before what it holds.
func (d draft) places(from []step) [][]step {
	var out [][]step
	var walk func(v any, path []step)
	walk = func(v any, path []step) {
		if len(path) > len(from) {
			out = append(out, slices.Clone(path))
		}
		switch v := v.(type) {
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				walk(v[key], append(path, key))
			}
		case []any:
			for i := range v {
				walk(v[i], append(path, i))
			}
		}
	}
	walk(d.value(from), slices.Clone(from))
	return out
}

// pointer writes a path as a JSON Pointer.
func pointer(path []step) string {
	var out string
	for _, s := range path {
		switch s := s.(type) {
		case string:
			out += "/" + s
		case int:
			out += "/" + strconv.Itoa(s)
		}
	}
	return out
}

// parts are what a case is shrunk by.
var parts = []string{"candidate", "application", "missions"}

// shrink takes away from a draft whatever can go while keep holds: whole
// records first, then single facts.
func shrink(d draft, keep func(draft) bool) draft {
	for again := true; again; {
		again = false
		for _, part := range parts {
			for _, path := range append([][]step{{part}}, d.places([]step{part})...) {
				if last := path[len(path)-1]; last == "id" || d.value(path) == nil {
					continue
				}
				if smaller := d.with(path, nil); keep(smaller) {
					d, again = smaller, true
				}
			}
		}
	}
	return d
}
