package clauses

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Account is what became of the clauses of a notice, or of a part of one: the
// conditions that every post shares, or one post.
type Account struct {
	Notice  string   `yaml:"notice"`            // the document
	Policy  string   `yaml:"policy"`            // whose rules the clauses are bound to
	Vacancy string   `yaml:"vacancy,omitempty"` // whose own rules they may be bound to as well
	Clauses []Clause `yaml:"clauses"`           // in the order of the notice
}

// Clause is a sentence, a heading or an item of a list.
type Clause struct {
	At         string   `yaml:"at"`                   // where it stands, as rules cite it
	Says       string   `yaml:"says"`                 // a paraphrase
	Rules      []string `yaml:"rules,omitempty"`      // paths of the rules that it became, desirable/… for those
	Judgements []string `yaml:"judgements,omitempty"` // paths of the questions that it became
	None       string   `yaml:"none,omitempty"`       // why it has no legal effect
	SHA256     string   `yaml:"sha256"`               // of the normalised text
	Length     int      `yaml:"length"`               // of the normalised text, in bytes
	Near       string   `yaml:"near"`                 // its fingerprint
	Text       string   `yaml:"-"`                    // of one that is to be filled in; no account holds it
}

// Bound returns the paths that the clause is bound to.
func (c *Clause) Bound() []string { return slices.Concat(c.Rules, c.Judgements) }

// Load reads the accounts of the parts of a notice, each a document of the YAML,
// and checks their form: that every clause has a locator, a paraphrase, its
// hashes, and is bound to something or to nothing for a stated reason, not both.
// The name stands for the file in errors.
func Load(name string, data []byte) ([]*Account, error) {
	var all []*Account
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	for {
		a := new(Account)
		switch err := decoder.Decode(a); {
		case errors.Is(err, io.EOF) && len(all) > 0:
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("%s: %w", name, err)
		case a.Notice == "" || a.Policy == "" || len(a.Clauses) == 0:
			return nil, fmt.Errorf("%s: state the notice, the policy and the clauses", name)
		}
		for i := range a.Clauses {
			if err := a.Clauses[i].check(); err != nil {
				return nil, fmt.Errorf("%s: clause %d, %s: %w", name, i+1, a.Clauses[i].At, err)
			}
		}
		all = append(all, a)
	}
}

func (c *Clause) check() error {
	hash, err := hex.DecodeString(c.SHA256)
	near, nearErr := hex.DecodeString(c.Near)
	switch {
	case c.At == "" || c.Says == "":
		return fmt.Errorf("state where it stands and what it says")
	case strings.HasPrefix(c.At, open) || strings.HasPrefix(c.Says, open):
		return fmt.Errorf("say where it stands and what it says in place of the question mark")
	case err != nil || len(hash) != 32 || nearErr != nil || len(near) != places || c.Length <= 0:
		return fmt.Errorf("its hash, length or fingerprint is not one: list the notice again")
	case len(c.Bound()) == 0 && c.None == "":
		return fmt.Errorf("it is bound to nothing: name its rules or judgements, or say in none why it has no legal effect")
	case len(c.Bound()) > 0 && c.None != "":
		return fmt.Errorf("it is bound to %v and to nothing: do one of both", c.Bound())
	}
	return nil
}

// open begins what is to be filled in.
const open = "?"

// List returns the clauses of a notice that are to be filled in, one for each
// sentence.
func List(text string) []Clause {
	var clauses []Clause
	for _, sentence := range Sentences(text) {
		clauses = append(clauses, listed(sentence))
	}
	return clauses
}

func listed(sentence string) Clause {
	var h hashed
	for word := range strings.FieldsSeq(sentence) {
		h.add(word, false)
	}
	return clauseOf(sentence, h.String())
}

// clauseOf returns a clause that is to be filled in.
func clauseOf(text, normalised string) Clause {
	return Clause{At: open, Says: open, SHA256: Hash(normalised), Length: len(normalised), Near: Fingerprint(normalised), Text: text}
}
