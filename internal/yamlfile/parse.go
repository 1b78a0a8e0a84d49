package yamlfile

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// What a file may hold at most. The largest of ours has a tenth of it. The parser's work grows
// with the square of the entries of one map, and its stack with the depth.
const (
	maxBytes   = 1 << 20
	maxTokens  = 50_000
	maxDepth   = 50
	maxAliased = 10_000 // values for which aliases stand
)

// Read reads one file. It gives nil when the file is empty, or is not YAML that is read, the
// latter reported. empty is what to say of an empty file, as in "it needs rules"; with "" a file
// may be empty.
func (r *Reader) Read(file Source, empty string) *Node {
	r.files = append(r.files, file)
	p := &reading{Reader: r, file: file.Name, anchors: map[string]*Node{}}
	before := r.Found()
	root := p.root(file.Data)
	if root != nil && root.Kind != Null {
		return root
	}
	if empty != "" && r.Found() == before {
		r.Add(Pos{File: file.Name}, "the file is empty: %s", empty)
	}
	return nil
}

// reading is the reading of one file.
type reading struct {
	*Reader
	file    string
	anchors map[string]*Node // nil for one whose value is not read, or not yet
	aliased int              // values for which aliases stand so far
}

func (p *reading) add(line int, format string, args ...any) {
	p.Add(Pos{File: p.file, Line: line}, format, args...)
}

// root reads the top value; nil when there is none.
func (p *reading) root(data []byte) *Node {
	text, ok := p.text(data)
	if !ok {
		return nil
	}
	tokens := lexer.Tokenize(text)
	if !p.isBounded(tokens) {
		return nil
	}
	before := p.Found()
	p.strict(text, tokens)
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey()) // we find all of them, the parser the first
	if err != nil {
		p.notYAML(err)
		return nil
	}
	if p.Found() > before { // what the parser has made of it nobody means
		return nil
	}
	for _, document := range file.Docs {
		if document.Body != nil {
			return p.node(document.Body)
		}
	}
	return nil
}

// notYAML reports a syntax error of the parser, unless something is wrong with that line already.
func (p *reading) notYAML(err error) {
	at, message := Pos{File: p.file}, err.Error()
	var syntax interface {
		GetToken() *token.Token
		GetMessage() string
	}
	if errors.As(err, &syntax) {
		message = syntax.GetMessage()
		if t := syntax.GetToken(); t != nil {
			at = p.pos(t)
		}
	}
	if slices.ContainsFunc(p.found, func(f Finding) bool { return f.Pos.File == at.File && f.Pos.Line == at.Line }) {
		return
	}
	message, _, _ = strings.Cut(message, ": \"") // what follows is of the file, and may be a secret
	if strings.Contains(message, "\t") {
		message = aTab
	}
	p.Add(at, "not YAML: %s", message)
}

func (p *reading) pos(t *token.Token) Pos { return Pos{p.file, t.Position.Line, t.Position.Column} }

