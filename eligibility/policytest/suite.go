package policytest

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/qualify-rules/qualify/eligibility"
)

// Suite is cases with what is expected of them, as doc/testing.md explains.
type Suite struct {
	Cases []Case
	// Equivalent has the mutants of the policy that no case can tell from it,
	// with the reason, by the names that [Mutate] gives them.
	Equivalent map[string]string
	// Unreachable has the outcomes that no case can come to, with the reason,
	// by the names that [Cover] gives them.
	Unreachable map[string]string
	files       map[string][]byte
}

// Case is one case of a suite with everything that it inherits.
type Case struct {
	Name     string            // file/name, and [reading=option] where it chooses one
	File     string            // in the suite
	Line     int               // at which it begins
	Input    *eligibility.Case // with the name as its id
	Stage    eligibility.Stage
	Readings map[string]string // those that it chooses
	Expect   Expectation

	chosen string // the key of its readings, "" of the case itself
	index  int    // among the cases of its file
}

// Expectation is what a case must come to. What it leaves out may be anything.
type Expectation struct {
	Verdict eligibility.Verdict           `json:"verdict"`
	Status  map[string]eligibility.Status `json:"status,omitzero"` // by path of the rule, such as experience/total
	On      map[string]string             `json:"on,omitzero"`     // the day on which a rule was fulfilled, by path; "" for none
	Missing []string                      `json:"missing,omitzero"`
	// EligibleFrom is the first day on which everything is met, "" for none.
	EligibleFrom *string `json:"eligibleFrom,omitzero"`
}

// Absent is the status that a case expects of a rule that must not be looked
// at, as its stage comes later.
const Absent eligibility.Status = "absent"

// Load reads the cases of every YAML file in a folder and the folders in it.
// Every error that concerns a file is an [*eligibility.SourceError] with all
// that is wrong.
func Load(fsys fs.FS) (*Suite, error) {
	s := &Suite{files: make(map[string][]byte)}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		s.files[name], err = fs.ReadFile(fsys, name)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(s.files) == 0 {
		return nil, errors.New("there are no cases: a suite is a folder with YAML files")
	}
	return s, s.read()
}

