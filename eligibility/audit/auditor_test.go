package audit

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
)

func TestSameBytesWithAnyNumberOfWorkers(t *testing.T) {
	lines := inputLines(400)
	for _, explain := range []bool{false, true} {
		want := written(t, &Auditor{Catalogue: catalogue(t), Explain: explain, Workers: 1}, lines)
		require.Len(t, want, len(lines))
		for _, workers := range []int{2, 7, 0} {
			require.Equal(t, want, written(t, &Auditor{Catalogue: catalogue(t), Explain: explain, Workers: workers}, lines))
		}
		previous := runtime.GOMAXPROCS(1)
		got := written(t, &Auditor{Catalogue: catalogue(t), Explain: explain}, lines)
		runtime.GOMAXPROCS(previous)
		require.Equal(t, want, got)
	}
}

// decoded yields cases that were read beforehand.
func decoded(lines []string) iter.Seq2[*eligibility.Case, error] {
	return func(yield func(*eligibility.Case, error) bool) {
		for _, l := range lines {
			if !yield(eligibility.DecodeCase([]byte(l))) {
				return
			}
		}
	}
}

func TestCasesGiveWhatLinesGive(t *testing.T) {
	lines := inputLines(200)
	a := &Auditor{Catalogue: catalogue(t)}
	want := written(t, a, lines)
	n := 0
	for r, err := range a.Cases(t.Context(), decoded(lines)) {
		require.NoError(t, err)
		require.Equal(t, n+1, r.Number)
		require.Nil(t, r.Text)
		if r.Err != nil {
			require.Contains(t, want[n], `"error":`)
		} else {
			text, err := r.Assessment.MarshalJSON()
			require.NoError(t, err)
			require.Equal(t, want[n], string(text))
		}
		n++
	}
	require.Equal(t, len(lines), n)
}

// noMoreGoroutines waits until there are no more than before.
func noMoreGoroutines(t *testing.T, before int) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	require.LessOrEqual(t, runtime.NumGoroutine(), before)
}

func TestWhoHasEnoughStopsEverything(t *testing.T) {
	before := runtime.NumGoroutine()
	lines := inputLines(100)
	endless := func(yield func(*eligibility.Case, error) bool) {
		for {
			for c, err := range decoded(lines) {
				if !yield(c, err) {
					return
				}
			}
		}
	}
	a := &Auditor{Catalogue: catalogue(t)}
	for _, enough := range []int{1, 2, 57} {
		n := 0
		for r, err := range a.Cases(t.Context(), endless) {
			require.NoError(t, err)
			require.NotNil(t, r)
			if n++; n == enough {
				break
			}
		}
		for range a.Lines(t.Context(), strings.NewReader(input(lines))) {
			break
		}
	}
	noMoreGoroutines(t, before)
}

// However long the input is, no more of it is read than is under way.
func TestNoMoreIsReadThanIsUnderWay(t *testing.T) {
	lines := inputLines(1)
	var read atomic.Int64
	cases := func(yield func(*eligibility.Case, error) bool) {
		for {
			read.Add(1)
			if !yield(eligibility.DecodeCase([]byte(lines[0]))) {
				return
			}
		}
	}
	n := 0
	for range (&Auditor{Catalogue: catalogue(t), Workers: 3}).Cases(t.Context(), cases) {
		if n++; n == 1000 {
			time.Sleep(20 * time.Millisecond) // the reader runs on as far as it may
			require.LessOrEqual(t, read.Load(), int64(n+4*3))
			break
		}
	}
}

func TestEndedContext(t *testing.T) {
	before := runtime.NumGoroutine()
	lines := inputLines(100)
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	n := 0
	var stopped error
	for r, err := range (&Auditor{Catalogue: catalogue(t)}).Cases(ctx, decoded(lines)) {
		if err != nil {
			require.NoError(t, stopped, "one error only")
			stopped = err
			continue
		}
		require.NoError(t, stopped)
		if r.Err != nil {
			require.NotErrorIs(t, r.Err, context.Canceled)
		}
		if n++; n == 40 {
			cancel(errors.New("enough"))
		}
	}
	require.EqualError(t, stopped, "stopped before case 41: enough")
	noMoreGoroutines(t, before)
}

// A reader that fails in the middle of a line ends the run, and the half line
// is not a case.
func TestReaderThatFails(t *testing.T) {
	lines := inputLines(3)
	in := io.MultiReader(strings.NewReader(input(lines[:2])+lines[2][:40]), failing{})
	n := 0
	for r, err := range (&Auditor{Catalogue: catalogue(t)}).Lines(t.Context(), in) {
		if err != nil {
			require.EqualError(t, err, "the disk is gone")
			continue
		}
		n++
		require.Equal(t, n, r.Number)
	}
	require.Equal(t, 2, n)
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

// Lines of any length come out in order: one that is long takes the room of
// others.
func TestLongLinesAmongShortOnes(t *testing.T) {
	lines := inputLines(60)
	for i := range lines {
		if i%13 == 4 {
			lines[i] = fmt.Sprintf(`{"id":"c%d","vacancy":"EK 60053","candidate":{"id":"x","residence":"%s"}}`, i, strings.Repeat("x", (1+i%2)<<22))
		}
	}
	n := 0
	for r, err := range (&Auditor{Catalogue: catalogue(t), Workers: 2}).Lines(t.Context(), strings.NewReader(input(lines))) {
		require.NoError(t, err)
		n++
		require.Equal(t, n, r.Number)
	}
	require.Equal(t, len(lines), n)
}

func TestNoCaseIsAnErrorOfItsOwn(t *testing.T) {
	nothing := func(yield func(*eligibility.Case, error) bool) { yield(nil, nil) }
	for r, err := range (&Auditor{Catalogue: catalogue(t)}).Cases(t.Context(), nothing) {
		require.NoError(t, err)
		require.EqualError(t, r.Err, "there is no case")
	}
}

// Short lines are not under way in larger numbers than others.
func TestBatchesOfShortLines(t *testing.T) {
	reader := newLineReader(strings.NewReader(strings.Repeat("{}\n", 100)))
	var b batch
	n := 0
	for reader.read(&b) {
		require.LessOrEqual(t, len(b.lines), batchLines)
		n += len(b.lines)
	}
	require.Equal(t, 100, n)
}

// Some programs begin a file with a byte order mark, which is no fault.
func TestByteOrderMark(t *testing.T) {
	lines := inputLines(2)
	want := written(t, &Auditor{Catalogue: catalogue(t)}, lines)
	require.Equal(t, want, written(t, &Auditor{Catalogue: catalogue(t)}, []string{byteOrderMark + lines[0], lines[1]}))
}
