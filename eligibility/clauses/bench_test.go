package clauses_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/qualify-rules/qualify/eligibility/clauses"
)

// A comparison is held against reading the text once.
func BenchmarkCompare(b *testing.B) {
	var long strings.Builder
	for post := range 100 {
		long.WriteString(strings.NewReplacer("Harbour", fmt.Sprintf("Harbour %d", post), "gulls", fmt.Sprintf("%d gulls", post)).Replace(notice))
	}
	text := long.String()
	list := clauses.List(text)
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			clauses.Normalise(text)
		}
	})
	for _, edition := range []struct{ name, text string }{
		{"same", text},
		{"one word", strings.Replace(text, "50 gulls", "51 gulls", 1)},
		{"every post", strings.ReplaceAll(text, "four years", "five years")},
		{"every word", strings.ReplaceAll(text, "e", "i")},
	} {
		b.Run(edition.name, func(b *testing.B) {
			for b.Loop() {
				clauses.Compare(list, edition.text)
			}
		})
	}
}
