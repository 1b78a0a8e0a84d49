package plan

// wholeRange holds where an int field lies in a half-open range; without bounds, where it
// is a readable number at all. It knows the 32 bits of an int: size bands count what their
// filter lists.
type wholeRange struct {
	expression   string
	from, before *int
}

func (p wholeRange) render(b *builder) {
	b.write(p.expression)
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
