package main

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The commands that doc/policy.md gives for its example print what it says.
func TestExampleOfTheDocs(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile("doc/policy.md")
	require.NoError(t, err)
	doc := string(text)
	var printed []string
	for line := range strings.Lines(doc) {
		args, ok := strings.CutPrefix(line, "    go run ./examples/assess ")
		if !ok {
			continue
		}
		var stdout bytes.Buffer
		require.Equal(t, done, run(t.Context(), strings.Fields(args), &stdout, io.Discard), line)
		printed = append(printed, stdout.String())
	}
	require.Len(t, printed, 2)
	require.Contains(t, printed[0], "no faults")
	var block strings.Builder
	for line := range strings.Lines(printed[1]) {
		block.WriteString(strings.TrimRight("    "+line, " \n") + "\n")
	}
	require.Contains(t, doc, block.String())
}
