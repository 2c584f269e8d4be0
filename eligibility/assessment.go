package eligibility

import (
	"iter"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/qualify-rules/qualify/experience"
)

// Version is the version of the library, and Semantics counts the changes of
// what verdicts mean: the same policy, case and semantics give the same
// assessment.
//
//	1  2026-11-21  the first
const (
	Version   = "0.1.0"
	Semantics = 1
)

// Verdict is the result of an assessment.
type Verdict string

// The verdicts. Undetermined is a result and not an error: it says that facts
// are missing, and which.
const (
	Eligible     Verdict = "eligible"
	Ineligible   Verdict = "ineligible"
	Undetermined Verdict = "undetermined"
)

// Status is the result of a rule.
type Status string

// The statuses. NotApplicable is that of a rule whose when is false and of a
// group in which no rule applies.
const (
	Met           Status = "met"
	Unmet         Status = "unmet"
	NotDetermined Status = "undetermined"
	NotApplicable Status = "notApplicable"
)

// Assessment is the decision about a case and what it rests on.
type Assessment struct {
	Case      string          `json:"case"`
	Candidate string          `json:"candidate"`
	Vacancy   string          `json:"vacancy"`
	AsOf      experience.Date `json:"asOf,omitzero"`
	Stage     Stage           `json:"stage,omitzero"` // application when not stated
	Verdict   Verdict         `json:"verdict"`
	// EligibleFrom is the first day on which an application would be eligible if
	// the vacancy were open, as the history stands and ongoing work goes on;
	// Projected says that it lies after AsOf. It is the day on which the last rule
	// that has a day is met, and not stated where that does not suffice or is not
	// known, and without explanations. With a timeline it is that of the timeline,
	// which tried the days between too.
	EligibleFrom experience.Date `json:"eligibleFrom,omitzero"`
	Projected    bool            `json:"projected,omitzero"`
	// SensitiveTo names the readings on which the verdict hangs, and Readings
	// how, see WithReadings.
	SensitiveTo []string     `json:"sensitiveTo,omitzero"`
	Readings    *Sensitivity `json:"readings,omitzero"`
	Timeline    *Timeline    `json:"timeline,omitzero"` // see WithTimeline
	Ways        []Way        `json:"ways,omitzero"`     // the nearest ways to eligible, see WithNearestWays
	NoWay       NoWay        `json:"noWay,omitzero"`    // why there are none
	Findings    []Finding    `json:"findings"`
	// Desirable are the findings of the desirable rules: what a panel may weigh,
	// without effect on the verdict, see WithDesirable.
	Desirable []Finding `json:"desirable,omitzero"`
	// ToBring is what is still to be brought and by when. It is stated for the
	// stages after the application, with explanations.
	ToBring []Pending `json:"toBring,omitzero"`
	// Missing names, by JSON Pointers into the case, the facts that could
	// still change the verdict.
	Missing []string `json:"missing,omitzero"`
	// MissingInWords says, by their pointers, what those facts are in the language
	// of the reasons.
	MissingInWords map[string]string `json:"-"`
	// Policy says which version of the policy a [Catalogue] chose and why.
	// Without explanations it is stated where several are loaded, the case names
	// one, or none was certainly in force.
	Policy PolicyChoice `json:"policy,omitzero"`
	Pins   Pins         `json:"pins,omitzero"`
}

// Finding is the result of one rule with those of its children.
type Finding struct {
	ID     string `json:"id"`
	Title  string `json:"title,omitzero"`
	Status Status `json:"status"`
	AnyOf  bool   `json:"anyOf,omitzero"` // the findings below are alternatives
	// Nearest is the id of the alternative that came nearest, where none is met
	// and one is met in part or measured.
	Nearest string `json:"nearest,omitzero"`
	// On is the day from which the rule is met: an interval where that is not
	// known exactly, not stated for rules without a day.
	On experience.Date `json:"on,omitzero"`
	// ProjectedOn is the day on which an unmet rule will be met if what is
	// ongoing goes on.
	ProjectedOn experience.Date `json:"projectedOn,omitzero"`
	// Have is what was counted, rounded down to whole days, and HaveAtMost what
	// it may be where facts are missing. Need is what must be reached, Limit
	// what may not be exceeded, and Short is missing from Have to Need.
	Have       experience.Period `json:"have,omitzero"`
	HaveAtMost experience.Period `json:"haveAtMost,omitzero"`
	Need       experience.Period `json:"need,omitzero"`
	Short      experience.Period `json:"short,omitzero"`
	Limit      experience.Period `json:"limit,omitzero"`
	By         []string          `json:"by,omitzero"`      // JSON Pointers to the records it rests on
	Missing    []string          `json:"missing,omitzero"` // JSON Pointers to the facts that would decide it
	Cite       []string          `json:"cite,omitzero"`
	Reason     string            `json:"reason,omitzero"`
	// Ledger is that of what Have was counted of, and Ledgers are those of
	// everything that the rule measures where that is more, see WithLedger.
	Ledger   *Ledger   `json:"ledger,omitzero"`
	Ledgers  []*Ledger `json:"ledgers,omitzero"`
	Findings []Finding `json:"findings,omitzero"`
}

// Pins name everything that the assessment depends on. The maps are those of
// every assessment about the post: they must not be changed.
type Pins struct {
	Library   string            `json:"library"`
	Semantics int               `json:"semantics"`
	Policy    PolicyPin         `json:"policy"`
	Vacancy   HashPin           `json:"vacancy"`
	Tables    map[string]string `json:"tables"`
	Readings  map[string]string `json:"readings"`
	Input     string            `json:"input"` // "sha256:" and the hash of the case in canonical JSON
}

// PolicyPin names a policy and the hash of its text.
type PolicyPin struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	SHA256  string `json:"sha256"`
}

// HashPin is the hash of a text.
type HashPin struct {
	SHA256 string `json:"sha256"`
}

// IsZero reports whether the pins were left out.
func (p Pins) IsZero() bool { return p.Library == "" }

// Finding returns the finding at a path of ids, one argument each:
// a.Finding("experience", "ofWhich", "0"). It reports whether there is one.
func (a *Assessment) Finding(path ...string) (Finding, bool) {
	for at, f := range a.All() {
		if at == strings.Join(path, "/") {
			return f, true
		}
	}
	return Finding{}, false
}

// All goes through every finding, those of groups before those of their
// children, with its path, such as experience/ofWhich/0.
func (a *Assessment) All() iter.Seq2[string, Finding] {
	return func(yield func(string, Finding) bool) { walk("", a.Findings, yield) }
}

func walk(parent string, findings []Finding, yield func(string, Finding) bool) bool {
	for _, f := range findings {
		if !yield(parent+f.ID, f) || !walk(parent+f.ID+"/", f.Findings, yield) {
			return false
		}
	}
	return true
}

// dayIntervals writes imprecise days of fulfilment as intervals of two days.
var dayIntervals = json.MarshalToFunc(func(e *jsontext.Encoder, d experience.Date) error {
	return e.WriteToken(jsontext.String(d.Interval()))
})

// MarshalJSONTo writes the assessment: the same bytes for the same assessment.
func (a *Assessment) MarshalJSONTo(e *jsontext.Encoder) error {
	type plain Assessment
	return json.MarshalEncode(e, (*plain)(a), json.WithMarshalers(dayIntervals), json.Deterministic(true))
}

// MarshalJSON writes the assessment as [Assessment.MarshalJSONTo] does.
func (a *Assessment) MarshalJSON() ([]byte, error) {
	type plain Assessment
	return json.Marshal((*plain)(a), json.WithMarshalers(dayIntervals), json.Deterministic(true))
}
