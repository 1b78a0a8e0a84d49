package yamlfile

import (
	"slices"
	"strconv"
	"strings"
)

// Dict is a map whose keys are known. Its methods report a value that is not what they read, and
// go on with an empty one; they give the same for a key that is absent, without a finding.
type Dict struct {
	Pos     Pos
	reader  *Reader
	what    string
	isMap   bool
	entries map[string]*Node
}

// Dict reads n as a map; what names it in sentences, "the rule". It reports keys that are not
// among the known, and keys without a value. A nil n gives a Dict without keys: that it could
// not be read has been said.
func (r *Reader) Dict(n *Node, what string, known ...string) Dict {
	d := Dict{reader: r, what: what, entries: map[string]*Node{}}
	if n == nil {
		return d
	}
	d.Pos = n.Pos
	if n.Kind != Map {
		r.Add(n.Pos, "%s must be a map with the keys %s", what, strings.Join(known, ", "))
		return d
	}
	d.isMap = true
	for _, e := range n.Entries {
		key := e.Key.Text
		switch {
		case !slices.Contains(known, key):
			r.Add(e.Key.Pos, "unknown key %q in %s%s", key, what, Suggest(key, known))
		case e.Value.Kind == Null:
			r.Add(e.Key.Pos, "%s has no value: write one, or leave the key out", key)
		default:
			d.entries[key] = e.Value
		}
	}
	return d
}

// IsMap tells whether a map was read, so that what it lacks is worth a finding.
func (d Dict) IsMap() bool { return d.isMap }

// Get gives what stands behind the key; nil when it is absent.
func (d Dict) Get(key string) *Node { return d.entries[key] }

// Has tells whether anything stands behind the key.
func (d Dict) Has(key string) bool { return d.entries[key] != nil }

// At is the place of what stands behind the key; that of the map when it is absent.
func (d Dict) At(key string) Pos {
	if n := d.entries[key]; n != nil {
		return n.Pos
	}
	return d.Pos
}

// Needs reports those of the keys that are absent, and tells whether none is.
func (d Dict) Needs(keys ...string) bool {
	all := d.isMap
	for _, key := range keys {
		if d.isMap && !d.Has(key) {
			d.reader.Add(d.Pos, "%s lacks %s", d.what, key)
			all = false
		}
	}
	return all
}

// Value reads a single value as it is written; ok is false when it is absent, or no single value.
func (d Dict) Value(key string) (text string, ok bool) {
	n := d.entries[key]
	if n == nil {
		return "", false
	}
	if !n.IsSingle() {
		d.reader.Add(n.Pos, "%s must be one value, not a list or a map", key)
		return "", false
	}
	return n.Text, true
}

// Text reads a single value as it is written, which must not be empty.
func (d Dict) Text(key string) string {
	text, ok := d.Value(key)
	if ok && text == "" {
		d.reader.Add(d.At(key), "%s is empty: write a value, or leave the key out", key)
	}
	return text
}

// Word reads one of several words.
func (d Dict) Word(key string, known ...string) string {
	text, ok := d.Value(key)
	if !ok {
		return ""
	}
	if !slices.Contains(known, text) {
		d.reader.Add(d.At(key), "%s must be one of %s, not %q", key, strings.Join(known, ", "), text)
		return ""
	}
	return text
}

// Int reads a number within bounds, written in digits alone.
func (d Dict) Int(key string, least, most int) int {
	text, ok := d.Value(key)
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		d.reader.Add(d.At(key), "%s must be a whole number from %d to %d, not %q", key, least, most, text)
		return 0
	}
	return n
}

// Bool reads true or false; absent is what it is when nothing, or neither, is written.
func (d Dict) Bool(key string, absent bool) bool {
	text, ok := d.Value(key)
	switch {
	case ok && text == "true":
		return true
	case ok && text == "false":
		return false
	case ok:
		d.reader.Add(d.At(key), "%s must be true or false, not %q", key, text)
	}
	return absent
}

// Items reads a list.
func (d Dict) Items(key string) []*Node { return d.reader.Items(d.entries[key], key) }

// Texts reads a list of single values as they are written.
func (d Dict) Texts(key string) []string { return d.reader.Texts(d.entries[key], key) }

// Entries reads a map with keys of any name, in file order.
func (d Dict) Entries(key string) []*Entry { return d.reader.Entries(d.entries[key], key) }

// Items gives the items of a list; what names it in sentences. A nil n has none.
func (r *Reader) Items(n *Node, what string) []*Node {
	if n != nil && n.Kind != List {
		r.Add(n.Pos, "%s must be a list, as in [a, b], not %s", what, n.Kind)
		return nil
	}
	if n == nil {
		return nil
	}
	return n.Items
}

// Texts gives the items of a list of single values as they are written.
func (r *Reader) Texts(n *Node, what string) (texts []string) {
	for _, item := range r.Items(n, what) {
		if !item.IsSingle() || item.Kind == Null {
			r.Add(item.Pos, "%s must be a list of texts: this is %s", what, item.Kind)
			continue
		}
		texts = append(texts, item.Text)
	}
	return texts
}

// Entries gives the entries of a map with keys of any name. A nil n has none.
func (r *Reader) Entries(n *Node, what string) []*Entry {
	if n != nil && n.Kind != Map {
		r.Add(n.Pos, "%s must be a map, as in {a: b}, not %s", what, n.Kind)
		return nil
	}
	if n == nil {
		return nil
	}
	return n.Entries
}

// Plain reads a text, and reports one that YAML takes for something else.
func (r *Reader) Plain(n *Node) string {
	switch {
	case !n.IsSingle():
		r.Add(n.Pos, "text is wanted here, not %s", n.Kind)
	case n.IsAbsent():
		r.Add(n.Pos, "nothing stands here: write \"\" for an empty text")
	case n.Kind != Text:
		r.Add(n.Pos, "YAML reads %s as %s: quote it, %q", n.Text, n.Kind, n.Text)
	default:
		return n.Text
	}
	return ""
}

// Code reads a code. Words that older YAML readers take for true or false must be quoted too,
// whatever our own reader does.
func (r *Reader) Code(n *Node) string {
	if n.Kind == Text && !n.Quoted {
		switch strings.ToLower(n.Text) {
		case "y", "n", "yes", "no", "on", "off":
			r.Add(n.Pos, "YAML readers disagree whether %s is text or true or false: quote it, %q", n.Text, n.Text)
		}
	}
	return r.Plain(n)
}
