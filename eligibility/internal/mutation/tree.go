package mutation

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/qualify-rules/qualify/eligibility/internal/yamldoc"
)

// generator gathers the mutants of a policy.
type generator struct {
	policy    *policy
	mutants   []Mutant
	seen      map[string]int // how often a name was given
	variables []string
	topRules  []string
	options   map[string][]string // of each reading

	variableKinds map[string]string
}

func (g *generator) names() {
	g.variableKinds = make(map[string]string)
	for _, v := range elements(get(g.policy.root, "variables")) {
		g.variables = append(g.variables, value(v, "name"))
		if t, ok := parse(value(v, "expression")); ok {
			g.variableKinds[value(v, "name")] = g.kindOf(t.Expr())
		}
	}
	for _, r := range elements(get(g.policy.root, "rules")) {
		g.topRules = append(g.topRules, value(r, "id"))
	}
	g.options = make(map[string][]string)
	for _, r := range elements(get(g.policy.root, "readings")) {
		options := get(r, "options")
		for i := 0; options != nil && i+1 < len(options.Content); i += 2 {
			id := value(r, "id")
			g.options[id] = append(g.options[id], options.Content[i].Value)
		}
	}
}

// add keeps a mutant and numbers those of one name.
func (g *generator) add(m Mutant, at yamldoc.Position) {
	m.policy, m.Line, m.Column = g.policy, at.Line, at.Column
	name := m.Name()
	g.seen[name]++
	m.Nth = g.seen[name]
	g.mutants = append(g.mutants, m)
}

// countings are the ways of counting, the default first.
var countings = map[string][]string{
	"convention": {"calendar", "actual365", "thirty360"},
	"overlap":    {"once", "each"},
	"partTime":   {"share", "full"},
}

// top makes the errors of what stands at the top: the readings' defaults and
// how time is counted.
func (g *generator) top() {
	for i, r := range elements(get(g.policy.root, "readings")) {
		pointer := "/readings/" + strconv.Itoa(i) + "/default"
		was := value(r, "default")
		for _, option := range g.options[value(r, "id")] {
			if option != was {
				g.add(Mutant{Kind: Option, Rule: "reading " + value(r, "id"), Key: "default", Was: was, Now: option, pointer: pointer, text: option},
					g.policy.doc.At(pointer, false))
			}
		}
	}
	if !measures.Match(g.policy.data) {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(countings)) {
		was := countings[key][0]
		if stated := value(get(g.policy.root, "counting"), key); stated != "" {
			was = stated
		}
		for _, way := range countings[key] {
			if way == was {
				continue
			}
			g.add(Mutant{Kind: Option, Rule: "counting", Key: key, Was: was, Now: way, edit: func(root *yaml.Node) {
				if get(root, "counting") == nil {
					root.Content = append(root.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: "counting"}, &yaml.Node{Kind: yaml.MappingNode})
				}
				put(get(root, "counting"), key, way)
			}}, g.policy.doc.At("/counting/"+key, false))
		}
	}
}

// measures matches a policy that counts time.
var measures = regexp.MustCompile(`\b(worked|served)\(`)

var allStages = []string{"application", "selection", "deployment", "service"}

// rules makes the errors of a list of rules.
func (g *generator) rules(list *yaml.Node, pointer, parent, inherited string) {
	for i, r := range elements(list) {
		path := strings.TrimPrefix(parent+"/"+value(r, "id"), "/")
		here := pointer + "/" + strconv.Itoa(i)
		place := func(key string) yamldoc.Position { return g.policy.doc.At(here+key, true) }
		edit := func(kind Kind, key, was, now string, change func(rule *yaml.Node)) {
			where := here
			if key != "" {
				where = here + "/" + key
			}
			g.add(Mutant{Kind: kind, Rule: path, Key: key, Was: was, Now: now, edit: func(root *yaml.Node) { change(at(root, here)) }},
				g.policy.doc.At(where, true))
		}
		g.add(Mutant{Kind: Dropped, Rule: path, Was: "the rule", edit: func(root *yaml.Node) {
			list := at(root, pointer)
			list.Content = slices.Delete(list.Content, i, i+1)
		}}, place(""))
		if w := get(r, "when"); w != nil {
			edit(Dropped, "when", "when", "", func(rule *yaml.Node) { remove(rule, "when") })
			g.expression(path, "when", here+"/when", w)
		}
		stated := value(r, "stage")
		if stated != "" {
			edit(Option, "stage", stated, "not stated", func(rule *yaml.Node) { remove(rule, "stage") })
		}
		for _, stage := range allStages {
			if stage != stated && (stated != "" || stage != inherited) {
				was := stated
				if was == "" {
					was = "not stated"
				}
				edit(Option, "stage", was, stage, func(rule *yaml.Node) { put(rule, "stage", stage) })
			}
		}
		for _, group := range [][2]string{{"anyOf", "allOf"}, {"allOf", "anyOf"}} {
			if children := get(r, group[0]); children != nil {
				if len(children.Content) > 1 {
					edit(Connective, group[0], group[0], group[1], func(rule *yaml.Node) { rename(rule, group[0], group[1]) })
				}
				g.rules(children, here+"/"+group[0], path, cmp.Or(stated, inherited))
			}
		}
		if each := get(r, "each"); each != nil && len(each.Content) == 2 {
			name := each.Content[0].Value
			g.expression(path, "each", here+"/each/"+name, each.Content[1])
		}
		g.expression(path, "expression", here+"/expression", get(r, "expression"))
	}
}
