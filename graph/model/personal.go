package model

import (
	"fmt"
	"io"

	"github.com/99designs/gqlgen/graphql"

	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// Personal data are types of their own, so that the mask is a property of the value
// and no resolver, export or error can forget it. All of them marshal masked; String
// is masked too, so a log line cannot leak one. Reveal gives the value itself and is
// for joining only.

// PersonName is the name of a natural person. Mask: see mask.Name; nothing stays of a
// minor's, see Hidden.
type PersonName string

// ResidentNumber is an 18-character resident identity number (GB 11643-1999) or the
// number of another document found in the same column. Mask: see mask.Document; nothing
// stays of a minor's, see Hidden.
type ResidentNumber string

// Phone is a mobile or landline number, or several in one cell. Mask: see mask.Phone.
type Phone string

// Address is what may be shown of a postal address: the divisions down to town or street by
// which it begins. The rest is not kept at all: nothing needs it.
type Address struct {
	Within string // 浙江省杭州市萧山区临浦镇; "" when it begins with no division that is known
}

// Masked is the form shown by default.
func (n PersonName) Masked() string { return mask.Name(string(n)) }

// Masked is the form shown by default.
func (n ResidentNumber) Masked() string { return mask.Document(string(n)) }

// Masked is the form shown by default.
func (p Phone) Masked() string { return mask.Phone(string(p)) }

// Masked is the form shown by default.
func (a Address) Masked() string { return a.Within + "***" }

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// Reveal gives the name itself.
func (n PersonName) Reveal() string { return string(n) }

// Reveal gives the number itself.
func (n ResidentNumber) Reveal() string { return string(n) }

// Reveal gives the number itself.
func (p Phone) Reveal() string { return string(p) }

// String is masked.
func (n PersonName) String() string { return n.Masked() }

// String is masked.
func (n ResidentNumber) String() string { return n.Masked() }

// String is masked.
func (p Phone) String() string { return p.Masked() }

// String is masked.
func (a Address) String() string { return a.Masked() }

// MarshalGQL writes the masked form.
func (n PersonName) MarshalGQL(w io.Writer) { writeQuoted(w, n.Masked()) }

// MarshalGQL writes the masked form.
func (n ResidentNumber) MarshalGQL(w io.Writer) { writeQuoted(w, n.Masked()) }

// MarshalGQL writes the masked form.
func (p Phone) MarshalGQL(w io.Writer) { writeQuoted(w, p.Masked()) }

// MarshalGQL writes the masked form.
func (a Address) MarshalGQL(w io.Writer) { writeQuoted(w, a.Masked()) }

// UnmarshalGQL reads the number a client sends in a variable.
func (n *ResidentNumber) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("a ResidentNumber is text of 18 characters")
	}
	*n = ResidentNumber(s)
	return nil
}

// UnmarshalGQL refuses: the gateway has no input of this type.
func (n *PersonName) UnmarshalGQL(any) error { return fmt.Errorf("a PersonName is never an input") }

// UnmarshalGQL refuses: the gateway has no input of this type.
func (p *Phone) UnmarshalGQL(any) error { return fmt.Errorf("a Phone is never an input") }

// UnmarshalGQL refuses: the gateway has no input of this type.
func (a *Address) UnmarshalGQL(any) error { return fmt.Errorf("an Address is never an input") }

func writeQuoted(w io.Writer, s string) { graphql.MarshalString(s).MarshalGQL(w) }
