package audit

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qualify-rules/qualify/eligibility"
	"github.com/qualify-rules/qualify/eligibility/policies"
)

// shipped takes its time, and is not changed by anything.
var shipped = sync.OnceValues(func() (*eligibility.Catalogue, error) { return policies.Catalogue() })

func catalogue(t testing.TB, given ...*eligibility.Policy) *eligibility.Catalogue {
	t.Helper()
	c, err := shipped()
	if len(given) > 0 {
		c, err = policies.Catalogue(given...)
	}
	require.NoError(t, err)
	return c
}

// object is a JSON object under construction.
type object = map[string]any

// inputLines makes as many cases of every kind, one a line, always the same:
// with shipped and with stated vacancies, with facts left out, on record or not,
// and now and then a line that cannot be assessed.
func inputLines(n int) []string {
	random := rand.New(rand.NewPCG(7, 7))
	one := func(list ...any) any { return list[random.IntN(len(list))] }
	day := func(from, to int) string {
		return fmt.Sprintf("%d-%02d-%02d", from+random.IntN(to-from+1), 1+random.IntN(12), 1+random.IntN(28))
	}
	lines := make([]string, n)
	for i := range lines {
		id := fmt.Sprintf("c%d", i)
		candidate := object{"id": id, "citizenships": one([]string{"EE"}, []string{"FI"}, []string{"US"}, nil)}
		var qualifications []object
		for q := range random.IntN(4) {
			qualifications = append(qualifications, object{
				"id": fmt.Sprint("q", q), "kind": one("university", "police", "military", "secondary"), "studyYears": one(2, 3, 5),
				"eqf": one(4, 5, 6, 7, nil), "cycle": one("first", "second", nil), "equivalentEqf": one(4, 6, nil),
				"awarded": one(day(2001, 2012), "2010", nil), "attested": one(true, true, false, nil),
			})
		}
		var employments []object
		for e := range random.IntN(5) {
			employments = append(employments, object{
				"id": fmt.Sprint("e", e), "from": day(2003, 2012), "to": one(day(2013, 2025), nil),
				"domains": one([]string{"security"}, []string{"catering"}, nil), "fraction": one(1, 1, 0.5),
			})
		}
		var contracts []object
		for k := range random.IntN(3) {
			contracts = append(contracts, object{
				"id": fmt.Sprint("k", k), "mission": one("EULEX Kosovo", "EUMM Georgia"), "regime": one("contracted", "seconded"),
				"from": day(2016+3*k, 2016+3*k), "to": day(2018+3*k, 2018+3*k),
			})
		}
		candidate["qualifications"], candidate["employments"], candidate["contracts"] = qualifications, employments, contracts
		if random.IntN(3) > 0 {
			candidate["credentials"] = []object{{"id": "l1", "kind": "drivingLicence", "code": one("B", "C"), "issued": day(2000, 2010)}}
			candidate["languages"] = []object{{"code": "en", "level": one("B1", "C1")}}
		}
		vacancy := one("EK 60053", "EK 60271", "EK 60102", "EK 60266")
		if random.IntN(2) == 0 {
			vacancy = object{
				"vacancy": fmt.Sprint("T ", random.IntN(3)), "policy": "csdp", "mission": "EULEX Kosovo", "regimes": []string{"seconded", "contracted"},
				"openToThirdStates": false, "closes": one("2025-11-14", "2025-11-14", "2025-11-14", "2025-09", nil), "deployment": "P12M",
				"education":  object{"studyYears": 3, "eqf": 6, "service": object{"kinds": []string{"police"}, "rank": true}},
				"experience": object{"total": one("P4Y", "P6Y"), "domains": []string{"security"}},
			}
		}
		application := object{"date": one("2025-11-10", "2025-11-10", "2025-11-20", nil), "regime": one("seconded", "contracted"), "nominated": one(true, true, false, nil)}
		c := object{"id": id, "candidate": candidate, "vacancy": vacancy, "application": application, "recorded": one("eligible", "ineligible", nil),
			"missions": []object{{"id": "EULEX Kosovo", "threat": []object{{"from": "2000-01-01", "level": one("moderate", "high")}}}}}
		text, err := json.Marshal(c)
		if err != nil {
			panic(err) // of values that are all written above
		}
		lines[i] = string(text)
		switch i % 50 {
		case 17:
			lines[i] = strings.Replace(lines[i], `"candidate"`, `"kandidat"`, 1)
		case 33:
			lines[i] = lines[i][:len(lines[i])/2]
		}
	}
	return lines
}

func input(lines []string) string { return strings.Join(lines, "\n") + "\n" }

// written runs an auditor over lines and returns what it writes.
func written(t testing.TB, a *Auditor, lines []string) []string {
	t.Helper()
	var out []string
	for r, err := range a.Lines(t.Context(), strings.NewReader(input(lines))) {
		require.NoError(t, err)
		out = append(out, strings.TrimSuffix(string(r.Text), "\n"))
	}
	return out
}
