package policies_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// What the OSCE, the UN and NATO would like to see is found beside the rules, and
// the verdict is that of a candidate who brings none of it.
func TestDesirableOfTheOtherOrganisations(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	for _, tt := range []struct {
		name, vacancy, candidate, application string

		want map[string]eligibility.Status
	}{
		{"nothing", "OSCE CMS", ``, ``, map[string]eligibility.Status{"civilianAndMilitary": eligibility.NotDetermined, "localLanguages": eligibility.Unmet}},
		{"Serbian in one script", "OSCE CMS", `"languages":[{"code":"sr-Latn"}]`, ``, map[string]eligibility.Status{"localLanguages": eligibility.Met}},
		{"Albanian", "OSCE CMS", `"languages":[{"code":"sq","level":"A1"}]`, ``, map[string]eligibility.Status{"localLanguages": eligibility.Met}},
		{"Swiss German", "OSCE CMS", `"languages":[{"code":"gsw","level":"C2"}]`, ``, map[string]eligibility.Status{"localLanguages": eligibility.Unmet}},
		{"both surroundings", "OSCE CMS", ``, `"judgements":{"desirable/civilianAndMilitary":true}`, map[string]eligibility.Status{"civilianAndMilitary": eligibility.Met}},
		{"one only", "OSCE CMS", ``, `"judgements":{"desirable/civilianAndMilitary":false}`, map[string]eligibility.Status{"civilianAndMilitary": eligibility.Unmet}},
		{"nothing", "UN CSO", ``, ``, map[string]eligibility.Status{"securityCertification": eligibility.Unmet, "otherLanguage": eligibility.Unmet}},
		{"certified until the day", "UN CSO", `"credentials":[{"id":"s","kind":"securityCertification","issued":"2018-01-01","expires":"2019-11-27"}]`, ``, map[string]eligibility.Status{"securityCertification": eligibility.Met}},
		{"certified until the day before", "UN CSO", `"credentials":[{"id":"s","kind":"securityCertification","issued":"2018-01-01","expires":"2019-11-26"}]`, ``, map[string]eligibility.Status{"securityCertification": eligibility.Unmet}},
		{"certified, who knows when", "UN CSO", `"credentials":[{"id":"s","kind":"securityCertification"}]`, ``, map[string]eligibility.Status{"securityCertification": eligibility.NotDetermined}},
		{"Canadian French", "UN CSO", `"languages":[{"code":"fr-CA","level":"B1"}]`, ``, map[string]eligibility.Status{"otherLanguage": eligibility.Met}},
		{"Portuguese", "UN CSO", `"languages":[{"code":"pt","level":"C2"}]`, ``, map[string]eligibility.Status{"otherLanguage": eligibility.Unmet}},
		{"nobody has judged", "NATO MSST", ``, ``, map[string]eligibility.Status{"advantages": eligibility.NotDetermined}},
		{"advantages", "NATO MSST", ``, `"judgements":{"desirable/advantages":true}`, map[string]eligibility.Status{"advantages": eligibility.Met}},
		{"none", "NATO MSST", ``, `"judgements":{"desirable/advantages":false}`, map[string]eligibility.Status{"advantages": eligibility.Unmet}},
	} {
		t.Run(tt.vacancy+"/"+tt.name, func(t *testing.T) {
			assess := func(candidate, application string) *eligibility.Assessment {
				if candidate != "" {
					candidate = "," + candidate
				}
				c, err := eligibility.DecodeCase([]byte(`{"id":"c","vacancy":"` + tt.vacancy + `","candidate":{"id":"c"` + candidate + `},"application":{` + application + `}}`))
				require.NoError(t, err)
				a, err := catalogue.Assess(t.Context(), c, eligibility.WithDesirable())
				require.NoError(t, err)
				return a
			}
			a, plain := assess(tt.candidate, tt.application), assess("", "")
			require.Equal(t, plain.Verdict, a.Verdict)
			require.Equal(t, plain.Missing, a.Missing)
			found := make(map[string]eligibility.Status)
			for _, f := range a.Desirable {
				found[f.ID] = f.Status
			}
			for id, status := range tt.want {
				require.Equal(t, status, found[id], id)
			}
		})
	}
}
