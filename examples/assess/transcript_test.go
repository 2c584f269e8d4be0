package main

import (
	"context"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/internal/golden"
)

func TestTranscripts(t *testing.T) {
	golden.Transcripts(t, func(ctx context.Context, args []string, _ io.Reader, stdout, stderr io.Writer) int {
		return run(ctx, args, stdout, stderr)
	}, requireReadable)
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
		require.LessOrEqual(t, utf8.RuneCountInString(line), 100, line)
		require.Equal(t, strings.TrimRight(line, " "), line)
	}
}
