package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/eligibility/report"
	"github.com/qualify-rules/qualify/experience"
)

// The pages are opened in a browser, and what it drew is measured.

// box is where the browser put an element, in the units of its drawing.
type box struct{ X, Y, Width, Height float64 }

func (b box) overlaps(o box) bool {
	const slack = 0.3
	return b.X+b.Width > o.X+slack && o.X+o.Width > b.X+slack && b.Y+b.Height > o.Y+slack && o.Y+o.Height > b.Y+slack
}

// measured is what the script in measure.js finds on a page.
type measured struct {
	Width, Scrolled float64  // of the window, and of what is in it
	Cut             []string // what is wider than its place
	Scripts         int
	Text            string
	Legend          []string
	Figures         []struct {
		Name, About string // that assistive technology is told
		Height      float64
		Rows        []struct {
			box
			Class string
		}
		Texts []struct {
			box
			Class, Text, Section string
		}
		Bars []struct {
			box
			Class, From, To, Fill, Section string
		}
		Points []struct {
			box
			On string
		}
		Lines []struct {
			X, Y, End float64
			On        string
		}
		Ticks []struct {
			X, Y, End float64
			On        string
		}
	}
}

// shown is a page in a window of a width. As paper, it is laid out as it is
// printed.
type shown struct {
	page  []byte
	width int
	paper bool
}

// open shows pages and returns what is drawn of each.
func open(t *testing.T, pages ...shown) []measured {
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		require.Empty(t, os.Getenv("CI"), "chromium is needed: .ci/run installs it")
		t.Skip("chromium is not installed: apt-get install chromium")
	}
	script, err := os.ReadFile("testdata/measure.js")
	require.NoError(t, err)
	dir := t.TempDir()
	var widths []int
	for i, p := range pages {
		text := string(p.page)
		policy := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)
		require.Regexp(t, policy, text)
		text = policy.ReplaceAllString(text, "")
		if p.paper {
			require.Contains(t, text, "@media print")
			text = strings.ReplaceAll(text, "@media print", "@media all")
		}
		text = strings.Replace(text, "</body>", "<script>"+string(script)+"</script></body>", 1)
		require.NoError(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.html", i)), []byte(text), 0o600))
		widths = append(widths, p.width)
	}
	frames, err := template.ParseFiles("testdata/frames.html")
	require.NoError(t, err)
	var around bytes.Buffer
	require.NoError(t, frames.Execute(&around, widths))
	path := filepath.Join(dir, "frames.html")
	require.NoError(t, os.WriteFile(path, around.Bytes(), 0o600))
	command := exec.CommandContext(t.Context(), chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
		"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--virtual-time-budget=30000", "--user-data-dir="+t.TempDir(), "--dump-dom", "file://"+path)
	dom, err := command.Output()
	require.NoError(t, err)
	found := regexp.MustCompile(`(?s)<pre id="measured">(.*?)</pre>`).FindSubmatch(dom)
	require.NotNil(t, found, "the pages did not load")
	var all []measured
	require.NoError(t, json.Unmarshal([]byte(html.UnescapeString(string(found[1]))), &all))
	require.Len(t, all, len(pages))
	return all
}

// openOne shows a page in a wide window.
func openOne(t *testing.T, page []byte) measured { return open(t, shown{page: page, width: 1024})[0] }

