package mapping

import (
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
)

// known reports the keys of n that are not among the given.
func (r *reader) known(n *node, keys ...string) {
	for _, e := range n.entries {
		if !slices.Contains(keys, e.key.text) {
			r.add(e.key, "unknown key %q%s", e.key.text, suggest(e.key.text, keys))
		}
	}
}

// dict demands a map with at least one entry.
func (r *reader) dict(e *entry) bool {
	switch {
	case e.value.shape != dict:
		r.add(e.key, "%s wants a map, {a: b}, not %s", e.key.text, e.value.what())
	case len(e.value.entries) == 0:
		r.add(e.key, "%s is empty", e.key.text)
	default:
		return true
	}
	return false
}

// list demands a list with at least one item.
func (r *reader) list(e *entry) bool {
	switch {
	case e.value.shape != list:
		r.add(e.key, "%s wants a list, [a, b], not %s", e.key.text, e.value.what())
	case len(e.value.items) == 0:
		r.add(e.key, "%s is empty", e.key.text)
	default:
		return true
	}
	return false
}

// text reads a name or word; "" when it is missing or not text, the latter reported.
func (r *reader) text(e *entry) string {
	if e == nil {
		return ""
	}
	if e.value.shape != leaf || e.value.null() {
		r.add(e.key, "%s wants text, not %s", e.key.text, e.value.what())
		return ""
	}
	return r.plain(e.value)
}

// plain gives the text of a leaf and reports one that YAML takes for something else.
func (r *reader) plain(n *node) string {
	switch {
	case n.shape != leaf:
		r.add(n, "text is wanted here, not %s", n.what())
	case n.null() && n.text == "":
		r.add(n, "nothing stands here: write \"\" for an empty text")
	case n.tag != "!!str":
		r.add(n, "YAML reads %s as %s: quote it, %q", n.text, n.what(), n.text)
	default:
		return n.text
	}
	return ""
}

// code reads a raw text of the legacy database. Words that older YAML readers take for
// true or false must be quoted too, whatever our own reader does.
func (r *reader) code(n *node) string {
	if n.shape == leaf && n.tag == "!!str" && !n.quoted {
		switch strings.ToLower(n.text) {
		case "y", "n", "yes", "no", "on", "off":
			r.add(n, "YAML readers disagree whether %s is text or true or false: quote it, %q", n.text, n.text)
		}
	}
	return r.plain(n)
}

// stored reads a raw text and gives it as the database compares it in a column of that
// charset.
func (r *reader) stored(n *node, charset string) string {
	text := r.code(n)
	codec, err := cell.New(cell.Spec{Kind: "text", Charset: charset}, r.env)
	if charset == "" || err != nil || text == "" {
		return text // a wrong charset is reported where it stands
	}
	raw, _ := codec.Spell(text)
	if len(raw) == 0 {
		r.add(n, "%q cannot be written in charset %s, or has blanks around it", text, charset)
		return text
	}
	return raw[0]
}

// codes reads a list of raw texts; nil when e is missing.
func (r *reader) codes(e *entry) []string {
	if e == nil || !r.list(e) {
		return nil
	}
	texts := make([]string, len(e.value.items))
	for i, item := range e.value.items {
		texts[i] = r.code(item)
	}
	return texts
}

// bound reads a day or number, which needs no quotes since it can mean nothing else.
func (r *reader) bound(e *entry) string {
	if e == nil {
		return ""
	}
	if e.value.shape != leaf || e.value.null() {
		r.add(e.key, "%s wants a day or number, not %s", e.key.text, e.value.what())
		return ""
	}
	return e.value.text
}

// flag reads true or false; false when it is missing.
func (r *reader) flag(e *entry) bool {
	if e == nil {
		return false
	}
	if e.value.shape != leaf || e.value.tag != "!!bool" {
		r.add(e.key, "%s wants true or false, not %s", e.key.text, e.value.what())
		return false
	}
	return strings.EqualFold(e.value.text, "true")
}

// identifier reads the name of a table or column, which will stand between backquotes.
// what names it in sentences.
func (r *reader) identifier(n *node, what string) string {
	name := r.plain(n)
	switch {
	case n.shape != leaf || n.tag != "!!str":
	case strings.TrimSpace(name) == "":
		r.add(n, "%s has no name", what)
	case strings.ContainsRune(name, '`'):
		r.add(n, "%s %q contains a backquote: write the bare name", what, name)
	case strings.ContainsRune(name, 0):
		r.add(n, "%s %q contains a NUL character", what, name)
	}
	return name
}

// column reads an entry that names a table or column; "" when it is missing.
func (r *reader) column(e *entry) string {
	if e == nil {
		return ""
	}
	if e.value.shape != leaf || e.value.null() {
		return r.text(e)
	}
	return r.identifier(e.value, e.key.text)
}

// latest gives the node of the later file, or the later line: the one whose author saw
// the other.
func latest(a, b *node) *node {
	if a.source > b.source || a.source == b.source && a.line > b.line {
		return a
	}
	return b
}
