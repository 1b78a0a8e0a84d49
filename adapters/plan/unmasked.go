package plan

import (
	"strings"
	"unicode/utf8"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// unmasked holds where no number of a person can stand in the column, nor a house number
// in one that is no number of a file: what is masked is not found either. It leaves out
// too much rather than too little: eleven digits with anything between them that may stand
// in a number. It stands behind the condition that finds the rows, so few are looked at.
type unmasked struct {
	field   *mapping.Field
	isASCII bool // the column's charset, as the server tells it, has no Chinese characters
}

func (p unmasked) render(b *builder) {
	digit := p.anyOf(append(strings.Split("０１２３４５６７８９", ""), "[0-9]"))
	gap := p.anyOf([]string{"[- ._()]", "　", "－", "—", "（", "）"})
	pattern := "(" + digit + gap + "*){11}"
	if !p.isASCII && !IsNumberField(p.field.Name) {
		pattern += "|" + p.anyOf(strings.Split(mask.BeforeHouse, "|")) + "[ ]?" + p.anyOf([]string{"第", ""}) + digit + "+(-" + digit + "+)*" +
			p.anyOf(strings.Split(mask.BehindHouse, "|"))
	}
	b.write(quote(p.field.Column) + " NOT REGEXP ")
	b.arg(pattern)
}

// anyOf is a pattern of alternatives, those that the column can hold.
func (p unmasked) anyOf(words []string) string {
	var kept []string
	for _, word := range words {
		if raw, ok := cell.Encode(p.field.Spec.Charset, word); ok && utf8.ValidString(raw) && (!p.isASCII || isASCII([]string{raw})) {
			kept = append(kept, raw)
		}
	}
	return "(" + strings.Join(kept, "|") + ")"
}

func (p unmasked) service(*Physical) service { return untouched }
