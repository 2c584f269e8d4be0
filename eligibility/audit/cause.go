package audit

// Cause is why a receipt is not what is found now.
type Cause string

// The causes, in the order in which they are substituted. Every difference has
// exactly one. What each of them is taken to be stands with [Verifier].
const (
	InputChanged     Cause = "input"
	PolicyChanged    Cause = "policy"
	TableChanged     Cause = "table"
	ReadingChanged   Cause = "reading"
	SemanticsChanged Cause = "semantics"
)

// Refused: the receipt says that the case could not be assessed, and now it
// can be, or cannot for another reason. An error has no pins that could tell
// whether it was altered, or what was changed.
const Refused Cause = "refused"

// The causes that are no change but a fault of the receipts.
const (
	// Altered: the receipt is not what its own pins give.
	Altered Cause = "altered"
	// Missing: a line of the input has no receipt.
	Missing Cause = "missing"
	// Repeated: a case has more receipts than lines.
	Repeated Cause = "repeated"
	// Foreign: a receipt is of no case of the input.
	Foreign Cause = "foreign"
	// Moved: a receipt is not in the order of the input.
	Moved Cause = "moved"
)

// Causes are all the causes in their order.
var Causes = []Cause{InputChanged, PolicyChanged, TableChanged, ReadingChanged, SemanticsChanged,
	Refused, Altered, Missing, Repeated, Foreign, Moved}

// Difference is one value of a receipt that is not what is found now, or what
// is wrong with the receipt as a whole.
type Difference struct {
	// At is the path of the value, such as /verdict or
	// /findings/education/status, in which findings are named by their rules. It
	// is empty for the whole line.
	At    string `json:"at,omitzero"`
	Was   string `json:"was,omitzero"` // in the receipt, in JSON; not stated where it has no such value
	Is    string `json:"is,omitzero"`  // now, or by the receipt's own pins where it was altered
	Cause Cause  `json:"cause"`
	How   string `json:"how"` // how the cause was found
}

// Verification is what became of one receipt, or of a line that has none.
type Verification struct {
	ID          string       `json:"case"`
	Line        int          `json:"line,omitzero"`    // of the input, from 1; 0 for a receipt of no line
	Receipt     int          `json:"receipt,omitzero"` // its line among the receipts; 0 for a line without
	Differences []Difference `json:"differences"`      // none where the receipt is what is found now
}
