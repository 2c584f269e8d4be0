package mutation

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/types"

	"github.com/qualify-rules/qualify/experience"
)

// ofLiteral makes the errors of a constant: a number up or down by one,
// another code of the same list, another period.
func (g *generator) ofLiteral(e ast.Expr, in context) []change {
	var out []change
	switch v := e.AsLiteral().(type) {
	case types.Bool:
		return []change{{kind: Negated, edit: constant(truth(!bool(v)))}}
	case types.Int:
		if in.other != nil && g.kindOf(in.other) == "double" {
			for _, d := range []float64{-0.5, -0.01, 0.01} {
				out = append(out, change{kind: Threshold, edit: constant(factory.NewLiteral(0, types.Double(float64(v)+d)))})
			}
		}
		out = append(out, change{kind: Threshold, edit: constant(number(int64(v) + 1))}, change{kind: Threshold, edit: constant(number(int64(v) - 1))})
	case types.Double:
		for _, d := range []float64{-1, -0.5, 0.5, 1} {
			out = append(out, change{kind: Threshold, edit: constant(factory.NewLiteral(0, types.Double(float64(v)+d)))})
		}
	case types.String:
		for _, other := range g.insteadOf(string(v), in) {
			out = append(out, change{kind: Exchanged, edit: constant(word(other))})
		}
		for _, other := range periodsNear(string(v)) {
			out = append(out, change{kind: Threshold, edit: constant(word(other))})
		}
		if v != "" {
			out = append(out, change{kind: Dropped, edit: constant(word(""))})
		}
	}
	return out
}

// insteadOf returns the codes that stand in a list with a code, or the options
// of the reading that it is compared with.
func (g *generator) insteadOf(s string, in context) []string {
	if o := in.other; o != nil && o.Kind() == ast.SelectKind && o.AsSelect().Operand().Kind() == ast.IdentKind && o.AsSelect().Operand().AsIdent() == "reading" {
		return without(g.options[o.AsSelect().FieldName()], s)
	}
	var out []string
	for _, list := range codeLists {
		if slices.Contains(list, s) {
			out = append(out, without(list, s)...)
		}
	}
	return out
}

func without(list []string, s string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(o string) bool { return o == s })
}

// codeLists are the closed lists whose codes may be taken for one another.
var codeLists = [][]string{
	{"contracted", "seconded", "local"},
	{"secondary", "vocational", "university", "police", "military", "civilianSecurity", "specialisation", "training"},
	{"low", "moderate", "significant", "high", "critical"},
	{"short", "first", "second", "third"},
	{"none", "beforeService", "afterService"},
	{"application", "deployment"},
	{"employment", "selfEmployment", "traineeship", "volunteering", "militaryService", "doctorate"},
	{"A1", "A2", "B1", "B2", "C1", "C2"},
	{"drivingLicence", "weaponAuthorisation", "closeProtection", "basicLifeSupport", "advancedLifeSupport", "clearance"},
}

// isState matches the code of a State.
var isState = regexp.MustCompile(`^[A-Z]{2}$`)

// neighbours are States that a drafter may take for members of the Union.
var neighbours = []string{"GB", "NO", "CH", "IS", "LI", "TR", "UA", "RS", "XK", "US"}

// periodsNear returns the periods one unit above and below a period.
func periodsNear(s string) []string {
	p, err := experience.ParsePeriod(s)
	if err != nil {
		return nil
	}
	years, months, days := p.Parts()
	var out []string
	for _, unit := range [][3]int{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}} {
		for _, sign := range []int{1, -1} {
			y, m, d := years+sign*unit[0], months+sign*unit[1], days+sign*unit[2]
			if y >= 0 && m >= 0 && d >= 0 {
				out = append(out, fmt.Sprintf("P%dY%dM%dD", y, m, d))
			}
		}
	}
	return out
}

// ofList forgets each constant of a list, and adds one that does not belong.
func ofList(e ast.Expr) []change {
	var out []change
	elements := e.AsList().Elements()
	var texts []string
	for i, c := range elements {
		if c.Kind() == ast.LiteralKind {
			if s, ok := c.AsLiteral().(types.String); ok {
				texts = append(texts, string(s))
			}
		}
		out = append(out, change{kind: Dropped, dropped: c, edit: func(e ast.Expr) ast.Expr {
			return factory.NewList(0, slices.Delete(slices.Clone(e.AsList().Elements()), i, i+1), nil)
		}})
	}
	if len(texts) < len(elements) || len(texts) == 0 {
		return out
	}
	add := func(s string) {
		if !slices.Contains(texts, s) {
			out = append(out, change{kind: Exchanged, added: strconv.Quote(s), edit: func(e ast.Expr) ast.Expr {
				return factory.NewList(0, append(slices.Clone(e.AsList().Elements()), word(s)), nil)
			}})
		}
	}
	if !slices.ContainsFunc(texts, func(s string) bool { return !isState.MatchString(s) }) {
		for _, s := range neighbours {
			add(s)
		}
	}
	for _, list := range codeLists {
		if slices.Contains(list, texts[0]) {
			for _, s := range list {
				add(s)
			}
		}
	}
	return out
}

