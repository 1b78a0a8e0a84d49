package plan

import (
	"strconv"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// wholeRange holds where an int field lies in a half-open range; without bounds, where it
// is a readable number at all. Unlike an order it sees full-width digits and the 32 bits
// of an int: size bands count what their filter lists.
type wholeRange struct {
	field        *mapping.Field
	from, before *int
}

func (p wholeRange) render(b *builder) {
	text := "TRIM(" + quote(p.field.Column) + ")"
	for digit, wide := range []string{"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"} {
		text = "REPLACE(" + text + ", " + sqlText(encoded(p.field, wide)) + ", '" + strconv.Itoa(digit) + "')"
	}
	b.write(within(p.field, text+" REGEXP '^[+-]{0,1}([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.]0*){0,1}$'",
		"(REPLACE("+text+", ',', '') + 0)", ""))
	least, most := -1<<31, 1<<31-1
	if p.from != nil {
		least = *p.from
	}
	if p.before != nil {
		most = *p.before - 1
	}
	b.write(" BETWEEN ")
	b.arg(least)
	b.write(" AND ")
	b.arg(most)
}
