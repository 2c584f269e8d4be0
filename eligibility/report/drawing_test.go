package report

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/experience"
)

// A limit is reached on the day on which what is counted amounts to it: a gap
// puts that day off.
func TestWindowEndsWhereTheLimitIsReached(t *testing.T) {
	day := experience.MustParseDate
	counted := func(from, to, months string) eligibility.Stretch {
		return eligibility.Stretch{From: day(from), To: day(to), Weight: experience.FullTime(), Months: months}
	}
	gap := eligibility.Stretch{From: day("2020-01-01"), To: day("2020-06-30"), Reason: eligibility.Gap}
	ledger := func(stretches ...eligibility.Stretch) *eligibility.Ledger {
		return &eligibility.Ledger{Convention: "calendar", Stretches: stretches}
	}
	for _, c := range []struct {
		ledger  *eligibility.Ledger
		last    string
		reached bool
	}{
		{ledger(counted("2019-01-01", "2025-06-30", "78")), "2024-12-31", true},
		{ledger(counted("2019-01-01", "2019-12-31", "12"), gap, counted("2020-07-01", "2025-12-31", "66")), "2025-06-30", true},
		{ledger(counted("2019-01-01", "2019-12-31", "12")), "2019-12-31", false},
	} {
		l, ok := window(c.ledger, experience.MustParsePeriod("P6Y"))
		require.True(t, ok)
		require.Equal(t, limited{days{day("2019-01-01"), day(c.last)}, c.reached}, l)
	}
	_, ok := window(ledger(gap), experience.MustParsePeriod("P6Y"))
	require.False(t, ok, "nothing is counted")
	_, ok = window(ledger(counted("2019-01-01", "2019-12-31", "12")), experience.Period{})
	require.False(t, ok, "there is no limit")
}

func TestDaysOutsideTheDrawingAreLeftOut(t *testing.T) {
	day := experience.MustParseDate
	d := days{day("2020-01-01"), day("2020-12-31")}
	var r row
	r.add(d, day("2021-01-01"), day("2021-06-30"), 0, 1, "unmet", "")
	r.add(d, day("2019-01-01"), day("2019-12-31"), 0, 1, "unmet", "")
	require.Empty(t, r.Bars)
	r.add(d, day("2020-12-31"), day("2021-06-30"), 0, 1, "unmet", "")
	require.Len(t, r.Bars, 1)
	require.Equal(t, "2020-12-31", r.Bars[0].To.String())
}

// A section that fits on a figure is not torn; one that does not goes on under
// its heading.
func TestFiguresFitOnPaper(t *testing.T) {
	english, err := messages.In(messages.English)
	require.NoError(t, err)
	w := &words{Language: english}
	rows := func(n int) []row { return make([]row, n) }
	figures := w.paged([]section{{"Awards", rows(3)}, {"Employments", rows(27)}, {"Contracts", rows(45)}})
	var headings [][]string
	total := 0
	for i, f := range figures {
		var names []string
		height := length(0)
		for _, r := range f {
			height += r.height()
			if r.Heading != "" {
				names = append(names, r.Heading)
			} else {
				total++
			}
		}
		headings = append(headings, names)
		require.LessOrEqual(t, height, []length{firstHeight, nextHeight, nextHeight}[i])
	}
	require.Equal(t, [][]string{{"Awards"}, {"Employments", "Contracts"}, {"Contracts (continued)"}}, headings)
	require.Equal(t, 75, total)
}

// A name goes on in as many lines as there are, and its end is never cut.
func TestNamesBesideRows(t *testing.T) {
	lines := func(name, end string, most int) []string {
		var r row
		r.named(name, end, most)
		var said []string
		for _, l := range r.Labels {
			said = append(said, l.Text)
		}
		return said
	}
	require.Equal(t, []string{"Judge (e1)"}, lines("Judge", "(e1)", 2))
	require.Equal(t, []string{"Deputy head of the regional", "security office (e1)"}, lines("Deputy head of the regional security office", "(e1)", 2))
	for _, name := range []string{"a", strings.Repeat("Rindfleisch", 20), strings.Repeat("a long name ", 20), strings.Repeat("安全", 40)} {
		for most := 1; most <= 4; most++ {
			said := lines(name, "(e1)", most)
			require.LessOrEqual(t, len(said), most, name)
			require.True(t, strings.HasSuffix(said[len(said)-1], "(e1)"), said)
			for _, l := range said {
				require.LessOrEqual(t, textWidth(l), float64(gutter), l)
			}
		}
	}
}
