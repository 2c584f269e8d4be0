package audit

import (
	"bufio"
	"bytes"
	"hash/fnv"
	"io"

	"github.com/go-json-experiment/json"
)

// receipts is a file of earlier assessments, with an index of some thirty bytes
// a line.
type receipts struct {
	file  io.ReaderAt
	lines []receiptLine
	first map[uint64]int32 // the first unused line of a case, by the hash of its id
	last  map[uint64]int32
}

type receiptLine struct {
	offset int64
	number int32
	size   int32
	next   int32 // of the same case, or noReceipt
	head   int32 // the first of the same case
	used   bool
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
		if text := bytes.TrimSuffix(line, []byte("\n")); !isBlank(text) {
			r.add(receiptLine{offset: offset, number: number, size: int32(len(text))}, receiptID(text))
		}
		offset += int64(len(line))
		if err == io.EOF {
			return r, nil
		}
	}
}

func (r *receipts) add(line receiptLine, id string) {
	at := int32(len(r.lines))
	line.head, line.next = at, noReceipt
	h := hashOf(id)
	if last, known := r.last[h]; known {
		r.lines[last].next = at
		line.head = r.lines[last].head
	} else {
		r.first[h] = at
	}
	r.lines = append(r.lines, line)
	r.last[h] = at
}

// take returns the next receipt of a case, noReceipt if there is none left.
func (r *receipts) take(id string) int32 {
	h := hashOf(id)
	at, known := r.first[h]
	if !known || at == noReceipt {
		return noReceipt
	}
	r.first[h] = r.lines[at].next
	r.lines[at].used = true
	return at
}

// hadLine reports whether the case of a receipt has a line in the input.
func (r *receipts) hadLine(at int) bool { return r.lines[r.lines[at].head].used }

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
// begins with, if nothing in it is escaped.
func plainText(line []byte, begin string) (string, bool) {
	rest, ok := bytes.CutPrefix(line, []byte(begin))
	if !ok {
		return "", false
	}
	end := bytes.IndexByte(rest, '"')
	if end < 0 || bytes.IndexByte(rest[:end], '\\') >= 0 {
		return "", false
	}
	return string(rest[:end]), true
}
