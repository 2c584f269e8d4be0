package main

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

func TestGeneratedFileIsCurrent(t *testing.T) {
	want, err := generate(os.DirFS("../../tables"))
	require.NoError(t, err)
	got, err := os.ReadFile("../../tables_generated.go")
	require.NoError(t, err)
	require.True(t, string(want) == strings.ReplaceAll(string(got), "\r\n", "\n"),
		"tables_generated.go is not what tables/*.csv give; run go generate ./eqf")
}

func TestVersionFollowsContentNotLineEnds(t *testing.T) {
	versionOf := func(content string) string {
		v, err := version(fstest.MapFS{"a.csv": {Data: []byte(content)}})
		require.NoError(t, err)
		require.Regexp(t, `^nqf-[0-9a-f]{12}$`, v)
		return v
	}
	require.Equal(t, versionOf("a\nb\n"), versionOf("a\r\nb\r\n"))
	require.NotEqual(t, versionOf("a\nb\n"), versionOf("a\nc\n"))
}

func TestFaultyTables(t *testing.T) {
	for name, test := range map[string]struct{ file, old, new, want string }{
		"column":     {"nqf_eqf.csv", "eqf_level", "level", "nqf_eqf.csv: the columns are"},
		"level":      {"nqf_eqf.csv", "AT,NQR,1,1,", "AT,NQR,1,9,", `nqf_eqf.csv:2: EQF level "9" is not a number from 1 to 8`},
		"space":      {"nqf_eqf.csv", "AT,NQR,1,1,", "AT,NQR , 1,1,", "nqf_eqf.csv:2: remove the space"},
		"confidence": {"nqf_eqf.csv", ",verified\n", ",certain\n", `nqf_eqf.csv:2: confidence "certain" is not memory or verified`},
		"twice":      {"nqf_no_eqf.csv", "BG,BQF,0,", "BG,BQF,1,", "nqf_no_eqf.csv:2: {BG BQF 1} stands in the level tables already"},
		"cycle":      {"nqf_unreferenced.csv", ",short,", ",brief,", `nqf_unreferenced.csv:2: cycle "brief"`},
		"no row":     {"frameworks.csv", "AL,AQF,,either,,,name as in the level rows\n", "", "add a row for AL AQF"},
		"no levels":  {"frameworks.csv", "AL,AQF,", "AL,QQF,", "frameworks.csv:2: AL QQF has no row in the level tables"},
		"numerals":   {"frameworks.csv", ",either,", ",any,", `frameworks.csv:2: numerals "any"`},
		"day":        {"frameworks.csv", "2019-01-01", "2019-02-30", `validFrom "2019-02-30" is not a day`},
		"alias":      {"country_aliases.csv", ",GR,", ",,", "country_aliases.csv:2: alias, country or source is empty"},
		"status":     {"referencing_status.csv", ",2012,", ",,", "referencing_status.csv:2:"},
		"digits":     {"isced_f_2013.csv", "\n000,", "\n00000,", `isced_f_2013.csv:3: code "00000"`},
		"parent":     {"isced_f_2013.csv", ",narrow,00,", ",narrow,01,", `isced_f_2013.csv:3: parent "01"`},
	} {
		t.Run(name, func(t *testing.T) {
			tables := fstest.MapFS{}
			entries, err := os.ReadDir("../../tables")
			require.NoError(t, err)
			for _, entry := range entries {
				data, err := os.ReadFile("../../tables/" + entry.Name())
				require.NoError(t, err)
				tables[entry.Name()] = &fstest.MapFile{Data: data}
			}
			text := string(tables[test.file].Data)
			require.Contains(t, text, test.old)
			tables[test.file].Data = []byte(strings.Replace(text, test.old, test.new, 1))
			_, err = generate(tables)
			require.ErrorContains(t, err, test.want)
		})
	}
}
