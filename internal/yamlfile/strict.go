package yamlfile

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/token"
)

// isBounded tells whether a file has few enough tokens, in few enough levels, for the parser.
func (p *reading) isBounded(tokens token.Tokens) bool {
	if len(tokens) > maxTokens {
		p.Add(Pos{File: p.file}, "the file has more than %d values: no file of the gateway is that large", maxTokens)
		return false
	}
	var blocks []int // the columns in which the block maps and lists that are open begin
	flow := 0        // how many brackets are open
	for _, t := range tokens {
		begins := t.Type == token.SequenceEntryType || t.Next != nil && t.Next.Type == token.MappingValueType
		flow += opens(t)
		if begins && flow == 0 {
			for len(blocks) > 0 && blocks[len(blocks)-1] >= t.Position.Column {
				blocks = blocks[:len(blocks)-1]
			}
			blocks = append(blocks, t.Position.Column)
		}
		if len(blocks)+flow > maxDepth {
			p.Add(p.pos(t), "lists and maps stand in each other more than %d levels deep", maxDepth)
			return false
		}
	}
	return true
}

const aTab = "a tab stands here: use blanks, or quote the text"

// opens is 1 for a bracket that opens, -1 for one that closes.
func opens(t *token.Token) int {
	switch t.Type {
	case token.SequenceStartType, token.MappingStartType:
		return 1
	case token.SequenceEndType, token.MappingEndType:
		return -1
	}
	return 0
}

// strict reports what the parser reads although it is no YAML, or none that everybody reads
// alike. It drops tabs within a text, and takes {a: b: c} for the text "b: c".
func (p *reading) strict(text string, tokens token.Tokens) {
	source := cursor{text, 1, 1} // the tokens have lost digits of escapes
	flow, isBlock, isFirst := 0, false, true
	for _, t := range tokens {
		at := p.pos(t)
		flow += opens(t)
		switch t.Type {
		case token.CommentType:
			continue
		case token.DocumentHeaderType:
			if !isFirst {
				p.Add(at, "a file is one YAML document; a second begins here")
			} else if t.Next != nil && t.Next.Type != token.CommentType && t.Next.Position.Line == at.Line {
				p.Add(at, "not YAML: begin a line of its own behind ---")
			}
		case token.DocumentEndType:
			p.Add(at, "a file is one YAML document, and ends where it ends: leave ... out, or quote it")
		case token.DirectiveType:
			p.Add(at, "directives (%%) are not read: leave the line out, or quote the text")
		case token.MappingKeyType:
			p.Add(at, "keys behind ? are not read: write key: value")
		case token.SequenceEntryType:
			if flow > 0 {
				p.Add(at, "not YAML: a dash begins no item within brackets")
			}
		case token.CollectEntryType:
			if flow == 0 || t.Prev == nil || t.Prev.Type == token.CollectEntryType || opens(t.Prev) > 0 {
				p.Add(at, "not YAML: nothing stands before this comma")
			}
		case token.LiteralType, token.FoldedType:
			if !blockHeader.MatchString(t.Value) {
				p.Add(at, "not YAML: a block of text begins with | or >, with - or + and a digit behind it at most")
			}
		case token.MappingValueType:
			p.colon(t)
		case token.DoubleQuoteType:
			if strings.Contains(t.Origin, `\`) && !escapes.MatchString(source.at(at)) {
				p.Add(at, `not YAML: \x wants two hexadecimal digits behind it, \u four, \U eight`)
			}
		case token.StringType:
			if !isBlock {
				p.plain(t, flow > 0)
			}
		}
		isQuoted := t.Type == token.SingleQuoteType || t.Type == token.DoubleQuoteType
		if !isBlock && !isQuoted && strings.Contains(strings.TrimRight(t.Origin, " \t\n"), "\t") {
			p.Add(at, "not YAML: "+aTab)
		}
		isBlock = t.Type == token.LiteralType || t.Type == token.FoldedType
		isFirst = false
	}
}

var (
	blockHeader = regexp.MustCompile(`^[|>]([1-9]?[-+]?|[-+][1-9])$`)
	escapes     = regexp.MustCompile(`^"([^"\\]|\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^xuU]))*"`)
)

// cursor goes through a text from token to token.
type cursor struct {
	rest         string
	line, column int
}

// at gives the text from a place on, which lies behind the last one.
func (c *cursor) at(place Pos) string {
	for ; c.line < place.Line; c.line++ {
		_, c.rest, _ = strings.Cut(c.rest, "\n")
		c.column = 1
	}
	for ; c.column < place.Column; c.column++ {
		_, size := utf8.DecodeRuneInString(c.rest)
		c.rest = c.rest[size:]
	}
	return c.rest
}

// plain reports a text that needs quotes. It does not repeat the text, which may be a secret.
func (p *reading) plain(t *token.Token, isFlow bool) {
	first := t.Value[:min(1, len(t.Value))]
	switch {
	case strings.ContainsAny(first, ",[]{}#&*!|>'\"%@`"):
		p.Add(p.pos(t), "not YAML: a text that begins with %s must be quoted", first)
	case strings.Contains(t.Value, ": ") || strings.HasSuffix(t.Value, ":"):
		p.Add(p.pos(t), "not YAML: a text with a colon and a blank in it, or with a colon at its end, must be quoted")
	case strings.Contains(t.Value, " #"):
		p.Add(p.pos(t), "not YAML: a text with a blank and # in it must be quoted")
	case isFlow && strings.ContainsAny(t.Value, "[]{},"):
		p.Add(p.pos(t), "not YAML: within brackets, a text with brackets or commas in it must be quoted")
	}
}

// colon reports a key that is not one text in the line of its colon, and a value that hangs on
// the colon: a:*b is a text to some readers.
func (p *reading) colon(t *token.Token) {
	at := p.pos(t)
	if key := t.Prev; key == nil || key.Position.Line != at.Line ||
		strings.Contains(strings.TrimSpace(key.Origin), "\n") {
		p.Add(at, "not YAML: the key of this colon must stand before it, in the same line")
		return
	}
	value := t.Next
	isBehind := value != nil && value.Position.Line == at.Line && value.Position.Column == at.Column+1
	if !isBehind || opens(value) < 0 || value.Type == token.CollectEntryType {
		return
	}
	if t.Prev.Type != token.DoubleQuoteType && t.Prev.Type != token.SingleQuoteType { // as JSON has it
		p.Add(at, "not YAML: a blank is missing behind the colon")
	}
}
