// Assess decides one application and explains the decision.
//
// Usage:
//
//	go run ./examples/assess [-stage STAGE] [-language CODE] [-ledger] [-readings] [-timeline] [-nearest] [-json | -html FILE]
//	go run ./examples/assess -vacancy REF -candidate FILE [-application FILE] [-missions FILE]
//	    [-policy FILE] [-reading ID=OPTION]... [and what the first one takes]
//	go run ./examples/assess -check [-policy FILE] [-vacancy FILE]
//
// Without -vacancy and -candidate it assesses a shipped sample. REF is the
// reference of a shipped vacancy, such as "EK 60271", or a YAML file. It prints
// for a person, in English or with -language in another language; -json prints the
// assessment, and -html writes a page with everything that explains it, as
// doc/why.md says. -check only loads a policy and a vacancy and prints their
// faults.
//
// The exit status is 0 if the application was assessed, whatever the verdict,
// 1 if an input could not be read, and 2 for wrong usage or a broken policy.
package main

import (
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/term"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/eligibility/report"
)

//go:embed sample/*.json
var sample embed.FS

const (
	done       = 0
	unreadable = 1
	usage      = 2
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
}

// arguments are what the command line asks for.
type arguments struct {
	vacancy, candidate, application, missions string
	policy                                    string
	stage                                     eligibility.Stage
	readings                                  [][2]string
	language, html                            string
	json, check                               bool
	ledger, allReadings, timeline, ways       bool
}

