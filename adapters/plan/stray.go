package plan

import (
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// A stray is a cell that its codec reads and that no list of spellings, and no expression
// of SQL, foresees: ' 10', '10\t', '330109105.00', '临 浦 镇'. The codec is the one truth
// about what a cell means, and SQL cannot repeat it and stay served by an index. So the
// server is asked which such texts a column has: they are few, and stand in the lists of
// spellings from then on.

// Limits of what is kept of one column.
const (
	mostStrays = 2000 // texts
	mostArms   = 300  // texts of days or numbers, which every expression of the field names
)

// strays are those of one column.
type strays struct {
	byValue map[string][]string // canonical value -> raw texts; "" -> texts that mean nothing
	cells   []cellOf            // of lists: whole cells with their items
	odd     []sized             // of days: texts that stand elsewhere than their day does
	arms    []sized             // of days and numbers: texts that SQL reads otherwise than the codec
}

// cellOf is the text of a cell and its items.
type cellOf struct {
	raw   string
	items []string
}

// sized is a text of a day or a number: what it means as a constant of SQL, NULL for
// nothing, and as a day in ISO form.
type sized struct{ raw, literal, day string }

// Search is a question to the server about one column. Its rows are texts, each with what
// SQL reads it as, NULL for nothing and for columns where SQL reads nothing.
type Search struct {
	Statement
	Column string
	field  *mapping.Field // nil for the key
}

// IsCut tells whether the column may have more strays than the rows that came: filters and
// figures may miss those, though lists show what they mean.
func (s Search) IsCut(rows int) bool { return rows >= mostStrays }

// Searches ask for the strays of the table's columns, one statement a column. A column of
// numbers has none.
func (t *Table) Searches() []Search {
	var list []Search
	ask := func(f *mapping.Field, column, condition string) {
		text, read, group := quote(column), "NULL", "`text`"
		if f != nil {
			text = t.cells(f).exact() // else texts are one that the column's collation takes for equal
		}
		if t.column(column).Charset == "" { // blanks at the end may count to it
			group = "HEX(" + quote(column) + ")"
		}
		if isSized(f) {
			read = t.meaning(f)
		}
		var b builder
		b.write("SELECT " + text + " AS `text`, " + read + " AS `read`")
		b.from(t)
		if condition != "" {
			b.write(" WHERE " + condition)
		}
		b.write(" GROUP BY " + group + ", `read` LIMIT " + intText(mostStrays))
		list = append(list, Search{b.statement(), column, f})
	}
	isText := func(column string) bool {
		typ, known := t.Types[strings.ToLower(column)]
		return t.Types == nil || known && (typ.Charset != "" || typ.isRaw())
	}
	if key := t.Mapping.Key; len(key) == 1 && isText(key[0]) {
		ask(nil, key[0],
			quote(t.searched(&mapping.Field{Column: key[0]}).Column)+" REGEXP "+sqlText("^ |[.]0+$|"+blanks(nil)))
	}
	for _, f := range t.Mapping.Fields {
		column := quote(t.searched(f).Column)
		odd := blanks(f)
		switch f.Spec.Kind {
		case "day", "instant", "partialDay":
			if isNative(f) {
				continue
			}
			if isText(f.Column) {
				ask(f, f.Column, column+" REGEXP "+sqlText("^[ +0]|"+odd+"|"+wideForms(f)))
			}
		case "int", "decimal", "money":
			if isText(f.Column) {
				ask(f, f.Column, "NOT "+column+" REGEXP '^[0-9]+([.][0-9]+){0,1}$' OR CHAR_LENGTH("+column+") > 9")
			}
		case "caseNumber":
			if isText(f.Column) {
				usual := regexpQuote(encoded(f, "〔")) + "[0-9]{4}" + regexpQuote(encoded(f, "〕")) + "[0-9]+" +
					regexpQuote(encoded(f, "号")) + "$"
				ask(f, f.Column,
					"NOT "+column+" REGEXP "+sqlText(usual)+" OR "+column+" REGEXP "+sqlText("[ a-z]|"+odd))
			}
		case "enum", "bool", "enums", "town", "department":
			if isText(f.Column) && !f.Spec.Positional {
				ask(f, f.Column, "")
			}
		case "list":
			if isText(f.Column) {
				ask(f, f.Column, column+" REGEXP "+sqlText(" |"+odd))
			}
		case "text", "personName", "address":
			if isText(f.Column) {
				condition := column + " REGEXP " + sqlText("^ |"+blanksAtEnds(f))
				if empty := encodedAll(f, f.Spec.Empty); len(empty) > 0 && t.isOrder(f) {
					condition += " OR " + column + " IN (" + sqlTexts(empty) + ")"
				}
				ask(f, f.Column, condition)
			}
		case "licence":
			if isText(f.Column) { // of lawyers and notaries, which are few
				ask(f, f.Column, "")
			}
		default: // numbers of persons, files and rows
			if isText(f.Column) {
				ask(f, f.Column, column+" REGEXP "+sqlText("[ '`]|[.]0+$|^[+0]|[0-9][eE]|"+regexpQuote(encoded(f,
					"‘"))+"|"+regexpQuote(encoded(f, "’"))+"|"+odd+"|"+wideForms(f)))
			}
		}
	}
	return list
}

// Disorders ask whether columns, by whose own order lists run, hold cells that mean nothing
// and would stand among the values or above them: 9999-12-31, 2021-02-31, 待定. What lies
// below all values stands where nothing does anyway. One statement a column, of one row at
// most.
func (t *Table) Disorders() []Search {
	var list []Search
	for _, f := range t.Mapping.Fields {
		switch f.Spec.Kind {
		case "day", "instant":
		default:
			continue
		}
		if !t.isOrder(f) || !t.asStored(f) || sortsPlaceholders(f) {
			continue
		}
		low, _ := dayBounds(f)
		column := quote(f.Column)
		meant := "(" + readable(f) + ")"
		if !isNative(f) {
			meant = t.meaning(f) + " IS NOT NULL"
		}
		var b builder
		b.write("SELECT " + column)
		b.from(t)
		b.write(" WHERE " + column + " >= " + sqlText(storedDay(f, low)) + " AND NOT IFNULL(" + meant + ", 0) LIMIT 1")
		list = append(list, Search{Statement: b.statement(), field: f})
	}
	return list
}

// isOrder tells whether lists can be ordered by the field.
func (t *Table) isOrder(f *mapping.Field) bool {
	return slices.ContainsFunc(t.Mapping.Orders, func(o mapping.Order) bool { return o.Field == f.Name })
}

// blankCharacters are those that codecs read over and SQL's TRIM does not.
const blankCharacters = "\t\n\v\f\r\u00A0\u2003\u2002\u3000\u200B\uFEFF"

// blanks is a pattern of the blanks.
func blanks(f *mapping.Field) string {
	var list []string
	for _, r := range blankCharacters {
		text := string(r)
		if f != nil {
			raw := cell.Encodings(f.Spec.Charset, text)
			if raw == nil {
				continue
			}
			text = raw[0]
		}
		list = append(list, text)
	}
	return "(" + strings.Join(list, "|") + ")"
}

func blanksAtEnds(f *mapping.Field) string { return "^" + blanks(f) + "|" + blanks(f) + "$" }

// wideForms is a pattern of what full-width digits, letters and signs begin with, or are.
func wideForms(f *mapping.Field) string {
	first := encoded(f, "０")
	if first == "０" {
		var list []string
		for r := '！'; r <= '～'; r++ {
			list = append(list, string(r))
		}
		return "(" + strings.Join(list, "|") + ")"
	}
	return regexpQuote(string([]rune(first)[:1]))
}

// Learn keeps what a Search found: texts, and what SQL reads each as, "" for nothing.
// Before anybody else uses the table.
func (t *Table) Learn(s Search, texts, read []string) {
	if t.strays == nil {
		t.strays = map[*mapping.Field]*strays{}
	}
	known := &strays{byValue: map[string][]string{}}
	for i, raw := range texts {
		t.stray(s.field, raw, read[i], known)
	}
	if len(known.arms) > mostArms {
		known.arms = known.arms[:mostArms]
	}
	t.strays[s.field] = known
	if s.field != nil {
		t.forget(s.field) // made for the search
	}
}

// Disorder keeps what one of Disorders found. Before anybody else uses the table.
func (t *Table) Disorder(s Search, isDisordered bool) {
	if t.disordered == nil {
		t.disordered = map[*mapping.Field]bool{}
	}
	t.disordered[s.field] = isDisordered
}

func (t *Table) stray(f *mapping.Field, raw, read string, known *strays) {
	if f == nil {
		if key := cell.Key(raw); key != raw {
			known.byValue[key] = append(known.byValue[key], raw)
		}
		return
	}
	value, problem := t.Codecs[f.Name].Decode([]byte(raw))
	if f.Spec.Kind != "enums" && problem != nil && problem.Rule == cell.UnknownCode {
		return // it means what all do that no list has
	}
	if isSized(f) {
		one := sizedOf(raw, value)
		if one.day != "" {
			known.odd = append(known.odd, one)
		}
		if !one.isRead(read) {
			known.arms = append(known.arms, one)
		}
		return
	}
	canonical := cell.Canonical(value)
	if canonical == nil && f.Spec.Kind != "enums" && f.Spec.Kind != "list" {
		if strings.Trim(raw, " ") != "" && value == nil {
			known.byValue[""] = append(known.byValue[""], raw)
		}
		return
	}
	if f.Spec.Kind == "enums" || f.Spec.Kind == "list" {
		known.cells = append(known.cells, cellOf{raw, canonical})
		return
	}
	for _, v := range canonical {
		if !t.foresees(f, raw, v) {
			known.byValue[v] = append(known.byValue[v], raw)
		}
	}
}

// foresees tells whether a filter for a value finds a cell without having been told of it.
func (t *Table) foresees(f *mapping.Field, raw, value string) bool {
	return slices.Contains(t.spellings(f, value), raw)
}

// itemCells are the known cells of a list column for which SQL, which looks for one of the
// raw items or for others than them, is wrong about a value: those it would miss, and those
// it would find.
func (t *Table) itemCells(f *mapping.Field, value string, raw []string, others bool) (missed, wrong []string) {
	known := t.strays[f]
	if known == nil {
		return nil, nil
	}
	forms := separators(f)
	for _, c := range known.cells {
		text := strings.ReplaceAll(c.raw, " ", "")
		for _, form := range forms {
			text = strings.ReplaceAll(text, form, forms[0]+forms[0])
		}
		text, found := forms[0]+text+forms[0], false
		for _, item := range raw {
			fenced := forms[0] + strings.ReplaceAll(item, " ", "") + forms[0]
			found = found || strings.Contains(text, fenced)
			if others {
				text = strings.ReplaceAll(text, fenced, "")
			}
		}
		if others {
			found = strings.ReplaceAll(text, forms[0], "") != ""
		}
		switch has := slices.Contains(c.items, value); {
		case has && !found:
			missed = append(missed, c.raw)
		case found && !has:
			wrong = append(wrong, c.raw)
		}
	}
	return missed, wrong
}

// corrected is a predicate on the items of a list column, but for the cells about which SQL
// is known to be wrong.
func (t *Table) corrected(f *mapping.Field, p Predicate, value string, raw []string, others bool) Predicate {
	missed, wrong := t.itemCells(f, value, raw, others)
	if wrong != nil {
		p = all{p, not{t.in(f, wrong)}}
	}
	if missed != nil {
		p = either{p, t.in(f, missed)}
	}
	return p
}

// isSized tells whether a field is one of days or numbers; nil is the key.
func isSized(f *mapping.Field) bool {
	if f == nil {
		return false
	}
	switch f.Spec.Kind {
	case "day", "instant", "partialDay", "int", "decimal", "money":
		return true
	}
	return false
}

// sizedOf is what a decoded cell of days or numbers means.
func sizedOf(raw string, value any) sized {
	switch v := value.(type) {
	case *model.Date:
		return sized{raw, sqlText(v.String()), v.String()}
	case *model.Instant:
		text := v.Time().Format("2006-01-02 15:04:05")
		return sized{raw, sqlText(text), text[:10]}
	case *model.PartialDate:
		d, _ := model.NewDate(int(v.Year), max(int(v.Month), 1), max(int(v.Day), 1))
		return sized{raw, sqlText(d.String()), d.String()}
	case *int:
		return sized{raw: raw, literal: intText(*v)}
	case *model.Decimal:
		return sized{raw: raw, literal: string(*v)}
	case *model.Money:
		return sized{raw: raw, literal: int64Text(int64(*v))}
	}
	return sized{raw: raw, literal: "NULL"}
}

// isRead tells whether SQL reads the text as what it means.
func (s sized) isRead(read string) bool {
	if s.literal == "NULL" || read == "" {
		return s.literal == "NULL" && read == ""
	}
	if s.literal[0] == '\'' {
		return s.literal == sqlText(read)
	}
	a, isNumber := new(big.Rat).SetString(s.literal)
	b, wasNumber := new(big.Rat).SetString(read)
	return isNumber && wasNumber && a.Cmp(b) == 0
}

// Spell lists the raw texts by which cells of the field, nil for the key, mean a value: the
// foreseen ones and the strays.
func (t *Table) Spell(f *mapping.Field, canonical string) []string {
	foreseen := []string{canonical}
	if f != nil {
		foreseen, _ = t.Codecs[f.Name].Spell(canonical)
	}
	return t.withStrays(f, canonical, foreseen)
}

func (t *Table) withStrays(f *mapping.Field, canonical string, foreseen []string) []string {
	known := t.strays[f]
	if known == nil || len(known.byValue[canonical]) == 0 {
		return foreseen
	}
	list := slices.Clip(foreseen)
	for _, raw := range known.byValue[canonical] {
		if !slices.Contains(list, raw) {
			list = append(list, raw)
		}
	}
	return list
}

// straysWith are the strays of a field of texts whose meaning begins with a text though the
// cell does not: blanks that the codec reads over stand before it.
func (t *Table) straysWith(f *mapping.Field, prefix string) []string {
	known := t.strays[f]
	if known == nil {
		return nil
	}
	var list []string
	for _, value := range slices.Sorted(maps.Keys(known.byValue)) {
		if value == "" || !strings.HasPrefix(value, prefix) {
			continue
		}
		for _, raw := range known.byValue[value] {
			begins := func(text string) bool { return strings.HasPrefix(raw, text) }
			if !slices.ContainsFunc(cell.Encodings(f.Spec.Charset, prefix), begins) {
				list = append(list, raw)
			}
		}
	}
	return list
}

// withArms puts what the strays of a field of days or numbers mean before an expression of
// all others.
func (t *Table) withArms(f *mapping.Field, expression string) string {
	known := t.strays[f]
	if known == nil || len(known.arms) == 0 {
		return expression
	}
	byLiteral := map[string][]string{}
	for _, s := range known.arms {
		byLiteral[s.literal] = append(byLiteral[s.literal], sqlText(s.raw))
	}
	var b strings.Builder
	b.WriteString("CASE")
	for _, literal := range slices.Sorted(maps.Keys(byLiteral)) {
		b.WriteString(" WHEN " + quote(f.Column) + " IN (" + strings.Join(byLiteral[literal], ", ") + ") THEN " +
			literal)
	}
	return b.String() + " ELSE " + expression + " END"
}

// hasStrays tells whether a field of days has any.
func (t *Table) hasStrays(f *mapping.Field) bool {
	known := t.strays[f]
	return known != nil && len(known.odd)+len(known.arms) > 0
}

// straysWithin are the strays of a field of days whose day lies in a range.
func (t *Table) straysWithin(f *mapping.Field, from, before string) []string {
	known := t.strays[f]
	if known == nil {
		return nil
	}
	var list []string
	for _, s := range known.odd {
		if s.day >= from && s.day < before {
			list = append(list, s.raw)
		}
	}
	return list
}

// isOrdered tells whether the order of the field's column is, as far as the server was
// asked, that of its days, with what is none below all of them.
func (t *Table) isOrdered(f *mapping.Field) bool {
	return !t.disordered[f] && !t.hasStrays(f)
}

// sqlTexts are texts as literals with commas between.
func sqlTexts(texts []string) string {
	list := make([]string, len(texts))
	for i, text := range texts {
		list[i] = sqlText(text)
	}
	return strings.Join(list, ", ")
}
