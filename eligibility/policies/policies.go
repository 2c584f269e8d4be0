// Package policies holds the policies and vacancies that ship with the library.
//
// Each is a YAML file with a citation for every rule: csdp.yaml is the policy
// of the civilian CSDP missions, written from the EULEX 3-2025 Call for
// Contributions, and vacancies/ has a file for each of the Call's 25 job
// descriptions and for the Mission Security Officer of another notice. suites/
// has the cases that each policy is tested with.
package policies

import (
	"embed"
	"io/fs"

	"github.com/qualify-rules/qualify/eligibility"
)

//go:embed *.yaml vacancies/*.yaml
var files embed.FS

//go:embed suites/*/*.yaml
var suites embed.FS

// Suite returns the cases that a shipped policy is tested with, for package
// policytest.
func Suite(policy string) (fs.FS, error) {
	folder, err := fs.Sub(suites, "suites/"+policy)
	if err == nil {
		_, err = fs.Stat(folder, ".")
	}
	return folder, err
}

// Files returns the YAML files: policies at the top, vacancies in the folder
// vacancies.
func Files() fs.FS { return files }

// CSDP compiles the policy of the civilian CSDP missions.
func CSDP() (*eligibility.Policy, error) {
	return policy("csdp.yaml")
}

func policy(name string) (*eligibility.Policy, error) {
	data, err := files.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return eligibility.LoadPolicy(name, data)
}

// Vacancies reads every shipped vacancy, in the order of their file names.
func Vacancies() ([]*eligibility.Vacancy, error) {
	names, err := fs.Glob(files, "vacancies/*.yaml")
	if err != nil {
		return nil, err
	}
	vacancies := make([]*eligibility.Vacancy, len(names))
	for i, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if vacancies[i], err = eligibility.LoadVacancy(name, data); err != nil {
			return nil, err
		}
	}
	return vacancies, nil
}

// Catalogue compiles every shipped policy and vacancy. A policy that is given
// takes the place of the shipped one of its name.
func Catalogue(given ...*eligibility.Policy) (*eligibility.Catalogue, error) {
	replaced := make(map[string]bool)
	for _, p := range given {
		replaced[p.Name()] = true
	}
	all := given
	if !replaced["csdp"] {
		csdp, err := CSDP()
		if err != nil {
			return nil, err
		}
		all = append(all[:len(all):len(all)], csdp)
	}
	vacancies, err := Vacancies()
	if err != nil {
		return nil, err
	}
	return eligibility.NewCatalogue(all, vacancies)
}
