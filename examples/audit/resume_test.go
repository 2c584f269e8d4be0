package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// manyCases is a file of cases, some with a decision on record and some that
// cannot be read, longer than is written at once.
func manyCases(n int) string {
	var b strings.Builder
	for i := range n {
		line := caseLine(i)
		switch i % 7 {
		case 0:
			line = strings.Replace(line, `"application":`, `"recorded":"eligible","application":`, 1)
		case 3:
			line = fmt.Sprintf(`{"id":"c%d","vacancy":"none"}`+"\n", i)
		case 5:
			line = "\n" + strings.Replace(line, `"EE"`, `"US"`, 1)
		}
		b.WriteString(line)
	}
	return b.String()
}

// undisturbed is what a run writes that nobody stops.
type undisturbed struct{ out, summary, stderr string }

func runUndisturbed(t *testing.T, in string, options ...string) undisturbed {
	t.Helper()
	var stdout, stderr bytes.Buffer
	summary := filepath.Join(t.TempDir(), "summary.json")
	require.Equal(t, unreadable, run(t.Context(), append(options, "-summary", summary, "-"), strings.NewReader(in), &stdout, &stderr))
	text, err := os.ReadFile(summary)
	require.NoError(t, err)
	return undisturbed{stdout.String(), string(text), stderr.String()}
}

// A run that was killed is gone on with as if it had not been.
func TestKilledAndResumed(t *testing.T) {
	dir := t.TempDir()
	binary := filepath.Join(dir, "audit")
	built, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput()
	require.NoError(t, err, string(built))
	in := manyCases(900)
	want := runUndisturbed(t, in, "-clauses")
	out, summary := filepath.Join(dir, "out.jsonl"), filepath.Join(dir, "summary.json")

	killed := exec.Command(binary, "-out", out, "-clauses", "-summary", summary, "-")
	stdin, err := killed.StdinPipe()
	require.NoError(t, err)
	require.NoError(t, killed.Start())
	go func() { _, _ = io.WriteString(stdin, in[:len(in)*3/4]) }() // and it goes on waiting
	written := func() []byte {
		text, err := os.ReadFile(out)
		if err != nil {
			return nil
		}
		return text
	}
	require.Eventually(t, func() bool { return len(written()) > 2<<16 }, 30*time.Second, time.Millisecond)
	require.NoError(t, killed.Process.Kill())
	require.Error(t, killed.Wait())
	require.NoFileExists(t, summary)
	half := written()
	require.True(t, strings.HasPrefix(want.out, string(half)))
	require.Less(t, len(half), len(want.out))

	cut := len(half) - len("half a line")
	for _, size := range []int{len(half), cut, bytes.IndexByte(half, '\n') + 1, 17, 0} {
		require.NoError(t, os.WriteFile(out, half[:size], 0o600))
		again := exec.Command(binary, "-out", out, "-resume", "-clauses", "-summary", summary, "-")
		again.Stdin = strings.NewReader(in)
		var stderr strings.Builder
		again.Stderr = &stderr
		require.Error(t, again.Run())
		require.Equal(t, unreadable, again.ProcessState.ExitCode(), stderr.String())
		require.Equal(t, want.out, string(written()))
		require.Equal(t, want.stderr, stderr.String())
		text, err := os.ReadFile(summary)
		require.NoError(t, err)
		require.Equal(t, want.summary, string(text))
	}
}

func TestResumingIsRefused(t *testing.T) {
	in := manyCases(40)
	want := runUndisturbed(t, in)
	lines := strings.SplitAfter(want.out, "\n")
	out := filepath.Join(t.TempDir(), "out.jsonl")
	resume := func(have, in string, options ...string) (int, string) {
		require.NoError(t, os.WriteFile(out, []byte(have), 0o600))
		var stderr strings.Builder
		status := run(t.Context(), append(options, "-out", out, "-"), strings.NewReader(in), io.Discard, &stderr)
		return status, stderr.String()
	}
	status, message := resume(lines[0], in)
	require.Equal(t, unreadable, status)
	require.Contains(t, message, "is there already: remove it, or go on with it by -resume")

	for _, test := range []struct{ have, in, fault string }{
		{lines[1] + lines[0], in, "the answer to line 1 that is there already is not of this input, policy"},
		{lines[0], strings.Replace(in, `"EE"`, `"FI"`, 1), "the answer to line 1 that is there already is not of this input, policy"},
		{strings.Replace(lines[0], "c0", "c9", 1), in, "the answer to line 1 that is there already is not of this case"},
		{lines[0] + lines[1] + lines[2] + lines[4], in, "the answer to line 4 that is there already is not what is found now"},
		{"[]\n", in, "is not an assessment"},
		{`{"precious":"and without a line end"}`, in, "is not an assessment"},
		{strings.Replace(lines[0], `"verdict":"`, `"verdict":"in`, 1), in, "the answer to line 1 that is there already is not"},
		{strings.Replace(lines[0], `"status":"met"`, `"status":"unmet"`, 1), in, "the answer to line 1 that is there already is not what is found now"},
		{want.out, in[:strings.Index(in, `{"id":"c22"`)], "more answers than lines"},
	} {
		status, message = resume(test.have, test.in, "-resume")
		require.Equal(t, unreadable, status)
		require.Contains(t, message, test.fault)
		text, err := os.ReadFile(out)
		require.NoError(t, err)
		require.Equal(t, test.have, string(text))
	}
	// Other options are named, and nothing is counted of what cannot be gone on with.
	for _, option := range []string{"-explain", "-readings"} {
		_, message = resume(lines[0], in, "-resume", option)
		require.Regexp(t, "^audit: the answer to line 1 that is there already was written without [a-z]+ \\("+option+
			"\\), and this run is with them: give the options of the run that broke off, or start anew\n$", message)
		_, message = resume(strings.SplitAfter(runUndisturbed(t, in, option).out, "\n")[0], in, "-resume")
		require.Contains(t, message, "was written with ")
		require.Contains(t, message, "("+option+"), and this run is without: ")
		require.NotContains(t, message, "cases")
	}

	// What is there is enough for the summary.
	status, message = resume(want.out, in, "-resume")
	require.Equal(t, unreadable, status)
	require.Equal(t, want.stderr, message)
}
