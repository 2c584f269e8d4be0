// Package repo holds tests of the repository as a whole.
package repo

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	root   = "../.."
	module = "github.com/qualify-rules/qualify"
)

// source is a Go file of the module.
type source struct {
	path string // from the root, with slashes
	file *ast.File
	text string
}

func (s source) dir() string       { return path.Dir(s.path) }
func (s source) isTest() bool      { return strings.HasSuffix(s.path, "_test.go") }
func (s source) isGenerated() bool { return ast.IsGenerated(s.file) }

func (s source) imports() []string {
	var out []string
	for _, i := range s.file.Imports {
		name, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			panic(err) // the parser let it through
		}
		out = append(out, name)
	}
	return out
}

var fset = token.NewFileSet()

// sources returns every Go file; modules inside this one, and folders that the
// go command passes over, are left out.
func sources(t *testing.T) []source {
	var out []source
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != root:
			base := d.Name()
			_, err := os.Stat(filepath.Join(name, "go.mod"))
			if base == "testdata" || base[0] == '.' || base[0] == '_' || err == nil {
				return fs.SkipDir
			}
			return nil
		case filepath.Ext(name) != ".go":
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(fset, name, text, parser.ParseComments)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		out = append(out, source{filepath.ToSlash(relative), file, string(text)})
		return nil
	})
	require.NoError(t, err)
	require.NotEmpty(t, out)
	return out
}

func under(dir, parent string) bool { return dir == parent || strings.HasPrefix(dir, parent+"/") }

// eqf and experience serve those who want no rules, and may not drag them in;
// and cel-go has moved its module path, so that its imports stay together.
func TestImports(t *testing.T) {
	forbidden := map[string][]string{
		"eqf":        {module + "/experience", module + "/eligibility", "github.com/google/cel-go", "cel.dev"},
		"experience": {module + "/eqf", module + "/eligibility", "github.com/google/cel-go", "cel.dev"},
	}
	for _, s := range sources(t) {
		for _, name := range s.imports() {
			for parent, not := range forbidden {
				if !under(s.dir(), parent) {
					continue
				}
				for _, n := range not {
					require.False(t, under(name, n), "%s imports %s", s.path, name)
				}
			}
			if under(name, "github.com/google/cel-go") {
				require.True(t, under(s.dir(), "eligibility"), "%s imports %s", s.path, name)
			}
		}
	}
}

// A decision must depend on its arguments alone.
func TestNoClockNoChanceNoEnvironment(t *testing.T) {
	calls := map[string][]string{
		"time": {"Now", "Since", "Until", "Local", "LoadLocation"},
		"os":   {"Getenv", "LookupEnv", "Environ", "Hostname"},
	}
	for _, s := range sources(t) {
		if s.isTest() || under(s.dir(), "examples") || strings.Contains(s.path, "/internal/gen") {
			continue
		}
		for _, name := range s.imports() {
			require.NotContains(t, []string{"math/rand", "math/rand/v2", "crypto/rand", "hash/maphash"}, name, s.path)
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := selector.X.(*ast.Ident); ok && slices.Contains(calls[x.Name], selector.Sel.Name) {
				require.Failf(t, "not a function of its arguments", "%s: %s.%s", fset.Position(n.Pos()), x.Name, selector.Sel.Name)
			}
			return true
		})
	}
}

func TestEveryPackageHasADocumentation(t *testing.T) {
	documented := make(map[string]bool)
	for _, s := range sources(t) {
		if s.isTest() {
			continue
		}
		text := s.file.Doc.Text()
		documented[s.dir()] = documented[s.dir()] || text != ""
		if text != "" && s.file.Name.Name != "main" {
			require.Regexp(t, "^Package "+s.file.Name.Name+" ", text, s.path)
		}
	}
	for dir, ok := range documented {
		require.True(t, ok, "%s has no package documentation", dir)
	}
}

func TestEveryExportedIdentifierIsDocumented(t *testing.T) {
	public := []string{"eqf", "experience", "eligibility", "eligibility/audit", "eligibility/clauses", "eligibility/messages", "eligibility/policies",
		"eligibility/policies/notices", "eligibility/policytest", "eligibility/report"}
	for _, s := range sources(t) {
		if s.isTest() || !slices.Contains(public, s.dir()) {
			continue
		}
		for _, d := range s.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && hasExportedReceiver(d) {
					requireDoc(t, d.Doc, d.Name)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					requireSpecDoc(t, d, spec)
				}
			}
		}
	}
}

func hasExportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	receiver := d.Recv.List[0].Type
	if star, ok := receiver.(*ast.StarExpr); ok {
		receiver = star.X
	}
	if index, ok := receiver.(*ast.IndexExpr); ok {
		receiver = index.X
	}
	name, ok := receiver.(*ast.Ident)
	return ok && name.IsExported()
}

func requireSpecDoc(t *testing.T, d *ast.GenDecl, spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		if !spec.Name.IsExported() {
			return
		}
		if spec.Doc == nil {
			requireDoc(t, d.Doc, spec.Name)
		}
	case *ast.ValueSpec:
		for _, name := range spec.Names {
			// A group shares its comment.
			if name.IsExported() && spec.Doc == nil && spec.Comment == nil {
				require.NotEmpty(t, d.Doc.Text(), "%s: %s is not documented", fset.Position(name.Pos()), name.Name)
			}
		}
	}
}

// requireDoc asks for a comment that begins with the name, as go doc shows it.
func requireDoc(t *testing.T, doc *ast.CommentGroup, name *ast.Ident) {
	require.Regexp(t, `^((A|An|The) )?`+name.Name+`\b`, doc.Text(), "%s: %s", fset.Position(name.Pos()), name.Name)
}

func TestFilesAreShort(t *testing.T) {
	for _, s := range sources(t) {
		if !s.isGenerated() {
			require.Less(t, strings.Count(s.text, "\n"), 400, s.path)
		}
	}
}

func read(t *testing.T, name string) string {
	data, err := os.ReadFile(filepath.Join(root, name))
	require.NoError(t, err)
	return string(data)
}

// What the README promises is run before every change.
func TestCommandsOfTheReadme(t *testing.T) {
	readme, checks := read(t, "README.md"), read(t, ".ci/run")
	for _, command := range []string{"go run ./examples/assess", "go test ./..."} {
		require.Regexp(t, `(?m)^\s*`+regexp.QuoteMeta(command)+`$`, readme)
		require.Regexp(t, `(?m)^`+regexp.QuoteMeta(command)+`( |$)`, checks)
	}
}

// Whoever imports the module gets neither the tools of its developers nor
// their local copies.
func TestModuleFile(t *testing.T) {
	for line := range strings.Lines(read(t, "go.mod")) {
		first, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		require.NotContains(t, []string{"tool", "tool(", "replace", "exclude", "toolchain"}, first)
	}
}

// Cases that no test reads would rot unseen.
func TestCasesAreRead(t *testing.T) {
	folders, err := os.ReadDir(filepath.Join(root, "testdata"))
	require.NoError(t, err)
	for _, f := range folders {
		if !f.IsDir() {
			continue
		}
		used := slices.ContainsFunc(sources(t), func(s source) bool {
			return s.isTest() && s.dir() != "internal/repo" && strings.Contains(s.text, "testdata/"+f.Name())
		})
		require.True(t, used, "no test names testdata/%s", f.Name())
	}
}
