package audit

import (
	"strings"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"

	"github.com/bureaugraph/bureaugraph/internal/suite"
)

// digests hash the texts of operations, the usual ones once.
type digests struct {
	hash suite.Hash
	kept *lru.Cache[string, string]
}

// mostDigests is how many are kept, as many as the transport keeps parsed documents, of texts
// no longer than mostText bytes.
const (
	mostDigests = 1000
	mostText    = 16 << 10
)

func newDigests(of suite.Hash) *digests {
	kept, _ := lru.New[string, string](mostDigests) // fails for a size below one only
	return &digests{of, kept}
}

// of gives the hash of a text, as "sha256:…".
func (d *digests) of(text string) string {
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
