package transport

import (
	"bytes"
	"regexp"
	"strconv"
	"unicode/utf16"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
)

// surrogate finds what may be an escaped surrogate, half of a character beyond the first
// 65,536, in JSON and in GraphQL. Of \u{D842} gqlparser itself says that it is none.
var surrogate = regexp.MustCompile(`\\u[dD][89a-fA-F]`)

// isLonely tells whether escapes in a text name a surrogate without its other half. Such a
// text is none: encoding/json and gqlparser read U+FFFD, and a filter would look for that.
func isLonely(text []byte) bool {
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		i++ // what is escaped, a backslash among it
		r, ok := unitOf(text[i-1:])
		switch {
		case !ok || !utf16.IsSurrogate(r):
			continue
		case r >= 0xDC00:
			return true
		}
		low, ok := unitOf(text[i+5:])
		if !ok || low < 0xDC00 || low > 0xDFFF {
			return true
		}
		i += 10
	}
	return false
}

// unitOf reads the \uXXXX at the beginning of a text.
func unitOf(text []byte) (rune, bool) {
	if len(text) < 6 || !bytes.HasPrefix(text, []byte(`\u`)) {
		return 0, false
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(n), err == nil
}

// brokenEscapes finds the first text of a document that names half a character: a syntax
// error (GraphQL, September 2025, 2.9.4), which gqlparser does not see. nil is none.
func brokenEscapes(query string) gqlerror.List {
	if !surrogate.MatchString(query) {
		return nil
	}
	letters := []rune(query) // the lexer counts them
	for read := lexer.New(&ast.Source{Input: query}); ; {
		token, err := read.ReadToken()
		if err != nil || token.Kind == lexer.EOF { // the parser says what is wrong
			return nil
		}
		if token.Kind == lexer.String && isLonely([]byte(string(letters[token.Pos.Start:token.Pos.End]))) {
			broken := &gqlerror.Error{
				Message:   `Invalid text: \u names half of a character`,
				Locations: []gqlerror.Location{{Line: token.Pos.Line, Column: token.Pos.Column}},
			}
			errcode.Set(broken, errcode.ParseFailed)
			return gqlerror.List{broken}
		}
	}
}
