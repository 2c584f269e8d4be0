package notices_test

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility/clauses"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/eligibility/policies/notices"
)

// accounts are those of all notices.
func accounts(t *testing.T) []*clauses.Account {
	all, err := notices.All()
	require.NoError(t, err)
	require.Len(t, all, 5)
	var accounts []*clauses.Account
	for _, n := range all {
		accounts = append(accounts, n.Accounts...)
	}
	return accounts
}

// A binding to what does not exist would be a promise without effect, and a rule
// that no clause is bound to an invention.
func TestBindings(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	all := accounts(t)
	bindings, err := notices.Bind(all, catalogue)
	require.NoError(t, err)
	require.Empty(t, bindings.Faults)
	// No clause of the one notice at hand asks for them: they are there for posts
	// that state the parameter.
	require.Equal(t, []string{
		"osce credentials", "osce credentials/atApplication", "osce credentials/atDeployment",
		"un credentials", "un credentials/atApplication", "un credentials/atDeployment", "un experience/ofWhich",
	}, bindings.Unbound)
	var policies, posts []string
	for _, a := range all {
		policies = append(policies, a.Policy)
		if a.Vacancy != "" {
			posts = append(posts, a.Vacancy)
		}
	}
	slices.Sort(policies)
	slices.Sort(posts)
	require.Equal(t, catalogue.Policies(), slices.Compact(policies))
	require.Equal(t, catalogue.References(), slices.Compact(posts))
}

func TestBindingsAmiss(t *testing.T) {
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	account := &clauses.Account{Policy: "csdp", Vacancy: "EK 60271", Clauses: []clauses.Clause{
		{At: "§1", Rules: []string{"education/universityStudies", "luck"}},
		{At: "§2", Rules: []string{"medical"}, Judgements: []string{"deadline"}},
		{At: "§1", None: "a heading"},
	}}
	bindings, err := notices.Bind([]*clauses.Account{account}, catalogue)
	require.NoError(t, err)
	require.Equal(t, []string{
		"§1: there is no rule luck",
		"§2: medical is a question: name it under judgements",
		"§2: there is no question deadline",
		"§1: it stands there twice",
	}, bindings.Faults)
	require.Contains(t, bindings.Unbound, "csdp citizenship")
	require.Contains(t, bindings.Unbound, "csdp education/eheaCycle")
	require.NotContains(t, bindings.Unbound, "csdp education")
	require.Contains(t, bindings.Unbound, "EK 60271 desirable/securityStudies")
	account.Policy = "who"
	_, err = notices.Bind([]*clauses.Account{account}, catalogue)
	require.EqualError(t, err, `there is no policy "who"`)
	account.Policy = "un"
	_, err = notices.Bind([]*clauses.Account{account}, catalogue)
	require.EqualError(t, err, `EK 60271 is a post of the policy "csdp" and not of "un"`)
	account.Policy, account.Vacancy = "csdp", "EK 1"
	_, err = notices.Bind([]*clauses.Account{account}, catalogue)
	require.ErrorContains(t, err, "EK 1")
}

// The texts of notices are their publishers', and comments would hold them.
func TestAccountsHoldNoText(t *testing.T) {
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".yaml" {
			return err
		}
		data, err := os.ReadFile(name)
		require.NotContains(t, string(data), "#", name)
		return err
	})
	require.NoError(t, err)
}

func TestByName(t *testing.T) {
	n, err := notices.ByName("un-cso")
	require.NoError(t, err)
	require.Equal(t, "Chief Security Officer", n.Accounts[0].Notice)
	_, err = notices.ByName("who")
	require.EqualError(t, err, `there is no account of "who": use one of csdp-mso, eulex-3-2025, nato-msst, osce-cms, un-cso`)
	n, err = notices.Likest("Nothing of the kind was ever said before.")
	require.NoError(t, err)
	require.Nil(t, n)
	// A heading that one notice has alone.
	n, err = notices.Likest("Some other words. V. JOB DESCRIPTIONS")
	require.NoError(t, err)
	require.Equal(t, "eulex-3-2025", n.Name)
}
