package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"

	"github.com/qualify-rules/qualify/eligibility/audit"
)

// outcome is what the run came to.
type outcome struct {
	audit.Summary
	// EqualTreatment is stated where it was looked into.
	EqualTreatment audit.Compared `json:"equalTreatment,omitzero"`
	// Assessments is the SHA-256 hash of all the assessments that were written.
	Assessments string `json:"assessments"`

	hash   hash.Hash
	report audit.Report
	equal  audit.EqualTreatment
	worse  []audit.WorseTreated

	notices notices
}

// audit assesses the cases and returns how many could not be.
func (c *command) audit(ctx context.Context, in *input, stdout, stderr io.Writer) (failed int, err error) {
	o := &outcome{hash: sha256.New(), notices: notices{catalogue: c.auditor.Catalogue}}
	results := c.auditor.Lines(ctx, in)
	if c.out != "" {
		f, err := openOutput(c.out, c.resume)
		if err != nil {
			return 0, err
		}
		defer f.Close()
		if c.resume {
			if _, err := io.Copy(o.hash, f.answered()); err != nil {
				return 0, err
			}
			results = c.auditor.Resume(ctx, in, f.answered())
		}
		stdout = f
	}
	out := &lineWriter{to: io.MultiWriter(o.hash, stdout)}
	disagreements, err := createLines(c.disagreements)
	if err != nil {
		return 0, err
	}
	for r, stopped := range results {
		if err = stopped; err != nil {
			break
		}
		o.add(r)
		if err = errors.Join(out.write(r.Text), writeDisagreement(disagreements, r)); err != nil {
			break
		}
		in.show()
	}
	in.hide()
	if err = errors.Join(err, out.flush(), disagreements.close()); err != nil {
		if c.resume && ctx.Err() == nil {
			return 0, err // of what was there already nothing may be counted
		}
		o.Summary = *o.report.Summary()
		return 0, errors.Join(err, o.Print(stderr))
	}
	o.finish()
	o.notices.print(stderr)
	return o.NotAssessed, errors.Join(c.write(o), o.print(stderr))
}

func (o *outcome) add(r audit.Result) {
	o.report.Add(r)
	o.equal.Add(r)
	o.notices.add(r)
}

func (o *outcome) finish() {
	o.Summary = *o.report.Summary()
	o.worse, o.EqualTreatment = o.equal.Find()
	o.Assessments = hex.EncodeToString(o.hash.Sum(nil))
}

// write writes the files that were asked for.
func (c *command) write(o *outcome) error {
	var errs []error
	if c.summary != "" {
		errs = append(errs, writeWhole(c.summary, o))
	}
	if c.equalTreatment != "" {
		errs = append(errs, writeWorse(c.equalTreatment, o.worse))
	}
	return errors.Join(errs...)
}

func writeWorse(name string, worse []audit.WorseTreated) error {
	lines, err := createLines(name)
	for _, w := range worse {
		if err == nil {
			err = lines.write(w)
		}
	}
	return errors.Join(err, lines.close())
}

// writeDisagreement writes a case that was decided otherwise at the time.
func writeDisagreement(lines *jsonLines, r audit.Result) error {
	kind, clauses := r.Disagreement()
	if kind == "" {
		return nil
	}
	return lines.write(struct {
		Case     string             `json:"case"`
		Vacancy  string             `json:"vacancy"`
		Kind     audit.Disagreement `json:"kind"`
		Recorded string             `json:"recorded"`
		Verdict  string             `json:"verdict"`
		Clauses  []audit.Clause     `json:"clauses"`
	}{r.ID, r.Assessment.Vacancy, kind, string(r.Case.Recorded), string(r.Assessment.Verdict), clauses})
}

func (o *outcome) print(w io.Writer) error {
	if err := o.Print(w); err != nil {
		return err
	}
	e := o.EqualTreatment
	if e == (audit.Compared{}) {
		return nil
	}
	pairs := "pairs"
	if e.Pairs == 1 {
		pairs = "pair"
	}
	_, err := fmt.Fprintf(w, "\n%12d of %d recorded ineligible were at least as good as others recorded eligible, in %d %s\n",
		e.Worse, e.Ineligible, e.Pairs, pairs)
	return err
}
