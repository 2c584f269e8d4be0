package eqf

import "strings"

// Key names a level of a national qualifications framework as people write it.
// The zero value names nothing.
type Key struct {
	Country   string // ISO 3166-1 alpha-2, or ISO 3166-2 where a part of a state has its own framework: "GB-SCT"
	Framework string // short name: "NFQ"
	Level     string // label in that framework: "8", "6A", "VII1", "E3", "Bachelor"
}

// Day is a civil day written as the number yyyymmdd: 20190101 is 1 January
// 2019. The zero value means that the day is not known.
type Day uint32

// framework is a row of tables/frameworks.csv.
type framework struct {
	country, name string
	aliases       []string
	// eitherNumeral tells that a Roman and an Arabic numeral of the same value
	// are the same level. Where an older national scale is written in Roman
	// numerals, they are not.
	eitherNumeral      bool
	validFrom, validTo Day // zero: no bound
}

// countryAlias is a row of tables/country_aliases.csv.
type countryAlias struct {
	alias     string
	framework string // "": whatever the framework
	country   string
}

func (f *framework) hasCountry(written string) bool {
	written = strings.TrimSpace(written)
	if strings.EqualFold(written, f.country) {
		return true
	}
	for i := range countryAliases {
		a := &countryAliases[i]
		if a.country == f.country && (a.framework == "" || a.framework == f.name) && strings.EqualFold(written, a.alias) {
			return true
		}
	}
	return false
}

func (f *framework) isNamed(written string) bool {
	written = strings.TrimSpace(written)
	if rest, ok := cutName(written, f.name); ok && isBlankName(rest) {
		return true
	}
	for _, alias := range f.aliases {
		if rest, ok := cutName(written, alias); ok && isBlankName(rest) {
			return true
		}
	}
	return false
}

// cutName removes a leading framework name, in any case and whatever spaces,
// hyphens and dots are in it.
func cutName(s, name string) (rest string, ok bool) {
	i := 0
	for j := range len(name) {
		if isNameSeparator(name[j]) {
			continue
		}
		for i > 0 && i < len(s) && isNameSeparator(s[i]) {
			i++
		}
		if i == len(s) || upper(s[i]) != upper(name[j]) {
			return s, false
		}
		i++
	}
	return s[i:], true
}

func isBlankName(s string) bool { return strings.Trim(s, " -.") == "" }

func isNameSeparator(b byte) bool { return b == ' ' || b == '-' || b == '.' }

// coverage tells how an interval of days lies to the validity of a framework.
type coverage uint8

const (
	outside coverage = iota
	partly
	inside
)

// covers compares the days with the validity of f. Every day is inside a
// framework without bounds, a day that is not known too.
func (f *framework) covers(earliest, latest Day) coverage {
	if f.validFrom == 0 && f.validTo == 0 {
		return inside
	}
	if earliest != 0 && latest != 0 && earliest > latest {
		return partly
	}
	if (latest != 0 && latest < f.validFrom) || (f.validTo != 0 && earliest > f.validTo) {
		return outside
	}
	begins := earliest >= f.validFrom
	ends := f.validTo == 0 || (latest != 0 && latest <= f.validTo)
	if begins && ends {
		return inside
	}
	return partly
}
