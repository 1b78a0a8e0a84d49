package dataset

import (
	"iter"
	"slices"
	"sort"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// iterator gives the names that are set for each row.
type iterator = iter.Seq[map[string]any]

// span is rows on days from one to before another.
type span struct {
	rows         func(*world.World) int
	from, before time.Time
}

// each reads what the rows of a table are made for.
func (f *reading) each(d yamlfile.Dict) func(*Run) iterator {
	switch {
	case d.Has("each"):
		return f.eachOf(d)
	case d.Has("codes"):
		var rows []map[string]any
		for _, name := range d.Texts("codes") {
			list, ok := f.codes[name]
			if !ok {
				f.Add(d.At("codes"), "there are no codes %s%s", name, yamlfile.Suggest(name, keysOf(f.codes)))
			}
			for _, code := range list.order {
				rows = append(rows, map[string]any{"list": name, "code": code, "label": list.labels[code]})
			}
		}
		return func(*Run) iterator { return slices.Values(rows) }
	case d.Has("times"):
		times := f.scaled(d.Get("times"), "times")
		return func(run *Run) iterator { return of(make([]int, times(run.World)), "times") }
	case d.Has("spans"):
		var spans []span
		for _, n := range d.Items("spans") {
			s := f.Dict(n, "the span", "rows", "from", "before")
			s.Needs("rows", "from", "before")
			spans = append(spans,
				span{f.scaled(s.Get("rows"), "rows"), f.day(s.Get("from"), "from"), f.day(s.Get("before"), "before")})
		}
		return func(run *Run) iterator { return run.inSpans(spans) }
	case d.Has("yearly"):
		yearly := d.Int("yearly", 1, 1<<30)
		return func(run *Run) iterator { return of(run.Yearly(yearly), "day") }
	}
	return nil
}

func (f *reading) eachOf(d yamlfile.Dict) func(*Run) iterator {
	name := d.Text("each")
	switch name {
	case "firms":
		return func(run *Run) iterator { return of(pointers(run.World.Firms), "firm") }
	case "lawyers":
		return func(run *Run) iterator { return of(pointers(run.World.Lawyers), "lawyer") }
	case "towns":
		return func(run *Run) iterator { return of(run.World.Towns.List, "town") }
	}
	source, ok := f.hooks.Sources[name]
	if !ok {
		f.Add(d.At("each"), "each is firms, lawyers, towns, or a source of the hooks, not %q", name)
	}
	return source.Rows
}

func pointers[T any](list []T) []*T {
	all := make([]*T, len(list))
	for i := range list {
		all[i] = &list[i]
	}
	return all
}

// of sets a name to one after the other.
func of[T any](list []T, name string) iterator {
	return func(yield func(map[string]any) bool) {
		for _, item := range list {
			if !yield(map[string]any{name: item}) {
				return
			}
		}
	}
}

// inSpans draws a day for each row, when its turn comes.
func (run *Run) inSpans(spans []span) iterator {
	return func(yield func(map[string]any) bool) {
		for _, s := range spans {
			for range s.rows(run.World) {
				if !yield(map[string]any{"day": world.DayBetween(run.Rand, s.from, s.before)}) {
					return
				}
			}
		}
	}
}

// Yearly draws the days of the demo's two years, in order: the yearly volume in 2023, half of it
// in each of the half-years around it.
func (run *Run) Yearly(volume int) []time.Time {
	n := run.World.N(volume)
	days := run.Days(world.Start, world.Day(2023, 1, 1), (n+1)/2)
	days = append(days, run.Days(world.Day(2023, 1, 1), world.Day(2024, 1, 1), n)...)
	return append(days, run.Days(world.Day(2024, 1, 1), world.End, (n+1)/2)...)
}

// Days draws so many days in [from, before), in order: months by the file's weights, twelve times
// as many on a workday as on a day of the weekend.
func (run *Run) Days(from, before time.Time, count int) []time.Time {
	bounds, sum := make([]int, int(before.Sub(from).Hours()/24)), 0
	for i := range bounds {
		day, weight := from.AddDate(0, 0, i), 12
		if run.file.months != nil {
			weight = run.file.months[from.AddDate(0, 0, i).Month()-1]
		}
		if weekday := day.Weekday(); weekday == time.Saturday || weekday == time.Sunday {
			weight /= 12
		}
		sum += weight
		bounds[i] = sum
	}
	days := make([]time.Time, count)
	for i := range days {
		days[i] = from.AddDate(0, 0, sortedAt(bounds, run.Rand.IntN(sum)))
	}
	sort.Slice(days, func(i, j int) bool { return days[i].Before(days[j]) })
	return days
}

// fill makes the rows of the table, and those of tables that are filled with it.
func (f *filling) fill() {
	if f.plan.like != "" {
		other := f.run.tables[f.plan.like]
		f.Rows = other.Rows[:f.plan.first(f.run.World, len(other.Rows))]
		return
	}
	for _, cells := range f.plan.fixed {
		row := f.add()
		for i, made := range cells {
			f.Rows[row][i] = f.stored(f.Columns[i], made(&Row{Run: f.run, names: map[string]any{"row": row + 1}}))
		}
	}
	if f.plan.each == nil {
		return
	}
	together := []*filling{f}
	for _, t := range f.run.file.tables {
		if t.with == f.Name {
			together = append(together, f.run.tables[t.name])
		}
	}
	for names := range f.plan.each(f.run) {
		if cells, ok := names["cells"].([]any); ok {
			f.Rows = append(f.Rows, cells)
			continue
		}
		r := &Row{Run: f.run, names: names}
		for _, into := range together { // who has come first is known to those that follow
			_, r = into.write(r)
		}
	}
}

func (f *filling) add() int {
	f.Rows = append(f.Rows, make([]any, len(f.Columns)))
	return len(f.Rows) - 1
}

// write makes one row, and gives its place and what was set for it.
func (f *filling) write(outer *Row) (int, *Row) {
	row := f.add()
	r := outer.within(make(map[string]any, 1+len(f.plan.steps)))
	r.names["row"] = row + 1
	for _, b := range f.plan.steps {
		v := b.is(r)
		r.names[b.name] = v
		if at, ok := f.at[b.name]; ok {
			f.Rows[row][at] = f.stored(f.Columns[at], v)
		}
	}
	f.clean[row] = f.plan.spare != nil && isTrue(f.plan.spare(r))
	return row, r
}

func isTrue(v any) bool { return v != nil && text(v) == "true" }

// copy enters rows once more.
func (f *filling) copy() {
	for _, c := range f.plan.copies {
		for range max(1, c.rows(f.run.World)) {
			of := c.of - 1
			if c.of == 0 {
				of = f.run.Rand.IntN(len(f.Rows))
			}
			f.Rows = append(f.Rows, slices.Clone(f.Rows[of]))
			f.change(len(f.Rows)-1, c.set, nil)
		}
	}
}

// change sets some columns of a row, in which names stand for its cells.
func (f *filling) change(row int, set []binding, names map[string]any) {
	r := f.rowOf(row, names)
	for _, b := range set {
		f.set(row, b.name, b.is(r))
	}
}

// rowOf gives a row that is written already.
func (f *filling) rowOf(row int, names map[string]any) *Row {
	cells := map[string]any{"row": row + 1}
	for _, c := range f.Columns {
		cells[c.Name] = f.cell(row, c.Name)
	}
	return (&Row{Run: f.run, names: cells}).within(names)
}

// late makes the rows, and plants the dirt, that come when all others are there.
func (f *filling) late() {
	f.spoil(true)
	for _, l := range f.plan.late {
		r := &Row{Run: f.run, names: map[string]any{}}
		for _, b := range slices.Concat(l.names, f.plan.given) {
			r.names[b.name] = b.is(r)
		}
		row, _ := f.write(r)
		f.change(row, l.set, nil)
		for _, found := range l.finds {
			f.run.Report(f.Name, row, found[0], found[1])
		}
	}
}
