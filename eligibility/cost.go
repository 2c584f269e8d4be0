package eligibility

import (
	"fmt"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/checker"
	"github.com/google/cel-go/common/ast"
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
		// A field is as long as its records or values may be; what was made of
		// fields, or stands in a variable, as long as any.
		if path := n.Path(); len(path) > 1 && path[len(path)-1] != "@items" {
			return &checker.SizeEstimate{Max: longest(n.Type())}
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
		return &checker.CallEstimate{CostEstimate: checker.CostEstimate{Min: 1, Max: 10 * MaxRecords}}
	}
	return nil
}

// longest is the number of elements that a list of a type may have.
func longest(list *cel.Type) uint64 {
	of := list.Parameters()[0]
	for _, records := range []record{qualificationRecord, rankRecord, employmentRecord, contractRecord, credentialRecord} {
		if of.IsExactType(records.typeOf()) {
			return MaxRecords
		}
	}
	return MaxValues
}

// lengthOf is the number of elements that the list of an each may have: a list
// that is written out has its own, a field that of its records or values, and a
// selection from records no more than there are of them.
func lengthOf(list *cel.Ast) uint64 {
	switch e := list.NativeRep().Expr(); e.Kind() {
	case ast.ListKind:
		return uint64(e.AsList().Size())
	case ast.SelectKind:
		return longest(list.OutputType())
	}
	of := list.OutputType().Parameters()[0]
	for _, r := range recordTypes {
		if of.IsExactType(r.typeOf()) {
			return longest(list.OutputType())
		}
	}
	return MaxRecords
}

// spend adds the cost of an expression that is evaluated so many times, and
// refuses what would take too long for the largest history.
func (c *compiler) spend(a *cel.Ast, times uint64) error {
	estimate, err := c.env.EstimateCost(a, sizes{})
	if err != nil {
		return err
	}
	steps := estimate.Max
	if times > 1 {
		if steps > maxCost/times {
			steps = maxCost + 1
		} else {
			steps *= times
		}
	}
	if steps <= maxCost && c.cost+steps <= maxCost {
		c.cost += steps
		return nil
	}
	return fmt.Errorf("too costly: with histories of %d records it may take more than the %d steps that all expressions together may take: do not go through records for every record",
		MaxRecords, maxCost)
}