func parse(args []string, out io.Writer) (*arguments, error) {
	a := &arguments{}
	flags := flag.NewFlagSet("assess", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	flags.StringVar(&a.vacancy, "vacancy", "", "the `REF`erence of a shipped vacancy, or a YAML file")
	flags.StringVar(&a.candidate, "candidate", "", "the candidate, from the JSON `FILE`")
	flags.StringVar(&a.application, "application", "", "the application, from the JSON `FILE`")
	flags.StringVar(&a.missions, "missions", "", "missions and their levels of threat, from the JSON `FILE`")
	flags.StringVar(&a.policy, "policy", "", "a policy from the YAML `FILE` in place of the shipped one of its name")
	stage := flags.String("stage", string(eligibility.StageApplication), "the `STAGE` to look at: application, selection, deployment or service")
	flags.StringVar(&a.language, "language", messages.English, "the `CODE` of the language to say titles and reasons in: en or fr")
	flags.BoolVar(&a.ledger, "ledger", false, "tell what became of every day that a rule measured")
	flags.BoolVar(&a.allReadings, "readings", false, "try every combination of readings that matters")
	flags.BoolVar(&a.timeline, "timeline", false, "tell on which days the application would be eligible, and when rules turn")
	flags.BoolVar(&a.ways, "nearest", false, "tell what is missing or still to come that would make it eligible")
	flags.StringVar(&a.html, "html", "", "write a page with everything that explains the assessment to `FILE`, instead of printing it")
	flags.BoolVar(&a.json, "json", false, "print the assessment as JSON")
	flags.BoolVar(&a.check, "check", false, "load -policy and -vacancy, print their faults, and assess nobody")
	flags.Func("reading", "choose an option of a reading, as `ID=OPTION`; may be repeated", func(s string) error {
		id, option, ok := strings.Cut(s, "=")
		if !ok {
			return fmt.Errorf("write it as ID=OPTION, such as fieldScope=academicOnly")
		}
		a.readings = append(a.readings, [2]string{id, option})
		return nil
	})
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(out, "usage: assess [-vacancy REF -candidate FILE [-application FILE] [-missions FILE]]")
			fmt.Fprintln(out, "              [-policy FILE] [-reading ID=OPTION]... [-stage STAGE] [-language CODE]")
			fmt.Fprintln(out, "              [-ledger] [-readings] [-timeline] [-nearest] [-json | -html FILE]")
			fmt.Fprintln(out, "       assess -check [-policy FILE] [-vacancy FILE]")
			flags.SetOutput(out)
			flags.PrintDefaults()
		}
		return nil, err
	}
	var err error
	if a.stage, err = eligibility.ParseStage(*stage); err != nil {
		return nil, err
	}
	switch {
	case flags.NArg() > 0:
		return nil, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	case a.check && a.candidate+a.application+a.missions != "":
		return nil, errors.New("-check assesses nobody: leave -candidate, -application and -missions out")
	case a.check && (a.json || a.html != "" || a.ledger || a.allReadings || a.timeline || a.ways || len(a.readings) > 0 || a.stage != eligibility.StageApplication):
		return nil, errors.New("-check goes with -policy and -vacancy only")
	case a.check && a.policy == "" && a.vacancy == "":
		return nil, errors.New("-check needs -policy or -vacancy")
	case a.html != "" && a.json:
		return nil, errors.New("-html writes a page and does not print the assessment: leave -json out")
	case !a.check && (a.vacancy == "") != (a.candidate == ""):
		return nil, errors.New("-vacancy and -candidate go together")
	case a.candidate == "" && (a.application != "" || a.missions != ""):
		return nil, errors.New("-application and -missions need -vacancy and -candidate")
	}
	return a, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	fail := func(status int, err error) int {
		fmt.Fprintf(stderr, "assess: %v\n", err)
		return status
	}
	a, err := parse(args, stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return done
	case err != nil:
		return fail(usage, fmt.Errorf("%w (assess -h shows the usage)", err))
	}
	catalogue, policy, err := load(a)
	if err != nil {
		return fail(usage, err)
	}
	if a.check {
		if err := a.report(stdout, catalogue, policy); err != nil {
			return fail(usage, err)
		}
		return done
	}
	c, post, err := a.read(catalogue, policy)
	if err != nil {
		return fail(unreadable, err)
	}
	if (a.policy != "" || len(a.readings) > 0) && post.Policy().Name() != policy.Name() {
		return fail(usage, fmt.Errorf("vacancy %s is of policy %s: -policy and -reading are about %s", post.Vacancy().Reference, post.Policy().Name(), policy.Name()))
	}
	language, err := messages.In(a.language)
	if err != nil {
		return fail(usage, err)
	}
	translations, err := policies.Translations()
	if err != nil {
		return fail(usage, err)
	}
	assessment, err := catalogue.Assess(ctx, c, a.options(language, translations)...)
	if err != nil {
		if _, defect := errors.AsType[*eligibility.RuleError](err); defect {
			return fail(usage, err)
		}
		return fail(unreadable, err)
	}
	r := &report.Report{Case: c, Post: post, Assessment: assessment, Language: language, Translations: translations, Ways: a.ways || a.html != ""}
	if a.html != "" {
		if err := writePage(a.html, r); err != nil {
			return fail(unreadable, err)
		}
		fmt.Fprintf(stderr, "assess: the page is in %s\n", a.html)
		return done
	}
	if a.json {
		text, err := json.Marshal(assessment, jsontext.WithIndent("  "))
		if err != nil {
			return fail(unreadable, err)
		}
		_, err = fmt.Fprintf(stdout, "%s\n", text)
		if err != nil {
			return fail(unreadable, err)
		}
		return done
	}
	if err := report.Text(stdout, r, wantsColour(stdout)); err != nil {
		return fail(unreadable, err)
	}
	return done
}

func writePage(path string, r *report.Report) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(report.HTML(f, r), f.Close())
}

// options are what the assessment is to hold.
func (a *arguments) options(l *messages.Language, translations []*eligibility.Translation) []eligibility.AssessOption {
	options := []eligibility.AssessOption{eligibility.AtStage(a.stage), eligibility.InLanguage(l, translations...), eligibility.WithDesirable()}
	for _, more := range []struct {
		wanted bool
		option eligibility.AssessOption
	}{
		{a.ledger, eligibility.WithLedger()},
		{a.allReadings, eligibility.WithReadings()},
		{a.timeline, eligibility.WithTimeline()},
		{a.ways, eligibility.WithNearestWays()},
	} {
		if more.wanted || a.html != "" {
			options = append(options, more.option)
		}
	}
	return options
}

// wantsColour reports whether words are in colour: only on a terminal, and never
// where NO_COLOR is set to something (https://no-color.org).
func wantsColour(w io.Writer) bool {
	f, isFile := w.(*os.File)
	return isFile && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}

