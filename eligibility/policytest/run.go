package policytest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/internal/update"
)

// Run tests a policy with the cases of a folder, each in a subtest of its own.
// A case that does not come to what is expected fails with the rule, its
// reason and its citation. With the switch -update the expectations of such
// cases are written anew instead, which needs the folder to be one of
// [os.DirFS].
func Run(t *testing.T, p *eligibility.Policy, fsys fs.FS, options ...Option) {
	t.Helper()
	s, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	results := s.Check(t.Context(), p, options...)
	if update.Wanted() {
		changed, err := s.Updated(results)
		if err == nil {
			err = write(fsys, changed)
		}
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	if set := settingsOf(options); set.minimum > 0 {
		c, err := Cover(t.Context(), p, s, options...)
		if err != nil {
			t.Fatal(err)
		}
		if !c.OK(set.minimum) {
			var b strings.Builder
			c.Print(&b, false)
			t.Errorf("the cases reach less of the policy than %g %%: %s", set.minimum, b.String())
		}
	}
	for i := range results {
		t.Run(results[i].Case.Name, func(t *testing.T) {
			if !results[i].OK() {
				var b strings.Builder
				results[i].Print(&b)
				t.Error(b.String())
			}
		})
	}
}

// Check assesses every case and compares what it comes to with what is
// expected.
func (s *Suite) Check(ctx context.Context, p *eligibility.Policy, options ...Option) []Result {
	set := settingsOf(options)
	sub := newSubject(p, byReference(set.vacancies))
	out := make([]Result, len(s.Cases))
	for i := range s.Cases {
		r := &out[i]
		r.Case = &s.Cases[i]
		if r.Assessment, r.Err = sub.assess(ctx, r.Case, false); r.Err == nil {
			r.Deviations = r.Case.Expect.deviations(r.Assessment)
		}
	}
	return out
}

// write puts files back into the folder that they were read from.
func write(fsys fs.FS, files map[string][]byte) error {
	folder := reflect.ValueOf(fsys)
	if len(files) > 0 && folder.Kind() != reflect.String { // what os.DirFS returns is the name of the folder
		return errors.New("these cases cannot be written: run them with os.DirFS")
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(folder.String(), filepath.FromSlash(name)), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
