package executor

// Column is what a relation gave: one value for each parent, in their order.
type Column struct {
	size   int
	values []any                         // objects; for lists, those of all parents end to end
	spans  []span                        // for lists of objects: each parent's part of values
	leaf   func(b *Buffer, row int) bool // for scalars and enums; like Field.Leaf
}

// span is a part of a column's values; from is -1 for a null list.
type span struct{ from, to int }

// Ones is the column of a relation to one object each; the error is passed on.
func Ones[T any](results []*T, err error) (Column, error) {
	values := make([]any, len(results))
	for i, r := range results {
		values[i] = Ref(r)
	}
	return Column{size: len(results), values: values}, err
}

// Lists is the column of a relation to a list of objects each; the error is passed on.
func Lists[T any](results [][]*T, err error) (Column, error) {
	return lists(results, Refs, err)
}

// AbstractOnes is like Ones where the schema's type, and so Go's, is an interface.
func AbstractOnes[I any](results []I, err error) (Column, error) {
	values := make([]any, len(results))
	for i, r := range results {
		values[i] = any(r)
	}
	return Column{size: len(results), values: values}, err
}

// AbstractLists is like Lists where the schema's type, and so Go's, is an interface.
func AbstractLists[I any](results [][]I, err error) (Column, error) {
	return lists(results, Abstracts, err)
}

func lists[V any](results [][]V, add func(to []any, items []V) ([]any, bool), err error) (Column, error) {
	c := Column{size: len(results), spans: make([]span, len(results))}
	total := 0
	for _, r := range results {
		total += len(r)
	}
	c.values = make([]any, 0, total)
	for i, r := range results {
		c.addList(i, func(to []any) ([]any, bool) { return add(to, r) })
	}
	return c, err
}

// addList appends one parent's list.
func (c *Column) addList(row int, add func(to []any) ([]any, bool)) {
	from, present := len(c.values), false
	if c.values, present = add(c.values); present {
		c.spans[row] = span{from, len(c.values)}
	} else {
		c.spans[row] = span{from: -1}
	}
}

// Leaves is the column of a relation to scalars or enums, or lists of them; write is
// like Field.Leaf.
func Leaves[V any](write func(b *Buffer, v V) bool) func(results []V, err error) (Column, error) {
	return func(results []V, err error) (Column, error) {
		return Column{size: len(results), leaf: func(b *Buffer, row int) bool { return write(b, results[row]) }}, err
	}
}

// Single makes the results of a field of the query type, which has one parent, those of
// a batch.
func Single[V any](result V, err error) ([]V, error) { return []V{result}, err }

// Ref gives the pointer as an object, nil for a nil one.
func Ref[T any](p *T) any {
	if p == nil {
		return nil
	}
	return p
}

// Refs appends a list of pointers as objects; it reports false for a nil list.
func Refs[T any](to []any, items []*T) ([]any, bool) {
	for _, p := range items {
		to = append(to, Ref(p))
	}
	return to, items != nil
}

// Abstracts is like Refs for values of an interface.
func Abstracts[I any](to []any, items []I) ([]any, bool) {
	for _, v := range items {
		to = append(to, any(v))
	}
	return to, items != nil
}

// Parents gives the parents of a relation their Go type back.
func Parents[T any](parents []any) []*T {
	list := make([]*T, len(parents))
	for i, p := range parents {
		list[i] = p.(*T)
	}
	return list
}
