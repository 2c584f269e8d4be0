package eligibility_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// factsInPlay is how many facts the random policies below ask for, each at
// most once: the attestation of the qualification of that number.
const factsInPlay = 5

// randomRule writes a rule tree that reads facts of the list, each once, and
// returns those that are left.
func randomRule(r *rand.Rand, b *strings.Builder, id, indent string, depth int, facts []int) []int {
	fmt.Fprintf(b, "%s- id: %s\n", indent, id)
	if depth > 0 && r.IntN(3) > 0 {
		kind := []string{"anyOf", "allOf"}[r.IntN(2)]
		fmt.Fprintf(b, "%s  %s:\n", indent, kind)
		for i := range 1 + r.IntN(3) {
			facts = randomRule(r, b, fmt.Sprintf("r%d", i), indent+"    ", depth-1, facts)
		}
		return facts
	}
	switch n := r.IntN(6); {
	case n == 0:
		fmt.Fprintf(b, "%s  expression: \"true\"\n", indent)
	case n == 1 || len(facts) == 0:
		fmt.Fprintf(b, "%s  expression: \"false\"\n", indent)
	case n == 2 && len(facts) >= 2:
		operator := []string{"&&", "||"}[r.IntN(2)]
		fmt.Fprintf(b, "%s  expression: candidate.qualifications[%d].attested %s !candidate.qualifications[%d].attested\n", indent, facts[0], operator, facts[1])
		facts = facts[2:]
	case n == 3:
		fmt.Fprintf(b, "%s  expression: candidate.awarded(q, q.id == \"q%d\" && q.attested)\n", indent, facts[0])
		facts = facts[1:]
	default:
		fmt.Fprintf(b, "%s  expression: candidate.qualifications[%d].attested\n", indent, facts[0])
		facts = facts[1:]
	}
	return facts
}

// Every completion of what is not known is tried. Where each fact is asked for
// once, three-valued logic is exact: a verdict is undetermined if and only if
// two completions disagree, and what is missing are just the facts of which
// one alone can turn the verdict.
func TestMissingFactsAreThoseThatDecide(t *testing.T) {
	r := rand.New(rand.NewPCG(2025, 11))
	counts := map[eligibility.Verdict]int{}
	for range 400 {
		var b strings.Builder
		facts := r.Perm(factsInPlay)
		for i := range 1 + r.IntN(3) {
			facts = randomRule(r, &b, fmt.Sprintf("r%d", i), "", 2, facts)
		}
		post := trial{rules: b.String()}.post(t)
		c := &eligibility.Case{ID: "c", Vacancy: eligibility.VacancyRef{Reference: "V 1"}, Candidate: eligibility.Candidate{ID: "x"}}
		var open []int
		for i := range factsInPlay {
			q := eligibility.Qualification{ID: fmt.Sprintf("q%d", i), Kind: eligibility.Training, Awarded: experience.MustParseDate("2010-01-01"), Attested: experience.Truth(r.IntN(3))}
			if q.Attested == experience.Unknown {
				open = append(open, i)
			}
			c.Candidate.Qualifications = append(c.Candidate.Qualifications, q)
		}
		got, err := post.Assess(t.Context(), c)
		require.NoError(t, err, b.String())
		counts[got.Verdict]++

		verdicts := make([]eligibility.Verdict, 1<<len(open))
		for set := range verdicts {
			for bit, i := range open {
				c.Candidate.Qualifications[i].Attested = experience.TruthOf(set>>bit&1 == 1)
			}
			a, err := post.Assess(t.Context(), c, eligibility.Outline())
			require.NoError(t, err)
			require.NotEqual(t, eligibility.Undetermined, a.Verdict, "everything is known")
			verdicts[set] = a.Verdict
		}
		var decisive []string
		for bit, i := range open {
			for set := range verdicts {
				if verdicts[set] != verdicts[set^1<<bit] {
					decisive = append(decisive, fmt.Sprintf("/candidate/qualifications/%d/attested", i))
					break
				}
			}
		}
		require.Equal(t, decisive, got.Missing, "%s\n%s", b.String(), brief(got))
		want := eligibility.Undetermined
		if decisive == nil {
			want = verdicts[0]
		}
		require.Equal(t, want, got.Verdict, b.String())
	}
	for v, n := range counts {
		require.Greater(t, n, 20, "too few cases are %s to show anything", v)
	}
}

