package eligibility_test

import (
	"os"
	"path/filepath"
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
)

func TestPolicyFromAFile(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "p.yaml")
	require.NoError(t, os.WriteFile(path, []byte(`policy: p
version: "2025-10"
title: A policy
source: {document: D, publisher: P, published: 2025-10}
inForce: {from: 2025-10-01}
readings: [{id: scope, about: x, options: {narrow: a, wide: b}, default: wide}]
rules:
  - {id: it, title: It, cite: [§1], expression: "true"}
`), 0o600))
	p, err := eligibility.LoadPolicyFile(path)
	require.NoError(t, err)
	require.Equal(t, []string{"p", "2025-10", "A policy"}, []string{p.Name(), p.Version(), p.Title()})
	require.Equal(t, "P", p.Source().Publisher)
	require.Equal(t, "2025-10", p.Source().Published.String())
	require.Equal(t, "2025-10-01", p.InForce().From.String())
	require.Equal(t, "scope", p.Readings()[0].ID)
	require.Equal(t, []eligibility.Rule{{ID: "it", Title: "It", Cite: []string{"§1"}, Expression: "true"}}, p.Rules())

	vacancy := filepath.Join(folder, "v.yaml")
	require.NoError(t, os.WriteFile(vacancy, []byte("vacancy: V 1\npolicy: p\ncloses: 2025-11-14\nstarts: asap\n"), 0o600))
	v, err := eligibility.LoadVacancyFile(vacancy)
	require.NoError(t, err)
	require.True(t, v.Starts.Asap)

	require.NoError(t, os.WriteFile(path, []byte("policy: p\n\trules"), 0o600))
	_, err = eligibility.LoadPolicyFile(path)
	require.ErrorContains(t, err, path+":2:")
	for _, missing := range []string{filepath.Join(folder, "none.yaml"), folder} {
		_, err = eligibility.LoadPolicyFile(missing)
		require.Error(t, err)
		_, err = eligibility.LoadVacancyFile(missing)
		require.Error(t, err)
	}
}

// What a caller gets of a policy is a copy.
func TestPolicyIsImmutable(t *testing.T) {
	p := trial{rules: `- {id: it, expression: "true"}`, head: "readings: [{id: scope, about: x, options: {narrow: a, wide: b}, default: wide}]"}.policy(t)
	p.Rules()[0].Expression = "false"
	p.Readings()[0].Default = "narrow"
	p.Chosen()["scope"] = "narrow"
	require.Equal(t, "true", p.Rules()[0].Expression)
	require.Equal(t, "wide", p.Readings()[0].Default)
	require.Equal(t, map[string]string{"scope": "wide"}, p.Chosen())
}

func TestCatalogueHoldsPoliciesAndPosts(t *testing.T) {
	post := trial{rules: `- {id: it, expression: "true"}`}.post(t)
	c, err := eligibility.NewCatalogue([]*eligibility.Policy{post.Policy()}, []*eligibility.Vacancy{post.Vacancy()})
	require.NoError(t, err)
	require.Equal(t, []string{"p"}, c.Policies())
	require.Equal(t, []string{"V 1"}, c.References())
	require.Same(t, post.Policy(), c.Policy("p"))
	require.Nil(t, c.Policy("q"))
	got, err := c.Post("V 1")
	require.NoError(t, err)
	require.Same(t, post.Vacancy(), got.Vacancy())
}

// Both JSON packages write an assessment alike, imprecise days as intervals.
func TestAssessmentInEitherJSON(t *testing.T) {
	a := trial{rules: groupOf("anyOf", "vague"), candidate: degrees}.assess(t)
	text, err := jsonv2.Marshal(a)
	require.NoError(t, err)
	require.Equal(t, bytesOf(t, a), string(text))
	require.Contains(t, string(text), `"on":"2015-01-01/2015-12-31"`)
}
