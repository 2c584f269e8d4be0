package audit

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// verified returns what differs, "line/receipt case: at cause" for each.
func verified(t *testing.T, v Verifier, lines, receipts []string) []string {
	t.Helper()
	var out []string
	n := 0
	for found, err := range v.Verify(t.Context(), strings.NewReader(input(lines)), strings.NewReader(input(receipts))) {
		require.NoError(t, err)
		if found.Line > 0 {
			n++
		}
		for _, d := range found.Differences {
			require.NotEmpty(t, d.How)
			out = append(out, strings.TrimSpace(fmt.Sprintf("%d/%d %s: %s %s", found.Line, found.Receipt, found.ID, d.At, d.Cause)))
		}
	}
	require.GreaterOrEqual(t, n, len(lines))
	return out
}

func TestReceiptsThatAreAsTheyWere(t *testing.T) {
	lines := inputLines(300)
	for _, explain := range []bool{false, true} {
		for _, stage := range []eligibility.Stage{"", eligibility.StageSelection} {
			a := &Auditor{Catalogue: catalogue(t), Explain: explain, Stage: stage}
			require.Empty(t, verified(t, Verifier{Auditor: &Auditor{Catalogue: catalogue(t)}}, lines, written(t, a, lines)))
			a.Readings = true
			require.Empty(t, verified(t, Verifier{Auditor: &Auditor{Catalogue: catalogue(t)}}, lines[:60], written(t, a, lines[:60])))
		}
	}
}

// What readings a verdict hangs on is derived again, and an edit of it found.
func TestReceiptsWithReadings(t *testing.T) {
	lines := inputLines(40)
	receipts := written(t, &Auditor{Catalogue: catalogue(t), Readings: true}, lines)
	v := Verifier{Auditor: &Auditor{Catalogue: catalogue(t)}}
	for _, edit := range []struct{ pattern, with, at string }{
		{`"robust":true`, `"robust":false`, "/readings/robust"},
		{`"sensitiveTo":\[\],`, ``, "/sensitiveTo"},
		{`"readings":\{"robust":true,"consulted":[^}]*\},"findings"`, `"findings"`, "/readings/robust"},
	} {
		pattern := regexp.MustCompile(edit.pattern)
		i := slices.IndexFunc(receipts, pattern.MatchString)
		require.GreaterOrEqual(t, i, 0, edit.pattern)
		altered := slices.Clone(receipts)
		altered[i] = pattern.ReplaceAllString(receipts[i], edit.with)
		found := verified(t, v, lines, altered)
		require.Contains(t, found, fmt.Sprintf("%d/%d c%d: %s altered", i+1, i+1, i, edit.at))
		for _, d := range found {
			require.Contains(t, d, edit.at[:9], edit.pattern)
		}
	}
}

// A case with more combinations of readings than are tried is refused only with
// readings, and its receipt cannot say that they were asked for.
func TestReceiptOfTooManyReadings(t *testing.T) {
	var readings, terms []string
	for n := range 13 {
		readings = append(readings, fmt.Sprintf("  - {id: r%d, about: x, cite: [x], options: {a: x, b: y}, default: a}", n))
		terms = append(terms, fmt.Sprintf(`(reading.r%d == "b" ? %d : 0)`, n, 1<<n))
	}
	p, err := eligibility.LoadPolicy("p.yaml", []byte("policy: p\nversion: \"1\"\nreadings:\n"+strings.Join(readings, "\n")+
		"\nrules:\n  - {id: odd, title: x, cite: [x], expression: '"+strings.Join(terms, " + ")+" == 8191'}\n"))
	require.NoError(t, err)
	lines := []string{`{"id":"a","candidate":{"id":"a"},"vacancy":{"vacancy":"P 1","policy":"p","closes":"2026-01-31"}}`}
	receipts := written(t, &Auditor{Catalogue: catalogue(t, p), Readings: true}, lines)
	require.Contains(t, receipts[0], "combinations of readings matter")
	require.Empty(t, verified(t, Verifier{Auditor: &Auditor{Catalogue: catalogue(t, p)}}, lines, receipts))
}

