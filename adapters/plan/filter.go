package plan

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/mask"
	"github.com/bureaugraph/bureaugraph/internal/near"
)

// Limits of one filter.
const (
	mostNesting = 8     // of a client's and, or and not
	mostBytes   = 400e3 // of raw texts: a statement must fit the 1 MB packet of MySQL 5.5
)

// Compile turns a filter into a predicate: values into the raw texts that mean them, day
// ranges into ranges of whatever the column stores. Errors are faults, all of them joined,
// that name the argument, argument being the filter's own name ("filter").
func (t *Table) Compile(argument string, filter filter.Filter, env cell.Env) (Predicate, error) {
	c := compiler{Table: t, env: env}
	p := c.filter(argument, filter, 0)
	if c.bytes > mostBytes {
		c.add(fault.Limit("", argument, "names more values than one statement holds; ask for fewer at a time"))
	}
	if c.faults != nil {
		return nil, errors.Join(c.faults...)
	}
	return p, nil
}

// compiler is one run of Compile.
type compiler struct {
	*Table
	env    cell.Env
	faults []error
	bytes  int // of raw texts so far
}

func (c *compiler) add(err error) { c.faults = append(c.faults, err) }

// weigh adds texts to what the statement will hold.
func (c *compiler) weigh(texts ...string) {
	for _, text := range texts {
		c.bytes += len(text) + len("'', ")
	}
}

