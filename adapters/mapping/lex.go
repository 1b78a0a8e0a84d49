package mapping

import (
	"strings"
	"unicode/utf8"
)

// token is a word, a name in backticks, a literal, or a sign of a statement.
type token struct {
	text string // of a name in backticks, without them
	sort byte   // 'w' a word or number, 'q' a name in backticks, 's' a text, else the sign itself
}

// is tells whether the token is a word, in whatever letters, or a sign.
func (t token) is(word string) bool {
	return t.sort != 'q' && t.sort != 's' && strings.EqualFold(t.text, word)
}

// names tells whether the token names something, in backticks or without.
func (t token) names(name string) bool { return t.isName() && strings.EqualFold(t.text, name) }

func (t token) isName() bool { return t.sort == 'w' || t.sort == 'q' }

// at gives a token; one without text outside the list.
func at(tokens []token, i int) token {
	if i < 0 || i >= len(tokens) {
		return token{}
	}
	return tokens[i]
}

// lex cuts a statement into tokens as MySQL and MariaDB do in the modes that the gateway sets: quotes of
// both kinds are texts, backslashes escape. Comments are left out; broken says why the text is none that
// the gateway sends, "" when it may be.
func lex(text string) (tokens []token, broken string) {
	for rest := text; rest != ""; {
		c := rest[0]
		switch {
		case strings.IndexByte(" \t\r\n\f\v", c) >= 0:
			rest = rest[1:]
		case strings.HasPrefix(rest, "/*!"), strings.HasPrefix(rest, "/*M!"), strings.HasPrefix(rest, "/*m!"):
			return nil, "has a comment that servers of some versions run (/*!): write what is meant, or leave it out"
		case strings.HasPrefix(rest, "/*"):
			end := strings.Index(rest[2:], "*/")
			if end < 0 {
				return nil, "begins a comment and does not end it"
			}
			rest = rest[2+end+2:]
		case c == '#', rest == "--", strings.HasPrefix(rest, "--") && strings.IndexByte(" \t\r\n\f\v", rest[2]) >= 0:
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				return nil, "ends in a comment, in which the rest of the statement would vanish: leave it out"
			}
			rest = rest[end+1:]
		case c == '\'' || c == '"' || c == '`':
			inside, size := quoted(rest)
			if size == 0 {
				return nil, "begins a text or a name in quotes and does not end it"
			}
			sort := byte('s')
			if c == '`' {
				sort = 'q'
			}
			tokens, rest = append(tokens, token{text: inside, sort: sort}), rest[size:]
		case isWord(c):
			size := 1
			for size < len(rest) && isWord(rest[size]) {
				size++
			}
			tokens, rest = append(tokens, token{text: rest[:size], sort: 'w'}), rest[size:]
		default:
			tokens, rest = append(tokens, token{text: rest[:1], sort: c}), rest[1:]
		}
	}
	return tokens, ""
}

// isWord is whether a byte stands in words, numbers and names; every byte of a Chinese name does.
func isWord(c byte) bool {
	return c == '_' || c == '$' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' ||
		c >= utf8.RuneSelf
}

// quoted reads what stands in the quotes at the beginning; size is 0 when they are not closed.
func quoted(text string) (inside string, size int) {
	quote := text[0]
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote != '`' && i+1 < len(text):
			i++
			b.WriteByte(text[i])
		case text[i] != quote:
			b.WriteByte(text[i])
		case i+1 < len(text) && text[i+1] == quote:
			i++
			b.WriteByte(quote)
		default:
			return b.String(), i + 1
		}
	}
	return "", 0
}
