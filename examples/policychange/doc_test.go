package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const docFile = "doc/testing.md"

var word = regexp.MustCompile(`"[^"]*"|\S+`)

// The commands that doc/testing.md gives print what it says.
func TestCommandsOfTheDocs(t *testing.T) {
	t.Chdir("../..")
	data, err := os.ReadFile(docFile)
	require.NoError(t, err)
	lines := strings.Split(string(data), "\n")
	commands := 0
	for i, line := range lines {
		rest, ok := strings.CutPrefix(line, "    go run ./examples/policychange")
		if !ok {
			continue
		}
		commands++
		t.Run(strings.TrimSpace(line), func(t *testing.T) {
			args := word.FindAllString(rest, -1)
			for j := range args {
				args[j] = strings.Trim(args[j], `"`)
			}
			var stdout bytes.Buffer
			require.NotEqual(t, usage, run(t.Context(), args, strings.NewReader(""), &stdout, io.Discard))
			said, block := blockAfter(lines[i+1:])
			var got []string
			for l := range strings.Lines(strings.TrimRight(stdout.String(), "\n")) {
				got = append(got, strings.TrimRight("    "+l, " \n"))
			}
			switch {
			case strings.HasSuffix(said, "begins with"):
				require.GreaterOrEqual(t, len(got), len(block))
				require.Equal(t, block, got[:len(block)])
			default:
				require.Regexp(t, "prints$", said)
				require.Equal(t, block, got)
			}
		})
	}
	require.Equal(t, 10, commands)
}

// blockAfter returns the text up to the next indented block, and the block.
func blockAfter(lines []string) (said string, block []string) {
	for i, line := range lines {
		if strings.HasPrefix(line, "    ") {
			for _, l := range lines[i:] {
				if l != "" && !strings.HasPrefix(l, "    ") {
					break
				}
				block = append(block, l)
			}
			break
		}
		if line != "" {
			said = line
		}
	}
	for len(block) > 0 && block[len(block)-1] == "" {
		block = block[:len(block)-1]
	}
	return said, block
}

// The suite that doc/testing.md shows is one.
func TestSuiteOfTheDocs(t *testing.T) {
	t.Chdir("../..")
	data, err := os.ReadFile(docFile)
	require.NoError(t, err)
	_, rest, _ := strings.Cut(string(data), "```yaml\n")
	text, _, _ := strings.Cut(rest, "```")
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "observer.yaml"), []byte(text), 0o600))
	var stdout, stderr bytes.Buffer
	args := []string{"cases", "-policy", "doc/example/policy.yaml", "-vacancy-file", "doc/example/vacancy.yaml", "-suite", folder}
	require.Equal(t, done, run(t.Context(), args, nil, &stdout, &stderr), "%s%s", &stdout, &stderr)
	require.Equal(t, "2 cases, 0 failed\n", stdout.String())
}
