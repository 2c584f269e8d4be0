package policies_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// doc/ledger.md lists every reason code, in the order of the code, and the
// example of each gives what it says.
func TestLedgerDocumentation(t *testing.T) {
	text, err := os.ReadFile("../../doc/ledger.md")
	require.NoError(t, err)
	catalogue, err := policies.Catalogue()
	require.NoError(t, err)
	sections := strings.Split(string(text), "\n### ")
	base := blocks(sections[0])
	require.Len(t, base, 1)
	var codes []eligibility.ReasonCode
	for _, section := range sections[1:] {
		name, _, _ := strings.Cut(section, "\n")
		code := eligibility.ReasonCode(strings.Trim(name, "`"))
		codes = append(codes, code)
		found := blocks(section)
		require.Len(t, found, 2, code)
		path := regexp.MustCompile("(?m)^`([A-Za-z0-9/]+)`:$").FindStringSubmatch(section)
		require.NotNil(t, path, code)
		var input, patch any
		require.NoError(t, json.Unmarshal([]byte(base[0]), &input))
		require.NoError(t, json.Unmarshal([]byte(found[0]), &patch), code)
		data, err := json.Marshal(mergePatch(input, patch))
		require.NoError(t, err)
		c, err := eligibility.DecodeCase(data)
		require.NoError(t, err, code)
		a, err := catalogue.Assess(t.Context(), c, eligibility.WithLedger())
		require.NoError(t, err, code)
		f, ok := a.Finding(strings.Split(path[1], "/")...)
		require.True(t, ok, code)
		requireLedger(t, f, string(code))
		var lines strings.Builder
		explained := false
		for _, s := range f.Ledger.Stretches {
			line, err := jsonv2.Marshal(s)
			require.NoError(t, err)
			lines.WriteString(string(line) + "\n")
			explained = explained || s.Reason == code
		}
		require.True(t, explained, code)
		require.Equal(t, found[1], lines.String(), code)
	}
	require.Equal(t, eligibility.ReasonCodes(), codes)
}

// blocks are the blocks of code in a text.
func blocks(text string) []string {
	var found []string
	for _, m := range regexp.MustCompile("(?s)```json\n(.*?)```").FindAllStringSubmatch(text, -1) {
		found = append(found, m[1])
	}
	return found
}
