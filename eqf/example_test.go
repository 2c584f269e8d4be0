package eqf_test

import (
	"fmt"

	"github.com/qualify-rules/qualify/eqf"
)

func ExampleLookup() {
	// An Irish honours bachelor degree, awarded on a known day.
	answer := eqf.Lookup(eqf.Key{Country: "IE", Framework: "NFQ", Level: "Level 8"}, 20160630, 20160630)
	fmt.Println(answer.Outcome, answer.Levels, answer.Confidence)

	// The same number in Scotland.
	answer = eqf.Lookup(eqf.Key{Country: "UK", Framework: "SCQF", Level: "8"}, 0, 0)
	fmt.Println(answer.Outcome, answer.Levels, answer.Key.Country)
	// Output:
	// found 6 verified
	// found 5 GB-SCT
}

func ExampleLookup_time() {
	key := eqf.Key{Country: "FR", Framework: "CNCP", Level: "III"}

	// France counted its levels down until 2018.
	answer := eqf.Lookup(key, 20100101, 20101231)
	fmt.Println(answer.Outcome, answer.Levels, answer.Key.Framework)

	// Without the day of the award the numeral is not read.
	fmt.Println(eqf.Lookup(key, 0, 0).Outcome)
	// Output:
	// found 5 FR-1969
	// notInTable
}

func ExampleLookup_range() {
	answer := eqf.Lookup(eqf.Key{Country: "FR", Framework: "FR-1969", Level: "I"}, 0, 20181231)
	_, exact := answer.Levels.Exact()
	fmt.Println(answer.Levels, exact)
	// Output: 7..8 false
}

func ExampleLookup_unreferenced() {
	answer := eqf.Lookup(eqf.Key{Country: "UA", Framework: "NRK", Level: "7"}, 20180701, 20180701)
	fmt.Println(answer.Outcome, answer.Cycle, answer.Key.Framework)
	// Output: unreferenced first NRK-2017
}

func ExampleMatchFields() {
	required := []eqf.Field{"0421", "103"} // law, security services
	fmt.Println(eqf.MatchFields([]eqf.Field{"1032"}, required))
	fmt.Println(eqf.MatchFields([]eqf.Field{"0488"}, required))
	fmt.Println(eqf.MatchFields([]eqf.Field{"0912"}, required))
	fmt.Println(eqf.MatchFields(nil, required))
	// Output:
	// matches
	// mayMatch
	// differs
	// mayMatch
}

func ExampleParseField() {
	field, err := eqf.ParseField("1032")
	fmt.Println(field.Label(), err)
	_, err = eqf.ParseField("421")
	fmt.Println(err)
	// Output:
	// Protection of persons and property <nil>
	// field of study "421" is not a code of ISCED-F 2013; with its leading zero it would be "0421"
}

func ExampleReferencing() {
	status, ok := eqf.Referencing("MT", "MQF")
	fmt.Println(status.Linked, status.Years, ok)
	// Output: true 2009;2016 true
}