// requireWellDrawn holds what every drawing keeps to.
func requireWellDrawn(t *testing.T, m measured) {
	require.LessOrEqual(t, m.Scrolled, m.Width, "the page is wider than its window")
	require.Empty(t, m.Cut)
	require.Equal(t, 1, m.Scripts, "only that of this test")
	for _, f := range m.Figures {
		require.NotEmpty(t, f.Name)
		require.NotEmpty(t, f.About)
		top, bottom := f.Ticks[0].Y, f.Ticks[0].End
		inside := func(b box, what string) {
			require.GreaterOrEqual(t, b.X, -0.5, "%s: %s", f.Name, what)
			require.GreaterOrEqual(t, b.Y, -0.5, "%s: %s", f.Name, what)
			require.LessOrEqual(t, b.X+b.Width, 800.5, "%s: %s", f.Name, what)
			require.LessOrEqual(t, b.Y+b.Height, f.Height+0.5, "%s: %s", f.Name, what)
		}
		for i, r := range f.Rows {
			require.GreaterOrEqual(t, r.Y, top-0.5, f.Name)
			require.LessOrEqual(t, r.Y+r.Height, bottom+0.5, f.Name)
			if i > 0 {
				require.GreaterOrEqual(t, r.Y, f.Rows[i-1].Y+f.Rows[i-1].Height, "%s: row %d runs into the one above", f.Name, i)
			}
		}
		for i, a := range f.Texts {
			inside(a.box, a.Text)
			if a.Class == "name" && a.Section != "" {
				require.LessOrEqual(t, a.X+a.Width, 230.0, "%s: %s", f.Name, a.Text)
			}
			if a.Class == "day" {
				require.LessOrEqual(t, a.Y+a.Height, top+2, "%s: %s", f.Name, a.Text)
			}
			for _, b := range f.Texts[:i] {
				require.False(t, a.overlaps(b.box), "%s: %q and %q", f.Name, a.Text, b.Text)
			}
			for _, b := range f.Bars {
				require.False(t, a.overlaps(b.box), "%s: %q is under a bar", f.Name, a.Text)
			}
		}
		first, last := f.Ticks[0], f.Ticks[len(f.Ticks)-1]
		require.NotEqual(t, first, last, f.Name)
		perDay := (last.X - first.X) / float64(experience.DaysBetween(experience.MustParseDate(first.On), experience.MustParseDate(last.On)))
		x := func(day string) float64 {
			return first.X + perDay*float64(experience.DaysBetween(experience.MustParseDate(first.On), experience.MustParseDate(day)))
		}
		for _, b := range f.Bars {
			inside(b.box, b.Class)
			require.InDelta(t, x(b.From), b.X, 0.3, "%s: %+v", f.Name, b)
			days := experience.DaysBetween(experience.MustParseDate(b.From), experience.MustParseDate(b.To)) + 1
			require.InDelta(t, max(2, perDay*float64(days)), b.Width, 0.3, "%s: %+v", f.Name, b)
			require.GreaterOrEqual(t, b.X, 229.5)
			require.Contains(t, m.Legend, b.Class, "%s: what is drawn is explained", f.Name)
		}
		for _, p := range f.Points {
			require.InDelta(t, x(p.On), p.X+p.Width/2, 0.3, f.Name)
		}
		for _, l := range f.Lines {
			require.InDelta(t, x(l.On), l.X, 0.3, f.Name)
			require.InDelta(t, bottom, l.End, 0.3, f.Name)
			for _, text := range f.Texts {
				if text.Class == "day" || text.Class == "year" {
					require.False(t, text.overlaps(box{l.X, l.Y, 0, l.End - l.Y}), "%s: the line of %s crosses %q", f.Name, l.On, text.Text)
				}
			}
		}
	}
}

// made assesses a case with everything that a page can show.
func made(t *testing.T, language, input string) *report.Report {
	translations, err := policies.Translations()
	require.NoError(t, err)
	l, err := messages.In(language)
	require.NoError(t, err)
	return madeIn(t, l, translations, input)
}

func madeIn(t *testing.T, l *messages.Language, translations []*eligibility.Translation, input string) *report.Report {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	c, err := eligibility.DecodeCase([]byte(input))
	require.NoError(t, err)
	stage := eligibility.StageApplication
	if s, err := eligibility.ParseStage(c.ID); err == nil { // a case is called after another stage
		stage = s
	}
	options := []eligibility.AssessOption{
		eligibility.AtStage(stage), eligibility.WithDesirable(), eligibility.InLanguage(l, translations...), eligibility.WithLedger(), eligibility.WithReadings(),
		eligibility.WithTimelineOver(eligibility.Interval{From: experience.MustParseDate("2024-01-01"), To: experience.MustParseDate("2027-12-31")}),
	}
	ways := len(c.Candidate.Employments) < 100 // more take long
	if ways {
		options = append(options, eligibility.WithNearestWays())
	}
	a, err := catalogue.Assess(t.Context(), c, options...)
	require.NoError(t, err)
	var post *eligibility.Post
	if c.Vacancy.Inline != nil {
		post, err = catalogue.Policy("csdp").Post(c.Vacancy.Inline)
	} else {
		post, err = catalogue.Post(c.Vacancy.Reference)
	}
	require.NoError(t, err)
	return &report.Report{Case: c, Post: post, Assessment: a, Language: l, Translations: translations, Ways: ways}
}

