package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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
	Width, Scrolled float64 // of the window, and of what is in it
	Scripts         int
	Text            string
	Figures         []struct {
		Name, About string // that assistive technology is told
		Texts       []struct {
			box
			Class, Text string
		}
		Bars []struct {
			box
			Class, From, To, Fill string
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
			X    float64
			Year int
		}
	}
}

// open shows a page in a window of a width and returns what is drawn. As paper,
// the page is laid out as it is printed.
func open(t *testing.T, page []byte, width int, paper bool) measured {
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		require.Empty(t, os.Getenv("CI"), "chromium is needed: .ci/run installs it")
		t.Skip("chromium is not installed: apt-get install chromium")
	}
	script, err := os.ReadFile("testdata/measure.js")
	require.NoError(t, err)
	text := string(page)
	policy := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)
	require.Regexp(t, policy, text)
	text = policy.ReplaceAllString(text, "")
	if paper {
		require.Contains(t, text, "@media print")
		text = strings.ReplaceAll(text, "@media print", "@media all")
	}
	text = strings.Replace(text, "</body>", "<script>"+string(script)+"</script></body>", 1)
	path := filepath.Join(t.TempDir(), "page.html")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	command := exec.CommandContext(t.Context(), chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
		"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--user-data-dir="+t.TempDir(), fmt.Sprintf("--window-size=%d,1400", width), "--dump-dom", "file://"+path)
	dom, err := command.Output()
	require.NoError(t, err)
	found := regexp.MustCompile(`(?s)<pre id="measured">(.*?)</pre>`).FindSubmatch(dom)
	require.NotNil(t, found, "the page did not load")
	var m measured
	require.NoError(t, json.Unmarshal([]byte(html.UnescapeString(string(found[1]))), &m))
	return m
}

// requireWellDrawn holds what every drawing keeps to.
func requireWellDrawn(t *testing.T, m measured) {
	require.LessOrEqual(t, m.Scrolled, m.Width, "the page is wider than its window")
	require.Equal(t, 1, m.Scripts, "only that of this test")
	for _, f := range m.Figures {
		require.NotEmpty(t, f.Name)
		require.NotEmpty(t, f.About)
		for i, a := range f.Texts {
			require.GreaterOrEqual(t, a.X, -0.5, "%s: %s", f.Name, a.Text)
			require.LessOrEqual(t, a.X+a.Width, 800.5, "%s: %s", f.Name, a.Text)
			if a.Class == "name" {
				require.LessOrEqual(t, a.X+a.Width, 200.0, "%s: %s", f.Name, a.Text)
			}
			for _, b := range f.Texts[:i] {
				require.False(t, a.overlaps(b.box), "%s: %q and %q", f.Name, a.Text, b.Text)
			}
		}
		require.GreaterOrEqual(t, len(f.Ticks), 2, f.Name)
		first, last := f.Ticks[0], f.Ticks[len(f.Ticks)-1]
		newYear := func(year int) experience.Date { return experience.MustParseDate(fmt.Sprintf("%d-01-01", year)) }
		perDay := (last.X - first.X) / float64(experience.DaysBetween(newYear(first.Year), newYear(last.Year)))
		x := func(day string) float64 {
			return first.X + perDay*float64(experience.DaysBetween(newYear(first.Year), experience.MustParseDate(day)))
		}
		for _, b := range f.Bars {
			require.InDelta(t, x(b.From), b.X, 0.3, "%s: %+v", f.Name, b)
			days := experience.DaysBetween(experience.MustParseDate(b.From), experience.MustParseDate(b.To)) + 1
			require.InDelta(t, max(2, perDay*float64(days)), b.Width, 0.3, "%s: %+v", f.Name, b)
			require.GreaterOrEqual(t, b.X, 199.5)
			require.LessOrEqual(t, b.X+b.Width, 800.5)
		}
		for _, p := range f.Points {
			require.InDelta(t, x(p.On), p.X+p.Width/2, 0.3, f.Name)
		}
		for _, l := range f.Lines {
			require.InDelta(t, x(l.On), l.X, 0.3, f.Name)
			for _, text := range f.Texts {
				require.False(t, text.overlaps(box{l.X, l.Y, 0, l.End - l.Y}), "%s: the line of %s crosses %q", f.Name, l.On, text.Text)
			}
		}
	}
}

