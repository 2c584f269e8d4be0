package audit

import (
	"bufio"
	"bytes"
	"fmt"
	"hash/fnv"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
)

// receipts is a file of earlier assessments, with an index of some thirty bytes
// a line.
type receipts struct {
	file  io.ReaderAt
	lines []receiptLine
	first map[uint64]int32 // the first unused line of a case, by the hash of its id
	last  map[uint64]int32

	notAsWritten []layout
}

// layout is a fault of a line beside what stands in it.
type layout struct {
	number int32
	how    string
}

type receiptLine struct {
	offset int64
	number int32
	size   int32
	next   int32 // of the same case, or noReceipt
	head   int32 // the first of the same case
	used   bool
	had    bool // of the first of a case: one of them was taken
}

const noReceipt = -1

// readReceipts makes the index.
func readReceipts(file interface {
	io.Reader
	io.ReaderAt
}) (*receipts, error) {
	r := &receipts{file: file, first: make(map[uint64]int32), last: make(map[uint64]int32)}
	in := bufio.NewReaderSize(file, bufferBytes)
	var line []byte
	var offset int64
	for number := int32(1); ; number++ {
		line = line[:0]
		var err error
		for {
			var part []byte
			part, err = in.ReadSlice('\n')
			line = append(line, part...)
			if err != bufio.ErrBufferFull {
				break
			}
		}
		if err != nil && err != io.EOF {
			return nil, err
		}
		text, ended := bytes.CutSuffix(line, []byte("\n"))
		switch {
		case len(line) > 0 && isBlank(text):
			r.notAsWritten = append(r.notAsWritten, layout{number, "the line is blank"})
		case len(line) > 0 && !ended:
			r.notAsWritten = append(r.notAsWritten, layout{number, "the last line has no end"})
		}
		if !isBlank(text) {
			r.add(receiptLine{offset: offset, number: number, size: int32(len(text))}, receiptKey(text))
		}
		offset += int64(len(line))
		if err == io.EOF {
			return r, nil
		}
	}
}

func (r *receipts) add(line receiptLine, key string) {
	at := int32(len(r.lines))
	line.head, line.next = at, noReceipt
	h := hashOf(key)
	if last, known := r.last[h]; known {
		r.lines[last].next = at
		line.head = r.lines[last].head
	} else {
		r.first[h] = at
	}
	r.lines = append(r.lines, line)
	r.last[h] = at
}

// likelyReceipts is how many receipts of one case are looked at for that of a
// line.
const likelyReceipts = 8

// take returns the next receipt of a case, noReceipt if there is none left. Of
// several it is the first that is of this input, if one is among the next few.
func (r *receipts) take(key string, isOf func(receipt []byte) bool) (int32, []byte, error) {
	h := hashOf(key)
	first, known := r.first[h]
	if !known || first == noReceipt {
		return noReceipt, nil, nil
	}
	at, before := first, int32(noReceipt)
	text, err := r.text(at)
	if r.lines[first].next != noReceipt {
		t := text
		for looked := 0; err == nil && !isOf(t); looked++ {
			last := at
			if at = r.lines[at].next; at == noReceipt || looked == likelyReceipts {
				at, before, t = first, noReceipt, text
				break
			}
			before = last
			t, err = r.text(at)
		}
		text = t
	}
	if before == noReceipt {
		r.first[h] = r.lines[at].next
	} else {
		r.lines[before].next = r.lines[at].next
	}
	r.lines[at].used = true
	r.lines[r.lines[at].head].had = true
	return at, text, err
}

// hadLine reports whether the case of a receipt has a line in the input.
func (r *receipts) hadLine(at int) bool { return r.lines[r.lines[at].head].had }

// text reads a receipt.
func (r *receipts) text(at int32) ([]byte, error) {
	text := make([]byte, r.lines[at].size)
	_, err := r.file.ReadAt(text, r.lines[at].offset)
	if err == io.EOF {
		err = nil
	}
	return text, err
}

func hashOf(id string) uint64 {
	h := fnv.New64a()
	_, _ = io.WriteString(h, id)
	return h.Sum64()
}

// receiptKey is what a receipt has in common with its line: the id of the
// case, and where it could not be read, the number of the line.
func receiptKey(text []byte) string {
	id := receiptID(text)
	if id != "" {
		return id
	}
	var r refusal
	_ = json.Unmarshal(text, &r) // whatever can be read
	if line, _, ok := strings.Cut(r.Error, ": "); ok {
		return noID + line
	}
	return ""
}

// lineKey is what a line has in common with its receipt.
func lineKey(line inputLine) string {
	id := lineID(line.text)
	if id != "" {
		return id
	}
	return fmt.Sprintf("%sline %d", noID, line.number)
}

// noID begins no id, as it is not valid UTF-8.
const noID = "\xff"

// receiptID finds the id of the case of a receipt.
func receiptID(text []byte) string {
	if id, ok := plainText(text, `{"case":"`); ok {
		return id
	}
	var r struct {
		Case string `json:"case"`
	}
	_ = json.Unmarshal(text, &r) // whatever can be read
	return r.Case
}

// lineID finds the id of the case of an input line as its receipt has it.
func lineID(text []byte) string {
	for _, begin := range []string{`{"id":"`, `{"id": "`} {
		if id, ok := plainText(text, begin); ok {
			return id
		}
	}
	return caseID(text)
}

// plainText returns the text up to the next quotation mark after what a line
// begins with, if that is its text in JSON:
// valid, and with nothing escaped.
func plainText(line []byte, begin string) (string, bool) {
	rest, ok := bytes.CutPrefix(line, []byte(begin))
	if !ok {
		return "", false
	}
	end := bytes.IndexByte(rest, '"')
	if end < 0 || !utf8.Valid(rest[:end]) || bytes.ContainsFunc(rest[:end], func(r rune) bool { return r < ' ' || r == '\\' }) {
		return "", false
	}
	return string(rest[:end]), true
}
