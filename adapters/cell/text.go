package cell

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// textCodec reads free text and names. Titles and case stay as they are.
type textCodec[T ~string] struct {
	column
	markup bool
}

func newText[T ~string](spec Spec, _ Env) (Codec, error) {
	c, err := newColumn(spec, false)
	if err != nil {
		return nil, err
	}
	c.private = spec.Kind != "text"
	return &textCodec[T]{column: c, markup: spec.Markup}, nil
}

func (c *textCodec[T]) Decode(raw []byte) (any, *Problem) {
	var buf [256]byte
	text, problem := c.read(buf[:], raw)
	if len(text) == 0 {
		return nil, problem
	}
	if c.markup {
		if plain, found := stripMarkup(text); found {
			if text, problem = trim(plain), markupRemoved; len(text) == 0 || c.isEmpty(text) {
				return nil, nil // an editor's empty paragraph
			}
		}
	}
	if hasLost(text) {
		problem = lostCharacters
	}
	value := T(text)
	return &value, problem
}

func (c *textCodec[T]) Spell(canonical string) ([]string, bool) {
	if c.markup {
		return nil, false // tags can stand anywhere
	}
	return spellings(c, c.charset, canonical, canonical), true
}

// hasLost tells whether a character of the text was lost on the way into the database:
// U+FFFD anywhere, or an ASCII question mark where a Chinese character must have been,
// which is how a 3-byte utf8 column keeps a rare one. A question mark that ends a
// sentence is none: only in a text of up to four characters, as names are, one at the
// end counts.
func hasLost(text []byte) bool {
	if bytes.Contains(text, []byte("\uFFFD")) {
		return true
	}
	for i := bytes.IndexByte(text, '?'); i >= 0 && i < len(text); i++ {
		if text[i] != '?' {
			continue
		}
		before, _ := utf8.DecodeLastRune(text[:i])
		after, _ := utf8.DecodeRune(text[i+1:])
		afterHan, beforeHan := unicode.Is(unicode.Han, before), unicode.Is(unicode.Han, after)
		switch {
		case afterHan && beforeHan, i == 0 && beforeHan,
			afterHan && len(text) <= 4*utf8.UTFMax && utf8.RuneCount(text) <= 4:
			return true
		}
	}
	return false
}

// phoneCodec reads telephone numbers in whatever grouping they were typed.
type phoneCodec struct{ column }

func newPhone(spec Spec, _ Env) (Codec, error) {
	c, err := newColumn(spec, true)
	if err != nil {
		return nil, err
	}
	c.private = true
	return &phoneCodec{c}, nil
}

func (c *phoneCodec) Decode(raw []byte) (any, *Problem) {
	var buf [64]byte
	text, problem := c.read(buf[:], raw)
	if len(text) == 0 {
		return nil, problem
	}
	if !bytes.ContainsAny(text, "0123456789") {
		return nil, notANumber
	}
	value := model.Phone(text)
	return &value, problem
}

func (c *phoneCodec) Spell(canonical string) ([]string, bool) {
	return spellings(c, c.charset, canonical, canonical, widen(canonical)), true
}
