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
			say("%s", r.message)
		}
	case NotDetermined:
		if r.rule.Judgement != "" {
			say("A person has to judge: %s", r.rule.Judgement)
		} else {
			say("This cannot be decided until more is stated.")
		}
	}
	have := words(f.Have)
	if f.HaveAtMost.IsValid() {
		have = "between " + have + " and " + words(f.HaveAtMost)
	}
	switch {
	case f.Need.IsValid() && r.status == Met:
		say("%s needed; reached %s.", capital(words(f.Need)), onDay(f.On))
	case f.Need.IsValid() && f.Short.IsValid():
		say("%s counted, %s needed: %s short.", capital(have), words(f.Need), words(f.Short))
	case f.Need.IsValid():
		say("%s counted, %s needed.", capital(have), words(f.Need))
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
	if isExactDay(f.ProjectedOn) && r.children == nil {
		say("If what is ongoing goes on, it will be fulfilled on %s.", f.ProjectedOn)
	}
	return strings.Join(s, " ")
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
