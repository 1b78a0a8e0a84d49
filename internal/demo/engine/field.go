package engine

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/go-mysql-server/sql/types"
	"github.com/dolthub/vitess/go/sqltypes"
	"github.com/shopspring/decimal"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// kind says how a column's cells are held and ordered.
type kind int

const (
	textKind     kind = iota // string, ordered by collation, trailing blanks ignored
	enumKind                 // uint16, ordered by position
	signedKind               // int8 to int64
	unsignedKind             // uint64: bigint unsigned and bit
	floatKind                // float64
	decimalKind              // decimal.Decimal of fixed scale
	timeKind                 // time.Time: date, datetime, timestamp
)

// field is a column's type: how a legacy value becomes an engine value, and how cells
// and literals become keys. Keys are byte strings that compare as the column's values
// do, so one sort and one search serve every type.
type field struct {
	name    string
	kind    kind
	typ     sql.Type
	chars   int  // of text: longest length in characters; 0 is unlimited
	padded  bool // char(n): trailing blanks are not stored
	long    bool // text and longtext: too big to index whole
	bytes   int  // of signed: 1, 2, 4 or 8
	scale   int32
	digits  int      // of decimal: precision
	offset  *big.Int // of decimal: makes the scaled value non-negative
	weight  func(rune) int32
	members []string // of enum
}

// collation is the general collation of a MySQL character set. latin1 text is held as a
// utf8 client sees it; the engine has no GBK, whose text is held as utf8mb4.
func collation(charset string) sql.CollationID {
	switch charset {
	case "utf8", "utf8mb3":
		return sql.Collation_utf8mb3_general_ci
	case "latin1":
		return sql.Collation_latin1_swedish_ci
	default:
		return sql.Collation_utf8mb4_general_ci
	}
}

// newField reads a column's type text, see [legacy.Column].
func newField(c legacy.Column, charset string) (*field, error) {
	if c.Charset != "" {
		charset = c.Charset
	}
	coll := collation(charset)
	name, args, unsigned, err := splitType(c.Type)
	if err != nil {
		return nil, err
	}
	f := &field{name: c.Name, weight: coll.Sorter()}
	arg := func(i, otherwise int) int {
		if i >= len(args) {
			return otherwise
		}
		n, convErr := strconv.Atoi(strings.TrimSpace(args[i]))
		if convErr != nil {
			err = fmt.Errorf("column %s: unreadable type %q", c.Name, c.Type)
		}
		return n
	}
	integer := func(bytes int, t sql.Type) {
		f.kind, f.bytes, f.typ = signedKind, bytes, t
	}
	var typeErr error
	switch name {
	case "varchar":
		f.chars = arg(0, 1)
		f.typ, typeErr = types.CreateString(sqltypes.VarChar, int64(f.chars), coll)
	case "char":
		f.chars, f.padded = arg(0, 1), true
		f.typ, typeErr = types.CreateString(sqltypes.Char, int64(f.chars), coll)
	case "text":
		f.typ, f.long = types.CreateText(coll), true
	case "longtext":
		f.typ, f.long = types.CreateLongText(coll), true
	case "enum":
		f.kind, f.members = enumKind, args
		f.typ, typeErr = types.CreateEnumType(args, coll)
	case "tinyint":
		width := 0
		if arg(0, 0) == 1 {
			width = 1
		}
		integer(1, types.MustCreateNumberTypeWithDisplayWidth(sqltypes.Int8, width))
	case "smallint":
		integer(2, types.Int16)
	case "int":
		integer(4, types.Int32)
	case "bigint":
		integer(8, types.Int64)
		if unsigned {
			f.kind, f.typ = unsignedKind, types.Uint64
		}
	case "bit":
		f.kind = unsignedKind
		f.typ, typeErr = types.CreateBitType(uint8(arg(0, 1)))
	case "double":
		f.kind, f.typ = floatKind, types.Float64
	case "decimal":
		f.kind, f.digits, f.scale = decimalKind, arg(0, 10), int32(arg(1, 0))
		f.offset = new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(f.digits)), nil)
		f.typ, typeErr = types.CreateColumnDecimalType(uint8(f.digits), uint8(f.scale))
	case "date":
		f.kind, f.typ = timeKind, types.Date
	case "datetime":
		f.kind, f.typ = timeKind, types.Datetime
	case "timestamp":
		f.kind, f.typ = timeKind, types.Timestamp
	default:
		return nil, fmt.Errorf("column %s: no type %q in the demo engine", c.Name, c.Type)
	}
	if err == nil && unsigned && f.kind != unsignedKind {
		err = fmt.Errorf("column %s: no type %q in the demo engine", c.Name, c.Type)
	}
	if err == nil && typeErr != nil {
		err = fmt.Errorf("column %s: %w", c.Name, typeErr)
	}
	return f, err
}

