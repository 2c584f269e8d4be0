package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/internal/golden"
)

func TestTranscripts(t *testing.T) {
	golden.Transcripts(t, run, func(t *testing.T, stdout string) { require.NotContains(t, stdout, "\x1b") })
}
