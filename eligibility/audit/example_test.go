package audit_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/qualify-rules/qualify/eligibility/audit"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

const selection = `
{"id":"a","vacancy":"EK 60053","candidate":{"id":"a","citizenships":["EE"],"qualifications":[{"id":"q1","kind":"university","studyYears":3,"cycle":"first","awarded":"2016-06-30","attested":true}],"employments":[{"id":"e1","from":"2016-09-01","to":"2021-08-31"}]},"application":{"date":"2025-11-10","regime":"seconded","nominated":true,"relevance":{"e1":true}},"recorded":"eligible"}
{"id":"b","vacancy":"EK 60053","candidate":{"id":"b","citizenships":["EE"],"qualifications":[{"id":"q1","kind":"university","studyYears":3,"cycle":"first","awarded":"2016-06-30","attested":true}],"employments":[{"id":"e1","from":"2016-09-01","to":"2019-08-31"}]},"application":{"date":"2025-11-10","regime":"seconded","nominated":true,"relevance":{"e1":true}},"recorded":"eligible"}
{"id":"c"}
`

// A selection is audited line by line, and counted on the way.
func ExampleAuditor_Lines() {
	catalogue, err := policies.Catalogue()
	if err != nil {
		log.Fatal(err)
	}
	auditor := &audit.Auditor{Catalogue: catalogue}
	var report audit.Report
	for r, err := range auditor.Lines(context.Background(), strings.NewReader(selection)) {
		if err != nil {
			log.Fatal(err) // the run ended early
		}
		report.Add(r)
		if r.Err != nil {
			fmt.Printf("line %d, %s: %v\n", r.Number, r.ID, r.Err)
			continue
		}
		fmt.Println(r.ID, r.Assessment.Verdict) // r.Text is the line to write
	}
	fmt.Println()
	if err := report.Summary().Print(os.Stdout); err != nil {
		log.Fatal(err)
	}
	// Output:
	// a eligible
	// b ineligible
	// line 4, c: /candidate/id: required: state it
	//
	//            3 cases
	//            1 eligible
	//            1 ineligible
	//            0 undetermined
	//            1 not assessed
	//
	//            2 with a decision on record
	//            1 agreed
	//            1 board lenient: recorded eligible, by the rules ineligible
	//                  1 by experience/total [§4 bullet 2 of the post]: b
	//            0 board strict: recorded ineligible, by the rules eligible
	//            0 not decidable
}

// A receipt that was altered by hand is found.
func ExampleVerifier_Verify() {
	catalogue, err := policies.Catalogue()
	if err != nil {
		log.Fatal(err)
	}
	auditor := &audit.Auditor{Catalogue: catalogue}
	var receipts strings.Builder
	for r, err := range auditor.Lines(context.Background(), strings.NewReader(selection)) {
		if err != nil {
			log.Fatal(err)
		}
		receipts.Write(r.Text)
	}
	altered := strings.Replace(receipts.String(), `"verdict":"ineligible"`, `"verdict":"eligible"`, 1)

	verifier := audit.Verifier{Auditor: auditor}
	for found, err := range verifier.Verify(context.Background(), strings.NewReader(selection), strings.NewReader(altered)) {
		if err != nil {
			log.Fatal(err)
		}
		for _, d := range found.Differences {
			fmt.Printf("%s: %s was %s and is %s: %s, %s\n", found.ID, d.At, d.Was, d.Is, d.Cause, d.How)
		}
	}
	// Output:
	// b: /verdict was "eligible" and is "ineligible": altered, the receipt's own pins give another value
}
