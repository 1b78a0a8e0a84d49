package main

import (
	"strings"
	"unicode"
)

// strip takes the directives that declare something to the program out of a schema
// document, with the blanks before them; all else stays as it is, byte by byte.
func strip(document string, declares map[string]bool) string {
	var b strings.Builder
	for i := 0; i < len(document); {
		rest := document[i:]
		switch {
		case rest[0] == '#':
			n := lineLength(rest)
			b.WriteString(rest[:n])
			i += n
		case rest[0] == '"':
			n := stringLength(rest)
			b.WriteString(rest[:n])
			i += n
		case rest[0] == '@' && declares[nameAt(rest[1:])]:
			i += directiveLength(rest)
			kept := strings.TrimRight(b.String(), " \n")
			b.Reset()
			b.WriteString(kept)
		default:
			b.WriteByte(rest[0])
			i++
		}
	}
	return b.String()
}

// directiveLength is the length of a directive with its arguments.
func directiveLength(text string) int {
	n := 1 + len(nameAt(text[1:]))
	blanks := len(text[n:]) - len(strings.TrimLeft(text[n:], " \n"))
	if !strings.HasPrefix(text[n+blanks:], "(") {
		return n
	}
	n += blanks
	for depth := 0; n < len(text); {
		switch text[n] {
		case '"':
			n += stringLength(text[n:])
			continue
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return n + 1
			}
		}
		n++
	}
	return n
}

// nameAt is the name that the text begins with.
func nameAt(text string) string {
	end := strings.IndexFunc(text, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end < 0 {
		end = len(text)
	}
	return text[:end]
}

func lineLength(text string) int {
	if n := strings.IndexByte(text, '\n'); n >= 0 {
		return n
	}
	return len(text)
}

// stringLength is the length of the string or block string that the text begins with.
func stringLength(text string) int {
	if block := `"""`; strings.HasPrefix(text, block) {
		if n := strings.Index(text[3:], block); n >= 0 {
			return n + 6
		}
		return len(text)
	}
	for n := 1; n < len(text); n++ {
		switch text[n] {
		case '\\':
			n++
		case '"', '\n':
			return n + 1
		}
	}
	return len(text)
}
