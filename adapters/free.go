package adapters

import (
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// free is what may name people among the fields of a record: texts, the names of parties
// that stand in the same row, and codes as written, where a name may have been typed into.
// What numbers of persons look like is masked wherever a text leaves (model.MarshalText);
// here is masked what only the row can tell.
type free struct {
	texts []int       // places among the columns
	codes map[int]int // of a code as written, and of the field that knows its code table
	names []int
}

// isParty tells whether a field is the name of somebody whom a record is about. Those who
// handle it by their office are named in texts as a rule: their names stay there.
func isParty(f *mapping.Field) bool {
	if f.Spec.Kind != "personName" {
		return false
	}
	name := strings.ToLower(f.Name)
	for _, staff := range []string{"lawyer", "review", "approv", "advis", "chair", "notary"} {
		if strings.Contains(name, staff) {
			return false
		}
	}
	return true
}

// freeOf finds them among the columns that are read.
func freeOf(columns []column) free {
	f := free{codes: map[int]int{}}
	tables := map[string]int{}
	for i, c := range columns {
		if c.field.Spec.Kind == "enum" {
			tables[c.field.Column] = i
		}
	}
	for i, c := range columns {
		switch {
		case isParty(c.field):
			f.names = append(f.names, i)
		case c.field.Spec.Kind != "text":
		default:
			f.texts = append(f.texts, i)
			if at, isCode := tables[c.field.Column]; isCode {
				f.codes[i] = at
			}
		}
	}
	return f
}

// needsLook are the bytes of which one stands in every text that may have to be masked
// without a name that is known: digits, full-width ones, @, colons.
var needsLook = func() (is [256]bool) {
	for _, b := range []byte("0123456789@:") {
		is[b] = true
	}
	is[0xEF] = true // the first byte of full-width forms
	return is
}()

// decoded is what a cell of the row at hand was read as.
type decoded struct {
	value   any
	problem *cell.Problem
}

// mask masks the texts of the row at hand.
func (r *reader[T]) mask() {
	var names []string
	for _, i := range r.free.names {
		if name, ok := r.decoded[i].value.(*model.PersonName); ok {
			names = append(names, string(*name))
		}
	}
	for _, i := range r.free.texts {
		text, ok := r.decoded[i].value.(*string)
		if !ok {
			continue
		}
		look := len(names) > 0
		for at := 0; at < len(*text) && !look; at++ {
			look = needsLook[(*text)[at]]
		}
		if look {
			if masked := mask.Free(*text, names...); masked != *text {
				*text = masked
			}
		}
		if at, isCode := r.free.codes[i]; isCode && mask.LooksLikeName(*text) {
			if problem := r.decoded[at].problem; problem != nil && problem.Rule == cell.UnknownCode {
				*text = mask.Name(*text)
			}
		}
	}
}
