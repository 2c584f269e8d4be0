package experience

import (
	"fmt"
	"slices"
	"strings"
)

// Overlap is how often a day counts on which several records fall.
type Overlap uint8

const (
	// CountOnce counts it for the sum of their fractions, but for no more than
	// full time: the default.
	CountOnce Overlap = iota
	// CountEach counts it for each of them, up to a hundred times.
	CountEach
)

// PartTime is what part-time work counts as.
type PartTime uint8

const (
	// CountShare counts it for its share of full time: the default.
	CountShare PartTime = iota
	// CountFull counts it as full time.
	CountFull
)

// ParseOverlap reads once or each.
func ParseOverlap(s string) (Overlap, error) {
	return parseWord[Overlap]("overlap", s, "once", "each")
}

// ParsePartTime reads share or full.
func ParsePartTime(s string) (PartTime, error) {
	return parseWord[PartTime]("part time", s, "share", "full")
}

// parseWord returns the number of a word among those that are known.
func parseWord[T ~uint8](what, s string, words ...string) (T, error) {
	if i := slices.Index(words, s); i >= 0 {
		return T(i), nil
	}
	return 0, fmt.Errorf("%s %q is not one of %s", what, s, strings.Join(words, ", "))
}

// most is the largest weight of a day. It is bounded so that no sum of the
// longest histories overflows.
func (o Overlap) most() int64 {
	if o == CountEach {
		return 100 * fullTime
	}
	return fullTime
}
