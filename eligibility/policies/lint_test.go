package policies_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/internal/yamldoc"
	"github.com/qualify-rules/qualify/eligibility/policies"
	"github.com/qualify-rules/qualify/internal/golden"
)

// plainPost has no defect. The examples of doc/lint.md depart from it.
const plainPost = `
vacancy: TEST
title: Test post
policy: csdp
cite: [TEST §4]
mission: EULEX Kosovo
regimes: [seconded, contracted]
openToThirdStates: false
closes: 2025-11-14
starts: 2026-01-01
deployment: P12M
education: {studyYears: 3, eqf: 6, cycle: first}
experience: {total: P4Y}
`

// shippedContext is compiled once for all examples.
var shippedContext = sync.OnceValues(func() (c eligibility.LintContext, err error) {
	catalogue, err := policies.Catalogue()
	if err != nil {
		return c, err
	}
	for _, name := range catalogue.Policies() {
		c.Policies = append(c.Policies, catalogue.Policy(name))
	}
	c.Known, err = policies.Vacancies()
	return c, err
})

func lintContext(t *testing.T, missions string) eligibility.LintContext {
	c, err := shippedContext()
	require.NoError(t, err)
	if missions != "" {
		c.Missions, err = eligibility.DecodeMissions([]byte(missions))
		require.NoError(t, err)
	}
	return c
}

func plainNode(t *testing.T, text string) (v any) {
	doc, err := yamldoc.Parse("post", []byte(text))
	require.NoError(t, err, text)
	data, err := doc.JSON()
	require.NoError(t, err, text)
	require.NoError(t, json.Unmarshal(data, &v), text)
	return v
}

// changedPost departs from the plain one.
func changedPost(t *testing.T, change string) *eligibility.Vacancy {
	text, err := json.Marshal(mergePatch(plainNode(t, plainPost), plainNode(t, change)))
	require.NoError(t, err)
	v, err := eligibility.LoadVacancy("test.yaml", text)
	require.NoError(t, err, change)
	return v
}

// lintExample returns what is found in a post that departs from the plain one.
func lintExample(t *testing.T, change, missions string, copies int) []eligibility.LintFinding {
	return eligibility.Lint(slices.Repeat([]*eligibility.Vacancy{changedPost(t, change)}, copies), lintContext(t, missions))
}

// requireCompiles makes sure that nothing goes unfound for a slip in the rules.
func requireCompiles(t *testing.T, change string) {
	v := changedPost(t, change)
	for _, p := range lintContext(t, "").Policies {
		if p.Name() == v.Policy {
			_, err := p.Post(v)
			require.NoError(t, err, change)
			return
		}
	}
	require.Fail(t, "there is no policy "+v.Policy)
}

func TestLintOfAPlainPost(t *testing.T) {
	require.Empty(t, lintExample(t, "title: Test post", "", 1))
	require.Empty(t, lintExample(t, "title: Test post", `[{"id": "EULEX Kosovo", "mandateEnds": "2026-12-31"}]`, 1))
}

// Every code has an archive with posts in which it is found, and nothing else
// is. doc/lint.md shows them.
func TestLintExamples(t *testing.T) {
	about := make(map[eligibility.LintCode]string)
	for _, path := range golden.Files(t, "testdata/lint/*.txtar") {
		code := eligibility.LintCode(strings.TrimSuffix(filepath.Base(path), ".txtar"))
		t.Run(string(code), func(t *testing.T) {
			require.Contains(t, eligibility.LintCodes(), code)
			a := golden.Read(t, path)
			copies := 1
			if code == eligibility.ReferenceTwice {
				copies = 2
			}
			var doc strings.Builder
			for _, name := range slices.Clone(a.Names) {
				if !strings.HasSuffix(name, ".yaml") {
					continue
				}
				var got strings.Builder
				codes := make(map[eligibility.LintCode]bool)
				for _, f := range lintExample(t, a.Text(name), a.Text("missions.json"), copies) {
					fmt.Fprintf(&got, "%s %s: %s\n", f.Pointer, f.Code, f.Message)
					codes[f.Code] = true
				}
				require.True(t, codes[code], "%s finds %v", name, codes)
				require.Len(t, codes, 1, "%s finds %v", name, codes)
				a.Check(t, name+".findings", got.String())
				fmt.Fprintf(&doc, "\n```yaml\n%s```\n\n%s", a.Text(name), indent(got.String()))
			}
			a.Save(t)
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			preamble, _, _ := strings.Cut(string(text), "-- ")
			about[code] = preamble + doc.String()
		})
	}
	for _, code := range eligibility.LintCodes() {
		require.NotEmpty(t, about[code], "there is no example of %s", code)
	}
	requireLintDoc(t, about)
}

func indent(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n    ") + "\n"
}

func requireLintDoc(t *testing.T, about map[eligibility.LintCode]string) {
	a := golden.Read(t, "testdata/lint.txtar")
	var b strings.Builder
	b.WriteString(a.Text("head") + "\nThe examples depart from this post, in which nothing is found:\n\n```yaml" + plainPost + "```\n")
	for _, code := range eligibility.LintCodes() {
		fmt.Fprintf(&b, "\n## %s\n\n%s", code, about[code])
	}
	b.WriteString("\n## What is known\n\n" + a.Text("known") + "\n" + indent(a.Text("findings")))
	golden.File(t, "../../doc/lint.md", b.String())
}

