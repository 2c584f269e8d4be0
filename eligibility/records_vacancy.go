package eligibility

import (
	"github.com/qualify-rules/qualify/eqf"
	"github.com/qualify-rules/qualify/experience"
)

// The records of a vacancy, as DESIGN §6 names them.
var (
	serviceEducationRecord = newRecordType("ServiceEducation",
		parameters("kinds", serviceKinds, func(s *ServiceEducation) []ServiceKind { return s.Kinds }),
		flag("course", func(s *ServiceEducation) bool { return s.Course }),
		flag("rank", func(s *ServiceEducation) bool { return s.Rank }),
		flag("civilianSecurity", func(s *ServiceEducation) bool { return s.CivilianSecurity }),
	)
	complementRecord = newRecordType("TrainingCondition",
		parameters("kinds", qualificationKinds, func(c *TrainingCondition) []QualificationKind { return c.Kinds }),
		flag("relevant", func(c *TrainingCondition) bool { return c.Relevant }),
	)
	educationRecord = newRecordType("Education",
		yearsOf("studyYears", func(e *Education) StudyYears { return e.StudyYears }),
		level("eqf", func(e *Education) eqf.Level { return e.EQF }),
		cycle("cycle", func(e *Education) eqf.Cycle { return e.Cycle }),
		cycle("cyclePrinted", func(e *Education) eqf.Cycle { return e.CyclePrinted }),
		parameters("fields", nil, func(e *Education) []eqf.Field { return e.Fields }),
		flag("fieldsOpen", func(e *Education) bool { return e.FieldsOpen }),
		text("fieldPlaced", fieldPlacements, func(e *Education) FieldPlacement {
			if e.FieldPlaced == "" {
				return NoField
			}
			return e.FieldPlaced
		}),
		part("service", serviceEducationRecord, func(e *Education) bool {
			return len(e.Service.Kinds) > 0 || e.Service.Rank || e.Service.Course || e.Service.CivilianSecurity
		}, func(ev *evaluation) *object[ServiceEducation] { return &ev.service }),
		text("focus", nil, func(e *Education) eqf.Field { return e.Focus }),
		flag("secondary", func(e *Education) bool { return e.Secondary }),
		part("complement", complementRecord, func(e *Education) bool { return len(e.Complement.Kinds) > 0 },
			func(ev *evaluation) *object[TrainingCondition] { return &ev.complement }),
	)
	partRecord = newRecordType("ExperiencePart",
		period("period", func(p *ExperiencePart) experience.Period { return p.Period }),
		parameters("domains", nil, func(p *ExperiencePart) []string { return p.Domains }),
		parameters("levels", nil, func(p *ExperiencePart) []string { return p.Levels }),
	)
	experienceRecord = newRecordType("ExperienceAsked",
		period("total", func(e *ExperienceAsked) experience.Period { return e.Total }),
		flag("fullTime", func(e *ExperienceAsked) bool { return e.FullTime }),
		parameters("domains", nil, func(e *ExperienceAsked) []string { return e.Domains }),
		list[ExperienceAsked]("ofWhich", partRecord, func(ev *evaluation) *recordList[ExperiencePart] { return &ev.parts }),
	)
	requiredCredentialRecord = newRecordType("RequiredCredential",
		text("kind", nil, func(c *RequiredCredential) string { return c.Kind }),
		parameters("codes", nil, func(c *RequiredCredential) []string { return c.Codes }),
		text("due", dues, func(c *RequiredCredential) Stage {
			if c.Due == "" {
				return StageApplication
			}
			return c.Due
		}),
	)
	vacancyRecord = newRecordType("Vacancy",
		text("vacancy", nil, func(v *Vacancy) string { return v.Reference }),
		text("title", nil, func(v *Vacancy) string { return v.Title }),
		text("mission", nil, func(v *Vacancy) string { return v.Mission }),
		texts("regimes", regimes, func(v *Vacancy) []Regime { return v.Regimes }),
		yesNo("openToThirdStates", func(v *Vacancy) experience.Truth { return v.OpenToThirdStates }),
		texts("thirdStates", nil, func(v *Vacancy) []string { return v.ThirdStates }),
		date("closes", func(v *Vacancy) experience.Date { return v.Closes }),
		date("starts", func(v *Vacancy) experience.Date { return v.Starts.Date }),
		period("deployment", func(v *Vacancy) experience.Period { return v.Deployment }),
		text("clearance", nil, func(v *Vacancy) string { return v.Clearance }),
		flag("clearanceOnDeployment", func(v *Vacancy) bool { return v.ClearanceOnDeployment }),
		text("roster", nil, func(v *Vacancy) string { return v.Roster }),
		part("education", educationRecord, func(v *Vacancy) bool { return v.Education.isStated() },
			func(ev *evaluation) *object[Education] { return &ev.education }),
		part("experience", experienceRecord, func(v *Vacancy) bool { return v.Experience.isStated() },
			func(ev *evaluation) *object[ExperienceAsked] { return &ev.experience }),
		list[Vacancy]("credentials", requiredCredentialRecord, func(ev *evaluation) *recordList[RequiredCredential] { return &ev.requiredCredentials }),
		list[Vacancy]("languages", languageRecord, func(ev *evaluation) *recordList[Language] { return &ev.requiredLanguages }),
		list[Vacancy]("workingLanguages", languageRecord, func(ev *evaluation) *recordList[Language] { return &ev.workingLanguages }),
	)
)

func (e *Education) isStated() bool {
	return e.StudyYears != 0 || e.EQF.IsValid() || e.Cycle.IsValid() || e.Secondary ||
		len(e.Service.Kinds) > 0 || e.Service.CivilianSecurity || e.Service.Rank
}

func (e *ExperienceAsked) isStated() bool { return e.Total.IsValid() || len(e.OfWhich) > 0 }
