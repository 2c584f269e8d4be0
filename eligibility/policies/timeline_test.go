package policies_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/experience"
)

var day = experience.MustParsePeriod("P1D")

func within(intervals []eligibility.Interval, d experience.Date) bool {
	for _, i := range intervals {
		if i.From.NotAfter(d) == experience.True && d.NotAfter(i.To) == experience.True {
			return true
		}
	}
	return false
}

// A timeline is what assessing the case on each of its days gives: with that
// day as the application date, and for the second question as the closing date
// too, which moves asOf and, where no day is stated, start.
func TestTimelineAgainstEveryDay(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	csdp := catalogue.Policy("csdp")
	eligibleDays, turned := 0, 0
	n := 0
	for _, file := range []string{"tenure", "tenure_limits", "experience", "credentials", "application"} {
		for _, p := range loadCases(t, "csdp")[file] {
			if n++; n%4 != 1 {
				continue
			}
			c, err := eligibility.DecodeCase(p.input)
			require.NoError(t, err)
			vacancy := c.Vacancy.Inline
			if vacancy == nil {
				post, err := catalogue.Post(c.Vacancy.Reference)
				require.NoError(t, err)
				vacancy = post.Vacancy()
			}
			if len(vacancy.Rules) > 0 || !vacancy.Closes.IsExact() {
				continue
			}
			horizon := eligibility.Interval{From: vacancy.Closes.Subtract(experience.MustParsePeriod("P8M")), To: vacancy.Closes.Add(experience.MustParsePeriod("P8M"))}
			a, err := catalogue.Assess(t.Context(), c, append(p.options, eligibility.WithTimelineOver(horizon))...)
			require.NoError(t, err)
			turned += len(a.Timeline.Turns)
			for d := horizon.From; d.NotAfter(horizon.To) == experience.True; d = d.Add(day) {
				moved, opened := *c, *vacancy
				moved.Application.Date = d
				stands, err := catalogue.Assess(t.Context(), &moved, append(p.options, eligibility.Outline())...)
				require.NoError(t, err)
				require.Equal(t, stands.Verdict == eligibility.Eligible, within(a.Timeline.Eligible, d), "%s on %s", p.name, d)
				opened.Closes = d
				post, err := csdp.Post(&opened)
				require.NoError(t, err)
				open, err := post.Assess(t.Context(), &moved, append(p.options, eligibility.Outline())...)
				require.NoError(t, err)
				require.Equal(t, open.Verdict == eligibility.Eligible, within(a.Timeline.IfOpen, d), "%s on %s, open", p.name, d)
				if open.Verdict == eligibility.Eligible {
					eligibleDays++
				}
				for _, turn := range a.Timeline.Turns {
					if turn.On == d {
						f, ok := open.Finding(strings.Split(turn.Rule, "/")...)
						require.True(t, ok)
						require.Equal(t, turn.Status, f.Status, "%s: %s on %s", p.name, turn.Rule, d)
					}
				}
			}
		}
	}
	require.Greater(t, eligibleDays, 100)
	require.Greater(t, turned, 5)
}
