package policies_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/eligibility/policytest"
)

func TestMutants(t *testing.T) {
	csdp, err := policies.CSDP()
	require.NoError(t, err)
	vacancies, err := policies.Vacancies()
	require.NoError(t, err)
	suite, err := policytest.Load(os.DirFS("suites/csdp"))
	require.NoError(t, err)
	m, err := policytest.Mutate(t.Context(), csdp, suite, policytest.Vacancies(vacancies...))
	require.NoError(t, err)
	fmt.Println(m.Mutants, m.Killed, m.Invalid, len(m.Survivors))
	for _, s := range m.Survivors {
		fmt.Printf("%d:%d %s\n", s.Line, s.Column, s.Name)
	}
}
