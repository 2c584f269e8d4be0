package report

import (
	"cmp"
	"embed"
	"html/template"
	"io"
	"regexp"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/qualify-rules/qualify/eligibility"
)

//go:embed page.html page.css
var pageFiles embed.FS

var page = sync.OnceValues(func() (*template.Template, error) {
	return template.New("page.html").Funcs(template.FuncMap{"unbroken": unbroken, "views": views}).ParseFS(pageFiles, "page.html")
})

// isoDay finds days, which a browser may break at their hyphens.
var isoDay = regexp.MustCompile(`\b\d{4}-\d{2}(-\d{2})?\b`)

// unbroken keeps days in a text on one line.
func unbroken(text string) template.HTML {
	return template.HTML(isoDay.ReplaceAllString(template.HTMLEscapeString(printable(text)), `<span class="date">$0</span>`)) // escaped
}

// HTML writes an assessment as one page that needs nothing else: with a drawing
// of the person's history, which the tables say in words too. What was counted
// is drawn where the assessment has ledgers, the days of unmet rules where it has
// a timeline.
func HTML(out io.Writer, r *Report) error {
	w, err := r.words()
	if err != nil {
		return err
	}
	t, err := page()
	if err != nil {
		return err
	}
	style, err := pageFiles.ReadFile("page.css")
	if err != nil {
		return err
	}
	return t.Execute(out, w.page(template.CSS(style))) // the file of this package
}

// pageView is what the template shows.
type pageView struct {
	Language  string
	Style     template.CSS
	Title     string
	Vacancy   string
	Heading   string
	Notes     []string
	Verdict   string
	Severity  string // the verdict as the class of its badge
	Mark      string
	From      string
	Why       []findingView
	Figures   []figure
	Legend    []legendEntry
	History   []historyRow
	Findings  []findingView
	ToBring   []findingView
	Desirable []findingView
	Missing   []string
	Answers   [][]string // each a sentence with bullets
	WaysTitle string
	Ways      [][]string
	Pins      string
	Say       map[string]string // headings
}

// findingView is a finding with those below it.
type findingView struct {
	Status, Word, Mark, Name, Day, Reason string
	Cite                                  []string
	Ledgers                               []ledgerView
	Findings                              []findingView
}

// listed is findings with the headings of their tables.
type listed struct {
	Findings []findingView
	Say      map[string]string
}

func views(f []findingView, say map[string]string) listed { return listed{f, say} }

type ledgerView struct {
	Total string
	Rows  []ledgerRow
}

type ledgerRow struct{ From, To, Fate, Months, Records, Class string }

// marks stand beside the words of a status, for those who see no colour.
var marks = map[eligibility.Status]string{
	eligibility.Met: "✓", eligibility.Unmet: "✗", eligibility.NotDetermined: "?", eligibility.NotApplicable: "–",
}

func (w *words) page(style template.CSS) pageView {
	a := w.Assessment
	p := pageView{
		Language: w.Code(), Style: style,
		Title:   printable(a.Vacancy + " – " + a.Candidate),
		Vacancy: printable(a.Vacancy + " – " + w.title()),
		Heading: printable(capital(w.heading())), Notes: w.notes(),
		Verdict: capital(w.verdict()), Severity: string(a.Verdict), Mark: verdictMarks[a.Verdict], From: w.eligibleFrom(),
		Figures: w.figures(), History: w.history(), Findings: w.findings(a.Findings, nil),
		Missing: w.missing(), Pins: w.pins(),
		Say: map[string]string{
			"history": w.Text("page.history"), "rules": w.Text("page.rules"), "answers": w.Text("page.answers"),
			"kind": w.Text("page.kind"), "name": w.Text("page.name"), "from": w.Text("page.from"), "to": w.Text("page.to"),
			"about": w.Text("page.details"), "drawn": w.Text("page.drawn"), "empty": w.Text("page.empty"),
			"missing": w.missingTitle(), "toBring": w.Text("pending.title"), "desirable": w.Text("desirable.title"),
			"why": w.Text("page.why"), "whyEligible": w.Text("page.whyEligible"), "legend": w.Text("page.legend"),
			"fate": w.Text("page.fate"), "months": w.Text("page.months"), "records": w.Text("page.records"),
		},
	}
	p.Legend = w.legend(p.Figures)
	p.Why = w.reasons(w.why(a.Findings))
	if a.Timeline != nil {
		p.Answers = append(p.Answers, w.timeline(a.Timeline))
	}
	if a.Readings != nil {
		p.Answers = append(p.Answers, w.readings(a.Readings))
	}
	if w.Report.Ways && a.Verdict != eligibility.Eligible && w.tried() {
		p.WaysTitle, p.Ways = w.ways()
	}
	for _, b := range a.ToBring {
		p.ToBring = append(p.ToBring, findingView{
			Status: string(b.Status), Word: w.status(b.Status), Mark: marks[b.Status],
			Name: printable(cmp.Or(b.Title, b.Rule)), Day: w.when(b), Reason: printable(b.Reason),
		})
	}
	for _, f := range a.Desirable {
		if f.Status != eligibility.NotApplicable {
			p.Desirable = append(p.Desirable, findingView{Status: string(f.Status), Word: w.desired(f), Mark: marks[f.Status], Name: printable(w.name(f))})
		}
	}
	for _, says := range append(p.Answers[:len(p.Answers):len(p.Answers)], p.Ways...) {
		for i, s := range says {
			says[i] = printable(s)
		}
	}
	return p
}

// reasons shows findings by their names and reasons alone.
func (w *words) reasons(findings []eligibility.Finding) []findingView {
	var out []findingView
	for _, f := range findings {
		out = append(out, findingView{Name: printable(w.name(f)), Reason: printable(f.Reason), Findings: w.reasons(f.Findings)})
	}
	return out
}

// verdictMarks stand beside the verdict.
var verdictMarks = map[eligibility.Verdict]string{
	eligibility.Eligible: "✓", eligibility.Ineligible: "✗", eligibility.Undetermined: "?",
}

// findings shows a citation where it is not that of the finding above.
func (w *words) findings(findings []eligibility.Finding, above []string) []findingView {
	var out []findingView
	for _, f := range findings {
		v := findingView{
			Status: string(f.Status), Word: w.status(f.Status), Mark: marks[f.Status],
			Name: printable(w.name(f)), Day: w.findingDay(f), Findings: w.findings(f.Findings, f.Cite),
		}
		if !slices.Equal(f.Cite, above) && f.Status != eligibility.NotApplicable {
			v.Cite = w.locators(f.Cite)
		}
		if needsReason(f) {
			v.Reason = printable(f.Reason)
		}
		if f.Status == eligibility.NotApplicable {
			v.Findings = nil
		}
		ledgers, totals := w.ledgers(f)
		for i, l := range ledgers {
			view := ledgerView{Total: capital(totals[i])}
			for _, s := range l.Stretches {
				row := ledgerRow{Fate: capital(w.fate(s)), Records: printable(w.ids(s.By)), Class: classOf(s)}
				row.From, row.To = w.bounds(s)
				if s.Counted() {
					row.Months = mixed(s.Months)
				}
				view.Rows = append(view.Rows, row)
			}
			v.Ledgers = append(v.Ledgers, view)
		}
		out = append(out, v)
	}
	return out
}

// capital writes the first letter large.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
