package eligibility

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// QualificationKind is the kind of a qualification.
type QualificationKind string

// The kinds of qualifications.
const (
	Secondary         QualificationKind = "secondary"
	Vocational        QualificationKind = "vocational"
	University        QualificationKind = "university"
	PoliceEducation   QualificationKind = "police"
	MilitaryEducation QualificationKind = "military"
	CivilianSecurity  QualificationKind = "civilianSecurity"
	Specialisation    QualificationKind = "specialisation"
	Training          QualificationKind = "training"
)

// ServiceKind is a service whose education or ranks a post may accept.
type ServiceKind string

// The services.
const (
	Police                  ServiceKind = "police"
	Military                ServiceKind = "military"
	CivilianSecurityService ServiceKind = "civilianSecurity"
)

// EmploymentKind is the kind of an employment.
type EmploymentKind string

// The kinds of employment.
const (
	Employed        EmploymentKind = "employment"
	SelfEmployment  EmploymentKind = "selfEmployment"
	Traineeship     EmploymentKind = "traineeship"
	Volunteering    EmploymentKind = "volunteering"
	MilitaryService EmploymentKind = "militaryService"
	Doctorate       EmploymentKind = "doctorate"
)

// Regime is the regime under which a person serves.
type Regime string

// The regimes.
const (
	Contracted Regime = "contracted"
	Seconded   Regime = "seconded"
	Local      Regime = "local"
)

// ThreatLevel is the level of threat of a mission.
type ThreatLevel string

// The levels of threat, in ascending order.
const (
	Low         ThreatLevel = "low"
	Moderate    ThreatLevel = "moderate"
	Significant ThreatLevel = "significant"
	High        ThreatLevel = "high"
	Critical    ThreatLevel = "critical"
)

// LanguageLevel is a level of the Common European Framework of Reference for
// Languages, A1 to C2.
type LanguageLevel string

// FieldPlacement says where the sentence on the field of study stands.
type FieldPlacement string

// The places of the sentence on the field of study.
const (
	NoField       FieldPlacement = "none"
	BeforeService FieldPlacement = "beforeService"
	AfterService  FieldPlacement = "afterService"
)

// SuppliedWord is a word of a requirement that a notice lost.
type SuppliedWord string

// The words that may be supplied.
const (
	SuppliedNoun   SuppliedWord = "noun"
	SuppliedNumber SuppliedWord = "number"
)

// StudyYears is the nominal full-time length of a programme in years, more
// than 0 and at most 20. Zero is not stated.
type StudyYears float64

// UnmarshalJSON reads a number of years, or null.
func (y *StudyYears) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*y = 0
		return nil
	}
	n, err := strconv.ParseFloat(string(b), 64)
	if err != nil || n == 0 || StudyYears(n).check() != nil {
		return fmt.Errorf("%s is not a length of study: write a number of years above 0 and up to 20", b)
	}
	*y = StudyYears(n)
	return nil
}

func (y StudyYears) check() error {
	if y >= 0 && y <= 20 {
		return nil
	}
	return fmt.Errorf("%v is not a length of study in years", float64(y))
}

// enumeration is a closed list of codes; policies and histories may use no
// other.
type enumeration struct {
	name  string // what a code of the list is, with its article
	codes []string
}

func (e *enumeration) has(code string) bool { return slices.Contains(e.codes, code) }

func (e *enumeration) errorFor(code string) error {
	return fmt.Errorf("%q is not %s: use one of %s", code, e.name, strings.Join(e.codes, ", "))
}

func codesOf[S ~string](name string, codes ...S) *enumeration {
	e := &enumeration{name: name}
	for _, c := range codes {
		e.codes = append(e.codes, string(c))
	}
	return e
}

// The closed lists; they are never written to.
var (
	qualificationKinds = codesOf("a kind of qualification", Secondary, Vocational, University,
		PoliceEducation, MilitaryEducation, CivilianSecurity, Specialisation, Training)
	serviceKinds    = codesOf("a service", Police, Military, CivilianSecurityService)
	employmentKinds = codesOf("a kind of employment", Employed, SelfEmployment, Traineeship, Volunteering, MilitaryService, Doctorate)
	regimes         = codesOf("a regime", Contracted, Seconded, Local)
	threatLevels    = codesOf("a level of threat", Low, Moderate, Significant, High, Critical)
	languageLevels  = codesOf[LanguageLevel]("a CEFR level", "A1", "A2", "B1", "B2", "C1", "C2")
	fieldPlacements = codesOf("a place of the field sentence", NoField, BeforeService, AfterService)
	stages          = codesOf("a stage", StageApplication, StageSelection, StageDeployment, StageService)
	dues            = codesOf("a time at which a credential is due", StageApplication, StageDeployment)
	suppliedWords   = codesOf("a word that may be supplied", SuppliedNoun, SuppliedNumber)
	verdicts        = codesOf("a recorded decision", Eligible, Ineligible)
)
