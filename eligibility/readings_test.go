package eligibility_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
)

// readingsOf are n readings with two options.
func readingsOf(n int) string {
	var b strings.Builder
	b.WriteString("readings:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - {id: r%d, about: it, options: {a: one, b: other}, default: a}\n", i)
	}
	return b.String()
}

// verdictsOf are the verdicts of a trial by its combination of readings: a text
// of an option for each.
func verdictsOf(t *testing.T, tr trial, readings int) map[string]eligibility.Verdict {
	verdicts := map[string]eligibility.Verdict{}
	post, c := tr.post(t), tr.history(t)
	for set := range 1 << readings {
		p := post.Policy()
		key := ""
		for i := range readings {
			option := string("ab"[set>>i&1])
			key += option
			var err error
			p, err = p.WithReading(fmt.Sprint("r", i), option)
			require.NoError(t, err)
		}
		chosen, err := p.Post(post.Vacancy())
		require.NoError(t, err)
		a, err := chosen.Assess(t.Context(), c, eligibility.Outline())
		require.NoError(t, err)
		verdicts[key] = a.Verdict
	}
	return verdicts
}

// The flips of random policies are the smallest changes of readings that change
// the verdict, of all combinations.
func TestFlipsOfRandomPolicies(t *testing.T) {
	const readings = 5
	r := rand.New(rand.NewPCG(21, 22))
	flips := 0
	for range 120 {
		term := func() string {
			return []string{
				fmt.Sprintf("reading.r%d == 'a'", r.IntN(readings)), fmt.Sprintf("reading.r%d == 'b'", r.IntN(readings)), "variables.v", "variables.w",
				"candidate.languages.exists(l, l.code == 'fi' && reading.r1 == 'b')", "application.nominated", "candidate.qualifications.exists(q, q.attested)",
			}[r.IntN(7)]
		}
		sentence := func() string {
			return fmt.Sprintf([]string{"%s && (%s || %s)", "%s || %s && %s", "%s ? %s : %s", "!(%s) || %s && !(%s)"}[r.IntN(4)], term(), term(), term())
		}
		tr := trial{
			head: readingsOf(readings) + "variables:\n" +
				"  - {name: v, expression: \"reading.r0 == 'b' || candidate.languages.exists(l, l.code == 'sv')\"}\n" +
				"  - {name: w, expression: \"variables.v && reading.r3 == 'a'\"}\n",
			rules:     "- {id: one, expression: \"" + sentence() + "\"}\n- {id: two, when: \"" + sentence() + "\", expression: \"one.met || " + sentence() + "\"}\n- {id: three, expression: \"" + sentence() + "\"}",
			candidate: []string{"languages: [{code: sv, level: B2}]", "languages: [{code: fi, level: B2}]", "qualifications: [{id: q, kind: police, attested: true}]", "qualifications: [{id: q, kind: police}]"}[r.IntN(4)],
		}
		verdicts := verdictsOf(t, tr, readings)
		a := tr.assess(t, eligibility.WithReadings())
		own := strings.Repeat("a", readings)
		require.Equal(t, verdicts[own], a.Verdict)
		robust := true
		var expected []string
		for key, v := range verdicts {
			robust = robust && v == a.Verdict
			smallest := v != a.Verdict
			for other, w := range verdicts {
				part := other != key && w == v
				for i := range other {
					part = part && (other[i] == 'a' || other[i] == key[i])
				}
				smallest = smallest && !part
			}
			if smallest {
				expected = append(expected, key+" "+string(v))
			}
		}
		var got []string
		for _, f := range a.Readings.Flips {
			key := []byte(own)
			for id := range f.Readings {
				key[id[1]-'0'] = 'b'
			}
			got = append(got, string(key)+" "+string(f.Verdict))
			require.NotEmpty(t, f.Rules)
		}
		require.ElementsMatch(t, expected, got, "%s\n%v", tr.rules, verdicts)
		require.Equal(t, robust, a.Readings.Robust)
		require.LessOrEqual(t, a.Readings.Runs, 1<<readings)
		for _, id := range a.SensitiveTo {
			require.Contains(t, a.Readings.Consulted, id)
		}
		flips += len(got)
	}
	require.Greater(t, flips, 100)
}

// What the case gives a rule no reason to ask for is not tried.
func TestReadingsThatNoRuleAsksFor(t *testing.T) {
	tr := trial{head: readingsOf(70), rules: `
- {id: one, expression: "candidate.languages.exists(l, l.code == 'fi' && reading.r1 == 'b')"}
- {id: two, when: "reading.r69 == 'b'", expression: "reading.r68 == 'a'"}
`}
	a := tr.assess(t, eligibility.WithReadings())
	require.Equal(t, []string{"r68", "r69"}, a.Readings.Consulted)
	require.Equal(t, 3, a.Readings.Runs)
	require.True(t, a.Readings.Robust)
	tr.candidate = "languages: [{code: fi, level: B2}]"
	a = tr.assess(t, eligibility.WithReadings())
	require.Equal(t, []string{"r1", "r68", "r69"}, a.Readings.Consulted)
	require.Equal(t, []string{"r1"}, a.SensitiveTo)
	require.Equal(t, []string{"one"}, a.Readings.Flips[0].Rules)
	require.Equal(t, []string{"r1"}, slices.Collect(maps.Keys(a.Readings.Flips[0].Readings)))
}
