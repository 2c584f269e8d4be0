package eligibility

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/qualify-rules/qualify/eqf"
	"github.com/qualify-rules/qualify/experience"
)

// canonicalWriter writes a case in canonical JSON, of which the hash is the
// pin of the input: the members in the order of the structs, those of maps
// sorted, nothing that is not stated, no white space. It is what the JSON
// package writes deterministically, without its cost; a test compares the two.
type canonicalWriter struct {
	b    []byte
	keys []string // room for those of a map
	err  error
}

// name begins a member. Members are separated by what stands before them.
func (w *canonicalWriter) name(name string) {
	b := w.b
	if b[len(b)-1] == '{' {
		b = append(b, '"')
	} else {
		b = append(b, ',', '"')
	}
	b = append(b, name...)
	w.b = append(b, '"', ':')
}

func (w *canonicalWriter) quote(s string) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			w.escape(s)
			return
		}
	}
	b := append(w.b, '"')
	b = append(b, s...)
	w.b = append(b, '"')
}

// escape writes a text that is not plain ASCII.
func (w *canonicalWriter) escape(s string) {
	b, err := jsontext.AppendQuote(w.b, s)
	if err != nil && w.err == nil {
		w.err = err
	}
	w.b = b
}

func (w *canonicalWriter) text(name, value string) {
	if value != "" {
		w.name(name)
		w.quote(value)
	}
}

func (w *canonicalWriter) date(name string, d experience.Date) {
	if d.IsValid() {
		w.name(name)
		w.b = append(w.b, '"')
		w.b, _ = d.AppendText(w.b)
		w.b = append(w.b, '"')
	}
}

func (w *canonicalWriter) truth(name string, t experience.Truth) {
	if t != experience.Unknown {
		w.name(name)
		w.b = append(w.b, t.String()...)
	}
}

func (w *canonicalWriter) flag(name string, yes bool) {
	if yes {
		w.truth(name, experience.True)
	}
}

func (w *canonicalWriter) level(name string, l eqf.Level) {
	if l.IsValid() {
		w.name(name)
		w.b = strconv.AppendInt(w.b, int64(l), 10)
	}
}

// other writes what is rare or has a form of its own.
func (w *canonicalWriter) other(name string, value any) {
	b, err := json.Marshal(value, json.Deterministic(true))
	if err != nil && w.err == nil {
		w.err = err
	}
	w.name(name)
	w.b = append(w.b, b...)
}

func (w *canonicalWriter) truths(name string, m map[string]experience.Truth) {
	if m == nil {
		return
	}
	w.name(name)
	w.b = append(w.b, '{')
	w.keys = w.keys[:0]
	for key := range m {
		w.keys = append(w.keys, key)
	}
	slices.Sort(w.keys)
	for _, key := range w.keys {
		if w.b[len(w.b)-1] != '{' {
			w.b = append(w.b, ',')
		}
		w.quote(key)
		w.b = append(w.b, ':')
		if t := m[key]; t == experience.Unknown {
			w.b = append(w.b, "null"...)
		} else {
			w.b = append(w.b, t.String()...)
		}
	}
	w.b = append(w.b, '}')
}

func writeTexts[S ~string](w *canonicalWriter, name string, list []S) {
	if list == nil {
		return
	}
	w.name(name)
	w.b = append(w.b, '[')
	for i, s := range list {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.quote(string(s))
	}
	w.b = append(w.b, ']')
}

func writeRecords[T any](w *canonicalWriter, name string, list []T, write func(*canonicalWriter, *T)) {
	if list == nil {
		return
	}
	w.name(name)
	w.b = append(w.b, '[')
	for i := range list {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.b = append(w.b, '{')
		write(w, &list[i])
		w.b = append(w.b, '}')
	}
	w.b = append(w.b, ']')
}

// Pin returns the pin of a case as the input of an assessment: "sha256:" and the
// hash of its canonical JSON.
func (c *Case) Pin() (string, error) {
	canonical, err := new(canonicalWriter).write(c, nil)
	if err != nil {
		return "", err
	}
	return inputPin(canonical), nil
}

// write returns the case in canonical JSON, in the writer's own room. The
// vacancy, if it is stated in the case, is given where it was written already.
func (w *canonicalWriter) write(c *Case, vacancy []byte) ([]byte, error) {
	w.b, w.err = append(w.b[:0], '{'), nil
	w.name("id")
	w.quote(c.ID)
	w.name("candidate")
	w.b = append(w.b, '{')
	writeCandidate(w, &c.Candidate)
	w.b = append(w.b, '}')
	switch {
	case c.Vacancy.Inline == nil:
		w.name("vacancy")
		w.quote(c.Vacancy.Reference)
	case vacancy != nil:
		w.name("vacancy")
		w.b = append(w.b, vacancy...)
	default:
		w.other("vacancy", c.Vacancy)
	}
	if a := &c.Application; !a.isZero() {
		w.name("application")
		w.b = append(w.b, '{')
		w.date("date", a.Date)
		w.text("regime", string(a.Regime))
		w.truth("nominated", a.Nominated)
		w.date("deploymentStarts", a.DeploymentStarts)
		w.truths("relevance", a.Relevance)
		w.truths("judgements", a.Judgements)
		w.b = append(w.b, '}')
	}
	writeRecords(w, "missions", c.Missions, writeMission)
	w.text("recorded", string(c.Recorded))
	w.text("policyVersion", c.PolicyVersion)
	w.b = append(w.b, '}')
	return w.b, w.err
}

