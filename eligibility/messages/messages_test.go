package messages

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/feature/plural"

	"github.com/qualify-rules/qualify/experience"
)

func all(t *testing.T) map[string]*Language {
	all, err := languages()
	require.NoError(t, err)
	require.Contains(t, all, English)
	require.Greater(t, len(all), 1)
	return all
}

// String returns a text as it stands in its file.
func (t text) String() string {
	var b strings.Builder
	for _, p := range t {
		b.WriteString(p.before)
		switch {
		case p.form != "":
			b.WriteString("{" + p.argument + ":" + p.form + "}")
		case p.argument != "":
			b.WriteString("{" + p.argument + "}")
		}
	}
	return b.String()
}

// isForm reports whether a key is a further form of another one.
func (l *Language) isForm(key string) bool {
	dot := strings.LastIndexByte(key, '.')
	return dot > 0 && l.Has(key[:dot])
}

// open are the keys that no part of the program names: words for codes, without
// which the code is shown.
func open(key string) bool { return strings.HasPrefix(key, "term.") }

func TestEveryLanguageHasEveryKey(t *testing.T) {
	languages := all(t)
	for _, l := range languages {
		for key, m := range l.texts {
			if !l.isForm(key) {
				require.True(t, languages[English].Has(key), "%s of %s is not in English", key, l.code)
			}
			for form := range m {
				if form != plural.Other {
					require.Contains(t, m, plural.Other, "%s of %s has no text for the other numbers", key, l.code)
				}
			}
		}
		for key := range languages[English].texts {
			require.True(t, l.Has(key) || languages[English].isForm(key), "%s is missing in %s", key, l.code)
		}
	}
}

var placeholder = regexp.MustCompile(`\{([^}]*)\}`)

// arguments are the names that the texts of a key ask for, in any language.
func arguments(languages map[string]*Language, key string) []string {
	names := map[string]bool{}
	for _, l := range languages {
		for k, m := range l.texts {
			if k != key && !(strings.HasPrefix(k, key+".") && l.isForm(k)) {
				continue
			}
			for _, text := range m {
				for _, found := range placeholder.FindAllStringSubmatch(text.String(), -1) {
					name, _, _ := strings.Cut(found[1], ":")
					names[name] = true
				}
			}
			if len(m) > 1 {
				names["n"] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// call is where the program says a message.
type call struct {
	key  string // ends in a dot where the rest is made while the program runs
	args []string
	at   token.Position
}

// calls finds the messages that the program says: calls whose first argument
// is a key, followed by pairs of a name and a value.
func calls(t *testing.T, languages map[string]*Language) (found []call, mentioned map[string]bool) {
	fset := token.NewFileSet()
	mentioned = map[string]bool{}
	keys := languages[English]
	literal := func(e ast.Expr) string {
		if b, ok := e.(*ast.BinaryExpr); ok {
			e = b.X
		}
		if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
			s, err := strconv.Unquote(l.Value)
			require.NoError(t, err)
			return s
		}
		return ""
	}
	inspect := func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok {
			if s := literal(l); keys.Has(s) || strings.HasSuffix(s, ".") {
				mentioned[s] = true
			}
		}
		c, ok := n.(*ast.CallExpr)
		if !ok || len(c.Args) == 0 || len(c.Args)%2 == 0 {
			return true
		}
		key := literal(c.Args[0])
		if name := calledName(c.Fun); !slices.Contains([]string{"Text", "Say", "say"}, name) || key == "" {
			return true
		}
		k := call{key: key, at: fset.Position(c.Pos())}
		require.True(t, keys.Has(key) || strings.HasSuffix(key, "."), "%v: there is no message %s", k.at, key)
		for i := 1; i < len(c.Args); i += 2 {
			k.args = append(k.args, literal(c.Args[i]))
		}
		found = append(found, k)
		return true
	}
	for _, root := range []string{"..", "../../examples"} {
		require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(fset, path, nil, 0)
			if err == nil {
				ast.Inspect(file, inspect)
			}
			return err
		}))
	}
	return found, mentioned
}

func calledName(f ast.Expr) string {
	switch f := f.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func TestEveryKeyIsSaidWithItsArguments(t *testing.T) {
	languages := all(t)
	found, mentioned := calls(t, languages)
	require.NotEmpty(t, found)
	for _, c := range found {
		var asked []string
		for _, key := range slices.Sorted(maps.Keys(languages[English].texts)) {
			if key == c.key || strings.HasSuffix(c.key, ".") && strings.HasPrefix(key, c.key) {
				asked = append(asked, arguments(languages, key)...)
			}
		}
		slices.Sort(asked)
		slices.Sort(c.args)
		require.Equal(t, slices.Compact(asked), c.args, "%v: the arguments of %s", c.at, c.key)
	}
	for key := range languages[English].texts {
		said := mentioned[key]
		for prefix := range mentioned {
			said = said || strings.HasSuffix(prefix, ".") && strings.HasPrefix(key, prefix)
		}
		require.True(t, said || open(key), "nothing says %s", key)
	}
}

func in(t *testing.T, code string) *Language {
	l, err := In(code)
	require.NoError(t, err)
	return l
}

func TestPluralsAndDays(t *testing.T) {
	en, fr := in(t, "en"), in(t, "fr")
	for _, c := range []struct{ period, en, fr string }{
		{"P0D", "no time", "aucune"},
		{"P1Y", "1 year", "1 an"},
		{"P2Y1M", "2 years and 1 month", "2 ans et 1 mois"},
		{"P1Y2M3D", "1 year, 2 months and 3 days", "1 an, 2 mois et 3 jours"},
		{"P1D", "1 day", "1 jour"},
	} {
		p := experience.MustParsePeriod(c.period)
		require.Equal(t, c.en, en.Period(p))
		require.Equal(t, c.fr, fr.Period(p))
	}
	for _, c := range []struct{ day, en, fr string }{
		{"2026-03-01", "2026-03-01", "1er mars 2026"},
		{"2025-08-31", "2025-08-31", "31 août 2025"},
		{"2025-11", "2025-11", "novembre 2025"},
		{"2025", "2025", "2025"},
		{"2025-03-05/2025-06", "between 2025-03-05 and 2025-06-30", "entre le 5 mars 2025 et le 30 juin 2025"},
		{"unknown", "not known", "date non connue"},
	} {
		d := experience.MustParseDate(c.day)
		require.Equal(t, c.en, en.Date(d))
		require.Equal(t, c.fr, fr.Date(d))
	}
}

func TestForms(t *testing.T) {
	fr := in(t, "fr")
	e1 := Say("record.employment", "name", Say("record.titled", "title", "Officier", "id", "e1"))
	k1 := Say("record.contract", "name", "k1")
	require.Equal(t, "l’emploi «\u00a0Officier\u00a0» (e1)", fr.Text("amount.exactly", "period", e1))
	require.Equal(t, " au titre de l’emploi «\u00a0Officier\u00a0» (e1), du contrat k1 et de 3 autres",
		fr.Text("reason.from", "records", List{e1, k1, Say("list.more", "n", 3)}))
}

func TestUnknownLanguage(t *testing.T) {
	_, err := In("xx")
	require.EqualError(t, err, `there are no messages in "xx": use one of en, fr`)
}

// French puts a space that does not break before what opens and closes.
func TestFrenchTypography(t *testing.T) {
	for key, m := range in(t, "fr").texts {
		for _, text := range m {
			require.NotRegexp(t, `[^\x{a0}]»|«[^\x{a0}]|[^\x{a0}][;:?!](\s|$)|'`, placeholder.ReplaceAllString(text.String(), "x"), key)
		}
	}
}
