package eqf

import "fmt"

// Confidence tells how well a row of a table is founded. A greater value is
// better founded. The zero value is invalid.
type Confidence uint8

const (
	// Memory marks a row that general knowledge supports, but for which no
	// text was at hand that states it.
	Memory Confidence = iota + 1
	// Verified marks a row that was read in the source it names.
	Verified
)

// IsValid reports whether c is Memory or Verified.
func (c Confidence) IsValid() bool { return c == Memory || c == Verified }

// String returns "memory" or "verified", and "" for the zero value.
func (c Confidence) String() string {
	switch c {
	case 0:
		return ""
	case Memory:
		return "memory"
	case Verified:
		return "verified"
	}
	return fmt.Sprintf("Confidence(%d)", uint8(c))
}
