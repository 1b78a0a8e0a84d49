package yamlfile

import "slices"

// Kind is what a value is, or what YAML takes a text without quotes for.
type Kind int

// The kinds of values.
const (
	Text Kind = iota
	Number
	Bool
	Day // with or without a time; its text is kept like any other
	Null
	List
	Map
)

// String names the kind for a sentence: "a number", "a list".
func (k Kind) String() string {
	return [...]string{"text", "a number", "true or false", "a date", "nothing", "a list", "a map"}[k]
}

// Node is a value of a file. It is free of aliases, tags and duplicate keys, and knows its
// place, so parts of several files can stand in one tree.
type Node struct {
	Pos     Pos
	Kind    Kind
	Text    string // of a single value: as written, without quotes; 01 stays 01
	Quoted  bool   // of a Text: written with quotes or as a block
	Items   []*Node
	Entries []*Entry // of a Map, in file order
}

// Entry is a key of a map and the value behind it. The key is a single value.
type Entry struct{ Key, Value *Node }

// IsSingle tells a single value from a list or map.
func (n *Node) IsSingle() bool { return n.Kind != List && n.Kind != Map }

// IsAbsent tells whether nothing is written where a value could stand; ~ and null are written.
func (n *Node) IsAbsent() bool { return n.Kind == Null && n.Text == "" }

// Get finds the entry of a map; nil when there is none, or when n is no map.
func (n *Node) Get(key string) *Entry {
	if i := n.Index(key); i >= 0 {
		return n.Entries[i]
	}
	return nil
}

// Index finds the place of an entry among Entries; -1 when there is none.
func (n *Node) Index(key string) int {
	return slices.IndexFunc(n.Entries, func(e *Entry) bool { return e.Key.Text == key })
}

// Keys lists the keys of a map in file order.
func (n *Node) Keys() []string {
	keys := make([]string, len(n.Entries))
	for i, e := range n.Entries {
		keys[i] = e.Key.Text
	}
	return keys
}
