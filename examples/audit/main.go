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
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/go-json-experiment/json"

	"github.com/qualify-rules/qualify/eligibility"
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
	a := &auditor{catalogue: catalogue, out: bufio.NewWriterSize(stdout, 1<<16)}
	if !*explain {
		a.options = append(a.options, eligibility.Outline())
	}
	if *missionsFile != "" {
		data, err := os.ReadFile(*missionsFile)
		if err != nil {
			return fail(unreadable, err)
		}
		if a.missions, err = eligibility.DecodeMissions(data); err != nil {
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
	err = a.all(ctx, in)
	err = errors.Join(err, a.out.Flush())
	a.summary.print(stderr)
	switch {
	case err != nil:
		return fail(unreadable, err)
	case a.summary.unreadable > 0:
		return unreadable
	}
	return done
}

// auditor assesses a stream of cases.
type auditor struct {
	catalogue *eligibility.Catalogue
	missions  []eligibility.Mission
	options   []eligibility.AssessOption
	out       *bufio.Writer
	summary   summary
}

// all assesses every line. It does not wait for input that does not come when
// the context ends.
func (a *auditor) all(ctx context.Context, in io.Reader) error {
	lines := make(chan inputLine)
	go read(ctx, in, lines)
	for number := 1; ; number++ {
		var l inputLine
		var more bool
		select {
		case <-ctx.Done():
			return fmt.Errorf("stopped before line %d: %w", number, context.Cause(ctx))
		case l, more = <-lines:
		}
		switch {
		case !more && ctx.Err() == nil:
			return nil
		case !more:
			return fmt.Errorf("stopped before line %d: %w", number, context.Cause(ctx))
		case l.err != nil:
			return l.err
		case len(bytes.TrimSpace(l.text)) == 0 && !l.tooLong:
			continue
		}
		if err := a.line(ctx, l.text, l.tooLong, number); err != nil {
			return err
		}
	}
}

// inputLine is a line of the input without its end, or the error that ended it.
type inputLine struct {
	text    []byte
	tooLong bool
	err     error
}

// read sends the lines of the input and closes the channel.
func read(ctx context.Context, in io.Reader, lines chan<- inputLine) {
	defer close(lines)
	buffered := bufio.NewReaderSize(in, 1<<16)
	for {
		text, tooLong, err := readLine(buffered)
		l := inputLine{text: text, tooLong: tooLong}
		if err != nil && err != io.EOF {
			l.err = err
		}
		select {
		case lines <- l:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// readLine returns a line without its end. Of one that is longer than a case
// may be it returns the beginning only.
func readLine(r *bufio.Reader) (line []byte, tooLong bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if len(line)+len(part) <= eligibility.MaxCaseBytes {
			line = append(line, part...)
		} else {
			tooLong = true
		}
		if err != bufio.ErrBufferFull {
			return bytes.TrimSuffix(line, []byte("\n")), tooLong, err
		}
	}
}

func (a *auditor) line(ctx context.Context, line []byte, tooLong bool, number int) error {
	var assessment *eligibility.Assessment
	var err error
	if tooLong {
		err = fmt.Errorf("longer than the %d bytes that are read", eligibility.MaxCaseBytes)
	} else {
		assessment, err = a.assess(ctx, line)
	}
	if ctx.Err() != nil {
		return fmt.Errorf("stopped at line %d: %w", number, context.Cause(ctx))
	}
	var text []byte
	if err != nil {
		a.summary.unreadable++
		text, err = json.Marshal(struct {
			Case  string `json:"case"`
			Error string `json:"error"`
		}{caseID(line), fmt.Sprintf("line %d: %v", number, err)}, json.Deterministic(true))
	} else {
		a.summary.count(assessment)
		text, err = json.Marshal(assessment)
	}
	if err != nil {
		return err
	}
	if _, err = a.out.Write(text); err != nil {
		return err
	}
	return a.out.WriteByte('\n')
}

func (a *auditor) assess(ctx context.Context, line []byte) (*eligibility.Assessment, error) {
	c, err := eligibility.DecodeCase(line)
	if err != nil {
		return nil, err
	}
	if len(c.Missions) == 0 {
		c.Missions = a.missions
	}
	return a.catalogue.Assess(ctx, c, a.options...)
}

// caseID finds the id of a case that could not be read, if it has one.
func caseID(line []byte) string {
	var c struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(line, &c) // whatever was read before the fault
	return c.ID
}
