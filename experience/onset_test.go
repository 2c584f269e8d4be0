package experience

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// smallOnsets are all onsets of a calendar of four days: always comes before
// them, never after.
func smallOnsets() (onsets []Onset, moments []ordinal) {
	moments = []ordinal{0, 700, 701, 702, 703, never}
	for i, earliest := range moments {
		for _, latest := range moments[i:] {
			onsets = append(onsets, Onset{earliest, latest})
		}
	}
	return onsets, moments
}

func TestOnsetAlgebraOverAllDays(t *testing.T) {
	onsets, moments := smallOnsets()
	days := func(o Onset) (days []ordinal) {
		for _, m := range moments {
			if o.earliest <= m && m <= o.latest {
				days = append(days, m)
			}
		}
		return days
	}
	for _, o := range onsets {
		met := TruthOf(o.earliest != never)
		for _, day := range days(o) {
			if TruthOf(day != never) != met {
				met = Unknown
			}
		}
		require.Equal(t, met, o.Met(), "%v", o)
		require.Equal(t, len(days(o)) == 1, o.IsExact())
		require.Equal(t, o.Met() == True && o.latest != 0, o.On().IsValid(), "%v", o)
		if on := o.On(); on.IsValid() {
			require.Equal(t, Date{max(o.earliest, firstDay), o.latest}, on)
		}

		for _, p := range onsets {
			earliest, latest := Onset{never, 0}, Onset{never, 0}
			for _, a := range days(o) {
				for _, b := range days(p) {
					earliest = Onset{min(earliest.earliest, a, b), max(earliest.latest, min(a, b))}
					latest = Onset{min(latest.earliest, max(a, b)), max(latest.latest, a, b)}
				}
			}
			mayPrecede := slices.ContainsFunc(days(o), func(a ordinal) bool {
				return slices.ContainsFunc(days(p), func(b ordinal) bool { return a < b })
			})
			require.Equal(t, mayPrecede, o.MayPrecede(p), "%v, %v", o, p)
			require.Equal(t, slices.Max(days(o)) < slices.Max(days(p)), o.SurelyBy(p), "%v, %v", o, p)
			require.Equal(t, earliest, o.Earliest(p), "%v, %v", o, p)
			require.Equal(t, latest, o.Latest(p), "%v, %v", o, p)
			require.Equal(t, o.Met().Or(p.Met()), o.Earliest(p).Met(), "%v, %v", o, p)
			require.Equal(t, o.Met().And(p.Met()), o.Latest(p).Met(), "%v, %v", o, p)
		}
	}
}

func TestOnsets(t *testing.T) {
	june := MustParseDate("2014-06")
	tests := []struct {
		name  string
		onset Onset
		met   Truth
		on    string
		exact bool
	}{
		{"always", Always(), True, "", true},
		{"the zero value", Onset{}, True, "", true},
		{"never", Never(), False, "", true},
		{"perhaps always", PerhapsAlways(), Unknown, "", false},
		{"from a day", From(june.First()), True, "2014-06-01", true},
		{"from a day not known", From(june), True, "2014-06", false},
		{"from a day not stated", From(Date{}), False, "", true},
		{"perhaps from a day", PerhapsFrom(june), Unknown, "", false},
		{"perhaps from any day", PerhapsFrom(Date{}), Unknown, "", false},
		{"always or from a day", Always().Earliest(From(june)), True, "", true},
		{"perhaps always, else from a day", PerhapsAlways().Earliest(From(june)), True, "/2014-06", false},
		{"perhaps always, and from a day", PerhapsAlways().Latest(From(june)), Unknown, "", false},
		{"perhaps from a day, else from a later one", PerhapsFrom(june).Earliest(From(MustParseDate("2015"))), True, "2014-06/2015-12", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.met, test.onset.Met())
			require.Equal(t, test.on, test.onset.On().String())
			require.Equal(t, test.exact, test.onset.IsExact())
		})
	}
}
