package eqf_test

import (
	"encoding/json"
	"testing"

	"github.com/qualify-rules/qualify/eqf"
	"github.com/stretchr/testify/require"
)

func TestParseLevel(t *testing.T) {
	for text, want := range map[string]eqf.Level{
		"1": 1, "6": 6, "8": 8, " 6 ": 6,
		"Level 6": 6, "level 6": 6, "LEVEL-6": 6, "Level: 6": 6,
		"EQF 6": 6, "eqf 6": 6, "EQF level 6": 6, "EQF-Level 6": 6, "EQF VI": 6,
		"I": 1, "IV": 4, "VI": 6, "vi": 6, "VIII": 8,
	} {
		got, err := eqf.ParseLevel(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
}

func TestParseLevelErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":         `EQF level "" is not a number from 1 to 8`,
		"0":        `EQF level "0" is not a number`,
		"9":        `EQF level 9 is not within 1 to 8`,
		"IX":       `EQF level 9 is not within 1 to 8`,
		"06":       `EQF level "06" is not a number`,
		"-6":       `EQF level "-6" is not a number`,
		"Level -6": `EQF level "Level -6" is not a number`,
		"6.0":      `EQF level "6.0" is not a number`,
		"6A":       `EQF level "6A" is not a number`,
		"VIIII":    `EQF level "VIIII" is not a number`,
		"NFQ 8":    `national levels are read by eqf.Lookup`,
		"Level":    `EQF level "Level" is not a number`,
		"EQF6":     `EQF level "EQF6" is not a number`,
		"600":      `EQF level "600" is not a number`,
	} {
		got, err := eqf.ParseLevel(text)
		require.ErrorContains(t, err, want, text)
		require.Zero(t, got, text)
	}
}

func TestLevelText(t *testing.T) {
	require.False(t, eqf.Level(0).IsValid())
	require.False(t, eqf.Level(9).IsValid())
	require.Equal(t, "", eqf.Level(0).String())
	require.Equal(t, "Level(9)", eqf.Level(9).String())
	for l := eqf.Level(0); l <= 8; l++ {
		text, err := l.MarshalText()
		require.NoError(t, err)
		back := eqf.Level(3)
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, l, back)
	}
	_, err := eqf.Level(9).MarshalText()
	require.EqualError(t, err, "EQF level 9 is not within 1 to 8")
	kept := eqf.Level(3)
	require.Error(t, kept.UnmarshalText([]byte("nine")))
	require.Equal(t, eqf.Level(3), kept)
}

func TestLevelJSON(t *testing.T) {
	type record struct {
		EQF eqf.Level `json:"eqf"`
	}
	for l := eqf.Level(0); l <= 8; l++ {
		data, err := json.Marshal(record{l})
		require.NoError(t, err)
		back := record{3}
		require.NoError(t, json.Unmarshal(data, &back))
		require.Equal(t, l, back.EQF)
	}
	data, err := json.Marshal([]eqf.Level{0, 6})
	require.NoError(t, err)
	require.Equal(t, "[null,6]", string(data))
	_, err = json.Marshal(eqf.Level(9))
	require.ErrorContains(t, err, "EQF level 9 is not within 1 to 8")

	for text, want := range map[string]string{
		"9":                    "EQF level 9 is not within 1 to 8",
		"0":                    "EQF level 0 is not within 1 to 8",
		"-6":                   "EQF level -6 is not within 1 to 8",
		"262":                  "EQF level 262 is not within 1 to 8",
		"6.5":                  "EQF level 6.5 is not a JSON number from 1 to 8",
		`"6"`:                  `EQF level "6" is not a JSON number from 1 to 8`,
		"true":                 "EQF level true is not a JSON number from 1 to 8",
		"99999999999999999999": "is not a JSON number from 1 to 8",
	} {
		back := record{3}
		require.ErrorContains(t, json.Unmarshal([]byte(`{"eqf":`+text+`}`), &back), want)
		require.Equal(t, eqf.Level(3), back.EQF)
	}
}

func TestLevels(t *testing.T) {
	for _, test := range []struct {
		levels eqf.Levels
		text   string
		exact  eqf.Level
	}{
		{eqf.Levels{Low: 6, High: 6}, "6", 6},
		{eqf.Levels{Low: 7, High: 8}, "7..8", 0},
		{eqf.Levels{}, "", 0},
		{eqf.Levels{Low: 6}, "", 0},
		{eqf.Levels{Low: 7, High: 6}, "", 0},
		{eqf.Levels{Low: 9, High: 9}, "", 0},
	} {
		require.Equal(t, test.text != "", test.levels.IsValid())
		require.Equal(t, test.text, test.levels.String())
		exact, ok := test.levels.Exact()
		require.Equal(t, test.exact, exact)
		require.Equal(t, test.exact != 0, ok)
	}
}

func FuzzParseLevel(f *testing.F) {
	for _, seed := range []string{"6", "Level 6", "EQF VI", "-", "VIIII", "Level\u00a08", "6\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, err := eqf.ParseLevel(text)
		require.Equal(t, err == nil, l.IsValid())
		if err == nil {
			again, err := eqf.ParseLevel(l.String())
			require.NoError(t, err)
			require.Equal(t, l, again)
		}
	})
}

func FuzzLevelUnmarshalJSON(f *testing.F) {
	for _, seed := range []string{"6", "null", `"6"`, "6.0", "1e0", "{}", "264"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var l eqf.Level
		err := l.UnmarshalJSON([]byte(text))
		require.Equal(t, err == nil && text != "null", l.IsValid())
	})
}
