package policytest

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// Side is one of two that decide the same cases: a policy, with the readings
// that it has chosen.
type Side struct {
	Policy *eligibility.Policy
	// Vacancy is what every case is decided about. Without it cases are
	// decided about their own.
	Vacancy *eligibility.Vacancy
	// Vacancies are those that cases may name.
	Vacancies []*eligibility.Vacancy
	// Stage is that at which cases are decided, the application when not stated.
	Stage eligibility.Stage
}

// Flip is a case of which the two sides think differently.
type Flip struct {
	Case  string              `json:"case"`
	From  eligibility.Verdict `json:"from"`
	To    eligibility.Verdict `json:"to"`
	Rules []RuleFlip          `json:"rules"`
}

// RuleFlip is a rule of which the two sides think differently.
type RuleFlip struct {
	Path    string             `json:"rule"`
	Title   string             `json:"title,omitzero"` // of the rule, else of the one around it
	Cite    []string           `json:"cite,omitzero"`
	From    eligibility.Status `json:"from"`
	To      eligibility.Status `json:"to"`
	Decides bool               `json:"decides,omitzero"` // the verdict changes because of it
	Before  string             `json:"before,omitzero"`  // the reason of the first side
	After   string             `json:"after,omitzero"`   // and of the second
}

// Summary counts what a difference comes to.
type Summary struct {
	Cases      int             `json:"cases"`      // that both sides could decide
	Unreadable []string        `json:"unreadable"` // those that could not be, with the reason, at most a hundred
	Failed     int             `json:"failed"`     // how many those are
	Flipped    int             `json:"flipped"`    // whose verdict changed
	Verdicts   []VerdictCount  `json:"verdicts"`
	Rules      []RuleFlipCount `json:"rules"`
	verdicts   map[[2]eligibility.Verdict]int
	rules      map[ruleFlipKey]*RuleFlipCount
}

// VerdictCount is how many cases went from one verdict to another.
type VerdictCount struct {
	From  eligibility.Verdict `json:"from"`
	To    eligibility.Verdict `json:"to"`
	Count int                 `json:"count"`
}

// RuleFlipCount is for how many cases a rule changed its status in a certain
// way, and for how many of them the verdict changed because of it.
type RuleFlipCount struct {
	Path    string             `json:"rule"`
	From    eligibility.Status `json:"from"`
	To      eligibility.Status `json:"to"`
	Count   int                `json:"count"`
	Decided int                `json:"decided"`
}

type ruleFlipKey struct {
	path     string
	from, to eligibility.Status
}

// Difference decides every case on both sides and calls yield for each whose
// verdict or whose status of a rule differs, in the order of the cases. What it
// keeps does not grow with their number. A case that cannot be decided is
// counted, and the run goes on; it ends with the context or an error of yield.
func Difference(ctx context.Context, before, after Side, cases iter.Seq2[*eligibility.Case, error], yield func(*Flip) error) (*Summary, error) {
	s := &Summary{verdicts: make(map[[2]eligibility.Verdict]int), rules: make(map[ruleFlipKey]*RuleFlipCount)}
	a, err := newSideSubject(before)
	if err != nil {
		return nil, err
	}
	b, err := newSideSubject(after)
	if err != nil {
		return nil, err
	}
	for c, err := range cases {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if err != nil {
			s.fail(err)
			continue
		}
		one, errA := a.assess(ctx, c)
		other, errB := b.assess(ctx, c)
		if errA != nil && errB != nil && errA.Error() == errB.Error() {
			errB = nil // it is said once
		}
		if err := errors.Join(errA, errB); err != nil {
			if ctx.Err() != nil {
				return nil, context.Cause(ctx)
			}
			s.fail(fmt.Errorf("case %s: %w", c.ID, err))
			continue
		}
		s.Cases++
		if f := flipOf(c, one, other); f != nil {
			s.count(f)
			if err := yield(f); err != nil {
				return nil, err
			}
		}
	}
	s.finish()
	return s, nil
}

// sideSubject decides the cases of one side.
type sideSubject struct {
	subject
	post       *eligibility.Post
	stage      eligibility.AssessOption
	judgements map[string]bool // what the post asks; nil where each case has its own
}

