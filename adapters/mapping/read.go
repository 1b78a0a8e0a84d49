package mapping

import (
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// known reports the keys of n that are not among the given.
func (r *reader) known(n *yamlfile.Node, keys ...string) {
	for _, e := range n.Entries {
		if !slices.Contains(keys, e.Key.Text) {
			r.Add(e.Key.Pos, "unknown key %q%s", e.Key.Text, yamlfile.Suggest(e.Key.Text, keys))
		}
	}
}

// dict demands a map with at least one entry.
func (r *reader) dict(e *yamlfile.Entry) bool {
	switch {
	case e.Value.Kind != yamlfile.Map:
		r.Add(e.Key.Pos, "%s wants a map, {a: b}, not %s", e.Key.Text, e.Value.Kind)
	case len(e.Value.Entries) == 0:
		r.Add(e.Key.Pos, "%s is empty", e.Key.Text)
	default:
		return true
	}
	return false
}

// list demands a list with at least one item.
func (r *reader) list(e *yamlfile.Entry) bool {
	switch {
	case e.Value.Kind != yamlfile.List:
		r.Add(e.Key.Pos, "%s wants a list, [a, b], not %s", e.Key.Text, e.Value.Kind)
	case len(e.Value.Items) == 0:
		r.Add(e.Key.Pos, "%s is empty", e.Key.Text)
	default:
		return true
	}
	return false
}

// text reads a name or word; "" when it is missing or not text, the latter reported.
func (r *reader) text(e *yamlfile.Entry) string {
	if e == nil {
		return ""
	}
	if !e.Value.IsSingle() || e.Value.Kind == yamlfile.Null {
		r.Add(e.Key.Pos, "%s wants text, not %s", e.Key.Text, e.Value.Kind)
		return ""
	}
	return r.Plain(e.Value)
}

// stored reads a raw text and gives it as the database compares it in a column of that
// charset.
func (r *reader) stored(n *yamlfile.Node, charset string) string {
	text := r.Code(n)
	codec, err := cell.New(cell.Spec{Kind: "text", Charset: charset}, r.env)
	if charset == "" || err != nil || text == "" {
		return text // a wrong charset is reported where it stands
	}
	raw, _ := codec.Spell(text)
	if len(raw) == 0 {
		r.Add(n.Pos, "%q cannot be written in charset %s, or has blanks around it", text, charset)
		return text
	}
	return raw[0]
}

// codes reads a list of raw texts; nil when e is missing.
func (r *reader) codes(e *yamlfile.Entry) []string {
	if e == nil || !r.list(e) {
		return nil
	}
	texts := make([]string, len(e.Value.Items))
	for i, item := range e.Value.Items {
		texts[i] = r.Code(item)
	}
	return texts
}

// bound reads a day or number, which needs no quotes since it can mean nothing else.
func (r *reader) bound(e *yamlfile.Entry) string {
	if e == nil {
		return ""
	}
	if !e.Value.IsSingle() || e.Value.Kind == yamlfile.Null {
		r.Add(e.Key.Pos, "%s wants a day or number, not %s", e.Key.Text, e.Value.Kind)
		return ""
	}
	return e.Value.Text
}

// flag reads true or false; false when it is missing.
func (r *reader) flag(e *yamlfile.Entry) bool {
	if e == nil {
		return false
	}
	if e.Value.Kind != yamlfile.Bool {
		r.Add(e.Key.Pos, "%s wants true or false, not %s", e.Key.Text, e.Value.Kind)
		return false
	}
	return strings.EqualFold(e.Value.Text, "true")
}

// identifier reads the name of a table or column, which will stand between backquotes.
// what names it in sentences.
func (r *reader) identifier(n *yamlfile.Node, what string) string {
	name := r.Plain(n)
	switch {
	case n.Kind != yamlfile.Text:
	case strings.TrimSpace(name) == "":
		r.Add(n.Pos, "%s has no name", what)
	case strings.ContainsRune(name, '`'):
		r.Add(n.Pos, "%s %q contains a backquote: write the bare name", what, name)
	case strings.ContainsRune(name, 0):
		r.Add(n.Pos, "%s %q contains a NUL character", what, name)
	}
	return name
}

// column reads an entry that names a table or column; "" when it is missing.
func (r *reader) column(e *yamlfile.Entry) string {
	if e == nil {
		return ""
	}
	if !e.Value.IsSingle() || e.Value.Kind == yamlfile.Null {
		return r.text(e)
	}
	return r.identifier(e.Value, e.Key.Text)
}
