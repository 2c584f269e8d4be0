// Package report shows an assessment to a person: as text for a terminal, and
// as one HTML page with a drawing of the person's history.
package report

import (
	"cmp"
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
	return w.Text("report.candidate", "candidate", a.Candidate, "day", w.day(a.AsOf))
}

// day writes an exact day as the language does in a sentence, and another one
// as an interval.
func (w *words) day(d experience.Date) string { return w.Date(d) }

// notes are sentences on how the assessment was made: its stage and the
// readings that are not those of the policy.
func (w *words) notes() []string {
	var notes []string
	if s := w.Assessment.Stage; s != "" {
		notes = append(notes, w.Text("report.stage", "stage", messages.Say("stage."+string(s))))
	}
	for _, r := range w.Post.Policy().Readings() {
		if option, chosen := w.Assessment.Pins.Readings[r.ID]; chosen && option != r.Default {
			notes = append(notes, w.Text("report.reading", "reading", r.ID, "option", option, "means", w.option(r, option)))
		}
	}
	return notes
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
	name := cmp.Or(f.Title, f.ID)
	if f.AnyOf {
		name = w.Text("report.oneOf", "title", name)
	}
	return name
}

// findingDay returns the day of a finding, "" where it has none.
func (w *words) findingDay(f eligibility.Finding) string {
	switch {
	case f.On.IsValid():
		return f.On.Interval()
	case f.ProjectedOn.IsValid():
		return w.Text("report.from", "day", f.ProjectedOn.Interval())
	}
	return ""
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
	case eligibility.Met:
		return (f.On.IsValid() || f.Limit.IsValid()) && len(f.Findings) == 0
	}
	return true
}

func cited(f eligibility.Finding) string { return "[" + strings.Join(f.Cite, "; ") + "]" }
