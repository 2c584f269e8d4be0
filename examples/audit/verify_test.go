package main

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestVerify(t *testing.T) {
	t.Chdir(t.TempDir())
	in := manyCases(20)
	var receipts bytes.Buffer
	require.Equal(t, unreadable, run(t.Context(), []string{"-explain", "-"}, strings.NewReader(in), &receipts, io.Discard))
	verify := func(receipts string, options ...string) (status int, stdout, stderr string) {
		require.NoError(t, os.WriteFile("receipts.jsonl", []byte(receipts), 0o600))
		var out, err bytes.Buffer
		status = run(t.Context(), append(options, "-verify", "receipts.jsonl", "-"), strings.NewReader(in), &out, &err)
		return status, out.String(), err.String()
	}
	status, stdout, stderr := verify(receipts.String())
	require.Equal(t, done, status, stdout)
	require.Empty(t, stdout)
	require.Equal(t, "          20 as they were\n           0 different\n", stderr)

	var sensitive bytes.Buffer
	require.Equal(t, unreadable, run(t.Context(), []string{"-readings", "-"}, strings.NewReader(in), &sensitive, io.Discard))
	status, stdout, stderr = verify(sensitive.String())
	require.Equal(t, done, status, stdout+stderr)

	status, stdout, stderr = verify(strings.Replace(receipts.String(), `"verdict":"ineligible"`, `"verdict":"eligible"`, 1))
	require.Equal(t, unreadable, status)
	require.Equal(t, `{"case":"c0","line":1,"receipt":1,"differences":[{"at":"/verdict","was":"\"eligible\"","is":"\"ineligible\"",`+
		`"cause":"altered","how":"the receipt's own pins give another value"}]}`+"\n", stdout)
	require.Equal(t, "          19 as they were\n           1 different\n                 1 altered: not what their own pins give\n", stderr)

	for _, options := range [][]string{{"-out", "x"}, {"-explain"}, {"-clauses"}, {"-summary", "x"}} {
		status, _, stderr = verify("", options...)
		require.Equal(t, usage, status, options)
		require.Contains(t, stderr, "give it -missions, -policy, -vacancy-file and -earlier only")
	}
	status = run(t.Context(), []string{"-verify", "none.jsonl", "-"}, strings.NewReader(in), io.Discard, io.Discard)
	require.Equal(t, unreadable, status)
}

// Options that mean nothing alone are not passed over.
func TestOptionsThatBelongTogether(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("p.yaml", []byte("policy: p\nversion: \"1\"\nrules: [{id: open, expression: \"true\"}]\n"), 0o600))
	for _, name := range []string{"v.yaml", "w.yaml"} {
		require.NoError(t, os.WriteFile(name, []byte("vacancy: V 1\npolicy: csdp\nmission: EULEX Kosovo\nregimes: [seconded]\ncloses: 2026-01-31\n"), 0o600))
	}
	for _, test := range []struct {
		args  []string
		fault string
	}{
		{[]string{"-resume", "-"}, "-resume goes on with the file that -out names"},
		{[]string{"-earlier", "p.yaml", "-"}, "-earlier is for replaying receipts"},
		{[]string{"-out", "-", "-"}, "-out - names no file: - is standard input"},
		{[]string{"-disagreements", "-", "in.jsonl"}, "-disagreements - names no file"},
		{[]string{"-vacancy-file", "v.yaml", "-vacancy-file", "w.yaml", "-"}, "v.yaml and w.yaml are both vacancy V 1: leave one out, or give each its own reference"},
		{[]string{"-vacancy-file", "none.yaml", "-"}, "none.yaml"},
	} {
		var stderr strings.Builder
		require.Equal(t, usage, run(t.Context(), test.args, strings.NewReader(""), io.Discard, &stderr))
		require.Contains(t, stderr.String(), test.fault)
	}
}

// Files that cannot be written are an error, and not a summary that is lost.
func TestFilesThatCannotBeWritten(t *testing.T) {
	for _, option := range []string{"-summary", "-out", "-disagreements", "-equal-treatment"} {
		var stderr strings.Builder
		require.Equal(t, unreadable, run(t.Context(), []string{option, "no/such/folder/x", "-"}, strings.NewReader(caseLine(1)), io.Discard, &stderr), option)
		require.Contains(t, stderr.String(), "no/such/folder/x", option)
	}
}

// No file is written over that is read, or that is written as another one.
func TestFilesThatAreTheSame(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("in.jsonl", []byte(caseLine(1)), 0o600))
	require.NoError(t, os.Symlink("in.jsonl", "link"))
	for _, args := range [][]string{
		{"-disagreements", "in.jsonl", "in.jsonl"},
		{"-summary", "./link", "in.jsonl"},
		{"-out", "in.jsonl", "-resume", "link"},
		{"-equal-treatment", "in.jsonl", "-missions", "in.jsonl", "-"},
		{"-out", "p", "-disagreements", "./p", "in.jsonl"},
		{"-summary", "p", "-equal-treatment", "p", "in.jsonl"},
	} {
		var stderr strings.Builder
		require.Equal(t, usage, run(t.Context(), args, strings.NewReader(""), io.Discard, &stderr), args)
		require.Contains(t, stderr.String(), "are the same file", args)
		text, err := os.ReadFile("in.jsonl")
		require.NoError(t, err)
		require.Equal(t, caseLine(1), string(text))
		require.NoFileExists(t, "p")
	}
	in, err := os.Open("in.jsonl")
	require.NoError(t, err)
	defer in.Close()
	require.Equal(t, usage, run(t.Context(), []string{"-summary", "in.jsonl", "-"}, in, io.Discard, io.Discard))
	out, err := os.Create("out.jsonl")
	require.NoError(t, err)
	defer out.Close()
	require.Equal(t, done, run(t.Context(), []string{"-"}, in, out, io.Discard))
}
