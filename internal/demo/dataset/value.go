package dataset

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// value makes what stands in a cell; nil is NULL.
type value func(r *Row) any

// value reads a value. A nil n makes NULL.
func (f *reading) value(n *yamlfile.Node) value {
	switch {
	case n == nil || n.Kind == yamlfile.Null:
		return func(*Row) any { return nil }
	case n.Kind == yamlfile.List:
		return f.choice(n)
	case n.Kind == yamlfile.Map:
		return f.made(n)
	}
	return f.text(n)
}

// choice reads a list of which one is taken.
func (f *reading) choice(n *yamlfile.Node) value {
	var items []value
	var until []int // the weights of an item and of those before it
	total, weighted := 0, 0
	for _, item := range n.Items {
		weight := 1
		if item.Kind == yamlfile.Map && len(item.Entries) == 1 {
			if w, err := strconv.Atoi(item.Entries[0].Key.Text); err == nil && w > 0 {
				weight, item = w, item.Entries[0].Value
				weighted++
			}
		}
		total += weight
		items, until = append(items, f.value(item)), append(until, total)
	}
	if total == 0 {
		f.Add(n.Pos, "a list of which one is taken needs an item")
		return f.value(nil)
	}
	if weighted > 0 && weighted < len(items) {
		f.Add(n.Pos, "either each item has a weight, as in {30: text}, or none has")
	}
	return func(r *Row) any {
		at := r.Rand.IntN(total)
		return items[sortedAt(until, at)](r)
	}
}

// sortedAt is the first place whose bound lies above n.
func sortedAt(until []int, n int) int {
	at, _ := slices.BinarySearch(until, n+1)
	return at
}

// made reads a map that makes a value.
func (f *reading) made(n *yamlfile.Node) value {
	for _, kind := range []struct {
		key  string
		read func(*yamlfile.Node) value
	}{{"by", f.by}, {"use", f.use}, {"join", f.join}, {"count", f.count}, {"of", f.of}} {
		if n.Get(kind.key) != nil {
			return kind.read(n)
		}
	}
	f.Add(n.Pos, "a map that makes a value has one of the keys by, use, of, join, count")
	return f.value(nil)
}

func (f *reading) by(n *yamlfile.Node) value {
	what := f.reference(n.Get("by").Value)
	cases := map[string]value{}
	none, other := f.value(nil), f.value(nil)
	for _, e := range n.Entries {
		switch e.Key.Text {
		case "by":
		case "none":
			none = f.value(e.Value)
		case "else":
			other = f.value(e.Value)
		default:
			made := f.value(e.Value)
			for word := range strings.SplitSeq(e.Key.Text, "|") {
				cases[word] = made
			}
		}
	}
	return func(r *Row) any {
		v := what(r)
		if v == nil {
			return none(r)
		}
		if made, ok := cases[text(v)]; ok {
			return made(r)
		}
		return other(r)
	}
}

func (f *reading) use(n *yamlfile.Node) value {
	name := n.Get("use").Value.Text
	used := f.named(n.Get("use").Value.Pos, name)
	var set []binding
	for _, e := range n.Entries {
		if e.Key.Text != "use" {
			set = append(set, f.given(e))
		}
	}
	if set == nil {
		return used
	}
	return func(r *Row) any {
		inner := r.within(make(map[string]any, len(set)))
		for _, b := range set {
			inner.names[b.name] = b.is(inner)
		}
		return used(inner)
	}
}

// binding sets a name.
type binding struct {
	name string
	is   value
}

// named gives a value of the file or of the hooks by its name.
func (f *reading) named(at yamlfile.Pos, name string) value {
	if f.values[name] != nil {
		return func(r *Row) any { return (*f.values[name])(r) }
	}
	if made := f.hooks.Values[name]; made != nil {
		return made
	}
	f.Add(at, "there is no value %s%s", name, yamlfile.Suggest(name, keysOf(f.values)))
	return f.value(nil)
}

