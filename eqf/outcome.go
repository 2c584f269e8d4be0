package eqf

import "fmt"

// Outcome is the kind of an [Answer]. The zero value is NotInTable.
type Outcome uint8

const (
	// NotInTable: no row, or no single row, is meant for certain. Nothing is
	// known about the EQF level.
	NotInTable Outcome = iota
	// Found: the level is referenced to one EQF level, or to a range of them.
	Found
	// NoLevel: the level is known to have no EQF level.
	NoLevel
	// Unreferenced: the framework is not linked to the EQF, so that its number
	// says nothing about one. The cycle may still be known.
	Unreferenced
)

// String returns "notInTable", "found", "noLevel" or "unreferenced".
func (o Outcome) String() string {
	switch o {
	case NotInTable:
		return "notInTable"
	case Found:
		return "found"
	case NoLevel:
		return "noLevel"
	case Unreferenced:
		return "unreferenced"
	}
	return fmt.Sprintf("Outcome(%d)", uint8(o))
}
