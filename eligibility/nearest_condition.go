package eligibility

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qualify-rules/qualify/eligibility/messages"
	"github.com/qualify-rules/qualify/experience"
)

// narrow finds, for each fact that a way asks to state, the least that suffices
// and what else does, as long as the other facts are what the way takes them to
// be. A fact of which every value suffices is looked at again when the others are
// the least that suffices.
func (f *finder) narrow(way *foundWay) error {
	way.moves = slices.Clone(way.moves)
	for i := range way.moves {
		if err := f.narrowOne(way, i); err != nil {
			return err
		}
	}
	for i := range way.moves {
		m := &way.moves[i]
		if m.step.AnyValue {
			if err := f.narrowOne(way, i); err != nil {
				return err
			}
		}
		if m.step.Kind == StateFact {
			m.step.Condition = f.condition(m)
		}
	}
	return nil
}

func (f *finder) narrowOne(way *foundWay, i int) error {
	m := &way.moves[i]
	if m.step.Kind != StateFact {
		return nil
	}
	before, err := f.caseOf(way.moves[:i], false)
	if err != nil {
		return err
	}
	*m = m.stating(m.step.Value)
	return m.narrow(f.domain(before, m.of, m.step.Fact), func(v any) (bool, error) {
		moves := slices.Clone(way.moves)
		moves[i] = m.stating(v)
		return f.leads(moves, way.worked, way.day)
	})
}

// stating is the move with another value.
func (m *move) stating(v any) move {
	other := *m
	other.step.Value, other.step.AtLeast, other.step.AtMost, other.step.OneOf, other.step.AnyValue = v, nil, nil, nil, false
	other.changes = []change{{m.changes[0].pointer, v}}
	return other
}

// narrow tries the values of the domain.
func (m *move) narrow(d domain, suffices func(any) (bool, error)) error {
	var err error
	switch d.kind {
	case dates:
		err = m.narrowDays(d, suffices)
	case subset:
		err = m.narrowList(suffices)
	default:
		err = m.narrowValues(d, suffices)
	}
	m.key = m.slot + "=" + keyOfValue(m.step.Value)
	if m.step.AnyValue {
		m.key = m.slot
	}
	return err
}

func (m *move) narrowValues(d domain, suffices func(any) (bool, error)) error {
	var enough []bool
	for _, v := range d.values {
		some, err := suffices(v)
		if err != nil {
			return err
		}
		enough = append(enough, some)
	}
	first, last := slices.Index(enough, true), lastIndex(enough, true)
	if first < 0 {
		return nil // of a fact that is stated about a record that is added
	}
	whole := !slices.Contains(enough[first:last+1], false)
	switch end := len(enough) - 1; {
	case whole && first == 0 && last == end && end > 0:
		m.step.AnyValue = true
		return nil
	case d.kind == scale && whole && last == end:
		*m = m.stating(d.values[first])
		m.step.AtLeast = d.values[first]
	case d.kind == scale && whole && first == 0:
		*m = m.stating(d.values[last])
		m.step.AtMost = d.values[last]
	case d.kind == anyValues && first < last:
		for i, v := range d.values {
			if enough[i] {
				m.step.OneOf = append(m.step.OneOf, v)
			}
		}
	}
	return nil
}

func lastIndex(list []bool, v bool) int {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i] == v {
			return i
		}
	}
	return -1
}

// narrowList leaves out what a list need not contain.
func (m *move) narrowList(suffices func(any) (bool, error)) error {
	list, _ := m.step.Value.([]any)
	none, err := suffices([]any{})
	if err != nil {
		return err
	}
	if none && len(list) > 0 {
		m.step.AnyValue = true
		return nil
	}
	for i := 0; i < len(list) && len(list) > 1; {
		fewer := slices.Delete(slices.Clone(list), i, i+1)
		enough, err := suffices(fewer)
		if err != nil {
			return err
		}
		if !enough {
			i++
			continue
		}
		list = fewer
		*m = m.stating(list)
	}
	return nil
}

