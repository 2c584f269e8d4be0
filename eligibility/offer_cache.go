package eligibility

import (
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// A catalogue remembers at least the last maxStated distinct vacancies that
// cases stated, as long as their texts have no more than maxStatedBytes together,
// and at most twice as many. A rule of a vacancy's own counts as much as a
// vacancy.
const (
	maxStated      = 512
	maxStatedBytes = 8 << 20
)

// offerCache holds vacancies by their text, in two generations: when the young
// one is full it becomes the old one, which is forgotten. The zero cache is
// empty and ready for use.
type offerCache struct {
	mu         sync.Mutex
	young, old map[string]*offer
	bytes      int // of the texts of the young generation
	places     int // that it takes
}

func (c *offerCache) get(text string) *offer { return lookUp(c, text) }

// lookUp takes a text or its bytes, which are not copied.
func lookUp[T string | []byte](c *offerCache, text T) *offer {
	c.mu.Lock()
	defer c.mu.Unlock()
	if o := c.young[string(text)]; o != nil {
		return o
	}
	o := c.old[string(text)]
	if o != nil {
		c.add(string(text), o)
	}
	return o
}

func (c *offerCache) put(text string, o *offer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(text, o)
}

func (c *offerCache) add(text string, o *offer) {
	if len(text) > maxStatedBytes {
		return
	}
	places := 1 + len(o.vacancy.Rules) + len(o.vacancy.Desirable)
	if c.places+places > maxStated || c.bytes+len(text) > maxStatedBytes {
		c.old, c.young, c.bytes, c.places = c.young, nil, 0, 0
	}
	if c.young == nil {
		c.young = make(map[string]*offer)
	}
	c.young[text] = o
	c.bytes += len(text)
	c.places += places
}

// DecodeCase reads a case as the function [DecodeCase] does. Cases that state
// the same vacancy in the same words share one, which is compiled once and must
// not be changed.
func (c *Catalogue) DecodeCase(data []byte) (*Case, error) {
	k := new(Case)
	stated := json.UnmarshalFromFunc(func(d *jsontext.Decoder, v *VacancyRef) error {
		if d.PeekKind() != '{' {
			return v.UnmarshalJSONFrom(d)
		}
		text, err := d.ReadValue()
		if err != nil {
			return err
		}
		*v = VacancyRef{offer: lookUp(&c.stated, []byte(text))}
		if v.offer != nil {
			v.Inline = v.offer.vacancy
			return nil
		}
		inline := new(Vacancy)
		if err := json.Unmarshal(text, inline, json.RejectUnknownMembers(true)); err != nil {
			return err
		}
		v.Inline = inline
		if inline.Check() != nil {
			return nil // the check of the whole case says what and where
		}
		if o, err := c.offer(inline); err == nil {
			c.stated.put(string(text), o)
			v.offer = o
		}
		return nil
	})
	if len(data) > MaxCaseBytes || json.Unmarshal(data, k, json.RejectUnknownMembers(true), json.WithUnmarshalers(stated)) != nil {
		return DecodeCase(data) // says what is wrong and where
	}
	if err := k.Check(); err != nil {
		return nil, err
	}
	return k, nil
}
