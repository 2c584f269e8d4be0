package eligibility

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/qualify-rules/qualify/experience"
)

// Application is one candidate's application for one vacancy, with what people
// judged about it.
type Application struct {
	Date             experience.Date             `json:"date,omitzero"`
	Regime           Regime                      `json:"regime,omitzero"`
	Nominated        experience.Truth            `json:"nominated,omitzero"`
	DeploymentStarts experience.Date             `json:"deploymentStarts,omitzero"`
	Relevance        map[string]experience.Truth `json:"relevance,omitzero"`  // by record id
	Judgements       map[string]experience.Truth `json:"judgements,omitzero"` // by path of the rule that asks
}

// Mission is a mission with the dated levels of threat it was informed of.
type Mission struct {
	ID          string          `json:"id"`
	Name        string          `json:"name,omitzero"`
	MandateEnds experience.Date `json:"mandateEnds,omitzero"`
	Threat      []Threat        `json:"threat,omitzero"`
}

// Threat is a level of threat and the day from which it holds.
type Threat struct {
	From  experience.Date `json:"from"`
	Level ThreatLevel     `json:"level"`
}

// Case is everything that an assessment looks at.
type Case struct {
	ID          string      `json:"id"`
	Candidate   Candidate   `json:"candidate"`
	Vacancy     VacancyRef  `json:"vacancy"`
	Application Application `json:"application,omitzero"`
	Missions    []Mission   `json:"missions,omitzero"`
	Recorded    Verdict     `json:"recorded,omitzero"` // what was decided at the time
	// PolicyVersion names the version of the vacancy's policy that decides,
	// instead of the one that was in force on the closing date.
	PolicyVersion string `json:"policyVersion,omitzero"`
}

// VacancyRef names a vacancy or holds one.
type VacancyRef struct {
	Reference string
	Inline    *Vacancy

	offer *offer // what a catalogue made of Inline
}

// MarshalJSONTo writes the reference or the vacancy.
func (v VacancyRef) MarshalJSONTo(e *jsontext.Encoder) error {
	if v.Inline != nil {
		return json.MarshalEncode(e, v.Inline)
	}
	return e.WriteToken(jsontext.String(v.Reference))
}

// MarshalJSON is [VacancyRef.MarshalJSONTo] for encoding/json.
func (v VacancyRef) MarshalJSON() ([]byte, error) {
	if v.Inline != nil {
		return json.Marshal(v.Inline, json.Deterministic(true))
	}
	return json.Marshal(v.Reference)
}

// UnmarshalJSON is [VacancyRef.UnmarshalJSONFrom] for encoding/json; unknown
// fields are errors here too.
func (v *VacancyRef) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, v, json.RejectUnknownMembers(true))
}

// UnmarshalJSONFrom reads a reference or a vacancy.
func (v *VacancyRef) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	*v = VacancyRef{}
	if d.PeekKind() == '{' {
		v.Inline = new(Vacancy)
		return json.UnmarshalDecode(d, v.Inline)
	}
	return json.UnmarshalDecode(d, &v.Reference)
}