// A line that could not be assessed has no pins: what was changed since, the
// receipt or the input, is not told.
func TestReceiptOfALineThatCanBeAssessedNow(t *testing.T) {
	lines := inputLines(3)
	wrong := slices.Clone(lines)
	wrong[1] = strings.Replace(lines[1], `"application":{`, `"application":{"relevance":{"gone":true},`, 1)
	worse := slices.Clone(lines)
	worse[1] = strings.Replace(lines[1], `"application":{`, `"application":{"relevance":{"lost":true},`, 1)
	for _, readings := range []bool{false, true} {
		receipts := written(t, &Auditor{Catalogue: catalogue(t), Readings: readings}, wrong)
		require.Contains(t, receipts[1], `"error":"line 2: `)
		v := Verifier{Auditor: &Auditor{Catalogue: catalogue(t)}}
		require.Empty(t, verified(t, v, wrong, receipts))
		require.Equal(t, []string{"2/2 c1: /error refused"}, verified(t, v, worse, receipts))
		require.Equal(t, []string{"2/2 c1: /error refused"}, verified(t, v, lines, receipts))
		// What is more than an error was altered.
		receipts[1] = strings.Replace(receipts[1], `,"error"`, `,"verdict":"eligible","error"`, 1)
		require.Contains(t, verified(t, v, wrong, receipts), "2/2 c1: /verdict altered")
	}
}

// alterations are edits of one receipt by hand, and where they are found.
var alterations = []struct {
	pattern, with string
	want          string // without the case
}{
	{`"verdict":"ineligible"`, `"verdict":"eligible"`, "/verdict altered"},
	{`"status":"unmet"`, `"status":"met"`, "/findings/"},
	{`"on":"20(\d\d)`, `"on":"19$1`, "/on altered"},
	{`"missing":\["[^"]*"`, `"missing":["/candidate/retires"`, "/missing altered"},
	{`"candidate":"c`, `"candidate":"d`, "/candidate altered"},
	{`"asOf":"2025-11-1`, `"asOf":"2025-10-1`, "/asOf altered"},
	{`\{"id":"deadline","status":"[a-zA-Z]*"\},`, ``, "/findings/deadline/id altered"},
	{`"pins":\{`, `"pins": {`, " altered"},
	{`"input":"sha256:.`, `"input":"sha256:`, "/pins/input altered"},
	{`"version":"2025-10"`, `"version":"2025-09"`, "/pins/policy/version altered"},
	{`"fieldScope":"asPlaced"`, `"fieldScope":"nowhere"`, "/pins/readings/fieldScope altered"},
	{`"fieldScope":"asPlaced"`, `"fieldScope":"academicOnly"`, "/pins/readings/fieldScope reading"},
	{`"cycleSlip":"[a-z]*",`, ``, "/pins/readings/cycleSlip altered"},
	{`"input":"sha256:....`, `"input":"sha256:0000`, "/pins/input input"},
	{`"nqf":"nqf-....`, `"nqf":"nqf-0000`, "/pins/tables/nqf table"},
	{`"semantics":\d+`, `"semantics":99`, "/pins/semantics semantics"},
	{`"semantics":\d+`, `"semantics":0`, "/pins/semantics altered"},
	{`,"pins":.*`, `}`, "/pins/"},
	{`^.*$`, `{"case":"`, " altered"},
	{`^(\{"case":"c\d+",).*$`, `$1"error":"line 1: forgotten"}`, "/error refused"},
}

// A pin that was taken out or put in has one cause.
func TestPinsThatWereTakenOut(t *testing.T) {
	lines := inputLines(1)
	receipt := written(t, &Auditor{Catalogue: catalogue(t)}, lines)[0]
	v := Verifier{Auditor: &Auditor{Catalogue: catalogue(t)}}
	for _, pattern := range []string{
		`"tables":\{"[^,]*,`, `"tables":\{[^}]*\},`, `"tables":\{`, `"vacancy":\{[^}]*\},`, `"readings":\{[^}]*\},`, `"readings":\{"[^,]*,`, `"readings":\{`,
	} {
		at := regexp.MustCompile(pattern).FindStringIndex(receipt)
		require.NotNil(t, at, pattern)
		with := ""
		switch {
		case strings.HasSuffix(pattern, `\{`):
			with = receipt[at[0]:at[1]] + `"added":"x",`
		case strings.HasSuffix(pattern, `,`) && strings.Contains(pattern, `"[`):
			with = receipt[at[0] : at[0]+strings.Index(receipt[at[0]:], "{")+1]
		}
		found := verified(t, v, lines, []string{receipt[:at[0]] + with + receipt[at[1]:]})
		require.NotEmpty(t, found, pattern)
		for _, d := range found {
			require.True(t, strings.HasSuffix(d, " altered"), "%s: %v", pattern, found)
		}
	}
}

