package policies_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/experience"
)

func csdp(t testing.TB) *eligibility.Policy {
	p, err := policies.CSDP()
	require.NoError(t, err)
	return p
}

// paths returns the path of every rule.
func paths(prefix string, rules []eligibility.Rule) []string {
	var out []string
	for _, r := range rules {
		out = append(out, prefix+r.ID)
		out = append(out, paths(prefix+r.ID+"/", slices.Concat(r.AnyOf, r.AllOf))...)
	}
	return out
}

// Findings name rules by these paths; whoever stored an assessment relies on
// them, so that a rename is a new version of the policy.
func TestRuleIDs(t *testing.T) {
	require.Equal(t, []string{
		"deadline",
		"citizenship",
		"regime",
		"nomination",
		"education",
		"education/universityStudies",
		"education/nationalQualification",
		"education/eheaCycle",
		"education/serviceEducation",
		"education/equivalentRank",
		"education/secondaryEducation",
		"education/secondaryEducation/diploma",
		"education/secondaryEducation/complement",
		"experience",
		"experience/total",
		"experience/ofWhich",
		"credentials",
		"credentials/atApplication",
		"credentials/atDeployment",
		"languages",
		"sameMission",
		"coolingOff",
		"fullDeployment",
		"fullDeployment/sameMissionRoom",
		"fullDeployment/highThreatRoom",
		"retirement",
		"workingLanguages",
		"workingLanguages/levels",
		"workingLanguages/judged",
		"generalRequirements",
		"postSkills",
		"translations",
		"drivingLicence", "drivingLicence/held", "drivingLicence/missionArea",
		"passport",
		"clearance",
		"clearance/held",
		"clearance/requested",
		"clearance/requestedByMission",
		"clearance/thirdState",
		"finalClearance",
		"goodConduct",
		"goodConduct/ofCitizenship",
		"goodConduct/ofResidence",
		"goodConduct/residencesStated",
		"medical",
		"preDeploymentTraining",
		"visas",
		"diplomas",
	}, paths("", csdp(t).Rules()))
}

func TestReadingsAndTheirDefaults(t *testing.T) {
	type reading struct {
		id      string
		options []string // the default first
	}
	want := []reading{
		{"cycleSlip", []string{"corrected", "literal"}},
		{"yearsAlternative", []string{"sufficient", "withLevel"}},
		{"fieldScope", []string{"asPlaced", "academicOnly", "everyEducation"}},
		{"secondaryLevel", []string{"4", "3"}},
		{"experienceStart", []string{"earliest", "highest"}},
		{"experienceEnd", []string{"application", "closing"}},
		{"countsSeconded", []string{"no", "yes"}},
		{"sameMissionReset", []string{"never", "oneYear"}},
		{"newChainAt", []string{"start", "application"}},
		{"threatEnd", []string{"contract", "threat"}},
		{"tenureScope", []string{"contracted", "anyPost"}},
		{"passportValidity", []string{"fromStart", "fromEnd"}},
		{"conductCitizenship", []string{"any", "every"}},
		{"openStart", []string{"unknown", "closing"}},
	}
	p := csdp(t)
	got := p.Readings()
	require.Len(t, got, len(want))
	for i, w := range want {
		require.Equal(t, w.id, got[i].ID)
		require.Equal(t, w.options[0], got[i].Default, w.id)
		require.Equal(t, w.options[0], p.Chosen()[w.id], w.id)
		require.Len(t, got[i].Options, len(w.options), w.id)
		for _, o := range w.options {
			require.NotEmpty(t, got[i].Options[o], "%s does not say what %s takes the clause to say", w.id, o)
		}
		require.NotEmpty(t, got[i].About, w.id)
		requireLocators(t, got[i].Cite, w.id)
	}
}

func TestWithReadingRefusesWhatDoesNotExist(t *testing.T) {
	p := csdp(t)
	_, err := p.WithReading("fieldScope", "everyone")
	require.ErrorContains(t, err, "everyone")
	_, err = p.WithReading("fieldScop", "asPlaced")
	require.ErrorContains(t, err, "fieldScop")
}

func TestWithReadingLeavesThePolicyAlone(t *testing.T) {
	p := csdp(t)
	q, err := p.WithReading("fieldScope", "academicOnly")
	require.NoError(t, err)
	require.Equal(t, "asPlaced", p.Chosen()["fieldScope"])
	require.Equal(t, "academicOnly", q.Chosen()["fieldScope"])
}

// requireLocators holds citations to one place in a text each, so that a
// comma that splits one in two is noticed.
func requireLocators(t *testing.T, cite []string, what string) {
	t.Helper()
	require.NotEmpty(t, cite, "%s has no cite", what)
	for _, c := range cite {
		require.Regexp(t, `^(§|(EK \d{5}|CSDP MSO|NATO MSST) §\d|cover page, |post header, |`+
			`((OSCE CMS|UN CSO) )?(header|required qualifications|educational background|experience|education|languages|`+
			`additional notes|special notice|considerations|closing notes)(, .*| of the post)?$)`, c, what)
	}
}

