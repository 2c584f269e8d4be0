package yamldoc

import (
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// Position is a line and a column, both counted from 1 and in characters.
type Position struct{ Line, Column int }

// positions returns where in the file every character of a scalar is written,
// and where it ends. Characters that are not white space come in the same
// order in the file and in the value, so that it is enough to walk both and to
// resynchronise on them, whatever style the scalar is written in.
func positions(file string, n *yaml.Node) []Position {
	s := &scanner{line: 1, column: 1, rest: []rune(strings.ReplaceAll(file, "\r\n", "\n"))}
	for s.line < n.Line || s.line == n.Line && s.column < n.Column {
		if !s.next() {
			return nil
		}
	}
	for s.peek() == '&' || s.peek() == '!' { // anchor, tag
		for !unicode.IsSpace(s.peek()) && s.next() {
		}
		for unicode.IsSpace(s.peek()) && s.next() {
		}
	}
	switch n.Style &^ yaml.TaggedStyle {
	case yaml.LiteralStyle, yaml.FoldedStyle:
		for s.peek() != '\n' && s.next() { // the rest of the line with the indicator
		}
		s.next()
	case yaml.SingleQuotedStyle, yaml.DoubleQuotedStyle:
		s.next()
	}
	double := n.Style&yaml.DoubleQuotedStyle != 0
	single := n.Style&yaml.SingleQuotedStyle != 0
	var out []Position
	for _, c := range n.Value {
		for double && s.peek() == '\\' && s.at(1) == '\n' { // an escaped line break and what indents the next line
			s.next()
			for unicode.IsSpace(s.peek()) && s.next() {
			}
		}
		if unicode.IsSpace(c) {
			out = append(out, s.position())
			switch {
			case double && s.peek() == '\\':
				s.escape()
			case s.peek() == c || s.peek() == '\n' || s.peek() == '\t':
				s.next()
			}
			continue
		}
		for unicode.IsSpace(s.peek()) || double && s.peek() == '\\' && s.at(1) == '\n' {
			if !s.next() {
				return nil
			}
		}
		out = append(out, s.position())
		switch {
		case double && s.peek() == '\\':
			s.escape()
		case single && s.peek() == '\'':
			s.next()
			s.next()
		default:
			s.next()
		}
	}
	return append(out, s.position())
}

type scanner struct {
	rest         []rune
	line, column int
}

func (s *scanner) position() Position { return Position{s.line, s.column} }

func (s *scanner) at(i int) rune {
	if i < len(s.rest) {
		return s.rest[i]
	}
	return 0
}

func (s *scanner) peek() rune { return s.at(0) }

func (s *scanner) next() bool {
	if len(s.rest) == 0 {
		return false
	}
	if s.rest[0] == '\n' {
		s.line, s.column = s.line+1, 0
	}
	s.column++
	s.rest = s.rest[1:]
	return true
}

func (s *scanner) escape() {
	n := 2
	switch s.at(1) {
	case 'x':
		n = 4
	case 'u':
		n = 6
	case 'U':
		n = 10
	}
	for range n {
		s.next()
	}
}