func page(t *testing.T, r *report.Report) []byte {
	var b bytes.Buffer
	require.NoError(t, report.HTML(&b, r))
	if dir := os.Getenv("PAGES"); dir != "" { // to look at them
		require.NoError(t, os.WriteFile(filepath.Join(dir, strings.ReplaceAll(t.Name(), "/", "-")+".html"), b.Bytes(), 0o600))
	}
	return b.Bytes()
}

// histories are the cases of testdata/histories, one a file.
func histories(t *testing.T) map[string]string {
	paths, err := filepath.Glob("testdata/histories/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	all := map[string]string{"long": long()}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		all[strings.TrimSuffix(filepath.Base(path), ".json")] = string(data)
	}
	return all
}

// long is a history of many short records over forty years.
func long() string {
	var employments, qualifications []string
	for i := range 200 {
		year, month := 1985+i*2/12, i*2%12+1
		employments = append(employments, fmt.Sprintf(`{"id": "e%d", "title": "Security officer of the regional headquarters, department %d", "from": "%d-%02d-05", "to": "%d-%02d-28", "domains": ["security"]}`, i, i, year, month, year, month))
	}
	for i := range 12 {
		qualifications = append(qualifications, fmt.Sprintf(`{"id": "q%d", "kind": "training", "title": "Course %d", "awarded": "%d-06-30", "attested": true}`, i, i, 1984+i))
	}
	return `{"id": "long", "vacancy": "EK 60271", "candidate": {"id": "long", "citizenships": ["FI"], "qualifications": [` + strings.Join(qualifications, ",") +
		`], "employments": [` + strings.Join(employments, ",") + `]}, "application": {"date": "2025-11-10", "regime": "seconded", "nominated": true}}`
}

// Whatever a history says, it is shown well: in a terminal, in a wide window and
// a narrow one, and on paper.
func TestReportsAreWellShown(t *testing.T) {
	var names []string
	var pages []shown
	all := histories(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		in := map[string]*report.Report{}
		for _, language := range []string{"en", "fr"} {
			in[language] = made(t, language, all[name])
			t.Run(name+" in a terminal, "+language, func(t *testing.T) { requireFitsATerminal(t, in[language]) })
		}
		french := page(t, in["fr"])
		pages = append(pages,
			shown{page: page(t, in["en"]), width: 1024},
			shown{page: french, width: 688, paper: true}, // A4 without its margins
			shown{page: french, width: 375})
		names = append(names, name+" wide", name+" on paper", name+" narrow")
	}
	for i, m := range open(t, pages...) {
		t.Run(names[i], func(t *testing.T) {
			require.InDelta(t, pages[i].width, m.Width, 1)
			requireWellDrawn(t, m)
		})
	}
}

// drawnBars are the days of the bars of a page, by section and class.
func drawnBars(m measured) map[string][]string {
	drawn := map[string][]string{}
	for _, f := range m.Figures {
		for _, b := range f.Bars {
			key := b.Section + ": " + b.Class
			drawn[key] = append(drawn[key], b.From+" "+b.To)
		}
	}
	return drawn
}

