// Package notices holds the accounts of the notices that the shipped policies
// and vacancies were written from: what each clause became, and its hash.
//
// Each notice has a folder. Its YAML files, in the order of their names, are the
// parts of the notice in the order in which it has them.
package notices

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/qualify-rules/qualify/eligibility/clauses"
)

//go:embed */*.yaml
var files embed.FS

// Notice is a notice and what became of it.
type Notice struct {
	Name     string // of the folder, such as eulex-3-2025
	Accounts []*clauses.Account
}

// Clauses returns the clauses of all parts in their order.
func (n *Notice) Clauses() []clauses.Clause {
	var all []clauses.Clause
	for _, a := range n.Accounts {
		all = append(all, a.Clauses...)
	}
	return all
}

// All returns every notice, in the order of their names.
func All() ([]Notice, error) {
	folders, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, err
	}
	var notices []Notice
	for _, folder := range folders {
		n := Notice{Name: folder.Name()}
		names, err := fs.Glob(files, path.Join(folder.Name(), "*.yaml"))
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			data, err := files.ReadFile(name)
			if err != nil {
				return nil, err
			}
			accounts, err := clauses.Load(name, data)
			if err != nil {
				return nil, err
			}
			n.Accounts = append(n.Accounts, accounts...)
		}
		notices = append(notices, n)
	}
	return notices, nil
}

// ByName returns a notice. The error names those that there are.
func ByName(name string) (*Notice, error) {
	all, err := All()
	if err != nil {
		return nil, err
	}
	var names []string
	for i := range all {
		if all[i].Name == name {
			return &all[i], nil
		}
		names = append(names, all[i].Name)
	}
	return nil, fmt.Errorf("there is no account of %q: use one of %s", name, strings.Join(names, ", "))
}

// Likest returns the notice of which a text has most, and nil if it has nothing
// of any.
func Likest(text string) (*Notice, error) {
	all, err := All()
	if err != nil {
		return nil, err
	}
	var likest *Notice
	most := 0
	for i := range all {
		if n := clauses.Known(all[i].Clauses(), text); n > most {
			likest, most = &all[i], n
		}
	}
	return likest, nil
}
