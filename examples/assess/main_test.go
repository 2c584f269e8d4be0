package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestUnknownStageIsWrongUsage(t *testing.T) {
	var stderr bytes.Buffer
	status := run(t.Context(), []string{"-stage", "interview"}, io.Discard, &stderr)
	require.Contains(t, stderr.String(), `"interview" is not a stage: use one of application, selection, deployment`)
	require.Equal(t, usage, status)
}

func TestWrongReadingIsReportedOnce(t *testing.T) {
	var stderr bytes.Buffer
	require.Equal(t, usage, run(t.Context(), []string{"-reading", "cycleSlip"}, io.Discard, &stderr))
	require.Equal(t, 1, strings.Count(stderr.String(), "write it as ID=OPTION"))
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr bytes.Buffer
	require.Equal(t, unreadable, run(ctx, nil, &stdout, &stderr))
	require.Empty(t, stdout.String())
	require.Contains(t, stderr.String(), context.Canceled.Error())
}

func TestPage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.html")
	var stdout, stderr bytes.Buffer
	require.Equal(t, done, run(t.Context(), []string{"-html", path, "-language", "fr"}, &stdout, &stderr))
	require.Empty(t, stdout.String())
	require.Equal(t, "assess: the page is in "+path+"\n", stderr.String())
	page, err := os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(page, []byte("<!doctype html>\n<html lang=\"fr\">")))
	require.Equal(t, unreadable, run(t.Context(), []string{"-html", filepath.Dir(path)}, &stdout, &stderr))
	require.Equal(t, usage, run(t.Context(), []string{"-html", path, "-json"}, &stdout, &stderr))
}

func TestCheckExplainsNothing(t *testing.T) {
	for _, flag := range []string{"-json", "-ledger", "-readings", "-timeline", "-nearest", "-html=page.html", "-stage=selection"} {
		var stdout, stderr bytes.Buffer
		require.Equal(t, usage, run(t.Context(), []string{"-check", "-vacancy", "EK 60271", flag}, &stdout, &stderr), flag)
		require.Contains(t, stderr.String(), "-check goes with -policy and -vacancy only", flag)
		require.Empty(t, stdout.String(), flag)
	}
}

type fails struct{}

func (fails) Write([]byte) (int, error) { return 0, errors.New("closed") }

func TestOutputThatCannotBeWritten(t *testing.T) {
	for _, args := range [][]string{nil, {"-json"}} {
		var stderr bytes.Buffer
		require.Equal(t, unreadable, run(t.Context(), args, fails{}, &stderr))
		require.Equal(t, "assess: closed\n", stderr.String())
	}
}

// A file is no terminal, so that what is redirected stays free of colour.
func TestNoColourInAFile(t *testing.T) {
	t.Setenv("TERM", "xterm-256color")
	file, err := os.CreateTemp(t.TempDir(), "")
	require.NoError(t, err)
	defer file.Close()
	require.Equal(t, done, run(t.Context(), nil, file, io.Discard))
	text, err := os.ReadFile(file.Name())
	require.NoError(t, err)
	require.NotEmpty(t, text)
	requireReadable(t, string(text))
}

// On a terminal words are in colour, unless it cannot show it or the user does
// not want it.
func TestColourIsForTerminals(t *testing.T) {
	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("there are no terminals here")
	}
	defer terminal.Close()
	null, err := os.Open(os.DevNull)
	require.NoError(t, err)
	defer null.Close()
	for _, c := range []struct {
		out           io.Writer
		noColour, env string
		want          bool
	}{
		{terminal, "", "xterm", true},
		{terminal, "1", "xterm", false},
		{terminal, "0", "xterm", false},
		{terminal, "", "dumb", false},
		{null, "", "xterm", false},
		{new(bytes.Buffer), "", "xterm", false},
	} {
		t.Setenv("NO_COLOR", c.noColour)
		t.Setenv("TERM", c.env)
		require.Equal(t, c.want, wantsColour(c.out), c)
	}
}
