package dataset

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// octets are the bytes of a cell that is no text of the column's charset.
type octets []byte

// cellText is a text in a charset.
type cellText struct{ text, bytes string }

// text writes a value as text.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return v.Format(time.DateOnly)
	}
	return fmt.Sprint(v)
}

// filling is a table that is being filled.
type filling struct {
	*legacy.Table
	plan  *table
	run   *Run
	at    map[string]int   // column -> place
	clean map[int]bool     // rows that must not be spoilt
	spent map[cellAt]bool  // cells that hold dirt
	queue map[string][]int // by column, the rows that may still be spoilt, where they are shuffled
}

func (run *Run) add(t *table) {
	made := &legacy.Table{Name: t.name, Comment: t.comment, Engine: t.engine, Primary: t.primary, Indexes: t.indexes}
	f := &filling{
		Table: made, plan: t, run: run, at: map[string]int{}, clean: map[int]bool{}, spent: map[cellAt]bool{},
		queue: map[string][]int{},
	}
	for i, c := range t.columns {
		f.at[c.name] = i
		made.Columns = append(made.Columns, c.sql)
	}
	for _, key := range t.primary {
		made.Columns[f.at[key]].NotNull = true
	}
	run.tables[t.name] = f
	run.db.Tables = append(run.db.Tables, made)
}

// bytesOf is in which charset's bytes the texts of a column stand; "" where it is the column's own.
func (f *filling) bytesOf(c legacy.Column) string {
	if c.Charset == "latin1" || c.Charset == "" && f.run.file.charset == "latin1" {
		return f.run.file.latin1
	}
	return ""
}

// set writes a value as the column's type holds it.
func (f *filling) set(row int, column string, v any) {
	at, ok := f.at[column]
	if !ok {
		panic("dataset: " + f.Name + " has no column " + column)
	}
	f.Rows[row][at] = f.stored(f.Columns[at], v)
}

func (f *filling) stored(c legacy.Column, v any) any {
	if v == nil {
		return nil
	}
	if raw, ok := v.(octets); ok {
		return legacy.Latin1(raw)
	}
	number := text(v)
	kind, _, _ := strings.Cut(c.Type, "(")
	var stored any
	var err error
	switch kind {
	case "bigint unsigned":
		stored, err = strconv.ParseUint(number, 10, 64)
	case "int", "bigint", "smallint", "tinyint", "bit":
		stored, err = strconv.ParseInt(number, 10, 64)
	case "double":
		stored, err = strconv.ParseFloat(number, 64)
	default:
		return f.run.shared(cellText{number, f.bytesOf(c)})
	}
	if err != nil {
		panic(fmt.Sprintf("dataset: %s.%s is %s: %v", f.Name, c.Name, c.Type, err))
	}
	return stored
}

// shared gives the cell of a text. Rows share it.
func (run *Run) shared(key cellText) any {
	if cell, ok := run.cells[key]; ok {
		return cell
	}
	var cell any = key.text
	if key.bytes != "" {
		cell = legacy.Mojibake(key.text, key.bytes)
	}
	run.cells[key] = cell
	return cell
}

// cell reads a cell back: a text as it was written, however the column stores it.
func (f *filling) cell(row int, column string) any {
	at := f.at[column]
	v := f.Rows[row][at]
	stored, ok := v.(string)
	bytes := f.bytesOf(f.Columns[at])
	if !ok || bytes == "" || !strings.ContainsFunc(stored, func(r rune) bool { return r >= 0x80 }) {
		return v
	}
	key := cellText{stored, bytes}
	written, known := f.run.written[key]
	if !known {
		written = f.run.decoded(key)
		f.run.written[key] = written
	}
	return written
}

// decoded gives the text of a latin1 cell.
func (run *Run) decoded(cell cellText) string {
	raw := make([]byte, 0, len(cell.text))
	for _, r := range cell.text {
		raw = append(raw, run.bytes[r])
	}
	if cell.bytes == "gbk" {
		if decoded, err := simplifiedchinese.GBK.NewDecoder().Bytes(raw); err == nil {
			return string(decoded)
		}
	}
	return string(raw)
}

// key is the row's key as the gateway knows it.
func (f *filling) key(row int) string {
	parts := make([]string, len(f.plan.key))
	for i, column := range f.plan.key {
		parts[i] = text(f.cell(row, column))
	}
	return strings.Join(parts, "|")
}

// latin1 tells which byte MySQL's latin1 shows as which character.
func latin1() map[rune]byte {
	shown := make(map[rune]byte, 256)
	for n := range 256 {
		for _, r := range legacy.Latin1([]byte{byte(n)}) {
			shown[r] = byte(n)
		}
	}
	return shown
}