func newSideSubject(side Side) (*sideSubject, error) {
	stage := cmp.Or(side.Stage, eligibility.StageApplication)
	s := &sideSubject{subject: *newSubject(side.Policy, byReference(side.Vacancies)), stage: eligibility.AtStage(stage)}
	if side.Vacancy == nil {
		return s, nil
	}
	var err error
	if s.post, err = side.Policy.Post(side.Vacancy); err != nil {
		return nil, err
	}
	s.judgements = make(map[string]bool)
	for path := range judgementsOf("", side.Policy.Rules()) {
		s.judgements[path] = true
	}
	for path := range judgementsOf("", side.Vacancy.Rules) {
		s.judgements[path] = true
	}
	return s, nil
}

// judgementsOf goes through the paths of the rules that a person answers.
func judgementsOf(parent string, rules []eligibility.Rule) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, r := range rules {
			if r.Judgement != "" && !yield(parent+r.ID) {
				return
			}
			for path := range judgementsOf(parent+r.ID+"/", slices.Concat(r.AnyOf, r.AllOf)) {
				if !yield(path) {
					return
				}
			}
		}
	}
}

func (s *sideSubject) assess(ctx context.Context, c *eligibility.Case) (*eligibility.Assessment, error) {
	post := s.post
	if post == nil {
		if c.Vacancy.Inline != nil { // it is not kept for the next case
			var err error
			if post, err = s.policy.Post(c.Vacancy.Inline); err != nil {
				return nil, err
			}
			return post.Assess(ctx, c, s.stage)
		}
		var err error
		if post, err = s.subject.post(c.Vacancy, nil); err != nil {
			return nil, err
		}
		return post.Assess(ctx, c, s.stage)
	}
	// An answer that only the other side asks for would be refused.
	asked := *c
	asked.Application.Judgements = maps.Clone(c.Application.Judgements)
	maps.DeleteFunc(asked.Application.Judgements, func(path string, _ experience.Truth) bool { return !s.judgements[path] })
	return post.Assess(ctx, &asked, s.stage)
}

// flipOf returns in what two assessments of a case differ, nil if in nothing.
func flipOf(c *eligibility.Case, a, b *eligibility.Assessment) *Flip {
	f := &Flip{Case: c.ID, From: a.Verdict, To: b.Verdict}
	before := make(map[string]eligibility.Finding)
	for path, finding := range a.All() {
		before[path] = finding
	}
	add := func(path string, from, to eligibility.Finding) {
		if from.Status == to.Status {
			return
		}
		title, cite := about(path, b, a)
		f.Rules = append(f.Rules, RuleFlip{Path: path, Title: title, Cite: cite, From: from.Status, To: to.Status, Before: from.Reason, After: to.Reason,
			Decides: f.From != f.To && decides(f.From, f.To, from.Status, to.Status)})
	}
	absent := eligibility.Finding{Status: Absent}
	for path, to := range b.All() {
		from, ok := before[path]
		if !ok {
			from = absent
		}
		delete(before, path)
		add(path, from, to)
	}
	for path, from := range a.All() {
		if _, left := before[path]; left {
			add(path, from, absent)
		}
	}
	slices.SortStableFunc(f.Rules, func(a, b RuleFlip) int { return strings.Compare(a.Path, b.Path) })
	for i := range f.Rules { // of a group, the rule within it
		r := &f.Rules[i]
		r.Decides = r.Decides && !slices.ContainsFunc(f.Rules, func(o RuleFlip) bool { return o.Decides && strings.HasPrefix(o.Path, r.Path+"/") })
	}
	if f.From == f.To && len(f.Rules) == 0 {
		return nil
	}
	return f
}

// about returns the title and the citation of a rule, or of the nearest rule
// around it that has them, by the first of the assessments that does.
func about(path string, assessments ...*eligibility.Assessment) (title string, cite []string) {
	for _, a := range assessments {
		ids := strings.Split(path, "/")
		if _, known := a.Finding(ids...); !known {
			continue
		}
		for n := len(ids); n > 0 && (title == "" || len(cite) == 0); n-- {
			f, _ := a.Finding(ids[:n]...)
			title = cmp.Or(title, f.Title)
			if len(cite) == 0 {
				cite = f.Cite
			}
		}
	}
	return title, cite
}

