package report

import "strings"

// Reader turns the answers of a table's run into rows. It keeps one row: memory does not
// grow with rows. It is not safe for concurrent use.
type Reader struct {
	// Cut counts, by the dotted keys of lists inside records, the lists that go on behind
	// what the operation's first let through.
	Cut map[string]int
	// More is whether the table's own list goes on behind what was read of it.
	More bool
	// Total is the count of the table's own list where the operation asked for it; nil
	// elsewhere, and for a list longer than is counted.
	Total *int
	// Records counts the items of the table's own list, which may have several rows each.
	Records int
	// Withheld counts the groups and figures that are not shown because few persons stand
	// behind them.
	Withheld int

	table *Table
	row   []Cell
	of    []int  // by level: which of its items the row is of, from 0; -1 for none
	items []int  // by level: how many there were
	given []bool // by level: whether the item has had a row
}

// Reader makes a reader of the table.
func (t *Table) Reader() *Reader {
	r := &Reader{
		Cut: map[string]int{}, table: t, row: make([]Cell, len(t.Columns)),
		of: make([]int, len(t.Levels)), items: make([]int, len(t.Levels)), given: make([]bool, len(t.Levels)),
	}
	for level := range r.of[1:] {
		r.of[level+1] = -1
	}
	return r
}

// Repeated is whether the row's cell of a column is that of a record which has had a row
// before: it is shown again, and not counted.
func (r *Reader) Repeated(column int) bool { return r.given[r.table.Columns[column].level] }

// Of says of each level which of its items the row is of, counted from 0 over all answers;
// -1 for none. It is only valid until emit returns.
func (r *Reader) Of() []int { return r.of }

// Read gives each row of one answer to emit, in order, and stops at its error. The row
// is only valid until emit returns. data are the answer's, decoded with UseNumber.
func (r *Reader) Read(data map[string]any, emit func([]Cell) error) error {
	clear(r.row)
	r.values(r.table.parts, data)
	if r.table.Name == Overview {
		r.Records++
		return emit(r.row)
	}
	_, err := r.lists(r.table.parts, data, func(row []Cell) error {
		if err := emit(row); err != nil {
			return err
		}
		for level, item := range r.of {
			r.given[level] = item >= 0
		}
		return nil
	})
	return err
}

// values fills in what an object has of its own, single objects below it included.
func (r *Reader) values(parts []part, object map[string]any) {
	isWithheld := false
	for i := range parts {
		p := &parts[i]
		value, given := object[p.key]
		if !given {
			continue // a fragment on another type, or skipped
		}
		switch p.kind {
		case leaf:
			r.row[p.slot] = value
			isWithheld = isWithheld || p.guards && (value == nil || value == true)
		case notes:
			r.row[p.slot] = issues(value)
		case bucket:
			r.bucket(p, value)
		case total:
			if p.field.Name == "totalCount" {
				r.Total = count(value)
			}
		case branch:
			if inside, ok := value.(map[string]any); ok && !p.list {
				r.values(p.parts, inside)
				switch {
				case p.cut == "" || !goesOn(inside):
				case p.isOwn:
					r.More = true
				default:
					r.Cut[p.cut]++
				}
			}
		}
	}
	if isWithheld {
		r.Withheld++
	}
}

// lists gives the rows of the lists below an object, one list after the other; found is
// whether there was any.
func (r *Reader) lists(parts []part, object map[string]any, emit func([]Cell) error) (found bool, err error) {
	for i := range parts {
		p := &parts[i]
		if p.kind != branch {
			continue
		}
		switch inside := object[p.key].(type) {
		case map[string]any:
			below, err := r.lists(p.parts, inside, emit)
			if err != nil {
				return true, err
			}
			found = found || below
		case []any:
			for _, item := range inside {
				item, ok := item.(map[string]any)
				if !ok {
					continue // null
				}
				found = true
				if err := r.item(p, item, emit); err != nil {
					return true, err
				}
			}
		}
	}
	return found, nil
}

// item gives the rows of one item of a list: of its own lists, or itself.
func (r *Reader) item(list *part, item map[string]any, emit func([]Cell) error) error {
	if r.table.Levels[list.level].Around == 0 {
		r.Records++
	}
	r.of[list.level], r.given[list.level] = r.items[list.level], false
	r.items[list.level]++
	defer func() {
		r.of[list.level], r.given[list.level] = -1, false
		r.forget(list.parts)
	}()
	r.values(list.parts, item)
	found, err := r.lists(list.parts, item, emit)
	if err == nil && !found {
		err = emit(r.row)
	}
	return err
}

// forget empties the columns of the parts.
func (r *Reader) forget(parts []part) {
	for i := range parts {
		p := &parts[i]
		switch p.kind {
		case leaf, notes:
			r.row[p.slot] = nil
		case bucket:
			for _, slot := range p.slots {
				r.row[slot] = nil
			}
		case branch:
			if !p.list {
				r.forget(p.parts)
			}
		}
	}
}

// bucket spreads the key of a group into its columns.
func (r *Reader) bucket(p *part, value any) {
	keys, _ := value.([]any)
	for _, key := range keys {
		key, _ := key.(map[string]any)
		name, _ := key["dimension"].(string)
		slot, known := p.slots[name]
		if !known {
			continue
		}
		if label, given := key["label"]; given && label != nil {
			r.row[slot] = label
		} else {
			r.row[slot] = key["value"]
		}
	}
}

// goesOn is whether a connection goes on behind the page that was read.
func goesOn(connection map[string]any) bool {
	info, _ := connection[pageKey].(map[string]any)
	more, _ := info["hasNextPage"].(bool)
	return more
}

// issues shortens findings about a record's cells to field and rule.
func issues(value any) Cell {
	list, ok := value.([]any)
	if !ok {
		return nil
	}
	var texts []string
	for _, issue := range list {
		issue, _ := issue.(map[string]any)
		var words []string
		for _, key := range []string{"field", "rule"} {
			if word, ok := issue[key].(string); ok && word != "" {
				words = append(words, word)
			}
		}
		texts = append(texts, strings.Join(words, " "))
	}
	return strings.Join(texts, Separator)
}
