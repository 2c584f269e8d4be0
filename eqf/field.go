package eqf

import (
	"fmt"
	"slices"
	"strings"
)

// Field is a field of education and training: a code of ISCED-F 2013 of two
// (broad), three (narrow) or four digits (detailed), such as "0421" for law. It
// is text because a leading zero counts. The zero value means that no field is
// stated.
//
// The codes and labels are in tables/isced_f_2013.csv, from UNESCO Institute
// for Statistics, ISCED Fields of Education and Training 2013: Detailed field
// descriptions (2015), Appendix I, CC BY-SA 3.0 IGO.
type Field string

// ParseField reads a code of the table. The error names the code, and where it
// lost its leading zero, the code that was probably meant.
func ParseField(s string) (Field, error) {
	f := Field(s)
	if f.IsValid() {
		return f, nil
	}
	if withZero := "0" + f; withZero.IsValid() {
		return "", fmt.Errorf("field of study %q is not a code of ISCED-F 2013; with its leading zero it would be %q", s, string(withZero))
	}
	return "", fmt.Errorf("field of study %q is not a code of ISCED-F 2013; give its 2 to 4 digits as a string, such as \"0421\"", s)
}

// IsValid reports whether f is a code of the table.
func (f Field) IsValid() bool {
	_, ok := f.find()
	return ok
}

// Label returns the English name of the field, and "" for a code that is not in
// the table.
func (f Field) Label() string {
	i, ok := f.find()
	if !ok {
		return ""
	}
	return fieldLabels[i].label
}

// MarshalText returns the code. The zero value and a code that is not in the
// table are errors: leave a field that is not stated out.
func (f Field) MarshalText() ([]byte, error) {
	parsed, err := ParseField(string(f))
	return []byte(parsed), err
}

// UnmarshalText reads what [ParseField] reads. On an error f keeps its value.
func (f *Field) UnmarshalText(text []byte) error {
	parsed, err := ParseField(string(text))
	if err != nil {
		return err
	}
	*f = parsed
	return nil
}

// fieldLabel is a row of tables/isced_f_2013.csv.
type fieldLabel struct {
	code  Field
	label string
}

func (f Field) find() (index int, ok bool) {
	return slices.BinarySearchFunc(fieldLabels[:], f, func(row fieldLabel, f Field) int {
		return strings.Compare(string(row.code), string(f))
	})
}

// broad returns the first two digits of a valid code.
func (f Field) broad() Field { return f[:2] }

// within reports whether f is other or one of the fields below it.
func (f Field) within(other Field) bool { return strings.HasPrefix(string(f), string(other)) }

// stem returns the narrowest field that a valid code is sure to lie in: for a
// "not further defined" code (0400, 040, 0410) the field it stands for, else
// the code.
func (f Field) stem() Field {
	for len(f) > 2 && f[len(f)-1] == '0' {
		f = f[:len(f)-1]
	}
	return f
}

// isInterdisciplinary reports whether a valid code is one of the programmes
// (048, 0488) that spread over several fields.
func (f Field) isInterdisciplinary() bool { return len(f) > 2 && f[2] == '8' }

// isUnknown reports whether a valid code says that the field is not known.
func (f Field) isUnknown() bool { return f.broad() == "99" }
