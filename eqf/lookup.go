package eqf

import (
	"cmp"
	"slices"
)

// Answer is what the tables say about a level of a national framework. The
// zero value says nothing: its outcome is NotInTable.
type Answer struct {
	Outcome Outcome
	// Key is the key of the table that was meant, unless NotInTable.
	Key Key
	// Levels is set for Found only. Where the tables give two EQF levels for
	// one key, both are possible.
	Levels Levels
	// Cycle is set for Unreferenced only, where the table states one.
	Cycle Cycle
	// Confidence is that of the weakest row that was used.
	Confidence Confidence
	// Source names where the rows were read, parted by "; ".
	Source string
}

// Lookup answers for the key of a qualification that was awarded on some day
// from earliest to latest. A zero earliest or latest leaves that end open.
//
// A key written exactly as in the table is looked up first, then other
// spellings of it: the country codes EL and UK, other names of the framework,
// any case, "Level 8", "NFQ 8", "6,1" for 6.1, and Roman for Arabic numerals
// or the reverse where a framework has no second scale that is told apart by
// them. A French Roman numeral is the nomenclature of 1969, in which III is EQF
// level 5.
//
// Some frameworks hold for a time only (France, Moldova, Portugal, Ukraine).
// For these the whole interval must lie inside that time; the others ignore the
// days. Where spellings or days leave more than one row possible, the outcome is
// NotInTable, never a guess.
//
// The tables are tables/nqf_eqf.csv, nqf_no_eqf.csv, nqf_unreferenced.csv,
// frameworks.csv and country_aliases.csv, which name their sources row by row.
func Lookup(key Key, earliest, latest Day) Answer {
	if i, ok := slices.BinarySearchFunc(answers[:], key, compareKeys); ok {
		f := findFramework(key.Country, key.Framework)
		if f == nil || f.covers(earliest, latest) != inside {
			return Answer{}
		}
		return answers[i]
	}
	meant := -1
	for i := range frameworks {
		f := &frameworks[i]
		if !f.hasCountry(key.Country) || !f.isNamed(key.Framework) {
			continue
		}
		coverage := f.covers(earliest, latest)
		if coverage == outside {
			continue
		}
		for row := f.firstAnswer(); row < len(answers) && f.owns(answers[row].Key); row++ {
			if !f.readsAs(key.Level, answers[row].Key.Level) {
				continue
			}
			if coverage == partly || meant >= 0 {
				return Answer{}
			}
			meant = row
		}
	}
	if meant < 0 {
		return Answer{}
	}
	return answers[meant]
}

// findFramework returns the framework of that exact name, or nil.
func findFramework(country, name string) *framework {
	i, ok := slices.BinarySearchFunc(frameworks[:], Key{Country: country, Framework: name}, func(f framework, k Key) int {
		return cmp.Or(cmp.Compare(f.country, k.Country), cmp.Compare(f.name, k.Framework))
	})
	if !ok {
		return nil
	}
	return &frameworks[i]
}

// firstAnswer returns the index of the first row of f.
func (f *framework) firstAnswer() int {
	i, _ := slices.BinarySearchFunc(answers[:], Key{Country: f.country, Framework: f.name}, compareKeys)
	return i
}

func (f *framework) owns(k Key) bool { return k.Country == f.country && k.Framework == f.name }

func compareKeys(a Answer, k Key) int {
	return cmp.Or(
		cmp.Compare(a.Key.Country, k.Country),
		cmp.Compare(a.Key.Framework, k.Framework),
		cmp.Compare(a.Key.Level, k.Level),
	)
}
