package experience

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTruthTables(t *testing.T) {
	// The order of Kleene's logic: false, unknown, true.
	order := []Truth{False, Unknown, True}
	for i, a := range order {
		for j, b := range order {
			require.Equal(t, order[min(i, j)], a.And(b), "%v and %v", a, b)
			require.Equal(t, order[max(i, j)], a.Or(b), "%v or %v", a, b)
		}
		require.Equal(t, order[2-i], a.Not())
		require.Equal(t, a == Unknown, a.IsZero())
	}
	require.Equal(t, True, TruthOf(true))
	require.Equal(t, False, TruthOf(false))
}

func TestParseFraction(t *testing.T) {
	tests := []struct {
		text, again string
		millionths  int64
	}{
		{"0", "0", 0},
		{"1", "1", fullTime},
		{"0.5", "0.5", 500_000},
		{"0.50", "0.5", 500_000},
		{"1.0", "1", fullTime},
		{"0.333333", "0.333333", 333_333},
		{"0.000001", "0.000001", 1},
		{"0.1000000000", "0.1", 100_000},
	}
	for _, test := range tests {
		f, err := ParseFraction(test.text)
		require.NoError(t, err, test.text)
		require.Equal(t, test.again, f.String())
		require.Equal(t, test.millionths, f.weight())
		require.InDelta(t, float64(test.millionths)/fullTime, f.Float64(), 0)
	}
	for _, s := range []string{
		"", ".5", "1.", "0.", "2", "1.000001", "-0.5", "+1", "0,5", "0.1234567", "1e0", "5e-1", "50%", "0.-5", "0.5.5", "0_1", "01", "00.5",
	} {
		_, err := ParseFraction(s)
		require.ErrorIs(t, err, ErrFraction, s)
	}
	require.Empty(t, Fraction{}.String())
	require.Zero(t, Fraction{}.Float64())
	full, err := ParseFraction("1")
	require.NoError(t, err)
	require.Equal(t, FullTime(), full)
	for millionths := range uint32(fullTime + 1) {
		if f := (Fraction{millionths + 1}); millionths%97 == 0 {
			again, err := ParseFraction(f.String())
			require.NoError(t, err)
			require.Equal(t, f, again)
		}
	}
}

func TestConventionNames(t *testing.T) {
	for _, c := range conventions {
		got, err := ParseConvention(c.String())
		require.NoError(t, err)
		require.Equal(t, c, got)
	}
	_, err := ParseConvention("lunar")
	require.ErrorContains(t, err, "lunar")
	require.Equal(t, "Convention(9)", Convention(9).String())
}

func TestJSON(t *testing.T) {
	type facts struct {
		Date     Date     `json:"date,omitzero"`
		Period   Period   `json:"period,omitzero"`
		Fraction Fraction `json:"fraction,omitzero"`
		Attested Truth    `json:"attested,omitzero"`
	}
	for _, text := range []string{
		`{}`,
		`{"date":"2014-05","period":"P1Y6M","fraction":0.5,"attested":true}`,
		`{"date":"unknown","period":"P0D","fraction":0,"attested":false}`,
	} {
		var f facts
		require.NoError(t, json.Unmarshal([]byte(text), &f))
		again, err := json.Marshal(f)
		require.NoError(t, err)
		require.Equal(t, text, string(again))
	}

	f := facts{Date: MustParseDate("2014"), Period: MustParsePeriod("P1Y"), Fraction: FullTime(), Attested: True}
	require.NoError(t, json.Unmarshal([]byte(`{"fraction":null,"attested":null}`), &f))
	require.Zero(t, f.Fraction)
	require.Equal(t, Unknown, f.Attested)

	plain, err := json.Marshal(struct {
		Fraction Fraction
		Truth    Truth
	}{})
	require.NoError(t, err)
	require.Equal(t, `{"Fraction":null,"Truth":null}`, string(plain))

	for _, text := range []string{
		`{"date":"2014-02-30"}`, `{"date":2014}`, `{"period":"1Y"}`, `{"fraction":"0.5"}`, `{"fraction":1.5}`, `{"attested":"true"}`, `{"attested":1}`,
	} {
		require.Error(t, json.Unmarshal([]byte(text), &facts{}), text)
	}
}

func TestSpan(t *testing.T) {
	day := MustParseDate
	_, err := NewSpan(day("2014-06-01"), day("2014-05-31"))
	require.ErrorIs(t, err, ErrSpan)
	require.ErrorContains(t, err, "2014-06-01")
	for _, s := range []Span{
		{day("2014-06-01"), day("2014-06-01")}, {day("2014-06"), day("2014-06")}, {day("2014-06-30"), day("2014-06")},
		{day("2014"), Date{}}, {Date{}, day("2014")}, {},
	} {
		require.NoError(t, s.Check())
	}
	require.True(t, Span{From: day("2014-06-01")}.IsExact())
	require.True(t, Span{From: day("2014-06-01")}.IsOngoing())
	require.False(t, Span{From: day("2014-06-01"), To: day("2014-07")}.IsExact())
	require.False(t, Span{To: day("2014-06-01")}.IsExact())
}

func TestIntersect(t *testing.T) {
	span := func(from, to string) Span {
		var s Span
		if from != "" {
			s.From = MustParseDate(from)
		}
		if to != "" {
			s.To = MustParseDate(to)
		}
		return s
	}
	tests := []struct {
		s, t, want Span
		some       bool
	}{
		{span("2014-01-01", "2014-12-31"), span("2014-06-01", "2015-12-31"), span("2014-06-01", "2014-12-31"), true},
		{span("2014-01-01", ""), span("2014-06-01", ""), span("2014-06-01", ""), true},
		{span("2014-01-01", ""), span("2014-06-01", "2015-12-31"), span("2014-06-01", "2015-12-31"), true},
		{span("2014-01-01", "2014-01-31"), span("2014-02-01", ""), span("2014-02-01", "2014-01-31"), false},
		{span("2014-01-01", "2014-01-31"), span("2014-01-31", ""), span("2014-01-31", "2014-01-31"), true},
		{span("2014-01", "2014-02"), span("2014-01-15", ""), span("2014-01-15/2014-01-31", "2014-02"), true},
		{span("", "2014-02-01"), span("2014-01-15", ""), span("2014-01-15/", "2014-02-01"), true},
		{span("", ""), span("", ""), span("unknown", ""), true},
	}
	for _, test := range tests {
		for _, pair := range [][2]Span{{test.s, test.t}, {test.t, test.s}} {
			got, some := pair[0].Intersect(pair[1])
			require.Equal(t, test.some, some, "%v", test)
			require.Equal(t, test.want, got, "%v", test)
		}
	}
}
