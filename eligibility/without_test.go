package eligibility_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
)

func TestWithoutARule(t *testing.T) {
	tr := trial{
		rules: `
- {id: open, expression: "true"}
- id: education
  anyOf:
    - {id: degree, expression: 'candidate.awarded(q, q.kind == "university")'}
    - {id: course, expression: 'candidate.awarded(q, q.kind == "training")'}
- {id: experience, expression: "candidate.worked(e, true).since(education).reaches(years(4))"}`,
		candidate: `
qualifications: [{id: q1, kind: university, awarded: 2022-06-30}]
employments: [{id: e1, from: 2015-01-01}]`,
	}
	require.Equal(t, []string{"experience"}, tr.post(t).UsedBy("education"))
	require.Empty(t, tr.post(t).UsedBy("experience"))
	for _, test := range []struct {
		without    string
		verdict    eligibility.Verdict
		education  eligibility.Status
		experience eligibility.Status
	}{
		{"", eligibility.Ineligible, eligibility.Met, eligibility.Unmet},
		{"open", eligibility.Ineligible, eligibility.Met, eligibility.Unmet},
		{"experience", eligibility.Eligible, eligibility.Met, eligibility.NotApplicable},
		{"education", eligibility.Eligible, eligibility.NotApplicable, eligibility.Met}, // everything counts since it
		{"education/degree", eligibility.Ineligible, eligibility.Unmet, eligibility.Unmet},
		{"education/course", eligibility.Ineligible, eligibility.Met, eligibility.Unmet},
	} {
		a := tr.assess(t, eligibility.Without(test.without))
		require.Equal(t, test.verdict, a.Verdict, test.without)
		require.Equal(t, test.without != "", a.Pins.IsZero())
		f, _ := a.Finding("education")
		require.Equal(t, test.education, f.Status, test.without)
		f, _ = a.Finding("experience")
		require.Equal(t, test.experience, f.Status, test.without)
	}
	_, err := tr.post(t).Assess(t.Context(), tr.history(t), eligibility.Without("degree"))
	require.EqualError(t, err, "vacancy V 1 has no rule degree: name one by its path, such as education/equivalentRank")
}

// What a rule reads through a variable, it reads.
func TestUsedByThroughVariablesAndRules(t *testing.T) {
	post := trial{
		head: `variables: [{name: aside, expression: 'candidate.id == "x"'}, {name: outer, expression: "variables.aside && true"}]`,
		rules: `
- {id: first, expression: "true"}
- {id: second, when: first.met, expression: "variables.outer"}
- {id: third, expression: second.met}
- {id: fourth, expression: "true"}`,
	}.post(t)
	require.Equal(t, []string{"second", "third"}, post.UsedBy("first"))
	require.Equal(t, []string{"third"}, post.UsedBy("second"))
	require.Empty(t, post.UsedBy("fourth"))
}
