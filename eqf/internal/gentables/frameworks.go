package main

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// readFrameworks returns the Go literals of the frameworks, sorted by country
// and name. Every framework of the level tables must have a row, and no other.
func readFrameworks(tables fs.FS, levels []answer) ([]string, error) {
	rows, err := readFile(tables, "frameworks.csv", "country,framework,aliases,numerals,validFrom,validTo,source")
	if err != nil {
		return nil, err
	}
	hasLevels := map[levelKey]bool{}
	for _, a := range levels {
		hasLevels[levelKey{country: a.key.country, framework: a.key.framework}] = true
	}
	literals := map[levelKey]string{}
	for _, r := range rows {
		key := levelKey{country: r.value["country"], framework: r.value["framework"]}
		if literals[key] != "" {
			return nil, r.errorf("%s %s stands here twice", key.country, key.framework)
		}
		if !hasLevels[key] {
			return nil, r.errorf("%s %s has no row in the level tables", key.country, key.framework)
		}
		if literals[key], err = frameworkLiteral(r, key); err != nil {
			return nil, err
		}
	}
	for key := range hasLevels {
		if literals[key] == "" {
			return nil, fmt.Errorf("tables/frameworks.csv: add a row for %s %s", key.country, key.framework)
		}
	}
	return inKeyOrder(literals), nil
}

func frameworkLiteral(r row, key levelKey) (string, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "{country: %q, name: %q", key.country, key.framework)
	if aliases := r.value["aliases"]; aliases != "" {
		fmt.Fprintf(&b, ", aliases: %#v", strings.Split(aliases, ";"))
	}
	switch r.value["numerals"] {
	case "either":
		b.WriteString(", eitherNumeral: true")
	case "asWritten":
	default:
		return "", r.errorf("numerals %q is not either or asWritten", r.value["numerals"])
	}
	var bounds []string
	for _, column := range []string{"validFrom", "validTo"} {
		text := r.value[column]
		if text == "" {
			continue
		}
		day, err := time.Parse(time.DateOnly, text)
		if err != nil {
			return "", r.errorf("%s %q is not a day such as 2019-01-01", column, text)
		}
		bounds = append(bounds, text)
		fmt.Fprintf(&b, ", %s: %s", column, day.Format("20060102"))
	}
	if !slices.IsSorted(bounds) {
		return "", r.errorf("validFrom is after validTo")
	}
	if r.value["source"] == "" {
		return "", r.errorf("source is empty")
	}
	return b.String() + "}", nil
}

// readCountryAliases returns the Go literals in the order of the file.
func readCountryAliases(tables fs.FS) ([]string, error) {
	rows, err := readFile(tables, "country_aliases.csv", "alias,framework,country,source")
	if err != nil {
		return nil, err
	}
	var literals []string
	for _, r := range rows {
		if r.value["alias"] == "" || r.value["country"] == "" || r.value["source"] == "" {
			return nil, r.errorf("alias, country or source is empty")
		}
		literals = append(literals, fmt.Sprintf("{%q, %q, %q}", r.value["alias"], r.value["framework"], r.value["country"]))
	}
	return literals, nil
}

// readReferencing returns the Go literals of the referencing status, sorted.
func readReferencing(tables fs.FS) ([]string, error) {
	rows, err := readFile(tables, "referencing_status.csv", "country,framework,referenced,source,confidence")
	if err != nil {
		return nil, err
	}
	literals := map[levelKey]string{}
	for _, r := range rows {
		key := levelKey{country: r.value["country"], framework: r.value["framework"]}
		confidence := confidences[r.value["confidence"]]
		if literals[key] != "" || confidence == "" || r.value["referenced"] == "" {
			return nil, r.errorf("the framework stands here twice, its status is empty, or confidence %q is not memory or verified", r.value["confidence"])
		}
		status := fmt.Sprintf("Linked: true, Years: %q", r.value["referenced"])
		if r.value["referenced"] == "not referenced" {
			status = "Linked: false"
		}
		literals[key] = fmt.Sprintf("{%q, %q, ReferencingStatus{%s, Confidence: %s, Source: %q}}",
			key.country, key.framework, status, confidence, r.value["source"])
	}
	return inKeyOrder(literals), nil
}

func inKeyOrder(literals map[levelKey]string) []string {
	keys := make([]levelKey, 0, len(literals))
	for key := range literals {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, compareKeys)
	sorted := make([]string, len(keys))
	for i, key := range keys {
		sorted[i] = literals[key]
	}
	return sorted
}
