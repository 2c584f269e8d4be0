package policies_test

import (
	"context"
	"fmt"
	"log"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// The case does not state whether the officer is nominated, nor whether the
// second employment is relevant: the three years that count for certain do not
// reach the four that the post asks for.
func Example() {
	catalogue, err := policies.Catalogue()
	if err != nil {
		log.Fatal(err)
	}
	c, err := eligibility.DecodeCase([]byte(`{
		"id": "c-1",
		"vacancy": "EK 60053",
		"application": {"date": "2025-11-10", "regime": "seconded", "relevance": {"e1": true}},
		"candidate": {
			"id": "c-1",
			"citizenships": ["EE"],
			"qualifications": [{"id": "q1", "kind": "university", "studyYears": 3, "cycle": "first", "awarded": "2016-06-30", "attested": true}],
			"employments": [
				{"id": "e1", "from": "2016-09-01", "to": "2019-08-31"},
				{"id": "e2", "from": "2020-01-01"}
			]
		}
	}`))
	if err != nil {
		log.Fatal(err)
	}
	a, err := catalogue.Assess(context.Background(), c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(a.Verdict)
	for _, fact := range a.Missing {
		fmt.Println(fact)
	}
	// Output:
	// undetermined
	// /application/nominated
	// /application/relevance/e2
}

func ExampleCSDP() {
	policy, err := policies.CSDP()
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range policy.Readings()[:3] {
		fmt.Printf("%s: %s\n", r.ID, r.Default)
	}
	literal, err := policy.WithReading("cycleSlip", "literal")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(literal.Chosen()["cycleSlip"])
	// Output:
	// cycleSlip: corrected
	// yearsAlternative: sufficient
	// fieldScope: asPlaced
	// literal
}

func ExampleVacancies() {
	vacancies, err := policies.Vacancies()
	if err != nil {
		log.Fatal(err)
	}
	for _, v := range vacancies {
		if v.Experience.FullTime {
			fmt.Println(v.Reference, v.Title)
		}
	}
	// Output:
	// EK 60255 Information Security Officer
}

func ExampleCatalogue() {
	policy, err := policies.CSDP()
	if err != nil {
		log.Fatal(err)
	}
	policy, err = policy.WithReading("experienceStart", "highest")
	if err != nil {
		log.Fatal(err)
	}
	catalogue, err := policies.Catalogue(policy)
	if err != nil {
		log.Fatal(err)
	}
	post, err := catalogue.Post("EK 60271")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(post.Vacancy().Title, post.Policy().Chosen()["experienceStart"])
	// Output:
	// Mission Security Officer highest
}