// decides reports whether a rule is one because of which a verdict changed: it
// stands in the way now, or did before.
func decides(from, to eligibility.Verdict, before, after eligibility.Status) bool {
	stands := func(v eligibility.Verdict, s eligibility.Status) bool {
		return v == eligibility.Ineligible && s == eligibility.Unmet || v == eligibility.Undetermined && s == eligibility.NotDetermined
	}
	return stands(to, after) && after != before || stands(from, before) && after != before
}

func (s *Summary) fail(err error) {
	if s.Failed++; len(s.Unreadable) < 100 {
		s.Unreadable = append(s.Unreadable, err.Error())
	}
}

func (s *Summary) count(f *Flip) {
	if f.From != f.To {
		s.Flipped++
		s.verdicts[[2]eligibility.Verdict{f.From, f.To}]++
	}
	for _, r := range f.Rules {
		key := ruleFlipKey{r.Path, r.From, r.To}
		if s.rules[key] == nil {
			s.rules[key] = &RuleFlipCount{Path: r.Path, From: r.From, To: r.To}
		}
		s.rules[key].Count++
		if r.Decides {
			s.rules[key].Decided++
		}
	}
}

func (s *Summary) finish() {
	for key, n := range s.verdicts {
		s.Verdicts = append(s.Verdicts, VerdictCount{key[0], key[1], n})
	}
	slices.SortFunc(s.Verdicts, func(a, b VerdictCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	for _, r := range s.rules {
		s.Rules = append(s.Rules, *r)
	}
	slices.SortFunc(s.Rules, func(a, b RuleFlipCount) int {
		return cmp.Or(cmp.Compare(b.Decided, a.Decided), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Path, b.Path), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
}

// Lines goes through cases that are written as JSON lines. A line that is no
// case gives an error that names it.
func Lines(r io.Reader) iter.Seq2[*eligibility.Case, error] {
	return func(yield func(*eligibility.Case, error) bool) {
		in := bufio.NewScanner(r)
		in.Buffer(nil, eligibility.MaxCaseBytes+1)
		for line := 1; in.Scan(); line++ {
			if strings.TrimSpace(in.Text()) == "" {
				continue
			}
			c, err := eligibility.DecodeCase(in.Bytes())
			if err != nil {
				err = fmt.Errorf("line %d: %w", line, err)
			}
			if !yield(c, err) {
				return
			}
		}
		if err := in.Err(); err != nil {
			yield(nil, err)
		}
	}
}

// Complete returns a vacancy with what it leaves open about the post as a whole
// taken from another one (the mission, the regimes, third States and days), so
// that two notices differ by what they ask of a person only. It names what was
// taken.
func Complete(v, from *eligibility.Vacancy) (*eligibility.Vacancy, []string, error) {
	if v == nil || from == nil {
		return nil, nil, errors.New("there is no vacancy: give two")
	}
	text, err := json.Marshal(v) // a copy that is no longer the file
	if err != nil {
		return nil, nil, err
	}
	out := new(eligibility.Vacancy)
	if err := json.Unmarshal(text, out); err != nil {
		return nil, nil, err
	}
	var taken []string
	take := func(name string, missing bool, set func()) {
		if missing {
			set()
			taken = append(taken, name)
		}
	}
	take("mission", out.Mission == "" && from.Mission != "", func() { out.Mission = from.Mission })
	take("regimes", out.Regimes == nil && from.Regimes != nil, func() { out.Regimes = from.Regimes })
	take("openToThirdStates", out.OpenToThirdStates == 0 && from.OpenToThirdStates != 0, func() { out.OpenToThirdStates = from.OpenToThirdStates })
	take("thirdStates", out.ThirdStates == nil && from.ThirdStates != nil, func() { out.ThirdStates = from.ThirdStates })
	take("closes", !out.Closes.IsValid() && from.Closes.IsValid(), func() { out.Closes = from.Closes })
	take("starts", out.Starts.IsZero() && !from.Starts.IsZero(), func() { out.Starts = from.Starts })
	take("deployment", !out.Deployment.IsValid() && from.Deployment.IsValid(), func() { out.Deployment = from.Deployment })
	return out, taken, nil
}
