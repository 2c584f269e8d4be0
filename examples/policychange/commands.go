package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/qualify-rules/qualify/eligibility/policytest"
)

// tested is what most commands need: a policy with its suite.
type tested struct {
	subject
	suite
	json bool
}

func (t *tested) flags(flags *flag.FlagSet) {
	t.subject.flags(flags)
	t.suite.flags(flags)
	flags.BoolVar(&t.json, "json", false, "write JSON")
}

func (t *tested) load() error {
	if err := t.subject.load(); err != nil {
		return err
	}
	return t.suite.load(t.policy)
}

func casesCommand(flags *flag.FlagSet) func(*job) error {
	var t tested
	t.flags(flags)
	update := flags.Bool("update", false, "write what the cases came to into the files of -suite")
	return func(j *job) error {
		if err := t.load(); err != nil {
			return err
		}
		results := t.cases.Check(j.ctx, t.policy, policytest.Vacancies(t.vacancies...))
		if *update {
			if t.folder == "" {
				return fmt.Errorf("the shipped cases cannot be written: name a folder with -suite")
			}
			return rewrite(j, &t, results)
		}
		var failed []*policytest.Result
		for i := range results {
			if !results[i].OK() {
				failed = append(failed, &results[i])
			}
		}
		if t.json {
			if err := j.writeJSON(caseReport(results)); err != nil {
				return err
			}
		} else {
			for _, r := range failed {
				r.Print(j.stdout)
				fmt.Fprintln(j.stdout)
			}
			fmt.Fprintf(j.stdout, "%d cases, %d failed\n", len(results), len(failed))
		}
		if len(failed) > 0 {
			return errFound
		}
		return nil
	}
}

// caseReport is the results in JSON.
func caseReport(results []policytest.Result) any {
	type failure struct {
		Case       string                 `json:"case"`
		File       string                 `json:"file"`
		Line       int                    `json:"line"`
		Error      string                 `json:"error,omitzero"`
		Deviations []policytest.Deviation `json:"deviations,omitzero"`
	}
	report := struct {
		Cases  int       `json:"cases"`
		Failed []failure `json:"failed"`
	}{len(results), []failure{}}
	for _, r := range results {
		if r.OK() {
			continue
		}
		f := failure{Case: r.Case.Name, File: r.Case.File, Line: r.Case.Line, Deviations: r.Deviations}
		if r.Err != nil {
			f.Error = r.Err.Error()
		}
		report.Failed = append(report.Failed, f)
	}
	return report
}

func rewrite(j *job, t *tested, results []policytest.Result) error {
	changed, err := t.cases.Updated(results)
	if err != nil {
		return unreadableError{err}
	}
	for name, text := range changed {
		if err := os.WriteFile(filepath.Join(t.folder, filepath.FromSlash(name)), text, 0o644); err != nil {
			return unreadableError{err}
		}
	}
	fmt.Fprintf(j.stdout, "%d cases, files written: %d\n", len(results), len(changed))
	return nil
}

func coverageCommand(flags *flag.FlagSet) func(*job) error {
	var t tested
	t.flags(flags)
	minimum := flags.Float64("minimum", 0, "fail where less than so many `PERCENT` was seen")
	all := flags.Bool("all", false, "show what was seen too")
	return func(j *job) error {
		if err := t.load(); err != nil {
			return err
		}
		c, err := policytest.Cover(j.ctx, t.policy, t.cases, policytest.Vacancies(t.vacancies...))
		if err != nil {
			return unreadableError{err}
		}
		if t.json {
			if err := j.writeJSON(c); err != nil {
				return err
			}
		} else {
			c.Print(j.stdout, *all)
		}
		if !c.OK(*minimum) {
			return errFound
		}
		return nil
	}
}

func mutantsCommand(flags *flag.FlagSet) func(*job) error {
	var t tested
	t.flags(flags)
	sample := flags.Int("sample", 1, "make only every `N`th error, where time is short")
	return func(j *job) error {
		if err := t.load(); err != nil {
			return err
		}
		m, err := policytest.Mutate(j.ctx, t.policy, t.cases, policytest.Vacancies(t.vacancies...), policytest.Sample(*sample))
		if err != nil {
			return unreadableError{err}
		}
		if t.json {
			if err := j.writeJSON(m); err != nil {
				return err
			}
		} else {
			m.Print(j.stdout)
		}
		if !m.OK() {
			return errFound
		}
		return nil
	}
}

func boundaryCommand(flags *flag.FlagSet) func(*job) error {
	var s subject
	s.flags(flags)
	reference := flags.String("vacancy", "EK 60271", "the `REFERENCE` of the vacancy")
	return func(j *job) error {
		if err := s.load(); err != nil {
			return err
		}
		v, err := vacancy(*reference, s.vacancies)
		if err != nil {
			return err
		}
		boundaries, err := policytest.Boundaries(j.ctx, s.policy, v)
		if err != nil {
			return err
		}
		_, err = j.stdout.Write(policytest.SuiteOf(boundaries, s.policy, v))
		return err
	}
}

func monotoneCommand(flags *flag.FlagSet) func(*job) error {
	var s subject
	s.flags(flags)
	asJSON := flags.Bool("json", false, "write JSON")
	trials := flags.Int("trials", 400, "try so `MANY` histories for each quantity")
	return func(j *job) error {
		if err := s.load(); err != nil {
			return err
		}
		counterexamples, err := policytest.Monotone(j.ctx, s.policy, policytest.Vacancies(s.vacancies...), policytest.Trials(*trials))
		if err != nil {
			return err
		}
		if *asJSON {
			if err := j.writeJSON(struct {
				Counterexamples []policytest.Counterexample `json:"counterexamples"`
			}{counterexamples}); err != nil {
				return err
			}
		} else {
			for i := range counterexamples {
				counterexamples[i].Print(j.stdout)
				fmt.Fprintln(j.stdout)
			}
			fmt.Fprintf(j.stdout, "%d quantities declared, %d contradicted\n", len(s.policy.Monotone())+len(s.policy.Antitone()), len(counterexamples))
		}
		if len(counterexamples) > 0 {
			return errFound
		}
		return nil
	}
}
