package eligibility

import "strconv"

// Desirable rules say what is welcome and not required. Their findings stand
// beside the others, under the path desirable/…: no verdict hangs on them and
// nothing that they miss is asked for.

// WithDesirable adds the findings of the desirable rules, with what explains
// them, to an assessment that is explained.
func WithDesirable() AssessOption {
	return assessOptionFunc(func(o *assessOptions) { o.desirable = true })
}

// desirablePath is the path under which desirable rules stand.
const desirablePath = "desirable"

// desirable compiles the desirable rules of one source after those of another.
func (c *compiler) desirable(rules []Rule, others []*rule) []*rule {
	for i, r := range rules {
		for _, o := range others {
			if o.ID == r.ID {
				c.at("/desirable/"+strconv.Itoa(i)+"/id", desirablePath+"/"+r.ID, false, "the policy has a desirable rule %s: choose another id", r.ID)
			}
		}
	}
	return append(others[:len(others):len(others)], c.rules(rules, "/desirable", &rule{Rule: &Rule{ID: desirablePath}, path: desirablePath, stage: StageApplication})...)
}

// Desirable returns the policy's desirable rules as they are stated.
func (p *Policy) Desirable() []Rule { return cloneRules(p.source.Desirable) }

// desirable returns the findings of the desirable rules of the stage.
func (ev *evaluation) desirable(w *wording) ([]Finding, error) {
	var results []*result
	for _, s := range ev.post.desirableSteps {
		if s.order > ev.order {
			continue
		}
		res, err := ev.rule(s)
		if err != nil {
			return nil, err
		}
		results = append(results, res)
	}
	if results == nil {
		return nil, nil
	}
	return ev.findings(results, w)
}
