// Lint looks for defects of vacancies: files that load without a fault and
// probably do not say what is meant, as notices do.
//
// Usage:
//
//	go run ./examples/lint [-policy FILE]... [-missions FILE] [FILE]...
//
// Each FILE is a vacancy in YAML; without one, every shipped vacancy is looked
// at. -policy gives a policy in place of the shipped one of its name, -missions
// missions in JSON, whose mandates bound deployments. doc/lint.md explains what
// is found.
//
// The exit status is 0 if nothing was found, 1 if something was or a file could
// not be read, and 2 for wrong usage or a broken policy.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

const (
	clean = 0
	found = 1
	usage = 2
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	fail := func(status int, err error) int {
		fmt.Fprintf(stderr, "lint: %v\n", err)
		return status
	}
	var policyFiles []string
	flags := flag.NewFlagSet("lint", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	missionsFile := flags.String("missions", "", "missions and their mandates, from the JSON `FILE`")
	flags.Func("policy", "a policy from the YAML `FILE` in place of the shipped one of its name; may be repeated", func(name string) error {
		policyFiles = append(policyFiles, name)
		return nil
	})
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintln(stdout, "usage: lint [-policy FILE]... [-missions FILE] [FILE]...")
		flags.SetOutput(stdout)
		flags.PrintDefaults()
		return clean
	case err != nil:
		return fail(usage, fmt.Errorf("%w (lint -h shows the usage)", err))
	}
	context, err := load(policyFiles, *missionsFile)
	if err != nil {
		return fail(usage, err)
	}
	vacancies, broken := context.Known, false
	if flags.NArg() > 0 {
		vacancies = nil
		for _, name := range flags.Args() {
			v, err := read(name, context.Policies)
			if err != nil {
				fmt.Fprintln(stderr, err)
				broken = true
				continue
			}
			vacancies = append(vacancies, v)
		}
	}
	findings := eligibility.Lint(vacancies, *context)
	for _, f := range findings {
		fmt.Fprintln(stdout, f)
	}
	if broken || len(findings) > 0 {
		return found
	}
	return clean
}

// load reads what vacancies are held against.
func load(policyFiles []string, missionsFile string) (*eligibility.LintContext, error) {
	var given []*eligibility.Policy
	for _, name := range policyFiles {
		p, err := eligibility.LoadPolicyFile(name)
		if err != nil {
			return nil, err
		}
		given = append(given, p)
	}
	catalogue, err := policies.Catalogue(given...)
	if err != nil {
		return nil, err
	}
	context := new(eligibility.LintContext)
	for _, name := range catalogue.Policies() {
		context.Policies = append(context.Policies, catalogue.Policy(name))
	}
	if context.Known, err = policies.Vacancies(); err != nil {
		return nil, err
	}
	if missionsFile == "" {
		return context, nil
	}
	data, err := os.ReadFile(missionsFile)
	if err == nil {
		context.Missions, err = eligibility.DecodeMissions(data)
	}
	return context, err
}

// read loads a vacancy and compiles its rules, so that their faults are found
// too.
func read(name string, known []*eligibility.Policy) (*eligibility.Vacancy, error) {
	v, err := eligibility.LoadVacancyFile(name)
	if err != nil {
		return nil, err
	}
	for _, p := range known {
		if p.Name() == v.Policy {
			_, err = p.Post(v)
		}
	}
	return v, err
}
