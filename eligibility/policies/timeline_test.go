package policies_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/experience"
)

var day = experience.MustParsePeriod("P1D")

func within(intervals []eligibility.EligibleDays, d experience.Date) bool {
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
	inOneGoroutine(t)
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	csdp := catalogue.Policy("csdp")
	eligibleDays, turned := 0, 0
	tried := 0
	for _, file := range []string{"tenure", "tenure_limits", "experience", "credentials", "application"} {
		for _, p := range loadCases(t, "csdp")[file] {
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
			if len(a.Timeline.Turns) == 0 || tried == 8 {
				continue // every day takes its time: those that say the most
			}
			tried++
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

// timelineCase is a random history about a post that asks for time served and
// worked, for a licence that expires, and for an age.
func (l lot) timelineCase() map[string]any {
	work := map[string]any{"id": "work", "from": experience.MustParseDate("2023-01-01").Add(daysLong(l.IntN(900))).String(), "domains": []string{"security"}, "fraction": pick(l, 0.4, 0.8, 1)}
	candidate := map[string]any{
		"id": "c", "citizenships": []string{pick(l, "FI", "FI", "FI", "FI", "FI", "US")}, "contracts": l.contracts(l.IntN(4)),
		"employments":    append(l.employments(l.IntN(2)), work),
		"qualifications": []any{map[string]any{"id": "q", "kind": "university", "studyYears": 3, "attested": true, "awarded": pick(l, "2013", "2013", "2016-05", "2016-12-31", "2016-12-31", "2025")}},
		"credentials": []any{
			map[string]any{"id": "d1", "kind": "drivingLicence", "code": "C", "issued": "2015-01-01", "expires": l.day().Add(daysLong(2500)).String()},
			map[string]any{"id": "d2", "kind": "drivingLicence", "code": "C", "issued": "2024-06-01", "expires": "2027-05-31"},
		},
		"retires": l.day().Add(daysLong(4000)).String(),
	}
	vacancy := map[string]any{
		"vacancy": "V", "policy": "csdp", "mission": "EULEX Kosovo", "regimes": []string{"contracted", "seconded"}, "closes": "2025-11-14", "deployment": "P12M",
		"openToThirdStates": true, "thirdStates": []string{"US"}, "education": map[string]any{"studyYears": 3},
		"experience":  map[string]any{"total": pick(l, "P1Y", "P2Y"), "ofWhich": []any{map[string]any{"period": "P6M", "domains": []string{"security"}}}, "domains": []string{"security", "justice"}},
		"credentials": []any{map[string]any{"kind": "drivingLicence", "codes": []string{"C"}}},
	}
	if l.IntN(3) == 0 {
		vacancy["starts"] = "2026-02-01"
	}
	application := map[string]any{"date": pick(l, "2025-11-01", "2025-06-30"), "regime": pick(l, "contracted", "contracted", "seconded"), "nominated": true}
	return map[string]any{
		"id": "c", "vacancy": vacancy, "candidate": candidate, "application": application,
		"missions": []any{map[string]any{"id": "EULEX Kosovo", "threat": l.threat()}, map[string]any{"id": "EUAM Ukraine", "threat": l.threat()}, map[string]any{"id": "EUMM Georgia", "threat": l.threat()}},
	}
}

// What a timeline says of random histories is what assessing them on each day
// says: the intervals, the days on which rules turn, and from when the
// application is eligible.
func TestTimelineOfRandomHistories(t *testing.T) {
	inOneGoroutine(t)
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	csdp := catalogue.Policy("csdp")
	l := lot{rand.New(rand.NewPCG(8, 9))}
	days := eligibility.Interval{From: experience.MustParseDate("2025-01-01"), To: experience.MustParseDate("2026-12-31")}
	posts := map[experience.Date]*eligibility.Post{}
	eligibleDays, turned, from, later := 0, 0, 0, 0
	for range 8 {
		input, err := json.Marshal(l.timelineCase())
		require.NoError(t, err)
		c, err := eligibility.DecodeCase(input)
		require.NoError(t, err, string(input))
		stage := pick(l, eligibility.StageApplication, eligibility.StageApplication, eligibility.StageSelection)
		a, err := catalogue.Assess(t.Context(), c, eligibility.WithTimelineOver(days), eligibility.AtStage(stage))
		require.NoError(t, err)
		line := a.Timeline
		clear(posts)
		statuses := map[string]eligibility.Status{} // by path, of the day before
		atAsOf := map[string]eligibility.Status{}
		metLater := map[string]experience.Date{}
		var first experience.Date // of the run of eligible days
		expected := ""
		for d := days.From; d.NotAfter(days.To) == experience.True; d = d.Add(day) {
			moved, opened := *c, *c.Vacancy.Inline
			moved.Application.Date = d
			stands, err := catalogue.Assess(t.Context(), &moved, eligibility.Outline(), eligibility.AtStage(stage))
			require.NoError(t, err)
			require.Equal(t, stands.Verdict == eligibility.Eligible, within(line.Eligible, d), "on %s\n%s", d, input)
			opened.Closes = d
			post, err := csdp.Post(&opened)
			require.NoError(t, err)
			open, err := post.Assess(t.Context(), &moved, eligibility.Outline(), eligibility.AtStage(stage))
			require.NoError(t, err)
			eligible := open.Verdict == eligibility.Eligible
			require.Equal(t, eligible, within(line.IfOpen, d), "on %s, open\n%s", d, input)
			if !eligible {
				first = experience.Date{}
			} else if eligibleDays++; !first.IsValid() {
				first = d
			}
			if expected == "" && first.IsValid() && a.AsOf.NotAfter(d) == experience.True {
				expected = first.String()
			}
			for path, f := range open.All() {
				var turns []eligibility.Status
				for _, turn := range line.Turns {
					if turn.On == d && turn.Rule == path {
						turns = append(turns, turn.Status)
					}
				}
				if before, ok := statuses[path]; ok && before != f.Status {
					turned++
					require.Equal(t, []eligibility.Status{f.Status}, turns, "%s on %s\n%s", path, d, input)
				} else {
					require.Empty(t, turns, "%s on %s\n%s", path, d, input)
				}
				statuses[path] = f.Status
				if d == a.AsOf {
					atAsOf[path] = f.Status
				}
				met := f.Status == eligibility.Met || f.Status == eligibility.NotApplicable
				if now, ok := atAsOf[path]; ok && now != eligibility.Met && now != eligibility.NotApplicable && met && !metLater[path].IsValid() {
					metLater[path] = d
				}
			}
		}
		if expected == days.From.String() {
			expected = "" // it may have begun earlier
			require.True(t, line.IfOpen[0].Earlier)
		}
		require.Equal(t, expected, line.EligibleFrom.String(), string(input))
		if expected != "" {
			from++
			if a.Verdict == eligibility.Eligible || a.AsOf.Before(line.EligibleFrom) == experience.True {
				require.Equal(t, line.EligibleFrom, a.EligibleFrom)
			}
			require.NotEmpty(t, line.LastMet)
		}
		for _, i := range slices.Concat(line.Eligible, line.IfOpen) {
			require.Equal(t, i.From == days.From, i.Earlier)
			require.Equal(t, i.To == days.To, i.Later)
		}
		unmet := map[string]bool{}
		for _, u := range line.Unmet {
			unmet[u.Rule] = true
			require.Equal(t, atAsOf[u.Rule], u.Status, "%s\n%s", u.Rule, input)
			require.Equal(t, metLater[u.Rule], u.MetFrom, "%s\n%s", u.Rule, input)
			if u.MetFrom.IsValid() {
				later++
			}
		}
		for path, status := range atAsOf {
			require.Equal(t, status == eligibility.Unmet || status == eligibility.NotDetermined, unmet[path], "%s\n%s", path, input)
		}
	}
	t.Log(eligibleDays, turned, from, later)
	require.NotZero(t, eligibleDays*turned*from*later)
}

// Without a timeline, eligibleFrom is that of the timeline, or not stated, or an
// earlier day after which the application was not eligible for some time.
func TestEligibleFromWithoutATimeline(t *testing.T) {
	inOneGoroutine(t)
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	l := lot{rand.New(rand.NewPCG(10, 11))}
	same, unstated, interrupted := 0, 0, 0
	for range 16 {
		input, err := json.Marshal(l.timelineCase())
		require.NoError(t, err)
		c, err := eligibility.DecodeCase(input)
		require.NoError(t, err, string(input))
		quick, err := catalogue.Assess(t.Context(), c)
		require.NoError(t, err)
		a, err := catalogue.Assess(t.Context(), c, eligibility.WithTimeline())
		require.NoError(t, err)
		switch from := quick.EligibleFrom; {
		case !from.IsValid():
			unstated++
		case from == a.Timeline.EligibleFrom:
			same++
		default:
			interrupted++
			require.Equal(t, experience.True, from.Before(a.Timeline.EligibleFrom), string(input))
			require.True(t, within(a.Timeline.IfOpen, from), string(input))
			require.False(t, within(a.Timeline.IfOpen, a.Timeline.EligibleFrom.Subtract(day)), string(input))
		}
	}
	t.Log(same, unstated, interrupted)
	require.NotZero(t, same*unstated)
}
