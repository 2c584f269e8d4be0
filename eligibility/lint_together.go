package eligibility

import (
	"fmt"
	"slices"
)

// mostWays is how many ways to fulfil several requirements are tried. A rule that
// depends on more of them is not reported.
const mostWays = 200

// together returns the requirements that meet a desirable rule only if a candidate
// has all of them, in whichever way. It returns none where something else is
// needed too.
func (w *weakest) together(id string, all []essential) []string {
	meets := func(of []essential, way []int) bool { return w.welcome(withWays(of, way))[id] }
	all = slices.DeleteFunc(slices.Clone(all), func(e essential) bool { return len(e.ways) == 0 })
	if !meets(all, make([]int, len(all))) {
		return nil
	}
	needed := all
	for i := len(all) - 1; i >= 0; i-- {
		fewer := slices.Delete(slices.Clone(needed), i, i+1)
		if meets(fewer, make([]int, len(fewer))) {
			needed = fewer
		}
	}
	ways := 1
	var what []string
	for _, e := range needed {
		what = append(what, e.what)
		if ways *= len(e.ways); ways > mostWays {
			return nil
		}
	}
	way := make([]int, len(needed))
	for range ways {
		if !meets(needed, way) {
			return nil
		}
		for i := range way {
			if way[i] = (way[i] + 1) % len(needed[i].ways); way[i] > 0 {
				break
			}
		}
	}
	return what
}

// withWays returns a candidate who has fulfilled each requirement in one way.
func withWays(all []essential, way []int) Candidate {
	var c Candidate
	for i, e := range all {
		from := e.ways[way[i]]
		id := func(id string) string { return fmt.Sprintf("%s-%d", id, i) }
		for _, q := range from.Qualifications {
			q.ID = id(q.ID)
			c.Qualifications = append(c.Qualifications, q)
		}
		for _, r := range from.Ranks {
			r.ID = id(r.ID)
			c.Ranks = append(c.Ranks, r)
		}
		for _, e := range from.Employments {
			e.ID = id(e.ID)
			c.Employments = append(c.Employments, e)
		}
		for _, held := range from.Credentials {
			held.ID = id(held.ID)
			c.Credentials = append(c.Credentials, held)
		}
		c.Languages = append(c.Languages, from.Languages...)
	}
	return c
}

// atOnce returns the requirements as one candidate fulfils them: with the
// education, which is a requirement of its own, before the work.
func (w *weakest) atOnce(all []essential) []essential {
	before := w.asOf
	all = slices.Clone(all)
	for i := range all {
		all[i].ways = slices.Clone(all[i].ways)
		for j := range all[i].ways {
			way := &all[i].ways[j]
			for _, work := range way.Employments {
				way.Qualifications, way.Ranks = nil, nil
				before = before.Earlier(work.From)
			}
		}
	}
	for i := range all {
		if all[i].education {
			all[i].ways = w.educations(before)
		}
	}
	return all
}