// text gives the file's text with \n between lines; ok is false for what is no text.
func (p *reading) text(data []byte) (text string, ok bool) {
	line := func(at int) int { return 1 + bytes.Count(data[:at], []byte("\n")) }
	if len(data) > maxBytes {
		p.add(0, "the file has %d bytes, more than %d: no file of the gateway is that large", len(data), maxBytes)
		return "", false
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	data = bytes.ReplaceAll(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	for at := 0; at < len(data); {
		c, size := utf8.DecodeRune(data[at:])
		switch {
		case c == utf8.RuneError && size == 1:
			p.add(line(at), "not UTF-8: save the file as UTF-8, not as GBK or UTF-16")
			return "", false
		case c < ' ' && c != '\n' && c != '\t' || c == 0x7F || c == '\uFEFF':
			p.add(line(at), "the file holds the control character %U: take it out", c)
			return "", false
		}
		at += size
	}
	if !bytes.HasSuffix(data, []byte("\n")) {
		data = append(bytes.Clone(data), '\n') // without it the parser overlooks what ends the file
	}
	return string(data), true
}

// node converts a value; nil when it is of a kind that is not read, which is reported.
func (p *reading) node(from ast.Node) *Node {
	at := p.pos(from.GetToken())
	switch from := from.(type) {
	case *ast.MappingNode:
		return p.entries(from)
	case *ast.MappingValueNode:
		return p.entries(&ast.MappingNode{Start: from.Start, Values: []*ast.MappingValueNode{from}})
	case *ast.SequenceNode:
		n := &Node{Pos: at, Kind: List}
		for _, item := range from.Values {
			if item := p.node(item); item != nil {
				p.indented(n, item, from.IsFlowStyle)
				n.Items = append(n.Items, item)
			}
		}
		return n
	case *ast.AnchorNode:
		return p.anchor(from)
	case *ast.AliasNode:
		return p.alias(from)
	case *ast.TagNode:
		p.Add(at, "tags (!) are not read: leave it out, and quote text")
		return nil
	case *ast.LiteralNode:
		return &Node{Pos: at, Text: from.Value.Value, Quoted: true}
	case *ast.StringNode:
		if t := from.Token.Type; t == token.SingleQuoteType || t == token.DoubleQuoteType {
			return &Node{Pos: at, Text: from.Value, Quoted: true}
		}
		return &Node{Pos: at, Text: from.Value, Kind: kindOf(from.Value)}
	case *ast.NullNode:
		if from.Token.Type == token.ImplicitNullType {
			return &Node{Pos: at, Kind: Null}
		}
	}
	text := from.GetToken().Value
	return &Node{Pos: at, Text: text, Kind: kindOf(text)}
}

// indented reports a value in lines below its key, or its dash, that does not stand further right.
func (p *reading) indented(under, value *Node, isFlow bool) {
	isBelow := value.Pos.Line > under.Pos.Line && !value.IsAbsent() && !isFlow
	if isBelow && (value.Pos.Column < under.Pos.Column || value.Pos.Column == under.Pos.Column && value.Kind != List) {
		p.Add(value.Pos, "not YAML: this belongs to line %d and must stand further right", under.Pos.Line)
	}
}

// entries converts the entries of a map.
func (p *reading) entries(from *ast.MappingNode) *Node {
	n := &Node{Pos: p.pos(from.Start), Kind: Map}
	if !from.IsFlowStyle && len(from.Values) > 0 {
		n.Pos = p.pos(from.Values[0].Key.GetToken()) // Start is the colon behind it
	}
	first := map[string]Pos{}
	for _, e := range from.Values {
		if t := e.Key.GetToken(); t.Type == token.MergeKeyType || t.Type == token.StringType && t.Value == "<<" {
			p.Add(p.pos(e.Key.GetToken()), "merge keys (<<) are not read: write the entries out")
			continue
		}
		key, value := p.node(e.Key), p.node(e.Value)
		if key == nil || value == nil {
			continue
		}
		p.indented(key, value, from.IsFlowStyle)
		switch before, twice := first[key.Text]; {
		case !key.IsSingle():
			p.Add(key.Pos, "a key is a name, not %s", key.Kind)
		case twice:
			p.Add(key.Pos, "%q stands twice in this map, first in line %d", key.Text, before.Line)
		default:
			first[key.Text] = key.Pos
			n.Entries = append(n.Entries, &Entry{key, value})
		}
	}
	return n
}

// anchor reads a value with a name.
func (p *reading) anchor(from *ast.AnchorNode) *Node {
	at, name := p.pos(from.Start), from.Name.GetToken().Value
	if !p.Aliases {
		p.Add(at, "anchors and aliases are not read: write the value out")
		return nil
	}
	_, twice := p.anchors[name]
	p.anchors[name] = nil // until it is whole: it cannot hold itself
	value := p.node(from.Value)
	if twice {
		p.Add(at, "there are two anchors &%s: give them different names", name)
		return nil
	}
	p.anchors[name] = value
	return value
}

// alias gives the value that an anchor has named, at the place of the alias.
func (p *reading) alias(from *ast.AliasNode) *Node {
	at, name := p.pos(from.Start), from.Value.GetToken().Value
	if !p.Aliases {
		p.Add(at, "anchors and aliases are not read: write the value out")
		return nil
	}
	value := p.anchors[name]
	if value == nil {
		p.Add(at, "*%s stands for nothing: no value above it is named &%s", name, name)
		return nil
	}
	if p.aliased += value.size(); p.aliased > maxAliased {
		p.Add(at, "aliases stand for more than %d values: write some of them out", maxAliased)
		return nil
	}
	copied := *value
	copied.Pos = at
	return &copied
}

// size counts the values within n, itself included.
func (n *Node) size() int {
	total := 1
	for _, item := range n.Items {
		total += item.size()
	}
	for _, e := range n.Entries {
		total += e.Value.size()
	}
	return total
}
