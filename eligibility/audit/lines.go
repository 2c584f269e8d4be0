package audit

import (
	"bufio"
	"bytes"
	"io"

	"github.com/qualify-rules/qualify/eligibility"
)

const (
	bufferBytes = 64 << 10
	// batchLines bounds what becomes of short lines: each takes the room of an
	// assessment, and perhaps of a vacancy.
	batchLines = 32
	// keptBytes is the size up to which a buffer is kept for the next task.
	keptBytes = 1 << 20
	// roomBytes is how much input takes the room of one task.
	roomBytes = 4 << 20
)

// byteOrderMark is what some programs begin a text with.
const byteOrderMark = "\ufeff"

// inputLine is a line that is not blank, without its end.
type inputLine struct {
	number  int // in the input, from 1
	text    []byte
	tooLong bool // text is only the beginning
}

// lineReader reads lines in batches.
type lineReader struct {
	in     *bufio.Reader
	number int // of the last line
	err    error
}

func newLineReader(in io.Reader) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(in, bufferBytes)}
}

// batch is some lines that follow each other. They lie in one buffer.
type batch struct {
	buffer   []byte
	lines    []inputLine
	answers  [][]byte // that were there already, to the first of the lines
	receipts []int32  // the numbers of those answers in the index
}

// read fills a batch with at least one line, and with those that have come
// already. It reports false at the end of the input and after an error.
func (r *lineReader) read(b *batch) bool {
	if cap(b.buffer) > keptBytes {
		b.buffer = nil
	}
	b.buffer, b.lines = b.buffer[:0], b.lines[:0]
	var ends []int
	for r.err == nil && len(b.buffer) < bufferBytes && len(b.lines) < batchLines && (len(b.lines) == 0 || r.waiting()) {
		start := len(b.buffer)
		tooLong := r.line(b)
		if r.number++; r.number == 1 {
			b.buffer = bytes.TrimPrefix(b.buffer, []byte(byteOrderMark))
		}
		if r.failed() != nil {
			b.buffer = b.buffer[:start] // who knows how it goes on
			break
		}
		if len(bytes.TrimSpace(b.buffer[start:])) == 0 && !tooLong {
			b.buffer = b.buffer[:start]
			continue
		}
		b.lines = append(b.lines, inputLine{number: r.number, tooLong: tooLong})
		ends = append(ends, len(b.buffer))
	}
	start := 0
	for i, end := range ends {
		b.lines[i].text = b.buffer[start:end:end]
		start = end
	}
	return len(b.lines) > 0
}

// waiting reports whether a whole line can be read without waiting for it.
func (r *lineReader) waiting() bool {
	ready, _ := r.in.Peek(r.in.Buffered())
	return bytes.IndexByte(ready, '\n') >= 0
}

// line appends a line to the buffer, without its end. Of one that is longer
// than a case may be it appends the beginning only.
func (r *lineReader) line(b *batch) (tooLong bool) {
	start := len(b.buffer)
	for {
		part, err := r.in.ReadSlice('\n')
		if len(b.buffer)-start+len(part) <= eligibility.MaxCaseBytes {
			b.buffer = append(b.buffer, part...)
		} else {
			tooLong = true
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		r.err = err
		if !tooLong {
			b.buffer = bytes.TrimSuffix(b.buffer, []byte("\n"))
		}
		return tooLong
	}
}

// failed returns the error that ended the input, nil at its end.
func (r *lineReader) failed() error {
	if r.err == io.EOF {
		return nil
	}
	return r.err
}

// weight is the room that the batch takes.
func (b *batch) weight() int { return 1 + len(b.buffer)/roomBytes }
