package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/qualify-rules/qualify/eligibility/audit"
)

// lineWriter writes whole lines only, many at a time.
type lineWriter struct {
	to     io.Writer
	buffer []byte
}

func (w *lineWriter) write(line []byte) error {
	w.buffer = append(w.buffer, line...)
	if len(w.buffer) < 1<<16 {
		return nil
	}
	return w.flush()
}

func (w *lineWriter) flush() error {
	if len(w.buffer) == 0 {
		return nil
	}
	_, err := w.to.Write(w.buffer)
	w.buffer = w.buffer[:0]
	return err
}

// outputFile is the file of -out, at the end of its whole lines.
type outputFile struct {
	*os.File
	lines int64 // the size of the lines that were there
}

func openOutput(name string, resume bool) (*outputFile, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	out := &outputFile{File: f}
	info, err := f.Stat()
	switch {
	case err == nil && info.Size() > 0 && !resume:
		err = fmt.Errorf("%s is there already: remove it, or go on with it by -resume", name)
	case err == nil && resume:
		err = audit.CutHalfLine(f)
	}
	if err == nil {
		out.lines, err = f.Seek(0, io.SeekEnd)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return out, nil
}

func (f *outputFile) answered() io.Reader { return io.NewSectionReader(f, 0, f.lines) }

// writeWhole writes a value in JSON: the whole file or none. What is no file,
// such as a pipe or a device, is written to as it is.
func writeWhole(name string, value any) error {
	target, err := filepath.EvalSymlinks(name)
	if err != nil {
		target = name // it is not there yet, or its folder is missing
	}
	if info, err := os.Lstat(target); err == nil && !info.Mode().IsRegular() {
		return writeJSON(target, value)
	}
	half := target + ".half"
	if err := writeJSON(half, value); err != nil {
		return err
	}
	return os.Rename(half, target)
}

func writeJSON(name string, value any) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	err = json.MarshalWrite(out, value, json.Deterministic(true), jsontext.WithIndent("  "))
	_, end := out.WriteString("\n")
	return errors.Join(err, end, out.Flush(), f.Close())
}

// jsonLines writes values to a file, one a line; nil writes nothing.
type jsonLines struct {
	file *os.File
	out  lineWriter
}

// createLines makes a file, or returns nil for no name.
func createLines(name string) (*jsonLines, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return &jsonLines{f, lineWriter{to: f}}, nil
}

func (l *jsonLines) write(value any) error {
	if l == nil {
		return nil
	}
	text, err := json.Marshal(value, json.Deterministic(true))
	if err != nil {
		return err
	}
	return l.out.write(append(text, '\n'))
}

func (l *jsonLines) close() error {
	if l == nil {
		return nil
	}
	return errors.Join(l.out.flush(), l.file.Close())
}
