package eligibility_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
)

// requireInputError holds that an error is an InputError whose text begins
// with the pointer and holds the remedy.
func requireInputError(t *testing.T, err error, pointer, remedy string) {
	t.Helper()
	require.Error(t, err)
	input, ok := errors.AsType[*eligibility.InputError](err)
	require.True(t, ok, "%T: %v", err, err)
	require.Equal(t, pointer, input.Pointer, err.Error())
	require.Contains(t, err.Error(), remedy)
	if pointer != "" {
		require.True(t, strings.HasPrefix(err.Error(), pointer+": "), err.Error())
	}
	require.ErrorIs(t, err, input.Err)
}

// candidateCase is a case with fields of the candidate; applicationCase one
// with fields of the application and a candidate who has two records.
func candidateCase(fields string) string {
	return `{"id":"c","vacancy":"V 1","candidate":{"id":"x",` + fields + `}}`
}

func applicationCase(fields string) string {
	return `{"id":"c","vacancy":"V 1","candidate":{"id":"x","qualifications":[{"id":"q","kind":"police"},{"id":"twice","kind":"police"}],` +
		`"employments":[{"id":"twice"}]},"application":{` + fields + `}}`
}

func missionCase(threat string) string {
	return `{"id":"c","vacancy":"V 1","candidate":{"id":"x"},"missions":[{"id":"m","threat":` + threat + `}]}`
}

func vacancyCase(fields string) string {
	return `{"id":"c","candidate":{"id":"x"},"vacancy":{"vacancy":"V 1","policy":"p",` + fields + `}}`
}

