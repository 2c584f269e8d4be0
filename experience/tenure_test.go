package experience

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The worked cases of research/tenure_rules.md §2: sums of contracts against a
// limit of six years that a deployment of twelve months must fit into.
var (
	sixYears   = MustParsePeriod("P6Y")
	oneYear    = MustParsePeriod("P1Y")
	deployment = MustParsePeriod("P12M")
	oneDay     = MustParsePeriod("P1D")
)

func TestServiceInOneMission(t *testing.T) {
	tests := []struct {
		id      string
		records []Record
		start   string
		used    string // in S2 sixty months and a day, the day being of December
		room    Truth
	}{
		{"S1", []Record{days("2019-01-01", "2021-12-31"), days("2024-01-01", "2025-12-31")}, "2026-01-01", "60 months", True},
		{"S2", []Record{days("2019-01-01", "2021-12-31"), days("2023-12-31", "2025-12-31")}, "2026-01-01", "1861/31 months", False},
		{"S3", []Record{days("2005-01-01", "2010-12-31")}, "2026-01-01", "72 months", False},
		{"S4", []Record{days("2021-02-01", "2026-01-31")}, "2026-02-01", "60 months", True},
		{"S5", []Record{days("2021-01-01", "2026-01-31")}, "2026-02-01", "61 months", False},
		{"S5, ongoing", []Record{{Span: Span{From: MustParseDate("2021-01-01")}, Counts: True}}, "2026-02-01", "61 months", False},
		{"S6", []Record{days("2020-07-01", "2025-06-30")}, "2026-01-01", "60 months", True},
	}
	for _, test := range tests {
		t.Run(test.id, func(t *testing.T) {
			c := Counting{Until: MustParseDate(test.start).Subtract(oneDay)}
			m := c.Measure(test.records)
			require.Equal(t, test.used, m.Low.String())
			require.Equal(t, test.room, m.Add(deployment).AtMost(sixYears))
		})
	}
}

func TestServiceUnderHighThreat(t *testing.T) {
	tests := []struct {
		id                 string
		records            []Record
		application, start string
		chained            string // by the chain that ends with the last contract
		exhausted, cooled  Truth
		used               string // by the chain that the deployment continues
		room               Truth
	}{
		{"H1", []Record{days("2019-01-01", "2024-12-31")}, "2025-11-14", "2026-03-01", "P72M", True, False, "P0D", True},
		{"H2", []Record{days("2018-10-01", "2024-09-30")}, "2025-11-14", "2026-01-01", "P72M", True, True, "P0D", True},
		{"H3, the last day", []Record{days("2018-11-15", "2024-11-14")}, "2025-11-14", "2026-01-01", "P72M", True, False, "P0D", True},
		{"H3, the day after", []Record{days("2018-11-15", "2024-11-14")}, "2025-11-15", "2026-01-01", "P72M", True, True, "P0D", True},
		{"H4", []Record{days("2019-07-01", "2024-12-31")}, "2025-03-01", "2025-06-01", "P66M", False, False, "P66M", False},
		{"H5", []Record{days("2019-07-01", "2024-12-31")}, "2025-11-14", "2026-02-01", "P66M", False, False, "P0D", True},
		{"H6", []Record{days("2014-01-01", "2018-12-31"), days("2020-01-01", "2022-12-31")}, "2022-12-01", "2023-02-01", "P35M", False, False, "P36M", True},
		{"H7", []Record{days("2014-01-01", "2018-12-31"), days("2019-06-01", "2019-11-30")}, "2019-12-01", "2020-01-01", "P66M", False, False, "P66M", False},
	}
	for _, test := range tests {
		t.Run(test.id, func(t *testing.T) {
			application, start := MustParseDate(test.application), MustParseDate(test.start)
			last := test.records[len(test.records)-1].Span.To

			c := Counting{Until: application}
			m := c.Measure(c.Chain(test.records, oneYear, last.Earlier(application)))
			require.Equal(t, test.exhausted, m.AtLeast(sixYears))
			require.Equal(t, test.cooled, GapEnds(last, oneYear).NotAfter(application))
			require.Zero(t, m.Low.Period().Compare(MustParsePeriod(test.chained)), "%v", m.Low)

			c.Until = start.Subtract(oneDay)
			m = c.Measure(c.Chain(test.records, oneYear, start))
			require.Zero(t, m.Low.Compare(MustParsePeriod(test.used)))
			require.Equal(t, test.room, m.Add(deployment).AtMost(sixYears))
		})
	}
}