// fields are groups of fields that a drafter may take for one another.
var fields = [][]string{
	{"awarded", "issued", "expires", "from", "to"},
	{"eqf", "equivalentEqf"},
	{"cycle", "cyclePrinted"},
	{"course", "rank", "civilianSecurity", "attested", "unlevelled", "relevant", "secondary", "fullTime", "fieldsOpen", "international", "nominated"},
	{"closes", "starts", "date", "deploymentStarts"},
	{"kind", "code", "id", "title"},
	{"kinds", "codes", "domains", "levels"},
	{"total", "period", "deployment"},
	{"citizenships", "thirdStates"},
	{"residence", "citizenships"},
	{"service", "complement"},
	{"studyYears", "eqf", "cycle"},
	{"mission", "regime", "post"},
	{"on", "met"},
}

// dates are the days that expressions know.
var dates = []func() ast.Expr{
	func() ast.Expr { return factory.NewIdent(0, "asOf") },
	func() ast.Expr { return factory.NewIdent(0, "start") },
	func() ast.Expr { return factory.NewIdent(0, "deploymentStart") },
	func() ast.Expr { return factory.NewSelect(0, factory.NewIdent(0, "vacancy"), "closes") },
	func() ast.Expr { return factory.NewSelect(0, factory.NewIdent(0, "application"), "date") },
}

// written are constants that a drafter may write in place of what the vacancy
// states.
var written = map[string][]func() ast.Expr{
	"int":    of(number, 3, 4, 5, 6, 7, 8),
	"double": of(func(d float64) ast.Expr { return factory.NewLiteral(0, types.Double(d)) }, 1, 2, 3, 4),
	"cycle":  of(func(s string) ast.Expr { return call("cycle", word(s)) }, codeLists[3]...),
	"period": of(func(n int64) ast.Expr { return call("years", number(n)) }, 0, 1, 3, 4, 6),
	"total":  of(func(n int64) ast.Expr { return call("years", number(n)) }, 0, 1, 3, 4, 6),
}

func of[T any](make func(T) ast.Expr, values ...T) []func() ast.Expr {
	var out []func() ast.Expr
	for _, v := range values {
		out = append(out, func() ast.Expr { return make(v) })
	}
	return out
}

// ofName makes the errors of a name: another date, variable, field or rule.
func (g *generator) ofName(e ast.Expr, in context) []change {
	var out []change
	instead := func(kind Kind, other ast.Expr) {
		if g.fits(e, other) {
			out = append(out, change{kind: kind, edit: constant(other)})
		}
	}
	if e.Kind() == ast.IdentKind {
		for _, other := range without(g.topRules, e.AsIdent()) {
			if slices.Contains(g.topRules, e.AsIdent()) {
				instead(Exchanged, factory.NewIdent(0, other))
			}
		}
	} else {
		s := e.AsSelect()
		for _, group := range fields {
			if slices.Contains(group, s.FieldName()) && !in.argumentOfHas {
				for _, other := range without(group, s.FieldName()) {
					instead(Exchanged, factory.NewSelect(0, s.Operand(), other))
				}
			} else if slices.Contains(group, s.FieldName()) {
				for _, other := range without(group, s.FieldName()) {
					out = append(out, change{kind: Exchanged, edit: constant(factory.NewSelect(0, s.Operand(), other))})
				}
			}
		}
	}
	if in.argumentOfHas {
		return out
	}
	kind := g.kindOf(e)
	for _, constant := range written[kind] {
		instead(Threshold, constant())
	}
	if kind == "date" {
		for _, other := range dates {
			instead(Exchanged, other())
		}
	}
	ofVariables := e.Kind() == ast.SelectKind && e.AsSelect().Operand().Kind() == ast.IdentKind && e.AsSelect().Operand().AsIdent() == "variables"
	if kind == "date" || ofVariables {
		for _, v := range g.variables {
			instead(Exchanged, factory.NewSelect(0, factory.NewIdent(0, "variables"), v))
		}
	}
	return out
}
