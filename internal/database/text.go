package database

import (
	"bytes"
	"database/sql/driver"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unsafe"
)

// Column types of the protocol.
const (
	floatType  = 0x04
	doubleType = 0x05
	bitType    = 0x10
	stringType = 0xfe
)

// written says how the cells of a statement's columns are written, where that is not the
// text they are.
type written struct {
	bits, floats []bool // by column; nil where no column is one
}

// asText has the driver hand over every cell as the text that the server wrote: the very
// text that the server's own functions see, and a clerk. Left alone, the driver makes
// numbers of numeric columns, and 1000000 of a DOUBLE comes back as 1e+06, 00042 of a
// ZEROFILL as 42, 1.50 of a DOUBLE(9,2) as 1.5. It has no switch for that: it goes by the
// type it noted of each column, so that is set to a string's here. TestEveryType fails
// should another version of the driver keep the types elsewhere; numbers are then written
// by bytesOf as well as that goes.
func asText(rows driver.Rows) (w written) {
	value := reflect.ValueOf(rows)
	if value.Kind() != reflect.Pointer || value.Elem().Kind() != reflect.Struct ||
		value.Elem().Type().Name() != "textRows" {
		return w // those of a prepared statement come in another form
	}
	set := value.Elem().FieldByName("rs")
	if set.Kind() != reflect.Struct {
		return w
	}
	columns := set.FieldByName("columns")
	if columns.Kind() != reflect.Slice || columns.Type().Elem().Kind() != reflect.Struct {
		return w
	}
	field, ok := columns.Type().Elem().FieldByName("fieldType")
	if !ok || field.Type.Kind() != reflect.Uint8 {
		return w
	}
	n := columns.Len()
	for i := range n {
		kind := (*uint8)(unsafe.Add(columns.UnsafePointer(), uintptr(i)*columns.Type().Elem().Size()+field.Offset))
		switch *kind {
		case bitType:
			w.bits = noted(w.bits, n, i)
		case floatType, doubleType:
			w.floats = noted(w.floats, n, i)
		}
		*kind = stringType
	}
	return w
}

func noted(list []bool, n, i int) []bool {
	if list == nil {
		list = make([]bool, n)
	}
	list[i] = true
	return list
}

// cell is the text of a cell of column i, which may be appended to buf.
func (w written) cell(i int, text, buf []byte) (cell, more []byte) {
	start := len(buf)
	switch {
	case w.bits != nil && w.bits[i]: // BIT comes as the bytes of a number
		var n uint64
		for _, b := range text {
			n = n<<8 | uint64(b)
		}
		buf = strconv.AppendUint(buf, n, 10)
	case w.floats != nil && w.floats[i] && bytes.ContainsAny(text, "eE"): // the demo's engine writes 1e+06
		f, err := strconv.ParseFloat(string(text), 64)
		if err != nil {
			return text, buf
		}
		buf = appendFloat(buf, f, 64)
	default:
		return text, buf
	}
	return buf[start:len(buf):len(buf)], buf
}

// appendFloat writes a number as MySQL does: without an exponent up to fifteen digits
// before or behind the point, else as 1e20.
func appendFloat(dst []byte, f float64, bits int) []byte {
	if size := max(f, -f); size == 0 || size >= 1e-15 && size < 1e15 {
		return strconv.AppendFloat(dst, f, 'f', -1, bits)
	}
	start := len(dst)
	dst = strconv.AppendFloat(dst, f, 'e', -1, bits)
	mantissa, exponent, _ := bytes.Cut(dst[start:], []byte("e"))
	sign := ""
	if exponent[0] == '-' {
		sign = "-"
	}
	digits := strings.TrimLeft(string(exponent[1:]), "0")
	return append(append(dst[:start], mantissa...), "e"+sign+digits...)
}

// filled writes the arguments into a statement that holds other question marks besides
// its placeholders, in literals, comments or names, where the driver does not. A session's
// SQL mode is ours, so backslashes escape.
func filled(text string, args []driver.NamedValue) (string, error) {
	var b strings.Builder
	next := 0
	for text != "" {
		size := verbatim(text)
		if size > 0 {
			b.WriteString(text[:size])
			text = text[size:]
			continue
		}
		if text[0] == '?' {
			if next == len(args) {
				return "", fmt.Errorf("database: a statement has more placeholders than its %d arguments", len(args))
			}
			if err := writeValue(&b, args[next].Value); err != nil {
				return "", err
			}
			next++
		} else {
			b.WriteByte(text[0])
		}
		text = text[1:]
	}
	if next < len(args) {
		return "", fmt.Errorf("database: a statement has %d placeholders and %d arguments", next, len(args))
	}
	return b.String(), nil
}

// verbatim is the length of the literal, quoted name or comment with which SQL begins; 0
// where it begins with none.
func verbatim(sql string) int {
	through := func(end string, from int) int {
		if at := strings.Index(sql[from:], end); at >= 0 {
			return from + at + len(end)
		}
		return len(sql)
	}
	switch {
	case sql[0] == '\'' || sql[0] == '"':
		for i := 1; i < len(sql); i++ {
			switch sql[i] {
			case '\\':
				i++
			case sql[0]:
				return i + 1
			}
		}
		return len(sql)
	case sql[0] == '`':
		return through("`", 1)
	case strings.HasPrefix(sql, "/*"):
		return through("*/", 2)
	case sql[0] == '#', strings.HasPrefix(sql, "--") && (len(sql) == 2 || sql[2] <= ' '):
		return through("\n", 1)
	}
	return 0
}

var escaper = strings.NewReplacer("\x00", `\0`, "\n", `\n`, "\r", `\r`, "\x1a", `\Z`, "'", `\'`, `"`, `\"`, `\`, `\\`)

func writeValue(b *strings.Builder, value driver.Value) error {
	switch v := value.(type) {
	case nil:
		b.WriteString("NULL")
	case int64:
		b.WriteString(strconv.FormatInt(v, 10))
	case uint64:
		b.WriteString(strconv.FormatUint(v, 10))
	case string:
		b.WriteByte('\'')
		_, _ = escaper.WriteString(b, v)
		b.WriteByte('\'')
	case []byte:
		b.WriteString("_binary'")
		_, _ = escaper.WriteString(b, string(v))
		b.WriteByte('\'')
	default:
		return fmt.Errorf("database: an argument is a %T", v)
	}
	return nil
}
