package dataset

import (
	"iter"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// dirt is one kind of dirt in one column.
type dirt struct {
	column string
	fields []string // that report it
	rule   string   // DataIssueRule
	raw    value    // what stands there instead
	turns  []value  // or these, in turn
	rows   []int    // these rows; nil for a share of those that fit
	share  share
	when   map[string]*regexp.Regexp // what the row holds; nil for something in the cell
	codes  map[string]string         // of whose labels the column beside it gets a wrong one; nil for none
	beside string                    // the column of the label
	clean  []string                  // columns of the row that hold no dirt
	isLate bool                      // planted when all rows are there
	also   []binding                 // what else changes in the row
}

// leastDirty is in how many rows each kind of dirt stands at least, at any scale that has so many.
const leastDirty = 2

// share is how many rows are spoilt: part in whole.
type share struct{ part, whole int }

func (s share) of(rows int) int { return max(leastDirty, rows*s.part/s.whole) }

// shareOf reads 1% or 5‰.
func (f *reading) shareOf(n *yamlfile.Node) share {
	s := share{whole: 100}
	written, ok := strings.CutSuffix(n.Text, "%")
	if !ok {
		written, ok = strings.CutSuffix(n.Text, "‰")
		s.whole = 1000
	}
	part, err := strconv.Atoi(written)
	if err != nil || !ok {
		f.Add(n.Pos, "a share is written as 1%% or 5‰, not %q", n.Text)
	}
	s.part = part
	return s
}

func (f *reading) dirt(t *table, n *yamlfile.Node) dirt {
	d := f.Dict(n, "the dirt", "in", "field", "fields", "rule", "raw", "turns", "share", "when", "rows", "label",
		"clean",
		"also", "late")
	d.Needs("in", "rule")
	k := dirt{
		column: d.Text("in"), fields: d.Texts("fields"), rule: d.Text("rule"), share: f.share, clean: d.Texts("clean"),
		isLate: d.Bool("late", false),
	}
	if field := d.Text("field"); field != "" {
		k.fields = append(k.fields, field)
	}
	if !t.has(k.column) {
		f.Add(d.At("in"), "%s has no column %s", t.name, k.column)
	}
	if t.record == "" {
		f.Add(d.Pos, "%s has dirt, and no record that shows it", t.name)
	}
	k.raw = f.value(d.Get("raw"))
	for _, row := range d.Items("rows") {
		k.rows = append(k.rows, f.integer(row, "a row")-1)
	}
	for _, item := range d.Items("turns") {
		k.turns = append(k.turns, f.value(item))
	}
	if d.Has("share") {
		k.share = f.shareOf(d.Get("share"))
	}
	k.when = f.conditions(d.Get("when"), t, k.column)
	k.also = f.settings(t, d.Get("also"))
	if label := d.Texts("label"); len(label) == 2 {
		k.beside, k.codes = label[0], f.codes[label[1]].labels
	}
	if d.Has("label") && (k.codes == nil || !t.has(k.beside)) {
		f.Add(d.At("label"), "label is a column of %s and the codes whose labels it holds, [column, codes]", t.name)
	}
	return k
}

// spoil plants the table's dirt: what is late, or what is not.
func (f *filling) spoil(isLate bool) {
	for _, k := range f.plan.dirt {
		if k.isLate != isLate {
			continue
		}
		turn := 0
		for row := range f.chosen(k) {
			f.spent[cellAt{row, k.column}] = true
			raw := k.raw
			if k.turns != nil {
				raw = k.turns[turn%len(k.turns)]
				turn++
			}
			r := f.rowOf(row, map[string]any{"old": f.cell(row, k.column)})
			if k.codes == nil {
				f.set(row, k.column, raw(r))
			} else {
				f.set(row, k.beside, f.otherLabel(k, text(r.Get(k.column))))
			}
			for _, b := range k.also {
				f.set(row, b.name, b.is(r))
			}
			for _, field := range k.fields {
				f.run.Report(f.Name, row, field, k.rule)
			}
		}
	}
}

// cellAt is one cell of a table.
type cellAt struct {
	row    int
	column string
}

// chosen gives the rows to be spoilt, each when its turn comes. No cell is spoilt twice.
func (f *filling) chosen(k dirt) iter.Seq[int] {
	if k.rows != nil {
		return slices.Values(k.rows)
	}
	if f.run.file.shuffled {
		return f.shuffled(k)
	}
	return func(yield func(int) bool) {
		rows := f.fit(k)
		left := min(len(rows), k.share.of(len(rows)))
		for i, row := range rows { // selection sampling keeps the order
			if f.run.Rand.IntN(len(rows)-i) >= left {
				continue
			}
			left--
			if !yield(row) {
				return
			}
		}
	}
}

// shuffled gives rows in any order, as many as the share of all rows is.
func (f *filling) shuffled(k dirt) iter.Seq[int] {
	queue, begun := f.queue[k.column]
	if !begun {
		queue = f.fit(k)
		f.run.Rand.Shuffle(len(queue), func(i, j int) { queue[i], queue[j] = queue[j], queue[i] })
	}
	n := min(k.share.of(len(f.Rows)), len(queue))
	f.queue[k.column] = queue[n:]
	return slices.Values(queue[:n])
}

// fit lists the rows that may be spoilt: served, not to be spared, and holding what they must.
func (f *filling) fit(k dirt) (rows []int) {
	for row := range f.Rows {
		spared := f.clean[row] && (f.plan.spared == nil || slices.Contains(f.plan.spared, k.column))
		if spared || f.spent[cellAt{row, k.column}] || !f.holds(row, f.plan.served) {
			continue
		}
		if slices.ContainsFunc(k.clean, func(column string) bool { return f.spent[cellAt{row, column}] }) {
			continue
		}
		if k.codes != nil && k.codes[f.textOf(row, k.column)] == "" {
			continue
		}
		if k.codes == nil && k.when == nil && f.isBlank(row, k.column) || !f.holds(row, k.when) {
			continue
		}
		rows = append(rows, row)
	}
	return rows
}

// holds tells whether the row's cells are what they must be; a NULL counts as "".
func (f *filling) holds(row int, conditions map[string]*regexp.Regexp) bool {
	for column, expression := range conditions {
		if !expression.MatchString(f.textOf(row, column)) {
			return false
		}
	}
	return true
}

func (f *filling) textOf(row int, column string) string {
	if v := f.cell(row, column); v != nil {
		return text(v)
	}
	return ""
}

// isBlank tells whether a cell holds nothing, or the zero that stands for it.
func (f *filling) isBlank(row int, column string) bool {
	switch f.Rows[row][f.at[column]] {
	case nil, "", int64(0), "0000-00-00 00:00:00":
		return true
	}
	return false
}

// otherLabel takes a label that is not the code's.
func (f *filling) otherLabel(k dirt, code string) string {
	others := slices.Sorted(maps.Values(k.codes))
	others = slices.DeleteFunc(others, func(label string) bool { return label == k.codes[code] })
	return others[f.run.Rand.IntN(len(others))]
}
