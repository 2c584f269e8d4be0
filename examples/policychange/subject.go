package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/eligibility/policytest"
)

// subject is the policy under test, as the flags name it.
type subject struct {
	policyFile string
	readings   []string
	files      []string // of vacancies

	policy    *eligibility.Policy
	vacancies []*eligibility.Vacancy
}

func (s *subject) flags(flags *flag.FlagSet) {
	flags.StringVar(&s.policyFile, "policy", "", "the policy in the YAML `FILE`; without it, the shipped one of the CSDP missions")
	flags.Func("reading", "another option of a reading, as `ID=OPTION`; may be repeated", func(r string) error {
		s.readings = append(s.readings, r)
		return nil
	})
	flags.Func("vacancy-file", vacancyFile, func(name string) error {
		s.files = append(s.files, name)
		return nil
	})
}

// vacancyFile says what -vacancy-file is.
const vacancyFile = "a vacancy that cases may name, in the YAML `FILE`: in place of the shipped one of its reference, or beside them; may be repeated"

func (s *subject) load() error {
	var err error
	if s.policy, err = loadPolicy(s.policyFile, s.readings); err != nil {
		return err
	}
	s.vacancies, err = policies.VacanciesWith(s.files...)
	return err
}

func loadPolicy(file string, readings []string) (p *eligibility.Policy, err error) {
	if file == "" {
		p, err = policies.CSDP()
	} else {
		p, err = eligibility.LoadPolicyFile(file)
	}
	for _, r := range readings {
		id, option, ok := strings.Cut(r, "=")
		if !ok {
			return nil, fmt.Errorf("%q is not a reading: write ID=OPTION", r)
		}
		if err == nil {
			p, err = p.WithReading(id, option)
		}
	}
	return p, err
}

// vacancy returns the vacancy of a reference or of a YAML file.
func vacancy(reference string, vacancies []*eligibility.Vacancy) (*eligibility.Vacancy, error) {
	if strings.HasSuffix(reference, ".yaml") || strings.HasSuffix(reference, ".yml") {
		return eligibility.LoadVacancyFile(reference)
	}
	for _, v := range vacancies {
		if v.Reference == reference {
			return v, nil
		}
	}
	return nil, fmt.Errorf("there is no vacancy %q: use one of %s, or give a YAML file", reference, strings.Join(references(vacancies), ", "))
}

func references(vacancies []*eligibility.Vacancy) []string {
	var out []string
	for _, v := range vacancies {
		out = append(out, v.Reference)
	}
	return out
}

// suite is the cases under test, as the flag names them.
type suite struct {
	folder string
	cases  *policytest.Suite
}

func (s *suite) flags(flags *flag.FlagSet) {
	flags.StringVar(&s.folder, "suite", "", "the cases in the YAML files of the `FOLDER`; without it, those that are shipped for the policy")
}

func (s *suite) load(p *eligibility.Policy) error {
	var folder fs.FS
	if s.folder != "" {
		folder = os.DirFS(s.folder)
	} else {
		var err error
		if folder, err = policies.Suite(p.Name()); err != nil {
			return fmt.Errorf("no cases are shipped for policy %s: name a folder with -suite", p.Name())
		}
	}
	var err error
	if s.cases, err = policytest.Load(folder); err != nil {
		var faults *eligibility.SourceError
		if errors.As(err, &faults) || s.folder != "" {
			return unreadableError{fmt.Errorf("%s: %w", s.folder, err)}
		}
	}
	return err
}

// writeJSON writes a value in indented JSON.
func (j *job) writeJSON(v any) error {
	if err := json.MarshalWrite(j.stdout, v, jsontext.WithIndent("  "), json.Deterministic(true)); err != nil {
		return err
	}
	_, err := fmt.Fprintln(j.stdout)
	return err
}
