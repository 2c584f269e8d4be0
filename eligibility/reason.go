package eligibility

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/qualify-rules/qualify/experience"
)

// reason says in a sentence or two why a finding is as it is.
func (ev *evaluation) reason(r *result, f *Finding) string {
	var s []string
	say := func(format string, args ...any) { s = append(s, fmt.Sprintf(format, args...)) }
	switch r.status {
	case NotApplicable:
		return "This does not apply here."
	case Unmet:
		if r.message != "" {
			say("%s", sentence(r.message))
		}
	case NotDetermined:
		if r.rule.Judgement != "" {
			say("A person has to judge: %s", r.rule.Judgement)
		} else {
			say("This cannot be decided until more is stated: %s.", ev.facts(r.missing))
		}
	}
	have := words(f.Have)
	switch {
	case f.HaveAtMost.Compare(lifetime) > 0:
		have = "at least " + have
	case f.HaveAtMost.IsValid():
		have = "from " + have + " to " + words(f.HaveAtMost)
	}
	switch {
	case f.Need.IsValid() && r.status == Met && f.On.IsValid():
		say("%s needed; reached %s%s.", capital(words(f.Need)), onDay(f.On), ev.from(r))
	case f.Need.IsValid() && f.HaveAtMost.IsValid() && f.Short.IsValid():
		least := r.value.evidence.measured.High.Short(f.Need)
		say("%s counted%s, %s needed: at least %s short.", capital(have), ev.from(r), words(f.Need), words(least))
	case f.Need.IsValid() && f.Short.IsValid():
		say("%s counted%s, %s needed: %s short.", capital(have), ev.from(r), words(f.Need), words(f.Short))
	case f.Need.IsValid():
		say("%s counted%s, %s needed.", capital(have), ev.from(r), words(f.Need))
	case f.Limit.IsValid():
		// What is used is rounded down for display: say so where it matters.
		if e := r.value.evidence; e.measured.Low.Compare(f.Have) > 0 && !f.HaveAtMost.IsValid() {
			have = "a little more than " + have
		}
		if more := r.value.evidence.more; more.IsValid() {
			say("%s used, with %s to come; the limit is %s.", capital(have), words(more), words(f.Limit))
		} else {
			say("%s used; the limit is %s.", capital(have), words(f.Limit))
		}
	case r.status == Met && f.On.IsValid() && len(r.value.by) > 0:
		say("Fulfilled %s by %s.", onDay(f.On), ev.record(r.value.by[0]))
	case r.status == Met && f.On.IsValid():
		say("Fulfilled %s.", onDay(f.On))
	case r.status == Met:
		say("Fulfilled.")
	case r.status == Unmet && r.message == "":
		if unmet := titles(r.children, Unmet); len(unmet) > 0 {
			say("Not fulfilled: %s.", strings.Join(unmet, "; "))
		} else {
			say("Not fulfilled.")
		}
	}
	if f.ProjectedOn.IsExact() && r.children == nil {
		say("If what is ongoing goes on, it will be fulfilled on %s.", f.ProjectedOn)
	}
	return strings.Join(s, " ")
}

// lifetime is longer than anyone works: what may be longer has no known
// beginning.
var lifetime = experience.MustParsePeriod("P100Y")

func sentence(s string) string {
	if strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}

// from names the records that are counted for certain.
func (ev *evaluation) from(r *result) string {
	by := r.value.evidence.service.by()
	if len(by) == 0 {
		return ""
	}
	var names []string
	for _, f := range by {
		names = append(names, ev.record(f))
	}
	return " from " + listed(names)
}

// facts names missing facts in words.
func (ev *evaluation) facts(facts []fact) string {
	var names []string
	for _, f := range ev.eachOf(facts) {
		names = append(names, ev.factWords(f))
	}
	return listed(names)
}

// mostNamed is how many things a sentence names before it counts the rest.
const mostNamed = 6

func listed(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	if n := len(names); n > mostNamed {
		names = append(names[:mostNamed:mostNamed], fmt.Sprintf("%d more", n-mostNamed))
	}
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// titles returns what the results of a status are called.
func titles(results []*result, s Status) []string {
	var out []string
	for _, r := range results {
		if r.status == s {
			out = append(out, cmp.Or(r.title, r.id))
		}
	}
	return out
}

func onDay(d experience.Date) string {
	switch {
	case d.IsExact():
		return "on " + d.String()
	case d.First() == experience.UnknownDate().First():
		return "by " + d.Last().String()
	}
	return "between " + d.First().String() + " and " + d.Last().String()
}

// words spells a period out.
func words(p experience.Period) string {
	y, m, d := p.Parts()
	var parts []string
	for _, c := range []struct {
		n          int
		one, other string
	}{{y, "year", "years"}, {m, "month", "months"}, {d, "day", "days"}} {
		switch {
		case c.n == 1:
			parts = append(parts, "1 "+c.one)
		case c.n > 1:
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.other))
		}
	}
	switch len(parts) {
	case 0:
		return "no time"
	case 1:
		return parts[0]
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1]
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
