package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/experience"
)

// The measures of a drawing, in its own units; it is shown as wide as the page.
const (
	figureWidth   = 800
	gutter        = 230 // left of the days, for names
	rightMargin   = 14
	barHeight     = 14
	lineHeight    = 15 // of names and of the marked days above the rows
	headingHeight = 26
	axisHeight    = 20
	firstHeight   = 720 // of the rows of the first figure, so that it fits on a sheet of paper with a heading
	nextHeight    = 1020
	maxFigures    = 10 // the tables have the rest
)

// length is a number in the units of a drawing.
type length float64

func (l length) String() string { return strings.TrimSuffix(fmt.Sprintf("%.1f", l), ".0") }

// figure is a drawing of rows over the same days.
type figure struct {
	ID, Title, About           string
	Height, Top, Bottom, YearY length // of the whole, of the rows and of the years
	Ticks                      []tick
	Days                       []markedDay
	Rows                       []row
}

// tick is where a year begins, or a quarter of one, which is not named.
type tick struct {
	X    length
	Year string
	Date experience.Date
}

// row is a heading, or a record or a rule with its days.
type row struct {
	Heading string
	Labels  []label // the lines of its name
	Full    string
	Bars    []bar
	Points  []point
	Notes   []label // instead of days
	below   bool    // something is drawn below the bars
}

type label struct {
	X, Y length
	Text string
}

// bar is a stretch of days.
type bar struct {
	X, Y, Width, Height length
	Class, About        string
	From, To            experience.Date // the days that it stands for
}

type point struct {
	X, Y  length
	About string
	Date  experience.Date
}

// Where something is drawn in its row, of which the bars are in the middle.
const (
	onRow    = 0
	aroundIt = -4               // the window of a limit
	belowIt  = barHeight/2 + 11 // the days on which a rule is not met
)

// add puts days into a row as far as they are on the drawing; those that are
// not are left out. Days that follow those before, drawn alike, prolong them.
func (r *row) add(d days, from, to experience.Date, top, height length, class, about string) {
	from, to = from.Later(d.from), to.Earlier(d.to)
	if from.NotAfter(to) != experience.True {
		return
	}
	if n := len(r.Bars); n > 0 {
		last := &r.Bars[n-1]
		if last.Class == class && last.About == about && last.Y == top && last.Height == height && last.To.Add(nextDay) == from {
			*last = d.bar(last.From, to, top, height, class, about)
			return
		}
	}
	r.Bars = append(r.Bars, d.bar(from, to, top, height, class, about))
}

// figures draws the history, and what the rules counted of it.
func (w *words) figures() []figure {
	d := w.drawn()
	if !d.from.IsValid() {
		return nil
	}
	return w.framed(d, w.paged([]section{
		{w.Text("page.awards"), w.awards(d)},
		{w.Text("page.employments"), w.employments(d)},
		{w.Text("page.contracts"), w.contracts(d)},
		{w.Text("page.measures"), w.measures(d)},
		{w.Text("page.timeline"), w.open(d)},
	}))
}

// section is rows under a heading.
type section struct {
	title string
	rows  []row
}

// paged divides sections into figures that fit on paper. A section that fits on
// one stays together; the heading of another one is repeated.
func (w *words) paged(sections []section) [][]row {
	var figures [][]row
	used := length(0)
	put := func(r row) {
		last := &figures[len(figures)-1]
		*last = append(*last, r)
		used += r.height()
	}
	for _, s := range sections {
		heading := row{Heading: s.title}
		whole := heading.height()
		for _, r := range s.rows {
			whole += r.height()
		}
		for i, r := range s.rows {
			most := length(nextHeight)
			if len(figures) <= 1 {
				most = firstHeight
			}
			needed := r.height()
			switch {
			case i == 0 && whole <= most:
				needed = whole
			case i == 0:
				needed += heading.height()
			}
			isNew := figures == nil || used+needed > most
			if isNew {
				figures, used = append(figures, nil), 0
			}
			if isNew && i > 0 {
				put(row{Heading: w.Text("page.continued", "title", s.title)})
			} else if i == 0 {
				put(heading)
			}
			put(r)
		}
	}
	return figures
}

// framed makes figures of rows, of which there are not too many.
func (w *words) framed(d days, all [][]row) []figure {
	var out []figure
	left := 0
	for n, rows := range all {
		if n >= maxFigures {
			left += len(rows)
			continue
		}
		f := w.figure(d, rows)
		f.ID = fmt.Sprintf("history%d", n+1)
		f.Title = w.Text("page.strip", "from", year(d.from), "to", year(d.to))
		if len(all) > 1 {
			f.Title = fmt.Sprintf("%s (%d/%d)", f.Title, n+1, len(all))
		}
		f.About = w.Text("page.about", "n", len(rows)-headings(rows))
		out = append(out, f)
	}
	if left > 0 {
		out[len(out)-1].About += " " + w.Text("page.rest", "n", left)
	}
	return out
}

