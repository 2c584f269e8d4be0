package eligibility

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"

	"github.com/qualify-rules/qualify/experience"
)

// rule is a compiled rule.
type rule struct {
	*Rule
	path       string
	cite       []string // its own, else that of the rule around it
	stage      Stage
	when       *program
	expression *program
	message    *program
	list       *program // of each
	due        *program // its own, else that of the rule around it
	element    string   // the name of each
	any        bool     // the children are alternatives
	children   []*rule
	judgement  int // its place among the post's judgements
}

// hasDay reports whether a rule may be fulfilled on a day, and is not only true
// or false.
func (r *rule) hasDay() bool {
	return r.expression != nil && r.expression.hasDay || slices.ContainsFunc(r.children, (*rule).hasDay)
}

// program is a compiled expression.
type program struct {
	ast    *cel.Ast
	env    *cel.Env
	path   string   // of the rule, or the name of the variable
	hasDay bool     // its value is a Fulfilment
	texts  []string // the constant texts that its value or elements may be
	// question is the place of a judgement among the post's, counted from 1, of
	// a variable that has one in place of an expression.
	question int
}

// scope is the names that expressions may use beside the fixed ones: a
// top-level rule's or variable's number, and the closed lists of variables.
type scope struct {
	rules     map[string]int
	variables map[string]int
	codes     map[string]*enumeration
	texts     map[string][]string // the constant texts that a variable may be
	stages    map[string]Stage    // of top-level rules
	dayless   map[string]bool     // top-level rules that are only true or false
}

var camelCase = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)

// compiler compiles the expressions of one source.
type compiler struct {
	*faults
	env        *cel.Env
	records    map[string]record
	names      scope
	defined    int    // how many top-level rules expressions may use
	stage      Stage  // of the rule that is being compiled
	times      uint64 // how often the expression is evaluated that is being compiled
	cost       uint64 // of what was compiled so far, see cost.go
	count      int    // of the rules that were compiled so far
	judgements []string
}

func newCompiler(f *faults, env *cel.Env, readings record) *compiler {
	c := &compiler{faults: f, env: env, records: map[string]record{readings.typeOf().TypeName(): readings}}
	for _, r := range recordTypes {
		c.records[r.typeOf().TypeName()] = r
	}
	return c
}

func (p *Policy) compile(f *faults) {
	s := &p.source
	for _, required := range [][2]string{{"/policy", s.Policy}, {"/version", s.Version}} {
		if required[1] == "" && !f.touched(required[0]) {
			f.at(required[0], "", false, "%s is required: state it", required[0][1:])
		}
	}
	if len(s.Rules) == 0 && !f.touched("/rules") {
		f.at("/rules", "", false, "rules are required: a policy without rules would find everyone eligible")
	}
	if s.Counting.Convention != "" {
		var err error
		if p.convention, err = experience.ParseConvention(s.Counting.Convention); err != nil {
			f.at("/counting/convention", "", false, "%v", err)
		}
	}
	if err := (experience.Span{From: s.InForce.From, To: s.InForce.To}).Check(); err != nil {
		f.at("/inForce/to", "", false, "%v", err)
	}
	p.compileReadings(f)
	env, err := newEnvironment(p.readings)
	if err != nil {
		f.at("", "", false, "%v", err)
		return
	}
	c := newCompiler(f, env, p.readings)
	c.names = scope{
		rules: map[string]int{}, variables: map[string]int{}, codes: map[string]*enumeration{}, texts: map[string][]string{},
		stages: map[string]Stage{}, dayless: map[string]bool{},
	}
	c.declareRules(s.Rules)
	p.variables = c.compileVariables(s.Variables)
	p.rules = c.rules(s.Rules, "/rules", &rule{stage: StageApplication})
	p.desirable = c.desirable(s.Desirable, nil)
	p.env, p.names, p.judgements = c.env, c.names, c.judgements
	p.recordTypes = c.records
	if p.bindings, err = bindingsOf(env); err != nil {
		f.at("", "", false, "%v", err)
	}
}

