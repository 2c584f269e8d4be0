package eqf_test

import (
	"encoding/csv"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/qualify-rules/qualify/eqf"
	"github.com/stretchr/testify/require"
)

// readTable returns the rows of a CSV file by column name.
func readTable(t testing.TB, path string) []map[string]string {
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, column := range records[0] {
			row[column] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// validDay returns a day on which the framework was in use, and zero for a
// framework without bounds.
func validDay(country, framework string) eqf.Day {
	return map[string]eqf.Day{
		"FR CNCP":     20200615,
		"FR FR-1969":  20100615,
		"MD NQF-MD":   20240615,
		"PT QNQ":      20150615,
		"UA NRK-2011": 20150615,
		"UA NRK-2017": 20180615,
		"UA NRK-2020": 20220615,
	}[country+" "+framework]
}

func rowKey(row map[string]string) eqf.Key {
	return eqf.Key{Country: row["country"], Framework: row["framework"], Level: row["nqf_level"]}
}

func lookupValid(key eqf.Key) eqf.Answer {
	day := validDay(key.Country, key.Framework)
	return eqf.Lookup(key, day, day)
}

func TestEveryRowIsFound(t *testing.T) {
	for _, row := range readTable(t, "tables/nqf_eqf.csv") {
		answer := lookupValid(rowKey(row))
		require.Equal(t, eqf.Found, answer.Outcome, row)
		require.Equal(t, rowKey(row), answer.Key)
		require.True(t, answer.Levels.IsValid())
		level, err := eqf.ParseLevel(row["eqf_level"])
		require.NoError(t, err)
		require.LessOrEqual(t, answer.Levels.Low, level)
		require.GreaterOrEqual(t, answer.Levels.High, level)
		require.Contains(t, answer.Source, row["source"])
		if row["confidence"] == "memory" {
			require.Equal(t, eqf.Memory, answer.Confidence, row)
		}
		require.Zero(t, answer.Cycle)
	}
	for _, row := range readTable(t, "tables/nqf_no_eqf.csv") {
		answer := lookupValid(rowKey(row))
		require.Equal(t, eqf.NoLevel, answer.Outcome, row)
		require.Equal(t, rowKey(row), answer.Key)
		require.False(t, answer.Levels.IsValid())
		require.Equal(t, row["source"], answer.Source)
		require.Equal(t, row["confidence"], answer.Confidence.String())
	}
	for _, row := range readTable(t, "tables/nqf_unreferenced.csv") {
		answer := lookupValid(rowKey(row))
		require.Equal(t, eqf.Unreferenced, answer.Outcome, row)
		require.Equal(t, rowKey(row), answer.Key)
		require.False(t, answer.Levels.IsValid())
		require.Equal(t, row["ehea_cycle"], answer.Cycle.String())
	}
}

// Every spelling of every key means the row of the key and no other.
func TestEverySpellingMeansItsRow(t *testing.T) {
	for _, file := range []string{"nqf_eqf", "nqf_no_eqf", "nqf_unreferenced"} {
		for _, row := range readTable(t, "tables/"+file+".csv") {
			key := rowKey(row)
			want := lookupValid(key)
			day := validDay(key.Country, key.Framework)
			for _, spelled := range []eqf.Key{
				{Country: " " + strings.ToLower(key.Country) + " ", Framework: key.Framework, Level: key.Level},
				{Country: key.Country, Framework: strings.ToLower(key.Framework), Level: strings.ToLower(key.Level)},
				{Country: key.Country, Framework: strings.ReplaceAll(key.Framework, "-", " "), Level: " " + key.Level},
				{Country: key.Country, Framework: strings.ReplaceAll(key.Framework, "-", ""), Level: strings.ToUpper(key.Level)},
				{Country: key.Country, Framework: key.Framework, Level: "Level " + key.Level},
				{Country: key.Country, Framework: key.Framework, Level: "niveau " + key.Level},
				{Country: key.Country, Framework: key.Framework, Level: key.Framework + " " + key.Level},
				{Country: key.Country, Framework: key.Framework, Level: key.Framework + " Level " + key.Level},
				{Country: key.Country, Framework: key.Framework, Level: key.Framework + "-Niveau " + key.Level},
				{Country: key.Country, Framework: key.Framework, Level: strings.ReplaceAll(key.Level, ".", ",")},
			} {
				if strings.Count(key.Level, ".") > 1 && strings.Contains(spelled.Level, ",") {
					continue // only one comma is decimal
				}
				require.Equal(t, want, eqf.Lookup(spelled, day, day), "%v", spelled)
			}
		}
	}
}

func TestLookupSpellings(t *testing.T) {
	for _, test := range []struct {
		key, means eqf.Key
	}{
		{eqf.Key{"EL", "HQF", "6"}, eqf.Key{"GR", "HQF", "6"}},
		{eqf.Key{"UK", "SCQF", "9"}, eqf.Key{"GB-SCT", "SCQF", "9"}},
		{eqf.Key{"GB", "scqf", "Level 9"}, eqf.Key{"GB-SCT", "SCQF", "9"}},
		{eqf.Key{"UK", "RQF", "6"}, eqf.Key{"GB-ENG", "RQF", "6"}},
		{eqf.Key{"UK", "QCF", "6"}, eqf.Key{"GB-ENG", "RQF", "6"}},
		{eqf.Key{"GB", "FHEQ", "6"}, eqf.Key{"GB-ENG", "FHEQ", "6"}},
		{eqf.Key{"uk", "CQFW", "Entry 3"}, eqf.Key{"GB-WLS", "CQFW", "E3"}},
		{eqf.Key{"GB-NIR", "QCF", "Entry Level 1"}, eqf.Key{"GB-NIR", "RQF", "E1"}},
		{eqf.Key{"GB-ENG", "RQF", "QCF Level 5"}, eqf.Key{"GB-ENG", "RQF", "5"}},
		{eqf.Key{"BE", "VKS", "6"}, eqf.Key{"BE-VLG", "VKS", "6"}},
		{eqf.Key{"BE", "CFC", "6"}, eqf.Key{"BE-WAL", "CFC", "6"}},
		{eqf.Key{"IE", "N.F.Q.", "8"}, eqf.Key{"IE", "NFQ", "8"}},
		{eqf.Key{"IE", "NFQ", "NFQ: 8"}, eqf.Key{"IE", "NFQ", "8"}},
		{eqf.Key{"IE", "NFQ", "Level\u00a08"}, eqf.Key{"IE", "NFQ", "8"}},
		{eqf.Key{"AT", "NQR", "VI"}, eqf.Key{"AT", "NQR", "6"}},
		{eqf.Key{"GB-SCT", "SCQF", "XII"}, eqf.Key{"GB-SCT", "SCQF", "12"}},
		{eqf.Key{"NO", "NKR", "6,1"}, eqf.Key{"NO", "NKR", "6.1"}},
		{eqf.Key{"NO", "NKR", "IVb"}, eqf.Key{"NO", "NKR", "4B"}},
		{eqf.Key{"MK", "MQF", "6A"}, eqf.Key{"MK", "NQF-MK", "VIA"}},
		{eqf.Key{"MK", "NQF", "6"}, eqf.Key{"MK", "NQF-MK", "VI"}},
		{eqf.Key{"ME", "MQF", "7"}, eqf.Key{"ME", "MQF", "VII"}},
		{eqf.Key{"XK", "NQF", "6"}, eqf.Key{"XK", "NQF-XK", "6"}},
		{eqf.Key{"SI", "SOK", "8"}, eqf.Key{"SI", "SQF", "8"}},
		{eqf.Key{"RO", "CNC", "7"}, eqf.Key{"RO", "ROQF", "7"}},
		{eqf.Key{"CH", "NQF VPQ", "5"}, eqf.Key{"CH", "NQF-VPQ", "5"}},
		{eqf.Key{"CH", "nqf.ch-HS", "bachelor"}, eqf.Key{"CH", "nqf.ch-HS", "Bachelor"}},
	} {
		answer := eqf.Lookup(test.key, 0, 0)
		require.Equal(t, test.means, answer.Key, "%v", test.key)
		require.Equal(t, eqf.Lookup(test.means, 0, 0), answer)
	}
}

func TestLookupRefuses(t *testing.T) {
	for _, key := range []eqf.Key{
		{},
		{"XX", "NONE", "6"},
		{"IE", "", "8"},
		{"", "NFQ", "8"},
		{"IE", "NFQ", ""},
		{"IE", "NFQ", "11"},
		{"IE", "NFQ", "08"},
		{"IE", "NFQ", "EQF 6"},
		{"IE", "NFQ", "DQR 6"},
		{"IE", "NFQ", "Level -8"},
		{"IE", "NFQ", "NFQ8"},
		{"IE", "DQR", "8"},
		{"AT", "NQR", "6A"},
		{"AT", "NQR", "6.1"},
		{"DE", "NQR", "6"},
		{"UK", "NQF", "6"},
		{"GB", "", "6"},
		{"UK-SCT", "SCQF", "9"},
		{"BE", "NQF", "6"},
		{"MT", "MQF", "VII1"},
		{"ME", "MQF", "VII-1"},
		{"ME", "MQF", "71"},
		{"RS", "NQFS", "VI"},
		{"RS", "NQFS", "VII-1"},
		{"HR", "CROQF", "VII"},
		{"SI", "SQF", "VII"},
		{"BA", "BQF-BA", "VI"},
		{"LV", "LQF", "I"},
		{"GB-ENG", "RQF", "Entry 4"},
	} {
		require.Zero(t, eqf.Lookup(key, 0, 0), "%v", key)
	}
}

func TestLookupInTime(t *testing.T) {
	for _, test := range []struct {
		key              eqf.Key
		earliest, latest eqf.Day
		want             string // canonical framework and level, "" for a refusal
	}{
		{eqf.Key{"FR", "CNCP", "6"}, 20190101, 20190101, "CNCP 6"},
		{eqf.Key{"FR", "CNCP", "6"}, 20190101, 0, "CNCP 6"},
		{eqf.Key{"FR", "CNCP", "Niveau 6"}, 20200101, 20201231, "CNCP 6"},
		{eqf.Key{"FR", "CNCP", "6"}, 20181231, 20181231, ""},
		{eqf.Key{"FR", "CNCP", "6"}, 20181231, 20190101, ""},
		{eqf.Key{"FR", "CNCP", "6"}, 0, 20200101, ""},
		{eqf.Key{"FR", "CNCP", "6"}, 0, 0, ""},
		{eqf.Key{"FR", "CNCP", "6"}, 20210101, 20200101, ""},
		{eqf.Key{"FR", "FR-1969", "III"}, 20181231, 20181231, "FR-1969 III"},
		{eqf.Key{"FR", "FR-1969", "III"}, 0, 20181231, "FR-1969 III"},
		{eqf.Key{"FR", "FR 1969", "niveau iii"}, 20100101, 20101231, "FR-1969 III"},
		{eqf.Key{"FR", "CNCP", "III"}, 20100101, 20101231, "FR-1969 III"},
		{eqf.Key{"FR", "CNC", "Niveau II"}, 20100101, 20101231, "FR-1969 II"},
		{eqf.Key{"FR", "CNCP", "III"}, 20200101, 20200101, ""},
		{eqf.Key{"FR", "CNCP", "III"}, 20180101, 20190101, ""},
		{eqf.Key{"FR", "CNCP", "III"}, 0, 0, ""},
		{eqf.Key{"FR", "CNCP", "3"}, 20100101, 20100101, ""},
		{eqf.Key{"FR", "FR-1969", "3"}, 20100101, 20100101, ""},
		{eqf.Key{"FR", "FR-1969", "III"}, 20190101, 20190101, ""},

		{eqf.Key{"UA", "NRK", "6"}, 20150101, 20151231, "NRK-2011 6"},
		{eqf.Key{"UA", "NRK", "6"}, 20180101, 20191231, "NRK-2017 6"},
		{eqf.Key{"UA", "NRK", "6"}, 20210101, 20210101, "NRK-2020 6"},
		{eqf.Key{"UA", "NRK", "NRK VI"}, 20210101, 20210101, "NRK-2020 6"},
		{eqf.Key{"UA", "NRK", "6"}, 20170701, 20170701, ""}, // 2011 or 2017
		{eqf.Key{"UA", "NRK", "6"}, 20200701, 20200701, ""}, // 2017 or 2020
		{eqf.Key{"UA", "NRK", "10"}, 20200701, 20200701, "NRK-2017 10"},
		{eqf.Key{"UA", "NRK", "6"}, 0, 0, ""},
		{eqf.Key{"UA", "NRK", "NRK-2017 7"}, 20170701, 20170701, "NRK-2017 7"},
		{eqf.Key{"UA", "NRK-2017", "7"}, 20200701, 20200701, "NRK-2017 7"},
		{eqf.Key{"UA", "NRK-2017", "7"}, 20210101, 20210101, ""},
		{eqf.Key{"UA", "NRK-2020", "7"}, 20191231, 20191231, ""},

		{eqf.Key{"PT", "QNQ", "3"}, 20101001, 20101001, "QNQ 3"},
		{eqf.Key{"PT", "QNQ", "3"}, 20100930, 20100930, ""},
		{eqf.Key{"IE", "NFQ", "8"}, 19700101, 19700101, "NFQ 8"},
		{eqf.Key{"IE", "NFQ", "8"}, 20200101, 20100101, "NFQ 8"},
	} {
		answer := eqf.Lookup(test.key, test.earliest, test.latest)
		got := strings.TrimSpace(answer.Key.Framework + " " + answer.Key.Level)
		require.Equal(t, test.want, got, "%v %d %d", test.key, test.earliest, test.latest)
		require.Equal(t, test.want == "", answer.Outcome == eqf.NotInTable)
	}
}

func TestRowsOfOneKeyGiveARange(t *testing.T) {
	answer := eqf.Lookup(eqf.Key{"FR", "FR-1969", "I"}, 0, 20101231)
	require.Equal(t, eqf.Levels{Low: 7, High: 8}, answer.Levels)
	require.Equal(t, eqf.Verified, answer.Confidence)
	require.Equal(t, 1, strings.Count(answer.Source, "Decree 2019-14"), "a source is named once")

	answer = eqf.Lookup(eqf.Key{"IS", "ISQF", "1"}, 0, 0)
	require.Equal(t, eqf.Levels{Low: 1, High: 2}, answer.Levels)
	require.Equal(t, eqf.Memory, answer.Confidence, "the weakest row counts")
	require.Equal(t, "Cedefop 2022 country page: ISQF 1 covers EQF 2; kulturimpuls.net (about 2010): EQF 1 and 2 both to ISQF 1", answer.Source)
}

func TestQualificationExamples(t *testing.T) {
	looked := 0
	for _, row := range readTable(t, "testdata/qualification_examples.csv") {
		framework, level, ok := strings.Cut(row["nqf"], " ")
		if !ok || framework == "RQF/FHEQ" {
			continue // no key of the table
		}
		looked++
		answer := lookupValid(eqf.Key{Country: row["country"], Framework: framework, Level: level})
		if row["eqf_level"] == "-" {
			require.Equal(t, eqf.Unreferenced, answer.Outcome, row)
			require.Equal(t, row["ehea_cycle"], answer.Cycle.String(), row)
			continue
		}
		require.Equal(t, eqf.Found, answer.Outcome, row)
		want, err := eqf.ParseLevel(row["eqf_level"])
		require.NoError(t, err)
		if row["country"] == "SI" && level == "9" {
			// The key alone leaves 7 or 8; the title decides.
			require.Equal(t, eqf.Levels{Low: 7, High: 8}, answer.Levels)
			continue
		}
		require.Equal(t, eqf.Levels{Low: want, High: want}, answer.Levels, row)
	}
	require.Equal(t, 38, looked)
}

func TestLookupAllocatesNothingForAnExactKey(t *testing.T) {
	key := eqf.Key{Country: "IE", Framework: "NFQ", Level: "8"}
	require.Zero(t, testing.AllocsPerRun(100, func() { eqf.Lookup(key, 20160101, 20161231) }))
}

func TestLookupFromSeveralGoroutines(t *testing.T) {
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 100 {
				eqf.Lookup(eqf.Key{Country: "UK", Framework: "QCF", Level: "VI"}, 0, 0)
				eqf.Referencing("UK", "QCF")
				eqf.Field("0421").Label()
			}
		})
	}
	group.Wait()
}