func TestAlteredReceipts(t *testing.T) {
	lines := inputLines(40)
	receipts := written(t, &Auditor{Catalogue: catalogue(t)}, lines)
	v := Verifier{Auditor: &Auditor{Catalogue: catalogue(t)}}
	for _, alteration := range alterations {
		pattern := regexp.MustCompile(alteration.pattern)
		i := slices.IndexFunc(receipts, pattern.MatchString)
		require.GreaterOrEqual(t, i, 0, alteration.pattern)
		altered := slices.Clone(receipts)
		at := pattern.FindStringSubmatchIndex(receipts[i])
		altered[i] = receipts[i][:at[0]] + string(pattern.ExpandString(nil, alteration.with, receipts[i], at)) + receipts[i][at[1]:]
		found := verified(t, v, lines, altered)
		require.NotEmpty(t, found, alteration.pattern)
		require.Contains(t, strings.Join(found, "\n"), alteration.want, alteration.pattern)
	}
}

func TestReceiptsThatWereMovedOrLost(t *testing.T) {
	lines := inputLines(12)
	receipts := written(t, &Auditor{Catalogue: catalogue(t)}, lines)
	v := Verifier{Auditor: &Auditor{Catalogue: catalogue(t)}}
	edited := func(edit func(r []string) []string) []string {
		return verified(t, v, lines, edit(slices.Clone(receipts)))
	}

	require.Equal(t, []string{"4/0 c3:  missing"}, edited(func(r []string) []string { return slices.Delete(r, 3, 4) }))
	require.Equal(t, []string{"12/0 c11:  missing"}, edited(func(r []string) []string { return r[:11] }))
	require.Equal(t, []string{"0/7 c5:  repeated"}, edited(func(r []string) []string { return slices.Insert(r, 6, r[5]) }))
	require.Equal(t, []string{"3/9 c2:  moved", "9/3 c8:  moved"}, edited(func(r []string) []string { r[2], r[8] = r[8], r[2]; return r }))
	require.Equal(t, []string{"10/2 c9:  moved"}, edited(func(r []string) []string {
		return slices.Insert(slices.Delete(r, 9, 10), 1, receipts[9])
	}))
	require.Equal(t, []string{"0/13 x:  foreign"}, edited(func(r []string) []string { return append(r, `{"case":"x","error":"line 13: none"}`) }))
	require.Equal(t, []string{"2/2 c1: /case altered"}, edited(func(r []string) []string {
		r[1] = strings.Replace(r[1], `"case":"c1"`, `"case":"c77"`, 1)
		return r
	}))
	require.Len(t, edited(func([]string) []string { return nil }), len(lines)+1)
	require.Equal(t, []string{"0/4 :  altered", "0/14 :  altered"}, edited(func(r []string) []string {
		return append(slices.Insert(r, 3, " "), "")
	}))
	// What is left of a line that was cut is of no line.
	require.Equal(t, []string{"12/0 c11:  missing", "0/12 :  altered"}, edited(func(r []string) []string { r[11] = r[11][:6]; return r }))
	// The same case twice in the input has two receipts.
	twice := append(slices.Clone(lines), lines[0])
	require.Equal(t, []string{"13/0 c0:  missing"}, verified(t, v, twice, receipts))
}

// changedPolicy is the shipped policy with an edit.
func changedPolicy(t *testing.T, old, new string) *eligibility.Policy {
	t.Helper()
	f, err := policies.Files().Open("csdp.yaml")
	require.NoError(t, err)
	defer f.Close()
	var text bytes.Buffer
	_, err = text.ReadFrom(f)
	require.NoError(t, err)
	require.Contains(t, text.String(), old)
	p, err := eligibility.LoadPolicy("csdp.yaml", bytes.ReplaceAll(text.Bytes(), []byte(old), []byte(new)))
	require.NoError(t, err)
	return p
}

