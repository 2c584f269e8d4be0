package eligibility

import (
	"github.com/qualify-rules/qualify/eqf"
	"github.com/qualify-rules/qualify/experience"
)

// Vacancy is one post: the parameters that its policy asks for, and rules of
// its own. What the notice does not state is left at its zero value.
type Vacancy struct {
	Reference         string            `json:"vacancy"`
	Title             string            `json:"title,omitzero"`
	Policy            string            `json:"policy"`
	Cite              []string          `json:"cite,omitzero"`
	Mission           string            `json:"mission,omitzero"`
	Regimes           []Regime          `json:"regimes,omitzero"`
	OpenToThirdStates experience.Truth  `json:"openToThirdStates,omitzero"`
	ThirdStates       []string          `json:"thirdStates,omitzero"` // ISO 3166-1 alpha-2
	Closes            experience.Date   `json:"closes,omitzero"`
	Starts            Start             `json:"starts,omitzero"`
	Deployment        experience.Period `json:"deployment,omitzero"`
	Clearance         string            `json:"clearance,omitzero"`
	// ClearanceOnDeployment says that the clearance itself must be shown when
	// the deployment starts, and no proof that it was asked for will do.
	ClearanceOnDeployment bool                 `json:"clearanceOnDeployment,omitzero"`
	Roster                string               `json:"roster,omitzero"` // the level of the roster to which the post is restricted
	Education             Education            `json:"education,omitzero"`
	Experience            ExperienceAsked      `json:"experience,omitzero"`
	Credentials           []RequiredCredential `json:"credentials,omitzero"`
	Languages             []Language           `json:"languages,omitzero"`
	WorkingLanguages      []Language           `json:"workingLanguages,omitzero"` // of the mission, looked at in the selection
	Rules                 []Rule               `json:"rules,omitzero"`
	Desirable             []Rule               `json:"desirable,omitzero"` // welcome, and without effect on the verdict
	Notes                 string               `json:"notes,omitzero"`

	source source
}

// Start is the day on which a deployment starts. The zero Start is not stated;
// Asap is as soon as possible, a start without a date.
type Start struct {
	Date experience.Date
	Asap bool
}

// IsZero reports whether nothing is stated.
func (s Start) IsZero() bool { return s == Start{} }

// MarshalText writes asap or the date.
func (s Start) MarshalText() ([]byte, error) {
	if s.Asap {
		return []byte("asap"), nil
	}
	return s.Date.MarshalText()
}

// UnmarshalText reads asap or a date.
func (s *Start) UnmarshalText(b []byte) error {
	if string(b) == "asap" {
		*s = Start{Asap: true}
		return nil
	}
	*s = Start{}
	return s.Date.UnmarshalText(b)
}

// Education is what a post asks for. Every alternative that it names may
// fulfil it; those left at their zero value are not asked.
type Education struct {
	StudyYears   StudyYears        `json:"studyYears,omitzero"`
	EQF          eqf.Level         `json:"eqf,omitzero"`
	Cycle        eqf.Cycle         `json:"cycle,omitzero"`
	CyclePrinted eqf.Cycle         `json:"cyclePrinted,omitzero"` // where the notice prints another cycle than it means
	Fields       []eqf.Field       `json:"fields,omitzero"`
	FieldsOpen   bool              `json:"fieldsOpen,omitzero"` // "or other related field"
	FieldPlaced  FieldPlacement    `json:"fieldPlaced,omitzero"`
	Service      ServiceEducation  `json:"service,omitzero"`
	Secondary    bool              `json:"secondary,omitzero"`
	Complement   TrainingCondition `json:"complement,omitzero"`
	Focus        eqf.Field         `json:"focus,omitzero"` // on which a study in one of the fields must focus
}

// ServiceEducation says which education of a service, or rank, a post accepts.
type ServiceEducation struct {
	Kinds            []ServiceKind `json:"kinds,omitzero"`
	Course           bool          `json:"course,omitzero"`
	Rank             bool          `json:"rank,omitzero"`
	CivilianSecurity bool          `json:"civilianSecurity,omitzero"`
}

// TrainingCondition is a training that must complete a secondary education.
type TrainingCondition struct {
	Kinds    []QualificationKind `json:"kinds,omitzero"`
	Relevant bool                `json:"relevant,omitzero"`
}

// ExperienceAsked is how much work of what kind a post asks for.
type ExperienceAsked struct {
	Total    experience.Period `json:"total,omitzero"`
	FullTime bool              `json:"fullTime,omitzero"`
	Domains  []string          `json:"domains,omitzero"`
	OfWhich  []ExperiencePart  `json:"ofWhich,omitzero"`
	Supplied []SuppliedWord    `json:"supplied,omitzero"` // what the notice lost and the file supplies; for readers
}

// ExperiencePart is a part of the total that must be of a certain kind.
type ExperiencePart struct {
	Period  experience.Period `json:"period"`
	Domains []string          `json:"domains,omitzero"`
	Levels  []string          `json:"levels,omitzero"`
}

// RequiredCredential is a credential that a post asks for.
type RequiredCredential struct {
	Kind  string   `json:"kind"`
	Codes []string `json:"codes,omitzero"` // any of these; any code when nil
	Due   Stage    `json:"due,omitzero"`   // application when not stated, or deployment
}