// splitType takes "decimal(10,2)", "enum('a','b')" or "bigint unsigned" apart.
func splitType(text string) (name string, args []string, unsigned bool, err error) {
	text, unsigned = strings.CutSuffix(text, " unsigned")
	name, list, ok := strings.Cut(text, "(")
	if !ok {
		return name, nil, unsigned, nil
	}
	list, ok = strings.CutSuffix(list, ")")
	if !ok {
		return "", nil, false, fmt.Errorf("unreadable type %q", text)
	}
	if name != "enum" {
		return name, strings.Split(list, ","), unsigned, nil
	}
	for list != "" {
		list = strings.TrimLeft(list, ", ")
		if !strings.HasPrefix(list, "'") {
			return "", nil, false, fmt.Errorf("unreadable type %q", text)
		}
		var member strings.Builder
		list = list[1:]
		for {
			end := strings.IndexByte(list, '\'')
			if end < 0 {
				return "", nil, false, fmt.Errorf("unreadable type %q", text)
			}
			member.WriteString(list[:end])
			list = list[end+1:]
			if !strings.HasPrefix(list, "'") { // not a doubled quote
				break
			}
			member.WriteByte('\'')
			list = list[1:]
		}
		args = append(args, member.String())
	}
	return name, args, unsigned, nil
}

// Errors of cell. They carry no value: cells hold personal data.
var (
	errGoType  = errors.New("not the Go type its column asks for")
	errRange   = errors.New("out of the column's range")
	errText    = errors.New("not valid UTF-8")
	errMember  = errors.New("not a member of the enum")
	errNumber  = errors.New("not a decimal number")
	errInstant = errors.New("not a date or time the demo engine can hold; plant it with -dsn only")
)

// cell turns a legacy value into what the engine expects in a row. Text longer than its
// column is cut, as a server without strict mode cuts it.
func (f *field) cell(v any) (any, error) {
	if v == nil {
		return nil, nil
	}
	switch f.kind {
	case textKind:
		s, ok := v.(string)
		if !ok {
			return nil, errGoType
		}
		if !utf8.ValidString(s) {
			return nil, errText
		}
		cut := s
		if f.padded {
			cut = strings.TrimRight(cut, " ")
		}
		if f.chars > 0 && len(cut) > f.chars {
			cut = firstRunes(cut, f.chars)
		}
		if len(cut) == len(s) {
			return v, nil // no new interface value
		}
		return cut, nil
	case enumKind:
		s, ok := v.(string)
		if !ok {
			return nil, errGoType
		}
		i, ok := f.member(s)
		if !ok {
			return nil, errMember
		}
		return i, nil
	case signedKind:
		n, ok := v.(int64)
		if !ok {
			return nil, errGoType
		}
		if bits := 8 * f.bytes; bits < 64 && (n < -1<<(bits-1) || n >= 1<<(bits-1)) {
			return nil, errRange
		}
		switch f.bytes {
		case 1:
			return int8(n), nil
		case 2:
			return int16(n), nil
		case 4:
			return int32(n), nil
		}
		return v, nil
	case unsignedKind:
		switch n := v.(type) {
		case uint64:
			return v, nil
		case int64: // bit columns
			if n < 0 {
				return nil, errRange
			}
			return uint64(n), nil
		}
		return nil, errGoType
	case floatKind:
		if _, ok := v.(float64); !ok {
			return nil, errGoType
		}
		return v, nil
	case decimalKind:
		s, ok := v.(string)
		if !ok {
			return nil, errGoType
		}
		d, err := decimal.NewFromString(s)
		if err != nil {
			return nil, errNumber
		}
		d = d.Round(f.scale)
		if d.Abs().Cmp(decimal.NewFromBigInt(f.offset, -f.scale)) >= 0 {
			return nil, errRange
		}
		return d, nil
	default:
		s, ok := v.(string)
		if !ok {
			return nil, errGoType
		}
		t, ok := instant(s)
		if !ok {
			return nil, errInstant
		}
		if f.typ == types.Date {
			t = t.Truncate(24 * time.Hour)
		}
		// the engine checks a timestamp's range only while answering: ask now
		if t, _, err := f.typ.Convert(context.Background(), t); err == nil {
			return t, nil
		}
		return nil, errInstant
	}
}

// member is the position of an enum value, from 1. The empty string is 0, MySQL's mark
// of a value that was refused.
func (f *field) member(s string) (uint16, bool) {
	if s == "" {
		return 0, true
	}
	for i, m := range f.members {
		if m == s {
			return uint16(i + 1), true
		}
	}
	return 0, false
}

// firstRunes cuts s to at most n characters.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// instant reads the two forms a legacy date or time has. Zero dates are the engine's
// zero time, which it writes as 0000-00-00 again.
func instant(s string) (time.Time, bool) {
	if s == types.ZeroDateStr || s == types.ZeroTimestampDatetimeStr {
		return types.Datetime.Zero().(time.Time), true
	}
	layout := time.DateTime
	if len(s) == len(time.DateOnly) {
		layout = time.DateOnly
	}
	if len(s) != len(layout) {
		return time.Time{}, false
	}
	t, err := time.Parse(layout, s)
	return t, err == nil
}

