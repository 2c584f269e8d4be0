package eligibility

import (
	"github.com/qualify-rules/qualify/eqf"
	"github.com/qualify-rules/qualify/experience"
)

// Candidate is a person's history as far as it is stated. A field left at its
// zero value is not stated, hence unknown. Lists of records are complete, and
// empty when absent; lists of values are not stated when nil.
type Candidate struct {
	ID             string          `json:"id"`
	Citizenships   []string        `json:"citizenships,omitzero"` // ISO 3166-1 alpha-2
	Residence      string          `json:"residence,omitzero"`    // ISO 3166-1 alpha-2
	Born           experience.Date `json:"born,omitzero"`
	Retires        experience.Date `json:"retires,omitzero"` // normal retirement date
	Residences     []Residence     `json:"residences,omitzero"`
	Qualifications []Qualification `json:"qualifications,omitzero"`
	Ranks          []Rank          `json:"ranks,omitzero"`
	Employments    []Employment    `json:"employments,omitzero"`
	Contracts      []Contract      `json:"contracts,omitzero"`
	Credentials    []Credential    `json:"credentials,omitzero"`
	Languages      []Language      `json:"languages,omitzero"`
}

// Qualification is a diploma, a certificate or a completed training.
type Qualification struct {
	ID            string            `json:"id"`
	Kind          QualificationKind `json:"kind"`
	Title         string            `json:"title,omitzero"`
	Institution   string            `json:"institution,omitzero"`
	Country       string            `json:"country,omitzero"`
	Fields        []eqf.Field       `json:"fields,omitzero"`     // ISCED-F 2013, 2 to 4 digits
	StudyYears    StudyYears        `json:"studyYears,omitzero"` // nominal full-time length
	Cycle         eqf.Cycle         `json:"cycle,omitzero"`
	NQF           NQF               `json:"nqf,omitzero"`
	EQF           eqf.Level         `json:"eqf,omitzero"`
	Unlevelled    bool              `json:"unlevelled,omitzero"`    // true: it has no level
	EquivalentEQF eqf.Level         `json:"equivalentEqf,omitzero"` // attested as equivalent to this level
	Course        bool              `json:"course,omitzero"`        // a mere training course of a service
	Awarded       experience.Date   `json:"awarded,omitzero"`
	Attested      experience.Truth  `json:"attested,omitzero"`
}

// NQF is a level of a national qualifications framework as it stands on the
// document.
type NQF struct {
	Country   string `json:"country,omitzero"`
	Framework string `json:"framework,omitzero"`
	Level     string `json:"level,omitzero"`
}

// Rank is a police, military or civilian security rank that was awarded.
type Rank struct {
	ID            string           `json:"id"`
	Service       ServiceKind      `json:"service"`
	Code          string           `json:"code,omitzero"`
	Title         string           `json:"title,omitzero"`
	Country       string           `json:"country,omitzero"`
	Awarded       experience.Date  `json:"awarded,omitzero"`
	Attested      experience.Truth `json:"attested,omitzero"`
	EquivalentEQF eqf.Level        `json:"equivalentEqf,omitzero"`
}

// Employment is a stretch of work. Without an end it goes on.
type Employment struct {
	ID            string              `json:"id"`
	Employer      string              `json:"employer,omitzero"`
	Title         string              `json:"title,omitzero"`
	From          experience.Date     `json:"from,omitzero"`
	To            experience.Date     `json:"to,omitzero"`
	Fraction      experience.Fraction `json:"fraction,omitzero"` // of full time; full time when not stated
	Domains       []string            `json:"domains,omitzero"`
	Levels        []string            `json:"levels,omitzero"`
	International experience.Truth    `json:"international,omitzero"`
	Kind          EmploymentKind      `json:"kind,omitzero"` // employment when not stated
}

// Contract is service in a mission. Without an end it goes on.
type Contract struct {
	ID      string          `json:"id"`
	Mission string          `json:"mission"`
	From    experience.Date `json:"from,omitzero"`
	To      experience.Date `json:"to,omitzero"`
	Regime  Regime          `json:"regime"`
	Post    string          `json:"post,omitzero"`
}

// Credential is a licence, an authorisation, a clearance, a certificate, a
// passport or a place on a roster. Without a day of expiry it does not expire,
// but for a passport, whose day is then unknown; that day is the last valid one.
type Credential struct {
	ID      string          `json:"id"`
	Kind    string          `json:"kind"`
	Code    string          `json:"code,omitzero"`
	Country string          `json:"country,omitzero"` // that issued it, ISO 3166-1 alpha-2
	Issued  experience.Date `json:"issued,omitzero"`
	Expires experience.Date `json:"expires,omitzero"`
}

// Language is a language and how well it is mastered.
type Language struct {
	Code  string        `json:"code,omitzero"`  // BCP 47
	Level LanguageLevel `json:"level,omitzero"` // CEFR
}