func TestDecodeCaseFaults(t *testing.T) {
	for _, tt := range []struct{ name, text, pointer, remedy string }{
		{"nothing", "", "", "empty"},
		{"white space", " \n ", "", "empty"},
		{"truncated", `{"id":"c","candidate":{"id":"x"`, "/candidate", "is the file complete?"},
		{"trailing", `{"id":"c","candidate":{"id":"x"},"vacancy":"V 1"} {}`, "", "not JSON at byte"},
		{"no object", `[]`, "", "an object in braces, not a list"},
		{"not JSON", "{\n  id: 1}", "", "line 2"},
		{"invalid UTF-8", "{\"id\":\"\xff\"}", "/id", "UTF-8"},
		{"no id", `{"candidate":{"id":"x"},"vacancy":"V 1"}`, "/id", "state it"},
		{"no candidate", `{"id":"c","vacancy":"V 1"}`, "/candidate/id", "state it"},
		{"no vacancy", `{"id":"c","candidate":{"id":"x"}}`, "/vacancy", "name a vacancy or state one"},
		{"recorded", `{"id":"c","candidate":{"id":"x"},"vacancy":"V 1","recorded":"undetermined"}`, "/recorded", "use one of eligible, ineligible"},

		{"wrong type", candidateCase(`"qualifications":{}`), "/candidate/qualifications", "want a list in brackets, not an object"},
		{"a number for a text", candidateCase(`"residence":7`), "/candidate/residence", "want a text, not a number: put it in quotes"},
		{"a text for a truth", candidateCase(`"qualifications":[{"id":"q","kind":"police","attested":"yes"}]`), "/candidate/qualifications/0/attested", "not true, false or null"},
		{"a text for a flag", candidateCase(`"qualifications":[{"id":"q","kind":"police","course":"yes"}]`), "/candidate/qualifications/0/course", "want true or false, not a text"},
		{"unknown key", candidateCase(`"qualifications":[{"id":"q","kind":"police","grade":1}]`), "/candidate/qualifications/0/grade", "the fields here are id, kind"},
		{"wrongly cased key", candidateCase(`"Residence":"FR"`), "/candidate/Residence", "the fields here are"},
		{"duplicate key", candidateCase(`"residence":"FR","residence":"DE"`), "/candidate/residence", "state it once"},

		{"impossible date", candidateCase(`"retires":"2023-02-29"`), "/candidate/retires", "not in the calendar"},
		{"date of another form", candidateCase(`"retires":"31.12.2030"`), "/candidate/retires", "write it as 2014-05-31"},
		{"empty date", candidateCase(`"retires":""`), "/candidate/retires", "write it as 2014-05-31"},
		{"end before start", candidateCase(`"employments":[{"id":"e","from":"2014-05","to":"2014-04-30"}]`), "/candidate/employments/0/to", "ends before it starts"},
		{"contract backwards", candidateCase(`"contracts":[{"id":"c","mission":"m","regime":"local","from":"2014-05-02","to":"2014-05-01"}]`), "/candidate/contracts/0/to", "ends before it starts"},
		{"expiry before issue", candidateCase(`"credentials":[{"id":"c","kind":"k","issued":"2020","expires":"2019"}]`), "/candidate/credentials/0/expires", "ends before it starts"},
		{"duplicate id", candidateCase(`"ranks":[{"id":"r","service":"police"},{"id":"s","service":"police"},{"id":"r","service":"police"}]`), "/candidate/ranks/2/id", "0 too: give each"},
		{"record without id", candidateCase(`"credentials":[{"kind":"k"}]`), "/candidate/credentials/0/id", "state it"},
		{"contract without mission", candidateCase(`"contracts":[{"id":"c","regime":"local"}]`), "/candidate/contracts/0/mission", "state it"},
		{"credential without kind", candidateCase(`"credentials":[{"id":"c"}]`), "/candidate/credentials/0/kind", "state it"},

		{"EL", candidateCase(`"citizenships":["FR","EL"]`), "/candidate/citizenships/1", "write GR for Greece"},
		{"UK", candidateCase(`"residence":"UK"`), "/candidate/residence", "write GB for the United Kingdom"},
		{"a country in small letters", candidateCase(`"residence":"fr"`), "/candidate/residence", "in capitals"},
		{"a country that is none", candidateCase(`"citizenships":["FR","ZZ"]`), "/candidate/citizenships/1", "ISO 3166-1"},
		{"kind of qualification", candidateCase(`"qualifications":[{"id":"q","kind":"univeristy"}]`), "/candidate/qualifications/0/kind", "use one of secondary, vocational"},
		{"no kind of qualification", candidateCase(`"qualifications":[{"id":"q"}]`), "/candidate/qualifications/0/kind", "state a kind"},
		{"cycle", candidateCase(`"qualifications":[{"id":"q","kind":"police","cycle":"bachelor"}]`), "/candidate/qualifications/0/cycle", "not one of short, first, second, third"},
		{"field that is none", candidateCase(`"qualifications":[{"id":"q","kind":"police","fields":["123"]}]`), "/candidate/qualifications/0/fields/0", `"123"`},
		{"field without its zero", candidateCase(`"qualifications":[{"id":"q","kind":"police","fields":["421"]}]`), "/candidate/qualifications/0/fields/0", `"0421"`},
		{"field as a number", candidateCase(`"qualifications":[{"id":"q","kind":"police","fields":[421]}]`), "/candidate/qualifications/0/fields/0", "put it in quotes"},
		{"level 0", candidateCase(`"qualifications":[{"id":"q","kind":"police","eqf":0}]`), "/candidate/qualifications/0/eqf", "not within 1 to 8"},
		{"level 9", candidateCase(`"qualifications":[{"id":"q","kind":"police","equivalentEqf":9}]`), "/candidate/qualifications/0/equivalentEqf", "not within 1 to 8"},
		{"level 6.5", candidateCase(`"ranks":[{"id":"r","service":"police","equivalentEqf":6.5}]`), "/candidate/ranks/0/equivalentEqf", "1 to 8"},
		{"study of 0 years", candidateCase(`"qualifications":[{"id":"q","kind":"police","studyYears":0}]`), "/candidate/qualifications/0/studyYears", "number of years above 0"},
		{"study of 21 years", candidateCase(`"qualifications":[{"id":"q","kind":"police","studyYears":21}]`), "/candidate/qualifications/0/studyYears", "up to 20"},
		{"study in words", candidateCase(`"qualifications":[{"id":"q","kind":"police","studyYears":"3"}]`), "/candidate/qualifications/0/studyYears", "number"},
		{"service of a rank", candidateCase(`"ranks":[{"id":"r","service":"navy"}]`), "/candidate/ranks/0/service", "use one of police, military, civilianSecurity"},
		{"kind of employment", candidateCase(`"employments":[{"id":"e","kind":"freelance"}]`), "/candidate/employments/0/kind", "use one of employment, selfEmployment"},
		{"fraction 1.5", candidateCase(`"employments":[{"id":"e","fraction":1.5}]`), "/candidate/employments/0/fraction", "0 to 1"},
		{"negative fraction", candidateCase(`"employments":[{"id":"e","fraction":-0.5}]`), "/candidate/employments/0/fraction", "0 to 1"},
		{"empty domain", candidateCase(`"employments":[{"id":"e","domains":["a",""]}]`), "/candidate/employments/0/domains/1", "state it"},
		{"regime of a contract", candidateCase(`"contracts":[{"id":"c","mission":"m","regime":"contractd"}]`), "/candidate/contracts/0/regime", "use one of contracted, seconded, local"},
		{"level of a language", candidateCase(`"languages":[{"code":"en","level":"C3"}]`), "/candidate/languages/0/level", "use one of A1, A2"},
		{"language tag", candidateCase(`"languages":[{"code":"English language"}]`), "/candidate/languages/0/code", "such as en"},

		{"regime of the application", applicationCase(`"regime":"loan"`), "/application/regime", "use one of contracted"},
		{"relevance of no record", applicationCase(`"relevance":{"nobody":true}`), "/application/relevance/nobody", "no qualification or employment"},
		{"relevance of two records", applicationCase(`"relevance":{"twice":true}`), "/application/relevance/twice", "give each its own"},
		{"relevance in words", applicationCase(`"relevance":{"q":"yes"}`), "/application/relevance/q", "true, false or null"},
		{"pointer that needs escapes", applicationCase(`"relevance":{"a/b~c":true}`), "/application/relevance/a~1b~0c", "no qualification or employment"},
		{"the first of several", applicationCase(`"relevance":{"z":true,"b":true,"a":true}`), "/application/relevance/a", "no qualification or employment"},

		{"level of threat", missionCase(`[{"from":"2020-01-01","level":"hihg"}]`), "/missions/0/threat/0/level", "use one of low, moderate"},
		{"threat without a day", missionCase(`[{"level":"high"}]`), "/missions/0/threat/0/from", "state the day"},
		{"threat of one day twice", missionCase(`[{"from":"2020-01-01","level":"high"},{"from":"2020-01-01","level":"low"}]`), "/missions/0/threat/1/from", "so that one is later"},
		{"threat in no order", missionCase(`[{"from":"2020","level":"high"},{"from":"2020-06","level":"low"}]`), "/missions/0/threat/1/from", "so that one is later"},
		{"mission twice", `{"id":"c","vacancy":"V 1","candidate":{"id":"x"},"missions":[{"id":"m"},{"id":"m"}]}`, "/missions/1/id", "give each its own"},

		{"vacancy without a policy", `{"id":"c","candidate":{"id":"x"},"vacancy":{"vacancy":"V 1"}}`, "/vacancy/policy", "state it"},
		{"vacancy's own unknown key", vacancyCase(`"titel":"x"`), "/vacancy/titel", "the fields here are"},
		{"vacancy's regimes", vacancyCase(`"regimes":["contractd"]`), "/vacancy/regimes/0", "use one of contracted"},
		{"vacancy's third states", vacancyCase(`"thirdStates":["UK"]`), "/vacancy/thirdStates/0", "write GB"},
		{"vacancy's start", vacancyCase(`"starts":"soon"`), "/vacancy/starts", "not a date"},
		{"vacancy's deployment", vacancyCase(`"deployment":"12M"`), "/vacancy/deployment", "write it as P4Y"},
		{"part without a period", vacancyCase(`"experience":{"ofWhich":[{"domains":["a"]}]}`), "/vacancy/experience/ofWhich/0/period", "P1D where the text gives none"},
		{"field placement", vacancyCase(`"education":{"fieldPlaced":"middle"}`), "/vacancy/education/fieldPlaced", "use one of none, beforeService, afterService"},
		{"service kinds", vacancyCase(`"education":{"service":{"kinds":["university"]}}`), "/vacancy/education/service/kinds/0", "use one of police"},
		{"complement kinds", vacancyCase(`"education":{"complement":{"kinds":["uni"]}}`), "/vacancy/education/complement/kinds/0", "use one of secondary"},
		{"complement of no kind", vacancyCase(`"education":{"complement":{"relevant":true}}`), "/vacancy/education/complement/kinds", "name the kinds"},
		{"credential due", vacancyCase(`"credentials":[{"kind":"k","due":"selection"}]`), "/vacancy/credentials/0/due", "use one of application, deployment"},
		{"required language", vacancyCase(`"languages":[{"code":"en"}]`), "/vacancy/languages/0/level", "state it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := eligibility.DecodeCase([]byte(tt.text))
			require.Nil(t, c)
			if err != nil && tt.name != "study in words" {
				require.False(t, strings.Contains(err.Error(), "want a number, not a number"), "the fault of studyYears is unreadable")
			}
			requireInputError(t, err, tt.pointer, tt.remedy)
		})
	}
}

