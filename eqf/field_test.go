package eqf_test

import (
	"encoding/json"
	"testing"

	"github.com/qualify-rules/qualify/eqf"
	"github.com/stretchr/testify/require"
)

func TestFieldLabels(t *testing.T) {
	for _, row := range readTable(t, "tables/isced_f_2013.csv") {
		f, err := eqf.ParseField(row["code"])
		require.NoError(t, err)
		require.Equal(t, row["code"], string(f))
		require.Equal(t, row["label"], f.Label())
	}
	require.Equal(t, "", eqf.Field("0422").Label())
	require.False(t, eqf.Field("").IsValid())
}

// The kinds of code are told by their digits. The table tells them by its
// column kind; both must agree.
func TestFieldKindsFollowDigits(t *testing.T) {
	for _, row := range readTable(t, "tables/isced_f_2013.csv") {
		code := row["code"]
		require.Equal(t, row["kind"] == "nfd", len(code) > 2 && code[len(code)-1] == '0', code)
		require.Equal(t, row["kind"] == "interdisciplinary", len(code) > 2 && code[2] == '8', code)
		require.Equal(t, row["kind"] == "unknown", code[:2] == "99", code)
	}
}

func TestParseFieldErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":      `field of study "" is not a code of ISCED-F 2013; give its 2 to 4 digits`,
		"0422":  `field of study "0422" is not a code`,
		"421":   `field of study "421" is not a code of ISCED-F 2013; with its leading zero it would be "0421"`,
		"law":   `field of study "law" is not a code`,
		"4":     `with its leading zero it would be "04"`,
		" 0421": `field of study " 0421" is not a code`,
		"04211": `field of study "04211" is not a code`,
	} {
		_, err := eqf.ParseField(text)
		require.ErrorContains(t, err, want, text)
	}
}

func TestFieldText(t *testing.T) {
	var fields []eqf.Field
	require.NoError(t, json.Unmarshal([]byte(`["0421","10"]`), &fields))
	require.Equal(t, []eqf.Field{"0421", "10"}, fields)
	data, err := json.Marshal(fields)
	require.NoError(t, err)
	require.Equal(t, `["0421","10"]`, string(data))
	require.ErrorContains(t, json.Unmarshal([]byte(`["0422"]`), &fields), `"0422"`)
	_, err = eqf.Field("").MarshalText()
	require.Error(t, err)
	kept := eqf.Field("10")
	require.Error(t, kept.UnmarshalText([]byte("11")))
	require.Equal(t, eqf.Field("10"), kept)
}

func TestMatchFields(t *testing.T) {
	type fields = []eqf.Field
	for name, test := range map[string]struct {
		stated, required fields
		want             eqf.Match
	}{
		"nothing required":               {fields{"0421"}, nil, eqf.Matches},
		"nothing required, not stated":   {nil, fields{}, eqf.Matches},
		"not stated":                     {nil, fields{"0421"}, eqf.MayMatch},
		"stated empty":                   {fields{}, fields{"0421"}, eqf.Differs},
		"same":                           {fields{"0421"}, fields{"0421"}, eqf.Matches},
		"below narrow":                   {fields{"1032"}, fields{"103"}, eqf.Matches},
		"below broad":                    {fields{"0421"}, fields{"04"}, eqf.Matches},
		"one of several":                 {fields{"0912", "0421"}, fields{"1032", "042"}, eqf.Matches},
		"matches wins over may match":    {fields{"04", "0421"}, fields{"0421"}, eqf.Matches},
		"may match wins over differs":    {fields{"0912", "04"}, fields{"0421"}, eqf.MayMatch},
		"wider":                          {fields{"04"}, fields{"0421"}, eqf.MayMatch},
		"wider narrow":                   {fields{"042"}, fields{"0421"}, eqf.MayMatch},
		"other":                          {fields{"0413"}, fields{"0421"}, eqf.Differs},
		"other broad":                    {fields{"10"}, fields{"0421"}, eqf.Differs},
		"broad not further defined":      {fields{"0400"}, fields{"0421"}, eqf.MayMatch},
		"broad not further defined, 040": {fields{"040"}, fields{"042"}, eqf.MayMatch},
		"narrow not further defined":     {fields{"0410"}, fields{"0413"}, eqf.MayMatch},
		"not further defined elsewhere":  {fields{"0410"}, fields{"0421"}, eqf.Differs},
		"not further defined, met":       {fields{"0410"}, fields{"041"}, eqf.Matches},
		"services are not nfd":           {fields{"10"}, fields{"1032"}, eqf.MayMatch},
		"services nfd":                   {fields{"1000"}, fields{"1032"}, eqf.MayMatch},
		"generic nfd":                    {fields{"0000"}, fields{"0011"}, eqf.MayMatch},
		"generic nfd is not all fields":  {fields{"0000"}, fields{"0421"}, eqf.Differs},
		"interdisciplinary":              {fields{"0488"}, fields{"0421"}, eqf.MayMatch},
		"interdisciplinary, 048":         {fields{"048"}, fields{"0421"}, eqf.MayMatch},
		"interdisciplinary elsewhere":    {fields{"0388"}, fields{"0421"}, eqf.Differs},
		"interdisciplinary, met":         {fields{"0488"}, fields{"04"}, eqf.Matches},
		"agriculture: 08 is broad":       {fields{"0811"}, fields{"0821"}, eqf.Differs},
		"not elsewhere classified":       {fields{"0499"}, fields{"0421"}, eqf.Differs},
		"field unknown":                  {fields{"9999"}, fields{"0421"}, eqf.MayMatch},
		"field unknown, 99":              {fields{"99"}, fields{"0421"}, eqf.MayMatch},
		"stated code not in the table":   {fields{"0422"}, fields{"0421"}, eqf.MayMatch},
		"below, but not in the table":    {fields{"0422"}, fields{"042"}, eqf.MayMatch},
		"zero stated":                    {fields{""}, fields{"0421"}, eqf.MayMatch},
		"zero required":                  {fields{"0421"}, fields{""}, eqf.MayMatch},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, test.want, eqf.MatchFields(test.stated, test.required))
		})
	}
}

func FuzzParseField(f *testing.F) {
	for _, seed := range []string{"0421", "421", "", "99", "0\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		field, err := eqf.ParseField(text)
		require.Equal(t, err == nil, field.IsValid())
		require.Equal(t, err == nil, field.Label() != "")
	})
}

func FuzzMatchFields(f *testing.F) {
	f.Add("0421", "042", "04")
	f.Add("9999", "0488", "1032")
	f.Add("", "x", "0")
	f.Fuzz(func(t *testing.T, one, two, required string) {
		single := eqf.MatchFields([]eqf.Field{eqf.Field(one)}, []eqf.Field{eqf.Field(required)})
		both := eqf.MatchFields([]eqf.Field{eqf.Field(one), eqf.Field(two)}, []eqf.Field{eqf.Field(required)})
		swapped := eqf.MatchFields([]eqf.Field{eqf.Field(two), eqf.Field(one)}, []eqf.Field{eqf.Field(required)})
		require.Equal(t, both, swapped, "order does not count")
		if single == eqf.Matches {
			require.Equal(t, eqf.Matches, both, "one more field never takes a match away")
		}
	})
}
