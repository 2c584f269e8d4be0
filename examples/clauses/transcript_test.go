package main

import (
	"context"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/internal/golden"
)

func TestTranscripts(t *testing.T) {
	program := func(_ context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
		return run(args, stdin, stdout, stderr)
	}
	golden.Transcripts(t, program, func(t *testing.T, stdout string) { require.NotContains(t, stdout, "\x1b") })
}
