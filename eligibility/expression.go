package eligibility

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/google/cel-go/cel"
	celast "github.com/google/cel-go/common/ast"
)

func typeName(t *cel.Type) string { return strings.ReplaceAll(t.String(), "qualify.", "") }

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
			c.in(at, path, characterAt(text, e.Location.Line(), e.Location.Column()), c.advise(e.Message))
			if strings.HasPrefix(e.Message, "Syntax error") {
				break // what follows a slip of the pen is mostly not a second one
			}
		}
		return nil, nil, nil
	}
	before := len(c.found)
	locate := func(id int64, err error) {
		from, _ := ast.NativeRep().SourceInfo().GetOffsetRange(id)
		c.in(at, path, int(from.Start), err.Error())
	}
	for name := range namesIn(ast.NativeRep().Expr()) {
		if number, isRule := c.names.rules[name]; isRule && number >= c.defined {
			c.at(at, path, false, "%s is not decided yet here: a rule may use those that stand before it", name)
		} else if c.names.stages[name].order() > c.stage.order() {
			c.at(at, path, false, "%s is of stage %s, which comes later: it may not have been looked at", name, c.names.stages[name])
		}
	}
	for _, e := range celast.MatchDescendants(celast.NavigateAST(ast.NativeRep()), celast.FunctionMatcher("since")) {
		if of := e.AsCall().Args()[0]; of.Kind() == celast.IdentKind && c.names.dayless[of.AsIdent()] {
			locate(of.ID(), fmt.Errorf("%s is true or false and has no day to count from", of.AsIdent()))
		}
	}
	checker := &codeChecker{ast: ast.NativeRep(), records: c.records, scope: c.names.codes, texts: c.names.texts, listed: make(map[int64][]string), report: locate}
	codes := checker.walk(ast.NativeRep().Expr())
	checkLiterals(ast.NativeRep(), locate)
	checkEquality(ast.NativeRep(), locate)
	if err := c.spend(ast, max(1, c.times)); err != nil {
		c.at(at, path, false, "%v", err)
	}
	if len(c.found) > before {
		return nil, nil, nil
	}
	return &program{
		ast: ast, env: c.env, path: path,
		hasDay: ast.OutputType().IsExactType(fulfilmentType), texts: checker.textsOf(ast.NativeRep().Expr()),
	}, ast, codes
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

var (
	operatorName  = regexp.MustCompile(`'_(\S+?)_'`)
	undeclared    = regexp.MustCompile(`undeclared reference to '([^']+)'`)
	undefinedName = regexp.MustCompile(`undefined field '([^']+)'`)
)

// advise adds to CEL's messages what to do.
func (c *compiler) advise(message string) string {
	message = strings.NewReplacer("qualify.", "", " (in container '')", "").Replace(message)
	message = operatorName.ReplaceAllString(message, "'$1'")
	if m := undeclared.FindStringSubmatch(message); m != nil {
		for _, w := range library {
			if w.name == m[1] {
				return fmt.Sprintf("%s: it is used as %s", message, w.signature)
			}
		}
		return fmt.Sprintf("%s: expressions know %s, the rules at the top before this one, and the functions of doc/cel.md", message, strings.Join(reserved, ", "))
	}
	if m := undefinedName.FindStringSubmatch(message); m != nil {
		if near := c.fieldsLike(m[1]); near != "" {
			return fmt.Sprintf("%s: did you mean %s?", message, near)
		}
		return message + ": the fields of each record stand in doc/cel.md"
	}
	if strings.Contains(message, "found no matching overload") {
		return message + ": the types of each function stand in doc/cel.md"
	}
	return message
}

// fieldsLike returns the fields of any record whose names are nearly a name.
func (c *compiler) fieldsLike(name string) string {
	var near []string
	for _, record := range slices.Sorted(maps.Keys(c.records)) {
		for _, f := range c.records[record].fieldNames() {
			if nearly(name, f) {
				near = append(near, fmt.Sprintf("%s of %s", f, strings.TrimPrefix(record, "qualify.")))
			}
		}
	}
	return strings.Join(near, " or ")
}

// nearly reports whether two words differ by case, by one letter, or by two
// letters exchanged.
func nearly(a, b string) bool {
	if strings.EqualFold(a, b) {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	case 1:
		return a[i:] == b[i+1:]
	}
	return false
}
