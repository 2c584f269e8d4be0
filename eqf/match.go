package eqf

import "fmt"

// Match tells how the fields of a qualification compare with required ones. The
// zero value is MayMatch.
type Match uint8

const (
	// MayMatch: the stated fields leave it open; a person must decide.
	MayMatch Match = iota
	// Differs: every stated field is another one.
	Differs
	// Matches: a stated field is a required one or lies below it.
	Matches
)

// String returns "mayMatch", "differs" or "matches".
func (m Match) String() string {
	switch m {
	case MayMatch:
		return "mayMatch"
	case Differs:
		return "differs"
	case Matches:
		return "matches"
	}
	return fmt.Sprintf("Match(%d)", uint8(m))
}

// MatchFields compares the fields that a qualification states with required
// ones, of which one is enough.
//
//   - Nothing required: Matches.
//   - stated nil, that is not stated: MayMatch. Stated but empty: Differs.
//   - A stated code begins with a required one: Matches.
//   - Else a stated code is wider than a required one (04 for 0421), is a "not
//     further defined" code above it (0400), is interdisciplinary in the same
//     broad field (0488) or says that the field is unknown (9999): MayMatch.
//   - Else: Differs.
//
// A code that is not in the table, the zero value too, is as good as not stated:
// it may match, and never does for certain.
func MatchFields(stated, required []Field) Match {
	if len(required) == 0 {
		return Matches
	}
	if stated == nil {
		return MayMatch
	}
	result := Differs
	for _, s := range stated {
		for _, r := range required {
			switch matchField(s, r) {
			case Matches:
				return Matches
			case MayMatch:
				result = MayMatch
			}
		}
	}
	return result
}

func matchField(stated, required Field) Match {
	switch {
	case !stated.IsValid() || !required.IsValid():
		return MayMatch
	case stated.within(required):
		return Matches
	case required.within(stated.stem()), stated.isUnknown():
		return MayMatch
	case stated.isInterdisciplinary() && stated.broad() == required.broad():
		return MayMatch
	}
	return Differs
}
