// Package report shows an assessment to a person: as text for a terminal, and
// as one HTML page with a drawing of the person's history.
package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/experience"
)

// Report is what is shown of an assessment.
type Report struct {
	Case       *eligibility.Case
	Post       *eligibility.Post
	Assessment *eligibility.Assessment
	// Language is that in which the assessment was made; English where nil.
	Language     *messages.Language
	Translations []*eligibility.Translation
	// Ways says that the nearest ways were looked for, so that none is worth a
	// sentence.
	Ways bool
}

// words returns the report in its language.
func (r *Report) words() (*words, error) {
	w := &words{Report: r, Language: r.Language}
	if w.Language == nil {
		var err error
		if w.Language, err = messages.In(messages.English); err != nil {
			return nil, err
		}
	}
	for _, t := range r.Translations {
		if t.Language() == w.Code() {
			w.translation = t
		}
	}
	return w, nil
}

// words says what a report shows in its language.
type words struct {
	*Report
	*messages.Language
	translation *eligibility.Translation
}

// title returns the title of the vacancy.
func (w *words) title() string {
	title := ""
	if w.translation != nil {
		title = w.translation.Title(w.Post)
	}
	return cmp.Or(title, w.Post.Vacancy().Title)
}

// heading says whose application was assessed and as of when.
func (w *words) heading() string {
	a := w.Assessment
	if !a.AsOf.IsValid() {
		return w.Text("report.candidateNoDay", "candidate", a.Candidate)
	}
	return w.Text("report.candidate", "candidate", a.Candidate, "day", a.AsOf)
}

// notes are sentences on how the assessment was made: its stage and the
// readings that are not those of the policy.
func (w *words) notes() []string {
	var notes []string
	if s := w.Assessment.Stage; s != "" {
		notes = append(notes, w.Text("report.stage", "stage", messages.Say("stage."+string(s))))
	}
	for _, r := range w.Post.Policy().Readings() {
		if option, chosen := w.Assessment.Pins.Readings[r.ID]; chosen && option != r.Default {
			notes = append(notes, w.Text("report.reading", "about", w.about(r), "means", w.option(r, option)))
		}
	}
	return notes
}

// about says what a reading is about.
func (w *words) about(r eligibility.Reading) string {
	said := ""
	if w.translation != nil {
		said = w.translation.Reading(w.Post.Policy(), r.ID).About
	}
	return cmp.Or(said, r.About)
}

// option says what an option takes a clause to say.
func (w *words) option(r eligibility.Reading, option string) string {
	said := ""
	if w.translation != nil {
		said = w.translation.Reading(w.Post.Policy(), r.ID).Options[option]
	}
	return cmp.Or(said, r.Options[option])
}

func (w *words) verdict() string { return w.Text("verdict." + string(w.Assessment.Verdict)) }

// eligibleFrom says from when every rule is met, "" where that is not known.
func (w *words) eligibleFrom() string {
	a := w.Assessment
	closes := w.Post.Vacancy().Closes
	switch {
	case !a.EligibleFrom.IsValid():
		return ""
	case a.Projected && closes.Before(a.EligibleFrom) == experience.True:
		return w.Text("report.eligibleAfterClosing", "day", a.EligibleFrom, "closes", closes)
	case a.Projected:
		return w.Text("report.eligibleProjected", "day", a.EligibleFrom)
	}
	return w.Text("report.eligibleFrom", "day", a.EligibleFrom)
}

// status returns the word for the status of a finding.
func (w *words) status(s eligibility.Status) string { return w.Text("status." + string(s)) }

// name returns what a finding is called.
func (w *words) name(f eligibility.Finding) string {
	name := capital(cmp.Or(f.Title, f.ID))
	if f.AnyOf {
		name = w.Text("report.oneOf", "title", name)
	}
	return name
}

// findingDay returns the day of a finding, "" where it has none.
func (w *words) findingDay(f eligibility.Finding) string {
	switch {
	case f.On.IsValid():
		return w.Date(f.On)
	case f.ProjectedOn.IsValid():
		return w.Text("report.from", "day", f.ProjectedOn)
	}
	return ""
}

// missingTitle heads the facts that are missing.
func (w *words) missingTitle() string {
	if w.tried() {
		return w.Text("report.missing")
	}
	return w.Text("ways.notTried")
}

// missing says which facts could still change the verdict; one that no rule
// asked for is the closing date, by which a version of a policy is chosen.
func (w *words) missing() []string {
	var says []string
	for _, pointer := range w.Assessment.Missing {
		said := w.Assessment.MissingInWords[pointer]
		if key := "fact.Vacancy." + strings.TrimPrefix(pointer, "/vacancy/"); said == "" && w.Has(key) {
			said = w.Text(key)
		}
		says = append(says, capital(cmp.Or(said, pointer)))
	}
	return says
}

// why are the findings that decide: the rules that are not met, or that are not
// known to be, and of a rule that asks for all of several, those of them.
func (w *words) why(findings []eligibility.Finding) []eligibility.Finding {
	status := map[eligibility.Verdict]eligibility.Status{
		eligibility.Ineligible: eligibility.Unmet, eligibility.Undetermined: eligibility.NotDetermined,
	}[w.Assessment.Verdict]
	var decide []eligibility.Finding
	for _, f := range findings {
		if f.Status != status {
			continue
		}
		var below []eligibility.Finding
		if !f.AnyOf {
			below = w.why(f.Findings)
		}
		// Those below say what is missing, and what a reason only names.
		named := func(b eligibility.Finding) bool { return strings.Contains(f.Reason, b.Title) }
		says := len(below) == 0 || status == eligibility.Unmet && !slices.ContainsFunc(below, named)
		if !says || f.Reason == w.Text("reason.notFulfilled") {
			f.Reason = ""
		}
		if f.Findings = below; f.Reason == "" && len(below) > 0 && isNumber(below[0].ID) {
			decide = append(decide, below...) // the elements say enough
			continue
		}
		decide = append(decide, f)
	}
	return decide
}

// pins name what the assessment depends on.
func (w *words) pins() string {
	p := w.Assessment.Pins
	return w.Text("report.pins", "policy", p.Policy.Name, "version", p.Policy.Version, "table", p.Tables["nqf"], "library", p.Library)
}

// needsReason reports whether the reason of a finding is worth a line.
func needsReason(f eligibility.Finding) bool {
	switch f.Status {
	case eligibility.NotApplicable:
		return false
	case eligibility.NotDetermined:
		// Else those below say what is missing.
		return !slices.ContainsFunc(f.Findings, func(c eligibility.Finding) bool { return c.Status == eligibility.NotDetermined })
	case eligibility.Met:
		return (f.On.IsValid() || f.Limit.IsValid()) && len(f.Findings) == 0
	}
	return true
}

func (w *words) cited(f eligibility.Finding) string {
	return "[" + strings.Join(w.locators(f.Cite), "; ") + "]"
}