// requireStated asks for what a person needs to follow a rule. Rules inside
// another share its place in the text.
func requireStated(t *testing.T, where string, rules []eligibility.Rule, top bool) {
	for _, r := range rules {
		path := where + "/" + r.ID
		require.NotEmpty(t, r.Title, path)
		if top || len(r.Cite) > 0 {
			requireLocators(t, r.Cite, path)
		}
		requireStated(t, path, slices.Concat(r.AnyOf, r.AllOf), false)
	}
}

func TestEveryRuleHasATitleAndACite(t *testing.T) {
	for _, name := range suites {
		p := policyOf(t, name)
		requireStated(t, name, p.Rules(), true)
		requireStated(t, name+" desirable", p.Desirable(), true)
	}
	vacancies, err := policies.Vacancies()
	require.NoError(t, err)
	for _, v := range vacancies {
		requireLocators(t, v.Cite, v.Reference)
		requireStated(t, v.Reference, v.Rules, true)
		requireStated(t, v.Reference+" desirable", v.Desirable, true)
	}
}

func TestOwnRulesTellTheApplicantWhatLacks(t *testing.T) {
	vacancies, err := policies.Vacancies()
	require.NoError(t, err)
	for _, v := range vacancies {
		for _, r := range v.Rules {
			require.NotEmpty(t, r.Message, "%s %s", v.Reference, r.ID)
		}
	}
}

func TestCSDPNamesItsSource(t *testing.T) {
	p := csdp(t)
	require.Equal(t, "csdp", p.Name())
	require.Equal(t, "2025-10", p.Version())
	require.NotEmpty(t, p.Title())
	require.Equal(t, eligibility.Source{
		Document:  "EULEX 3-2025 Call for Contributions",
		Publisher: "EEAS",
		Published: experience.MustParseDate("2025-10"),
	}, p.Source())
	require.Equal(t, experience.MustParseDate("2025-10-01"), p.InForce().From)
	require.False(t, p.InForce().To.IsValid())
}

func TestCatalogueHasEveryPost(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	require.Equal(t, []string{"csdp", "nato", "osce", "un"}, catalogue.Policies())
	vacancies, err := policies.Vacancies()
	require.NoError(t, err)
	var references []string
	for _, v := range vacancies {
		references = append(references, v.Reference)
		post, err := catalogue.Post(v.Reference)
		require.NoError(t, err)
		require.Equal(t, v.Reference, post.Vacancy().Reference)
		require.Equal(t, v.Policy, post.Policy().Name())
	}
	slices.Sort(references)
	require.Equal(t, references, catalogue.References())
}

func TestCatalogueTakesAGivenPolicyInPlaceOfTheShippedOne(t *testing.T) {
	chosen, err := csdp(t).WithReading("cycleSlip", "literal")
	require.NoError(t, err)
	given := []*eligibility.Policy{chosen}
	catalogue, err := policies.Catalogue(given...)
	require.NoError(t, err)
	require.Equal(t, []string{"csdp", "nato", "osce", "un"}, catalogue.Policies())
	require.Equal(t, "literal", catalogue.Policy("csdp").Chosen()["cycleSlip"])

	other, err := eligibility.LoadPolicy("other.yaml", []byte("policy: other\nversion: \"1\"\nrules: [{id: open, expression: \"true\"}]\n"))
	require.NoError(t, err)
	catalogue, err = policies.Catalogue(other)
	require.NoError(t, err)
	require.Equal(t, []string{"csdp", "nato", "osce", "other", "un"}, catalogue.Policies())

	earlier, err := eligibility.LoadPolicy("earlier.yaml", []byte("policy: csdp\nversion: \"2024-03\"\ninForce: {from: 2024-03-01, to: 2025-09-30}\nrules: [{id: open, expression: \"true\"}]\n"))
	require.NoError(t, err)
	catalogue, err = policies.Catalogue(earlier)
	require.NoError(t, err)
	require.Equal(t, []string{"2024-03", "2025-10"}, []string{catalogue.Versions("csdp")[0].Version(), catalogue.Policy("csdp").Version()})

	later, err := eligibility.LoadPolicy("later.yaml", []byte("policy: csdp\nversion: \"2026-03\"\ninForce: {from: 2026-03-01}\nrules: [{id: open, expression: \"true\"}]\n"))
	require.NoError(t, err)
	_, err = policies.Catalogue(later)
	require.ErrorContains(t, err, "policies csdp 2025-10 (in force from 2025-10-01) and csdp 2026-03 (in force from 2026-03-01) overlap")
}
