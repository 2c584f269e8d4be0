package yamldoc

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func parse(t *testing.T, text string) *Document {
	t.Helper()
	d, err := Parse("doc.yaml", []byte(text))
	require.NoError(t, err, "%s", text)
	return d
}

// Characters that are not white space are marked in the file by their own
// place: the test reads back what stands there.
func TestPositionsOfEveryCharacter(t *testing.T) {
	for _, tt := range []struct{ name, text, value string }{
		{"plain", "x: one two", "one two"},
		{"plain folded", "x: one\n  two\n\n  three", "one two\nthree"},
		{"plain with a comment", "x: one two # and more", "one two"},
		{"single", "x: 'one two'", "one two"},
		{"single with quotes", "x: 'it''s ''it'' '''", "it's 'it' '"},
		{"single folded", "x: 'one\n\n  two\n  three'", "one\ntwo three"},
		{"double", `x: "one two"`, "one two"},
		{"double with escapes", `x: "a\"b\\c\td\u00e9e\x41f\U0001F600g"`, "a\"b\\c\tdéeAf😀g"},
		{"double folded", "x: \"one\n  two\"", "one two"},
		{"double continued", "x: \"one\\\n  two\"", "onetwo"},
		{"double with a line break escaped", `x: "one\ntwo"`, "one\ntwo"},
		{"literal", "x: |\n  one\n    two\n\n  three\n", "one\n  two\n\nthree\n"},
		{"literal stripped", "x: |-\n  one\n  two", "one\ntwo"},
		{"literal kept", "x: |+\n  one\n\n", "one\n\n"},
		{"literal after a blank line", "x: |\n\n  one\n", "\none\n"},
		{"literal indented", "x: |2-\n    one\n   two", "  one\n two"},
		{"folded", "x: >\n  one\n  two\n\n  three\n", "one two\nthree\n"},
		{"folded stripped", "x: >-\n  one\n\n\n  two\n    three\n  four", "one\n\ntwo\n  three\nfour"},
		{"folded with a comment", "x: >- # about it\n  one\n  two", "one two"},
		{"flow", "{y: 1, x: one two}", "one two"},
		{"flow quoted", "{y: [a, b], x: 'one two'}", "one two"},
		{"tagged", "x: !!str one two", "one two"},
		{"tagged on a line of its own", "x: !!str\n  one two", "one two"},
		{"on a line of its own", "x:\n  one two", "one two"},
		{"CRLF", "y: 1\r\nx: |\r\n  one\r\n  two\r\n", "one\ntwo\n"},
		{"wide characters", "é𝄞: 1\nx: 'ä€𝄞 = b'", "ä€𝄞 = b"},
		{"an operator at the line's end", "x: a &&\n  b ||\n  !c", "a && b || !c"},
		{"a text that begins like an anchor", `x: "&a !b"`, "&a !b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := parse(t, tt.text)
			n, _, ok := d.find("/x")
			require.True(t, ok)
			require.Equal(t, tt.value, n.Value)
			file := strings.Split(strings.ReplaceAll(tt.text, "\r\n", "\n"), "\n")
			before := Position{}
			for i, c := range []rune(tt.value) {
				p := d.In("/x", i)
				require.True(t, p.Line > before.Line || p.Line == before.Line && p.Column >= before.Column, "character %d goes back: %v after %v", i, p, before)
				before = p
				if strings.ContainsRune(" \n\t", c) {
					continue
				}
				require.LessOrEqual(t, p.Line, len(file))
				line := []rune(file[p.Line-1])
				require.LessOrEqual(t, p.Column, len(line), "character %d, %q", i, c)
				if got := line[p.Column-1]; got != '\\' { // an escape stands for it
					require.Equal(t, string(c), string(got), "character %d", i)
				} else {
					require.Contains(t, `"\éA😀/`, string(c))
				}
			}
			require.Equal(t, d.At("/x", false), d.In("/x", len(tt.value)+1), "beyond the text")
			require.Equal(t, d.At("/x", false), d.In("/x", -1))
		})
	}
}

// An escaped space after an escaped line break.
func TestPositionAfterTwoEscapes(t *testing.T) {
	d := parse(t, "x: \"one\\\n  \\ two\"")
	n, _, _ := d.find("/x")
	require.Equal(t, "one two", n.Value)
	require.Equal(t, Position{2, 5}, d.In("/x", 4))
}