// filter compiles one filter; after a fault the predicate is of no use.
func (c *compiler) filter(argument string, f filter.Filter, nesting int) Predicate {
	if f.At != "" {
		argument += "." + f.At
		if nesting++; nesting > mostNesting {
			c.add(fault.Limit("", argument, "is nested more than %d deep", mostNesting))
			return either{}
		}
	}
	var parts all
	if f.Field != "" {
		parts = append(parts, c.field(argument, f))
	}
	if f.Keys != nil {
		parts = append(parts, c.Keyed(nil, f.Keys))
	}
	if f.Places != nil {
		parts = append(parts, c.Placed(f.Places))
	}
	for _, child := range f.And {
		if p := c.filter(argument, child, nesting); !IsEverywhere(p) {
			parts = append(parts, p)
		}
	}
	if len(f.Or) > 0 {
		var choices either
		for _, child := range f.Or {
			choices = append(choices, c.filter(argument, child, nesting))
		}
		parts = append(parts, choices)
	}
	if f.Not != nil {
		parts = append(parts, not{c.filter(argument, *f.Not, nesting)})
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return parts
}

// IsEverywhere tells whether a predicate asks nothing.
func IsEverywhere(p Predicate) bool {
	parts, ok := p.(all)
	return ok && len(parts) == 0
}

func (c *compiler) field(argument string, is filter.Filter) Predicate {
	argument += "." + is.Field
	f := c.Field(is.Field)
	if f == nil {
		c.add(fault.Input(argument, "this system does not record it"))
		return either{}
	}
	if !f.IsRecorded() { // who asked for it has been told; see adapters.Source
		return either{}
	}
	switch {
	case is.Standing != 0:
		return c.standing(f, is.Standing)
	case is.Days != nil:
		d := is.Days
		if d.Unreadable != nil {
			if d.From != nil || d.Before != nil {
				c.add(fault.Input(argument, "isUnreadable asks for cells that are no day; leave from and before out"))
			}
			if *d.Unreadable {
				return c.standing(f, filter.Unreadable)
			}
			return not{c.standing(f, filter.Unreadable)}
		}
		if d.From != nil && d.Before != nil && d.From.Compare(*d.Before) >= 0 {
			c.add(fault.Input(argument, "from %s must lie before %s", d.From, d.Before))
			return either{}
		}
		return dayRange(c.Table, f, d.From, d.Before)
	case is.Period != nil:
		done := c.Field(is.Period.Done)
		if done == nil {
			c.add(fault.Input(argument, "this system does not record %s", is.Period.Done))
			return either{}
		}
		if !done.IsRecorded() {
			return either{}
		}
		return c.period(f, done, *is.Period)
	case is.Whole != nil:
		w := is.Whole
		if w.From != nil && w.Before != nil && *w.From >= *w.Before {
			c.add(fault.Input(argument, "from %d must lie before %d", *w.From, *w.Before))
		}
		if slices.Contains(c.linked, f) && f.Spec.Kind == "int" {
			return computed{expression: c.meaning(f), from: w.From, before: w.Before}
		}
		return wholeRange{expression: c.meaning(f), from: w.From, before: w.Before}
	case is.Amount != nil:
		a := is.Amount
		if a.From != nil && a.To != nil && *a.From > *a.To {
			c.add(fault.Input(argument, "from %s must not lie above to %s", a.From, a.To))
		}
		return amounts{expression: c.meaning(f), from: a.From, to: a.To}
	case is.Text != nil:
		return c.matching(argument, f, *is.Text)
	case is.Flag != nil:
		return c.in(f, c.spellings(f, strconv.FormatBool(*is.Flag)))
	}
	return c.oneOf(argument, f, is.Any)
}

// oneOf is the predicate that the field has one of the canonical values.
func (c *compiler) oneOf(argument string, f *mapping.Field, values []string) Predicate {
	if f.Spec.Kind == "int" {
		return c.numbersOf(argument, f, values)
	}
	var raw, patterns []string
	otherwise := false
	for _, v := range values {
		canonical := v
		switch f.Spec.Kind {
		case "town":
			code, ok := c.env.Towns.Find(v)
			if !ok {
				c.add(fault.Input(argument, "%q is no town or street of the reference data; see towns { code name }%s",
					v, nearTo(c.env.Towns, v)))
				continue
			}
			canonical = code
			for _, s := range c.env.Towns.Spellings(code) {
				if len(s) == 9 && isDigits(s) {
					patterns = append(patterns, s+"___") // twelve-digit village codes
				}
			}
		case "department":
			code, ok := c.env.Departments.Find(v)
			if !ok {
				c.add(fault.Input(argument,
					"%q is no department of the reference data; see departments { code name }%s", v,
					nearTo(c.env.Departments, v)))
				continue
			}
			canonical = code
		case "caseNumber":
			number, ok := cell.NormalizeNumber(v)
			if !ok {
				c.add(fault.Input(argument, "%q is no document or case number; write it like 萧政复〔2023〕12号", v))
				continue
			}
			canonical = number
		case "licence":
			number, ok := cell.NormalizeLicence(v)
			if !ok {
				c.add(fault.Input(argument, "%q is no practising licence of 17 digits", v))
				continue
			}
			canonical = number
		case "creditCode":
			code, ok := cell.NormalizeCreditCode(v)
			if !ok {
				c.add(fault.Input(argument,
					"is no unified social credit code of 18 characters and no organisation code of nine, or its check character is wrong"))
				continue
			}
			canonical = code
		}
		if canonical == f.Spec.Else && canonical != "" {
			otherwise = true
			continue
		}
		raw = append(raw, c.spellings(f, canonical)...)
	}
	c.weigh(raw...)
	var p Predicate
	switch {
	case f.Spec.Kind == "enums" && f.Spec.Positional:
		if otherwise { // an unlisted box has no name; one may be called other
			raw = append(raw, c.spellings(f, f.Spec.Else)...)
		}
		return flagged{field: c.exactly(f), numbers: raw}
	case f.Spec.Kind == "enums" || f.Spec.Kind == "list":
		p = c.items(f, values, raw)
	default:
		one := c.in(f, raw)
		one.patterns = patterns
		p = one
	}
	if !otherwise {
		return p
	}
	rest := c.unlisted(f)
	if len(raw) == 0 {
		return rest
	}
	return either{p, rest}
}

// items is the predicate that a list column holds one of the values. Where SQL is known to
// be wrong about some cells each value is asked for by itself.
func (c *compiler) items(f *mapping.Field, values, raw []string) Predicate {
	if known := c.strays[f]; known == nil || len(known.cells) == 0 {
		return item{field: c.exactly(f), values: raw}
	}
	var choices either
	for _, v := range values {
		if v == f.Spec.Else && v != "" {
			continue
		}
		spelled := c.spellings(f, v)
		choices = append(choices, c.corrected(f, item{field: c.exactly(f), values: spelled}, v, spelled, false))
	}
	return choices
}

// nearTo hints at the names nearest to one that a gazetteer does not know.
func nearTo(gazetteer cell.Gazetteer, text string) string {
	if g, ok := gazetteer.(interface{ Near(text string) []string }); ok {
		return near.Hint(g.Near(text))
	}
	return ""
}

// unlisted is the predicate of the value that unlisted codes mean, whether or not some
// listed ones mean it too.
func (t *Table) unlisted(f *mapping.Field) Predicate {
	var listed []string
	for _, e := range f.Spec.Empty {
		listed = append(listed, forms(f, e)...)
	}
	for _, raw := range t.withStrays(f, "", nil) {
		listed = append(listed, strings.Trim(raw, " "))
	}
	values := map[string]bool{}
	for _, v := range f.Spec.Values {
		values[v] = true
	}
	for _, v := range slices.Sorted(maps.Keys(values)) {
		if v != f.Spec.Else {
			for _, raw := range t.spellings(f, v) {
				listed = append(listed, strings.Trim(raw, " "))
			}
		}
	}
	if f.Spec.Kind == "enums" {
		return t.corrected(f, otherItem{field: t.exactly(f), values: listed}, f.Spec.Else, listed, true)
	}
	return unlisted{field: f, cells: t.cells(f), values: listed}
}

// spellings lists the raw texts by which the field's cells, or the items of its lists,
// write a value.
func (t *Table) spellings(f *mapping.Field, canonical string) []string {
	codec := t.Codecs[f.Name]
	switch f.Spec.Kind {
	case "enum", "bool":
		var kept []string
		for _, code := range codesOf(f.Spec, canonical) {
			for _, raw := range forms(f, code) {
				if means(codec, raw, canonical) && !slices.Contains(kept, raw) {
					kept = append(kept, raw)
				}
			}
		}
		return t.withStrays(f, canonical, kept)
	case "enums":
		codes := codesOf(f.Spec, canonical)
		if f.Spec.Positional {
			return codes
		}
		var items []string
		for _, code := range codes {
			items = append(items, forms(f, code)...)
		}
		return items
	}
	if raw, known := codec.Spell(canonical); known {
		return t.withStrays(f, canonical, raw)
	}
	return encodedAll(f, []string{canonical}) // an item of a list, a text with markup
}

// forms are the ways in which a code is written besides itself: with full-width
// characters, and with a fraction of zero, as a spreadsheet or a decimal column leaves
// it. Blanks before it and longer fractions of zeros are not looked for.
func forms(f *mapping.Field, code string) []string {
	candidates := []string{code}
	if wide := widen(code); wide != code && isASCII([]string{code}) {
		candidates = append(candidates, wide)
	}
	if code != "" && isDigits(code) {
		candidates = append(candidates, code+".0")
	}
	return encodedAll(f, candidates)
}

// means tells whether a codec reads a raw text as a canonical value.
func means(codec cell.Codec, raw, canonical string) bool {
	v, _ := codec.Decode([]byte(raw))
	switch v := v.(type) {
	case *string:
		return *v == canonical
	case *bool:
		return strconv.FormatBool(*v) == canonical
	}
	return false
}

// codesOf lists the codes that mean the value, as the mapping writes them.
func codesOf(spec cell.Spec, value string) []string {
	var codes []string
	for code, v := range spec.Values {
		if v == value {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes
}

// numbersOf is the predicate that an int field is one of the numbers.
func (c *compiler) numbersOf(argument string, f *mapping.Field, values []string) Predicate {
	p := numbers{expression: c.meaning(f)}
	for _, v := range values {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			c.add(fault.Input(argument, "%q is no whole number", v))
		}
		p.values = append(p.values, n)
	}
	return p
}

// matching is the predicate of a text condition: character by character, whatever the
// column's collation. In a column with markup it is the raw text that is compared.
//
// What is masked must not be found either, or a number could be asked for digit by digit.
// Arguments that hold a part of one are refused, but for whole texts, and a shorter row of
// digits finds no cell in which a number of a person may stand.
func (c *compiler) matching(argument string, f *mapping.Field, m filter.TextMatch) Predicate {
	column := c.cells(f)
	mayProbe := mask.MayProbe
	if IsNumberField(f.Name) {
		mayProbe = mask.MayProbeNumber
	}
	var parts all
	hasDigits := false
	for i, text := range textsOf(m) {
		hasDigits = hasDigits || mask.HasDigit(text)
		isWhole := i < len(m.Equals) // finds nothing that its asker does not know already
		if isWhole && mask.Holds(text) || !isWhole && mayProbe(text) {
			c.add(fault.Probe(argument))
			return either{}
		}
	}
	if m.Equals != nil {
		var raw []string
		for _, v := range m.Equals {
			raw = append(raw, c.spellings(f, v)...)
		}
		c.weigh(raw...)
		parts = append(parts, c.in(f, raw))
	}
	pattern := func(before, text, after string) {
		c.weigh(text)
		var choices either // of ways to hold it; none where the column cannot
		for _, raw := range cell.Encodings(f.Spec.Charset, text) {
			var p Predicate = like{column, before + escapeLike(raw) + after}
			if isGBK := strings.HasPrefix(f.Spec.Charset, "gbk"); isGBK && before != "" && !isAligned(raw) {
				shown := cell.Encodings("gbk-in-latin1", text)
				p = all{p, aligned{column, shown[len(choices)]}}
			}
			choices = append(choices, p)
		}
		if before == "" {
			if raw := c.straysWith(f, text); raw != nil {
				choices = append(choices, c.in(f, raw))
			}
		}
		if len(choices) == 1 {
			parts = append(parts, choices[0])
		} else {
			parts = append(parts, choices)
		}
	}
	if m.Prefix != nil {
		pattern("", *m.Prefix, "%")
	}
	if m.Contains != nil {
		pattern("%", *m.Contains, "%")
	}
	if empty := encodedAll(f, f.Spec.Empty); len(empty) > 0 && (m.Prefix != nil || m.Contains != nil) {
		parts = append(parts, trim{not{c.in(f, empty)}})
	}
	if hasDigits && (m.Prefix != nil || m.Contains != nil) {
		parts = append(parts, unmasked{c.searched(f)})
	}
	return parts
}

// textsOf are all that a condition asks for.
func textsOf(m filter.TextMatch) []string {
	texts := slices.Clone(m.Equals)
	for _, text := range []*string{m.Prefix, m.Contains} {
		if text != nil {
			texts = append(texts, *text)
		}
	}
	return texts
}

// IsNumberField tells whether a field holds numbers of files or codes, by its name.
func IsNumberField(name string) bool {
	for _, end := range []string{"number", "Number", "Code", "code", "licence", "Licence"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// encodedAll writes texts the way the field's column stores them, and leaves out those it
// cannot.
func encodedAll(f *mapping.Field, texts []string) []string {
	var raw []string
	for _, text := range texts {
		raw = append(raw, cell.Encodings(f.Spec.Charset, text)...)
	}
	return raw
}
