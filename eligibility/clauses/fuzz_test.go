package clauses_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility/clauses"
)

// A text is as it was listed, and nothing stops a comparison.
func FuzzListed(f *testing.F) {
	f.Add(notice)
	f.Add("One thing. * Another thing. ✓ A third thing.\n* A fourth\n✓ A fifth\n")
	f.Add("A o B\n\n15\n\nC 3 / 4 D. 5/6\n\nPage 3\n\nE\f7\fF")
	f.Add("Harbour Office\n- 1 -\n2 – 3 years, 12-\n2018\n\nHarbour Office\n- 2 -\n")
	list := account()
	f.Fuzz(func(t *testing.T, text string) {
		require.Empty(t, clauses.Compare(clauses.List(text), text).Differences)
		clauses.Compare(list, text)
		clauses.Carry([]*clauses.Account{{Clauses: list}}, text)
	})
}
