package report

import (
	"regexp"
	"strings"

	"github.com/qualify-rules/qualify/eligibility/messages"
)

// parts are counted parts of a text, as locators name them: bullets 3 and 4.
var parts = regexp.MustCompile(`\b(bullet|sentence|paragraph)s? (\d+)(?: (and|to) (\d+))?`)

// locators says where clauses stand. Locators are written in the language of the
// notices: words for the parts of a text are said in the language of the report,
// and the names that a notice gives its sections stay as they are.
func (w *words) locators(cite []string) []string {
	english, err := messages.In(messages.English)
	if err != nil || w.Code() == messages.English {
		return cite
	}
	out := make([]string, len(cite))
	for i, c := range cite {
		for _, key := range []string{"locator.coverPage", "locator.postHeader", "locator.ofThePost"} {
			c = strings.ReplaceAll(c, english.Text(key), w.Text(key))
		}
		out[i] = parts.ReplaceAllStringFunc(c, func(s string) string {
			found := parts.FindStringSubmatch(s)
			at, n := found[2], 1
			if found[4] != "" {
				at, n = w.Text("locator.at."+found[3], "first", found[2], "last", found[4]), 2
			}
			return w.Text("locator.part."+found[1], "n", n, "at", at)
		})
	}
	return out
}
