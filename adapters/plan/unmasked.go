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
	field *mapping.Field // with a column in which any text can be looked for
}

func (p unmasked) render(b *builder) {
	digit := p.anyOf(append(strings.Split("０１２３４５６７８９", ""), "[0-9]"))
	gap := p.anyOf([]string{"[- ._()]", "　", "－", "—", "（", "）"})
	pattern := "(" + digit + gap + "*){11}"
	if !IsNumberField(p.field.Name) {
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
		if raw := cell.Encodings(p.field.Spec.Charset, word); len(raw) > 0 && utf8.ValidString(raw[0]) {
			kept = append(kept, raw[0])
		}
	}
	return "(" + strings.Join(kept, "|") + ")"
}

func (p unmasked) service(*Physical) service { return untouched }
