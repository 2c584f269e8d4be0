package eqf

import "strings"

// readsAs reports whether the level that a person wrote for f means the row
// with the given label.
func (f *framework) readsAs(written, label string) bool {
	text := f.bareLevel(written)
	if strings.EqualFold(text, label) {
		return true
	}
	if entry, ok := entryLevel(text); ok {
		return entry == label
	}
	if !f.eitherNumeral {
		return false
	}
	want, ok := parseNumeral(label)
	if !ok {
		return false
	}
	got, ok := parseNumeral(text)
	return ok && got == want
}

// bareLevel removes the name of the framework and the word "level" from before
// a label, and writes a decimal comma as a point.
func (f *framework) bareLevel(written string) string {
	text := f.withoutName(strings.TrimSpace(written))
	if rest, ok := cutWord(text, "level"); ok {
		text = rest
	} else if rest, ok := cutWord(text, "niveau"); ok {
		text = rest
	}
	return strings.Replace(text, ",", ".", 1)
}

func (f *framework) withoutName(text string) string {
	if rest, ok := cutName(text, f.name); ok {
		if rest, ok := cutSeparator(rest); ok {
			return rest
		}
	}
	for _, alias := range f.aliases {
		if rest, ok := cutName(text, alias); ok {
			if rest, ok := cutSeparator(rest); ok {
				return rest
			}
		}
	}
	return text
}

// entryLevel reads "Entry 3" and "Entry Level 3" as the label E3 of the
// frameworks of England, Wales and Northern Ireland.
func entryLevel(text string) (label string, ok bool) {
	rest, ok := cutWord(text, "entry")
	if !ok {
		return "", false
	}
	if number, ok := cutWord(rest, "level"); ok {
		rest = number
	}
	if len(rest) != 1 || rest[0] < '1' || rest[0] > '3' {
		return "", false
	}
	return "E" + rest, true
}
