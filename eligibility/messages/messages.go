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
type message map[plural.Form]string

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
		l, err := read(strings.TrimSuffix(name, ".yaml"), data)
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

func read(code string, data []byte) (*Language, error) {
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
			l.texts[key] = message{plural.Other: v}
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
		m[form] = text
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
func (l *Language) Text(key string, args ...any) string { return l.form(key, "", args) }

func (l *Language) form(key, form string, args []any) string {
	m := l.texts[key+"."+form]
	if m == nil {
		m = l.texts[key]
	}
	if m == nil {
		return key
	}
	text, ok := m[plural.Other]
	if n, counted := argument(args, "n").(int); counted && len(m) > 1 || !ok {
		text = l.plural(m, plural.Cardinal, n)
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		name, wanted, _ := strings.Cut(name, ":")
		b.WriteString(l.value(argument(args, name), wanted))
		text = after
	}
}

func (l *Language) plural(m message, rules *plural.Rules, n int) string {
	if text, ok := m[rules.MatchPlural(l.tag, n, 0, 0, 0, 0)]; ok {
		return text
	}
	return m[plural.Other]
}

func argument(args []any, name string) any {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == any(name) {
			return args[i+1]
		}
	}
	return nil
}

// value returns the words for an argument.
func (l *Language) value(v any, form string) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case Phrase:
		return l.form(v.Key, form, v.Args)
	case List:
		return l.list(v, form)
	case experience.Date:
		return l.Date(v)
	case experience.Period:
		return l.Period(v)
	}
	return fmt.Sprint(v)
}

// list joins as the language does: one, two and three.
func (l *Language) list(items List, form string) string {
	if len(items) == 0 {
		return l.Text("list.none")
	}
	joined := l.value(items[0], form)
	for i, item := range items[1:] {
		next := l.value(item, form)
		if i+2 == len(items) {
			joined = l.Text("list.last", "before", joined, "item", next)
		} else {
			joined = l.Text("list.next", "before", joined, "item", next)
		}
	}
	return joined
}

// Date returns the words for a day.
func (l *Language) Date(d experience.Date) string {
	if !d.IsExact() {
		return d.Interval()
	}
	y, m, day := d.Civil()
	ordinal := l.plural(l.texts["date.dayOfMonth"], plural.Ordinal, day)
	return l.Text("date.day", "iso", d.String(), "year", y,
		"month", Say("date.month."+strconv.Itoa(m)), "day", strings.ReplaceAll(ordinal, "{n}", strconv.Itoa(day)))
}

// Period spells a period out.
func (l *Language) Period(p experience.Period) string {
	y, m, d := p.Parts()
	var parts List
	for _, c := range []struct {
		n   int
		key string
	}{{y, "period.years"}, {m, "period.months"}, {d, "period.days"}} {
		if c.n > 0 {
			parts = append(parts, Say(c.key, "n", c.n))
		}
	}
	if parts == nil {
		return l.Text("period.none")
	}
	return l.list(parts, "")
}

// Term returns the words for a code, such as drivingLicence; the code itself
// where there are none.
func (l *Language) Term(code string) string {
	if l.Has("term." + code) {
		return l.Text("term." + code)
	}
	return code
}
