package main

import (
	"bytes"
	"strings"
	"unicode"
)

// strip takes the directives that declare something to the program out of a schema
// document, with the blanks before them; all else stays as it is, byte by byte.
func strip(document string, declares map[string]bool) string {
	kept := make([]byte, 0, len(document))
	for i := 0; i < len(document); {
		rest := document[i:]
		n := 1
		switch {
		case rest[0] == '#':
			n = lineLength(rest)
		case rest[0] == '"':
			n = stringLength(rest)
		case rest[0] == '@' && declares[nameAt(rest[1:])]:
			kept = bytes.TrimRight(kept, " \n")
			i += directiveLength(rest)
			continue
		}
		kept = append(kept, rest[:n]...)
		i += n
	}
	return string(kept)
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