func (p *Policy) compileReadings(f *faults) {
	seen := map[string]bool{}
	for i, r := range p.source.Readings {
		at := "/readings/" + strconv.Itoa(i)
		switch _, ok := r.Options[r.Default]; {
		case !camelCase.MatchString(r.ID):
			f.at(at+"/id", "", false, "%q is not a name: write a camelCase word", r.ID)
		case seen[r.ID]:
			f.at(at+"/id", "", false, "there are two readings %s: give each its own id", r.ID)
		case len(r.Options) < 2:
			f.at(at+"/options", "", false, "a reading has at least two options")
		case !ok:
			f.at(at+"/default", "", false, "%q is not an option: use one of %s", r.Default, sortedKeys(r.Options))
		}
		seen[r.ID] = true
		p.chosen = append(p.chosen, r.Default)
	}
	p.readings = readingsRecord(p.source.Readings)
}

func (p *Post) compile(f *faults) {
	c := newCompiler(f, p.policy.env, p.policy.readings)
	c.names = p.names
	c.names.rules, c.names.stages = maps.Clone(p.names.rules), maps.Clone(p.names.stages)
	c.names.dayless = maps.Clone(p.names.dayless)
	c.judgements = slices.Clone(p.judgements)
	c.defined = len(p.rules)
	c.declareRules(p.vacancy.Rules)
	p.rules = append(slices.Clip(p.rules), c.rules(p.vacancy.Rules, "/rules", &rule{stage: StageApplication})...)
	p.desirable = c.desirable(p.vacancy.Desirable, p.desirable)
	p.names, p.judgements = c.names, c.judgements
}

// declareRules makes the top-level rules variables.
func (c *compiler) declareRules(rules []Rule) {
	var options []cel.EnvOption
	first := len(c.names.rules)
	for i, r := range rules {
		at := "/rules/" + strconv.Itoa(i) + "/id"
		if _, taken := c.names.rules[r.ID]; taken || camelCase.MatchString(r.ID) && !isName(r.ID) {
			c.at(at, r.ID, false, "the name %q is taken: choose another id", r.ID)
			c.names.rules[r.ID+"/"+strconv.Itoa(i)] = first + i
			continue
		}
		c.names.rules[r.ID] = first + i
		c.names.stages[r.ID] = r.Stage
		if camelCase.MatchString(r.ID) {
			options = append(options, cel.Variable(r.ID, fulfilmentType))
		}
	}
	c.extend(options...)
}

func (c *compiler) extend(options ...cel.EnvOption) {
	if len(options) == 0 {
		return
	}
	env, err := c.env.Extend(options...)
	if err != nil {
		c.at("", "", false, "%v", err)
		return
	}
	c.env = env
}

func (c *compiler) compileVariables(variables []Variable) []*program {
	var programs []*program
	for i, v := range variables {
		at := "/variables/" + strconv.Itoa(i)
		if _, taken := c.names.variables[v.Name]; taken || !camelCase.MatchString(v.Name) {
			c.at(at+"/name", "", false, "%q is taken or not a name: write a camelCase word of its own", v.Name)
		}
		if v.Judgement != "" {
			programs = append(programs, c.question(i, v))
			c.names.variables[v.Name] = i
			continue
		}
		program, ast, codes := c.expression(v.Expression, at+"/expression", "variables."+v.Name)
		if ast != nil && putsTextsTogether(ast.NativeRep()) {
			c.at(at+"/expression", "variables."+v.Name, false, "a variable does not put texts together: do so where the text is used")
		}
		programs = append(programs, program)
		c.names.variables[v.Name] = i
		t := cel.DynType // so that a faulty variable is not reported wherever it is used
		if ast != nil {
			c.names.codes["variables."+v.Name] = codes
			c.names.texts["variables."+v.Name] = program.texts
			t = ast.OutputType()
		}
		c.extend(cel.Variable("variables."+v.Name, t))
	}
	return programs
}

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
	if r.MessageExpression != "" {
		program, ast, _ := c.expression(r.MessageExpression, at+"/messageExpression", path)
		if ast != nil && !ast.OutputType().IsExactType(cel.StringType) {
			c.at(at+"/messageExpression", path, false, "a message is a text, not a %s: use string(…)", typeName(ast.OutputType()))
		}
		out.message = program
	}
	return out
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
