package mapping

import (
	"maps"
	"slices"
)

// Inherited is what one record of an overlaid mapping still takes from the shipped file and
// that carries codes: whether they mean the same to the site only the site can tell.
type Inherited struct {
	Record string
	Fields []string // fields with codes
	Moved  []string // those among them whose column the overlay names
	Keep   []string // columns by whose values rows are served, or are not
}

// Inherited lists, by record, the codes that stand in another file than the named overlay.
// Records of which the overlay says nothing are left out: their tables are the shipped ones.
func (f *File) Inherited(overlay string) (list []Inherited) {
	for _, record := range slices.Sorted(maps.Keys(f.Records)) {
		t := f.Records[record]
		i := Inherited{Record: record}
		isTouched := t.Pos.File == overlay || t.KeyPos.File == overlay
		for _, field := range t.Fields {
			isTouched = isTouched || field.Pos.File == overlay || field.Codes.File == overlay
			if field.Codes == (Pos{}) || field.Codes.File == overlay {
				continue
			}
			i.Fields = append(i.Fields, field.Name)
			if field.Pos.File == overlay {
				i.Moved = append(i.Moved, field.Name)
			}
		}
		for _, c := range slices.Concat(t.Keep, t.Drop) {
			isTouched = isTouched || c.Pos.File == overlay
			if c.Pos.File != overlay {
				i.Keep = append(i.Keep, c.Column)
			}
		}
		if isTouched && len(i.Fields)+len(i.Keep) > 0 {
			list = append(list, i)
		}
	}
	return list
}
