package demo

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// The person who stands in columns where nobody looks for one. The number is of the
// unassigned division 330199.
const (
	StrayName    = "缪剑鸣"
	StrayNumber  = "330199199001010011"
	StrayPhone   = "13899990001"
	StrayLine    = "0571-82999901"
	StrayAddress = "市心北路1088号水乡花园12幢1302室"
)

// Stray is where somebody was planted: a cell by its record, key and field.
type Stray struct{ Record, Key, Field string }

// plantPersonal types a person into every column of free text, behind what stands in one of
// its cells, and in place of what the ledger says is wrong in another of codes, numbers,
// days and places: cells are shifted by a column, and remarks hold whatever a clerk wants to
// remember. No cell that counts changes what it counts for.
func plantPersonal(db *legacy.Database, mapping yamlfile.Source) []Stray {
	var r yamlfile.Reader
	file := r.Read(mapping, "it needs records")
	if err := r.Err(); err != nil {
		panic(fmt.Sprintf("demo: %v", err)) // a constant of this program
	}
	var strays []Stray
	records := file.Get("records").Value
	for _, name := range slices.Sorted(slices.Values(records.Keys())) {
		record := records.Get(name).Value
		if record.Get("select") != nil {
			continue
		}
		table := tableOf(db, word(record, "table"))
		p := &stranger{db: db, record: name, table: table, rows: map[string][]any{}, spoilt: map[string]bool{}}
		keys := map[string]bool{}
		for _, column := range record.Get("key").Value.Items {
			p.key = append(p.key, columnOf(p.table, column.Text))
			keys[column.Text] = true
		}
		p.index()
		fields := record.Get("fields").Value
		taken := map[string]bool{}
		texts := map[string]bool{} // columns in which nothing but text is read
		for _, e := range fields.Entries {
			if twin := e.Value.Get("twin"); twin != nil { // what a label says must stay what its code means
				taken[word(twin.Value, "column")] = true
			}
			column := word(e.Value, "column")
			read, known := texts[column]
			texts[column] = word(e.Value, "cell") == "text" && (read || !known)
		}
		for _, field := range slices.Sorted(slices.Values(fields.Keys())) {
			f := fields.Get(field).Value
			column := word(f, "column")
			at := columnOf(p.table, column)
			if at < 0 || taken[column] || keys[column] {
				continue
			}
			charset := cmp.Or(word(f, "charset"), word(file, "charset"))
			var key string
			if texts[column] && !isCode(field) {
				key = p.append(at, field, charset)
			}
			replaced := ""
			if f.Get("twin") == nil { // else the label beside it would contradict
				replaced = p.replace(at, field, word(f, "cell"), charset)
			}
			if replaced != "" {
				strays = append(strays, Stray{name, replaced, field})
				taken[column] = true
			}
			if key != "" {
				strays = append(strays, Stray{name, key, field})
				taken[column] = true
			}
		}
	}
	return strays
}

// word is the text of an entry of a mapping; "" where it has none.
func word(n *yamlfile.Node, key string) string {
	if e := n.Get(key); e != nil {
		return e.Value.Text
	}
	return ""
}

// isCode tells whether a text field holds a code or number of its own, in which nobody
// writes a sentence.
func isCode(field string) bool {
	// and of venues, which are counted
	for _, end := range []string{"number", "Number", "Code", "code", "licence", "hotline", "Venue"} {
		if strings.HasSuffix(field, end) {
			return true
		}
	}
	return false
}

// stranger types somebody into the rows of one record.
type stranger struct {
	db     *legacy.Database
	record string
	table  *legacy.Table
	key    []int
	rows   map[string][]any // those that the ledger names: they are served
	keys   []string         // of these, the last ones of the table first
	spoilt map[string]bool  // "key\x00field"
}

func (p *stranger) keyOf(row []any) string {
	parts := make([]string, len(p.key))
	for i, at := range p.key {
		parts[i] = textOf(row[at])
	}
	return strings.Join(parts, "|")
}

func (p *stranger) index() {
	named := map[string]bool{}
	for _, d := range p.db.Ledger {
		if d.Record == p.record {
			named[d.Key], p.spoilt[d.Key+"\x00"+d.Field] = true, true
		}
	}
	for _, row := range p.table.Rows {
		if key := p.keyOf(row); named[key] && p.rows[key] == nil {
			p.rows[key] = row
			p.keys = append(p.keys, key)
		}
	}
	slices.Reverse(p.keys)
}

// append writes somebody behind the text of a cell that nothing is wrong with.
func (p *stranger) append(at int, field, charset string) (key string) {
	for _, stray := range []string{
		"（联系人：" + StrayName + StrayNumber + "，电话" + StrayPhone + "、" + StrayLine + "，住" + StrayAddress + "）",
		"，" + StrayName + StrayNumber + "，" + StrayPhone,
		StrayNumber, StrayPhone,
	} {
		raw, ok := stored(charset, stray)
		for _, key := range p.keys {
			row := p.rows[key]
			if text, isText := row[at].(string); ok && isText && text != "" && !p.spoilt[key+"\x00"+field] &&
				!p.isSpoiltColumn(key, field) && fits(p.table.Columns[at], text+raw) {
				row[at] = text + raw
				return key
			}
		}
	}
	return ""
}

// stored writes a text as a column with the charset holds it; ok is false where it cannot.
func stored(charset, text string) (raw string, ok bool) {
	if all := cell.Encodings(charset, text); len(all) > 0 {
		return all[0], true
	}
	return "", false
}

// isSpoiltColumn tells whether something is wrong with what other fields read in the column.
func (p *stranger) isSpoiltColumn(key, field string) bool {
	short := strings.TrimSuffix(field, "Text")
	return p.spoilt[key+"\x00"+short] || p.spoilt[key+"\x00"+short+"Town"] || p.spoilt[key+"\x00"+field+"Key"]
}

// replace writes somebody into a cell in place of what the ledger says cannot be read there.
// What is said of the cell stays true.
func (p *stranger) replace(at int, field, kind, charset string) (key string) {
	for i := len(p.db.Ledger) - 1; i >= 0; i-- {
		d := p.db.Ledger[i]
		if d.Record != p.record || d.Field != field || p.rows[d.Key] == nil {
			continue
		}
		var strays []string
		switch d.Rule {
		case "UNKNOWN_CODE":
			if kind != "enum" {
				continue
			}
			strays = []string{StrayName + StrayNumber, StrayNumber, StrayPhone}
		case "NOT_A_NUMBER":
			if kind == "phone" { // a number behind a name is one
				continue
			}
			strays = []string{StrayName + StrayNumber, StrayName + StrayPhone}
		case "NOT_AN_IDENTIFIER", "UNREADABLE_DATE", "NOT_A_FLAG", "UNKNOWN_TOWN", "UNKNOWN_DEPARTMENT":
			strays = []string{StrayName + StrayNumber, StrayName + StrayPhone}
		default:
			continue
		}
		for _, stray := range strays {
			raw, ok := stored(charset, stray)
			if _, isText := p.rows[d.Key][at].(string); ok && isText && fits(p.table.Columns[at], raw) {
				p.rows[d.Key][at] = raw
				return d.Key
			}
		}
	}
	return ""
}

// fits tells whether a text has room in a column.
func fits(c legacy.Column, text string) bool {
	width, isVarchar := strings.CutPrefix(c.Type, "varchar(")
	n, err := strconv.Atoi(strings.TrimSuffix(width, ")"))
	return strings.Contains(c.Type, "text") || isVarchar && err == nil && utf8.RuneCountInString(text) <= n
}