func headings(rows []row) int {
	n := 0
	for _, r := range rows {
		if r.Heading != "" {
			n++
		}
	}
	return n
}

func (r *row) height() length {
	if r.Heading != "" {
		return headingHeight
	}
	height := max(length(len(r.Labels)), 1)*lineHeight + 9
	if r.below {
		height = max(height, barHeight+28)
	}
	return height
}

// figure puts rows below the days that matter and above the years.
func (w *words) figure(d days, rows []row) figure {
	f := figure{Rows: rows}
	for _, m := range w.markedDays(d) {
		x := d.x(m.date)
		anchor, at := "start", x+4
		if d.isLate(m) {
			anchor, at = "end", x-4
		}
		n := length(len(f.Days))
		f.Days = append(f.Days, markedDay{
			X: x, LineY: n*lineHeight + 4, LabelX: at, LabelY: (n + 1) * lineHeight, Anchor: anchor,
			Text: m.text, Date: m.date, Class: m.class,
		})
	}
	y := length(len(f.Days))*lineHeight + 8
	f.Top = y
	for i := range rows {
		height := rows[i].height()
		rows[i].place(y, height)
		y += height
	}
	f.Bottom, f.YearY, f.Height = y+2, y+16, y+2+axisHeight
	f.Ticks = d.ticks()
	return f
}

// place moves a row, drawn around zero, to where it belongs.
func (r *row) place(top, height length) {
	if r.Heading != "" {
		r.Labels = []label{{0, top + headingHeight - 8, r.Heading}}
		return
	}
	middle := top + height/2
	first := middle - length(len(r.Labels))*lineHeight/2 + 11
	for i := range r.Labels {
		r.Labels[i].Y = first + length(i)*lineHeight
	}
	for i := range r.Bars {
		r.Bars[i].Y += middle - barHeight/2
	}
	for i := range r.Points {
		r.Points[i].Y += middle
	}
	for i := range r.Notes {
		r.Notes[i].Y = middle + 4
	}
}

func (w *words) awards(d days) []row {
	var rows []row
	c := &w.Case.Candidate
	add := func(id, title string, awarded experience.Date) {
		r := head(id, title, w.stated(awarded), linesOf(len(c.Qualifications)+len(c.Ranks)))
		switch {
		case !awarded.IsValid():
			r.note(d, w.Text("page.notStated"))
		case !d.shows(awarded, awarded):
			r.note(d, w.Date(awarded))
		case awarded.IsExact():
			r.Points = []point{{X: d.x(awarded), About: r.Full, Date: awarded}}
		default:
			r.add(d, awarded.First(), awarded.Last(), onRow, barHeight, "perhaps", r.Full)
		}
		rows = append(rows, r)
	}
	for _, q := range c.Qualifications {
		add(q.ID, q.Title, q.Awarded)
	}
	for _, r := range c.Ranks {
		add(r.ID, r.Title, r.Awarded)
	}
	return rows
}

// note says in words what cannot be drawn.
func (r *row) note(d days, text string) {
	r.Notes = append(r.Notes, label{X: d.x(d.from) + 4, Text: text})
}

// lasting draws a record from its beginning to its end: what goes on to the end
// of the drawing, and days that are not certain as such.
func (w *words) lasting(r *row, d days, from, to experience.Date, class string) {
	if !from.IsValid() {
		from = experience.UnknownDate()
	}
	last := to
	if !to.IsValid() {
		last = d.to
	}
	if !d.shows(from, last) {
		r.note(d, w.period(from, to))
		return
	}
	r.add(d, from.First(), last.Last(), onRow, barHeight, class, r.Full)
	if !from.IsExact() {
		r.add(d, from.First(), from.Last().Earlier(last.Last()), onRow, barHeight, "perhaps", r.Full)
	}
	if to.IsValid() && !to.IsExact() {
		r.add(d, to.First().Later(from.First()), to.Last(), onRow, barHeight, "perhaps", r.Full)
	}
}

func (w *words) employments(d days) []row {
	var rows []row
	measures := w.measured("employments")
	for i, e := range w.Case.Candidate.Employments {
		at := pointer("employments", i)
		r := head(e.ID, e.Title, w.period(e.From, e.To)+". "+w.counted(at), linesOf(len(w.Case.Candidate.Employments)))
		w.lasting(&r, d, e.From, e.To, "span")
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
		if class := classOf(s); class != "" && slices.Contains(s.By, at) {
			height := barHeight * length(min(share, 1))
			r.add(d, s.From, s.To, barHeight-height, height, class, w.fate(s))
		}
	}
}

// year writes a year of a date.
func year(d experience.Date) string {
	y, _, _ := d.Civil()
	return strconv.Itoa(y)
}
