package model

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
)

// Personal data are types of their own, so that the mask is a property of the value
// and no resolver, export or error can forget it. All of them marshal masked; String
// is masked too, so a log line cannot leak one. Reveal gives the value itself and is
// for joining only.

// PersonName is the name of a natural person. Mask: the surname stays (欧阳** for the
// known two-character surnames), the rest is one asterisk a character; nothing stays of a
// minor's, see Hidden.
type PersonName string

// ResidentNumber is an 18-character resident identity number (GB 11643-1999) or the
// number of another document found in the same column. Mask: first 3 and last 4 of 18
// characters, first 1 and last 2 of other documents; nothing stays of a minor's, see Hidden.
type ResidentNumber string

// Phone is a mobile or landline number. Mask: 138****1234, 0571-****1234.
type Phone string

// Address is a postal address. Mask: kept down to town or street.
type Address string

// twoCharacterSurnames are the compound surnames still common in China.
var twoCharacterSurnames = []string{"欧阳", "司马", "诸葛", "上官", "司徒", "东方", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "端木", "南宫"}

// Masked is the form shown by default.
func (n PersonName) Masked() string {
	s := string(n)
	keep := 1
	for _, two := range twoCharacterSurnames {
		if strings.HasPrefix(s, two) && utf8.RuneCountInString(s) > 2 {
			keep = 2
		}
	}
	r := []rune(s)
	if len(r) <= keep {
		return strings.Repeat("*", len(r))
	}
	return string(r[:keep]) + strings.Repeat("*", len(r)-keep)
}

// Masked is the form shown by default.
func (n ResidentNumber) Masked() string {
	s := string(n)
	switch {
	case len(s) == 18 && isDigits(s[:17]):
		return s[:3] + "***********" + s[14:]
	case len(s) == 15 && isDigits(s):
		return s[:3] + "*********" + s[12:]
	case len(s) > 3:
		return s[:1] + strings.Repeat("*", len(s)-3) + s[len(s)-2:]
	}
	return strings.Repeat("*", len(s))
}

// Masked is the form shown by default.
func (p Phone) Masked() string {
	s := string(p)
	if area, rest, ok := strings.Cut(s, "-"); ok && len(rest) > 4 {
		return area + "-****" + rest[len(rest)-4:]
	}
	if len(s) >= 11 {
		return s[:3] + "****" + s[len(s)-4:]
	}
	return strings.Repeat("*", utf8.RuneCountInString(s))
}

// Masked is the form shown by default.
func (a Address) Masked() string {
	for _, end := range []string{"街道", "镇", "乡"} {
		if i := strings.Index(string(a), end); i >= 0 {
			return string(a)[:i+len(end)] + "***"
		}
	}
	for _, end := range []string{"区", "县", "市"} {
		if i := strings.Index(string(a), end); i >= 0 {
			return string(a)[:i+len(end)] + "***"
		}
	}
	return "***"
}

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
