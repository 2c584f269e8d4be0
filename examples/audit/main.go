// Audit assesses many cases.
//
// Usage:
//
//	go run ./examples/audit [-missions FILE] [-policy FILE]... [-explain] FILE|-
//
// It reads cases as JSON lines and writes one assessment a line, in the order
// of the input and in constant memory. A line that cannot be assessed gives
// {"case": ..., "error": ...}, and the run goes on. At the end it writes a
// summary to standard error.
//
// Missions from -missions serve the cases that list none. A policy from
// -policy takes the place of the shipped one of its name. Without -explain a
// finding has its id, its status, its day and its children.
//
// The exit status is 0 if every line was assessed, 1 if some input could not
// be read, and 2 for wrong usage or a broken policy.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/audit"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

const (
	done       = 0
	unreadable = 1
	usage      = 2
)

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("audit", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	fail := func(status int, err error) int {
		fmt.Fprintf(stderr, "audit: %v\n", err)
		return status
	}
	missionsFile := flags.String("missions", "", "missions for the cases that list none, from the JSON `FILE`")
	explain := flags.Bool("explain", false, "write everything that explains a finding")
	var given []*eligibility.Policy
	flags.Func("policy", "a policy from the YAML `FILE` in place of the shipped one of its name", func(path string) error {
		p, err := eligibility.LoadPolicyFile(path)
		if err != nil {
			return err
		}
		given = append(given, p)
		return nil
	})
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintln(stdout, "usage: audit [-missions FILE] [-policy FILE]... [-explain] FILE|-")
		flags.SetOutput(stdout)
		flags.PrintDefaults()
		return done
	case err == nil && flags.NArg() != 1:
		err = errors.New("name one file of cases, or - for standard input")
	}
	if err != nil {
		return fail(usage, fmt.Errorf("%w (audit -h shows the usage)", err))
	}
	catalogue, err := policies.Catalogue(given...)
	if err != nil {
		return fail(usage, err)
	}
	a := &audit.Auditor{Catalogue: catalogue, Explain: *explain}
	if *missionsFile != "" {
		data, err := os.ReadFile(*missionsFile)
		if err != nil {
			return fail(unreadable, err)
		}
		if a.Missions, err = eligibility.DecodeMissions(data); err != nil {
			return fail(unreadable, fmt.Errorf("%s: %w", *missionsFile, err))
		}
	}
	in := stdin
	if name := flags.Arg(0); name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return fail(unreadable, err)
		}
		defer f.Close()
		in = f
	}
	out := bufio.NewWriterSize(stdout, 1<<16)
	var total summary
	for r, failed := range a.Lines(ctx, in) {
		if err = failed; err != nil {
			break
		}
		total.count(r)
		if _, err = out.Write(r.Text); err != nil {
			break
		}
	}
	err = errors.Join(err, out.Flush())
	total.print(stderr)
	switch {
	case err != nil:
		return fail(unreadable, err)
	case total.unreadable > 0:
		return unreadable
	}
	return done
}