func TestAt(t *testing.T) {
	d := parse(t, "policy: p\nrules:\n  - id: a\n    expression: x\n  - {id: b, 'a/b~c': [1, {d: 2}]}\n\"\": empty\n")
	for _, tt := range []struct {
		pointer      string
		key          bool
		line, column int
	}{
		{"", false, 1, 1},
		{"/policy", false, 1, 9},
		{"/policy", true, 1, 1},
		{"/rules", false, 3, 3},
		{"/rules", true, 2, 1},
		{"/rules/0", false, 3, 5},
		{"/rules/0", true, 3, 5}, // an element has no key
		{"/rules/0/expression", false, 4, 17},
		{"/rules/0/expression", true, 4, 5},
		{"/rules/1/a~1b~0c", true, 5, 13},
		{"/rules/1/a~1b~0c/1/d", false, 5, 30},
		{"/", true, 6, 1},
		{"/", false, 6, 5},
		// What is not there is at the nearest value around it.
		{"/rules/0/when", false, 3, 5},
		{"/rules/7/when", false, 3, 3},
		{"/rules/-1", false, 3, 3},
		{"/rules/x", false, 3, 3},
		{"/policy/x/y", false, 1, 9},
	} {
		require.Equal(t, Position{tt.line, tt.column}, d.At(tt.pointer, tt.key), "%q", tt.pointer)
	}
	require.Equal(t, "doc.yaml", d.Name())
	require.True(t, strings.HasPrefix(d.Text(), "policy: p\n"))
}

// A ~ that is written ~0 stands for itself before a 1 too (RFC 6901 §4).
func TestPointersThatEscapeTwice(t *testing.T) {
	d := parse(t, "\"~1\": tilde\n\"/\": slash\n")
	require.Equal(t, Position{1, 7}, d.At("/~01", false))
	require.Equal(t, Position{2, 6}, d.At("/~1", false))
}

func TestJSON(t *testing.T) {
	for _, tt := range []struct{ yaml, json string }{
		{"a: 1\nb: -0.5\nc: 1e3", `{"a":1,"b":-0.5,"c":1e3}`},
		{"[true, False, TRUE, yes, no, on]", `[true,false,true,"yes","no","on"]`}, // YAML 1.2: yes is a word
		{"[null, ~, Null, '']", `[null,null,null,""]`},
		{"a:\nb: ''", `{"a":null,"b":""}`},
		{"[2025-10-01, '2025-10-01', 2025-10, \"2025\", 12:30]", `["2025-10-01","2025-10-01","2025-10","2025","12:30"]`},
		{"['\"', 'a\\b', \"\\u0007é\"]", `["\"","a\\b","\u0007é"]`},
		{"a: {}\nb: []", `{"a":{},"b":[]}`},
		{"- [a, {b: c}]", `[["a",{"b":"c"}]]`},
		{"1: a\ntrue: b\nnull: c", `{"1":"a","true":"b","null":"c"}`},
		{"a: 1\na: 2", `{"a":1,"a":2}`}, // the decoder refuses it
		{"!!str 5", `"5"`},
		{"- >-\n  a\n  b\n- |\n  c", `["a b","c"]`},
	} {
		got, err := parse(t, tt.yaml).JSON()
		require.NoError(t, err, tt.yaml)
		require.Equal(t, tt.json, string(got), tt.yaml)
	}
}

