// Clauses reports how a notice differs from the account of its clauses that
// ships with the library: what is new, gone, changed or moved, and which rules
// rest on it.
//
// Usage:
//
//	go run ./examples/clauses [-notice NAME] NOTICE.txt
//	go run ./examples/clauses -list NOTICE.txt
//
// NOTICE.txt is the text of the notice; - is standard input. Without -notice the
// account is taken of which the text has most. -list prints an account of the
// notice that is to be filled in. How lines are broken, page numbers and the
// headers of pages make no difference; the headers are named first.
//
// The exit status is 0 if the notice is as it was accounted for, 1 if it differs
// or could not be read, and 2 for wrong usage.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/qualify-rules/qualify/eligibility/clauses"
	"github.com/qualify-rules/qualify/eligibility/policies/notices"
)

const (
	asItWas = 0
	differs = 1
	usage   = 2
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	fail := func(status int, err error) int {
		fmt.Fprintf(stderr, "clauses: %v\n", err)
		return status
	}
	flags := flag.NewFlagSet("clauses", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	name := flags.String("notice", "", "the account to compare with, by its `NAME`")
	list := flags.Bool("list", false, "print an account of the notice that is to be filled in")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintln(stdout, "usage: clauses [-notice NAME] NOTICE.txt")
		fmt.Fprintln(stdout, "       clauses -list NOTICE.txt")
		flags.SetOutput(stdout)
		flags.PrintDefaults()
		return asItWas
	case err != nil:
		return fail(usage, fmt.Errorf("%w (clauses -h shows the usage)", err))
	case flags.NArg() != 1:
		return fail(usage, errors.New("name the file of one notice (clauses -h shows the usage)"))
	case *list && *name != "":
		return fail(usage, errors.New("-list compares with no account: leave -notice out"))
	}
	text, err := read(flags.Arg(0), stdin)
	if err != nil {
		return fail(differs, err)
	}
	if *list {
		return printList(stdout, text)
	}
	notice, err := choose(*name, text)
	if err != nil {
		return fail(usage, err)
	}
	differences := clauses.Compare(notice.Clauses(), text)
	for _, h := range clauses.Headers(notice.Clauses(), text) {
		fmt.Fprintf(stdout, "left out as the header of %d pages: %s\n", h.Times, h.Text)
	}
	report(stdout, notice, differences)
	if len(differences) > 0 {
		return differs
	}
	return asItWas
}

func read(name string, stdin io.Reader) (string, error) {
	if name == "-" {
		text, err := io.ReadAll(stdin)
		return string(text), err
	}
	text, err := os.ReadFile(name)
	return string(text), err
}

func choose(name, text string) (*notices.Notice, error) {
	if name != "" {
		return notices.ByName(name)
	}
	notice, err := notices.Likest(text)
	if err == nil && notice == nil {
		err = errors.New("the text has no clause of any notice that is accounted for: choose one with -notice")
	}
	return notice, err
}

func printList(w io.Writer, text string) int {
	for i, c := range clauses.List(text) {
		c.At, c.Says = fmt.Sprintf("sentence %d", i+1), "?"
		out, err := yaml.Marshal([]clauses.Clause{c})
		if err != nil {
			return differs
		}
		fmt.Fprint(w, string(out))
	}
	return asItWas
}

func report(w io.Writer, notice *notices.Notice, differences []clauses.Difference) {
	count := make(map[clauses.Kind]int)
	for _, d := range differences {
		count[d.Kind]++
		if d.Clause == nil {
			place := "at the beginning"
			if d.After != nil {
				place = "after " + d.After.At
			}
			fmt.Fprintf(w, "%-8s %s\n", d.Kind, place)
		} else {
			fmt.Fprintf(w, "%-8s %s: %s\n", d.Kind, d.Clause.At, d.Clause.Says)
			fmt.Fprintf(w, "         %s\n", bound(d.Clause))
		}
		if d.Text != "" && d.Kind != clauses.Moved {
			fmt.Fprintf(w, "         now: %s\n", d.Text)
		}
		if d.Kind == clauses.Moved && d.After != nil {
			fmt.Fprintf(w, "         its place was after %s\n", d.After.At)
		}
	}
	if len(differences) == 0 {
		fmt.Fprintf(w, "%s: every clause is as it was accounted for\n", notice.Name)
		return
	}
	fmt.Fprintf(w, "%s: %d new, %d gone, %d changed, %d moved\n", notice.Name,
		count[clauses.New], count[clauses.Gone], count[clauses.Changed], count[clauses.Moved])
}

func bound(c *clauses.Clause) string {
	if c.None != "" {
		return "no legal effect: " + c.None
	}
	return "bound to " + strings.Join(c.Bound(), ", ")
}
