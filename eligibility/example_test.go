package eligibility_test

import (
	"context"
	"fmt"
	"log"

	"github.com/qualify-rules/qualify/eligibility"
)

const guardsPolicy = `
policy: guards
version: "1"
readings:
  - id: training
    about: whether "education" takes a course in
    options: {excluded: a course is no education, included: a course is education too}
    default: excluded
rules:
  - id: education
    title: Education
    anyOf:
      - id: degree
        expression: candidate.awarded(q, q.attested && q.eqfLevel() >= 6)
      - id: academy
        expression: >-
          candidate.awarded(q, q.kind == "police" && q.attested && (!q.course || reading.training == "included"))
  - id: experience
    title: Work after the education
    expression: candidate.worked(e, application.relevant(e)).since(education).reaches(vacancy.experience.total)
`

const guardsVacancy = `
vacancy: G 1
policy: guards
closes: 2025-06-30
experience: {total: P4Y, domains: [security]}
`

// guards compiles the example's policy for its one post.
func guards() *eligibility.Post {
	policy, err := eligibility.LoadPolicy("guards.yaml", []byte(guardsPolicy))
	if err != nil {
		log.Fatal(err)
	}
	vacancy, err := eligibility.LoadVacancy("g1.yaml", []byte(guardsVacancy))
	if err != nil {
		log.Fatal(err)
	}
	post, err := policy.Post(vacancy)
	if err != nil {
		log.Fatal(err)
	}
	return post
}

func Example() {
	c, err := eligibility.DecodeCase([]byte(`{
		"id": "c-1", "vacancy": "G 1",
		"candidate": {"id": "c-1",
			"qualifications": [{"id": "ba", "kind": "university", "cycle": "first", "awarded": "2020-07-31", "attested": true}],
			"employments": [
				{"id": "e1", "from": "2018-01-01", "to": "2021-12-31", "domains": ["security"]},
				{"id": "e2", "from": "2023-01-01", "domains": ["security"]}]}}`))
	if err != nil {
		log.Fatal(err)
	}
	a, err := guards().Assess(context.Background(), c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(a.Verdict)
	for _, f := range a.Findings {
		fmt.Println(f.ID, f.Status, f.Reason)
	}
	fmt.Println("eligible from", a.EligibleFrom)
	// Output:
	// ineligible
	// education met Fulfilled on 2020-07-31.
	// experience unmet 3 years and 11 months counted from employment e1 and employment e2, 4 years needed: 1 month short. If what is ongoing goes on, it will be fulfilled on 2025-07-30.
	// eligible from 2025-07-30
}

// Undetermined is a result: it says what is missing.
func ExamplePost_Assess_undetermined() {
	c, err := eligibility.DecodeCase([]byte(`{
		"id": "c-2", "vacancy": "G 1",
		"candidate": {"id": "c-2",
			"qualifications": [{"id": "ba", "kind": "university", "cycle": "first", "awarded": "2010-07-31"}],
			"employments": [{"id": "e1", "from": "2012-01-01"}]}}`))
	if err != nil {
		log.Fatal(err)
	}
	a, err := guards().Assess(context.Background(), c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(a.Verdict)
	for _, fact := range a.Missing {
		fmt.Println(fact)
	}
	// Output:
	// undetermined
	// /candidate/qualifications/0/attested
	// /candidate/employments/0/domains
	// /application/relevance/e1
}

// A reading decides an unclear clause one way or the other.
func ExamplePolicy_WithReading() {
	post := guards()
	c := &eligibility.Case{
		ID: "c-3", Vacancy: eligibility.VacancyRef{Reference: "G 1"},
		Candidate: eligibility.Candidate{ID: "c-3", Qualifications: []eligibility.Qualification{
			{ID: "course", Kind: eligibility.PoliceEducation, Course: true, EQF: 4},
		}},
	}
	for _, option := range []string{"excluded", "included"} {
		policy, err := post.Policy().WithReading("training", option)
		if err != nil {
			log.Fatal(err)
		}
		p, err := policy.Post(post.Vacancy())
		if err != nil {
			log.Fatal(err)
		}
		a, err := p.Assess(context.Background(), c)
		if err != nil {
			log.Fatal(err)
		}
		academy, _ := a.Finding("education", "academy")
		fmt.Println(option, academy.Status)
	}
	// Output:
	// excluded unmet
	// included undetermined
}

// Every fault of a policy is reported with its place and what to do.
func ExampleLoadPolicy_faults() {
	_, err := eligibility.LoadPolicy("guards.yaml", []byte(`policy: guards
version: "1"
rules:
  - id: education
    expression: candidate.awarded(q, q.kind == "univeristy")
  - id: age
    expression: asOf > date("2025-13-01")
`))
	fmt.Println(err)
	// Output:
	// guards.yaml:5:48: rule education: "univeristy" is not a kind of qualification: use one of secondary, vocational, university, police, military, civilianSecurity, specialisation, training
	// guards.yaml:7:29: rule age: not a date: "2025-13-01" is not in the calendar
}

// An input error names the place by a JSON Pointer.
func ExampleDecodeCase_faults() {
	_, err := eligibility.DecodeCase([]byte(`{"id": "c-4", "vacancy": "G 1", "candidate": {"id": "c-4", "citizenships": ["UK"]}}`))
	fmt.Println(err)
	// Output:
	// /candidate/citizenships/0: "UK" is not an ISO 3166-1 alpha-2 code: write GB for the United Kingdom
}

// Cases name vacancies that a catalogue holds.
func ExampleCatalogue_Assess() {
	post := guards()
	catalogue, err := eligibility.NewCatalogue([]*eligibility.Policy{post.Policy()}, []*eligibility.Vacancy{post.Vacancy()})
	if err != nil {
		log.Fatal(err)
	}
	c := &eligibility.Case{ID: "c-5", Vacancy: eligibility.VacancyRef{Reference: "G 1"}, Candidate: eligibility.Candidate{ID: "c-5"}}
	a, err := catalogue.Assess(context.Background(), c, eligibility.Outline())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(a.Verdict, catalogue.References())
	// Output:
	// ineligible [G 1]
}
