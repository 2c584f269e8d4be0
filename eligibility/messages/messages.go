// Package messages holds what the library says to people: sentences under
// keys, in a YAML file for each language.
//
// Adding a language is adding its file. A message is a text with arguments in
// braces, or one text for each plural category that the language has (Unicode
// CLDR: zero, one, two, few, many, other), chosen by the argument n. A language
// may give a phrase further forms under the key with a dot and the form, and
// ask for one: {record:of} is the phrase under record's key with .of, where
// there is one. So French can say "de l’emploi" where another message says
// "l’emploi".
package messages

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/qualify-rules/qualify/experience"
)

//go:embed *.yaml
var files embed.FS

// Language is the messages of one language.
type Language struct {
	code  string
	tag   language.Tag
	texts map[string]message
}

// message is the texts of a key by plural category; a message without plural
// has plural.Other only.
type message map[plural.Form]text

// text is a text with its arguments: pieces, each of some words and then an
// argument in the form that is wanted, or none.
type text []piece

type piece struct{ before, argument, form string }

func textOf(s string) text {
	var t text
	for {
		before, rest, found := strings.Cut(s, "{")
		if !found {
			return append(t, piece{before: before})
		}
		name, after, _ := strings.Cut(rest, "}")
		name, form, _ := strings.Cut(name, ":")
		t = append(t, piece{before, name, form})
		s = after
	}
}

// English is the language of what is said where no other one is asked for.
const English = "en"

var languages = sync.OnceValues(func() (map[string]*Language, error) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, err
	}
	all := make(map[string]*Language, len(names))
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		l, err := Read(strings.TrimSuffix(name, ".yaml"), data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all[l.code] = l
	}
	return all, nil
})

// In returns the messages of a language by its BCP 47 code, such as en or fr.
func In(code string) (*Language, error) {
	all, err := languages()
	if err != nil {
		return nil, err
	}
	if l := all[code]; l != nil {
		return l, nil
	}
	return nil, fmt.Errorf("there are no messages in %q: use one of %s", code, strings.Join(slices.Sorted(maps.Keys(all)), ", "))
}

// Read returns the messages of a file for a language of which the library has
// none, by its BCP 47 code.
func Read(code string, data []byte) (*Language, error) {
	tag, err := language.Parse(code)
	if err != nil {
		return nil, err
	}
	var doc map[string]any
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	l := &Language{code: code, tag: tag, texts: make(map[string]message)}
	return l, l.add("", doc)
}

var pluralForms = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// add takes the messages of a mapping, those of nested ones under joined keys.
func (l *Language) add(prefix string, doc map[string]any) error {
	for name, v := range doc {
		key := prefix + name
		switch v := v.(type) {
		case string:
			l.texts[key] = message{plural.Other: textOf(v)}
		case map[string]any:
			if m, ok := pluralOf(v); ok {
				l.texts[key] = m
			} else if err := l.add(key+".", v); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%s is not a text: put it in quotes", key)
		}
	}
	return nil
}

// pluralOf returns the message of a mapping whose keys are plural categories.
func pluralOf(doc map[string]any) (message, bool) {
	m := message{}
	for name, v := range doc {
		form, known := pluralForms[name]
		text, isText := v.(string)
		if !known || !isText {
			return nil, false
		}
		m[form] = textOf(text)
	}
	return m, true
}

// Code returns the BCP 47 code of the language.
func (l *Language) Code() string { return l.code }

// Has reports whether there is a message under a key.
func (l *Language) Has(key string) bool { return l.texts[key] != nil }

// Phrase is a message that is put into another one.
type Phrase struct {
	Key  string
	Args []any
}

// Say returns the message under a key as a phrase, with its arguments as
// [Language.Text] takes them.
func Say(key string, args ...any) Phrase { return Phrase{key, args} }

// List is a list of texts and phrases in a sentence.
type List []any

// Text returns the message under a key. The arguments are names, each followed
// by its value: a text, a whole number, a Phrase, a List, an exact
// [experience.Date] or an [experience.Period]. The key of a message that does
// not exist stands for itself.
func (l *Language) Text(key string, args ...any) string {
	if m := l.texts[key]; len(m) == 1 && len(m[plural.Other]) == 1 && m[plural.Other][0].argument == "" {
		return m[plural.Other][0].before
	}
	var room [256]byte
	return string(l.append(room[:0], key, "", args))
}

func (l *Language) append(b []byte, key, form string, args []any) []byte {
	m := l.texts[key]
	if form != "" {
		if other := l.texts[key+"."+form]; other != nil {
			m = other
		}
	}
	if m == nil {
		return append(b, key...)
	}
	t, ok := m[plural.Other]
	if len(m) > 1 || !ok {
		if n, counted := argument(args, "n").(int); counted || !ok {
			t = l.plural(m, plural.Cardinal, n)
		}
	}
	for _, piece := range t {
		b = append(b, piece.before...)
		if piece.argument != "" {
			b = l.appendValue(b, argument(args, piece.argument), piece.form)
		}
	}
	return b
}

