package audit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/go-json-experiment/json"

	"github.com/qualify-rules/qualify/eligibility"
)

// CutHalfLine takes from a file what stands after its last line end, and puts
// its position at the end of what is left.
func CutHalfLine(f *os.File) error {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	buffer := make([]byte, bufferBytes)
	end := int64(0) // after the last line end
	for at := size; at > 0 && end == 0; {
		start := max(at-int64(len(buffer)), 0)
		part := buffer[:at-start]
		if _, err := f.ReadAt(part, start); err != nil {
			return err
		}
		end = start + int64(bytes.LastIndexByte(part, '\n')) + 1
		if end == start {
			end = 0
		}
		at = start
	}
	if err := f.Truncate(end); err != nil {
		return err
	}
	_, err = f.Seek(end, io.SeekStart)
	return err
}

// Resume goes on with a run that was broken off: answered holds the whole lines
// that it wrote. The results are those of [Auditor.Lines] for all of the input;
// those of lines that were answered have no Text. They are read from the
// answers, which must be of this input, of the same policies, vacancies and
// tables, of this version of the library, and as much explained; otherwise the
// run ends with an error that names the first line that is not. An answer is
// not derived anew but where a report needs more than it holds:
// [Auditor.Clauses] and [Auditor.Compare] do.
func (a *Auditor) Resume(ctx context.Context, in, answered io.Reader) iter.Seq2[Result, error] {
	answers := newLineReader(answered)
	var waiting batch
	next := func() ([]byte, bool) {
		if len(waiting.lines) == 0 && !answers.read(&waiting) {
			return nil, false
		}
		line := waiting.lines[0]
		waiting.lines = waiting.lines[1:]
		return line.text, true
	}
	prepare := func(b *batch) error {
		b.answers = b.answers[:0]
		for range b.lines {
			text, ok := next()
			if !ok {
				break
			}
			b.answers = append(b.answers, bytes.Clone(text))
		}
		return answers.failed()
	}
	return func(yield func(Result, error) bool) {
		for r, err := range a.lines(ctx, in, prepare, a.resumed) {
			var foreign *foreignAnswer
			if errors.As(r.Err, &foreign) {
				yield(Result{}, foreign)
				return
			}
			if !yield(r, err) {
				return
			}
		}
		if ctx.Err() == nil {
			if _, more := next(); more {
				yield(Result{}, errors.New("there are more answers than lines of input: it is another input, or it was cut"))
			}
		}
	}
}

// foreignAnswer says that an answer is not that to its line.
type foreignAnswer struct {
	line int
	why  string
}

func (f *foreignAnswer) Error() string {
	return fmt.Sprintf("the answer to line %d that is there already %s: start anew", f.line, f.why)
}

// resumed takes the answer to a line, where there is one.
func (a *Auditor) resumed(ctx context.Context, s *sheet, i int) Result {
	if i >= len(s.answers) {
		return a.answer(ctx, s, i)
	}
	r := a.read(s.lines[i])
	foreign := func(why string) Result {
		return Result{Number: r.Number, Err: &foreignAnswer{r.Number, why}}
	}
	before := new(eligibility.Assessment)
	if json.Unmarshal(s.answers[i], before) != nil {
		return foreign("is not an assessment")
	}
	if r.Err == nil {
		a.complete(&r)
		pins, err := a.Catalogue.Pins(r.Case)
		switch {
		case err != nil || before.Pins.IsZero():
			// Perhaps an error, which is found anew.
		case !samePins(&before.Pins, &pins):
			return foreign("is not of this input, policy, vacancy, table or version of the library")
		case before.Case != r.ID || before.Stage != a.stage():
			return foreign("is not of this case and stage")
		case isExplained(before.Findings) != a.Explain && len(before.Findings) > 0:
			return foreign("is not as much explained")
		case !a.Clauses && !a.Compare:
			r.Assessment = before
			a.analyse(ctx, &r)
			return r
		}
		a.assess(ctx, &r)
	}
	if !bytes.Equal(s.textOf(ctx, &r), s.answers[i]) && ctx.Err() == nil {
		return foreign("is not what is found now")
	}
	return r
}

func (a *Auditor) stage() eligibility.Stage {
	if a.Stage == eligibility.StageApplication {
		return ""
	}
	return a.Stage
}

// isExplained reports whether findings have reasons.
func isExplained(findings []eligibility.Finding) bool {
	return len(findings) > 0 && findings[0].Reason != ""
}

func samePins(a, b *eligibility.Pins) bool {
	x, errX := json.Marshal(a, json.Deterministic(true))
	y, errY := json.Marshal(b, json.Deterministic(true))
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