// What is counted, limited and not met is drawn on its days, and said in words.
func TestDrawnDays(t *testing.T) {
	m := openOne(t, page(t, made(t, "en", histories(t)["tenure"])))
	drawn := drawnBars(m)
	require.Equal(t, []string{"2018-07-01 2019-12-31", "2020-01-01 2025-06-30"}, drawn["Contracts and levels of threat: bar contract contracted"])
	require.Equal(t, []string{"2016-01-01 2017-12-31"}, drawn["Contracts and levels of threat: bar contract seconded"])
	require.Equal(t, []string{"2019-01-01 2024-12-31"}, drawn["Contracts and levels of threat: bar threat-high"])
	require.Contains(t, drawn["What the rules counted: bar counted"], "2019-01-01 2025-06-30", "from the day on which the threat was high")
	require.Contains(t, drawn["What the rules counted: bar window"], "2019-01-01 2024-12-31", "six years of high threat")
	require.Contains(t, drawn["What the rules counted: bar window"], "2018-07-01 2024-06-30", "six years in the mission")
	require.Contains(t, drawn["What the rules counted: bar unmet"], "2024-12-31 2026-06-30", "the cooling-off ends a year after the contract")
	for _, days := range drawn["What the rules counted: bar unmet"] {
		from, to, _ := strings.Cut(days, " ")
		require.LessOrEqual(t, from, to, "days that lie outside the drawing are left out")
	}
	for _, f := range m.Figures {
		var lines []string
		for _, l := range f.Lines {
			lines = append(lines, l.On)
		}
		require.Equal(t, []string{"2026-02-01", "2025-11-14", "2025-11-10"}, lines)
	}
	said := strings.Join(strings.Fields(m.Text), " ")
	for _, says := range []string{
		"high from 2019-01-01 on. critical from 2025-01-01 on.",
		"The limit of 6 years is reached by what is counted from 2019-01-01 to 2024-12-31.",
		"The rule is not met from 2024-12-31 to 2026-06-30.",
	} {
		require.Contains(t, said, says)
	}
}

// Whoever sees no colour tells what is drawn by its pattern, its shade or its
// place.
func TestPatterns(t *testing.T) {
	m := openOne(t, page(t, made(t, "en", histories(t)["overlap"])))
	fills := map[string]string{}
	for _, f := range m.Figures {
		for _, b := range f.Bars {
			fills[b.Class] = b.Fill
		}
	}
	require.Equal(t, map[string]string{
		"bar counted":             "rgb(29, 78, 121)",
		"bar span":                `url("#hatch")`,
		"bar contract contracted": "rgb(156, 156, 156)",
		"bar contract seconded":   "rgb(236, 236, 236)",
		"bar contract local":      "rgb(255, 255, 255)",
		"bar threat-low":          "rgb(255, 255, 255)",
		"bar threat-moderate":     `url("#sparse")`,
		"bar threat-significant":  `url("#flat")`,
		"bar threat-high":         `url("#upright")`,
		"bar threat-critical":     `url("#grid")`,
		"bar window":              "none",
		"bar unmet":               `url("#backhatch")`,
	}, fills)
}

// What a slip of the pen puts far away does not squeeze the rest, and what has
// no known beginning or end is said to have none.
func TestDaysFarAwayAndUnknown(t *testing.T) {
	for _, name := range []string{"slip", "unknown", "allunknown"} {
		for _, language := range []string{"en", "fr"} {
			m := openOne(t, page(t, made(t, language, histories(t)[name])))
			require.NotRegexp(t, `\b(0001|9999)\b|1er janvier 1\b`, m.Text, name)
			if language == "fr" {
				require.NotRegexp(t, `\d{4}-\d\d`, m.Text, "a page has one form of days")
			}
			for _, f := range m.Figures {
				first, last := experience.MustParseDate(f.Ticks[0].On), experience.MustParseDate(f.Ticks[len(f.Ticks)-1].On)
				require.LessOrEqual(t, experience.DaysBetween(first, last), 366*82, name)
			}
		}
	}
}

// What a history says is shown and never run, nor does it turn the page around.
func TestHostileHistory(t *testing.T) {
	text := page(t, made(t, "en", histories(t)["hostile"]))
	require.False(t, bytes.Contains(text, []byte("<script")))
	require.False(t, bytes.Contains(text, []byte("\u202e")))
	m := openOne(t, text)
	require.Contains(t, m.Text, `<script>alert("1")</script>`)
	require.Contains(t, m.Text, `O'Brien & "sons"`)
	require.Contains(t, m.Text, "ضابط أمن")
}

func TestEmptyHistoryIsSaidToBe(t *testing.T) {
	m := openOne(t, page(t, made(t, "en", histories(t)["empty"])))
	require.Empty(t, m.Figures)
	require.Contains(t, m.Text, "No record of a history is stated.")
}