func (a *Application) isZero() bool {
	return !a.Date.IsValid() && a.Regime == "" && a.Nominated == experience.Unknown && !a.DeploymentStarts.IsValid() &&
		a.Relevance == nil && a.Judgements == nil
}

func writeCandidate(w *canonicalWriter, c *Candidate) {
	w.name("id")
	w.quote(c.ID)
	writeTexts(w, "citizenships", c.Citizenships)
	w.text("residence", c.Residence)
	w.date("born", c.Born)
	w.date("retires", c.Retires)
	writeRecords(w, "residences", c.Residences, writeResidence)
	writeRecords(w, "qualifications", c.Qualifications, writeQualification)
	writeRecords(w, "ranks", c.Ranks, writeRank)
	writeRecords(w, "employments", c.Employments, writeEmployment)
	writeRecords(w, "contracts", c.Contracts, writeContract)
	writeRecords(w, "credentials", c.Credentials, writeCredential)
	writeRecords(w, "languages", c.Languages, writeLanguage)
}

func writeQualification(w *canonicalWriter, q *Qualification) {
	w.name("id")
	w.quote(q.ID)
	w.name("kind")
	w.quote(string(q.Kind))
	w.text("title", q.Title)
	w.text("institution", q.Institution)
	w.text("country", q.Country)
	writeTexts(w, "fields", q.Fields)
	if y := float64(q.StudyYears); y >= 1e-6 {
		w.name("studyYears")
		w.b = strconv.AppendFloat(w.b, y, 'f', -1, 64)
	} else if y != 0 {
		w.other("studyYears", y)
	}
	if q.Cycle.IsValid() {
		w.text("cycle", q.Cycle.String())
	}
	if q.NQF != (NQF{}) {
		w.name("nqf")
		w.b = append(w.b, '{')
		w.text("country", q.NQF.Country)
		w.text("framework", q.NQF.Framework)
		w.text("level", q.NQF.Level)
		w.b = append(w.b, '}')
	}
	w.level("eqf", q.EQF)
	w.flag("unlevelled", q.Unlevelled)
	w.level("equivalentEqf", q.EquivalentEQF)
	w.flag("course", q.Course)
	w.date("awarded", q.Awarded)
	w.truth("attested", q.Attested)
}

func writeRank(w *canonicalWriter, r *Rank) {
	w.name("id")
	w.quote(r.ID)
	w.name("service")
	w.quote(string(r.Service))
	w.text("code", r.Code)
	w.text("title", r.Title)
	w.text("country", r.Country)
	w.date("awarded", r.Awarded)
	w.truth("attested", r.Attested)
	w.level("equivalentEqf", r.EquivalentEQF)
}

func writeEmployment(w *canonicalWriter, e *Employment) {
	w.name("id")
	w.quote(e.ID)
	w.text("employer", e.Employer)
	w.text("title", e.Title)
	w.date("from", e.From)
	w.date("to", e.To)
	if e.Fraction.IsValid() {
		w.name("fraction")
		w.b = e.Fraction.AppendTo(w.b)
	}
	writeTexts(w, "domains", e.Domains)
	writeTexts(w, "levels", e.Levels)
	w.truth("international", e.International)
	w.text("kind", string(e.Kind))
}

func writeContract(w *canonicalWriter, c *Contract) {
	w.name("id")
	w.quote(c.ID)
	w.name("mission")
	w.quote(c.Mission)
	w.date("from", c.From)
	w.date("to", c.To)
	w.name("regime")
	w.quote(string(c.Regime))
	w.text("post", c.Post)
}

func writeCredential(w *canonicalWriter, c *Credential) {
	w.name("id")
	w.quote(c.ID)
	w.name("kind")
	w.quote(c.Kind)
	w.text("code", c.Code)
	w.text("country", c.Country)
	w.date("issued", c.Issued)
	w.date("expires", c.Expires)
}

func writeResidence(w *canonicalWriter, r *Residence) {
	w.name("country")
	w.quote(r.Country)
	w.date("from", r.From)
	w.date("to", r.To)
}

func writeLanguage(w *canonicalWriter, l *Language) {
	w.text("code", l.Code)
	w.text("level", string(l.Level))
}

func writeMission(w *canonicalWriter, m *Mission) {
	w.name("id")
	w.quote(m.ID)
	w.text("name", m.Name)
	w.date("mandateEnds", m.MandateEnds)
	writeRecords(w, "threat", m.Threat, func(w *canonicalWriter, t *Threat) {
		w.date("from", t.From)
		w.name("level")
		w.quote(string(t.Level))
	})
}
