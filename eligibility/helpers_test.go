package eligibility_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/internal/yamldoc"
)

// jsonOf reads YAML, in which the tests write cases: it has fewer quotes.
func jsonOf(t testing.TB, text string) []byte {
	t.Helper()
	doc, err := yamldoc.Parse("case", []byte(text))
	require.NoErrorf(t, err, "%s", text)
	data, err := doc.JSON()
	require.NoErrorf(t, err, "%s", text)
	return data
}

// indented is a text as a block inside YAML.
func indented(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimRight(text, "\n\t "), "\n", "\n  ")
}

// trial is a small policy, a vacancy and a case, all in YAML. What is left out
// is the least that is accepted.
type trial struct {
	head        string // of the policy: readings, variables, counting
	rules       string
	vacancy     string // parameters of the post
	candidate   string // fields of the candidate
	application string
	missions    string
}

// closing is the reference day of every trial that states no other.
const closing = "2024-12-31"

func (tr trial) policy(t testing.TB) *eligibility.Policy {
	t.Helper()
	text := "policy: p\nversion: \"1\"\n" + tr.head + "\nrules:\n" + indented(tr.rules) + "\n"
	p, err := eligibility.LoadPolicy("p.yaml", []byte(text))
	require.NoErrorf(t, err, "%s", text)
	return p
}

func (tr trial) post(t testing.TB) *eligibility.Post {
	t.Helper()
	text := "vacancy: V 1\npolicy: p\n" + tr.vacancy + "\n"
	if !strings.Contains(tr.vacancy, "closes:") {
		text += "closes: " + closing + "\n"
	}
	v, err := eligibility.LoadVacancy("v.yaml", []byte(text))
	require.NoErrorf(t, err, "%s", text)
	post, err := tr.policy(t).Post(v)
	require.NoErrorf(t, err, "%s", text)
	return post
}

func (tr trial) history(t testing.TB) *eligibility.Case {
	t.Helper()
	text := "id: c1\nvacancy: V 1\ncandidate:\n  id: someone\n" + indented(tr.candidate) + "\n"
	if tr.application != "" {
		text += "application:\n" + indented(tr.application) + "\n"
	}
	if tr.missions != "" {
		text += "missions:\n" + indented(tr.missions) + "\n"
	}
	c, err := eligibility.DecodeCase(jsonOf(t, text))
	require.NoErrorf(t, err, "%s", text)
	return c
}

func (tr trial) assess(t testing.TB, options ...eligibility.AssessOption) *eligibility.Assessment {
	t.Helper()
	post, c := tr.post(t), tr.history(t)
	a, err := post.Assess(t.Context(), c, options...)
	require.NoError(t, err)
	requireSame(t, post, c, options...)
	return a
}

// brief is an assessment in lines: the verdict with what is missing for it,
// and under it each finding with its day or what is missing.
func brief(a *eligibility.Assessment) string {
	var b strings.Builder
	b.WriteString(string(a.Verdict) + facts(a.Missing) + "\n")
	var tree func(prefix string, list []eligibility.Finding)
	tree = func(prefix string, list []eligibility.Finding) {
		for _, f := range list {
			fmt.Fprintf(&b, "%s%s: %s\n", prefix, f.ID, outcome(f))
			tree(prefix+"  ", f.Findings)
		}
	}
	tree("  ", a.Findings)
	return b.String()
}

// outcome is a finding in a few words: met 2014-05-31, or undetermined with
// what is missing.
func outcome(f eligibility.Finding) string {
	s := string(f.Status)
	if f.On.IsValid() {
		s += " " + f.On.Interval()
	}
	return s + facts(f.Missing)
}

func facts(pointers []string) string {
	short := strings.NewReplacer("/candidate/qualifications/", "q", "/candidate/employments/", "e", "/candidate/contracts/", "c", "/candidate/", "/")
	if len(pointers) == 0 {
		return ""
	}
	return ": " + short.Replace(strings.Join(pointers, " "))
}

// lines trims a text that is written inside the source of a test.
func lines(s string) string {
	var out []string
	margin := -1
	for l := range strings.SplitSeq(strings.TrimRight(s, "\t\n "), "\n") {
		if strings.TrimSpace(l) == "" {
			continue
		}
		if margin < 0 {
			margin = len(l) - len(strings.TrimLeft(l, "\t"))
		}
		out = append(out, l[min(margin, len(l)):])
	}
	return strings.Join(out, "\n") + "\n"
}

// decide gives the outcome of one expression, as the only rule of a policy.
func (tr trial) decide(t testing.TB, expression string) string {
	t.Helper()
	tr.rules = "- id: it\n  expression: >-\n    " + strings.ReplaceAll(strings.TrimSpace(expression), "\n", " ")
	a := tr.assess(t)
	f, ok := a.Finding("it")
	require.True(t, ok)
	require.Equal(t, map[eligibility.Status]eligibility.Verdict{
		eligibility.Met: eligibility.Eligible, eligibility.Unmet: eligibility.Ineligible,
		eligibility.NotDetermined: eligibility.Undetermined, eligibility.NotApplicable: eligibility.Eligible,
	}[f.Status], a.Verdict)
	return outcome(f)
}
