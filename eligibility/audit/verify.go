package audit

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/go-json-experiment/json"

	"github.com/qualify-rules/qualify/eligibility"
)

// Verifier re-runs earlier assessments against the same input.
//
// A receipt is what [Auditor.Lines] wrote for a line: in outline or explained,
// at any stage, with or without readings. It
// belongs to the line with the same case id; where several have it, to the line
// in the same order. A receipt that is not, byte for byte, what is found now
// differs, and each difference has one cause: the first whose substitution
// makes the value differ from that of the receipt, when what the receipt is
// pinned to is replaced by what there is now, one at a time and in this order:
//
//   - input: the case, with the vacancy where it states one;
//   - policy: its text, that of a vacancy that is loaded, and which version is
//     chosen;
//   - table: the tables of the library;
//   - reading: the chosen options;
//   - semantics: the library.
//
// What the present input gives is derived with the policy of the pinned hash
// and the pinned readings where the policy is among those of the catalogue or
// Earlier, and so on up to the present. Earlier inputs, tables and libraries
// are not at hand: where such a pin differs, and others too, the cause is the
// first of those that cannot be told apart, and the difference says so. A pin
// that differs is its own cause.
//
// Where the input, the tables and the library are those of the receipt and its
// policy is at hand, its own pins must give it. What they do not give was
// altered, and so is what differs where no pin does, and a pin that
// contradicts another. A pin that was altered to another possible one is found
// as a change of what it pins, which leaves the rest as it was. An error has no
// pins: where it is not what is found now, whether it was altered or all was
// changed cannot be told, and the cause is refused.
type Verifier struct {
	Auditor *Auditor // of which Explain, Readings and Stage are not looked at: each receipt tells its own
	// Earlier are policies of before, to replay receipts that are pinned to
	// them.
	Earlier []*eligibility.Policy
}

// Verify yields a verification for every line of the input, in its order, and
// then one for each receipt that belongs to no line or is not in its place. The
// run ends early, with an error, where reading fails or the context ends. It
// needs some sixty bytes of memory for each receipt.
func (v *Verifier) Verify(ctx context.Context, in io.Reader, file interface {
	io.Reader
	io.ReaderAt
}) iter.Seq2[Verification, error] {
	return func(yield func(Verification, error) bool) {
		index, err := readReceipts(file)
		if err != nil {
			yield(Verification{}, err)
			return
		}
		run := &verification{replayer: replayer{auditor: v.Auditor, earlier: v.Earlier}, receipts: index}
		var order []int32
		var lines []int
		missing := make(map[string]Verification) // by the pin of the input
		for r, err := range v.Auditor.lines(ctx, in, run.pair, run.answer) {
			if err != nil {
				yield(Verification{}, err)
				return
			}
			found := r.check.found
			if at := r.check.receipt; at != noReceipt {
				found.Receipt = int(index.lines[at].number)
				order, lines = append(order, at), append(lines, r.Number)
			} else if pin := r.check.pin; pin != "" && len(missing) < namedMissing {
				if _, twice := missing[pin]; !twice {
					missing[pin] = found
					continue
				}
			}
			if !yield(found, nil) {
				return
			}
		}
		run.finish(order, lines, missing, yield)
	}
}

// namedMissing is for how many lines without a receipt a receipt with another
// id is looked for.
const namedMissing = 10_000

// check is a receipt with what was found.
type check struct {
	found   Verification
	receipt int32  // in the index, or noReceipt
	pin     string // of the input of a line without receipt
}

// verification is a run of a verifier.
type verification struct {
	replayer
	receipts *receipts
}

// pair finds the receipts of a batch.
func (v *verification) pair(b *batch) error {
	b.answers, b.receipts = b.answers[:0], b.receipts[:0]
	for _, line := range b.lines {
		at, text, err := v.receipts.take(lineKey(line), v.isOf(line))
		if err != nil {
			return err
		}
		b.receipts, b.answers = append(b.receipts, at), append(b.answers, text)
	}
	return nil
}

// isOf tells whether a receipt is pinned to a line, or refuses the line of its
// number.
func (v *verification) isOf(line inputLine) func(receipt []byte) bool {
	pin := sync.OnceValue(func() string {
		r := v.auditor.read(line)
		if r.Err != nil {
			return ""
		}
		v.auditor.complete(&r)
		pin, _ := r.Case.Pin()
		return pin
	})
	refused := fmt.Sprintf(`"error":"line %d: `, line.number)
	return func(receipt []byte) bool {
		return bytes.Contains(receipt, []byte(refused)) || pin() != "" && bytes.Contains(receipt, []byte(`"input":"`+pin()+`"`))
	}
}

// answer verifies the receipt of a line.
func (v *verification) answer(ctx context.Context, s *sheet, i int) Result {
	r := v.auditor.read(s.lines[i])
	if r.Err == nil {
		v.auditor.complete(&r)
	}
	r.check = &check{found: Verification{ID: r.ID, Line: r.Number}, receipt: s.receipts[i]}
	found := &r.check.found
	if r.check.receipt == noReceipt {
		if r.Err == nil {
			r.check.pin, _ = r.Case.Pin() // without it, the receipt is only missing
		}
		found.Differences = []Difference{{Cause: Missing, How: "no receipt is of this case"}}
		return r
	}
	receipt := s.answers[i]
	if v.same(ctx, s, &r, receipt, guessAsked(receipt)) || ctx.Err() != nil {
		return r
	}
	found.Differences = v.differences(ctx, s, &r, receipt)
	return r
}

// same assesses a case and reports whether that gives the receipt.
func (v *verification) same(ctx context.Context, s *sheet, r *Result, receipt []byte, written asked) bool {
	if r.Case != nil {
		r.Assessment, r.Err = v.auditor.Catalogue.Assess(ctx, r.Case, written.options()...)
	}
	return bytes.Equal(s.textOf(ctx, r), receipt)
}

