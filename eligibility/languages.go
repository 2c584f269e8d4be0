package eligibility

import (
	"fmt"
	"regexp"
	"strings"
)

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`)

// longCodes are ISO 639-2 codes that people write for languages of the Union,
// its neighbours and the United Nations, with the ISO 639-1 codes that BCP 47
// (RFC 5646 §2.2.1) wants instead.
const longCodes = " alb:sq ara:ar bos:bs bul:bg cat:ca ces:cs chi:zh cze:cs dan:da deu:de dut:nl ell:el eng:en est:et fin:fi fra:fr fre:fr" +
	" geo:ka ger:de gle:ga gre:el hrv:hr hun:hu ice:is isl:is ita:it kat:ka lav:lv lit:lt ltz:lb mac:mk mkd:mk mlt:mt nld:nl nor:no pol:pl" +
	" por:pt ron:ro rum:ro rus:ru slk:sk slo:sk slv:sl spa:es sqi:sq srp:sr swe:sv tur:tr ukr:uk zho:zh "

// checkLanguage reports what is not a BCP 47 language tag. One that is longer
// than it must be would pass for another language.
func checkLanguage(tag string) error {
	if !languageTag.MatchString(tag) {
		return fmt.Errorf("%q is not a BCP 47 language tag such as en", tag)
	}
	language, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if _, rest, long := strings.Cut(longCodes, " "+language+":"); long {
		return fmt.Errorf("%q is not the shortest code of the language: write %s", tag, rest[:2])
	}
	return nil
}
