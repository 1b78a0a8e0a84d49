package cell

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// column is what all codecs share: how the bytes become text, and which texts mean that
// there is nothing.
type column struct {
	charset charset
	empty   []string // trimmed, and folded when folds is set
	folds   bool     // full-width forms count as half-width ones
	bits    bool     // a lone byte 0 or 1 is a bit(1) cell
	private bool     // the raw cell is personal data
}

func newColumn(spec Spec, folds bool) (column, error) {
	cs, err := parseCharset(spec.Charset)
	if err != nil {
		return column{}, err
	}
	c := column{charset: cs, folds: folds}
	for _, word := range spec.Empty {
		text := trim([]byte(word))
		if folds {
			text = fold(nil, text)
		}
		if len(text) > 0 { // blank is empty anyway
			c.empty = append(c.empty, string(text))
		}
	}
	return c, nil
}

// Private implements Codec.
func (c *column) Private() bool { return c.private }

// Show implements Codec.
func (c *column) Show(raw []byte) string {
	if c.bits && len(raw) == 1 && raw[0] <= 1 {
		return string('0' + rune(raw[0]))
	}
	text, _ := c.charset.decode(nil, raw)
	return string(text)
}

// read gives the text of a cell: decoded, trimmed, folded. No text and no problem means
// that nothing is there; a text and a problem, that characters of it could not be read,
// for which U+FFFD stands. The text lies in buf or in raw, or is fresh.
func (c *column) read(buf, raw []byte) ([]byte, *Problem) {
	if len(raw) == 0 {
		return nil, nil
	}
	if c.bits && len(raw) == 1 && raw[0] <= 1 {
		raw = append(buf[:0], '0'+raw[0])
	}
	text, lost := c.charset.decode(buf, raw)
	var problem *Problem
	if lost {
		if problem = lostCharacters; !isReadable(text) {
			return nil, undecodable
		}
	}
	text = trim(text)
	if c.folds {
		text = fold(buf, text)
	}
	if c.isEmpty(text) {
		return nil, nil
	}
	return text, problem
}

// isReadable tells whether a text has a character that says something.
func isReadable(text []byte) bool {
	return bytes.ContainsFunc(text, func(r rune) bool {
		return r != utf8.RuneError && !isBlank(r) && !unicode.IsControl(r)
	})
}

func (c *column) isEmpty(text []byte) bool {
	for _, word := range c.empty {
		if string(text) == word {
			return true
		}
	}
	return false
}

// trim cuts Unicode blanks, NULs (of CHAR columns padded by C programs), byte order
// marks and zero-width blanks off both ends.
func trim(text []byte) []byte {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if !isBlank(r) {
			break
		}
		text = text[size:]
	}
	for len(text) > 0 {
		r, size := utf8.DecodeLastRune(text)
		if !isBlank(r) {
			break
		}
		text = text[:len(text)-size]
	}
	return text
}

func isBlank(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || r == 0 || r >= '\t' && r <= '\r'
	}
	return unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B'
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func areDigits(text []byte) bool {
	for _, b := range text {
		if !isDigit(b) {
			return false
		}
	}
	return len(text) > 0
}
