package eligibility

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// LintCode names a defect of a vacancy that loads without a fault and is
// probably not meant.
type LintCode string

// The codes, each with what it stands for. doc/lint.md has an example of each.
const (
	LevelCycle            LintCode = "level-cycle"             // the EQF level is not that of the cycle, or of the cycle that is printed
	LevelYears            LintCode = "level-years"             // the years of study are not usual at the level
	LowerAlternative      LintCode = "lower-alternative"       // secondary education is an alternative to a degree, which then asks nothing
	EducationMissing      LintCode = "education-missing"       // no education is asked, so that everyone fulfils it
	FieldReach            LintCode = "field-reach"             // whether the field of study binds service education depends on where its sentence stands
	FieldPlaceMissing     LintCode = "field-place-missing"     // it is not stated where that sentence stands
	KeyIdle               LintCode = "key-idle"                // a key has no effect without another one, or against it
	KeyWithoutRule        LintCode = "key-without-rule"        // no rule of the policy or of the post reads a key
	ParameterMissing      LintCode = "parameter-missing"       // a parameter that the policy reads is not stated, so that nobody can be eligible
	RegimesEmpty          LintCode = "regimes-empty"           // the post is offered under no regime
	LostNumber            LintCode = "lost-number"             // the length of the experience is not stated, or nothing
	LostNoun              LintCode = "lost-noun"               // a part of the experience does not say of what, or a word was supplied
	PartLargerThanTotal   LintCode = "part-larger-than-total"  // a part of the experience is longer than all of it
	PeriodImplausible     LintCode = "period-implausible"      // a period is longer, or the total shorter, than notices ask
	RequirementTwice      LintCode = "requirement-twice"       // the same is asked twice
	EssentialAndDesirable LintCode = "essential-and-desirable" // the same is required and desirable
	ClosesAfterStart      LintCode = "closes-after-start"      // applications are taken when the deployment has begun
	BeyondMandate         LintCode = "beyond-mandate"          // the mandate of the mission ends before the deployment
	BeyondLimit           LintCode = "beyond-limit"            // the deployment is longer than any mandate
	PolicyNotInForce      LintCode = "policy-not-in-force"     // the post closes when its policy is not in force
	PolicyUnknown         LintCode = "policy-unknown"          // there is no such policy
	ThirdStates           LintCode = "third-states"            // what is said about third States contradicts the rest
	ClearanceThirdStates  LintCode = "clearance-third-states"  // a classified post is open to third States, whose nationals need an agreement
	ClearanceUnknown      LintCode = "clearance-unknown"       // the clearance is not a level of the Union
	NearMiss              LintCode = "near-miss"               // a word is nearly one that is used elsewhere
	CiteElsewhere         LintCode = "cite-elsewhere"          // a citation names another post
	RuleUntold            LintCode = "rule-untold"             // a rule has no title, citation or message
	ReferenceTwice        LintCode = "reference-twice"         // two vacancies have one reference
)

// LintCodes returns every code, in the order of what they are about.
func LintCodes() []LintCode {
	return []LintCode{
		LevelCycle, LevelYears, LowerAlternative, EducationMissing, FieldReach, FieldPlaceMissing,
		LostNumber, LostNoun, PartLargerThanTotal, PeriodImplausible, RequirementTwice, EssentialAndDesirable,
		ClosesAfterStart, BeyondMandate, BeyondLimit, PolicyNotInForce, PolicyUnknown,
		ThirdStates, ClearanceThirdStates, ClearanceUnknown, ParameterMissing, RegimesEmpty, KeyIdle, KeyWithoutRule,
		NearMiss, CiteElsewhere, RuleUntold, ReferenceTwice,
	}
}

// LintFinding is a defect and its place. Its Rule is empty unless it is about a
// rule of the post.
type LintFinding struct {
	Code    LintCode
	Vacancy string // the reference
	Fault
}

// String returns file:line:column, the code and the message.
func (f LintFinding) String() string {
	file, rest, _ := strings.Cut(f.Fault.String(), ": ")
	return fmt.Sprintf("%s: %s: %s", file, f.Code, rest)
}

// LintContext is what vacancies are held against. All of it may be empty: then
// less can be found.
type LintContext struct {
	Policies []*Policy  // whose rules read the parameters
	Known    []*Vacancy // whose words are taken to be right
	Missions []Mission  // whose mandates bound deployments
}

// Lint looks for defects in vacancies, which must have been loaded or checked.
// The findings are in the order of the vacancies and of their places.
func Lint(vacancies []*Vacancy, against LintContext) []LintFinding {
	words := newVocabulary(against)
	seen := make(map[string]bool)
	var all []LintFinding
	for _, v := range vacancies {
		l := &linter{vacancy: v, context: against, words: words}
		for _, p := range against.Policies {
			if p.Name() == v.Policy {
				l.policy = p
			}
		}
		if seen[v.Reference] {
			l.report(ReferenceTwice, "/vacancy", "there is another vacancy %s: give each its own reference", v.Reference)
		}
		seen[v.Reference] = true
		l.education()
		l.experience()
		l.requirements()
		l.dates()
		l.states()
		l.keys()
		l.vocabulary()
		l.rules()
		slices.SortStableFunc(l.found, func(a, b LintFinding) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
		})
		all = append(all, l.found...)
	}
	return all
}

// linter looks at one vacancy.
type linter struct {
	vacancy *Vacancy
	policy  *Policy // nil where it is not known
	context LintContext
	words   *vocabulary
	found   []LintFinding
}

// report adds a finding at the value that a pointer names, or where it would
// stand.
func (l *linter) report(code LintCode, pointer, format string, args ...any) {
	f := Fault{File: l.vacancy.source.name, Pointer: pointer, Message: fmt.Sprintf(format, args...)}
	if doc := l.vacancy.source.doc; doc != nil {
		p := doc.At(pointer, false)
		f.Line, f.Column = p.Line, p.Column
	}
	l.found = append(l.found, LintFinding{code, l.vacancy.Reference, f})
}

// reads reports whether any expression of the policy or of the post contains one
// of the texts. Of a policy that is not known everything is taken to be read.
func (l *linter) reads(texts ...string) bool {
	if l.policy == nil {
		return true
	}
	read := func(expression string) bool {
		return slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(expression, t) })
	}
	for _, v := range l.policy.source.Variables {
		if read(v.Expression) {
			return true
		}
	}
	return anyExpression(l.policy.source.Rules, read) || anyExpression(l.policy.source.Desirable, read) ||
		anyExpression(l.vacancy.Rules, read) || anyExpression(l.vacancy.Desirable, read)
}

func anyExpression(rules []Rule, holds func(string) bool) bool {
	return slices.ContainsFunc(rules, func(r Rule) bool {
		for _, list := range r.Each {
			if holds(list) {
				return true
			}
		}
		return holds(r.When) || holds(r.Expression) || holds(r.MessageExpression) || holds(r.Due) ||
			anyExpression(r.AnyOf, holds) || anyExpression(r.AllOf, holds)
	})
}