// key is the ordered byte string of a stored, non-nil cell.
func (f *field) key(v any) string {
	switch f.kind {
	case textKind:
		return f.textKey(v.(string))
	case enumKind:
		return signedKey(int64(v.(uint16)))
	case signedKind:
		switch n := v.(type) {
		case int8:
			return signedKey(int64(n))
		case int16:
			return signedKey(int64(n))
		case int32:
			return signedKey(int64(n))
		default:
			return signedKey(n.(int64))
		}
	case unsignedKind:
		return unsignedKey(v.(uint64))
	case floatKind:
		return floatKey(v.(float64))
	case decimalKind:
		return f.decimalKey(v.(decimal.Decimal))
	default:
		return signedKey(v.(time.Time).UnixMicro())
	}
}

// textKey is three bytes a character: its weight in the collation.
func (f *field) textKey(s string) string {
	s = strings.TrimRight(s, " ")
	b := make([]byte, 0, 3*len(s))
	for _, r := range s {
		w := min(f.weight(r), 0xFFFFFF)
		b = append(b, byte(w>>16), byte(w>>8), byte(w))
	}
	return string(b)
}

func signedKey(n int64) string { return unsignedKey(uint64(n) ^ 1<<63) }

func unsignedKey(n uint64) string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], n)
	return string(b[:])
}

func floatKey(x float64) string {
	if x == 0 {
		x = 0 // no negative zero
	}
	bits := math.Float64bits(x)
	if bits>>63 == 1 {
		return unsignedKey(^bits)
	}
	return unsignedKey(bits | 1<<63)
}

// decimalKey is the scaled value, made positive, in as many digits as any value has.
func (f *field) decimalKey(d decimal.Decimal) string {
	n := d.Shift(f.scale).BigInt()
	return fmt.Sprintf("%0*s", f.digits+1, n.Add(n, f.offset).String())
}

// bound is a literal's place among a column's keys: at the key, or just above it if no
// value of the column can equal the literal.
type bound struct {
	key   string
	exact bool
}

// Literals beyond every value of a column.
var (
	belowAll = bound{}
	aboveAll = bound{key: "\xff\xff\xff\xff\xff\xff\xff\xff\xff"}
)

// seek places a literal, not nil, among the column's values. It refuses (false) where
// MySQL's rules compare something else than the column's own order.
func (f *field) seek(v any) (bound, bool) {
	switch f.kind {
	case textKind:
		s, ok := v.(string)
		if !ok || !utf8.ValidString(s) {
			return bound{}, false // numbers against text compare as numbers
		}
		return bound{f.textKey(s), true}, true
	case enumKind:
		s, ok := v.(string)
		if !ok {
			return bound{}, false
		}
		for i, m := range f.members {
			if f.textKey(m) == f.textKey(s) {
				return bound{signedKey(int64(i + 1)), true}, true
			}
		}
		return bound{}, false
	case timeKind:
		switch v := v.(type) {
		case time.Time:
			return bound{signedKey(v.UnixMicro()), true}, true
		case string:
			if t, ok := instant(v); ok {
				return bound{signedKey(t.UnixMicro()), true}, true
			}
		}
		return bound{}, false
	}
	d, ok := number(v)
	if !ok {
		return bound{}, false
	}
	switch f.kind {
	case floatKind:
		x, _ := d.Float64()
		return bound{floatKey(x), true}, true
	case decimalKind:
		limit := decimal.NewFromBigInt(f.offset, -f.scale)
		switch {
		case d.Cmp(limit) >= 0:
			return aboveAll, true
		case d.Cmp(limit.Neg()) <= 0:
			return belowAll, true
		}
		low := d.Shift(f.scale).Floor().Shift(-f.scale)
		return bound{f.decimalKey(low), low.Equal(d)}, true
	}
	low := d.Floor()
	n := low.BigInt()
	switch {
	case f.kind == unsignedKind && n.IsUint64():
		return bound{unsignedKey(n.Uint64()), low.Equal(d)}, true
	case f.kind == signedKind && n.IsInt64():
		return bound{signedKey(n.Int64()), low.Equal(d)}, true
	case n.Sign() < 0:
		return belowAll, true
	}
	return aboveAll, true
}

// number reads a numeric literal. Text counts if all of it is a number; MySQL's reading
// of "12abc" as 12 is left to the engine.
func number(v any) (decimal.Decimal, bool) {
	switch v := v.(type) {
	case int8:
		return decimal.NewFromInt(int64(v)), true
	case int16:
		return decimal.NewFromInt(int64(v)), true
	case int32:
		return decimal.NewFromInt(int64(v)), true
	case int64:
		return decimal.NewFromInt(v), true
	case uint8:
		return decimal.NewFromInt(int64(v)), true
	case uint16:
		return decimal.NewFromInt(int64(v)), true
	case uint32:
		return decimal.NewFromInt(int64(v)), true
	case uint64:
		return decimal.NewFromUint64(v), true
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return decimal.Decimal{}, false
		}
		return decimal.NewFromFloat(v), true
	case decimal.Decimal:
		return v, true
	case string:
		d, err := decimal.NewFromString(v)
		return d, err == nil
	}
	return decimal.Decimal{}, false
}
