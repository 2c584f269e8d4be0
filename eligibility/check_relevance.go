package eligibility

import "errors"

// relevance checks that every judgement of relevance is about one record.
func (k *inspector) relevance(c *Case) {
	judged, found := c.Application.Relevance, 0
	for i := range c.Candidate.Qualifications {
		if _, ok := judged[c.Candidate.Qualifications[i].ID]; ok {
			found++
		}
	}
	if found > 0 {
		k.ambiguous(c)
	}
	for i := range c.Candidate.Employments {
		if _, ok := judged[c.Candidate.Employments[i].ID]; ok {
			found++
		}
	}
	if found == len(judged) {
		return
	}
	records := make(map[string]bool)
	for i := range c.Candidate.Qualifications {
		records[c.Candidate.Qualifications[i].ID] = true
	}
	for i := range c.Candidate.Employments {
		records[c.Candidate.Employments[i].ID] = true
	}
	for id := range judged {
		if !records[id] {
			k.keyed("/application/relevance/", id, errors.New("no qualification or employment of the candidate has this id"))
		}
	}
}

// ambiguous reports judgements of relevance that are about two records.
func (k *inspector) ambiguous(c *Case) {
	judged := make(map[string]bool)
	for i := range c.Candidate.Qualifications {
		id := c.Candidate.Qualifications[i].ID
		if _, ok := c.Application.Relevance[id]; ok {
			judged[id] = true
		}
	}
	for i := range c.Candidate.Employments {
		if id := c.Candidate.Employments[i].ID; judged[id] {
			k.keyed("/application/relevance/", id, errors.New("a qualification and an employment both have this id: give each its own"))
		}
	}
}
