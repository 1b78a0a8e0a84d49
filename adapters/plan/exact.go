package plan

import (
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// cells is how the texts of one column are compared.
//
// Equal means the same characters. The collation of a column has its own idea of that: 'a'
// is 'A' and, to some, 'ä', 'ß' is 'ss', half width is full width, and the GBK bytes of 张
// and 优 are the same letters of latin1. So what it finds, by an index where there is one,
// is compared again under the binary collation of its charset. And a text that the charset
// of the column cannot hold is in no row; to compare with it would be an error (1267).
type cells struct {
	column  string // or the SQL of a linked field
	charset string // that the mapping declares, see cell.Spec
	typ     Type
}

func (t *Table) cells(f *mapping.Field) cells {
	return cells{column: f.Column, charset: f.Spec.Charset, typ: t.column(f.Column)}
}

// isForeign tells whether the column is in a charset that is neither Unicode nor known
// here, such as gbk or big5: only the server knows which characters it has.
func (t Type) isForeign() bool { return t.Charset != "" && !t.isUnicode() && !t.isWestern() }

// utf8mb4, utf8, utf8mb3, ucs2, utf16, utf16le, utf32
func (t Type) isUnicode() bool { return strings.HasPrefix(t.Charset, "u") }

func (t Type) isWestern() bool { return t.Charset == "latin1" || t.Charset == "ascii" }

// isRaw tells whether the column holds bytes to which the server knows no charset; they may
// be a text all the same.
func (t Type) isRaw() bool {
	return strings.HasSuffix(t.Name, "binary") || strings.HasSuffix(t.Name, "blob")
}

// holds tells whether the column can hold a text.
func (t Type) holds(text string) bool {
	switch t.Charset {
	case "latin1":
		return cell.IsLatin1(text)
	case "ascii":
		return isASCII([]string{text})
	case "utf8", "utf8mb3", "ucs2":
		return !strings.ContainsFunc(text, func(r rune) bool { return r > 0xFFFF })
	}
	return true
}

// held keeps those of the raw texts that the column can hold.
func (c cells) held(texts []string) []string {
	for i, text := range texts {
		if !c.typ.holds(text) {
			kept := append([]string(nil), texts[:i]...)
			for _, later := range texts[i+1:] {
				if c.typ.holds(later) {
					kept = append(kept, later)
				}
			}
			return kept
		}
	}
	return texts
}

// isBinary tells whether the column's own collation knows no two texts for one.
func (t Type) isBinary() bool { return strings.HasSuffix(t.Collation, "_bin") }

// isSimple tells whether the column's collation goes character by character, and takes
// none for a digit, or for a sign before the letters, but itself.
func (t Type) isSimple() bool {
	return strings.HasSuffix(t.Collation, "_general_ci") || strings.HasSuffix(t.Collation, "_swedish_ci")
}

// isPadded tells whether blanks at the end of a text do not count to the column's
// collation, as they do not to any codec.
func (t Type) isPadded() bool {
	return !strings.Contains(t.Collation, "_0900_") && !strings.Contains(t.Collation, "_nopad_")
}

// isExact tells whether to compare the column itself with the texts is exact.
func (c cells) isExact(texts []string) bool {
	switch {
	case c.typ.IsWhole, c.isBytes():
		return true
	case c.typ.isForeign() && !isASCII(texts):
		return false
	}
	return c.typ.isBinary() || c.typ.isSimple() && areSigns(texts)
}

// areSigns tells whether the texts have no letter, nor what is one in Swedish, such as [.
func areSigns(texts []string) bool {
	for _, text := range texts {
		for i := range len(text) {
			if text[i] >= '@' {
				return false
			}
		}
	}
	return true
}

// isComparable tells whether the column itself can be compared with the texts, by an index
// where there is one: not where it may be in a charset that lacks some of their characters.
func (c cells) isComparable(texts []string) bool {
	return c.typ.Charset != "" || c.typ.isOther || c.isBytes() || isMojibake(c.charset) || isASCII(texts)
}

// isBytes tells whether the column holds bytes that are no text to the server.
func (c cells) isBytes() bool { return c.charset == "gbk" }

// arg appends a text that is compared with the column itself.
func (c cells) arg(b *builder, text string) {
	switch {
	case c.typ.isForeign() && !isASCII([]string{text}): // what it lacks becomes a question mark, and no error
		b.write("CONVERT(")
		b.arg(text)
		b.write(" USING " + c.typ.Charset + ") COLLATE " + c.typ.Collation)
	case c.typ.IsWhole:
		b.arg(c.typ.constants([]string{text})[0])
	case c.typ.Name == "decimal" && isNumber(text): // a text would be compared as a double
		b.write("CAST(")
		b.arg(text)
		b.write(" AS DECIMAL(65, 30))")
	default:
		c.exactArg(b, text)
	}
}

// exactArg appends a text that is compared with exact.
func (c cells) exactArg(b *builder, text string) {
	if c.isBytes() {
		b.arg([]byte(text))
		return
	}
	b.arg(text)
}

// exact is the SQL of the column's text, different characters of which are different.
func (c cells) exact() string {
	column := quote(c.column)
	switch {
	case c.typ.IsList:
		return "CAST(" + column + " AS CHAR) COLLATE utf8mb4_bin"
	case c.isBytes(), c.typ.isBinary() && !c.typ.isForeign():
		return column
	case c.typ.isUnicode(), c.typ.isWestern():
		prefix, _, _ := strings.Cut(c.typ.Collation, "_")
		return column + " COLLATE " + prefix + "_bin"
	case isMojibake(c.charset): // no character of latin1 is beyond utf8
		return "CONVERT(" + column + " USING utf8) COLLATE utf8_bin"
	}
	if c.typ.Charset == "" {
		return anyText(c.column) + " COLLATE utf8mb4_bin"
	}
	return "CONVERT(" + column + " USING utf8mb4) COLLATE utf8mb4_bin"
}

// isMojibake tells whether the server takes the column's bytes for another charset than
// they are in.
func isMojibake(charset string) bool { return strings.HasSuffix(charset, "-in-latin1") }

// exactly is the field with its text as it is compared exactly; its column is SQL then.
func (t *Table) exactly(f *mapping.Field) *mapping.Field {
	same := *f
	same.Column = t.cells(f).exact()
	return &same
}

// universal is the field with a column in which any text can be looked for.
func (t *Table) universal(f *mapping.Field) *mapping.Field {
	typ := t.column(f.Column)
	if f.Spec.Charset != "" || typ.Charset == "" || typ.isUnicode() {
		return f
	}
	same := *f
	same.Column = "CONVERT(" + quote(f.Column) + " USING utf8mb4)"
	return &same
}

// searched is the field with a column in which any text can be looked for even where nothing
// is known of it. That is no index's work, and costs a conversion a row.
func (t *Table) searched(f *mapping.Field) *mapping.Field {
	if typ := t.column(f.Column); f.Spec.Charset != "" || typ != (Type{}) {
		return t.universal(f)
	}
	same := *f
	same.Column = anyText(f.Column)
	return &same
}

// anyText is the SQL of the text of a column of which nothing is known.
func anyText(column string) string {
	return "CONVERT(CONCAT(" + quote(column) + ") USING utf8mb4)" // CONCAT makes text of a number
}
