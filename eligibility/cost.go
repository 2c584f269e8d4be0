package eligibility

import (
	"fmt"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/checker"
	"github.com/google/cel-go/common/types"
)

// sizes bounds what the lists and texts of a case may hold, so that the cost
// of an expression is known when it is loaded and need not be watched when it
// runs.
type sizes struct{}

// maxText is the length that texts are reckoned with; it bounds no input.
const maxText = 256

func (sizes) EstimateSize(n checker.AstNode) *checker.SizeEstimate {
	switch n.Type().Kind() {
	case types.ListKind:
		if n.Type().Parameters()[0].Kind() == types.StringKind {
			return &checker.SizeEstimate{Max: MaxValues}
		}
		return &checker.SizeEstimate{Max: MaxRecords}
	case types.StringKind:
		return &checker.SizeEstimate{Max: maxText}
	}
	return &checker.SizeEstimate{Min: 1, Max: 1}
}

// EstimateCallCost reckons the functions that go through a whole history.
func (sizes) EstimateCallCost(function, _ string, _ *checker.AstNode, _ []checker.AstNode) *checker.CallEstimate {
	switch function {
	case "reaches", "leaves", "total", "chain", "atThreat", "lastDay":
		return &checker.CallEstimate{CostEstimate: checker.CostEstimate{Min: 1, Max: MaxRecords}}
	}
	return nil
}

// checkCost refuses an expression that would take too long for the largest
// history.
func checkCost(e *cel.Env, a *cel.Ast) error {
	estimate, err := e.EstimateCost(a, sizes{})
	if err != nil {
		return err
	}
	if estimate.Max > maxCost {
		return fmt.Errorf("too costly: it may take %d steps with histories of %d records, and %d are accepted: do not go through records for every record",
			estimate.Max, MaxRecords, maxCost)
	}
	return nil
}