// Each difference has one cause, found by substituting one at a time.
func TestCausesOfDifferences(t *testing.T) {
	lines := inputLines(200)
	before := written(t, &Auditor{Catalogue: catalogue(t)}, lines)
	lenient := changedPolicy(t, "reaches(vacancy.experience.total)", "reaches(years(1))")
	shipped, err := policies.CSDP()
	require.NoError(t, err)
	other, err := shipped.WithReading("experienceEnd", "closing")
	require.NoError(t, err)
	citizens := slices.Clone(lines)
	for i, l := range citizens {
		citizens[i] = strings.Replace(l, `"citizenships":["US"]`, `"citizenships":["EE"]`, 1)
	}

	causesOf := func(v Verifier, lines []string) map[string]map[Cause]int {
		t.Helper()
		counts := make(map[string]map[Cause]int)
		for found, err := range v.Verify(t.Context(), strings.NewReader(input(lines)), strings.NewReader(input(before))) {
			require.NoError(t, err)
			for _, d := range found.Differences {
				at := d.At
				if counts[at] == nil {
					counts[at] = make(map[Cause]int)
				}
				counts[at][d.Cause]++
			}
		}
		return counts
	}
	only := func(counts map[string]map[Cause]int, cause Cause) {
		t.Helper()
		require.NotEmpty(t, counts["/verdict"])
		for at, causes := range counts {
			require.Len(t, causes, 1, at)
			require.Positive(t, causes[cause], at)
		}
	}
	only(causesOf(Verifier{Auditor: &Auditor{Catalogue: catalogue(t, lenient)}}, lines), PolicyChanged)
	only(causesOf(Verifier{Auditor: &Auditor{Catalogue: catalogue(t, lenient)}, Earlier: []*eligibility.Policy{shipped}}, lines), PolicyChanged)
	only(causesOf(Verifier{Auditor: &Auditor{Catalogue: catalogue(t)}}, citizens), InputChanged)

	reading := causesOf(Verifier{Auditor: &Auditor{Catalogue: catalogue(t, other)}}, lines)
	for at, causes := range reading {
		require.Equal(t, []Cause{ReadingChanged}, keys(causes), at)
	}
	require.NotEmpty(t, reading["/pins/readings/experienceEnd"])

	// Input and policy: with the earlier policy at hand they are told apart.
	both := causesOf(Verifier{Auditor: &Auditor{Catalogue: catalogue(t, lenient)}, Earlier: []*eligibility.Policy{shipped}}, citizens)
	require.Equal(t, []Cause{InputChanged}, keys(both["/findings/citizenship/status"]))
	require.Equal(t, []Cause{PolicyChanged}, keys(both["/findings/experience/findings/total/status"]))
	require.Equal(t, []Cause{InputChanged, PolicyChanged}, keys(both["/verdict"]))
}

func keys(m map[Cause]int) []Cause {
	var out []Cause
	for _, c := range Causes {
		if m[c] > 0 {
			out = append(out, c)
		}
	}
	return out
}

// An alteration is found beside a change, where the policy of the receipt is at
// hand.
func TestAlteredBesideAChange(t *testing.T) {
	lines := inputLines(60)
	receipts := written(t, &Auditor{Catalogue: catalogue(t)}, lines)
	i := slices.IndexFunc(receipts, func(r string) bool {
		return strings.Contains(r, `"id":"regime","status":"met"`) && strings.Contains(r, `"verdict":"ineligible"`)
	})
	receipts[i] = strings.Replace(receipts[i], `"id":"regime","status":"met"`, `"id":"regime","status":"undetermined"`, 1)
	lenient := changedPolicy(t, "reaches(vacancy.experience.total)", "reaches(years(1))")
	shipped, err := policies.CSDP()
	require.NoError(t, err)
	found := verified(t, Verifier{Auditor: &Auditor{Catalogue: catalogue(t, lenient)}, Earlier: []*eligibility.Policy{shipped}}, lines, receipts)
	require.Contains(t, found, fmt.Sprintf("%d/%d c%d: /findings/regime/status altered", i+1, i+1, i))
	require.Contains(t, found, fmt.Sprintf("%d/%d c%d: /pins/policy/sha256 policy", i+1, i+1, i))
}

func TestOrderOfReceipts(t *testing.T) {
	for _, test := range []struct {
		order []int32
		want  map[int]int
	}{
		{nil, nil},
		{[]int32{1, 4, 9}, nil},
		{[]int32{4, 1, 9}, map[int]int{0: 1, 1: 0}},
		{[]int32{9, 4, 1}, map[int]int{0: 2, 2: 0}},
		{[]int32{2, 3, 4, 1}, map[int]int{3: -1}},
		{[]int32{4, 1, 2, 3}, map[int]int{0: -1}},
		{[]int32{2, 1, 4, 3}, map[int]int{0: 1, 1: 0, 2: 3, 3: 2}},
	} {
		require.Equal(t, test.want, moved(test.order), "%v", test.order)
	}
}

