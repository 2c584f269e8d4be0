package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// head makes a row with its name.
func head(id, title, about string) row {
	label := fitted(printable(title), gutter-10)
	if id = printable(id); id != "" && title == "" {
		label = fitted(id, gutter-10)
	} else if id != "" {
		id = fitted(id, gutter/2)
		label = fitted(printable(title), gutter-10-textWidth(" ("+id+")")) + " (" + id + ")"
	}
	return row{Label: label, Full: printable(strings.TrimSpace(title + " " + id + ". " + about))}
}

func textWidth(s string) float64 {
	width := 0.0
	for _, r := range s {
		width += letterWidth(r)
	}
	return width
}

// fitted cuts a name to a width.
func fitted(name string, most float64) string {
	const ellipsis = 12
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