func (l *Language) plural(m message, rules *plural.Rules, n int) text {
	if t, ok := m[rules.MatchPlural(l.tag, n, 0, 0, 0, 0)]; ok {
		return t
	}
	return m[plural.Other]
}

func argument(args []any, name string) any {
	for i := 0; i+1 < len(args); i += 2 {
		if s, ok := args[i].(string); ok && s == name {
			return args[i+1]
		}
	}
	return nil
}

// appendValue appends the words for an argument.
func (l *Language) appendValue(b []byte, v any, form string) []byte {
	switch v := v.(type) {
	case string:
		return append(b, v...)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case Phrase:
		return l.append(b, v.Key, form, v.Args)
	case List:
		return l.appendList(b, v, form)
	case experience.Date:
		return l.appendDate(b, v)
	case experience.Period:
		return l.appendPeriod(b, v)
	}
	return fmt.Append(b, v)
}

// appendList joins as the language does: one, two and three.
func (l *Language) appendList(b []byte, items List, form string) []byte {
	switch len(items) {
	case 0:
		return l.append(b, "list.none", "", nil)
	case 1:
		return l.appendValue(b, items[0], form)
	}
	joined := string(l.appendValue(nil, items[0], form))
	key := "list.next"
	for i, item := range items[1:] {
		if i+2 == len(items) {
			key = "list.last"
		}
		joined = l.Text(key, "before", joined, "item", string(l.appendValue(nil, item, form)))
	}
	return append(b, joined...)
}

// Date returns the words for a day, or for the days that an imprecise one stands
// for.
func (l *Language) Date(d experience.Date) string { return string(l.appendDate(nil, d)) }

func (l *Language) appendDate(b []byte, d experience.Date) []byte {
	unknown := experience.UnknownDate()
	begins, ends := d.First() != unknown.First(), d.Last() != unknown.Last()
	switch stated := d.String(); {
	case d.IsExact():
		return l.appendDay(b, d)
	case !d.IsValid() || !begins && !ends:
		return l.append(b, "date.unknown", "", nil)
	case !begins:
		return l.append(b, "date.by", "", []any{"last", d.Last()})
	case !ends:
		return l.append(b, "date.since", "", []any{"first", d.First()})
	case len(stated) == len("2014"):
		return append(b, stated...)
	case len(stated) == len("2014-05"):
		y, m, _ := d.First().Civil()
		return l.append(b, "date.ofMonth", "", []any{"iso", stated, "month", Say("date.month." + strconv.Itoa(m)), "year", y})
	}
	return l.append(b, "date.between", "", []any{"first", d.First(), "last", d.Last()})
}

func (l *Language) appendDay(b []byte, d experience.Date) []byte {
	y, m, day := d.Civil()
	for _, piece := range l.texts["date.day"][plural.Other] {
		b = append(b, piece.before...)
		switch piece.argument {
		case "iso":
			b, _ = d.AppendText(b)
		case "year":
			b = strconv.AppendInt(b, int64(y), 10)
		case "month":
			b = l.append(b, "date.month."+strconv.Itoa(m), piece.form, nil)
		case "day":
			for _, ordinal := range l.plural(l.texts["date.dayOfMonth"], plural.Ordinal, day) {
				b = append(b, ordinal.before...)
				if ordinal.argument != "" {
					b = strconv.AppendInt(b, int64(day), 10)
				}
			}
		}
	}
	return b
}

// Period spells a period out.
func (l *Language) Period(p experience.Period) string { return string(l.appendPeriod(nil, p)) }

func (l *Language) appendPeriod(b []byte, p experience.Period) []byte {
	y, m, d := p.Parts()
	switch {
	case y+m+d == 0:
		return l.append(b, "period.none", "", nil)
	case m+d == 0:
		return l.append(b, "period.years", "", []any{"n", y})
	case y+d == 0:
		return l.append(b, "period.months", "", []any{"n", m})
	}
	var parts List
	if y > 0 {
		parts = append(parts, Say("period.years", "n", y))
	}
	if m > 0 {
		parts = append(parts, Say("period.months", "n", m))
	}
	if d > 0 {
		parts = append(parts, Say("period.days", "n", d))
	}
	return l.appendList(b, parts, "")
}

// Term returns the words for a code, such as drivingLicence; the code itself
// where there are none.
func (l *Language) Term(code string) string {
	if l.Has("term." + code) {
		return l.Text("term." + code)
	}
	return code
}

// Country returns the name of a country by its ISO 3166-1 code, as Unicode CLDR
// has it; the code itself where there is none.
func (l *Language) Country(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	return named(display.Regions(l.tag), region, code)
}

// LanguageName returns the name of a language by its BCP 47 code, as Unicode
// CLDR has it, without its script and region; the code itself where there is
// none.
func (l *Language) LanguageName(code string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return code
	}
	base, _ := tag.Base()
	return named(display.Languages(l.tag), base, code)
}

func named(names display.Namer, of any, code string) string {
	if names == nil {
		return code
	}
	return cmp.Or(names.Name(of), code)
}
