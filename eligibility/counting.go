package eligibility

import "github.com/qualify-rules/qualify/experience"

// compileCounting reads how the policy counts time.
func (p *Policy) compileCounting(f *faults) {
	s := &p.source.Counting
	stated(f, "/counting/convention", s.Convention, &p.counting.Convention, experience.ParseConvention)
	stated(f, "/counting/overlap", s.Overlap, &p.counting.Overlap, experience.ParseOverlap)
	stated(f, "/counting/partTime", s.PartTime, &p.counting.PartTime, experience.ParsePartTime)
}

// stated reads a word that may be left out.
func stated[T any](f *faults, at, word string, into *T, parse func(string) (T, error)) {
	if word == "" {
		return
	}
	var err error
	if *into, err = parse(word); err != nil {
		f.at(at, "", false, "%v", err)
	}
}
