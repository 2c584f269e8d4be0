package eligibility_test

import (
	"fmt"
	"io/fs"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/experience"
)

func BenchmarkCompile(b *testing.B) {
	files := 0
	require.NoError(b, fs.WalkDir(policies.Files(), ".", func(_ string, d fs.DirEntry, err error) error {
		if !d.IsDir() {
			files++
		}
		return err
	}))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := policies.Catalogue(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(files), "files")
}

func BenchmarkDecode(b *testing.B) {
	text := richCase(b)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := eligibility.DecodeCase(text); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAssess decides the same history by the policy and by hand, in
// rounds that alternate so that a busy machine slows both, and reports how
// many times as long the policy takes.
func BenchmarkAssess(b *testing.B) {
	cat, hand, c := catalogue(b), newByHand(), rich(b)
	c.Candidate.Qualifications[2].NQF, c.Candidate.Qualifications[2].EQF = eligibility.NQF{}, 7
	require.True(b, hand.eligible(c))
	a, err := cat.Assess(b.Context(), c)
	require.NoError(b, err)
	require.Equal(b, eligibility.Eligible, a.Verdict)

	byHand := func() {
		if !hand.eligible(c) {
			b.Fatal("not eligible")
		}
	}
	b.Run("hand", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			byHand()
		}
	})
	for _, kind := range []struct {
		name    string
		options []eligibility.AssessOption
	}{
		{"verdict", []eligibility.AssessOption{eligibility.Outline(), eligibility.WithoutPins()}},
		{"outline", []eligibility.AssessOption{eligibility.Outline()}},
		{"full", nil},
	} {
		assess := func() {
			if _, err := cat.Assess(b.Context(), c, kind.options...); err != nil {
				b.Fatal(err)
			}
		}
		b.Run(kind.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				assess()
			}
			b.ReportMetric(ratio(assess, byHand), "×hand")
		})
	}
	b.Run("parallel", func(b *testing.B) {
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := cat.Assess(b.Context(), c, eligibility.Outline()); err != nil {
					b.Error(err)
				}
			}
		})
	})
}

// ratio is how many times as long one function takes as another: that of the
// least times of alternating rounds.
func ratio(one, other func()) float64 {
	const rounds, calls = 7, 200
	least := func(sofar time.Duration, f func()) time.Duration {
		began := time.Now()
		for range calls {
			f()
		}
		if took := time.Since(began); sofar == 0 || took < sofar {
			return took
		}
		return sofar
	}
	var a, b time.Duration
	for range rounds {
		a, b = least(a, one), least(b, other)
	}
	return float64(a) / float64(b)
}

// BenchmarkPost specialises the policy to a vacancy, which is done once for
// each.
func BenchmarkPost(b *testing.B) {
	post, err := catalogue(b).Post("EK 60255")
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := post.Policy().Post(post.Vacancy()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRecords assesses histories of ten to ten thousand employments, and
// reports the time for each of them.
func BenchmarkRecords(b *testing.B) {
	cat := catalogue(b)
	for _, n := range []int{10, 100, 1000, eligibility.MaxRecords} {
		c := rich(b)
		c.Candidate.Employments, c.Application.Relevance = make([]eligibility.Employment, n), make(map[string]experience.Truth, n)
		first := experience.MustParseDate("1990-01-01")
		for i := range n {
			from := first.Add(experience.MustParsePeriod(fmt.Sprintf("P%dD", i)))
			id := fmt.Sprint("job", i)
			c.Candidate.Employments[i] = eligibility.Employment{ID: id, From: from, To: from.Add(experience.MustParsePeriod("P20D"))}
			c.Application.Relevance[id] = experience.TruthOf(i%3 > 0)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := cat.Assess(b.Context(), c, eligibility.Outline()); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/record")
		})
	}
}
