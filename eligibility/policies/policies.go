// Package policies holds the policies and vacancies that ship with the library.
//
// Each is a YAML file with a citation for every rule: csdp.yaml is the policy
// of the civilian CSDP missions, written from the EULEX 3-2025 Call for
// Contributions; osce.yaml, un.yaml and nato.yaml are written from one notice
// each. vacancies/ has a file for each of the Call's 25 job descriptions, for
// the Mission Security Officer of another notice, and for the posts of the
// OSCE, the UN and NATO. suites/ has the
// cases that each policy is tested with.
package policies

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"github.com/qualify-rules/qualify/eligibility"
)

//go:embed *.yaml vacancies/*.yaml messages/*.yaml
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
// vacancies, and what they say in other languages in the folder messages.
func Files() fs.FS { return files }

// CSDP compiles the policy of the civilian CSDP missions.
func CSDP() (*eligibility.Policy, error) {
	return policy("csdp.yaml")
}

// OSCE compiles the policy of the OSCE's field operations.
func OSCE() (*eligibility.Policy, error) { return policy("osce.yaml") }

// UN compiles the policy of the United Nations Secretariat's rostered posts.
func UN() (*eligibility.Policy, error) { return policy("un.yaml") }

// NATO compiles the policy of NATO's International Staff.
func NATO() (*eligibility.Policy, error) { return policy("nato.yaml") }

// shipped are the names of the policies, which are those of their files too.
var shipped = [...]string{"csdp", "osce", "un", "nato"}

func policy(name string) (*eligibility.Policy, error) {
	data, err := files.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return eligibility.LoadPolicy(name, data)
}

// Vacancies reads every shipped vacancy, in the order of their file names.
func Vacancies() ([]*eligibility.Vacancy, error) {
	return all("vacancies/*.yaml", eligibility.LoadVacancy)
}

// VacanciesWith reads vacancies from YAML files, and every shipped one but those
// whose reference a file has. Two files with one reference are an error.
func VacanciesWith(files ...string) ([]*eligibility.Vacancy, error) {
	shipped, err := Vacancies()
	if err != nil {
		return nil, err
	}
	var out []*eligibility.Vacancy
	given := make(map[string]string)
	for _, file := range files {
		v, err := eligibility.LoadVacancyFile(file)
		if err != nil {
			return nil, err
		}
		if other, twice := given[v.Reference]; twice {
			return nil, fmt.Errorf("%s and %s are both vacancy %s: leave one out, or give each its own reference", other, file, v.Reference)
		}
		given[v.Reference] = file
		out = append(out, v)
	}
	for _, v := range shipped {
		if _, replaced := given[v.Reference]; !replaced {
			out = append(out, v)
		}
	}
	return out, nil
}

// Translations reads what the shipped policies and vacancies say in other
// languages than English, a file for each language.
func Translations() ([]*eligibility.Translation, error) {
	return all("messages/*.yaml", eligibility.LoadTranslation)
}

// all reads the files that match a pattern.
func all[T any](pattern string, load func(name string, data []byte) (T, error)) ([]T, error) {
	names, err := fs.Glob(files, pattern)
	if err != nil {
		return nil, err
	}
	out := make([]T, len(names))
	for i, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if out[i], err = load(name, data); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Catalogue compiles every shipped policy and vacancy. A policy that is given
// takes the place of the shipped one of its name and version, and of one that
// was in force only when it is too; otherwise it stands beside it as another
// version (see [eligibility.Policy.Replaces]).
func Catalogue(given ...*eligibility.Policy) (*eligibility.Catalogue, error) {
	vacancies, err := Vacancies()
	if err != nil {
		return nil, err
	}
	return CatalogueOf(vacancies, given...)
}

// CatalogueOf is [Catalogue] with other vacancies, such as those of
// [VacanciesWith].
func CatalogueOf(vacancies []*eligibility.Vacancy, given ...*eligibility.Policy) (*eligibility.Catalogue, error) {
	loaded := given[:len(given):len(given)]
	for _, name := range shipped {
		p, err := policy(name + ".yaml")
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(given, func(g *eligibility.Policy) bool { return g != nil && g.Replaces(p) }) {
			loaded = append(loaded, p)
		}
	}
	return eligibility.NewCatalogue(loaded, vacancies)
}
