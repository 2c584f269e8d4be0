package eligibility

import "fmt"

// Without assesses as if one rule, named by its path, did not apply to anybody:
// it is notApplicable, groups leave it out, and since it everything counts. The
// assessment is a hypothesis, and has no pins.
func Without(rule string) AssessOption {
	return assessOptionFunc(func(o *assessOptions) { o.without = rule })
}

// ruleAt returns the rule of a path, nil for the empty path.
func (p *Post) ruleAt(path string) (*rule, error) {
	if path == "" {
		return nil, nil
	}
	if r := ruleIn(p.rules, path); r != nil {
		return r, nil
	}
	return nil, fmt.Errorf("vacancy %s has no rule %s: name one by its path, such as education/equivalentRank", p.vacancy.Reference, path)
}

func ruleIn(rules []*rule, path string) *rule {
	for _, r := range rules {
		if r.path == path {
			return r
		}
		if found := ruleIn(r.children, path); found != nil {
			return found
		}
	}
	return nil
}
