package yamlfile

import "slices"

// Layers are the files about one subject: those that ship with the gateway, and a site's own.
type Layers struct {
	Shipped []Source
	Site    *Source // nil where the site has none
}

// extending is the key of a site's file that lays it over what ships.
const extending = "extend"

// Layered is what Layers hold, one laid over the other.
type Layered struct {
	Shipped []Dict // whether they count or not; one that is empty or cannot be read is left out
	Site    Dict   // without keys where there is none

	extends bool
	reader  *Reader
}

// Layers reads the files. A site's file takes the place of all that ship, unless it says
// `extend: true`: then what it names is added to them, or takes the place of what they have of
// that name. lacks says what an empty file must hold; known are the keys of a file, which has
// extend besides where it is a site's.
func (r *Reader) Layers(files Layers, lacks string, known ...string) Layered {
	l := Layered{extends: files.Site == nil, reader: r}
	for _, file := range files.Shipped {
		if root := r.Read(file, lacks); root != nil {
			l.Shipped = append(l.Shipped, r.Dict(root, "the file", known...))
		}
	}
	if files.Site != nil {
		l.Site = r.Dict(r.Read(*files.Site, lacks), "the file", append(slices.Clip(known), extending)...)
		l.extends = l.Site.Bool(extending, false)
	}
	return l
}

// Below are the files that ship, as far as they count: none where the site's replaces them.
func (l Layered) Below() []Dict {
	if !l.extends {
		return nil
	}
	return l.Shipped
}

// Files are the files that count, the site's last.
func (l Layered) Files() []Dict {
	if !l.Site.IsMap() {
		return l.Below()
	}
	return append(slices.Clip(l.Below()), l.Site)
}

// Get gives what stands behind a key in the last file that has it; nil where none has.
func (l Layered) Get(key string) (last *Node) {
	for _, file := range l.Files() {
		if file.Has(key) {
			last = file.Get(key)
		}
	}
	return last
}

// Entries reads a map with keys of any name. An entry of the site's with a new name is added,
// one with a known name takes its place as a whole, and ~ removes it.
func (l Layered) Entries(key string) []*Entry {
	var shipped []*Entry
	for _, file := range l.Below() {
		shipped = append(shipped, file.Entries(key)...)
	}
	name := func(e *Entry) string { return e.Key.Text }
	return extend(l.reader, shipped, l.Site.Entries(key), name, func(e *Entry) *Entry { return e })
}

// Items reads a list in the same way. name tells which items are of one name; those of the site's
// take the place of all that ship of it. ~ behind needed, a key that an item must have, removes
// them.
func (l Layered) Items(key string, name func(*Node) string, needed string) []*Node {
	var shipped []*Node
	for _, file := range l.Below() {
		shipped = append(shipped, file.Items(key)...)
	}
	return extend(l.reader, shipped, l.Site.Items(key), name, func(n *Node) *Entry { return n.Get(needed) })
}

// ByKey names the items of a list by what stands behind the keys.
func ByKey(keys ...string) func(*Node) string {
	return func(n *Node) (name string) {
		for _, key := range keys {
			if e := n.Get(key); e != nil {
				name += " " + e.Value.Text
			}
		}
		return name
	}
}

// extend takes an item for removed where ~ stands in its entry; nil for an item without it.
// That nothing at all stands there is told where the entry is read.
func extend[T any](r *Reader, shipped, site []T, name func(T) string, entry func(T) *Entry) (list []T) {
	known := map[string]bool{}
	for _, s := range shipped {
		known[name(s)] = true
	}
	own := map[string][]T{} // by name, those that stay
	var names []string      // that the site's file has, once each
	for _, s := range site {
		n := name(s)
		if _, seen := own[n]; !seen {
			own[n], names = nil, append(names, n)
		}
		switch e := entry(s); {
		case e == nil || e.Value.Kind != Null || e.Value.IsAbsent():
			own[n] = append(own[n], s)
		case !known[n]:
			r.Add(e.Key.Pos, "nothing to remove: what ships with the gateway has nothing of this name")
		}
	}
	placed := map[string]bool{}
	for _, s := range shipped {
		switch n := name(s); {
		case !slices.Contains(names, n):
			list = append(list, s)
		case !placed[n]:
			placed[n], list = true, append(list, own[n]...)
		}
	}
	for _, n := range names {
		if !placed[n] {
			list = append(list, own[n]...)
		}
	}
	return list
}
