package policies_test

import (
	"encoding/csv"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/experience"
)

// posts.csv is a second reading of the notices, made without the YAML files.
// Its ofWhich has a part each: years or "any" length, and the levels or
// "topic" for a part that is tied to a domain.
func readPosts(t *testing.T) []map[string]string {
	file, err := os.Open("testdata/posts.csv")
	require.NoError(t, err)
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	var rows []map[string]string
	for _, record := range records[1:] {
		row := make(map[string]string)
		for i, column := range records[0] {
			row[column] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func join[S ~string](list []S, separator string) string {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = string(s)
	}
	return strings.Join(texts, separator)
}

func truthText(v experience.Truth) string {
	switch v {
	case experience.True:
		return "true"
	case experience.False:
		return "false"
	}
	return ""
}

func yearsText(p experience.Period) string {
	years, months, days := p.Parts()
	if years == 0 || months != 0 || days != 0 {
		return p.String()
	}
	return strconv.Itoa(years)
}

func partText(p eligibility.ExperiencePart) string {
	length := yearsText(p.Period) + "y"
	if p.Period == experience.MustParsePeriod("P1D") {
		length = "any" // the notice gives no length
	}
	if p.Levels == nil {
		return length + " topic"
	}
	return length + " " + join(p.Levels, "|")
}

// row writes a vacancy in the columns of posts.csv.
func row(v *eligibility.Vacancy) map[string]string {
	education := v.Education
	r := map[string]string{
		"reference":         v.Reference,
		"title":             v.Title,
		"mission":           v.Mission,
		"regimes":           join(v.Regimes, ";"),
		"openToThirdStates": truthText(v.OpenToThirdStates),
		"clearance":         v.Clearance,
		"closes":            v.Closes.String(),
		"starts":            v.Starts.Date.String(),
		"deployment":        v.Deployment.String(),
		"studyYears":        strconv.FormatFloat(float64(education.StudyYears), 'f', -1, 64),
		"eqf":               strconv.Itoa(int(education.EQF)),
		"cycle":             education.Cycle.String(),
		"cyclePrinted":      education.CyclePrinted.String(),
		"secondary":         strconv.FormatBool(education.Secondary),
		"complement":        join(education.Complement.Kinds, ";") + "," + strconv.FormatBool(education.Complement.Relevant),
		"fieldRequired":     strconv.FormatBool(len(education.Fields) > 0),
		"fields":            join(education.Fields, ";"),
		"fieldsOpen":        strconv.FormatBool(education.FieldsOpen),
		"fieldPlaced":       string(education.FieldPlaced),
		"serviceKinds":      join(education.Service.Kinds, ";"),
		"course":            strconv.FormatBool(education.Service.Course),
		"rank":              strconv.FormatBool(education.Service.Rank),
		"civilianSecurity":  strconv.FormatBool(education.Service.CivilianSecurity),
		"totalYears":        yearsText(v.Experience.Total),
		"fullTime":          strconv.FormatBool(v.Experience.FullTime),
		"domains":           join(v.Experience.Domains, ";"),
		"weapon":            "false",
		"cite":              v.Reference + " §4",
	}
	if v.Starts.Asap {
		r["starts"] = "asap"
	}
	if education.Complement.Kinds == nil {
		r["complement"] = ""
	}
	for _, column := range []string{"studyYears", "eqf"} {
		if r[column] == "0" {
			r[column] = ""
		}
	}
	var parts, domains, licences, others, later, languages, own []string
	for _, p := range v.Experience.OfWhich {
		parts = append(parts, partText(p))
		if p.Domains == nil {
			domains = append(domains, "-")
		} else {
			domains = append(domains, join(p.Domains, "|"))
		}
	}
	for _, c := range v.Credentials {
		switch c.Kind {
		case "weaponAuthorisation":
			r["weapon"] = strconv.FormatBool(c.Codes == nil)
		case "drivingLicence":
			licences = append(licences, c.Codes...)
		default:
			others = append(others, c.Kind+strings.Join(c.Codes, "|"))
		}
		if c.Due != "" && c.Due != eligibility.StageApplication {
			later = append(later, c.Kind)
		}
	}
	for _, l := range v.Languages {
		languages = append(languages, l.Code+" "+string(l.Level))
	}
	for _, rule := range v.Rules {
		own = append(own, rule.ID)
	}
	r["ofWhich"] = strings.Join(parts, ";")
	r["ofWhichDomains"] = strings.Join(domains, ";")
	r["licence"] = strings.Join(licences, ";")
	r["otherCredentials"] = strings.Join(others, ";")
	r["dueAtDeployment"] = strings.Join(later, ";")
	r["language"] = strings.Join(languages, ";")
	r["ownRules"] = strings.Join(own, ";")
	return r
}

func TestVacanciesAreAsTheNoticesSay(t *testing.T) {
	vacancies, err := policies.Vacancies()
	require.NoError(t, err)
	vacancies = slices.DeleteFunc(vacancies, func(v *eligibility.Vacancy) bool { return v.Policy != "csdp" })
	posts := readPosts(t)
	require.Len(t, vacancies, len(posts))
	byReference := make(map[string]*eligibility.Vacancy)
	for _, v := range vacancies {
		byReference[v.Reference] = v
	}
	for _, want := range posts {
		t.Run(want["reference"], func(t *testing.T) {
			v := byReference[want["reference"]]
			require.NotNil(t, v)
			got := row(v)
			// A dash is set with and without spaces, long and short, in one notice.
			want["title"] = strings.ReplaceAll(want["title"], "–", "-")
			// For no complement there is nothing to be relevant.
			if want["complement"] != "" {
				want["complement"] += "," + strconv.FormatBool(want["complementRelevant"] == "true")
			}
			delete(want, "complementRelevant")
			require.Equal(t, want, got)
			require.Contains(t, v.Cite, want["cite"])
			require.Equal(t, "csdp", v.Policy)
			require.Empty(t, v.ThirdStates, "the notice names none")
		})
	}
}

// otherPosts are those of the other organisations, with what their notices
// state.
var otherPosts = map[string]map[string]string{
	"OSCE CMS": {
		"policy": "osce", "mission": "OSCE Mission in Kosovo", "closes": "2025-06-10", "eqf": "7", "cycle": "second", "fields": "103",
		"fieldsOpen": "true", "totalYears": "10", "ofWhich": "5y management", "ofWhichDomains": "security", "language": "en C1",
		"ownRules": "securityPlanning",
	},
	"UN CSO": {
		"policy": "un", "mission": "UNTSO", "closes": "2019-11-27", "roster": "P-4", "eqf": "7", "cycle": "second", "fields": "1032;0413;031",
		"fieldsOpen": "false", "focus": "1032", "serviceKinds": "police;military", "course": "false", "rank": "false", "language": "en C1",
	},
	"NATO MSST": {"policy": "nato"},
}

func TestPostsOfOtherOrganisationsAreAsTheNoticesSay(t *testing.T) {
	vacancies, err := policies.Vacancies()
	require.NoError(t, err)
	seen := 0
	for _, v := range vacancies {
		want, ok := otherPosts[v.Reference]
		if !ok {
			continue
		}
		seen++
		got := row(v)
		got["policy"], got["roster"], got["focus"] = v.Policy, v.Roster, string(v.Education.Focus)
		for column, value := range got {
			switch column {
			case "reference", "title", "cite", "fieldRequired":
			default:
				if value == "false" || value == "P0D" || value == "P0Y" {
					value = ""
				}
				require.Equal(t, strings.TrimSuffix(want[column], "false"), value, "%s %s", v.Reference, column)
			}
		}
	}
	require.Len(t, otherPosts, seen)
}

func TestVacancyFilesAreNamedByTheirReference(t *testing.T) {
	names, err := fs.Glob(policies.Files(), "vacancies/*.yaml")
	require.NoError(t, err)
	require.Len(t, names, len(readPosts(t))+len(otherPosts))
	for _, name := range names {
		data, err := fs.ReadFile(policies.Files(), name)
		require.NoError(t, err)
		v, err := eligibility.LoadVacancy(name, data)
		require.NoError(t, err)
		want := strings.ToLower(strings.ReplaceAll(v.Reference, " ", "-"))
		require.Equal(t, "vacancies/"+strings.TrimPrefix(want, "csdp-")+".yaml", name)
	}
}