const notAnObject = "it is not a JSON object"

// differences finds what differs between a receipt and what is found now.
func (v *verification) differences(ctx context.Context, s *sheet, r *Result, receipt []byte) []Difference {
	p := &replay{replayer: &v.replayer, c: r.Case}
	whole := func(cause Cause, how string) []Difference { return []Difference{{Cause: cause, How: how}} }
	var err error
	if p.was, err = flatten(receipt); err != nil {
		return whole(Altered, notAnObject)
	}
	refused := p.was["/case"] != "" && p.was["/error"] != "" && len(p.was) == 2
	if err := json.Unmarshal(receipt, &p.receipt); err != nil && !refused {
		return whole(Altered, fmt.Sprintf("it is not an assessment: %v", err))
	}
	if _, err := eligibility.ParseStage(string(p.receipt.Stage)); p.receipt.Stage != "" && err != nil {
		return whole(Altered, fmt.Sprintf("it is not an assessment: %v", err))
	}
	p.written = askedBy(&p.receipt)
	p.written.readings = p.written.readings || refused // it may be they that cannot be tried
	if v.same(ctx, s, r, receipt, p.written) {
		return nil
	}
	if p.is, err = flatten(s.textOf(ctx, r)); err != nil {
		return nil // of a text that was just written, unless the context has ended
	}
	switch {
	case refused:
		return []Difference{{"/error", p.was["/error"], p.is["/error"], Refused,
			"the case could not be assessed then, and an error has no pins: whether the receipt was changed, or the input or what it was assessed with, cannot be told"}}
	case p.receipt.Pins.IsZero():
		return p.all(Altered, "it has no pins that could tell why")
	case r.Case == nil:
		return p.all(InputChanged, "the line cannot be read any more")
	}
	p.stated = r.Case.Vacancy.Inline != nil
	if p.pins, err = v.auditor.Catalogue.Pins(r.Case); err != nil {
		if pin, failed := r.Case.Pin(); failed == nil && pin == p.receipt.Pins.Input {
			return p.all(PolicyChanged, "the input is the same, and its vacancy or policy is not there any more")
		}
		return p.all(InputChanged, "the first pin that differs")
	}
	p.vacancy, _ = v.auditor.Catalogue.VacancyOf(r.Case) // there are pins of it
	p.present, p.choice, _ = v.auditor.Catalogue.PostOf(r.Case)
	p.pinned = v.policy(p.receipt.Pins.Policy.Name, p.receipt.Pins.Policy.SHA256)
	p.changes = changesOf(&p.receipt.Pins, &p.pins, p.stated)
	p.run(ctx)
	return p.differences()
}

// all gives every difference the same cause.
func (r *replay) all(cause Cause, how string) []Difference {
	var out []Difference
	for _, path := range r.was.differ(r.is) {
		out = append(out, Difference{path, r.was[path], r.is[path], cause, how})
	}
	if len(out) == 0 {
		out = append(out, Difference{Cause: Altered, How: "the values are the same, but not the bytes"})
	}
	return out
}

// finish yields what is wrong with receipts that belong to no line or are not
// in their place.
func (v *verification) finish(order []int32, lines []int, missing map[string]Verification, yield func(Verification, error) bool) {
	var rest []Verification
	for i, l := range v.receipts.lines {
		if l.used {
			continue
		}
		text, err := v.receipts.text(int32(i))
		if err != nil {
			yield(Verification{}, err)
			return
		}
		rest = append(rest, v.left(text, i, missing))
	}
	for _, m := range slices.SortedFunc(maps.Values(missing), func(a, b Verification) int { return a.Line - b.Line }) {
		if !yield(m, nil) {
			return
		}
	}
	swapped := moved(order)
	for i, at := range order {
		with, out := swapped[i]
		if !out {
			continue
		}
		how := "it is not in the order of the input"
		if with >= 0 {
			how = fmt.Sprintf("it stands in the place of that of line %d, and that one in its place", lines[with])
		}
		text, err := v.receipts.text(at)
		if err != nil {
			yield(Verification{}, err)
			return
		}
		number := int(v.receipts.lines[at].number)
		rest = append(rest, Verification{receiptID(text), lines[i], number, []Difference{{Cause: Moved, How: how}}})
	}
	for _, l := range v.receipts.notAsWritten {
		rest = append(rest, Verification{Receipt: int(l.number), Differences: []Difference{{Cause: Altered, How: l.how}}})
	}
	for _, found := range rest {
		if !yield(found, nil) {
			return
		}
	}
}

// left says what a receipt is that no line took.
func (v *verification) left(text []byte, at int, missing map[string]Verification) Verification {
	id := receiptID(text)
	found := Verification{ID: id, Receipt: int(v.receipts.lines[at].number)}
	var a eligibility.Assessment
	_ = json.Unmarshal(text, &a) // whatever can be read
	if m, ok := missing[a.Pins.Input]; ok {
		delete(missing, a.Pins.Input)
		found.ID, found.Line = m.ID, m.Line
		found.Differences = []Difference{{At: "/case", Was: fmt.Sprintf("%q", id), Is: fmt.Sprintf("%q", m.ID), Cause: Altered,
			How: "the pin of the input is that of this case"}}
		return found
	}
	if _, err := flatten(text); err != nil {
		found.Differences = []Difference{{Cause: Altered, How: notAnObject}}
		return found
	}
	if v.receipts.hadLine(at) {
		found.Differences = []Difference{{Cause: Repeated, How: "the case has fewer lines than receipts"}}
		return found
	}
	found.Differences = []Difference{{Cause: Foreign, How: "no line of the input is of this case"}}
	return found
}
