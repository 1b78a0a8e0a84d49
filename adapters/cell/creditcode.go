package cell

import (
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/identity"
)

// creditCodeCodec reads unified social credit codes (GB 32100-2015, 18 characters) and
// organisation codes (GB 11714-1997, 9 characters, positions 9 to 17 of the former).
type creditCodeCodec struct{ column }

func newCreditCode(spec Spec, _ Env) (Codec, error) {
	c, err := newColumn(spec, true)
	if err != nil {
		return nil, err
	}
	return &creditCodeCodec{c}, nil
}

// Decode gives *string: 18 or 9 characters in upper case without a dash. A text that is a
// resident number is nobody's credit code, even if its last character fits. Registration
// numbers of 13 or 15 digits identify a register entry, not the organisation.
func (c *creditCodeCodec) Decode(raw []byte) (any, *Problem) {
	var buf [64]byte
	text, problem := c.read(buf[:], raw)
	if len(text) == 0 {
		return nil, problem
	}
	id := compact(buf[:0], text)
	if len(id) == 10 && id[8] == '-' {
		id = append(id[:8], id[9])
	}
	var check byte
	switch {
	case areSame(id):
		return nil, notAnIdentifier
	case len(id) == 18:
		check = identity.CreditCheck(string(id[:17]))
	case len(id) == 9:
		check = identity.OrganisationCheck(string(id[:8]))
	}
	last := len(id) - 1
	switch {
	case check == 0, !isDigit(id[last]) && (id[last] < 'A' || id[last] > 'Z'), identity.IsResidentNumber(string(id)):
		return nil, notAnIdentifier
	case check != id[last]:
		return nil, badChecksum
	case len(id) == 18 && !identity.IsCreditCode(string(id)):
		return nil, notAnIdentifier
	}
	return new(string(id)), nil
}

// Spell lists the code as it stands, in lower case, full-width and with the apostrophe
// spreadsheets add; an organisation code also with its dash.
func (c *creditCodeCodec) Spell(canonical string) ([]string, bool) {
	forms := []string{canonical}
	if len(canonical) == 9 {
		forms = append(forms, canonical[:8]+"-"+canonical[8:])
	}
	for _, form := range forms {
		forms = append(forms, strings.ToLower(form), "'"+form, widen(form))
	}
	return spellings(c, c.charset, canonical, forms...), true
}

// NormalizeCreditCode gives the 18 characters of a unified social credit code or the nine
// of an organisation code in the one text that all spellings share; ok is false for a
// text that is neither, a wrong check character included.
func NormalizeCreditCode(text string) (code string, ok bool) {
	return normalize(newCreditCode, text)
}

// OrganizationCode gives the organisation code of a valid code of either kind.
func OrganizationCode(code string) string {
	if len(code) == 18 {
		return code[8:17]
	}
	return code
}
