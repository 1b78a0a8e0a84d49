package mapping

import (
	"errors"
	"io"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

type shape int

const (
	leaf shape = iota // text, number, true, null ...
	list
	dict
)

// node is a YAML value that knows its file. Unlike yaml.Node it is free of aliases,
// tags and duplicate keys, and parts of several files can stand in one tree.
type node struct {
	source  int // index into report.sources
	line    int // from 1; 0 for the file as a whole
	shape   shape
	text    string // leaf: as written, without quotes
	tag     string // leaf: what YAML takes it for, "!!str", "!!int", "!!null" ...
	quoted  bool   // leaf: written with quotes or as a block
	items   []*node
	entries []*entry // dict: in file order
	removed []*node  // dict: keys by which overlays removed an entry
}

type entry struct{ key, value *node }

// get finds the entry of a dict; nil when there is none, or when n is no dict.
func (n *node) get(key string) *entry {
	if i := n.index(key); i >= 0 {
		return n.entries[i]
	}
	return nil
}

func (n *node) index(key string) int {
	for i, e := range n.entries {
		if e.key.text == key {
			return i
		}
	}
	return -1
}

// missing is the place to blame for an entry that n lacks: the overlay that removed it,
// else the given place.
func (n *node) missing(key string, otherwise *node) *node {
	for _, k := range n.removed {
		if k.text == key {
			return k
		}
	}
	return otherwise
}

func (n *node) null() bool { return n.shape == leaf && n.tag == "!!null" }

// keys lists the keys of a dict in file order.
func (n *node) keys() []string {
	keys := make([]string, len(n.entries))
	for i, e := range n.entries {
		keys[i] = e.key.text
	}
	return keys
}

// what names the kind of value for a sentence: "a number", "a list".
func (n *node) what() string {
	switch n.shape {
	case list:
		return "a list"
	case dict:
		return "a map"
	}
	switch n.tag {
	case "!!null":
		return "nothing"
	case "!!bool":
		return "true or false"
	case "!!int", "!!float":
		return "a number"
	case "!!timestamp":
		return "a date"
	}
	return "text"
}

// tree reads one file; nil when it is empty or no YAML, the latter reported.
func (r *report) tree(source int) *node {
	file := &node{source: source}
	decoder := yaml.NewDecoder(strings.NewReader(string(r.sources[source].Data)))
	var document yaml.Node
	if err := decoder.Decode(&document); err != nil {
		if !errors.Is(err, io.EOF) {
			r.notYAML(source, err)
		}
		return nil
	}
	var second yaml.Node
	switch err := decoder.Decode(&second); {
	case errors.Is(err, io.EOF):
	case err != nil:
		r.notYAML(source, err)
		return nil
	default:
		r.add(&node{source: source, line: second.Line}, "a mapping file is one YAML document; a second begins here")
	}
	if len(document.Content) == 0 {
		return nil
	}
	root := r.node(source, document.Content[0])
	if root == nil || root.null() {
		return nil
	}
	if root.shape != dict {
		r.add(file, "a mapping file is a map that begins with system: and records:, not %s", root.what())
		return nil
	}
	return root
}

// notYAML reports a syntax error.
func (r *report) notYAML(source int, err error) {
	line, message := yamlfile.Syntax(r.sources[source].Data, err)
	r.add(&node{source: source, line: line}, "not YAML: %s", message)
}

// node converts a YAML value; nil when it is of a kind that is not read, which is reported.
func (r *report) node(source int, from *yaml.Node) *node {
	n := &node{source: source, line: from.Line}
	if from.Kind == yaml.AliasNode || from.Anchor != "" {
		r.add(n, "anchors and aliases are not read: write the value out")
		return nil
	}
	if from.Style&yaml.TaggedStyle != 0 {
		r.add(n, "the tag %s is not read: leave it out, and quote text", from.Tag)
		return nil
	}
	switch from.Kind {
	case yaml.ScalarNode:
		n.text = from.Value
		n.tag = from.ShortTag()
		n.quoted = from.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	case yaml.SequenceNode:
		n.shape = list
		for _, item := range from.Content {
			if item := r.node(source, item); item != nil {
				n.items = append(n.items, item)
			}
		}
	case yaml.MappingNode:
		n.shape = dict
		r.entries(n, from)
	}
	return n
}

// entries converts the entries of a map into n.
func (r *report) entries(n *node, from *yaml.Node) {
	for i := 0; i+1 < len(from.Content); i += 2 {
		key := r.node(n.source, from.Content[i])
		value := r.node(n.source, from.Content[i+1])
		if key == nil || value == nil {
			continue
		}
		switch first := n.get(key.text); {
		case key.shape != leaf:
			r.add(key, "a key is a name, not %s", key.what())
		case key.tag == "!!merge":
			r.add(key, "merge keys (<<) are not read: write the entries out")
		case first != nil:
			r.add(key, "%q stands twice in this map, first in line %d", key.text, first.key.line)
		default:
			n.entries = append(n.entries, &entry{key, value})
		}
	}
}