// of reads somebody, or a unit, of the district.
func (f *reading) of(n *yamlfile.Node) value {
	d := f.Dict(n, "of", "of", "first")
	first := d.Int("first", 1, 1<<30)
	bound := func(n int) int {
		if first > 0 {
			return min(n, first)
		}
		return n
	}
	lists := map[string]value{
		"persons":   func(r *Row) any { return &r.World.Persons[r.Rand.IntN(bound(len(r.World.Persons)))] },
		"companies": func(r *Row) any { return &r.World.Companies[r.Rand.IntN(bound(len(r.World.Companies)))] },
		"lawyers":   func(r *Row) any { return &r.World.Lawyers[r.Rand.IntN(bound(len(r.World.Lawyers)))] },
		"firms":     func(r *Row) any { return &r.World.Firms[r.Rand.IntN(bound(len(r.World.Firms)))] },
		"towns":     func(r *Row) any { return r.World.Towns.List[r.Rand.IntN(bound(len(r.World.Towns.List)))] },
	}
	word := d.Word("of", keysOf(lists)...)
	if word == "" {
		return f.value(nil)
	}
	return lists[word]
}

// join reads several values that are joined: how many is drawn first, what joins them last.
func (f *reading) join(n *yamlfile.Node) value {
	d := f.Dict(n, "join", "join", "times", "item")
	d.Needs("times", "item")
	between, times, item := f.value(d.Get("join")), f.number(d.Get("times")), f.value(d.Get("item"))
	return func(r *Row) any {
		parts := make([]string, times(r))
		for i := range parts {
			parts[i] = text(item(r))
		}
		return strings.Join(parts, text(between(r)))
	}
}

// count reads the next number of a run.
func (f *reading) count(n *yamlfile.Node) value {
	f.Dict(n, "count", "count")
	name := f.value(n.Get("count").Value)
	return func(r *Row) any {
		run := text(name(r))
		r.counts[run]++
		return r.counts[run]
	}
}

// number reads a number, a range, or a name.
func (f *reading) number(n *yamlfile.Node) func(*Row) int {
	if n == nil || !n.IsSingle() {
		return func(*Row) int { return 0 }
	}
	return f.whole(n.Pos, n.Text)
}

// whole reads a number, a range 1..6 of which one is drawn, or the name of a number.
func (f *reading) whole(at yamlfile.Pos, written string) func(*Row) int {
	if low, high, ok := strings.Cut(written, ".."); ok {
		from, to := f.whole(at, low), f.whole(at, high)
		return func(r *Row) int {
			least := from(r)
			return least + r.Rand.IntN(to(r)-least+1)
		}
	}
	if n, err := strconv.Atoi(written); err == nil {
		return func(*Row) int { return n }
	}
	named := f.name(at, written)
	return func(r *Row) int { return wholeOf(named(r)) }
}

// integer reads a whole number from 0.
func (f *reading) integer(n *yamlfile.Node, what string) int {
	number, err := strconv.Atoi(n.Text)
	if err != nil || number < 0 {
		f.Add(n.Pos, "%s is a whole number, not %q", what, n.Text)
	}
	return number
}

// wholeOf is the number that a value is.
func wholeOf(v any) int {
	n, err := strconv.Atoi(text(v))
	if err != nil {
		panic("dataset: no whole number: " + text(v))
	}
	return n
}

// scaled reads a volume, "scaled 500" or 500.
func (f *reading) scaled(n *yamlfile.Node, what string) func(*world.World) int {
	if n == nil {
		return func(*world.World) int { return 0 }
	}
	written, isScaled := strings.CutPrefix(n.Text, "scaled ")
	volume, err := strconv.Atoi(written)
	if err != nil || volume < 1 {
		f.Add(n.Pos, "%s must be a whole number from 1, or \"scaled 500\", not %q", what, n.Text)
	}
	return func(w *world.World) int {
		if isScaled {
			return w.N(volume)
		}
		return volume
	}
}

// day reads a day.
func (f *reading) day(n *yamlfile.Node, what string) time.Time {
	if n == nil {
		return time.Time{}
	}
	day, err := time.Parse(time.DateOnly, n.Text)
	if err != nil {
		f.Add(n.Pos, "%s must be a day, as in 2023-01-31, not %q", what, n.Text)
	}
	return day
}
