package audit

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
)

// flat is the values of an assessment by their paths: texts in JSON. A finding
// is named by the ids of the rules, a list of texts is one value.
type flat map[string]string

// flatten reads an assessment, or the refusal of a case.
func flatten(text []byte) (flat, error) {
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		return nil, err
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, errors.New("it is not a JSON object")
	}
	f := make(flat)
	f.object("", object)
	return f, nil
}

func (f flat) object(path string, o map[string]any) {
	for name, value := range o {
		f.value(path+"/"+name, value)
	}
}

func (f flat) value(path string, value any) {
	switch v := value.(type) {
	case map[string]any:
		if len(v) > 0 {
			f.object(path, v)
			return
		}
	case []any:
		if f.records(path, v) {
			return
		}
	}
	text, _ := json.Marshal(value, json.Deterministic(true)) // was read from JSON
	f[path] = string(text)
}

// records reads a list of objects that have ids.
func (f flat) records(path string, list []any) bool {
	ids := make([]string, len(list))
	for i, element := range list {
		o, _ := element.(map[string]any)
		id, ok := o["id"].(string)
		if !ok {
			return false
		}
		ids[i] = id
		for n := 2; slices.Contains(ids[:i], ids[i]); n++ {
			ids[i] = id + "#" + strconv.Itoa(n)
		}
	}
	for i, id := range ids {
		f.value(path+"/"+id, list[i])
	}
	return len(list) > 0
}

// members are the members of an assessment in their order.
var members = []string{"case", "candidate", "vacancy", "asOf", "stage", "verdict", "error", "eligibleFrom", "projected",
	"sensitiveTo", "readings", "timeline", "ways", "findings", "desirable", "toBring", "missing", "policy", "pins"}

// differ returns the paths at which two have different values: in the order of
// the members of an assessment, and of the alphabet within them.
func (f flat) differ(g flat) []string {
	var paths []string
	for path, value := range f {
		if other, ok := g[path]; !ok || other != value {
			paths = append(paths, path)
		}
	}
	for path := range g {
		if _, ok := f[path]; !ok {
			paths = append(paths, path)
		}
	}
	member := func(path string) int {
		name, _, _ := strings.Cut(path[1:], "/")
		return (slices.Index(members, name) + len(members) + 1) % (len(members) + 1)
	}
	slices.SortFunc(paths, func(a, b string) int {
		return cmp.Or(cmp.Compare(member(a), member(b)), cmp.Compare(a, b))
	})
	return paths
}

// isBlank reports whether a line is left out.
func isBlank(line []byte) bool { return len(bytes.TrimSpace(line)) == 0 }
