package eligibility

import (
	"slices"

	"github.com/google/cel-go/common/ast"

	"github.com/qualify-rules/qualify/experience"
)

// ReasonCode says why days, or a share of them, are not counted. The list is
// closed; doc/ledger.md has an example of each.
type ReasonCode string

// The reason codes. A day of several records has the reason of the one that
// came closest to being counted, in this order.
const (
	PartTimeShare    ReasonCode = "partTimeShare"    // the rest of full time of part-time work
	BeyondFullTime   ReasonCode = "beyondFullTime"   // what several records at once amount to beyond full time
	UnknownFact      ReasonCode = "unknownFact"      // a missing fact decides whether it counts
	BeforeFulfilment ReasonCode = "beforeFulfilment" // before the day from which it is counted
	AfterDate        ReasonCode = "afterDate"        // after the day until which it is counted
	BeforeGap        ReasonCode = "beforeGap"        // before a gap that ended the run of contracts
	OtherThreat      ReasonCode = "otherThreat"      // the mission was not at a level of threat that counts, such as high or critical
	NotRelevant      ReasonCode = "notRelevant"      // the work is not of the kind that is asked
	NotFullTime      ReasonCode = "notFullTime"      // only full-time work is asked
	WrongRegime      ReasonCode = "wrongRegime"      // served under another regime
	OtherMission     ReasonCode = "otherMission"     // served in another mission
	NotAsked         ReasonCode = "notAsked"         // another condition of the rule does not hold
	Gap              ReasonCode = "gap"              // there is no record
)

// ReasonCodes returns every reason code in their order.
func ReasonCodes() []ReasonCode {
	return slices.Concat([]ReasonCode{PartTimeShare, BeyondFullTime, UnknownFact, BeforeFulfilment}, omissionCodes, []ReasonCode{Gap})
}

// omissionCodes are the codes of records that a rule leaves out.
var omissionCodes = []ReasonCode{AfterDate, BeforeGap, OtherThreat, NotRelevant, NotFullTime, WrongRegime, OtherMission, NotAsked}

// asked are the codes by what of a record a condition asks for: the name of a
// function or of a field.
var asked = map[string]ReasonCode{
	"relevant": NotRelevant, "matches": NotRelevant, "domains": NotRelevant, "levels": NotRelevant,
	"fraction": NotFullTime,
	"regime":   WrongRegime,
	"mission":  OtherMission,
}

// codeOf returns the code of a condition that is false of a record, by what of
// the record it asks for; of several things by the first code in the list.
func codeOf(condition ast.Expr, record string) ReasonCode {
	found := NotAsked
	better := func(name string) {
		if code, ok := asked[name]; ok && slices.Index(omissionCodes, code) < slices.Index(omissionCodes, found) {
			found = code
		}
	}
	isRecord := func(e ast.Expr) bool { return e.Kind() == ast.IdentKind && e.AsIdent() == record }
	ast.PostOrderVisit(condition, ast.NewExprVisitor(func(e ast.Expr) {
		switch e.Kind() {
		case ast.SelectKind:
			if isRecord(e.AsSelect().Operand()) {
				better(e.AsSelect().FieldName())
			}
		case ast.CallKind:
			if slices.ContainsFunc(e.AsCall().Args(), isRecord) {
				better(e.AsCall().FunctionName())
			}
		}
	}))
	return found
}

// reasonOf returns the code for an entry of a ledger, "" for days that count in
// full.
func reasonOf(e experience.LedgerEntry) ReasonCode {
	switch e.Fate {
	case experience.Counted:
		switch {
		case e.AtMost != e.Weight:
			return UnknownFact
		case e.Weight.Float64() < 1:
			return PartTimeShare
		case e.Beyond:
			return BeyondFullTime
		}
		return ""
	case experience.Uncertain:
		return UnknownFact
	case experience.BeforeSince:
		return BeforeFulfilment
	case experience.AfterUntil:
		return AfterDate
	case experience.NoShare:
		return PartTimeShare
	case experience.Omitted:
		return omissionCodes[e.Reason]
	}
	return Gap
}
