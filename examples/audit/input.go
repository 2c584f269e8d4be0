package main

import (
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// input is the cases, and on a terminal the display of how far they were read.
type input struct {
	from    io.Reader
	read    atomic.Int64
	display *progressbar.ProgressBar // nil where there is no terminal
}

// openInput opens a file, or takes standard input for "-". It shows how far it
// was read on a standard error that is a terminal, unless the assessments go to
// a terminal too.
func openInput(name string, stdin io.Reader, stdout, stderr io.Writer) (*input, error) {
	in := &input{from: stdin}
	size := int64(-1)
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		in.from = f
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
	}
	if isTerminal(stderr) && !isTerminal(stdout) {
		in.display = progressbar.NewOptions64(size,
			progressbar.OptionSetWriter(stderr),
			progressbar.OptionSetDescription("assessing"),
			progressbar.OptionShowBytes(true),
			progressbar.OptionThrottle(200*time.Millisecond),
			progressbar.OptionClearOnFinish(),
			// Plain characters: nothing for NO_COLOR to switch off.
			progressbar.OptionEnableColorCodes(false),
		)
	}
	return in, nil
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Read reads cases and counts their bytes.
func (in *input) Read(p []byte) (int, error) {
	n, err := in.from.Read(p)
	in.read.Add(int64(n))
	return n, err
}

// Close closes the file.
func (in *input) Close() error {
	if f, ok := in.from.(*os.File); ok && f != os.Stdin {
		return f.Close()
	}
	return nil
}

// show brings the display up to date. A display that fails is no reason to
// stop.
func (in *input) show() {
	if in.display != nil {
		_ = in.display.Set64(in.read.Load())
	}
}

// hide takes the display away.
func (in *input) hide() {
	if in.display != nil {
		_ = in.display.Clear()
	}
}
