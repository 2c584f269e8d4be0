package audit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/qualify-rules/qualify/eligibility"
)

// Auditor says how cases are assessed. It must not be changed while it is in
// use, and is then safe for concurrent use.
type Auditor struct {
	Catalogue *eligibility.Catalogue
	// Missions serve the cases that list none.
	Missions []eligibility.Mission
	// Explain asks for everything that explains a finding; otherwise it has its
	// id, its status, its day and its children.
	Explain bool
	// Stage is that of the assessments, the application when not stated.
	Stage eligibility.Stage
	// Clauses asks for what [Report] needs for its matrix of decisive clauses.
	// Some cases are then assessed anew without a rule.
	Clauses bool
	// Readings has every case assessed under each combination of readings that
	// matters to it; see [eligibility.WithReadings].
	Readings bool
	// Compare asks for what [EqualTreatment] needs. Recorded cases are assessed
	// with explanations for it.
	Compare bool
	// Workers is how many cases are assessed at the same time, as many as there
	// are processors when not stated.
	Workers int

	trees trees
}

// Result is what became of a case. Exactly one of Assessment and Err is set.
type Result struct {
	Number     int               // of the line, or of the case where there are no lines; from 1
	ID         string            // of the case, as far as it could be read
	Case       *eligibility.Case // nil where it could not be read
	Assessment *eligibility.Assessment
	Err        error // why the case could not be assessed
	// Text is the line to write: the assessment, or the id of the case and the
	// error, in JSON with the line end. It is not stated for cases that did not
	// come as lines, nor for those answered before, and is valid only until the
	// next result.
	Text []byte

	clauses *decisive
	counted []countedFact
	check   *check // of a receipt
}

// Cases assesses cases and yields the results in their order. An error in the
// place of a case is that of this case alone. The run ends early when the
// context does: the last result then comes with an error, as it is not of a
// case. See the package comment for what is under way at a time.
func (a *Auditor) Cases(ctx context.Context, cases iter.Seq2[*eligibility.Case, error]) iter.Seq2[Result, error] {
	type one struct {
		number int
		given  *eligibility.Case
		err    error
		result Result
	}
	return func(yield func(Result, error) bool) {
		next, stop := iter.Pull2(cases)
		number := 0
		p := pool[one]{
			workers: a.workers(), window: a.window(),
			fill: func(o *one) (more bool) {
				number++
				*o = one{number: number}
				o.given, o.err, more = next()
				return more
			},
			weight: func(*one) int { return 1 },
			work: func(ctx context.Context, o *one) {
				o.result = Result{Number: o.number, Case: o.given}
				if o.result.Err = o.err; o.err == nil {
					a.assess(ctx, &o.result)
				}
			},
			ended: stop,
		}
		last := 0
		for o := range p.run(ctx) {
			last = o.number
			if !yield(o.result, nil) {
				return
			}
		}
		if ctx.Err() != nil {
			yield(Result{}, fmt.Errorf("stopped before case %d: %w", last+1, context.Cause(ctx)))
		}
	}
}

// Lines assesses cases that come as JSON lines and yields the results in their
// order. Blank lines are passed over. A line that cannot be read or assessed
// gives a result with an error. The run ends early where reading fails or the
// context ends: the last result then comes with an error, as it is not of a
// line. Reading, decoding and writing of JSON is done by the workers.
func (a *Auditor) Lines(ctx context.Context, in io.Reader) iter.Seq2[Result, error] {
	return a.lines(ctx, in, func(*batch) error { return nil }, a.answer)
}

// lines yields what answer makes of every line, after prepare has seen its
// batch in the order of the input.
func (a *Auditor) lines(ctx context.Context, in io.Reader, prepare func(*batch) error,
	answer func(context.Context, *sheet, int) Result) iter.Seq2[Result, error] {
	return func(yield func(Result, error) bool) {
		reader := newLineReader(in)
		p := pool[sheet]{
			workers: a.workers(), window: a.window(),
			fill: func(s *sheet) bool {
				if !reader.read(&s.batch) {
					return false
				}
				if err := prepare(&s.batch); err != nil {
					reader.err = err
					return false
				}
				return true
			},
			weight: func(s *sheet) int { return s.weight() },
			work:   func(ctx context.Context, s *sheet) { s.fill(ctx, answer) },
		}
		last := 0
		for s := range p.run(ctx) {
			for _, r := range s.results {
				last = r.Number
				if !yield(r, nil) {
					return
				}
			}
		}
		if ctx.Err() != nil {
			yield(Result{}, fmt.Errorf("stopped before line %d: %w", last+1, context.Cause(ctx)))
		} else if err := reader.failed(); err != nil {
			yield(Result{}, err)
		}
	}
}

