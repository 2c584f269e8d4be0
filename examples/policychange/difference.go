package main

import (
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"iter"
	"os"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/eligibility/policytest"
)

//go:embed sample/pool.jsonl
var samplePool string

// side is one of the two sides, as the flags name it.
type side struct {
	policyFile, reference string
	readings              []string
}

func (s *side) flags(flags *flag.FlagSet, name, which string) {
	flags.StringVar(&s.policyFile, name+"-policy", "", "the policy "+which+", in the YAML `FILE`; without it, the shipped one of the CSDP missions")
	flags.StringVar(&s.reference, name+"-vacancy", "", "the vacancy "+which+": its `REFERENCE` or a YAML file; without it, that of each case")
	flags.Func(name+"-reading", "another option of a reading "+which+", as `ID=OPTION`; may be repeated", func(r string) error {
		s.readings = append(s.readings, r)
		return nil
	})
}

func (s *side) load(vacancies []*eligibility.Vacancy, stage eligibility.Stage) (policytest.Side, error) {
	p, err := loadPolicy(s.policyFile, s.readings)
	out := policytest.Side{Policy: p, Vacancies: vacancies, Stage: stage}
	if err == nil && s.reference != "" {
		out.Vacancy, err = vacancy(s.reference, vacancies)
	}
	return out, err
}

// name says in a line what a side is.
func (s *side) name(of policytest.Side) string {
	name := "policy " + of.Policy.Name() + " " + of.Policy.Version()
	if s.policyFile != "" {
		name += " of " + s.policyFile
	}
	if of.Vacancy != nil {
		vacancy := of.Vacancy.Reference
		if vacancy != s.reference {
			vacancy += " of " + s.reference
		}
		name = vacancy + " (" + name + ")"
	}
	if len(s.readings) > 0 {
		name += " with " + strings.Join(s.readings, ", ")
	}
	return name
}

func differenceCommand(flags *flag.FlagSet) func(*job) error {
	var from, to side
	var files []string
	from.flags(flags, "from", "before")
	to.flags(flags, "to", "after")
	flags.Func("vacancy-file", vacancyFile, func(name string) error {
		files = append(files, name)
		return nil
	})
	complete := flags.Bool("complete", false, "take what either vacancy leaves open (mission, regimes, third States, days) from the other")
	all := flags.Bool("all", false, "show those too whose verdict stays the same and some rule does not")
	stage := eligibility.StageApplication
	flags.Func("stage", "the `STAGE` to look at: application, selection, deployment or service (default application)", func(name string) (err error) {
		stage, err = eligibility.ParseStage(name)
		return err
	})
	asJSON := flags.Bool("json", false, "write JSON lines: one for each case, and the summary at the end")
	return func(j *job) error {
		example := flags.NFlag() == 0 || flags.NFlag() == 1 && (*asJSON || *all)
		if example && len(j.args) == 0 {
			from.reference, to.reference, *complete = "CSDP MSO", "EK 60271", true
		}
		vacancies, err := policies.VacanciesWith(files...)
		if err != nil {
			return err
		}
		before, err := from.load(vacancies, stage)
		if err != nil {
			return err
		}
		after, err := to.load(vacancies, stage)
		if err != nil {
			return err
		}
		var taken []string
		if *complete {
			if before.Vacancy == nil || after.Vacancy == nil {
				return errors.New("-complete needs -from-vacancy and -to-vacancy")
			}
			if taken, err = completeBoth(&before, &after); err != nil {
				return err
			}
		}
		cases, closing, err := j.pool()
		if err != nil {
			return unreadableError{err}
		}
		defer closing()
		if !*asJSON {
			fmt.Fprintf(j.stdout, "from %s\nto   %s\n", from.name(before), to.name(after))
			for _, t := range taken {
				fmt.Fprintln(j.stdout, t)
			}
			fmt.Fprintln(j.stdout)
		}
		shown := false
		summary, err := policytest.Difference(j.ctx, before, after, cases, func(f *policytest.Flip) error {
			switch {
			case f.From == f.To && !*all:
			case *asJSON:
				return j.writeLine(f)
			default:
				f.Print(j.stdout)
				shown = true
			}
			return nil
		})
		if err != nil {
			return err
		}
		if *asJSON {
			err = j.writeLine(struct {
				Summary *policytest.Summary `json:"summary"`
			}{summary})
		} else {
			if shown {
				fmt.Fprintln(j.stdout)
			}
			summary.Print(j.stdout)
		}
		for _, u := range summary.Unreadable {
			fmt.Fprintf(j.stderr, "policychange: %s\n", u)
		}
		if err == nil && summary.Failed > 0 {
			return errFound
		}
		return err
	}
}

// completeBoth completes each vacancy from the other and says what was taken.
func completeBoth(before, after *policytest.Side) (said []string, err error) {
	a, b := before.Vacancy, after.Vacancy
	for _, side := range []struct {
		of       **eligibility.Vacancy
		from, to *eligibility.Vacancy
	}{{&before.Vacancy, b, a}, {&after.Vacancy, a, b}} {
		whole, taken, err := policytest.Complete(side.to, side.from)
		if err != nil {
			return nil, err
		}
		*side.of = whole
		if len(taken) > 0 {
			said = append(said, fmt.Sprintf("what %s leaves open is taken from %s: %s", side.to.Reference, side.from.Reference, strings.Join(taken, ", ")))
		}
	}
	return said, nil
}

// pool opens the cases that are named, or the sample.
func (j *job) pool() (cases iter.Seq2[*eligibility.Case, error], closing func() error, err error) {
	nothing := func() error { return nil }
	switch {
	case len(j.args) == 0:
		return policytest.Lines(strings.NewReader(samplePool)), nothing, nil
	case len(j.args) > 1:
		return nil, nil, errors.New("name one file of cases, a folder with a suite, or - for standard input")
	case j.args[0] == "-":
		return policytest.Lines(j.stdin), nothing, nil
	}
	if info, err := os.Stat(j.args[0]); err == nil && info.IsDir() {
		s, err := policytest.Load(os.DirFS(j.args[0]))
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", j.args[0], err)
		}
		return s.Inputs(), nothing, nil
	}
	f, err := os.Open(j.args[0])
	if err != nil {
		return nil, nil, err
	}
	return policytest.Lines(f), f.Close, nil
}

func (j *job) writeLine(v any) error {
	if err := json.MarshalWrite(j.stdout, v, json.Deterministic(true)); err != nil {
		return err
	}
	_, err := fmt.Fprintln(j.stdout)
	return err
}