// read makes the cases of the files.
func (s *Suite) read() error {
	r := reader{bases: make(map[string]*base), equivalent: make(map[string]string), unreachable: make(map[string]string), vacancies: make(map[string]*eligibility.Vacancy)}
	var files []*file
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		if f := r.file(name, s.files[name]); f != nil {
			files = append(files, f)
		}
	}
	s.Cases, s.Equivalent, s.Unreachable = nil, r.equivalent, r.unreachable
	for _, f := range files {
		s.Cases = append(s.Cases, r.cases(f)...)
	}
	slices.SortStableFunc(r.faults, func(a, b eligibility.Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	r.faults = slices.Compact(r.faults) // a base may be read for several cases
	if len(r.faults) > 0 {
		return &eligibility.SourceError{Faults: r.faults}
	}
	if len(s.Cases) == 0 {
		return errors.New("there are no cases: write some under the key cases")
	}
	return nil
}

// cases merges the cases of a file with their bases.
func (r *reader) cases(f *file) []Case {
	var out []Case
	seen := make(map[string]int)
	for i, c := range f.cases {
		if line, twice := seen[c.name]; twice {
			r.fault(f.name, c.node, "the case of line %d has the same name: give each its own", line)
			continue
		}
		seen[c.name] = c.node.Line
		whole, ok := r.resolve(&c.base, nil)
		if !ok {
			continue
		}
		name := strings.TrimSuffix(f.name, ".yaml") + "/" + c.name
		plain, ok := r.caseOf(f, c, name, withoutStrangers(whole.input, c.input), whole.stage, whole.expect)
		if !ok {
			continue
		}
		plain.index = i
		out = append(out, plain)
		for _, choice := range c.readings {
			expect := merge(whole.expect, choice.expect)
			chosen := plain
			chosen.Name, chosen.chosen, chosen.Readings = name+" ["+choice.key+"]", choice.key, choice.readings
			if chosen.Expect, ok = r.expectation(f.name, choice.node, expect); ok {
				out = append(out, chosen)
			}
		}
	}
	return out
}

func (r *reader) caseOf(f *file, c caseSource, name string, input map[string]any, stage eligibility.Stage, expect any) (Case, bool) {
	out := Case{Name: name, File: f.name, Line: c.node.Line, Stage: stage}
	input = maps.Clone(input)
	input["id"] = name
	candidate, _ := input["candidate"].(map[string]any)
	if candidate = maps.Clone(candidate); candidate == nil {
		candidate = map[string]any{}
	}
	if candidate["id"] == nil {
		candidate["id"] = "candidate"
	}
	input["candidate"] = candidate
	text, err := json.Marshal(input, json.Deterministic(true))
	if err == nil {
		out.Input, err = eligibility.DecodeCase(text)
	}
	if err != nil {
		r.fault(f.name, c.node, "%v", err)
		return out, false
	}
	// Cases about the same vacancy share it, so that its post is made once.
	if v := out.Input.Vacancy.Inline; v != nil {
		text, err := json.Marshal(v, json.Deterministic(true))
		if err == nil && r.vacancies[string(text)] == nil {
			r.vacancies[string(text)] = v
		}
		if err == nil {
			out.Input.Vacancy.Inline = r.vacancies[string(text)]
		}
	}
	var ok bool
	out.Expect, ok = r.expectation(f.name, c.node, expect)
	return out, ok
}

// statuses are the words for what may be expected of a rule.
var statuses = []eligibility.Status{eligibility.Met, eligibility.Unmet, eligibility.NotDetermined, eligibility.NotApplicable, Absent}

// verdicts are the words for what may be expected of a case.
var verdicts = []eligibility.Verdict{eligibility.Eligible, eligibility.Ineligible, eligibility.Undetermined}

func (r *reader) expectation(file string, at *node, v any) (Expectation, bool) {
	var e Expectation
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, &e, json.RejectUnknownMembers(true))
	}
	switch {
	case err != nil:
		r.fault(file, at, "expect: %v: its keys are verdict, status, on, missing and eligibleFrom", err)
	case e.Verdict == "":
		r.fault(file, at, "expect states no verdict, and no base does: state eligible, ineligible or undetermined")
		return e, false
	case !slices.Contains(verdicts, e.Verdict):
		r.fault(file, at, "%q is not a verdict: use one of eligible, ineligible, undetermined", e.Verdict)
		return e, false
	}
	for _, path := range slices.Sorted(maps.Keys(e.Status)) {
		if !slices.Contains(statuses, e.Status[path]) {
			r.fault(file, at, "%s: %q is not a status: use one of %s", path, e.Status[path], joined(statuses))
			return e, false
		}
	}
	return e, err == nil
}

func joined[S ~string](list []S) string {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = string(s)
	}
	return strings.Join(texts, ", ")
}

// Inputs goes through the cases as they are, without what they expect, their
// stage and their readings, for [Difference].
func (s *Suite) Inputs() iter.Seq2[*eligibility.Case, error] {
	return func(yield func(*eligibility.Case, error) bool) {
		for i := range s.Cases {
			if c := &s.Cases[i]; c.chosen == "" && !yield(c.Input, nil) {
				return
			}
		}
	}
}

// Unknown returns the references of the vacancies that cases name and that are
// not among those given, each with how many cases name it.
func (s *Suite) Unknown(vacancies []*eligibility.Vacancy) map[string]int {
	known := byReference(vacancies)
	out := make(map[string]int)
	for i := range s.Cases {
		if v := s.Cases[i].Input.Vacancy; v.Inline == nil && known[v.Reference] == nil {
			out[v.Reference]++
		}
	}
	return out
}

// place names a case in its file.
func (c *Case) place() string { return fmt.Sprintf("%s:%d", c.File, c.Line) }
