package eligibility_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// That values differ is known only where it is known that they are not equal.
func TestEqualityOfWhatIsNotKnown(t *testing.T) {
	tr := trial{candidate: "retires: \"2030\"\nresidence: FR"}
	for expression, want := range map[string]string{
		`candidate.retires == date("2030-05-01")`:                   "undetermined: /retires",
		`candidate.retires != date("2030-05-01")`:                   "undetermined: /retires",
		`candidate.retires != date("2031-05-01")`:                   "met",
		`candidate.retires == date("2031-05-01")`:                   "unmet",
		`candidate.citizenships != ["FR"]`:                          "undetermined: /citizenships",
		`[date("2030-05-01")].exists(d, d == candidate.retires)`:    "undetermined: /retires",
		`candidate.residence != "FR"`:                               "unmet",
		`candidate.residence != "DE"`:                               "met",
		`vacancy.deployment != years(1)`:                            "undetermined: /vacancy/deployment",
		`candidate.residence in ["FR"] && candidate.id != "nobody"`: "met",
	} {
		require.Equal(t, want, tr.decide(t, expression), expression)
	}
}
