package audit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/qualify-rules/qualify/eligibility"
)

// CutHalfLine takes from a file of assessments what stands after its last line
// end, and puts its position at the end of what is left. A file that begins as
// none is left as it is, with an error.
func CutHalfLine(f *os.File) error {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	begin := make([]byte, min(size, int64(len(answerBegins))))
	if _, err := f.ReadAt(begin, 0); err != nil && err != io.EOF {
		return err
	}
	if !strings.HasPrefix(answerBegins, string(begin)) {
		return fmt.Errorf("%s: what it begins with is not an assessment: name the file of the run that broke off", f.Name())
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

// answerBegins is what every answer to a line begins with.
const answerBegins = `{"case":`

// Resume goes on with a run that was broken off: answered holds the whole lines
// that it wrote. The results are those of [Auditor.Lines] for all of the input;
// those of lines that were answered have no Text. Nothing is taken from an answer:
// it is derived anew, and must be what is found now, to the byte; otherwise the
// run ends with an error that names the first line that is not, and says what
// the answer is not of.
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
	return fmt.Sprintf("the answer to line %d that is there already %s", f.line, f.why)
}

// resumed takes the answer to a line, where there is one.
func (a *Auditor) resumed(ctx context.Context, s *sheet, i int) Result {
	if i >= len(s.answers) {
		return a.answer(ctx, s, i)
	}
	r := a.read(s.lines[i])
	if r.Err == nil {
		a.assess(ctx, &r)
	}
	if !bytes.Equal(s.textOf(ctx, &r), s.answers[i]) && ctx.Err() == nil {
		return Result{Number: r.Number, Err: &foreignAnswer{r.Number, a.foreign(&r, s.answers[i])}}
	}
	return r
}

// foreign says why an answer is not that to its line.
func (a *Auditor) foreign(r *Result, answer []byte) string {
	const startAnew = ": start anew"
	before := new(eligibility.Assessment)
	differ := func(what string, now bool) string {
		was, is := "with ", "without"
		if now {
			was, is = "without ", "with them"
		}
		return "was written " + was + what + ", and this run is " + is + ": give the options of the run that broke off, or start anew"
	}
	switch {
	case json.Unmarshal(answer, before) != nil:
		return "is not an assessment" + startAnew
	case r.Err != nil || before.Pins.IsZero():
	case !samePins(&before.Pins, &r.Assessment.Pins):
		return "is not of this input, policy, vacancy, table or version of the library" + startAnew
	case before.Case != r.ID || before.Stage != a.stage():
		return "is not of this case and stage" + startAnew
	case askedBy(before).explain != a.Explain && len(before.Findings) > 0:
		return differ("explanations (-explain)", a.Explain)
	case askedBy(before).readings != (r.Assessment.Readings != nil):
		return differ("readings (-readings)", a.Readings)
	}
	return "is not what is found now" + startAnew
}

func (a *Auditor) stage() eligibility.Stage {
	if a.Stage == eligibility.StageApplication {
		return ""
	}
	return a.Stage
}

// isExplained reports whether most findings have reasons.
func isExplained(findings []eligibility.Finding) bool {
	explained := 0
	for i := range findings {
		if findings[i].Reason != "" {
			explained++
		}
	}
	return 2*explained > len(findings)
}

func samePins(a, b *eligibility.Pins) bool {
	x, errX := json.Marshal(a, json.Deterministic(true))
	y, errY := json.Marshal(b, json.Deterministic(true))
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
