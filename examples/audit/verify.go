package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/go-json-experiment/json"

	"github.com/qualify-rules/qualify/eligibility/audit"
)

// verify compares the receipts with what is found now, writes those that differ
// and returns how many do.
func (c *command) verify(ctx context.Context, in *input, stdout, stderr io.Writer) (different int, err error) {
	receipts, err := os.Open(c.receipts)
	if err != nil {
		return 0, err
	}
	defer receipts.Close()
	out := &lineWriter{to: stdout}
	v := audit.Verifier{Auditor: &c.auditor, Earlier: c.earlier}
	same := 0
	counts := make(map[audit.Cause]int)
	for found, stopped := range v.Verify(ctx, in, receipts) {
		if err = stopped; err != nil {
			break
		}
		in.show()
		if len(found.Differences) == 0 {
			same++
			continue
		}
		different++
		var causes []audit.Cause
		for _, d := range found.Differences {
			if !slices.Contains(causes, d.Cause) {
				causes = append(causes, d.Cause)
				counts[d.Cause]++
			}
		}
		var text []byte
		if text, err = json.Marshal(found, json.Deterministic(true)); err != nil {
			break
		}
		if err = out.write(append(text, '\n')); err != nil {
			break
		}
	}
	in.hide()
	err = errors.Join(err, out.flush())
	fmt.Fprintf(stderr, "%12d as they were\n%12d different\n", same, different)
	for _, cause := range audit.Causes {
		if n := counts[cause]; n > 0 {
			fmt.Fprintf(stderr, "%18d %s\n", n, causeWords[cause])
		}
	}
	return different, err
}

var causeWords = map[audit.Cause]string{
	audit.InputChanged:     "input changed",
	audit.PolicyChanged:    "policy changed",
	audit.TableChanged:     "table changed",
	audit.ReadingChanged:   "reading changed",
	audit.SemanticsChanged: "library semantics changed",
	audit.Refused:          "refused: could not be assessed then, and what was changed cannot be told",
	audit.Altered:          "altered: not what their own pins give",
	audit.Missing:          "missing: a line without a receipt",
	audit.Repeated:         "repeated: more receipts than lines of the case",
	audit.Foreign:          "foreign: of no case of the input",
	audit.Moved:            "moved: not in the order of the input",
}
