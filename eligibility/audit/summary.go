package audit

// Summary is what became of many cases.
type Summary struct {
	Totals
	// Vacancies has the totals of each vacancy, in the order of the references.
	Vacancies []VacancyTotals `json:"vacancies"`
	// OtherVacancies has those of all the vacancies that came after the first
	// [MaxVacancies].
	OtherVacancies Totals `json:"otherVacancies,omitzero"`
}

// VacancyTotals are the totals of one vacancy.
type VacancyTotals struct {
	Vacancy string `json:"vacancy"`
	Totals
}

// Totals count cases. The verdicts and the cases that could not be assessed
// add up to all cases.
type Totals struct {
	Cases        int `json:"cases"`
	Eligible     int `json:"eligible"`
	Ineligible   int `json:"ineligible"`
	Undetermined int `json:"undetermined"`
	NotAssessed  int `json:"notAssessed"`
	// Recorded is about the cases that say what was decided at the time.
	Recorded Recorded `json:"recorded,omitzero"`
	// Rules is the matrix of decisive clauses, in the order of the policies.
	// Of the vacancies only the first [MaxMatrices] have it.
	Rules []RuleCount `json:"rules,omitzero"`
	// Readings is about the cases that were assessed under every reading.
	Readings ReadingTotals `json:"readings,omitzero"`
}

// IsZero reports whether there is no case.
func (t Totals) IsZero() bool { return t.Cases == 0 }

// Recorded counts how what was decided at the time compares with the rules. The
// five counts after Cases add up to it.
type Recorded struct {
	Cases        int `json:"cases"`
	Agreed       int `json:"agreed"`
	Lenient      int `json:"lenient"`      // recorded eligible, by the rules ineligible
	Strict       int `json:"strict"`       // recorded ineligible, by the rules eligible
	NotDecidable int `json:"notDecidable"` // by the rules undetermined
	NotAssessed  int `json:"notAssessed"`
	// Clauses groups what is not agreed: by kind, and within it by the number
	// of cases, the largest first.
	Clauses []ClauseCount `json:"clauses,omitzero"`
}

// Disagreement is how what was decided at the time and the rules differ.
type Disagreement string

// The disagreements. For each, the clauses that made the difference are
//
//   - Lenient: the unmet ones. Of an unmet cumulative group they are its unmet
//     children; an unmet group of alternatives is a clause itself, as no single
//     alternative decides.
//   - Strict: the clause that was fulfilled last, by the days of fulfilment, the
//     first such in the order of the post. Every rule is met, and this is the
//     one that would have failed first.
//   - NotDecidable: the undetermined ones, found as the unmet ones are.
const (
	Lenient      Disagreement = "lenient"
	Strict       Disagreement = "strict"
	NotDecidable Disagreement = "notDecidable"
)

// ClauseCount counts the cases of one kind in which a clause made the
// difference. A case with several clauses counts with each of them.
type ClauseCount struct {
	Kind Disagreement `json:"kind"`
	Clause
	Cases int `json:"cases"`
	Alone int `json:"alone"` // in which no other clause did
	// First names the first cases, at most five.
	First []string `json:"first"`
}

// Clause is a rule of a policy or of a vacancy.
type Clause struct {
	Policy  string `json:"policy,omitzero"`
	Version string `json:"version,omitzero"`
	Vacancy string `json:"vacancy,omitzero"` // for a rule of its own
	// Rule is the path of the rule. It is [NoRule] where no rule made the
	// difference, and [InForce] where it is not known which version of the
	// policy was in force, or none was. [OtherRules] stands for the rules of
	// vacancies' own after the first 4,000 that were counted.
	Rule  string   `json:"rule"`
	Title string   `json:"title,omitzero"`
	Cite  []string `json:"cite,omitzero"`
}

// What stands for a rule where there is none; no path has brackets.
const (
	NoRule     = "(no rule with a day)"
	InForce    = "(rules in force)"
	OtherRules = "(rules of other vacancies)"
)

// RuleCount is a row of the matrix of decisive clauses: in how many cases what
// is true of a rule. See the package comment for each word.
type RuleCount struct {
	Clause
	Applied       int  `json:"applied"`
	Fell          int  `json:"fell"`
	OnlyCause     int  `json:"onlyCause"`
	Undetermined  int  `json:"undetermined"`
	MoreEligible  int  `json:"moreEligible"`
	Carried       int  `json:"carried"`
	NeverMattered bool `json:"neverMattered,omitzero"`
}
