package audit_test

import (
	"bytes"
	"encoding/json"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/audit"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// file is so many lines: those of testdata/audit.jsonl, again and again.
func file(b *testing.B, lines int) []byte {
	b.Helper()
	text, err := os.ReadFile("../../testdata/audit.jsonl")
	require.NoError(b, err)
	shipped := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	var out bytes.Buffer
	for n := 0; n < lines; {
		for _, line := range shipped {
			var c eligibility.Case
			if json.Unmarshal(line, &c) != nil {
				continue // it is there to be refused
			}
			out.Write(bytes.Replace(line, []byte(`"id":"`), []byte(`"id":"`+strconv.Itoa(n)+`-`), 1))
			out.WriteByte('\n')
			n++
		}
	}
	return out.Bytes()
}

// BenchmarkFile audits a file and decodes the same bytes by encoding/json into
// the same structs, in rounds that alternate so that a busy machine slows both,
// and reports how many times as long the audit takes.
func BenchmarkFile(b *testing.B) {
	catalogue, err := policies.Catalogue()
	require.NoError(b, err)
	text := file(b, 5000)
	decoded := func() {
		d := json.NewDecoder(bytes.NewReader(text))
		for d.More() {
			var c eligibility.Case
			if err := d.Decode(&c); err != nil {
				b.Fatal(err)
			}
		}
	}
	for _, kind := range []struct {
		name    string
		auditor *audit.Auditor
	}{
		{"outline", &audit.Auditor{Catalogue: catalogue}},
		{"one worker", &audit.Auditor{Catalogue: catalogue, Workers: 1}},
		{"explained", &audit.Auditor{Catalogue: catalogue, Explain: true}},
	} {
		b.Run(kind.name, func(b *testing.B) {
			audited := func() {
				for r, err := range kind.auditor.Lines(b.Context(), bytes.NewReader(text)) {
					if err != nil || r.Assessment == nil {
						b.Fatal(err, r.Err)
					}
				}
			}
			least := func(sofar time.Duration, f func()) time.Duration {
				began := time.Now()
				f()
				return min(sofar, time.Since(began))
			}
			b.SetBytes(int64(len(text)))
			all, alone := time.Hour, time.Hour
			for b.Loop() {
				all, alone = least(all, audited), least(alone, decoded)
			}
			b.ReportMetric(float64(all)/float64(alone), "×encoding/json")
			b.ReportMetric(float64(runtime.GOMAXPROCS(0)), "cores")
		})
	}
}