func TestReceiptsThatCannotBeRead(t *testing.T) {
	f, err := os.Create(t.TempDir() + "/receipts")
	require.NoError(t, err)
	require.NoError(t, f.Close())
	v := Verifier{Auditor: &Auditor{Catalogue: catalogue(t)}}
	for _, err := range v.Verify(t.Context(), strings.NewReader("x\n"), f) {
		require.ErrorIs(t, err, os.ErrClosed)
	}
}

// truncated is a file that loses what was in it after it was read once.
type truncated struct{ *strings.Reader }

func (truncated) ReadAt([]byte, int64) (int, error) { return 0, os.ErrDeadlineExceeded }

func TestReceiptsThatVanish(t *testing.T) {
	lines := inputLines(5)
	receipts := written(t, &Auditor{Catalogue: catalogue(t)}, lines)
	v := Verifier{Auditor: &Auditor{Catalogue: catalogue(t)}}
	var failed error
	for _, err := range v.Verify(t.Context(), strings.NewReader(input(lines)), truncated{strings.NewReader(input(receipts))}) {
		failed = err
	}
	require.ErrorIs(t, failed, os.ErrDeadlineExceeded)
}

// An id that cannot be read is none, in the line as in its receipt.
func TestReceiptsOfLinesWithoutAnID(t *testing.T) {
	lines := []string{"{\"id\":\"a\tb\"}", "{\"id\":\"bad\xff\"}", `{"id":"\ud800"}`, `{"id":"x`, `{"id":"y"}`, "{\"id\":\"\x00\"}"}
	a := &Auditor{Catalogue: catalogue(t)}
	receipts := written(t, a, lines)
	require.Empty(t, verified(t, Verifier{Auditor: a}, lines, receipts))
	require.Equal(t, []string{"1/0 :  missing"}, verified(t, Verifier{Auditor: a}, lines, receipts[1:]))
}

// Every byte counts, the last one too.
func TestLastReceiptWithoutItsEnd(t *testing.T) {
	lines := inputLines(3)
	a := &Auditor{Catalogue: catalogue(t)}
	text := strings.TrimSuffix(input(written(t, a, lines)), "\n")
	var found []Verification
	for v, err := range (&Verifier{Auditor: a}).Verify(t.Context(), strings.NewReader(input(lines)), strings.NewReader(text)) {
		require.NoError(t, err)
		if len(v.Differences) > 0 {
			found = append(found, v)
		}
	}
	require.Equal(t, []Verification{{Receipt: 3, Differences: []Difference{{Cause: Altered, How: "the last line has no end"}}}}, found)
}

// One edit is one difference, however much is explained.
func TestAnEditOfWhatExplains(t *testing.T) {
	lines := inputLines(1)
	v := Verifier{Auditor: &Auditor{Catalogue: catalogue(t)}}
	edited := func(explain bool, pattern, with string) []string {
		receipt := written(t, &Auditor{Catalogue: catalogue(t), Explain: explain}, lines)[0]
		at := regexp.MustCompile(pattern).FindStringIndex(receipt)
		require.NotNil(t, at)
		return verified(t, v, lines, []string{receipt[:at[0]] + strings.ReplaceAll(with, "$0", receipt[at[0]:at[1]]) + receipt[at[1]:]})
	}
	require.Equal(t, []string{"1/1 c0: /findings/deadline/reason altered"}, edited(true, `,"reason":"[^"]*"`, ""))
	require.Equal(t, []string{"1/1 c0: /findings/deadline/reason altered"}, edited(false, `"id":"deadline","status":"[a-zA-Z]*"`, `$0,"reason":"x"`))
}

// Of several receipts of a case, that of a line is the one pinned to it.
func TestReceiptUnderTheIDOfAnother(t *testing.T) {
	lines := inputLines(12)
	receipts := written(t, &Auditor{Catalogue: catalogue(t)}, lines)
	receipts[1] = strings.Replace(receipts[1], `"case":"c1"`, `"case":"c7"`, 1)
	require.Equal(t, []string{"2/2 c1: /case altered"}, verified(t, Verifier{Auditor: &Auditor{Catalogue: catalogue(t)}}, lines, receipts))
}