func FuzzLookup(f *testing.F) {
	f.Add("IE", "NFQ", "8", uint32(0), uint32(0))
	f.Add("FR", "CNCP", "Niveau III", uint32(20100101), uint32(20101231))
	f.Add("uk", "q.c.f", "Entry Level 3", uint32(1), uint32(4294967295))
	f.Add("UA", "NRK", "NRK-2017 7", uint32(20200701), uint32(20200701))
	f.Add("\xff", "-", ":", uint32(20200101), uint32(0))
	f.Fuzz(func(t *testing.T, country, framework, level string, earliest, latest uint32) {
		answer := eqf.Lookup(eqf.Key{Country: country, Framework: framework, Level: level}, eqf.Day(earliest), eqf.Day(latest))
		require.Equal(t, answer.Outcome == eqf.Found, answer.Levels.IsValid())
		if answer.Outcome == eqf.NotInTable {
			require.Zero(t, answer)
			return
		}
		require.True(t, answer.Confidence.IsValid())
		require.NotEmpty(t, answer.Source)
		require.Equal(t, answer, eqf.Lookup(answer.Key, eqf.Day(earliest), eqf.Day(latest)), "the key of an answer gives the answer")
		eqf.Referencing(country, framework)
	})
}

func BenchmarkLookup(b *testing.B) {
	for name, key := range map[string]eqf.Key{
		"exact":   {Country: "IE", Framework: "NFQ", Level: "8"},
		"spelled": {Country: "uk", Framework: "QCF", Level: "Level VI"},
		"missing": {Country: "XX", Framework: "NONE", Level: "6"},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				eqf.Lookup(key, 0, 0)
			}
		})
	}
}
