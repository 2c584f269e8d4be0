package eligibility

import (
	"cmp"
	"slices"

	"github.com/qualify-rules/qualify/experience"
)

// Pending is something that a selected candidate still has to bring: a rule of
// a stage after the application that is not met yet.
type Pending struct {
	Rule   string `json:"rule"` // the path of the rule, such as goodConduct/ofResidence/0
	Title  string `json:"title,omitzero"`
	Stage  Stage  `json:"stage"`
	Status Status `json:"status"`
	// Due is the last day on which it may be brought. It is not stated for what
	// the selection itself looks at, nor where the start of the deployment is not.
	Due     experience.Date `json:"due,omitzero"`
	Reason  string          `json:"reason,omitzero"`
	Missing []string        `json:"missing,omitzero"` // JSON Pointers to the facts that would decide it
	Cite    []string        `json:"cite,omitzero"`
}

// day compiles the expression of a due day.
func (c *compiler) day(text, at, path string) *program {
	program, ast, _ := c.expression(text, at, path)
	if ast != nil && !isDyn(ast) && !ast.OutputType().IsExactType(dateType) {
		c.at(at, path, false, "due is a Date, not a %s: write it as start + months(12)", typeName(ast.OutputType()))
	}
	return program
}

// toBring looks at the rules of every stage and returns those after the
// application that are not met, in the order of their days.
func (w *wording) toBring() ([]Pending, error) {
	ev := w.ev
	last := *w
	last.ev, last.ledgers = ev.post.evaluation(ev.ctx, ev.c, &assessOptions{stage: StageService, interpreted: ev.interpreted}), false
	defer last.ev.release()
	if err := last.ev.run(); err != nil {
		return nil, err
	}
	var pending []Pending
	for _, r := range last.ev.results {
		found, err := last.pending(r, r.id, "")
		if err != nil {
			return nil, err
		}
		pending = append(pending, found...)
	}
	slices.SortStableFunc(pending, func(a, b Pending) int {
		return cmp.Or(cmp.Compare(a.Stage.order(), b.Stage.order()), cmp.Compare(lastDay(a.Due), lastDay(b.Due)))
	})
	return pending, nil
}

// lastDay is a number for the last day of a date, 0 where none is stated.
func lastDay(d experience.Date) int {
	if !d.IsValid() {
		return 0
	}
	return int(eqfDay(d.Last()))
}

// pending returns what a result leaves to be brought: of cumulative rules each
// that is not met.
func (w *wording) pending(r *result, path, title string) ([]Pending, error) {
	if r.status == Met || r.status == NotApplicable {
		return nil, nil
	}
	own := cmp.Or(w.title(r), r.id)
	if title != "" && r.rule.stage != StageApplication {
		own = w.Text("pending.of", "group", title, "rule", own)
	}
	if len(r.children) > 0 && !r.rule.any {
		var all []Pending
		if r.rule.stage == StageApplication {
			own = ""
		}
		for _, c := range r.children {
			found, err := w.pending(c, path+"/"+c.id, own)
			if err != nil {
				return nil, err
			}
			all = append(all, found...)
		}
		return all, nil
	}
	if r.rule.stage == StageApplication {
		return nil, nil
	}
	f := Finding{ID: r.id, Status: r.status}
	var err error
	if len(r.children) > 0 {
		if f.Findings, err = w.ev.findings(r.children, w); err != nil {
			return nil, err
		}
	}
	if err = w.explain(r, &f); err != nil {
		return nil, err
	}
	due, err := w.ev.due(r)
	return []Pending{{path, own, r.rule.stage, r.status, due, f.Reason, f.Missing, f.Cite}}, err
}

// due is the day that a rule states, else for what is asked at the deployment
// the day on which that starts; of days that are not known exactly the first. It
// is not stated where no start is.
func (ev *evaluation) due(r *result) (experience.Date, error) {
	var none experience.Date
	if r.rule.stage.order() >= StageDeployment.order() && (ev.deploymentStart != ev.start || ev.start.date == experience.UnknownDate()) {
		return none, nil
	}
	if r.due == nil {
		if r.rule.stage == StageDeployment {
			return ev.start.date.First(), nil
		}
		return none, nil
	}
	v, err := ev.eval(r.due)
	if err != nil {
		return none, err
	}
	if d, ok := v.(*dateValue); ok {
		return d.date.First(), nil
	}
	return none, nil
}