// made assesses a case with everything that a page can show.
func made(t *testing.T, language, input string) *report.Report {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	translations, err := policies.Translations()
	require.NoError(t, err)
	l, err := messages.In(language)
	require.NoError(t, err)
	c, err := eligibility.DecodeCase([]byte(input))
	require.NoError(t, err)
	a, err := catalogue.Assess(t.Context(), c, eligibility.InLanguage(l, translations...), eligibility.WithLedger(),
		eligibility.WithReadings(), eligibility.WithNearestWays(),
		eligibility.WithTimelineOver(eligibility.Interval{From: experience.MustParseDate("2024-01-01"), To: experience.MustParseDate("2027-12-31")}))
	require.NoError(t, err)
	var post *eligibility.Post
	if c.Vacancy.Inline != nil {
		post, err = catalogue.Policy("csdp").Post(c.Vacancy.Inline)
	} else {
		post, err = catalogue.Post(c.Vacancy.Reference)
	}
	require.NoError(t, err)
	return &report.Report{Case: c, Post: post, Assessment: a, Language: l, Translations: translations, Ways: true}
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
	for i := range 90 {
		year, month := 1985+i*5/12, i*5%12+1
		employments = append(employments, fmt.Sprintf(`{"id": "e%d", "title": "Security officer of the regional headquarters, department %d", "from": "%d-%02d-05", "to": "%d-%02d-28", "domains": ["security"]}`, i, i, year, month, year, month))
	}
	for i := range 12 {
		qualifications = append(qualifications, fmt.Sprintf(`{"id": "q%d", "kind": "training", "title": "Course %d", "awarded": "%d-06-30", "attested": true}`, i, i, 1984+i))
	}
	return `{"id": "long", "vacancy": "EK 60271", "candidate": {"id": "long", "citizenships": ["FI"], "qualifications": [` + strings.Join(qualifications, ",") +
		`], "employments": [` + strings.Join(employments, ",") + `]}, "application": {"date": "2025-11-10", "regime": "seconded", "nominated": true}}`
}

func TestPagesAreWellDrawn(t *testing.T) {
	for name, input := range histories(t) {
		t.Run(name, func(t *testing.T) {
			requireWellDrawn(t, open(t, page(t, made(t, "en", input)), 1024, false))
			requireWellDrawn(t, open(t, page(t, made(t, "fr", input)), 688, true)) // A4 without its margins
		})
	}
}

// What is counted, limited and not met is drawn on its days.
func TestDrawnDays(t *testing.T) {
	m := open(t, page(t, made(t, "en", histories(t)["tenure"])), 1024, false)
	drawn := map[string][]string{}
	for _, f := range m.Figures {
		for _, b := range f.Bars {
			key := f.Name + ": " + b.Class
			drawn[key] = append(drawn[key], b.From+" "+b.To)
			if strings.Contains(b.Class, "threat-h") || strings.Contains(b.Class, "span") || strings.Contains(b.Class, "unmet") {
				require.Contains(t, b.Fill, "url(", "a pattern, for those who see no colour: %s", key)
			}
		}
		for _, l := range f.Lines {
			drawn[f.Name+": lines"] = append(drawn[f.Name+": lines"], l.On)
		}
	}
	require.Equal(t, []string{"2018-07-01 2019-12-31", "2020-01-01 2025-06-30"}, drawn["Contracts and levels of threat: bar contract contracted"])
	require.Equal(t, []string{"2019-01-01 2024-12-31"}, drawn["Contracts and levels of threat: bar threat-high"])
	require.Contains(t, drawn["What the rules counted: bar counted"], "2019-01-01 2019-12-31", "from the day on which the threat was high")
	require.Contains(t, drawn["What the rules counted: bar counted"], "2020-01-01 2025-06-30")
	require.Contains(t, drawn["What the rules counted: bar window"], "2019-01-01 2024-12-31")
	require.NotEmpty(t, drawn["What the rules counted: bar unmet"])
	for _, days := range drawn["What the rules counted: bar unmet"] {
		from, to, _ := strings.Cut(days, " ")
		require.LessOrEqual(t, from, to, "days that lie outside the drawing are left out")
	}
	require.Equal(t, []string{"2026-02-01", "2025-11-14", "2025-11-10"}, drawn["Contracts and levels of threat: lines"])
}

// What a history says is shown and never run, nor does it turn the page around.
func TestHostileHistory(t *testing.T) {
	text := page(t, made(t, "en", histories(t)["hostile"]))
	require.False(t, bytes.Contains(text, []byte("<script")))
	require.False(t, bytes.Contains(text, []byte("\u202e")))
	m := open(t, text, 1024, false)
	require.Contains(t, m.Text, `<script>alert("1")</script>`)
	require.Contains(t, m.Text, `O'Brien & "sons"`)
	require.Contains(t, m.Text, "ضابط أمن")
}

func TestEmptyHistoryIsSaidToBe(t *testing.T) {
	m := open(t, page(t, made(t, "en", histories(t)["empty"])), 1024, false)
	require.Empty(t, m.Figures)
	require.Contains(t, m.Text, "No record of a history is stated.")
}