func TestFaults(t *testing.T) {
	for _, tt := range []struct {
		name, text   string
		line, column int
		message      string
	}{
		{"empty", "", 1, 1, "the file is empty"},
		{"two documents", "a: 1\n---\nb: 2", 1, 1, "more than one document"},
		{"broken second document", "a: 1\n---\n[", 1, 1, "more than one document"},
		{"alias", "a: &x 1\nb: *x", 1, 4, "write the value out"},
		{"anchor of a mapping", "b: 2\na: &x {c: 1}", 2, 4, "write the value out"},
		{"hexadecimal", "a: 1\nb: 0x10", 2, 4, "put it in quotes"},
		{"octal", "b: 0o17", 1, 4, "put it in quotes"},
		{"underscores", "b: 1_000", 1, 4, "put it in quotes"},
		{"leading zero", "b: [0421]", 1, 5, "put it in quotes"},
		{"infinity", "b: .inf", 1, 4, "put it in quotes"},
		{"not a number", "b: .nan", 1, 4, "put it in quotes"},
		{"binary", "b: !!binary cA==", 1, 4, "!!binary"},
		{"a tag of one's own", "b: !secret x", 1, 4, "!secret"},
		{"a key that is a list", "? [a]\n: b", 1, 1, "a key must be a word"},
		{"tab", "a:\n\tb: 1", 2, 1, "not YAML"},
		{"invalid UTF-8", "a: \xff", 1, 1, "not YAML"},
		{"too large", strings.Repeat("#", MaxBytes+1), 1, 1, "more than the 1048576"},
		{"too deep", strings.Repeat("[", MaxDepth+2) + strings.Repeat("]", MaxDepth+2), 1, MaxDepth + 2, "more than 32 levels"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Parse("doc.yaml", []byte(tt.text))
			if err == nil {
				_, err = d.JSON()
			}
			fault, ok := errors.AsType[*Fault](err)
			require.True(t, ok, "%T: %v", err, err)
			require.Equal(t, Position{tt.line, tt.column}, fault.Position, err.Error())
			require.ErrorContains(t, err, tt.message)
			require.ErrorIs(t, err, fault.Err)
		})
	}
}

func TestRemove(t *testing.T) {
	const text = "a: 1\nb: [x, {c: 2, d/e: 3}, y]\na: 4\n"
	for _, tt := range []struct {
		pointer, json string
		removed       bool
	}{
		{"/a", `{"a":1,"b":["x",{"c":2,"d/e":3},"y"]}`, true}, // the second, which a decoder refuses
		{"/b", `{"a":1,"a":4}`, true},
		{"/b/0", `{"a":1,"b":[{"c":2,"d/e":3},"y"],"a":4}`, true},
		{"/b/2", `{"a":1,"b":["x",{"c":2,"d/e":3}],"a":4}`, true},
		{"/b/1/d~1e", `{"a":1,"b":["x",{"c":2},"y"],"a":4}`, true},
		{"/b/1/d/e", `{"a":1,"b":["x",{"c":2,"d/e":3},"y"],"a":4}`, false},
		{"/b/3", `{"a":1,"b":["x",{"c":2,"d/e":3},"y"],"a":4}`, false},
		{"/z", `{"a":1,"b":["x",{"c":2,"d/e":3},"y"],"a":4}`, false},
		{"", `{"a":1,"b":["x",{"c":2,"d/e":3},"y"],"a":4}`, false},
	} {
		d := parse(t, text)
		require.Equal(t, tt.removed, d.Remove(tt.pointer), tt.pointer)
		got, err := d.JSON()
		require.NoError(t, err)
		require.Equal(t, tt.json, string(got), tt.pointer)
		require.Equal(t, text, d.Text())
	}
	d := parse(t, text)
	require.True(t, d.Remove("/b/0"))
	require.Equal(t, Position{2, 9}, d.At("/b/0/c", true), "places stay those of the file")
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"a: 1", "x: >-\n  one\n\n  two", "x: |2-\n    one", `x: "a\u00e9\
  b"`, "x: 'it''s'", "{a: [1, 2, {b: c}]}", "a: &x 1\nb: *x", "? [a]\n: b", "a: 1\r\nb: |\r\n  c\r\n", "x: !!str\n  a b", "--- a\n...\n", "\ufeffa: b", "%YAML 1.2\n---\nx: a",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Parse("doc.yaml", []byte(text))
		if err == nil {
			_, err = d.JSON()
		}
		if err != nil {
			fault, ok := errors.AsType[*Fault](err)
			require.True(t, ok, "%T: %v", err, err)
			require.Positive(t, fault.Line)
			require.Positive(t, fault.Column)
			return
		}
		for _, pointer := range []string{"", "/x", "/a/0", "/a", "/b"} {
			n, _, _ := d.find(pointer)
			for i := range len([]rune(n.Value)) + 1 {
				p := d.In(pointer, i)
				require.True(t, p.Line >= n.Line && p.Column > 0, "%v", p)
			}
		}
		d.Remove("/x")
		d.Remove("/a/0")
	})
}
