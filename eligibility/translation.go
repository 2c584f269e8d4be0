package eligibility

// Translation is what policies and vacancies say to people, in another
// language than they were written in.
type Translation struct {
	language string
	source   translationSource
}

// RuleWords are the words of a rule. Those that are left out are said as the
// policy or vacancy states them.
type RuleWords struct {
	Title     string `json:"title,omitzero"`
	Message   string `json:"message,omitzero"`
	Judgement string `json:"judgement,omitzero"`
}

// ReadingWords are the words of a reading.
type ReadingWords struct {
	About   string            `json:"about,omitzero"`
	Options map[string]string `json:"options,omitzero"`
}

// VariableWords are the words of a variable that a person answers.
type VariableWords struct {
	Title     string `json:"title,omitzero"`
	Judgement string `json:"judgement,omitzero"`
}

type translationSource struct {
	Language  string                     `json:"language"`
	Policies  map[string]translatedWords `json:"policies,omitzero"`  // by name
	Vacancies map[string]translatedWords `json:"vacancies,omitzero"` // by reference
}

type translatedWords struct {
	Title     string                   `json:"title,omitzero"`
	Rules     map[string]RuleWords     `json:"rules,omitzero"` // by path
	Variables map[string]VariableWords `json:"variables,omitzero"`
	Readings  map[string]ReadingWords  `json:"readings,omitzero"`
}

// LoadTranslation reads a YAML file: the code of its language, and the words of
// policies by name and of vacancies by reference: of each the title, the rules
// by path, desirable ones under desirable/, and of a policy the variables that a
// person answers and the readings. The name stands for the file in faults; every error is a
// [*SourceError].
func LoadTranslation(name string, data []byte) (*Translation, error) {
	t := &Translation{}
	f, err := readSource(name, data, &t.source)
	if err != nil {
		return nil, err
	}
	t.language = t.source.Language
	if t.language == "" {
		f.at("", "", false, "language is required: state its code, such as fr")
	}
	return t, f.err()
}

// Language returns the code of the language.
func (t *Translation) Language() string { return t.language }

// Rule returns the words of a rule of a post, by its path, and whether there
// are any.
func (t *Translation) Rule(p *Post, path string) (RuleWords, bool) { return t.rule(p, path) }

func (t *Translation) rule(p *Post, path string) (RuleWords, bool) {
	if words, ok := t.source.Vacancies[p.vacancy.Reference].Rules[path]; ok {
		return words, true
	}
	words, ok := t.source.Policies[p.policy.Name()].Rules[path]
	return words, ok
}

// Title returns the title of the vacancy of a post, "" where it is not
// translated.
func (t *Translation) Title(p *Post) string { return t.source.Vacancies[p.vacancy.Reference].Title }

// PolicyTitle returns the title of a policy, "" where it is not translated.
func (t *Translation) PolicyTitle(p *Policy) string { return t.source.Policies[p.Name()].Title }

// Reading returns the words of a reading of a policy.
func (t *Translation) Reading(p *Policy, id string) ReadingWords {
	return t.source.Policies[p.Name()].Readings[id]
}

// Variable returns the words of a variable of a policy.
func (t *Translation) Variable(p *Policy, name string) VariableWords {
	return t.source.Policies[p.Name()].Variables[name]
}
