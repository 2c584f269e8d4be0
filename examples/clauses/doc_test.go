package main

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The commands of doc/clauses.md print what it says.
func TestCommandsOfTheDocs(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile("doc/clauses.md")
	require.NoError(t, err)
	doc := string(text)
	commands := 0
	for doc != "" {
		before, after, found := strings.Cut(doc, "    go run ./examples/clauses ")
		if !found {
			break
		}
		commands++
		var args string
		args, doc, _ = strings.Cut(after, "\n")
		var stdout bytes.Buffer
		require.NotEqual(t, usage, run(strings.Fields(args), strings.NewReader(""), &stdout, io.Discard), args)
		var printed strings.Builder
		for line := range strings.Lines(stdout.String()) {
			printed.WriteString("    " + line)
		}
		block := strings.TrimPrefix(doc, "\n")
		block = block[:strings.Index(block, "\n\n")+1]
		require.NotEmpty(t, block, args)
		if strings.HasSuffix(before, "begins with:\n\n") {
			require.True(t, strings.HasPrefix(printed.String(), block), args)
		} else {
			require.True(t, strings.HasSuffix(before, "prints:\n\n"), args)
			require.Equal(t, block, printed.String(), args)
		}
	}
	require.Equal(t, 5, commands)
}

// The clause that doc/clauses.md shows is one of the example.
func TestAccountOfTheDocs(t *testing.T) {
	doc, err := os.ReadFile("../../doc/clauses.md")
	require.NoError(t, err)
	account, err := os.ReadFile("../../doc/example/account.yaml")
	require.NoError(t, err)
	_, after, found := strings.Cut(string(doc), "```yaml\n")
	require.True(t, found)
	shown, _, found := strings.Cut(after, "```")
	require.True(t, found)
	require.Contains(t, string(account), shown)
	require.NotContains(t, string(account), "#")
}