// narrowDays finds the days from which, and up to which, each day suffices.
func (m *move) narrowDays(d domain, suffices func(any) (bool, error)) error {
	text, _ := m.step.Value.(string)
	day, err := experience.ParseDate(text)
	if err != nil {
		return nil
	}
	// What holds of the day with a number and not of that with the other one
	// turns between them.
	turn := func(yes, no int) (int, error) {
		if enough, err := suffices(d.at(no).String()); err != nil || enough {
			return no, err
		}
		for max(yes, no)-min(yes, no) > 1 {
			middle := (yes + no) / 2
			enough, err := suffices(d.at(middle).String())
			if err != nil {
				return 0, err
			}
			if enough {
				yes = middle
			} else {
				no = middle
			}
		}
		return yes, nil
	}
	end, at := d.length(), int(experience.DaysBetween(d.first, day))
	first, err := turn(at, 0)
	if err != nil {
		return err
	}
	last, err := turn(at, end)
	switch {
	case err != nil:
		return err
	case first == 0 && last == end:
		m.step.AnyValue = true
		return nil
	case first > 0:
		*m = m.stating(d.at(first).String())
		m.step.AtLeast = m.step.Value
	default:
		*m = m.stating(d.at(last).String())
	}
	if last < end {
		m.step.AtMost = d.at(last).String()
	}
	return nil
}

func keyOfValue(v any) string {
	switch v := v.(type) {
	case []any:
		var all []string
		for _, e := range v {
			all = append(all, keyOfValue(e))
		}
		return strings.Join(all, ",")
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// condition says which values of a fact of a case suffice, "" where all do.
func (f *finder) condition(m *move) string {
	if m.step.AnyValue {
		return ""
	}
	w := f.w
	name := m.step.Fact[strings.LastIndexByte(m.step.Fact, '/')+1:]
	that := func(key string, v any) string {
		return w.Text("condition."+key, "fact", w.fact(m.of), "value", w.valued(name, v))
	}
	_, isDay := w.valued(name, m.step.Value).(experience.Date)
	switch {
	case m.step.AtLeast != nil && m.step.AtMost != nil:
		days := messages.Say("day.between", "first", w.valued(name, m.step.AtLeast), "last", w.valued(name, m.step.AtMost))
		return w.Text("condition.is", "fact", w.fact(m.of), "value", days)
	case m.step.AtLeast != nil && isDay:
		return that("from", m.step.Value)
	case m.step.AtMost != nil && isDay:
		return that("by", m.step.Value)
	case m.step.AtLeast != nil:
		return that("atLeast", m.step.Value)
	case m.step.AtMost != nil:
		return that("atMost", m.step.Value)
	case m.step.OneOf != nil:
		var values []messages.Phrase
		for _, v := range m.step.OneOf {
			values = append(values, messages.Say("amount.exactly", "period", w.valued(name, v)))
		}
		return w.Text("condition.is", "fact", w.fact(m.of), "value", w.either(values))
	}
	switch v := m.step.Value.(type) {
	case bool:
		return w.answer(m.of, name, v)
	case []any:
		switch name {
		case "threat", "missions":
			return that("quiet", nil)
		case "fields":
			return that("is", v)
		}
		return that("includes", v)
	}
	return that("is", m.step.Value)
}

// answer says that a question about a fact is answered with yes or no.
func (w *wording) answer(of fact, name string, yes bool) string {
	var record, title any
	switch a, i, _ := of.parts(); a {
	case inRelevanceOfQualifications:
		name, record = "relevance", w.record(factOf(inQualifications, i, wholeArea))
	case inRelevanceOfEmployments:
		name, record = "relevance", w.record(factOf(inEmployments, i, wholeArea))
	case inJudgements:
		name, title = "judgement", w.judgementTitle(w.ev.post.judgements[i])
	case inApplication:
	default:
		record = w.record(of.record())
	}
	if yes {
		return w.Text("answer.yes."+name, "record", record, "title", title)
	}
	return w.Text("answer.no."+name, "record", record, "title", title)
}

// valued returns the words for a value of a fact of a name.
func (w *wording) valued(name string, v any) any {
	switch v := v.(type) {
	case []any:
		var list messages.List
		for _, e := range v {
			list = append(list, w.valued(name, e))
		}
		return list
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		switch name {
		case "cycle":
			return messages.Say("cycle." + v)
		case "regime":
			return messages.Say("regime." + v)
		case "citizenships":
			return w.Country(v)
		case "domains", "levels", "code":
			return w.Term(v)
		}
		if d, err := experience.ParseDate(v); err == nil && d.IsExact() {
			return d
		}
	}
	return v
}
