package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The commands of doc/audit.md run as they are written, one after the other,
// and the first prints what it says.
func TestCommandsOfTheDocs(t *testing.T) {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(root, "doc", "audit.md"))
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	require.NoError(t, os.CopyFS("doc/example", os.DirFS(filepath.Join(root, "doc", "example"))))
	var printed []string
	for line := range strings.Lines(string(text)) {
		args, ok := strings.CutPrefix(line, "    go run ./examples/audit ")
		if !ok {
			continue
		}
		if strings.Contains(args, "-resume") {
			// As if the run before had been killed.
			receipts, err := os.ReadFile("receipts.jsonl")
			require.NoError(t, err)
			require.NoError(t, os.WriteFile("receipts.jsonl", receipts[:len(receipts)*2/3], 0o600))
		}
		var stdout, stderr bytes.Buffer
		require.Equal(t, done, run(t.Context(), strings.Fields(args), nil, &stdout, &stderr), line+stderr.String())
		printed = append(printed, stderr.String())
	}
	require.Len(t, printed, 8)
	var block strings.Builder
	for line := range strings.Lines(printed[0]) {
		block.WriteString(strings.TrimRight("    "+line, " \n") + "\n")
	}
	require.Contains(t, string(text), block.String())

	require.Contains(t, printed[1], "           4 cases\n           2 eligible\n           1 ineligible\n           1 undetermined\n")

	worse, err := os.ReadFile("worse.jsonl")
	require.NoError(t, err)
	require.Contains(t, string(worse), `"case":"bert","than":"anna","others":3,`)
	require.Contains(t, string(worse), `"case":"dora","than":"franz","others":1,`)
	receipts, err := os.ReadFile("receipts.jsonl")
	require.NoError(t, err)
	var whole bytes.Buffer
	require.Equal(t, done, run(t.Context(), []string{"doc/example/selection.jsonl"}, nil, &whole, io.Discard))
	require.Equal(t, whole.String(), string(receipts))
	require.Contains(t, printed[7], "           6 as they were\n           0 different\n")
}
