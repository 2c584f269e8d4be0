package eqf_test

import (
	"testing"

	"github.com/qualify-rules/qualify/eqf"
	"github.com/stretchr/testify/require"
)

func TestCycle(t *testing.T) {
	for i, test := range []struct {
		cycle eqf.Cycle
		text  string
		level eqf.Level
	}{
		{eqf.ShortCycle, "short", 5},
		{eqf.FirstCycle, "first", 6},
		{eqf.SecondCycle, "second", 7},
		{eqf.ThirdCycle, "third", 8},
	} {
		require.Equal(t, eqf.Cycle(i+1), test.cycle, "ascending order")
		require.True(t, test.cycle.IsValid())
		require.Equal(t, test.text, test.cycle.String())
		require.Equal(t, test.level, test.cycle.Level())
		parsed, err := eqf.ParseCycle(test.text)
		require.NoError(t, err)
		require.Equal(t, test.cycle, parsed)
	}
}

func TestCycleZeroAndInvalid(t *testing.T) {
	require.False(t, eqf.Cycle(0).IsValid())
	require.Equal(t, "", eqf.Cycle(0).String())
	require.Zero(t, eqf.Cycle(0).Level())
	require.False(t, eqf.Cycle(5).IsValid())
	require.Equal(t, "Cycle(5)", eqf.Cycle(5).String())
	require.Zero(t, eqf.Cycle(5).Level())
	_, err := eqf.Cycle(5).MarshalText()
	require.EqualError(t, err, "cycle 5 is not within 1 (short) to 4 (third)")
}

func TestParseCycleIsExact(t *testing.T) {
	for _, text := range []string{"", "First", " first", "1", "bachelor", "first cycle"} {
		_, err := eqf.ParseCycle(text)
		require.ErrorContains(t, err, "is not one of short, first, second, third", text)
	}
}

func TestCycleText(t *testing.T) {
	for c := eqf.Cycle(0); c <= eqf.ThirdCycle; c++ {
		text, err := c.MarshalText()
		require.NoError(t, err)
		back := eqf.SecondCycle
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, c, back)
	}
	kept := eqf.SecondCycle
	require.Error(t, kept.UnmarshalText([]byte("fourth")))
	require.Equal(t, eqf.SecondCycle, kept)
}

func TestWordsOfSmallTypes(t *testing.T) {
	require.Less(t, eqf.Memory, eqf.Verified)
	require.False(t, eqf.Confidence(0).IsValid())
	require.True(t, eqf.Memory.IsValid())
	require.Equal(t, []string{"", "memory", "verified", "Confidence(3)"},
		[]string{eqf.Confidence(0).String(), eqf.Memory.String(), eqf.Verified.String(), eqf.Confidence(3).String()})
	require.Equal(t, []string{"notInTable", "found", "noLevel", "unreferenced", "Outcome(4)"},
		[]string{eqf.NotInTable.String(), eqf.Found.String(), eqf.NoLevel.String(), eqf.Unreferenced.String(), eqf.Outcome(4).String()})
	require.Equal(t, []string{"mayMatch", "differs", "matches", "Match(3)"},
		[]string{eqf.MayMatch.String(), eqf.Differs.String(), eqf.Matches.String(), eqf.Match(3).String()})
	require.Zero(t, eqf.NotInTable)
	require.Zero(t, eqf.MayMatch)
}

func FuzzParseCycle(f *testing.F) {
	for _, seed := range []string{"first", "short", "First", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := eqf.ParseCycle(text)
		require.Equal(t, err == nil, c.IsValid())
		if err == nil {
			require.Equal(t, text, c.String())
		}
	})
}
