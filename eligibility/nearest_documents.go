package eligibility

import (
	"fmt"
	"slices"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"

	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/experience"
)

// document is a credential that a rule asks for by name.
type document struct {
	kind    string
	codes   []string // one of which it has; nil where no code is asked
	country bool     // the country that issued it matters
	expires bool     // it matters when it expires
}

// validity is how long a document that is obtained stays valid.
var validity = experience.MustParsePeriod("P10Y")

// mostCodes is how many codes of a document are tried.
const mostCodes = 3

// documents are the credentials that the rules of the stage ask for.
func (ev *evaluation) documents() []document {
	var found []document
	var rules func([]*rule)
	rules = func(list []*rule) {
		for _, r := range list {
			if r.stage.order() > ev.order {
				continue
			}
			if r.expression != nil {
				ev.documentsIn(r.expression.whole(), &found)
			}
			rules(r.children)
		}
	}
	rules(ev.post.rules)
	return found
}

// documentsIn finds what a part of an expression asks of one of the credentials.
func (ev *evaluation) documentsIn(p piece, found *[]document) {
	if v, ok := ev.variablePart(p); ok {
		ev.documentsIn(v, found)
		return
	}
	if p.expr.Kind() != ast.ComprehensionKind {
		for _, inner := range p.inner() {
			ev.documentsIn(inner, found)
		}
		return
	}
	c := p.expr.AsComprehension()
	if list := c.IterRange(); list.Kind() == ast.SelectKind && list.AsSelect().FieldName() == "credentials" {
		d := document{}
		ev.askedOfRecord(p.part(c.LoopStep()), c.IterVar(), &d)
		same := func(o document) bool {
			return o.kind == d.kind && o.country == d.country && o.expires == d.expires && slices.Equal(o.codes, d.codes)
		}
		if d.kind != "" && !slices.ContainsFunc(*found, same) {
			*found = append(*found, d)
		}
		return
	}
	for _, inner := range p.inner() {
		ev.documentsIn(inner, found)
	}
}

// askedOfRecord gathers what the fields of a record are compared with.
func (ev *evaluation) askedOfRecord(p piece, record string, d *document) {
	if p.expr.Kind() == ast.SelectKind && p.expr.AsSelect().FieldName() == "expires" {
		d.expires = true
	}
	function, args := p.call()
	if (function == operators.Equals || function == operators.In) && len(args) == 2 && args[0].expr.Kind() == ast.SelectKind {
		field := args[0].expr.AsSelect()
		of := field.Operand()
		if of.Kind() == ast.IdentKind && of.AsIdent() == record {
			switch field.FieldName() {
			case "kind":
				for _, kind := range ev.textsOf(args[1]) {
					d.kind = kind
				}
			case "code":
				d.codes = append(d.codes, ev.textsOf(args[1])...)
			case "country":
				d.country = true
			}
			return
		}
	}
	for _, inner := range p.inner() {
		ev.askedOfRecord(inner, record, d)
	}
}

// textsOf returns the text that a part is, or those of a list; none where they
// differ from element to element or are not stated.
func (ev *evaluation) textsOf(p piece) []string {
	v, err := ev.within(p)
	if err != nil {
		return nil
	}
	if s, ok := v.(types.String); ok {
		return []string{string(s)}
	}
	elements, ok := elementsOf(v)
	if !ok {
		return nil
	}
	var texts []string
	for i := range elements.length() {
		if s, ok := elements.at(i).(types.String); ok {
			texts = append(texts, string(s))
		}
	}
	return texts
}

// obtained are the documents that rules ask for by name, issued on the reference
// day or when the deployment starts.
func (f *finder) obtained(n node) []move {
	var moves []move
	c := &n.c.Candidate
	issued := []experience.Date{f.day}
	if start := f.start.start.date; start.IsExact() && f.day.Before(start) == experience.True {
		issued = append(issued, start)
	}
	for _, d := range f.documents {
		countries := []string{""}
		if d.country {
			countries = slices.Clone(c.Citizenships)
			for _, r := range c.Residences {
				if !slices.Contains(countries, r.Country) {
					countries = append(countries, r.Country)
				}
			}
		}
		codes := append([]string{}, d.codes[:min(len(d.codes), mostCodes)]...)
		if len(codes) == 0 {
			codes = []string{""}
		}
		for _, country := range countries {
			for _, code := range codes {
				for _, day := range issued {
					record := map[string]any{"id": f.newID(n), "kind": d.kind, "issued": day.String()}
					if d.expires {
						record["expires"] = day.Add(validity).String()
					}
					name := f.w.Term(d.kind)
					if code != "" {
						record["code"] = code
						name = f.w.Text("element.credential", "kind", name, "codes", f.w.either([]messages.Phrase{messages.Say("amount.exactly", "period", f.w.Term(code))}))
					}
					if country != "" {
						record["country"] = country
						name += " (" + f.w.Country(country) + ")"
					}
					step := Step{Kind: Obtain, Value: record, Text: f.w.Text("step.credential", "credential", name)}
					m := f.move(step, fmt.Sprint("document ", d.kind, " ", country), "/candidate/credentials/-", record)
					m.key += " " + code + " " + day.String()
					moves = append(moves, m)
				}
			}
		}
	}
	return moves
}
