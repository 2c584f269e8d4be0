package audit

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
)

// pinChanges are the pins of a receipt that are not those of now.
type pinChanges struct{ input, policy, table, reading, semantics bool }

// changesOf compares pins. A vacancy that the case states is part of the input,
// and one that ships or was loaded is part of the policy.
func changesOf(was, is *eligibility.Pins, stated bool) pinChanges {
	return pinChanges{
		input:     was.Input != is.Input,
		policy:    was.Policy != is.Policy || !stated && was.Vacancy != is.Vacancy,
		table:     !maps.Equal(was.Tables, is.Tables),
		reading:   !maps.Equal(was.Readings, is.Readings),
		semantics: was.Semantics != is.Semantics || was.Library != is.Library,
	}
}

// list returns the changes in their order.
func (p pinChanges) list() []Cause {
	var list []Cause
	for _, c := range []struct {
		changed bool
		cause   Cause
	}{{p.input, InputChanged}, {p.policy, PolicyChanged}, {p.table, TableChanged}, {p.reading, ReadingChanged}, {p.semantics, SemanticsChanged}} {
		if c.changed {
			list = append(list, c.cause)
		}
	}
	return list
}

// causeOfPin returns the cause of a pin that differs.
func causeOfPin(path string, stated bool) (Cause, bool) {
	pin, ok := strings.CutPrefix(path, "/pins/")
	name, _, _ := strings.Cut(pin, "/")
	switch {
	case !ok:
		return "", false
	case name == "input" || name == "vacancy" && stated:
		return InputChanged, true
	case name == "policy" || name == "vacancy":
		return PolicyChanged, true
	case name == "tables":
		return TableChanged, true
	case name == "readings":
		return ReadingChanged, true
	case name == "library" || name == "semantics":
		return SemanticsChanged, true
	}
	return Altered, true
}

var (
	hexHash   = regexp.MustCompile(`^[0-9a-f]{64}$`)
	inputHash = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)
)

// contradiction returns the path of a pin that no run can have written, and
// why. The policy is that of the pinned hash, nil if it is not at hand.
func contradiction(was, is *eligibility.Pins, stated bool, pinned *eligibility.Policy) (path, why string) {
	chosen := was.Policy.Version != "" || was.Policy.SHA256 != ""
	switch {
	case !inputHash.MatchString(was.Input):
		return "/pins/input", "it is not a hash"
	case !hexHash.MatchString(was.Vacancy.SHA256):
		return "/pins/vacancy/sha256", "it is not a hash"
	case chosen && !hexHash.MatchString(was.Policy.SHA256):
		return "/pins/policy/sha256", "it is not a hash"
	case stated && was.Input == is.Input && was.Vacancy != is.Vacancy:
		return "/pins/vacancy/sha256", "the case states the vacancy, and its own hash is the same"
	case was.Semantics < 1:
		return "/pins/semantics", "semantics are numbered from 1"
	case !slices.Equal(slices.Sorted(maps.Keys(was.Tables)), slices.Sorted(maps.Keys(is.Tables))) && was.Library == is.Library:
		return "/pins/tables", "this version of the library names other tables"
	case pinned == nil:
		return "", ""
	case was.Policy.Name != pinned.Name():
		return "/pins/policy/name", "the policy with this hash has another name"
	case was.Policy.Version != pinned.Version():
		return "/pins/policy/version", "the policy with this hash has another version"
	}
	for _, r := range pinned.Readings() {
		if _, ok := r.Options[was.Readings[r.ID]]; !ok {
			return "/pins/readings/" + r.ID, "the policy with this hash has no such option"
		}
	}
	for _, id := range slices.Sorted(maps.Keys(was.Readings)) {
		if !slices.ContainsFunc(pinned.Readings(), func(r eligibility.Reading) bool { return r.ID == id }) {
			return "/pins/readings/" + id, "the policy with this hash has no such reading"
		}
	}
	return "", ""
}