// load compiles the policies; policy is the one that was asked for with the
// readings chosen.
func load(a *arguments) (*eligibility.Catalogue, *eligibility.Policy, error) {
	read := func() (*eligibility.Policy, error) { return policyOf(a.vacancy) }
	if a.policy != "" {
		read = func() (*eligibility.Policy, error) { return eligibility.LoadPolicyFile(a.policy) }
	}
	policy, err := read()
	if err != nil {
		return nil, nil, err
	}
	for _, r := range a.readings {
		if policy, err = policy.WithReading(r[0], r[1]); err != nil {
			return nil, nil, err
		}
	}
	catalogue, err := policies.Catalogue(policy)
	return catalogue, policy, err
}

// policyOf returns the shipped policy of a vacancy, whose readings can be chosen:
// that of the CSDP missions where there is no such vacancy or no such policy,
// which is reported when it is looked for.
func policyOf(reference string) (*eligibility.Policy, error) {
	catalogue, err := policies.Catalogue()
	if err != nil {
		return nil, err
	}
	csdp := catalogue.Policy("csdp")
	if reference == "" {
		return csdp, nil
	}
	if post, err := postOf(reference, catalogue, csdp); err == nil {
		return post.Policy(), nil
	}
	return csdp, nil
}

// read returns the case that was asked for and its post.
func (a *arguments) read(catalogue *eligibility.Catalogue, policy *eligibility.Policy) (*eligibility.Case, *eligibility.Post, error) {
	files := map[string]string{"candidate": a.candidate, "application": a.application, "missions": a.missions}
	read := func(what string) ([]byte, error) { return os.ReadFile(files[what]) }
	reference := a.vacancy
	if a.candidate == "" {
		reference = "EK 60271"
		for what := range files {
			files[what] = "sample/" + what + ".json"
		}
		read = func(what string) ([]byte, error) { return sample.ReadFile(files[what]) }
	}
	c := new(eligibility.Case)
	decode := func(what string, into func([]byte) error) error {
		if files[what] == "" {
			return nil
		}
		data, err := read(what)
		if err == nil {
			if err = into(data); err != nil {
				err = fmt.Errorf("%s: %w", files[what], err)
			}
		}
		return err
	}
	err := errors.Join(
		decode("candidate", func(b []byte) error {
			candidate, err := eligibility.DecodeCandidate(b)
			if err == nil {
				c.ID, c.Candidate = candidate.ID, *candidate
			}
			return err
		}),
		decode("application", func(b []byte) error {
			application, err := eligibility.DecodeApplication(b)
			if err == nil {
				c.Application = *application
			}
			return err
		}),
		decode("missions", func(b []byte) (err error) {
			c.Missions, err = eligibility.DecodeMissions(b)
			return err
		}))
	if err != nil {
		return nil, nil, err
	}
	post, err := postOf(reference, catalogue, policy)
	if c.Vacancy.Reference = reference; err == nil && isFile(reference) {
		c.Vacancy = eligibility.VacancyRef{Inline: post.Vacancy()}
	}
	return c, post, err
}

func isFile(reference string) bool {
	return strings.HasSuffix(reference, ".yaml") || strings.HasSuffix(reference, ".yml")
}

// postOf returns the post of a shipped vacancy or of a YAML file.
func postOf(reference string, catalogue *eligibility.Catalogue, policy *eligibility.Policy) (*eligibility.Post, error) {
	if !isFile(reference) {
		return catalogue.Post(reference)
	}
	vacancy, err := eligibility.LoadVacancyFile(reference)
	if err != nil {
		return nil, err
	}
	if p := catalogue.Policy(vacancy.Policy); p != nil {
		policy = p
	}
	return policy.Post(vacancy)
}

// report says what was loaded without a fault.
func (a *arguments) report(w io.Writer, catalogue *eligibility.Catalogue, policy *eligibility.Policy) error {
	if a.policy != "" {
		fmt.Fprintf(w, "%s: policy %s %s, no faults\n", a.policy, policy.Name(), policy.Version())
	}
	if a.vacancy == "" {
		return nil
	}
	post, err := postOf(a.vacancy, catalogue, policy)
	if err != nil {
		return err
	}
	if a.policy != "" && post.Policy().Name() != policy.Name() {
		return fmt.Errorf("vacancy %s is of policy %s, and -policy is %s", post.Vacancy().Reference, post.Policy().Name(), policy.Name())
	}
	_, err = fmt.Fprintf(w, "%s: vacancy %s of policy %s, no faults\n", a.vacancy, post.Vacancy().Reference, post.Policy().Name())
	return err
}
