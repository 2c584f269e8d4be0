package mutation

import (
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
)

// kindOf says as far as it can be told from the words what an expression is,
// "" where it cannot: errors that could not be a policy are not made. Whatever
// is made all the same and is none, the loader refuses.
func (g *generator) kindOf(e ast.Expr) string {
	switch e.Kind() {
	case ast.LiteralKind:
		switch e.AsLiteral().(type) {
		case types.Int:
			return "int"
		case types.Double:
			return "double"
		case types.String:
			return "text"
		case types.Bool:
			return "bool"
		}
	case ast.IdentKind:
		if name := e.AsIdent(); name == "asOf" || name == "start" || name == "deploymentStart" {
			return "date"
		}
	case ast.ListKind:
		return "list"
	case ast.SelectKind:
		s := e.AsSelect()
		if of := s.Operand(); of.Kind() == ast.IdentKind && of.AsIdent() == "variables" {
			return g.variableKinds[s.FieldName()]
		}
		return fieldKinds[s.FieldName()]
	case ast.CallKind:
		c := e.AsCall()
		switch name := c.FunctionName(); name {
		case operators.Conditional:
			return g.kindOf(c.Args()[1])
		case operators.Add, operators.Subtract:
			return g.kindOf(c.Args()[0])
		case "level":
			return "int"
		default:
			if limitsService[name] && c.IsMemberFunction() {
				if name == "atThreat" && len(c.Args()) == 2 {
					return "bool"
				}
				return "service"
			}
			return functionKinds[name]
		}
	}
	return ""
}

var limitsService = map[string]bool{"since": true, "until": true, "atThreat": true, "chain": true}

var functionKinds = map[string]string{
	"date": "date", "lastDay": "date",
	"period": "period", "years": "period", "months": "period", "days": "period", "total": "total",
	"eqfLevel": "level", "equivalentLevel": "level", "eheaCycle": "cycle", "cycle": "cycle",
	"awarded": "fulfilment", "ranked": "fulfilment", "reaches": "fulfilment", "worked": "service", "served": "service",
	"exists": "bool", "all": "bool", "exists_one": "bool", "has": "bool", "relevant": "bool", "inField": "bool", "matches": "bool", "leaves": "bool",
	"startsWith": "bool", "endsWith": "bool", "contains": "bool", "filter": "list", "size": "int", "string": "text",
	operators.LogicalAnd: "bool", operators.LogicalOr: "bool", operators.LogicalNot: "bool", operators.In: "bool",
	operators.Equals: "bool", operators.NotEquals: "bool", operators.Less: "bool", operators.LessEquals: "bool",
	operators.Greater: "bool", operators.GreaterEquals: "bool",
}

var fieldKinds = map[string]string{
	"awarded": "date", "issued": "date", "expires": "date", "from": "date", "to": "date", "closes": "date", "date": "date",
	"deploymentStarts": "date", "retires": "date", "mandateEnds": "date", "on": "date",
	"period": "period", "deployment": "period", "total": "period",
	"eqf": "int", "equivalentEqf": "int", "studyYears": "double", "fraction": "double",
	"cycle": "cycle", "cyclePrinted": "cycle",
	"kind": "text", "code": "text", "title": "text", "mission": "text", "regime": "text", "post": "text", "residence": "text",
	"country": "text", "employer": "text", "institution": "text", "fieldPlaced": "text",
	"course": "bool", "rank": "bool", "civilianSecurity": "bool", "attested": "bool", "unlevelled": "bool", "relevant": "bool",
	"secondary": "bool", "fullTime": "bool", "fieldsOpen": "bool", "international": "bool", "nominated": "bool", "met": "bool",
	"openToThirdStates": "bool",
	"kinds":             "list", "codes": "list", "domains": "list", "levels": "list", "citizenships": "list", "thirdStates": "list", "fields": "list",
	"regimes": "list", "ofWhich": "list", "credentials": "list", "languages": "list",
}

// fits reports whether one expression may stand in place of another.
func (g *generator) fits(e, other ast.Expr) bool {
	a, b := g.kindOf(e), g.kindOf(other)
	return a == "" || b == "" || a == b
}