// The notices have defects, which the files tell. Nothing else is found in them.
func TestLintOfTheShippedVacancies(t *testing.T) {
	context := lintContext(t, "")
	var got strings.Builder
	for _, f := range eligibility.Lint(context.Known, context) {
		fmt.Fprintf(&got, "%s %s %s\n", f.Vacancy, f.Pointer, f.Code)
	}
	a := golden.Read(t, "testdata/lint.txtar")
	a.Check(t, "findings", got.String())
	a.Save(t)
}

func TestLintPlaces(t *testing.T) {
	v, err := eligibility.LoadVacancy("v.yaml", []byte(strings.TrimPrefix(plainPost, "\n")+"thirdStates: [CH]\n"))
	require.NoError(t, err)
	findings := eligibility.Lint([]*eligibility.Vacancy{v}, lintContext(t, ""))
	require.Len(t, findings, 1)
	require.Equal(t, "v.yaml:13:14: third-states: third States are named, and the post is not open to them", findings[0].String())
	// Without anything to hold it against, less is found, and nothing that is not there.
	require.Len(t, eligibility.Lint([]*eligibility.Vacancy{v}, eligibility.LintContext{}), 1)
}

func TestLintOfUsualLengthsOfStudy(t *testing.T) {
	for _, education := range []string{
		"{studyYears: 1, eqf: 5, cycle: short}", "{studyYears: 2.5, eqf: 5, cycle: short}", "{studyYears: 4}",
		"{studyYears: 4, eqf: 7, cycle: second}", "{studyYears: 6, eqf: 7, cycle: second}", "{studyYears: 10, eqf: 8, cycle: third}",
		"{studyYears: 3, eqf: null, cycle: null}", "{studyYears: null, eqf: 4, cycle: null}",
	} {
		require.Empty(t, lintExample(t, "education: "+education, "", 1), education)
	}
}

// Two credentials of one kind may both be needed.
func TestLintOfCredentialsThatDiffer(t *testing.T) {
	for _, credentials := range []string{
		"[{kind: drivingLicence, codes: [C]}, {kind: drivingLicence, codes: [D]}]",
		"[{kind: drivingLicence, codes: [C, D]}, {kind: drivingLicence, codes: [C, BE]}]",
		"[{kind: drivingLicence, codes: [C]}, {kind: weaponAuthorisation}]",
		"[{kind: drivingLicence, codes: [C, C1]}, {kind: drivingLicence, codes: [C], due: deployment}]",
	} {
		require.Empty(t, lintExample(t, "credentials: "+credentials, "", 1), credentials)
	}
}

// What is desirable is more than what is required, or other.
func TestLintOfWhatIsDesirableBeyondWhatIsRequired(t *testing.T) {
	for _, c := range []struct{ name, required, desirable string }{
		{"a degree of a higher level", `education: {fields: ["0421"]}`, `candidate.awarded(q, q.eqfLevel() >= 7 && q.fields.exists(f, f.startsWith("0421")))`},
		{"a narrower field", `education: {fields: ["042"]}`, `candidate.awarded(q, q.fields.exists(f, f.startsWith("0421")))`},
		{"one of the fields", `education: {fields: ["0421", "0312"]}`, `candidate.awarded(q, q.fields.exists(f, f.startsWith("0421")))`},
		{"a degree beside the ranks of a service", `education: {service: {kinds: [police], rank: true}}`, `candidate.awarded(q, q.kind == "university")`},
		{"more years", `experience: {ofWhich: [{period: P2Y, domains: [security]}]}`, `candidate.worked(e, "security" in e.domains).reaches(years(8))`},
		{"full time", `experience: {total: P4Y}`, `candidate.worked(e, e.fraction >= 1).reaches(years(4))`},
		{"work abroad", `experience: {total: P4Y, domains: [security]}`, `candidate.worked(e, e.international).reaches(days(1))`},
		{"another level", `experience: {ofWhich: [{period: P2Y, levels: [management, coordination]}]}`, `candidate.worked(e, "management" in e.levels).reaches(years(1))`},
		{"one of the codes", `credentials: [{kind: drivingLicence, codes: [C, C1]}]`, `candidate.credentials.exists(c, c.kind == "drivingLicence" && c.code == "C")`},
		{"a credential held for long", `credentials: [{kind: drivingLicence}]`, `candidate.credentials.exists(c, c.kind == "drivingLicence" && c.issued <= asOf - years(5))`},
		{"another licence than the policy requires", `title: Driver`, `candidate.credentials.exists(c, c.kind == "drivingLicence" && c.code == "C")`},
		{"a higher clearance", `clearance: EU CONFIDENTIAL`, `candidate.credentials.exists(c, c.kind == "clearance" && c.code == "EU SECRET")`},
		{"a language at a higher level", `languages: [{code: en, level: B2}]`, `candidate.languages.exists(l, l.code == "en" && l.level >= "C1")`},
		{"what nobody lacks", `languages: [{code: en, level: B2}]`, `candidate.contracts.all(c, c.mission == "none")`},
	} {
		change := c.required + "\ndesirable: [{id: more, title: More, cite: [TEST §6], expression: '" + c.desirable + "'}]\n"
		requireCompiles(t, change)
		for _, f := range lintExample(t, change, "", 1) {
			require.NotEqual(t, eligibility.EssentialAndDesirable, f.Code, "%s: %s", c.name, f)
		}
	}
	require.Empty(t, lintExample(t, `
rules: [{id: serbian, title: Serbian, cite: [TEST §4], message: No., judgement: "Does the candidate speak Serbian?"}]
desirable: [{id: albanian, title: Albanian, cite: [TEST §6], judgement: "Does the candidate speak Albanian?"}]
`, "", 1))
}
