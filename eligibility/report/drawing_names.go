package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// linesOfName and linesOfRule are how many lines a name has beside its days; of
// more than many records, one.
const (
	linesOfName = 2
	linesOfRule = 4
	many        = 30
)

// linesOf returns how many lines the names of so many records have.
func linesOf(records int) int {
	if records > many {
		return 1
	}
	return linesOfName
}

// head makes a row of a record with its name.
func head(id, title, about string, lines int) row {
	id, title = printable(id), printable(title)
	r := row{Full: strings.TrimSpace(title+" "+id) + ". " + printable(about)}
	switch {
	case title == "":
		r.named(id, "", lines)
	case id == "":
		r.named(title, "", lines)
	default:
		r.named(title, "("+fitted(id, gutter/2)+")", lines)
	}
	return r
}

// named puts a name beside a row, in lines: where they are too many, the last one
// is cut, though not what must stand at its end.
func (r *row) named(name, end string, most int) {
	const room = gutter - 10
	if end != "" {
		end = " " + end
	}
	lines := broken(name, room)
	last := min(len(lines), most) - 1
	switch {
	case len(lines) > most:
		lines[last] = fitted(lines[last]+" "+lines[most], room-textWidth(end)) + end
	case textWidth(lines[last]+end) <= room:
		lines[last] += end
	case len(lines) < most:
		lines, last = append(lines, strings.TrimSpace(end)), last+1
	default:
		lines[last] = fitted(lines[last], room-textWidth(end)) + end
	}
	for _, l := range lines[:last+1] {
		r.Labels = append(r.Labels, label{Text: l})
	}
}

// broken breaks a name at its spaces into lines of a width; a word that is wider
// is broken too.
func broken(name string, room float64) []string {
	lines := []string{""}
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' }) {
		line := &lines[len(lines)-1]
		if with := strings.TrimPrefix(*line+" "+word, " "); textWidth(with) <= room {
			*line = with
			continue
		}
		if *line != "" {
			lines = append(lines, "")
		}
		for textWidth(word) > room {
			part := strings.TrimSuffix(fitted(word, room), "…")
			lines[len(lines)-1] = part
			lines, word = append(lines, ""), word[len(part):]
		}
		lines[len(lines)-1] = word
	}
	return lines
}

func textWidth(s string) float64 {
	width := 0.0
	for _, r := range s {
		width += letterWidth(r)
	}
	return width
}

// ellipsis is how wide the sign for what is cut may be.
const ellipsis = 12

// fitted cuts a name to a width.
func fitted(name string, most float64) string {
	used, cut := 0.0, 0
	for i, r := range name {
		if used += letterWidth(r); used <= most-ellipsis {
			cut = i + utf8.RuneLen(r)
		}
	}
	if used <= most {
		return name
	}
	return strings.TrimRight(name[:cut], " ") + "…"
}

// letterWidth is how wide a letter of the drawing may be, whatever the font.
func letterWidth(r rune) float64 {
	switch {
	case runeWidth(r) != 1:
		return 13 * float64(runeWidth(r))
	case strings.ContainsRune("WM@%—…", r):
		return 12.5
	case strings.ContainsRune("mw", r):
		return 10.5
	case strings.ContainsRune(" ijltfI.,:;'|!()[]-", r):
		return 4.5
	case unicode.IsUpper(r):
		return 9
	}
	return 7
}
