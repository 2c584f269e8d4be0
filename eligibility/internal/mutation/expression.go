package mutation

import (
	"strings"

	"github.com/google/cel-go/common"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/parser"
	"go.yaml.in/yaml/v3"
)

// syntax reads expressions as they are written: macros stay calls.
var syntax = must(parser.NewParser(parser.Macros(), parser.EnableIdentEscapeSyntax(true)))

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

var factory = ast.NewExprFactory()

// tree is an expression that can be changed and written again.
type tree struct{ *ast.AST }

func parse(text string) (tree, bool) {
	a, errs := syntax.Parse(common.NewTextSource(text))
	return tree{a}, len(errs.GetErrors()) == 0
}

func (t tree) text(e ast.Expr) (string, bool) {
	s, err := parser.Unparse(e, t.SourceInfo(), parser.WrapOnColumn(1<<20))
	return strings.Join(strings.Fields(s), " "), err == nil
}

// find returns the node of a number; those of one text are always the same.
func find(e ast.Expr, id int64) ast.Expr {
	if e.ID() == id {
		return e
	}
	for _, c := range children(e) {
		if found := find(c, id); found != nil {
			return found
		}
	}
	return nil
}

func children(e ast.Expr) []ast.Expr {
	switch e.Kind() {
	case ast.SelectKind:
		return []ast.Expr{e.AsSelect().Operand()}
	case ast.ListKind:
		return e.AsList().Elements()
	case ast.CallKind:
		c := e.AsCall()
		if c.IsMemberFunction() {
			return append([]ast.Expr{c.Target()}, c.Args()...)
		}
		return c.Args()
	}
	return nil
}

// change is one error at one node.
type change struct {
	kind Kind
	// edit returns what stands in place of the node, a copy that it may take
	// apart.
	edit func(e ast.Expr) ast.Expr
	// dropped is what is forgotten, where that says more than the whole.
	dropped ast.Expr
	// added is what does not belong in a list.
	added string
}

// expression makes the errors of an expression.
func (g *generator) expression(rule, key, pointer string, n *yaml.Node) {
	if n == nil || n.Kind != yaml.ScalarNode {
		return
	}
	t, ok := parse(n.Value)
	if !ok {
		return
	}
	made := map[string]bool{} // two errors that come to the same are one
	whole, _ := t.text(t.Expr())
	made[whole] = true
	var walk func(e ast.Expr, in context)
	walk = func(e ast.Expr, in context) {
		for _, c := range g.changes(e, in) {
			fresh, _ := parse(n.Value)
			node := find(fresh.Expr(), e.ID())
			was, _ := fresh.text(node)
			node.SetKindCase(c.edit(factory.CopyExpr(node)))
			now, ok := fresh.text(node)
			text, ok2 := fresh.text(fresh.Expr())
			if !ok || !ok2 || made[text] {
				continue
			}
			made[text] = true
			if c.dropped != nil {
				was, _ = t.text(c.dropped)
				now = ""
			}
			if c.added != "" {
				was, now = "the list", "with "+c.added
			}
			offset, _ := t.SourceInfo().GetOffsetRange(e.ID())
			if c.dropped != nil {
				offset, _ = t.SourceInfo().GetOffsetRange(c.dropped.ID())
			}
			g.add(Mutant{Kind: c.kind, Rule: rule, Key: key, Was: was, Now: now, pointer: pointer, text: text},
				g.policy.doc.In(pointer, int(offset.Start)))
		}
		for i, child := range children(e) {
			walk(child, in.of(e, i))
		}
	}
	walk(t.Expr(), context{root: true, condition: key == "when" || key == "expression"})
}

// context is where a node stands.
type context struct {
	root      bool
	condition bool     // it is true or false
	within    string   // the connective that it is an operand of
	other     ast.Expr // the other side of the comparison that it is a side of
	argument  bool     // of a function
	// argumentOfHas: it is only asked whether it is stated
	argumentOfHas bool
	target        bool // what a function is called on
}

func (in context) of(parent ast.Expr, i int) context {
	out := context{}
	if parent.Kind() != ast.CallKind {
		return out
	}
	c := parent.AsCall()
	args := c.Args()
	switch name := c.FunctionName(); {
	case name == operators.LogicalAnd, name == operators.LogicalOr, name == operators.LogicalNot:
		out.condition, out.within = true, name
	case name == operators.Conditional:
		out.condition = i == 0
	case c.IsMemberFunction():
		out.target = i == 0
		out.argument = i > 0
		out.condition = i == 2 && predicates[name]
	case comparisons[name] != nil || name == operators.In:
		out.other = args[1-i]
	default:
		out.argument = true
		out.argumentOfHas = name == "has"
	}
	return out
}

// predicates are the functions whose second argument is a condition.
var predicates = map[string]bool{
	"awarded": true, "ranked": true, "worked": true, "served": true,
	"exists": true, "all": true, "exists_one": true, "filter": true,
}
