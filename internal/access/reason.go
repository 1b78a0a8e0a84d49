package access

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of a reason, in characters.
const (
	leastReason = 2
	MostReason  = 200
)

// ReasonIn reads why somebody looks at personal data, as the header X-Access-Reason has it: UTF-8,
// with percent signs for what is not ASCII. It is "" for what gives no reason: what cannot be
// read, or is shorter or longer than a reason may be.
func ReasonIn(header string) string {
	text, err := url.PathUnescape(header)
	if err != nil || !utf8.ValidString(text) {
		return ""
	}
	isGap := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
	text = strings.Join(strings.FieldsFunc(text, isGap), " ")
	if n := utf8.RuneCountInString(text); n < leastReason || n > MostReason {
		return ""
	}
	return text
}
