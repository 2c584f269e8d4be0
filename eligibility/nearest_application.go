package eligibility

import (
	"fmt"
	"slices"

	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/experience"
)

// application are what the application can still bring: a nomination, and
// another regime that the post is offered under.
func (f *finder) application(n node) []move {
	var moves []move
	if n.c.Application.Nominated == experience.False {
		step := Step{Kind: Nominate, Value: true, Text: f.w.Text("step.nominate")}
		moves = append(moves, f.move(step, "/application/nominated", "/application/nominated", true))
	}
	for _, r := range f.start.post.vacancy.Regimes {
		if n.c.Application.Regime != "" && r != n.c.Application.Regime {
			step := Step{Kind: ApplyAs, Value: string(r), Text: f.w.Text("step.apply", "regime", messages.Say("regime."+string(r)))}
			moves = append(moves, f.move(step, "/application/regime", "/application/regime", string(r)))
		}
	}
	return moves
}

// ends are the ends of ongoing contracts, where a rule that measures contracts
// is not met.
func (f *finder) ends(n node) []move {
	bars := func(r *result) bool {
		return r != nil && r.status == Unmet && r.value.evidence.service != nil && r.value.evidence.service.area == inContracts
	}
	if !slices.ContainsFunc(n.now.results, bars) {
		return nil
	}
	var moves []move
	for i, k := range n.c.Candidate.Contracts {
		if k.To.IsValid() {
			continue
		}
		w := *f.w
		w.ev = n.now
		step := Step{Kind: EndFact, Value: f.day.String(), Text: w.Text("step.end", "record", w.record(factOf(inContracts, i, wholeArea)), "day", f.day)}
		pointer := fmt.Sprintf("/candidate/contracts/%d/to", i)
		moves = append(moves, f.move(step, pointer, pointer, step.Value))
	}
	return moves
}
