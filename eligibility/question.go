package eligibility

import (
	"strconv"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types/ref"

	"github.com/qualify-rules/qualify/experience"
)

// A variable may be a question for a person instead of an expression, so that
// several rules can rest on one answer.

// question declares a variable that a person answers under its name.
func (c *compiler) question(i int, v Variable) *program {
	at := "/variables/" + strconv.Itoa(i)
	if v.Expression != "" {
		c.at(at, "variables."+v.Name, false, "a variable has an expression or a judgement, not both")
	}
	c.judgements = append(c.judgements, v.Name)
	c.extend(cel.Variable("variables."+v.Name, cel.BoolType))
	return &program{path: "variables." + v.Name, question: len(c.judgements)}
}

// answer is what a person said to a question: unknown where nobody has.
func (ev *evaluation) answer(judgement int) ref.Val {
	open := factOf(inJudgements, judgement, wholeArea)
	answered := ev.c.Application.Judgements[ev.post.judgements[judgement]]
	if answered == experience.Unknown {
		return ev.unknown(open)
	}
	return truth(answered, nil)
}

// Questions returns the names of the variables that a person answers.
func (p *Policy) Questions() []string {
	var names []string
	for _, v := range p.source.Variables {
		if v.Judgement != "" {
			names = append(names, v.Name)
		}
	}
	return names
}
