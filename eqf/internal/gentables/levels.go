package main

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

type levelKey struct{ country, framework, level string }

// answer is what all rows of one key say together.
type answer struct {
	key         levelKey
	outcome     string // name of the constant in package eqf
	low, high   int
	cycle       string
	confidences []string
	sources     []string
}

// readLevels joins the three level tables, one answer for each key, sorted.
func readLevels(tables fs.FS) ([]answer, error) {
	byKey := map[levelKey]*answer{}
	join := func(r row, outcome string) (*answer, error) {
		key := levelKey{r.value["country"], r.value["framework"], r.value["nqf_level"]}
		if key.country == "" || key.framework == "" || key.level == "" {
			return nil, r.errorf("country, framework or level is empty")
		}
		if c := r.value["confidence"]; confidences[c] == "" {
			return nil, r.errorf("confidence %q is not memory or verified", c)
		}
		a := byKey[key]
		if a == nil {
			a = &answer{key: key, outcome: outcome}
			byKey[key] = a
		} else if a.outcome != outcome || outcome != "Found" {
			return nil, r.errorf("%v stands in the level tables already; only two EQF levels may share a key", key)
		}
		a.confidences = append(a.confidences, r.value["confidence"])
		if !slices.Contains(a.sources, r.value["source"]) {
			a.sources = append(a.sources, r.value["source"])
		}
		return a, nil
	}

	found, err := readFile(tables, "nqf_eqf.csv", "country,framework,nqf_level,eqf_level,source,confidence")
	if err != nil {
		return nil, err
	}
	for _, r := range found {
		a, err := join(r, "Found")
		if err != nil {
			return nil, err
		}
		level, err := strconv.Atoi(r.value["eqf_level"])
		if err != nil || level < 1 || level > 8 {
			return nil, r.errorf("EQF level %q is not a number from 1 to 8", r.value["eqf_level"])
		}
		if a.low == 0 || level < a.low {
			a.low = level
		}
		a.high = max(a.high, level)
	}
	none, err := readFile(tables, "nqf_no_eqf.csv", "country,framework,nqf_level,what,source,confidence")
	if err != nil {
		return nil, err
	}
	for _, r := range none {
		if _, err := join(r, "NoLevel"); err != nil {
			return nil, err
		}
	}
	unreferenced, err := readFile(tables, "nqf_unreferenced.csv", "country,framework,nqf_level,ehea_cycle,source,confidence")
	if err != nil {
		return nil, err
	}
	for _, r := range unreferenced {
		a, err := join(r, "Unreferenced")
		if err != nil {
			return nil, err
		}
		a.cycle = r.value["ehea_cycle"]
		if a.cycle != "" && cycles[a.cycle] == "" {
			return nil, r.errorf("cycle %q is not one of short, first, second, third", a.cycle)
		}
	}

	sorted := make([]answer, 0, len(byKey))
	for _, a := range byKey {
		sorted = append(sorted, *a)
	}
	slices.SortFunc(sorted, func(a, b answer) int { return compareKeys(a.key, b.key) })
	return sorted, nil
}

// compareKeys orders as package eqf searches: column by column, by bytes.
func compareKeys(a, b levelKey) int {
	return slices.Compare([]string{a.country, a.framework, a.level}, []string{b.country, b.framework, b.level})
}

var confidences = map[string]string{"memory": "Memory", "verified": "Verified"}

var cycles = map[string]string{"short": "ShortCycle", "first": "FirstCycle", "second": "SecondCycle", "third": "ThirdCycle"}

// literal returns the Go text of the answer.
func (a answer) literal() string {
	var b strings.Builder
	fmt.Fprintf(&b, "{Outcome: %s, Key: Key{%q, %q, %q}", a.outcome, a.key.country, a.key.framework, a.key.level)
	if a.low != 0 {
		fmt.Fprintf(&b, ", Levels: Levels{%d, %d}", a.low, a.high)
	}
	if a.cycle != "" {
		fmt.Fprintf(&b, ", Cycle: %s", cycles[a.cycle])
	}
	weakest := "verified"
	if slices.Contains(a.confidences, "memory") {
		weakest = "memory"
	}
	fmt.Fprintf(&b, ", Confidence: %s, Source: %q}", confidences[weakest], strings.Join(a.sources, "; "))
	return b.String()
}
