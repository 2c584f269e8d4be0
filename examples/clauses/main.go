// Clauses reports how a notice differs from the account of its clauses that
// ships with the library: what is new, gone, changed or moved, and which rules
// rest on it.
//
// Usage:
//
//	go run ./examples/clauses [-notice NAME | -account FILE] NOTICE.txt
//	go run ./examples/clauses -next [-notice NAME | -account FILE] NOTICE.txt
//	go run ./examples/clauses -list NOTICE.txt
//	go run ./examples/clauses -check [-notice NAME | -account FILE] [-policy FILE]... [-vacancy-file FILE]...
//
// NOTICE.txt is the text of the notice in UTF-8; - is standard input. Without
// -notice the account is taken of which the text has most; -account reads one
// from a file. How lines are broken makes no difference, nor do the numbers and
// headers of pages, which are named first.
//
// -list prints an account of the notice that is to be filled in, -next one that
// takes over what has not changed. -check looks up whether the rules that an
// account names exist, and whether each rule of its policy and posts comes from a
// clause; -policy and -vacancy-file give rules beside the shipped ones.
// doc/clauses.md shows how an account is written.
//
// The exit status is 0 if the notice is as it was accounted for, the account fits
// the rules, or one was printed; 1 if it differs, does not fit, or could not be
// read; and 2 for wrong usage.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

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
	o, err := parse(args, stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return asItWas
	case err != nil:
		fmt.Fprintf(stderr, "clauses: %v\n", err)
		return usage
	}
	status, err := o.run(stdin, stdout)
	if err != nil {
		fmt.Fprintf(stderr, "clauses: %v\n", err)
	}
	return status
}

func (o *options) run(stdin io.Reader, stdout io.Writer) (int, error) {
	text := ""
	if !o.check {
		var err error
		if text, err = read(o.file, stdin); err != nil {
			return differs, err
		}
	}
	if o.list {
		return written(printAccounts(stdout, []*clauses.Account{{Notice: "?", Policy: "?", Clauses: clauses.List(text)}}))
	}
	notice, err := choose(o.notice, o.account, text)
	if err != nil {
		return usage, err
	}
	switch {
	case o.check:
		catalogue, err := catalogueOf(o.policies, o.vacancies)
		if err != nil {
			return usage, err
		}
		return written(check(stdout, notice, catalogue))
	case o.next:
		return written(printAccounts(stdout, clauses.Carry(notice.Accounts, text)))
	}
	comparison := clauses.Compare(notice.Clauses(), text)
	report(stdout, notice, comparison)
	if len(comparison.Differences) > 0 {
		return differs, nil
	}
	return asItWas, nil
}

func written(err error) (int, error) {
	if err != nil {
		return differs, err
	}
	return asItWas, nil
}

func read(name string, stdin io.Reader) (string, error) {
	open := func() ([]byte, error) { return os.ReadFile(name) }
	if name == "-" {
		open = func() ([]byte, error) { return io.ReadAll(stdin) }
	}
	text, err := open()
	if err == nil && !utf8.Valid(text) {
		err = fmt.Errorf("%s is no text in UTF-8: make one of it, as pdftotext does of a PDF", name)
	}
	return string(text), err
}

func choose(name, file, text string) (*notices.Notice, error) {
	switch {
	case name != "":
		return notices.ByName(name)
	case file != "":
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		accounts, err := clauses.Load(file, data)
		return &notices.Notice{Name: file, Accounts: accounts}, err
	}
	notice, err := notices.Likest(text)
	if err == nil && notice == nil {
		err = errors.New("the text has no clause of any notice that is accounted for: choose one with -notice or -account")
	}
	return notice, err
}

func report(w io.Writer, notice *notices.Notice, c clauses.Comparison) {
	switch n := len(c.Pages); n {
	case 0:
	case 1:
		fmt.Fprintf(w, "left out as the number of a page: %s\n", c.Pages[0])
	default:
		fmt.Fprintf(w, "left out as the numbers of %d pages: %s to %s\n", n, c.Pages[0], c.Pages[n-1])
	}
	for _, h := range c.Headers {
		fmt.Fprintf(w, "left out as the header of %d pages: %s\n", h.Times, h.Text)
	}
	count := make(map[clauses.Kind]int)
	for _, d := range c.Differences {
		count[d.Kind]++
		describe(w, d)
	}
	if len(c.Differences) == 0 {
		fmt.Fprintf(w, "%s: every clause is as it was accounted for\n", notice.Name)
		return
	}
	fmt.Fprintf(w, "%s: %d new, %d gone, %d changed, %d moved\n", notice.Name,
		count[clauses.New], count[clauses.Gone], count[clauses.Changed], count[clauses.Moved])
}

func describe(w io.Writer, d clauses.Difference) {
	more := func(format string, args ...any) { fmt.Fprintf(w, "         "+format+"\n", args...) }
	if d.Clause == nil {
		fmt.Fprintf(w, "%-8s %s\n", d.Kind, place(d.After))
	} else {
		fmt.Fprintf(w, "%-8s %s: %s\n", d.Kind, d.Clause.At, d.Clause.Says)
		more("%s", bound(d.Clause))
	}
	if d.Text != "" && d.Kind != clauses.Moved {
		more("now: %s", d.Text)
	}
	if d.Added != "" {
		more("put in: %s", d.Added)
	}
	if d.Went {
		more("its place was %s and is %s", place(d.After), place(d.Now))
	}
}

func place(after *clauses.Clause) string {
	if after == nil {
		return "at the beginning"
	}
	return "after " + after.At
}

func bound(c *clauses.Clause) string {
	if c.None != "" {
		return "no legal effect: " + c.None
	}
	return "bound to " + strings.Join(c.Bound(), ", ")
}
