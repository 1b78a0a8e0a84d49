package database

import "strings"

// Shape is what the statement looks like, whatever it asks for: without the values that stand in it, its
// comments, and with one placeholder for a list of them, which is as long as what is asked for. Of one
// longer than most bytes it is the beginning, with … behind it.
func (s Statement) Shape(most int) string {
	var shape []byte
	value := func() {
		for _, separator := range []string{"?, ", "?,"} { // of a list
			if strings.HasSuffix(string(shape[max(0, len(shape)-len(separator)):]), separator) {
				shape = shape[:len(shape)-len(separator)]
			}
		}
		shape = append(shape, '?')
	}
	inName := false
	for text := s.Text; text != ""; {
		c, size := text[0], verbatim(text)
		switch {
		case c == '?':
			size = 1
			value()
		case c == '\'' || c == '"':
			value()
		case c == '`':
			shape = append(shape, text[:size]...)
		case size > 0: // a comment
			shape = append(shape, ' ')
		case c >= '0' && c <= '9' && !inName:
			size = len(text) - len(strings.TrimLeft(text, "0123456789.abcdefxABCDEFX"))
			value()
		default:
			size = 1
			shape = append(shape, c)
		}
		inName = size == 1 && (c == '_' || c == '$' || c >= 0x80 || c >= '0' && c <= '9' ||
			c|0x20 >= 'a' && c|0x20 <= 'z')
		text = text[size:]
		if len(shape) > most {
			return strings.ToValidUTF8(string(shape[:most]), "") + "…"
		}
	}
	return strings.ToValidUTF8(string(shape), "")
}
