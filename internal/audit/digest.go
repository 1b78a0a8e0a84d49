package audit

import (
	"strings"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"

	"github.com/bureaugraph/bureaugraph/internal/suite"
)

// Digests hash the texts of operations, the usual ones once. It is safe for concurrent use.
type Digests struct {
	hash suite.Hash
	kept *lru.Cache[string, string]
}

// mostDigests is how many are kept, as many as the transport keeps parsed documents, of texts
// no longer than mostText bytes.
const (
	mostDigests = 1000
	mostText    = 16 << 10
)

// NewDigests keeps some of what it hashes.
func NewDigests(of suite.Hash) *Digests {
	kept, _ := lru.New[string, string](mostDigests) // fails for a size below one only
	return &Digests{of, kept}
}

// Of gives the hash of a text without its layout and values, as "sha256:…".
func (d *Digests) Of(text string) string {
	if known, ok := d.kept.Get(text); ok {
		return known
	}
	sum := d.hash.Sum([]byte(normalise(text)))
	digest := hashed(d.hash, sum[:])
	if len(text) <= mostText {
		d.kept.Add(text, digest)
	}
	return digest
}

// normalise writes an operation's text as its tokens with one blank between them, and without
// its values: texts become "", numbers 0. So a text has one hash however it is laid out and
// whatever it asks for, and nobody finds a name by hashing all that could stand there.
func normalise(text string) string {
	var b strings.Builder
	l := lexer.New(&ast.Source{Input: text})
	for {
		t, err := l.ReadToken()
		if err != nil || t.Kind == lexer.EOF {
			return b.String() // what is no operation is hashed up to where it is none
		}
		word := t.Value
		switch t.Kind {
		case lexer.Comment:
			continue
		case lexer.String, lexer.BlockString:
			word = `""`
		case lexer.Int, lexer.Float:
			word = "0"
		case lexer.Name:
		default:
			word = t.Kind.String()
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
}
