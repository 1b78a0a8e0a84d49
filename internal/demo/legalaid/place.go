package legalaid

import "strconv"

// place is how the style writes a place: id, text, path and full text. The last three are
// shared by all rows of a town and mapped nowhere: they repeat the first.
type place struct{ name, path, full, station any }

func (b *builder) place(town string) place {
	if p, ok := b.places[town]; ok {
		return p
	}
	t := b.w.Towns.ByCode(town)
	p := place{
		name:    b.once(t.Name),
		path:    "33,3301,330109," + town,
		full:    b.once("浙江省,杭州市,萧山区," + t.Name),
		station: b.once(t.JudicialOffice + "法律援助工作站"),
	}
	b.places[town] = p
	return p
}

// townCell writes a town as the clerks do: mostly its code, at times the code of one of
// its villages, an old code, or a name. All of them are good.
func (b *builder) townCell(town string) any {
	switch n := b.r.IntN(100); {
	case n < 78:
		return b.text(town)
	case n < 84:
		return b.text(town + strconv.Itoa(200+b.r.IntN(20)))
	}
	return b.text(b.w.TownSpelling(b.r, town))
}

// placed sets the four columns of a place: column, …js, …lj, …qc.
func (b *builder) placed(s *sheet, row int, column, town string) {
	p := b.place(town)
	s.set(row, column, b.townCell(town))
	s.set(row, column+"js", p.name)
	s.set(row, column+"lj", p.path)
	s.set(row, column+"qc", p.full)
}
