package eligibility

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/cel-go/cel"

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
	watched  cel.Program // with an observer: what tells it of comparisons
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

// variable returns the number of the variable that a name refers to.
func (s scope) variable(name string) (int, bool) {
	name, ok := strings.CutPrefix(name, "variables.")
	n, known := s.variables[name]
	return n, ok && known
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
	observer   Observer
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
	p.compileCounting(f)
	if err := (experience.Span{From: s.InForce.From, To: s.InForce.To}).Check(); err != nil {
		f.at("/inForce/to", "", false, "%v", err)
	}
	s.checkQuantities(f)
	p.compileReadings(f)
	env, err := newEnvironment(p.readings)
	if err != nil {
		f.at("", "", false, "%v", err)
		return
	}
	c := newCompiler(f, env, p.readings)
	c.observer = p.observer
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
	c.names, c.observer = p.names, p.policy.observer
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
