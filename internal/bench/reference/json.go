package reference

import (
	"database/sql"
	"encoding/base64"
	"fmt"
	"strconv"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// appendFields writes the decoded cells as members of an object. Problems with a cell are
// not asked for by any operation.
func appendFields(b []byte, fields []field, cells []sql.RawBytes) []byte {
	for i, f := range fields {
		value, _ := f.codec.Decode(cells[i])
		b = appendValue(append(b, f.member...), value)
	}
	return b
}

// appendObject writes the decoded cells as an object.
func appendObject(b []byte, fields []field, cells []sql.RawBytes) []byte {
	start := len(b)
	b = appendFields(b, fields, cells)
	b[start] = '{' // instead of the first comma
	return append(b, '}')
}

// appendValue writes a value as package cell decodes it.
func appendValue(b []byte, value any) []byte {
	switch v := value.(type) {
	case nil:
		return append(b, "null"...)
	case *string:
		return appendText(b, *v)
	case *model.Date:
		return append(v.AppendText(append(b, '"')), '"')
	case *model.PersonName:
		return appendText(b, v.Masked())
	case *model.Money:
		return append(append(append(b, '"'), v.String()...), '"')
	case *int:
		return strconv.AppendInt(b, int64(*v), 10)
	}
	panic(fmt.Sprintf("reference: no operation asks for a %T", value))
}

// appendText writes a JSON string.
func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := range len(s) {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[start:i]...)
		start = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		case '\t':
			b = append(b, `\t`...)
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(append(b, s[start:]...), '"')
}

const hex = "0123456789ABCDEF"

// appendOpaque writes the base64 text of parts: a Node id or a cursor.
func appendOpaque(b []byte, parts ...string) []byte {
	var buf [96]byte
	plain := buf[:0]
	for _, part := range parts {
		plain = append(plain, part...)
	}
	b = append(b, '"')
	return append(base64.RawURLEncoding.AppendEncode(b, plain), '"')
}

// appendID writes the first member of a record.
func appendID(b []byte, record string, key []byte) []byte {
	return appendOpaque(append(b, `{"id":`...), record, ":", string(key))
}
