package eqf

// Levels is a range of EQF levels: every level from Low to High, both
// included, is possible. The zero value is invalid and stands for no level.
type Levels struct{ Low, High Level }

// IsValid reports whether both ends are levels and Low is not above High.
func (r Levels) IsValid() bool {
	return r.Low.IsValid() && r.High.IsValid() && r.Low <= r.High
}

// Exact returns the level and true where only one is possible, and otherwise
// the zero value and false.
func (r Levels) Exact() (Level, bool) {
	if !r.IsValid() || r.Low != r.High {
		return 0, false
	}
	return r.Low, true
}

// String returns "6" for one level, "7..8" for more, and "" for an invalid
// range.
func (r Levels) String() string {
	if !r.IsValid() {
		return ""
	}
	if r.Low == r.High {
		return r.Low.String()
	}
	return r.Low.String() + ".." + r.High.String()
}
