package eligibility

import (
	"fmt"
	"maps"
	"strings"

	"github.com/google/cel-go/cel"
)

func typeName(t *cel.Type) string { return strings.TrimPrefix(t.String(), "qualify.") }

// expression compiles one expression. It returns no program and no ast where
// it has faults, and the closed list of its value or elements, if any.
func (c *compiler) expression(text, at, path string) (*program, *cel.Ast, *enumeration) {
	if strings.TrimSpace(text) == "" {
		c.at(at, path, false, "the expression is empty")
		return nil, nil, nil
	}
	ast, issues := c.env.Compile(text)
	if issues.Err() != nil {
		for _, e := range issues.Errors() {
			c.in(at, path, characterAt(text, e.Location.Line(), e.Location.Column()), advise(e.Message))
		}
		return nil, nil, nil
	}
	before := len(c.found)
	locate := func(id int64, err error) {
		from, _ := ast.NativeRep().SourceInfo().GetOffsetRange(id)
		c.in(at, path, int(from.Start), err.Error())
	}
	for name := range namesIn(ast) {
		if number, isRule := c.names.rules[name]; isRule && number >= c.defined {
			c.at(at, path, false, "%s is not decided yet here: a rule may use those that stand before it", name)
		} else if c.names.stages[name].order() > c.stage.order() {
			c.at(at, path, false, "%s is of stage %s, which comes later: it may not have been looked at", name, c.names.stages[name])
		}
	}
	codes := (&codeChecker{ast: ast.NativeRep(), records: c.records, scope: maps.Clone(c.names.codes), report: locate}).check()
	checkLiterals(ast.NativeRep(), locate)
	if err := checkCost(c.env, ast); err != nil {
		c.at(at, path, false, "%v", err)
	}
	if len(c.found) > before {
		return nil, nil, nil
	}
	compiled, err := c.env.Program(ast, cel.EvalOptions(cel.OptOptimize), cel.CustomDecoratorV2(foldConstants))
	if err != nil {
		c.at(at, path, false, "%v", err)
		return nil, nil, nil
	}
	return &program{compiled, path}, ast, codes
}

// characterAt turns a line, from 1, and a column, from 0, into a number of
// characters from the beginning.
func characterAt(text string, line, column int) int {
	n := 0
	for i, l := range strings.Split(text, "\n") {
		if i == line-1 {
			return n + column
		}
		n += len([]rune(l)) + 1
	}
	return n
}

// advise adds to CEL's messages what to do.
func advise(message string) string {
	message = strings.NewReplacer("qualify.", "", " (in container '')", "").Replace(message)
	switch {
	case strings.Contains(message, "undeclared reference to"):
		return fmt.Sprintf("%s: expressions know %s, the rules before this one, and the functions of doc/cel.md", message, strings.Join(reserved, ", "))
	case strings.Contains(message, "undefined field"):
		return message + ": the fields of each record stand in doc/cel.md"
	case strings.Contains(message, "found no matching overload"):
		return message + ": the types of each function stand in doc/cel.md"
	}
	return message
}
