package eligibility

import (
	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/interpreter"
)

// interpret evaluates an expression by CEL's interpreter, which is what plans
// are compared with.
func (p *program) interpret(ev *evaluation) (ref.Val, error) {
	run, err := p.interpreter()
	if err != nil {
		return nil, err
	}
	v, _, err := run.ContextEval(ev.ctx, ev)
	return v, err
}

// interpreter plans the expression for CEL's interpreter.
func (p *program) interpreter(decorators ...interpreter.InterpretableDecoratorV2) (cel.Program, error) {
	options := []cel.ProgramOption{cel.EvalOptions(cel.OptOptimize), cel.InterruptCheckFrequency(interruptEvery)}
	for _, d := range decorators {
		options = append(options, cel.CustomDecoratorV2(d))
	}
	return p.env.Program(p.ast, options...)
}
