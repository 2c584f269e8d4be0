package policytest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility/policytest"
)

// A day on which the mutant differs is said as one.
func TestPrintOfASurvivor(t *testing.T) {
	for _, test := range []struct{ what, policy, mutant, want string }{
		{"work", "met", "unmet", "work is met, and unmet with the error"},
		{"work/0 on", "2020-06-30", "2020-07-02", "work/0 is fulfilled on 2020-06-30, and on 2020-07-02 with the error"},
		{"work on", "2020-06-30", "nothing", "work is fulfilled on 2020-06-30, and without a day with the error"},
	} {
		m := policytest.Mutation{Survivors: []policytest.Mutant{{Rule: "work", Was: "1", Now: "2",
			Killer: &policytest.Killer{What: test.what, Policy: test.policy, Mutant: test.mutant}}}}
		var b strings.Builder
		m.Print(&b)
		require.Contains(t, b.String(), "    a case that would notice: "+test.want+"\n")
	}
}
