package eligibility

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
)

// rules compiles the rules of a list. Those at the top, whose parent has no
// rule, are each a variable for those after it.
func (c *compiler) rules(rules []Rule, pointer string, parent *rule) []*rule {
	top := parent.Rule == nil
	out := make([]*rule, 0, len(rules))
	seen := map[string]bool{}
	for i := range rules {
		r := &rules[i]
		at := pointer + "/" + strconv.Itoa(i)
		if c.count++; c.count > maxRules {
			if c.count == maxRules+1 {
				c.at(at, "", false, "more than %d rules", maxRules)
			}
			return out
		}
		path := r.ID
		if !top {
			path = parent.path + "/" + r.ID
		}
		switch {
		case r.ID == "" && c.touched(at):
		case r.ID == "":
			c.at(at, path, false, "the rule has no id: give it one")
		case !camelCase.MatchString(r.ID):
			c.at(at+"/id", path, false, "%q is not an id: write a camelCase word", r.ID)
		case seen[r.ID] && !top:
			c.at(at+"/id", path, false, "there are two rules %s here: give each its own id", r.ID)
		}
		seen[r.ID] = true
		compiled := c.rule(r, at, path, parent)
		out = append(out, compiled)
		if top {
			c.defined++
			c.names.dayless[r.ID] = !compiled.hasDay()
		}
	}
	return out
}

func (c *compiler) rule(r *Rule, at, path string, parent *rule) *rule {
	out := &rule{Rule: r, path: path, stage: parent.stage, cite: parent.cite, due: parent.due, any: r.AnyOf != nil}
	if len(r.Cite) > 0 {
		out.cite = r.Cite
	}
	if r.Stage != "" {
		if !stages.has(string(r.Stage)) {
			c.at(at+"/stage", path, false, "%v", stages.errorFor(string(r.Stage)))
		} else if out.stage = r.Stage; r.Stage.order() < parent.stage.order() {
			c.at(at+"/stage", path, false, "stage %s is before that of the rule around it, %s", r.Stage, parent.stage)
		}
	}
	kinds := 0
	for _, has := range []bool{r.Expression != "", r.AnyOf != nil, r.AllOf != nil, r.Judgement != ""} {
		if has {
			kinds++
		}
	}
	if kinds == 0 && c.touched(at) {
		return out
	}
	if kinds != 1 || r.Each != nil && r.Expression == "" {
		c.at(at, path, false, "a rule has exactly one of expression, anyOf, allOf, each with expression, and judgement; this one has %s", kindsOf(r))
		return out
	}
	c.stage = out.stage
	if r.When != "" {
		out.when = c.condition(r.When, at+"/when", path)
	}
	if r.Due != "" {
		out.due = c.day(r.Due, at+"/due", path)
	}
	switch {
	case r.Judgement != "":
		if slices.Contains(c.judgements, path) {
			c.at(at+"/judgement", path, false, "a variable asks for the judgement %s: use it, or choose another id", path)
		}
		out.judgement = len(c.judgements)
		c.judgements = append(c.judgements, path)
	case r.Each != nil:
		c.each(out, at)
	case r.Expression != "":
		out.expression = c.requirement(r.Expression, at+"/expression", path)
	default:
		name, children := "/allOf", r.AllOf
		if out.any {
			name, children = "/anyOf", r.AnyOf
		}
		if len(children) == 0 {
			c.at(at+name, path, false, "the list is empty: name the rules")
		}
		out.children = c.rules(children, at+name, out)
		c.stage = out.stage
	}
	if r.Each == nil {
		c.message(out, at)
	}
	return out
}

// message compiles the message expression of a rule, where it has one.
func (c *compiler) message(out *rule, at string) {
	if out.MessageExpression == "" {
		return
	}
	program, ast, _ := c.expression(out.MessageExpression, at+"/messageExpression", out.path)
	if ast != nil && !ast.OutputType().IsExactType(cel.StringType) {
		c.at(at+"/messageExpression", out.path, false, "a message is a text, not a %s: use string(…)", typeName(ast.OutputType()))
	}
	out.message = program
}

func kindsOf(r *Rule) string {
	var has []string
	for _, k := range []struct {
		name string
		has  bool
	}{{"each", r.Each != nil}, {"expression", r.Expression != ""}, {"anyOf", r.AnyOf != nil}, {"allOf", r.AllOf != nil}, {"judgement", r.Judgement != ""}} {
		if k.has {
			has = append(has, k.name)
		}
	}
	if has == nil {
		return "none"
	}
	return strings.Join(has, " and ")
}

// each compiles a rule that is repeated for every element of a list.
func (c *compiler) each(out *rule, at string) {
	names := slices.Sorted(maps.Keys(out.Each))
	if len(names) != 1 || !isName(names[0]) {
		c.at(at+"/each", out.path, false, "each names one variable and its list, such as {part: vacancy.experience.ofWhich}")
		return
	}
	out.element = names[0]
	if _, taken := c.names.rules[out.element]; taken {
		c.at(at+"/each", out.path, false, "%s is a rule: choose another name", out.element)
		return
	}
	list, ast, codes := c.expression(out.Each[out.element], at+"/each/"+out.element, out.path)
	if ast == nil {
		return
	}
	if isDyn(ast) {
		return
	}
	if ast.OutputType().Kind() != types.ListKind {
		c.at(at+"/each/"+out.element, out.path, false, "each goes through a list, not a %s", typeName(ast.OutputType()))
		return
	}
	out.list = list
	outer := *c
	c.names.codes, c.names.texts = maps.Clone(c.names.codes), maps.Clone(c.names.texts)
	c.names.codes[out.element], c.names.texts[out.element] = codes, list.texts
	c.extend(cel.Variable(out.element, ast.OutputType().Parameters()[0]))
	c.times = lengthOf(ast)
	out.expression = c.requirement(out.Expression, at+"/expression", out.path)
	c.message(out, at)
	c.env, c.names, c.times = outer.env, outer.names, outer.times
}

// requirement compiles the expression of a rule.
func (c *compiler) requirement(text, at, path string) *program {
	program, ast, _ := c.expression(text, at, path)
	if ast != nil && !isDyn(ast) && !ast.OutputType().IsExactType(cel.BoolType) && !ast.OutputType().IsExactType(fulfilmentType) {
		c.at(at, path, false, "a rule is a bool or a Fulfilment, not a %s: compare it or ask how much it reaches", typeName(ast.OutputType()))
	}
	return program
}

// isDyn reports whether an expression has the type of a faulty variable.
func isDyn(a *cel.Ast) bool { return a.OutputType().IsExactType(cel.DynType) }

// condition compiles a when.
func (c *compiler) condition(text, at, path string) *program {
	program, ast, _ := c.expression(text, at, path)
	if ast == nil {
		return program
	}
	if !isDyn(ast) && !ast.OutputType().IsExactType(cel.BoolType) {
		c.at(at, path, false, "when is a bool, not a %s", typeName(ast.OutputType()))
		return program
	}
	if !canBeTrue(ast.NativeRep()) {
		c.at(at, path, false, "this is never true: the rule could never apply")
	}
	return program
}
