package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// The measures of a drawing, in its own units; it is shown as wide as the page.
const (
	figureWidth = 800
	gutter      = 200 // left of the days, for names
	rightMargin = 14
	rowHeight   = 24
	barHeight   = 14
	lineHeight  = 15 // of the names of days above the rows
	axisHeight  = 20
	maxRows     = 40 // of a figure, so that it fits on a sheet of paper
	maxFigures  = 8  // of a kind; the table has the rest
)

// figure is a drawing of rows over the same days.
type figure struct {
	ID, Title, About           string
	Height, Top, Bottom, YearY string // of the whole, of the rows and of the years
	Ticks                      []tick
	Days                       []markedDay
	Rows                       []row
}

type tick struct {
	X    string
	Year int
}

// markedDay is a line through all rows with a name above them.
type markedDay struct {
	X, LineY, LabelX, LabelY, Anchor, Text, Date, Class string
}

type row struct {
	LabelY      string
	Label, Full string
	Bars        []bar
	Points      []point
}

// bar is a stretch of days.
type bar struct {
	X, Y, Width, Height string
	Class, About        string
	From, To            string // the days that it stands for
}

// add puts days into a row as far as they are on the drawing; those that are
// not are left out.
func (r *row) add(d days, from, to experience.Date, top, height float64, class, about string) {
	from, to = from.Later(d.from), to.Earlier(d.to)
	if from.NotAfter(to) == experience.True {
		r.Bars = append(r.Bars, d.bar(from, to, top, height, class, about))
	}
}

type point struct{ X, Y, About, Date string }

// days is the interval that is drawn.
type days struct{ from, to experience.Date }

