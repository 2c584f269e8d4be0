package experience

import "fmt"

// Truth is the answer to a question about facts of which some may not be
// known. The zero value is Unknown. The operations are those of Kleene's
// strong logic: an unknown operand matters only where the other one does not
// already settle the result.
type Truth uint8

// The three truth values.
const (
	Unknown Truth = iota
	False
	True
)

// TruthOf returns True or False.
func TruthOf(b bool) Truth {
	if b {
		return True
	}
	return False
}

// And is False where either operand is, and True where both are.
func (t Truth) And(u Truth) Truth {
	switch {
	case t == False || u == False:
		return False
	case t == True && u == True:
		return True
	}
	return Unknown
}

// Or is True where either operand is, and False where both are.
func (t Truth) Or(u Truth) Truth {
	return t.Not().And(u.Not()).Not()
}

// Not exchanges True and False and leaves Unknown.
func (t Truth) Not() Truth {
	switch t {
	case True:
		return False
	case False:
		return True
	}
	return Unknown
}

// IsZero reports whether t is Unknown, so that the JSON option omitzero leaves
// a fact that is not known out.
func (t Truth) IsZero() bool { return t == Unknown }

// String returns "true", "false" or "unknown".
func (t Truth) String() string {
	switch t {
	case True:
		return "true"
	case False:
		return "false"
	}
	return "unknown"
}

// MarshalJSON writes true, false or null.
func (t Truth) MarshalJSON() ([]byte, error) {
	if t == Unknown {
		return []byte("null"), nil
	}
	return []byte(t.String()), nil
}

// UnmarshalJSON reads true, false or null.
func (t *Truth) UnmarshalJSON(b []byte) error {
	switch string(b) {
	case "true":
		*t = True
	case "false":
		*t = False
	case "null":
		*t = Unknown
	default:
		return fmt.Errorf("%s is not true, false or null", b)
	}
	return nil
}
