package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
)

// caseLine is a case of a few employments, about as long as a real one.
func caseLine(id int) string {
	var employments []string
	for i := range 20 {
		employments = append(employments, fmt.Sprintf(
			`{"id":"e%d","employer":"Employer %d","title":"Officer","from":"%d-01-01","to":"%d-12-31","domains":["security"]}`,
			i, i, 2000+i, 2000+i))
	}
	return fmt.Sprintf(`{"id":"c%d","vacancy":"EK 60053","candidate":{"id":"c%d","citizenships":["EE"],"employments":[%s]},"application":{"date":"2025-11-10"}}`+"\n",
		id, id, strings.Join(employments, ","))
}

// feed writes n cases into a pipe, so that no more than a buffer of them
// exists at a time.
func feed(n int, before func(i int)) io.Reader {
	r, w := io.Pipe()
	go func() {
		for i := range n {
			before(i)
			if _, err := io.WriteString(w, caseLine(i)); err != nil {
				return
			}
		}
		w.Close()
	}()
	return r
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// lineCounter counts lines and checks that they are the cases in order.
type lineCounter struct {
	rest  []byte
	lines int
	fault error
}

func (c *lineCounter) Write(p []byte) (int, error) {
	c.rest = append(c.rest, p...)
	for {
		line, rest, found := bytes.Cut(c.rest, []byte("\n"))
		if !found {
			c.rest = bytes.Clone(c.rest)
			return len(p), nil
		}
		if want := fmt.Sprintf(`{"case":"c%d",`, c.lines); !bytes.HasPrefix(line, []byte(want)) && c.fault == nil {
			c.fault = fmt.Errorf("line %d begins with %.40s", c.lines, line)
		}
		c.lines++
		c.rest = rest
	}
}

func TestMemoryStaysBounded(t *testing.T) {
	const n = 3000 // some 7 MB in and 5 MB out
	goroutines := runtime.NumGoroutine()
	var early, late uint64
	in := feed(n, func(i int) {
		switch i {
		case n / 10:
			early = heap()
		case n - 1:
			late = heap()
		}
	})
	var out lineCounter
	require.Equal(t, done, run(t.Context(), []string{"-"}, in, &out, io.Discard))
	require.NoError(t, out.fault)
	require.Equal(t, n, out.lines)
	require.Less(t, late, early+(2<<20), "the heap grew from %d to %d bytes", early, late)
	for deadline := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > goroutines && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond) // the writer of the pipe ends on its own
	}
	require.LessOrEqual(t, runtime.NumGoroutine(), goroutines)
}

// repeat is a reader of one byte without end.
type repeat byte

func (r repeat) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(r)
	}
	return len(p), nil
}

func TestLineThatIsTooLong(t *testing.T) {
	in := io.MultiReader(
		strings.NewReader(`{"id":"long","vacancy":"EK 60053","x":"`),
		io.LimitReader(repeat('x'), 2*eligibility.MaxCaseBytes),
		strings.NewReader("\"}\n"+caseLine(1)),
	)
	before := heap()
	var stdout, stderr bytes.Buffer
	require.Equal(t, unreadable, run(t.Context(), []string{"-"}, in, &stdout, &stderr))
	lines := strings.Split(strings.TrimSpace(stdout.String()), "\n")
	require.Len(t, lines, 2)
	require.Equal(t, `{"case":"long","error":"line 1: longer than the 16777216 bytes that are read"}`, lines[0])
	require.True(t, strings.HasPrefix(lines[1], `{"case":"c1","candidate":"c1",`), lines[1])
	require.Contains(t, stderr.String(), "1 not assessed")
	require.Less(t, heap(), before+(8<<20))
}

func TestCancelledBeforeTheFirstCase(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("the operator had enough"))
	var stdout, stderr bytes.Buffer
	require.Equal(t, unreadable, run(ctx, []string{"-"}, strings.NewReader(caseLine(0)), &stdout, &stderr))
	require.Empty(t, stdout.String())
	require.Contains(t, stderr.String(), "audit: stopped before line 1: the operator had enough")
	require.Contains(t, stderr.String(), "0 cases")
}

// What was assessed before a run is cancelled is written, in whole lines.
func TestCancelledOnTheWay(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	const n = 400
	in := feed(n, func(i int) {
		if i == n/2 {
			cancel()
		}
	})
	var out lineCounter
	var stderr bytes.Buffer
	require.Equal(t, unreadable, run(ctx, []string{"-"}, in, &out, &stderr))
	require.NoError(t, out.fault)
	require.Empty(t, out.rest)
	require.Positive(t, out.lines)
	require.Less(t, out.lines, n)
	require.Contains(t, stderr.String(), context.Canceled.Error())
	require.Contains(t, stderr.String(), fmt.Sprintf("%12d cases\n", out.lines))
	in.(*io.PipeReader).Close()
}

// main turns an interrupt into a cancelled context, so that a run that waits
// for input would otherwise not be interrupted at all.
func TestCancelledWhileWaitingForInput(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r, w := io.Pipe()
	defer w.Close()
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, []string{"-"}, r, io.Discard, io.Discard) }()
	cancel()
	select {
	case status := <-ended:
		require.Equal(t, unreadable, status)
	case <-time.After(5 * time.Second):
		t.Fatal("the run goes on waiting")
	}
}

// fails is standard output that was closed.
type fails struct{}

func (fails) Write([]byte) (int, error) { return 0, errors.New("closed") }

func TestOutputThatCannotBeWritten(t *testing.T) {
	var stderr bytes.Buffer
	require.Equal(t, unreadable, run(t.Context(), []string{"-"}, strings.NewReader(caseLine(0)), fails{}, &stderr))
	require.Contains(t, stderr.String(), "audit: closed")
}

func TestInputThatFails(t *testing.T) {
	in := io.MultiReader(strings.NewReader(caseLine(0)), failing{})
	var out lineCounter
	var stderr bytes.Buffer
	require.Equal(t, unreadable, run(t.Context(), []string{"-"}, in, &out, &stderr))
	require.Equal(t, 1, out.lines)
	require.Contains(t, stderr.String(), "audit: the disk is gone")
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

func TestSameInputSameOutput(t *testing.T) {
	var in strings.Builder
	for i := range 50 {
		in.WriteString(caseLine(i))
	}
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		require.Equal(t, done, run(t.Context(), []string{"-explain", "-"}, strings.NewReader(in.String()), out, io.Discard))
	}
	require.Equal(t, first.String(), second.String())
}
