// Audit assesses many cases and compares them with what was decided.
//
// Usage:
//
//	go run ./examples/audit [option]... FILE|-
//
// It reads cases as JSON lines and writes one assessment a line, in the order
// of the input and in constant memory. A line that cannot be assessed gives
// {"case": ..., "error": ...}, and the run goes on. At the end it writes a
// summary to standard error, with what differs from the decisions on record
// and by which clauses. On a terminal it shows how far it is.
//
// Missions from -missions serve the cases that list none. A policy from
// -policy takes the place of the shipped one of its name and version, or stands
// beside it as another version. A vacancy from -vacancy-file is one that cases
// may name by its reference. Without -explain a finding has its id, its
// status, its day and its children. What the other options do stands in
// doc/audit.md.
//
// The exit status is 0 if every line was assessed, 1 if some input could not
// be read or receipts differ, and 2 for wrong usage or a broken policy.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/audit"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// memoryLimit is what the run keeps to, however many vacancies the cases state:
// beyond it memory is collected sooner, not refused.
const memoryLimit = 150 << 20

func main() {
	debug.SetMemoryLimit(memoryLimit)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

const (
	done       = 0
	unreadable = 1
	usage      = 2
)

// command is what the command line asks for.
type command struct {
	auditor  audit.Auditor
	missions string
	out      string
	resume   bool
	receipts string
	earlier  []*eligibility.Policy
	given    []*eligibility.Policy
	posts    []string // files of vacancies

	// Files of what the run comes to, none where empty.
	summary, disagreements, equalTreatment string
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	fail := func(status int, err error) int {
		fmt.Fprintf(stderr, "audit: %v\n", err)
		return status
	}
	var c command
	flags := c.flags()
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintln(stdout, "usage: audit [option]... FILE|-")
		flags.SetOutput(stdout)
		flags.PrintDefaults()
		return done
	case err == nil && flags.NArg() != 1:
		err = errors.New("name one file of cases, or - for standard input")
	case err == nil && c.resume && c.out == "":
		err = errors.New("-resume goes on with the file that -out names: give both")
	case err == nil && c.receipts != "" && (c.out+c.summary+c.disagreements+c.equalTreatment != "" || c.auditor.Explain || c.auditor.Clauses || c.auditor.Readings):
		err = errors.New("-verify writes what differs to standard output: give it -missions, -policy, -vacancy-file and -earlier only, as each receipt tells how it was written")
	case err == nil && c.receipts == "" && len(c.earlier) > 0:
		err = errors.New("-earlier is for replaying receipts: give it with -verify")
	}
	if err != nil {
		return fail(usage, fmt.Errorf("%w (audit -h shows the usage)", err))
	}
	if err := c.apart(flags.Arg(0), stdin, stdout); err != nil {
		return fail(usage, err)
	}
	vacancies, err := policies.VacanciesWith(c.posts...)
	if err != nil {
		return fail(usage, err)
	}
	if c.auditor.Catalogue, err = policies.CatalogueOf(vacancies, c.given...); err != nil {
		return fail(usage, err)
	}
	if c.missions != "" {
		data, err := os.ReadFile(c.missions)
		if err != nil {
			return fail(unreadable, err)
		}
		if c.auditor.Missions, err = eligibility.DecodeMissions(data); err != nil {
			return fail(unreadable, fmt.Errorf("%s: %w", c.missions, err))
		}
	}
	c.auditor.Compare = c.equalTreatment != ""
	assessments := stdout
	if c.out != "" {
		assessments = nil
	}
	in, err := openInput(flags.Arg(0), stdin, assessments, stderr)
	if err != nil {
		return fail(unreadable, err)
	}
	defer in.Close()
	work := c.audit
	if c.receipts != "" {
		work = c.verify
	}
	failed, err := work(ctx, in, stdout, stderr)
	switch {
	case err != nil:
		return fail(unreadable, err)
	case failed > 0:
		return unreadable
	}
	return done
}

func (c *command) flags() *flag.FlagSet {
	flags := flag.NewFlagSet("audit", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	flags.StringVar(&c.missions, "missions", "", "missions for the cases that list none, from the JSON `FILE`")
	flags.BoolVar(&c.auditor.Explain, "explain", false, "write everything that explains a finding")
	flags.BoolVar(&c.auditor.Readings, "readings", false, "assess every case under each combination of readings that matters to it")
	flags.BoolVar(&c.auditor.Clauses, "clauses", false, "count for every rule who fell on it and who would be eligible without it")
	flags.StringVar(&c.out, "out", "", "write the assessments to `FILE`, which may not exist yet, instead of standard output")
	flags.BoolVar(&c.resume, "resume", false, "go on with the file of -out where a run of the same input broke off")
	flags.StringVar(&c.summary, "summary", "", "write the summary in JSON to `FILE`, with totals for each vacancy")
	flags.StringVar(&c.disagreements, "disagreements", "", "write the cases that were decided otherwise at the time to `FILE`, with the clauses that made the difference")
	flags.StringVar(&c.equalTreatment, "equal-treatment", "", "write to `FILE` who was recorded ineligible though at least as good as others on every counted fact")
	flags.StringVar(&c.receipts, "verify", "", "compare the earlier assessments in `FILE` with what is found now, and write what differs and why")
	flags.Func("earlier", "a policy of before from the YAML `FILE`, for replaying what -verify compares", loadInto(&c.earlier))
	flags.Func("policy", "a policy from the YAML `FILE`: in place of the shipped one of its name and version, or another version; may be repeated", loadInto(&c.given))
	flags.Func("vacancy-file", "a vacancy from the YAML `FILE` that cases may name: in place of the shipped one of its reference, or beside them; may be repeated", func(file string) error {
		c.posts = append(c.posts, file)
		return nil
	})
	return flags
}

func loadInto(policies *[]*eligibility.Policy) func(path string) error {
	return func(path string) error {
		p, err := eligibility.LoadPolicyFile(path)
		if err == nil {
			*policies = append(*policies, p)
		}
		return err
	}
}
