package eligibility

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility/messages"
)

// Whatever fact may be missing has words in every language.
func TestEveryFactHasWords(t *testing.T) {
	records := map[string][]string{
		"Candidate": candidateRecord.names, "Qualification": qualificationRecord.names, "NQF": nqfRecord.names,
		"Rank": rankRecord.names, "Employment": employmentRecord.names, "Contract": contractRecord.names,
		"Credential": credentialRecord.names, "Residence": residenceRecord.names, "Language": languageRecord.names,
		"Application": applicationRecord.names, "Mission": missionRecord.names,
		"Education": educationRecord.names, "ServiceEducation": serviceEducationRecord.names,
		"TrainingCondition": complementRecord.names, "ExperienceAsked": experienceRecord.names,
		"ExperiencePart": partRecord.names, "RequiredCredential": requiredCredentialRecord.names,
		"RequiredLanguage": languageRecord.names, "WorkingLanguage": languageRecord.names,
	}
	named := map[string]bool{ // by the records themselves
		"id": true, "relevance": true, "judgements": true,
		"qualifications": true, "ranks": true, "employments": true, "contracts": true, "credentials": true, "languages": true,
	}
	for _, code := range []string{"en", "fr"} {
		l, err := messages.In(code)
		require.NoError(t, err)
		for record, names := range records {
			require.NotEmpty(t, names, record)
			for _, name := range names {
				require.True(t, named[name] || l.Has("fact."+record+"."+name), "%s has no fact.%s.%s", code, record, name)
			}
		}
	}
}

// What a vacancy does not state is named by the element that it is of.
func TestFactsOfAVacancyAreNamed(t *testing.T) {
	l, err := messages.In(messages.English)
	require.NoError(t, err)
	vacancy := &Vacancy{
		Experience:       ExperienceAsked{OfWhich: []ExperiencePart{{}, {}}},
		Credentials:      []RequiredCredential{{Kind: "drivingLicence"}},
		Languages:        []Language{{Code: "fr"}},
		WorkingLanguages: []Language{{Code: "en"}},
	}
	w := &wording{Language: l, ev: &evaluation{post: &Post{vacancy: vacancy}, c: &Case{}}}
	at := func(names []string, name string) int {
		for i, n := range names {
			if n == name {
				return i
			}
		}
		t.Fatal(name)
		return 0
	}
	for _, c := range []struct {
		fact fact
		says string
	}{
		{factOf(inVacancy, 0, at(vacancyRecord.names, "closes")), "the closing date of the vacancy"},
		{factOf(inEducation, 0, wholeArea), "the education that the vacancy asks for"},
		{factOf(inEducation, 0, at(educationRecord.names, "eqf")), "the EQF level that the vacancy asks for"},
		{factOf(inService, 0, wholeArea), "the police, military or civilian security education that the vacancy accepts"},
		{factOf(inService, 0, at(serviceEducationRecord.names, "rank")), "whether the vacancy accepts an equivalent rank"},
		{factOf(inComplement, 0, at(complementRecord.names, "kinds")), "the kinds of training that must complete secondary education"},
		{factOf(inExperience, 0, at(experienceRecord.names, "total")), "the length of experience that the vacancy asks for"},
		{factOf(inParts, 1, at(partRecord.names, "domains")), "the domains of part 2 of the experience that the vacancy asks for"},
		{factOf(inRequiredCredentials, 0, at(requiredCredentialRecord.names, "codes")), "the categories or levels that the vacancy asks for (driving licence)"},
		{factOf(inRequiredLanguages, 0, at(languageRecord.names, "level")), "the level of French that the vacancy asks for"},
		{factOf(inWorkingLanguages, 0, at(languageRecord.names, "level")), "the level of English as a working language of the mission"},
	} {
		require.Equal(t, c.says, w.Text("amount.exactly", "period", w.fact(c.fact)))
	}
}
