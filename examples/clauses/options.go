package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
)

// options are what the command line asks for.
type options struct {
	notice, account     string
	list, next, check   bool
	policies, vacancies []string // files
	file                string   // of the notice
}

const synopsis = `usage: clauses [-notice NAME | -account FILE] NOTICE.txt
       clauses -next [-notice NAME | -account FILE] NOTICE.txt
       clauses -list NOTICE.txt
       clauses -check [-notice NAME | -account FILE] [-policy FILE]... [-vacancy-file FILE]...
`

// parse reads the command line. Where it asks for help that is printed.
func parse(args []string, stdout io.Writer) (*options, error) {
	o := new(options)
	flags := flag.NewFlagSet("clauses", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	files := func(list *[]string, name, what string) {
		flags.Func(name, what+" from the YAML `FILE`, with -check; may be repeated", func(file string) error {
			*list = append(*list, file)
			return nil
		})
	}
	flags.StringVar(&o.notice, "notice", "", "the shipped account, by its `NAME`")
	flags.StringVar(&o.account, "account", "", "the account from the YAML `FILE`")
	flags.BoolVar(&o.list, "list", false, "print an account of the notice that is to be filled in")
	flags.BoolVar(&o.next, "next", false, "print the account of this edition, with what has changed to be filled in")
	flags.BoolVar(&o.check, "check", false, "look up the rules that the account names")
	files(&o.policies, "policy", "a policy in place of the shipped one of its name,")
	files(&o.vacancies, "vacancy-file", "a vacancy beside the shipped ones,")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, synopsis)
		flags.SetOutput(stdout)
		flags.PrintDefaults()
		return nil, err
	} else if err != nil {
		return nil, fmt.Errorf("%w (clauses -h shows the usage)", err)
	}
	o.file = flags.Arg(0)
	named := o.notice != "" || o.account != ""
	switch {
	case o.notice != "" && o.account != "":
		return nil, errors.New("-notice and -account name two accounts: leave one out")
	case o.check && (flags.NArg() > 0 || o.list || o.next || !named):
		return nil, errors.New("-check reads no notice: give it -notice or -account alone (clauses -h shows the usage)")
	case o.check:
	case flags.NArg() != 1:
		return nil, errors.New("name the file of one notice (clauses -h shows the usage)")
	case len(o.policies)+len(o.vacancies) > 0:
		return nil, errors.New("-policy and -vacancy-file go with -check")
	case o.list && (o.next || named):
		return nil, errors.New("-list compares with no account: leave -notice, -account and -next out")
	}
	return o, nil
}