func units(x float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", x), ".0") }

// x is where a day begins.
func (d days) x(day experience.Date) float64 {
	const width = figureWidth - gutter - rightMargin
	n := experience.DaysBetween(d.from, day)
	all := experience.DaysBetween(d.from, d.to) + 1
	return gutter + float64(min(max(n, 0), all))*width/float64(all)
}

var nextDay = experience.MustParsePeriod("P1D")

// bar draws the days of an interval as far as they are on the drawing.
func (d days) bar(from, to experience.Date, top, height float64, class, about string) bar {
	left, right := d.x(from), d.x(to.Add(nextDay))
	return bar{
		X: units(left), Width: units(max(right-left, 2)), Y: units(top), Height: units(height),
		Class: class, About: about, From: from.String(), To: to.String(),
	}
}

// drawn returns the days to draw: those of the history, of the reference day and
// of the closing date, with a margin.
func (w *words) drawn() days {
	var d days
	see := func(dates ...experience.Date) {
		for _, date := range dates {
			if date.IsValid() && date.First() != experience.UnknownDate().First() {
				d.from = d.from.Earlier(date.First())
			}
			if date.IsValid() && date.Last() != experience.UnknownDate().Last() {
				d.to = d.to.Later(date.Last())
			}
		}
	}
	c := &w.Case.Candidate
	for _, q := range c.Qualifications {
		see(q.Awarded)
	}
	for _, r := range c.Ranks {
		see(r.Awarded)
	}
	for _, e := range c.Employments {
		see(e.From, e.To)
	}
	for _, k := range c.Contracts {
		see(k.From, k.To)
	}
	see(w.Assessment.AsOf, w.Post.Vacancy().Closes, w.Case.Application.DeploymentStarts, w.Post.Vacancy().Starts.Date)
	if !d.from.IsValid() || !d.to.IsValid() {
		return days{}
	}
	margin := experience.MustParsePeriod("P6M")
	d.from, d.to = d.from.Subtract(margin), d.to.Add(margin)
	// A slip of the pen in a year must not squeeze a life into a line.
	if earliest := d.to.Subtract(experience.MustParsePeriod("P80Y")); d.from.Before(earliest) == experience.True {
		d.from = earliest
	}
	return d
}

// figures draws the history, and what the rules counted of it.
func (w *words) figures() []figure {
	d := w.drawn()
	if !d.from.IsValid() {
		return nil
	}
	var out []figure
	add := func(id, title string, rows []row) {
		all := (len(rows) + maxRows - 1) / maxRows
		for n := range min(all, maxFigures) {
			some := rows[n*maxRows : min(n*maxRows+maxRows, len(rows))]
			f := w.figure(d, some)
			f.ID, f.Title = fmt.Sprintf("%s%d", id, n+1), title
			if all > 1 {
				f.Title = fmt.Sprintf("%s (%d/%d)", title, n+1, all)
			}
			f.About = w.Text("page.about", "n", len(some), "from", d.from, "to", d.to)
			out = append(out, f)
		}
	}
	add("awards", w.Text("page.awards"), w.awards(d))
	add("employments", w.Text("page.employments"), w.employments(d))
	add("contracts", w.Text("page.contracts"), w.contracts(d))
	add("measures", w.Text("page.measures"), w.measures(d))
	return out
}

// figure puts rows below the days that matter and above the years.
func (w *words) figure(d days, rows []row) figure {
	f := figure{Rows: rows}
	for _, m := range w.markedDays(d) {
		x := d.x(m.date)
		anchor, at := "start", x+4
		if d.isLate(m.date) {
			anchor, at = "end", x-4
		}
		f.Days = append(f.Days, markedDay{
			X: units(x), LineY: units(float64(len(f.Days))*lineHeight + 4), LabelX: units(at), LabelY: units(float64(len(f.Days)+1) * lineHeight), Anchor: anchor,
			Text: m.text, Date: m.date.String(), Class: m.class,
		})
	}
	top := float64(len(f.Days))*lineHeight + 8
	for i := range rows {
		rows[i].shift(top + float64(i)*rowHeight)
	}
	bottom := top + float64(len(rows))*rowHeight
	f.Top, f.Bottom, f.YearY, f.Height = units(top-2), units(bottom), units(bottom+14), units(bottom+axisHeight)
	first, _, _ := d.from.Civil()
	last, _, _ := d.to.Civil()
	step := 1
	if last-first > 14 {
		step = 5 * (1 + (last-first)/75)
	}
	for year := first + 1; year <= last; year++ {
		if year%step == 0 {
			f.Ticks = append(f.Ticks, tick{units(d.x(experience.MustParseDate(fmt.Sprintf("%04d-01-01", year)))), year})
		}
	}
	return f
}

// shift moves a row, drawn at the top, to its place.
func (r *row) shift(top float64) {
	r.LabelY = units(top + barHeight)
	move := func(y *string) {
		var at float64
		_, _ = fmt.Sscanf(*y, "%g", &at)
		*y = units(at + top)
	}
	for i := range r.Bars {
		move(&r.Bars[i].Y)
	}
	for i := range r.Points {
		move(&r.Points[i].Y)
	}
}

type namedDay struct {
	date        experience.Date
	text, class string
}

// isLate reports whether a day is so far to the right that its name stands to
// the left of it.
func (d days) isLate(day experience.Date) bool {
	return d.x(day) > gutter+(figureWidth-gutter)*0.55
}

// markedDays are the days that a decision turns on, in an order in which no line
// crosses the name of another one: a line runs down from its name.
func (w *words) markedDays(d days) []namedDay {
	var out []namedDay
	add := func(day experience.Date, key, class string) {
		drawn := day.IsExact() && d.from.NotAfter(day) == experience.True && day.NotAfter(d.to) == experience.True
		if drawn && !slices.ContainsFunc(out, func(o namedDay) bool { return o.date == day }) {
			out = append(out, namedDay{day, w.Text(key, "day", day), class})
		}
	}
	v := w.Post.Vacancy()
	start := w.Case.Application.DeploymentStarts
	if !start.IsValid() {
		start = v.Starts.Date
	}
	add(v.Closes, "page.closes", "closes")
	add(w.Case.Application.Date, "page.applied", "applied")
	add(start, "page.starts", "starts")
	slices.SortFunc(out, func(a, b namedDay) int {
		switch late, other := d.isLate(a.date), d.isLate(b.date); {
		case late != other:
			return map[bool]int{true: -1, false: 1}[late]
		case late:
			return experience.DaysBetween(a.date, b.date)
		}
		return experience.DaysBetween(b.date, a.date)
	})
	return out
}

func (w *words) awards(d days) []row {
	var rows []row
	add := func(id, title string, awarded experience.Date) {
		r := head(id, title, w.awarded(awarded))
		switch {
		case awarded.IsExact():
			r.Points = []point{{X: units(d.x(awarded)), Y: units(barHeight/2 + 2), About: r.Full, Date: awarded.String()}}
		case awarded.IsValid():
			r.Bars = []bar{d.bar(awarded.First(), awarded.Last(), 2, barHeight, "perhaps", r.Full)}
		}
		rows = append(rows, r)
	}
	c := &w.Case.Candidate
	for _, q := range c.Qualifications {
		add(q.ID, q.Title, q.Awarded)
	}
	for _, r := range c.Ranks {
		add(r.ID, r.Title, r.Awarded)
	}
	return rows
}

func (w *words) awarded(d experience.Date) string {
	if !d.IsValid() {
		return w.Text("page.notStated")
	}
	return d.String()
}

// lasting draws a record from its beginning to its end: what goes on to the end
// of the drawing, and days that are not certain as such.
func (w *words) lasting(d days, from, to experience.Date, about string) []bar {
	if !from.IsValid() {
		from = experience.UnknownDate()
	}
	last := to
	if !to.IsValid() {
		last = d.to
	}
	bars := []bar{d.bar(from.First().Later(d.from), last.Last().Earlier(d.to), 2, barHeight, "span", about)}
	if !from.IsExact() {
		bars = append(bars, d.bar(from.First().Later(d.from), from.Last().Earlier(last.Last()), 2, barHeight, "perhaps", about))
	}
	if to.IsValid() && !to.IsExact() {
		bars = append(bars, d.bar(to.First().Later(from.First()), to.Last().Earlier(d.to), 2, barHeight, "perhaps", about))
	}
	return bars
}

func (w *words) employments(d days) []row {
	var rows []row
	measures := w.measured("employments")
	for i, e := range w.Case.Candidate.Employments {
		at := pointer("employments", i)
		about := period(w, e.From, e.To) + ". " + w.counted(at)
		r := head(e.ID, e.Title, about)
		r.Bars = w.lasting(d, e.From, e.To, r.Full)
		share := 1.0
		if e.Fraction.IsValid() {
			share = e.Fraction.Float64()
		}
		if len(measures) > 0 {
			w.counts(&r, d, measures[0].Ledger, at, share)
		}
		rows = append(rows, r)
	}
	return rows
}

// classOf is how days that count, or may, are drawn; "" for others.
func classOf(s eligibility.Stretch) string {
	switch {
	case s.Counted():
		return "counted"
	case s.Reason == eligibility.UnknownFact:
		return "perhaps"
	}
	return ""
}

// counts draws the days of a record that a ledger counted, or may have; of
// part-time work as high as its share.
func (w *words) counts(r *row, d days, l *eligibility.Ledger, at string, share float64) {
	for _, s := range l.Stretches {
		if !slices.Contains(s.By, at) {
			continue
		}
		class := classOf(s)
		if class == "" {
			continue
		}
		height := barHeight * min(share, 1)
		r.add(d, s.From, s.To, 2+barHeight-height, height, class, w.fate(s))
	}
}

func period(w *words, from, to experience.Date) string {
	start, end := w.Text("page.notStated"), w.Text("page.ongoing")
	if from.IsValid() {
		start = from.String()
	}
	if to.IsValid() {
		end = to.String()
	}
	return start + " – " + end
}
