// Policychange tests a change of a policy before it is published.
//
// Usage:
//
//	go run ./examples/policychange [COMMAND] [FLAGS]
//
// Without a command it shows the shipped example of a change: of the applicants
// of sample/pool.jsonl, who changes sides from the Mission Security Officer of
// the earlier notice, CSDP MSO, to that of the EULEX 3-2025 Call, EK 60271.
//
// The commands are
//
//	cases       whether the cases of a suite come out as they should
//	coverage    what of the policy the cases reach
//	mutants     which errors in the policy the cases would not notice
//	boundary    people on each side of every threshold, as cases
//	difference  who changes sides from one policy, vacancy or reading to another
//	monotone    whether more never hurts, or never helps, as the policy declares
//
// and "policychange COMMAND -h" shows the flags of one. doc/testing.md explains
// them all.
//
// The exit status is 0 if all is well, 1 if a case fails, an error would not be
// noticed, too little is covered, a declaration does not hold, or some input
// could not be read, and 2 for wrong usage or a broken policy.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

const (
	done  = 0
	found = 1 // or could not read
	usage = 2
)

// command is one of the commands of the program.
type command struct {
	name  string
	about string
	setUp func(flags *flag.FlagSet) func(*job) error
}

var commands = []command{
	{"cases", "whether the cases of a suite come out as they should", casesCommand},
	{"coverage", "what of the policy the cases reach", coverageCommand},
	{"mutants", "which errors in the policy the cases would not notice", mutantsCommand},
	{"boundary", "people on each side of every threshold, as cases", boundaryCommand},
	{"difference", "who changes sides from one policy, vacancy or reading to another", differenceCommand},
	{"monotone", "whether more never hurts, or never helps, as the policy declares", monotoneCommand},
}

// job is one run of a command.
type job struct {
	ctx            context.Context
	args           []string // after the flags
	stdin          io.Reader
	stdout, stderr io.Writer
}

// errFound ends a command that found what should not be, and has said so.
var errFound = errors.New("found")

// unreadableError is an error of input that is no policy.
type unreadableError struct{ error }

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	name := "difference"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, args = args[0], args[1:]
	} else if len(args) > 0 && slices.Contains([]string{"-h", "-help", "--help"}, args[0]) {
		help(stdout)
		return done
	}
	fail := func(status int, err error) int {
		fmt.Fprintf(stderr, "policychange: %v\n", err)
		return status
	}
	i := slices.IndexFunc(commands, func(c command) bool { return c.name == name })
	if i < 0 {
		return fail(usage, fmt.Errorf("there is no command %q (policychange -h shows them)", name))
	}
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	execute := commands[i].setUp(flags)
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(stdout, "usage: policychange %s [FLAGS]%s\n\n%s\n\n", name, argumentsOf(name), commands[i].about)
		flags.SetOutput(stdout)
		flags.PrintDefaults()
		return done
	case err == nil && flags.NArg() > 0 && argumentsOf(name) == "":
		err = fmt.Errorf("%q is one word too many", flags.Arg(0))
		fallthrough
	case err != nil:
		return fail(usage, fmt.Errorf("%w (policychange %s -h shows the usage)", err, name))
	}
	var unreadable unreadableError
	switch err := execute(&job{ctx: ctx, args: flags.Args(), stdin: stdin, stdout: stdout, stderr: stderr}); {
	case err == nil:
		return done
	case errors.Is(err, errFound):
		return found
	case errors.As(err, &unreadable), ctx.Err() != nil:
		return fail(found, err)
	default:
		return fail(usage, err)
	}
}

func argumentsOf(name string) string {
	if name == "difference" {
		return " [FILE|-]"
	}
	return ""
}

func help(w io.Writer) {
	fmt.Fprintln(w, "usage: policychange [COMMAND] [FLAGS]")
	fmt.Fprintln(w)
	for _, c := range commands {
		fmt.Fprintf(w, "  %-12s%s\n", c.name, c.about)
	}
	fmt.Fprintln(w, "\nWithout a command: who changes sides from CSDP MSO to EK 60271, of a sample of applicants.")
	fmt.Fprintln(w, "policychange COMMAND -h shows the flags of a command.")
}
