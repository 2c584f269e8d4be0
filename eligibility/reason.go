package eligibility

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/experience"
)

// reason says in a sentence or two why a finding is as it is.
func (w *wording) reason(r *result, f *Finding) string {
	var room [3]string
	s := room[:0]
	say := func(key string, args ...any) { s = append(s, capital(w.Text(key, args...))) }
	switch r.status {
	case NotApplicable:
		return w.Text("reason.notApplicable")
	case Unmet:
		if m := w.message(r); m != "" {
			s = append(s, sentence(m))
		}
	case NotDetermined:
		if r.rule.Judgement != "" {
			say("reason.judgement", "question", w.question(r.rule))
		} else {
			say("reason.undecided", "facts", w.facts(r.missing))
		}
	}
	var have, from messages.Phrase
	if f.Need.IsValid() || f.Limit.IsValid() {
		have, from = w.have(r, f), w.from(r)
	}
	switch {
	case f.Need == oneDay && r.status == Met && f.On.IsValid():
		say("reason.reachedSome", "on", onDay(f.On), "from", from)
	case f.Need == oneDay: // experience of no stated length
		say("reason.countedSome", "have", have, "from", from)
	case f.Need.IsValid() && r.status == Met && f.On.IsValid():
		say("reason.reached", "need", f.Need, "on", onDay(f.On), "from", from)
	case f.Need.IsValid() && f.HaveAtMost.IsValid() && f.Short.IsValid():
		say("reason.shortAtLeast", "have", have, "from", from, "need", f.Need, "short", r.value.evidence.measured.High.Short(f.Need))
	case f.Need.IsValid() && f.Short.IsValid():
		say("reason.short", "have", have, "from", from, "need", f.Need, "short", f.Short)
	case f.Need.IsValid():
		say("reason.counted", "have", have, "from", from, "need", f.Need)
	case f.Limit.IsValid():
		if more := r.value.evidence.more; more.IsValid() {
			say("reason.usedWithMore", "have", have, "more", more, "limit", f.Limit)
		} else {
			say("reason.used", "have", have, "limit", f.Limit)
		}
	case r.status == Met && f.On.IsValid() && len(r.value.by) > 0:
		say("reason.fulfilledBy", "on", onDay(f.On), "record", w.record(r.value.by[0]))
	case r.status == Met && f.On.IsValid():
		say("reason.fulfilledOn", "on", onDay(f.On))
	case r.status == Met && r.rule.Judgement != "":
		say("reason.judgedFulfilled")
	case r.status == Met:
		say("reason.fulfilled")
	case r.status == Unmet && r.rule.Judgement != "" && w.message(r) == "":
		say("reason.judgedNotFulfilled")
	case r.status == Unmet && w.message(r) == "":
		if unmet := w.titles(r.children, Unmet); len(unmet) > 0 {
			say("reason.notFulfilledRules", "n", len(unmet), "rules", strings.Join(unmet, w.Text("list.rules", "before", "", "item", "")))
		} else {
			say("reason.notFulfilled")
		}
	}
	if f.ProjectedOn.IsExact() && r.children == nil {
		say("reason.projected", "on", onDay(f.ProjectedOn))
	}
	return strings.Join(s, " ")
}

// lifetime is longer than anyone works: what may be longer has no known
// beginning.
var lifetime = experience.MustParsePeriod("P100Y")

// have returns the words for what was counted.
func (w *wording) have(r *result, f *Finding) messages.Phrase {
	switch {
	case f.HaveAtMost.Compare(lifetime) > 0 && isNone(f.Have):
		return messages.Say("amount.unknown")
	case f.HaveAtMost.Compare(lifetime) > 0:
		return messages.Say("amount.atLeast", "period", f.Have)
	case f.HaveAtMost.IsValid() && isNone(f.Have):
		return messages.Say("amount.upTo", "high", f.HaveAtMost)
	case f.HaveAtMost.IsValid():
		return messages.Say("amount.between", "low", f.Have, "high", f.HaveAtMost)
	case f.Limit.IsValid() && r.value.evidence.measured.Low.Compare(f.Have) > 0:
		// What is used is rounded down for display: say so where it matters.
		if isNone(f.Have) {
			return messages.Say("amount.lessThanADay")
		}
		return messages.Say("amount.aLittleMore", "period", f.Have)
	}
	return messages.Say("amount.exactly", "period", f.Have)
}

func isNone(p experience.Period) bool {
	years, months, days := p.Parts()
	return years+months+days == 0
}

func sentence(s string) string {
	if strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}

// from names the records that are counted for certain.
func (w *wording) from(r *result) messages.Phrase {
	var by []fact
	if s := r.value.evidence.service; s != nil {
		by = s.by()
	}
	if len(by) == 0 {
		return messages.Say("reason.nothing")
	}
	var names messages.List
	for _, f := range by {
		names = append(names, w.record(f))
	}
	return messages.Say("reason.from", "records", listed(names))
}

// facts names missing facts in words.
func (w *wording) facts(facts []fact) messages.List {
	var names messages.List
	for _, f := range w.ev.eachOf(facts) {
		names = append(names, w.fact(f))
	}
	return listed(names)
}

// mostNamed is how many things a sentence names before it counts the rest.
const mostNamed = 6

func listed(names messages.List) messages.List {
	if n := len(names); n > mostNamed {
		return append(names[:mostNamed:mostNamed], messages.Say("list.more", "n", n-mostNamed))
	}
	return names
}

// titles returns what the results of a status are called, each once; of a rule
// that is repeated, what its elements are.
func (w *wording) titles(results []*result, s Status) []string {
	var out []string
	for _, r := range results {
		switch {
		case r.status != s:
		case r.element == nil && len(r.rule.Each) > 0 && len(r.children) > 0:
			out = append(out, w.titles(r.children, s)...)
		default:
			if title := cmp.Or(w.title(r), r.id); !slices.Contains(out, title) {
				out = append(out, title)
			}
		}
	}
	return out
}

func onDay(d experience.Date) messages.Phrase {
	switch {
	case d.IsExact():
		return messages.Say("day.on", "day", d)
	case d.First() == experience.UnknownDate().First():
		return messages.Say("day.by", "day", d.Last())
	}
	return messages.Say("day.between", "first", d.First(), "last", d.Last())
}

func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if upper := unicode.ToUpper(first); upper != first {
		return string(upper) + s[size:]
	}
	return s
}
