package eligibility

import (
	"slices"
	"strconv"
)

// Quantity is something of which a candidate may have more.
type Quantity string

// The quantities of which a policy may declare that more never hurts
// (monotone) or never helps (antitone). More is always one change, whose facts
// are all stated. Time worked or served is more only where it stays apart: it
// neither overlaps nor touches other work or service, as joining two stretches
// can cost up to 3/31 of a month (see package experience).
const (
	MoreCitizenships       Quantity = "citizenships"       // one more citizenship
	MoreQualifications     Quantity = "qualifications"     // one more qualification, attested
	MoreQualificationLevel Quantity = "qualificationLevel" // a qualification at a higher level, of a higher cycle or of longer study
	MoreRanks              Quantity = "ranks"              // one more rank, attested
	MoreRankLevel          Quantity = "rankLevel"          // a rank that is equivalent to a higher level
	MoreEmployments        Quantity = "employments"        // one more relevant employment, apart from the others
	MoreExperience         Quantity = "experience"         // an employment that ends later, apart from the others
	MoreWorkingTime        Quantity = "workingTime"        // an employment at a larger fraction of full time, apart from the others
	MoreCredentials        Quantity = "credentials"        // one more credential
	MoreLanguages          Quantity = "languages"          // one more language
	MoreLanguageLevel      Quantity = "languageLevel"      // a language at a higher level
	MoreContracts          Quantity = "contracts"          // one more contract, apart from the others
)

var quantities = codesOf("a quantity", MoreCitizenships, MoreQualifications, MoreQualificationLevel, MoreRanks, MoreRankLevel,
	MoreEmployments, MoreExperience, MoreWorkingTime, MoreCredentials, MoreLanguages, MoreLanguageLevel, MoreContracts)

// Monotone returns the quantities of which the policy declares that more never
// hurts.
func (p *Policy) Monotone() []Quantity { return slices.Clone(p.source.Monotone) }

// Antitone returns the quantities of which the policy declares that more never
// helps.
func (p *Policy) Antitone() []Quantity { return slices.Clone(p.source.Antitone) }

// checkQuantities reports words that are none, and what is declared twice.
func (s *policySource) checkQuantities(f *faults) {
	seen := make(map[Quantity]bool)
	for _, list := range []struct {
		key   string
		words []Quantity
	}{{"/monotone", s.Monotone}, {"/antitone", s.Antitone}} {
		for i, word := range list.words {
			at := list.key + "/" + strconv.Itoa(i)
			switch {
			case !quantities.has(string(word)):
				f.at(at, "", false, "%v", quantities.errorFor(string(word)))
			case seen[word]:
				f.at(at, "", false, "%s is listed already: more of it either never hurts or never helps", word)
			}
			seen[word] = true
		}
	}
}
