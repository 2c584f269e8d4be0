package eligibility

import (
	"github.com/qualify-rules/qualify/experience"
)

// Rule is a rule as a policy or a vacancy states it. It has exactly one of
// Expression, AnyOf, AllOf, Each with Expression, and Judgement.
type Rule struct {
	ID                string            `json:"id"` // camelCase, unique among its siblings
	Title             string            `json:"title,omitzero"`
	Cite              []string          `json:"cite,omitzero"`              // locators in the source
	When              string            `json:"when,omitzero"`              // CEL, bool; false: not applicable
	Stage             Stage             `json:"stage,omitzero"`             // that of the rule around it, else application
	Due               string            `json:"due,omitzero"`               // CEL, Date: the last day on which it may be brought
	Each              map[string]string `json:"each,omitzero"`              // a name and the list that it goes through
	Expression        string            `json:"expression,omitzero"`        // CEL, bool or Fulfilment
	AnyOf             []Rule            `json:"anyOf,omitzero"`             // at least one
	AllOf             []Rule            `json:"allOf,omitzero"`             // every one
	Judgement         string            `json:"judgement,omitzero"`         // a question for a person
	Message           string            `json:"message,omitzero"`           // what an applicant is told where it is not met
	MessageExpression string            `json:"messageExpression,omitzero"` // CEL, string; Message stands in for it
}

// Stage is the point of a selection at which a rule is looked at.
type Stage string

// The stages, in order of time.
const (
	StageApplication Stage = "application"
	StageSelection   Stage = "selection"
	StageDeployment  Stage = "deployment"
	StageService     Stage = "service" // what is asked of those who serve, such as a final clearance
)

// ParseStage reads the name of a stage.
func ParseStage(s string) (Stage, error) {
	if err := code(stages, Stage(s)); err != nil {
		return "", err
	}
	return Stage(s), nil
}

// After reports whether a stage comes after another one. The zero Stage is that
// of the application.
func (s Stage) After(other Stage) bool { return s.order() > other.order() }

func (s Stage) order() int {
	for i, code := range stages.codes {
		if string(s) == code {
			return i
		}
	}
	return 0
}

// Reading is an unclear clause and the defensible interpretations of it.
type Reading struct {
	ID      string            `json:"id"`
	About   string            `json:"about"`
	Cite    []string          `json:"cite,omitzero"`
	Options map[string]string `json:"options"` // by id, with what each one takes the clause to say
	Default string            `json:"default"`
}

// Source is the document that a policy was written from.
type Source struct {
	Document  string          `json:"document,omitzero"`
	Publisher string          `json:"publisher,omitzero"`
	Published experience.Date `json:"published,omitzero"`
}

// InForce is when a policy applies, both days included; without a To it still
// does.
type InForce struct {
	From experience.Date `json:"from,omitzero"`
	To   experience.Date `json:"to,omitzero"`
}

// Variable is an expression, or a question for a person, that rules may use as
// variables.name.
type Variable struct {
	Name       string `json:"name"`
	Title      string `json:"title,omitzero"` // what a person reads of a judgement that is missing
	Expression string `json:"expression,omitzero"`
	Judgement  string `json:"judgement,omitzero"` // answered in application.judgements under the name
}

// policySource is a policy file.
type policySource struct {
	Policy   string  `json:"policy"`
	Version  string  `json:"version"`
	Title    string  `json:"title,omitzero"`
	Source   Source  `json:"source,omitzero"`
	InForce  InForce `json:"inForce,omitzero"`
	Counting struct {
		Convention string `json:"convention,omitzero"`
		Overlap    string `json:"overlap,omitzero"`
		PartTime   string `json:"partTime,omitzero"`
	} `json:"counting,omitzero"`
	Monotone  []Quantity `json:"monotone,omitzero"`
	Antitone  []Quantity `json:"antitone,omitzero"`
	Readings  []Reading  `json:"readings,omitzero"`
	Variables []Variable `json:"variables,omitzero"`
	Rules     []Rule     `json:"rules"`
	Desirable []Rule     `json:"desirable,omitzero"`
}
