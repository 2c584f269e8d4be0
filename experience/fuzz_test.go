package experience

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// requireJSON holds that a value survives being written and read.
func requireJSON[T comparable](t *testing.T, value T) {
	t.Helper()
	text, err := json.Marshal(value)
	require.NoError(t, err)
	var again T
	require.NoError(t, json.Unmarshal(text, &again))
	require.Equal(t, value, again)
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{
		"2014-05-31", "2014-05", "2014", "2014-03/2014-06", "/2014", "2014/", "unknown", "2016-02", "2014/2016-06", "0001", "9999-12-31",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			require.ErrorIs(t, err, ErrDate)
			require.Zero(t, d)
			return
		}
		require.True(t, d.IsValid())
		require.LessOrEqual(t, d.first, d.last)
		require.LessOrEqual(t, firstDay, d.first)
		require.LessOrEqual(t, d.last, lastDay)
		for _, text := range []string{d.String(), d.Interval()} {
			again, err := ParseDate(text)
			require.NoError(t, err)
			require.Equal(t, d, again)
		}
		requireJSON(t, d)
	})
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"P4Y", "P12M", "P1Y6M", "P30D", "P0D", "P1Y2M3D", "P0007M", "P9999Y119988M3652059D", "P1M1Y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePeriod(s)
		if err != nil {
			require.ErrorIs(t, err, ErrPeriod)
			require.Zero(t, p)
			return
		}
		again, err := ParsePeriod(p.String())
		require.NoError(t, err)
		require.Equal(t, p, again)
		require.LessOrEqual(t, len(p.String()), max(len(s), len("P0D")))
		requireJSON(t, p)
	})
}

func FuzzParseFraction(f *testing.F) {
	for _, s := range []string{"0", "1", "0.5", "0.333333", "1.000000", "0.0000001", "1.5", "-0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParseFraction(s)
		if err != nil {
			require.ErrorIs(t, err, ErrFraction)
			require.Zero(t, p)
			return
		}
		require.True(t, p.IsValid())
		again, err := ParseFraction(p.String())
		require.NoError(t, err)
		require.Equal(t, p, again)
		require.LessOrEqual(t, len(p.String()), len(s))
		requireJSON(t, p)
	})
}
