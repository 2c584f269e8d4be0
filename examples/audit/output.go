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

// apart reports an error where a file that is written is also read, or written
// as another one.
func (c *command) apart(in string, stdin io.Reader, stdout io.Writer) error {
	type file struct {
		option, path string
		info         os.FileInfo // nil if it is not there yet
		written      bool
		stream       bool // is standard output, which has no path
	}
	var files []file
	for _, f := range []file{
		{option: "the input", path: in}, {option: "-missions", path: c.missions}, {option: "-verify", path: c.receipts},
		{option: "standard output", path: "-", written: true, stream: true},
		{option: "-out", path: c.out, written: true}, {option: "-summary", path: c.summary, written: true},
		{option: "-disagreements", path: c.disagreements, written: true}, {option: "-equal-treatment", path: c.equalTreatment, written: true},
	} {
		opened, isFile := any(stdin).(*os.File)
		if f.written {
			opened, isFile = any(stdout).(*os.File)
		}
		switch {
		case f.path == "":
			continue
		case f.path == "-" && f.written && !f.stream:
			return fmt.Errorf("%s - names no file: - is standard input", f.option)
		case f.path != "-":
			f.path, _ = filepath.Abs(f.path) // as given where there is no folder
			f.info, _ = os.Stat(f.path)      // opening it says why it cannot be
		case isFile:
			f.path = f.option
			f.info, _ = opened.Stat()
		}
		if f.path == "-" || f.info != nil && !f.info.Mode().IsRegular() {
			continue // a pipe or a device may be named twice
		}
		for _, other := range files {
			if (f.written || other.written) && (f.path == other.path || f.info != nil && os.SameFile(f.info, other.info)) {
				return fmt.Errorf("%s and %s are the same file: name two", other.option, f.option)
			}
		}
		files = append(files, f)
	}
	return nil
}

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
