// Package golden compares what tests get with what their files say, and with
// the switch -update writes the files anew.
//
// A file is an archive in the txtar format: a text that says what it is about,
// and texts that belong together, each after a line "-- name --".
package golden

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/internal/update"
)

// Archive is an archive under test.
type Archive struct {
	Names []string // in the order of the file
	path  string
	about string
	texts map[string]string
}

var marker = regexp.MustCompile(`(?m)^-- (\S+) --\n`)

// Read reads an archive.
func Read(t testing.TB, path string) *Archive {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	text := string(data)
	marks := marker.FindAllStringSubmatchIndex(text, -1)
	require.NotEmpty(t, marks, path)
	a := &Archive{path: path, about: text[:marks[0][0]], texts: make(map[string]string)}
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		name := text[m[2]:m[3]]
		require.NotContains(t, a.texts, name, path)
		a.Names = append(a.Names, name)
		a.texts[name] = text[m[1]:end]
	}
	return a
}

// Files returns the paths that match a pattern, of which there must be some.
func Files(t testing.TB, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	require.NoError(t, err)
	require.NotEmpty(t, paths, pattern)
	return paths
}

// Text returns the text of a name, "" if there is none.
func (a *Archive) Text(name string) string { return a.texts[name] }

// Check compares the text of a name with what was got. A new name is put after
// the one that it continues: of which it has the beginning.
func (a *Archive) Check(t testing.TB, name, got string) {
	t.Helper()
	if !update.Wanted() {
		require.Equal(t, a.texts[name], got, "%s: %s", a.path, name)
		return
	}
	if _, known := a.texts[name]; !known {
		at := slices.Index(a.Names, strings.TrimSuffix(name, filepath.Ext(name))) + 1
		if at == 0 {
			at = len(a.Names)
		}
		a.Names = slices.Insert(a.Names, at, name)
	}
	a.texts[name] = got
}

// Save writes the archive back where golden files are updated.
func (a *Archive) Save(t testing.TB) {
	t.Helper()
	if !update.Wanted() {
		return
	}
	var b strings.Builder
	b.WriteString(a.about)
	for _, n := range a.Names {
		fmt.Fprintf(&b, "-- %s --\n%s", n, a.texts[n])
	}
	require.NoError(t, os.WriteFile(a.path, []byte(b.String()), 0o644))
}

// Program is a program's main function without the process around it.
type Program func(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (status int)

// hash matches what changes with every edit of a policy or table.
var hash = regexp.MustCompile(`[0-9a-f]{64}|nqf-[0-9a-f]{12}`)

// Transcripts runs a program for every archive of testdata, in a folder that
// holds its files: with the arguments in "args", one a line, and the input in
// "stdin". Its output must be that of "stdout", "stderr" and "status"; look is
// shown the standard output.
func Transcripts(t *testing.T, run Program, look func(t *testing.T, stdout string)) {
	for _, path := range Files(t, "testdata/*.txtar") {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			path, err := filepath.Abs(path)
			require.NoError(t, err)
			a := Read(t, path)
			require.NotEmpty(t, a.about, "say what it is about")
			t.Chdir(t.TempDir())
			for name, text := range a.texts {
				require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o700))
				require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
			}
			var args []string
			if text := strings.TrimSuffix(a.Text("args"), "\n"); text != "" {
				args = strings.Split(text, "\n")
			}
			var stdout, stderr bytes.Buffer
			status := run(t.Context(), args, strings.NewReader(a.Text("stdin")), &stdout, &stderr)
			a.Check(t, "stdout", hash.ReplaceAllString(stdout.String(), "HASH"))
			a.Check(t, "stderr", hash.ReplaceAllString(stderr.String(), "HASH"))
			a.Check(t, "status", strconv.Itoa(status)+"\n")
			a.Save(t)
			look(t, stdout.String())
		})
	}
}

// File compares a file with what was got, and writes it where golden files are
// updated.
func File(t testing.TB, path, got string) {
	t.Helper()
	if update.Wanted() {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(data), got, path)
}