// A condition that is not known must not hide what holds where it is false.
func TestUnknownConditionsAreNotReadAsTrue(t *testing.T) {
	for _, tt := range []struct{ name, rules, candidate string }{
		{"an alternative that may not apply", `
- id: it
  anyOf:
    - {id: a, when: application.nominated, expression: "true"}
    - {id: b, expression: "false"}
`, ""},
		{"a group of rules of which none may apply", `
- id: it
  anyOf:
    - id: group
      allOf:
        - {id: a, when: application.nominated, expression: "candidate.awarded(q, true)"}
        - {id: c, when: application.nominated, expression: "true"}
    - {id: b, expression: "false"}
`, "qualifications: [{id: q, kind: university, awarded: 2024-01-01}]"},
		{"work since a rule that may not apply", `
- {id: degree, when: application.nominated, expression: "candidate.awarded(q, true)"}
- {id: it, expression: "candidate.worked(e, true).since(degree).reaches(years(2))"}
`, "qualifications: [{id: q, kind: university, awarded: 2024-01-01}]\nemployments: [{id: e, from: 2020-01-01}]"},
		{"work since a group of which a part may not apply", `
- id: degree
  allOf:
    - {id: diploma, expression: "candidate.awarded(q, q.id == 'q')"}
    - {id: complement, when: application.nominated, expression: "candidate.awarded(q, q.id == 'r')"}
- {id: it, expression: "candidate.worked(e, true).since(degree).reaches(years(2))"}
`, "qualifications: [{id: q, kind: university, awarded: 2020-01-01}, {id: r, kind: training, awarded: 2024-01-01}]\nemployments: [{id: e, from: 2020-01-01}]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			verdicts := map[string]eligibility.Verdict{}
			for _, nominated := range []string{"null", "true", "false"} {
				verdicts[nominated] = trial{rules: tt.rules, candidate: tt.candidate, application: "nominated: " + nominated}.assess(t).Verdict
			}
			require.NotEqual(t, verdicts["true"], verdicts["false"], "the condition decides")
			require.False(t, verdicts["null"] != eligibility.Undetermined, fmt.Sprintf("the condition not being known, the verdict is %v", verdicts))
		})
	}
}

// Of a service only the records that may still decide are named.
func TestMissingFactsOfServices(t *testing.T) {
	for _, tt := range []struct{ name, candidate, expression, want string }{
		{"only what may still reach the period", "employments: [{id: a, from: 2024-01-01, to: 2024-06-30}, {id: b, from: \"2023\", to: 2023-12-31, domains: [x]}, {id: c, from: 2010-01-01, to: 2010-01-31}]",
			`candidate.worked(e, e.id != "c" || "x" in e.domains).reaches(years(1))`, "undetermined: e1/from e2/domains"},
		{"work before the degree cannot matter", "qualifications: [{id: q, kind: university, awarded: 2020-01-01}]\nemployments: [{id: a, from: 2010-01-01, to: 2010-12-31}, {id: b, from: 2021-01-01, to: 2021-12-31}]",
			`candidate.worked(e, "x" in e.domains).since(candidate.awarded(q, true)).reaches(years(1))`, "undetermined: e1/domains"},
		{"the level that is asked", "qualifications: [{id: q, kind: university}, {id: r, kind: secondary}]",
			`candidate.qualifications.exists(q, q.eqfLevel() >= 6)`, "undetermined: q0/eqf"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, trial{candidate: tt.candidate}.decide(t, tt.expression))
		})
	}
}

// Facts come in the order of their places and each once.
func TestMissingFactsInOrder(t *testing.T) {
	a := trial{
		rules: `
- {id: z, expression: "application.nominated && candidate.residence == 'FR'"}
- {id: a, expression: "candidate.ranks.exists(r, r.attested) && candidate.residence == 'FR'"}
- {id: b, expression: "candidate.qualifications.all(q, q.attested)"}
`,
		candidate: "ranks: [{id: r, service: police}]\nqualifications: [{id: p, kind: police}, {id: q, kind: police}]",
	}.assess(t)
	require.Equal(t, []string{"/candidate/residence", "/candidate/qualifications/0/attested", "/candidate/qualifications/1/attested", "/candidate/ranks/0/attested", "/application/nominated"}, a.Missing)
	require.False(t, slices.ContainsFunc(a.Missing, func(s string) bool { return strings.Contains(s, "//") }))
}