// null states nothing, as an absent field does.
func TestNullIsNotStated(t *testing.T) {
	with, err := eligibility.DecodeCase([]byte(`{"id":"c","vacancy":"V 1","candidate":{"id":"x","citizenships":null,"retires":null,` +
		`"qualifications":[{"id":"q","kind":"police","attested":null,"awarded":null,"eqf":null,"studyYears":null,"cycle":null,"fields":null,"nqf":null,"unlevelled":null}],` +
		`"employments":[{"id":"e","from":null,"to":null,"fraction":null,"domains":null,"kind":null}],"contracts":null},` +
		`"application":{"date":null,"regime":null,"nominated":null,"relevance":{"q":null}},"missions":null,"recorded":null}`))
	require.NoError(t, err)
	without, err := eligibility.DecodeCase([]byte(`{"id":"c","vacancy":"V 1","candidate":{"id":"x","qualifications":[{"id":"q","kind":"police"}],"employments":[{"id":"e"}]}}`))
	require.NoError(t, err)
	without.Application.Relevance = with.Application.Relevance
	require.Equal(t, without, with)
}

func TestTooLarge(t *testing.T) {
	_, err := eligibility.DecodeCase(make([]byte, eligibility.MaxCaseBytes+1))
	requireInputError(t, err, "", "more than the 16777216")

	list := func(n int, record func(i int) string) string {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = record(i)
		}
		return strings.Join(parts, ",")
	}
	code := func(int) string { return `"FR"` }
	_, err = eligibility.DecodeCase([]byte(candidateCase(`"citizenships":[` + list(eligibility.MaxValues, code) + `]`)))
	require.NoError(t, err)
	_, err = eligibility.DecodeCase([]byte(candidateCase(`"citizenships":[` + list(eligibility.MaxValues+1, code) + `]`)))
	requireInputError(t, err, "/candidate/citizenships", "more than the 64")

	contract := func(i int) string { return fmt.Sprintf(`{"id":"c%d","mission":"m","regime":"local"}`, i) }
	_, err = eligibility.DecodeCase([]byte(candidateCase(`"contracts":[` + list(eligibility.MaxRecords, contract) + `]`)))
	require.NoError(t, err)
	_, err = eligibility.DecodeCase([]byte(candidateCase(`"contracts":[` + list(eligibility.MaxRecords+1, contract) + `]`)))
	requireInputError(t, err, "/candidate/contracts", "more than the 10000")
}

// A case that is read in parts has the same checks, with pointers from the
// part.
func TestDecodeParts(t *testing.T) {
	_, err := eligibility.DecodeCandidate([]byte(`{"id":"x","citizenships":["EL"]}`))
	requireInputError(t, err, "/citizenships/0", "GR")
	_, err = eligibility.DecodeApplication([]byte(`{"regime":"loan"}`))
	requireInputError(t, err, "/regime", "use one of")
	_, err = eligibility.DecodeMissions([]byte(`[{"id":"m"},{"id":"m"}]`))
	requireInputError(t, err, "/1/id", "give each its own")
	for _, text := range []string{"", "{", `"x"`, "{} x"} {
		_, err = eligibility.DecodeCandidate([]byte(text))
		require.IsType(t, &eligibility.InputError{}, err)
		_, err = eligibility.DecodeApplication([]byte(text))
		require.IsType(t, &eligibility.InputError{}, err)
		_, err = eligibility.DecodeMissions([]byte(text))
		require.IsType(t, &eligibility.InputError{}, err)
	}
	c, err := eligibility.DecodeCandidate([]byte(`{"id":"x"}`))
	require.NoError(t, err)
	require.Equal(t, &eligibility.Candidate{ID: "x"}, c)
}