func (a *Auditor) workers() int {
	if a.Workers > 0 {
		return a.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// window is how many tasks are under way: two for each worker wait for it,
// so that none waits for the one whose turn it is.
func (a *Auditor) window() int { return 4 * a.workers() }

// assess fills a result that has its case.
func (a *Auditor) assess(ctx context.Context, r *Result) {
	if r.Case == nil {
		r.Err = errNoCase
		return
	}
	a.complete(r)
	if r.Assessment, r.Err = a.Catalogue.Assess(ctx, r.Case, a.options(a.Explain)...); r.Err == nil {
		a.analyse(ctx, r)
	}
}

var errNoCase = errors.New("there is no case")

// complete gives a case the missions that serve those that list none.
func (a *Auditor) complete(r *Result) {
	r.ID = r.Case.ID
	if len(r.Case.Missions) == 0 && len(a.Missions) > 0 {
		own := *r.Case
		own.Missions = a.Missions
		r.Case = &own
	}
}

func (a *Auditor) options(explain bool) []eligibility.AssessOption {
	var options []eligibility.AssessOption
	if explain {
		options = append(options, eligibility.WithDesirable())
	} else {
		options = append(options, eligibility.Outline())
	}
	if a.Stage != "" {
		options = append(options, eligibility.AtStage(a.Stage))
	}
	if a.Readings {
		options = append(options, eligibility.WithReadings())
	}
	return options
}

// answer assesses a line of a sheet and writes the answer.
func (a *Auditor) answer(ctx context.Context, s *sheet, i int) Result {
	line := s.lines[i]
	r := a.read(line)
	if r.Err == nil {
		a.assess(ctx, &r)
	}
	s.write(ctx, &r)
	return r
}

// read decodes a line.
func (a *Auditor) read(line inputLine) Result {
	r := Result{Number: line.number}
	if line.tooLong {
		r.Err = fmt.Errorf("longer than the %d bytes that are read", eligibility.MaxCaseBytes)
	} else {
		r.Case, r.Err = a.Catalogue.DecodeCase(line.text)
	}
	if r.Err != nil {
		r.ID = caseID(line.text)
	}
	return r
}

// sheet is a batch of lines with the answers to them.
type sheet struct {
	batch
	results []Result
	text    bytes.Buffer
	ends    []int // of the answers in the text
	encoder *jsontext.Encoder
}

func (s *sheet) fill(ctx context.Context, answer func(context.Context, *sheet, int) Result) {
	if s.text.Cap() > keptBytes {
		s.text, s.encoder = bytes.Buffer{}, nil
	}
	s.text.Reset()
	if s.encoder == nil {
		s.encoder = jsontext.NewEncoder(&s.text)
	} else {
		s.encoder.Reset(&s.text)
	}
	clear(s.results)
	s.results, s.ends = s.results[:0], s.ends[:0]
	for i := range s.lines {
		if ctx.Err() != nil {
			return
		}
		s.results = append(s.results, answer(ctx, s, i))
		s.ends = append(s.ends, s.text.Len())
	}
	start := 0
	for i, end := range s.ends {
		if end > start {
			s.results[i].Text = s.text.Bytes()[start:end:end]
		}
		start = end
	}
}

// write writes the answer to a line, which ends with a line end.
func (s *sheet) write(ctx context.Context, r *Result) {
	if ctx.Err() != nil {
		return // the result is not used
	}
	before := s.text.Len()
	var err error
	if r.Err == nil {
		err = json.MarshalEncode(s.encoder, r.Assessment)
	} else {
		err = json.MarshalEncode(s.encoder, failure(*r), json.Deterministic(true))
	}
	if err != nil {
		s.text.Truncate(before)
		r.Assessment, r.Err = nil, err
		s.encoder.Reset(&s.text)
		_ = json.MarshalEncode(s.encoder, failure(*r), json.Deterministic(true)) // of texts, which can be written
	}
}

// textOf returns the answer to a line, without its end, in room of its own.
func (s *sheet) textOf(ctx context.Context, r *Result) []byte {
	start := s.text.Len()
	s.write(ctx, r)
	text := bytes.Clone(bytes.TrimSuffix(s.text.Bytes()[start:], []byte("\n")))
	s.text.Truncate(start)
	return text
}

// refusal is the answer to a line that could not be assessed.
type refusal struct {
	Case  string `json:"case"`
	Error string `json:"error"`
}

func failure(r Result) refusal {
	return refusal{r.ID, fmt.Sprintf("line %d: %v", r.Number, r.Err)}
}

// caseID finds the id of a case that could not be read, if it has one.
func caseID(line []byte) string {
	var c struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(line, &c) // whatever was read before the fault
	return c.ID
}
