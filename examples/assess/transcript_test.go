package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write what the program prints into testdata")

// transcript is a run of the program in the txtar format: what it is about,
// args with one argument a line, files, and what the run comes to.
type transcript struct {
	about string
	files []transcriptFile
}

type transcriptFile struct{ name, text string }

var fileMarker = regexp.MustCompile(`(?m)^-- (\S+) --\n`)

func readTranscript(t *testing.T, path string) *transcript {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	text := string(data)
	marks := fileMarker.FindAllStringSubmatchIndex(text, -1)
	require.NotEmpty(t, marks, path)
	s := &transcript{about: text[:marks[0][0]]}
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		s.files = append(s.files, transcriptFile{text[m[2]:m[3]], text[m[1]:end]})
	}
	return s
}

func (s *transcript) get(name string) string {
	for _, f := range s.files {
		if f.name == name {
			return f.text
		}
	}
	return ""
}

func (s *transcript) set(name, text string) {
	i := slices.IndexFunc(s.files, func(f transcriptFile) bool { return f.name == name })
	if i < 0 {
		s.files = append(s.files, transcriptFile{name, text})
		return
	}
	s.files[i].text = text
}

func (s *transcript) format() string {
	var b strings.Builder
	b.WriteString(s.about)
	for _, f := range s.files {
		fmt.Fprintf(&b, "-- %s --\n%s", f.name, f.text)
	}
	return b.String()
}

// Hashes change with every edit of a policy or table and say nothing here.
var hash = regexp.MustCompile(`[0-9a-f]{64}|nqf-[0-9a-f]{12}`)

func TestTranscripts(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			path, err := filepath.Abs(path)
			require.NoError(t, err)
			s := readTranscript(t, path)
			require.NotEmpty(t, s.about, "say what it is about")
			t.Chdir(t.TempDir())
			for _, f := range s.files {
				require.NoError(t, os.WriteFile(f.name, []byte(f.text), 0o600))
			}
			var args []string
			if text := strings.TrimSuffix(s.get("args"), "\n"); text != "" {
				args = strings.Split(text, "\n")
			}
			var stdout, stderr bytes.Buffer
			status := run(t.Context(), args, &stdout, &stderr)
			got := map[string]string{
				"stdout": hash.ReplaceAllString(stdout.String(), "HASH"),
				"stderr": hash.ReplaceAllString(stderr.String(), "HASH"),
				"status": strconv.Itoa(status) + "\n",
			}
			for _, name := range []string{"stdout", "stderr", "status"} {
				if *update {
					s.set(name, got[name])
				} else {
					require.Equal(t, s.get(name), got[name], name)
				}
			}
			if *update {
				require.NoError(t, os.WriteFile(path, []byte(s.format()), 0o600))
			}
			requireReadable(t, stdout.String())
		})
	}
}

// requireReadable holds text to the width of a terminal, and free of colour
// where it is not one.
func requireReadable(t *testing.T, text string) {
	require.NotContains(t, text, "\x1b")
	if strings.HasPrefix(text, "{") {
		return
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		require.LessOrEqual(t, utf8.RuneCountInString(line), columns, line)
		require.Equal(t, strings.TrimRight(line, " "), line)
	}
}
