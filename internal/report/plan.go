package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Overview is the name of the table of all that is single.
const Overview = "overview"

// Plan says which operations to run for an operation's tables.
type Plan struct {
	Schema *ast.Schema
	// Tables are the operation's tables, the overview last; never empty for an operation
	// that selects more than __typename.
	Tables []*Table
	// Runs are the operations to run: together they give every table once.
	Runs []*Run
}

// Table is one list of an operation, flattened, or its overview.
type Table struct {
	Name    string // response keys: "legalAidCases", "stats.groups"; or Overview
	Label   string // Chinese: 法律援助案件
	Columns []*Column
	Field   *ast.Field // the list, whose arguments say which records; nil for the overview
	// Levels are the lists whose items give rows: first what stands around them all, then
	// each list behind the one it is in.
	Levels []Level

	parts []part
	page  []string // response keys of the connection to page through; nil when there is none
}

// Level is one list of a table.
type Level struct {
	Name   string // response keys below the root's field, dotted, without wrappers; "" for the list at the root
	Label  string // Chinese
	Around int    // the level of the record it is in; 0 for the table's own list
}

// Mode says how lists are read.
type Mode int

// The modes.
const (
	AsAsked   Mode = iota // each list as far as the operation's first goes
	WholeList             // lists at the root, and below single objects, to their end
)

// part is one place of an answer below a table.
type part struct {
	key    string // response key
	kind   kind
	drop   int        // how many of its columns' words its table says already
	column *Column    // of a leaf or of notes
	bucket []*Column  // of a bucket, one a dimension
	list   bool       // of a branch: its value is a list
	wraps  bool       // of a branch: it only leads to records or groups
	parts  []part     // of a branch
	field  *ast.Field // whose part it is, the first of several that are merged
	words  []string   // its Chinese names from the root
	path   []string   // of a branch: response keys from the root, without those of wrappers
	cut    string     // of a branch that is a connection: its response keys, dotted
	isOwn  bool       // of such a branch: it is the table's own list
	guards bool       // of a leaf: it tells whether the figures beside it are withheld

	level int            // of the items of a branch that is a list
	slot  int            // of the column in a row
	slots map[string]int // of the dimensions in a row
}

type kind int

const (
	leaf   kind = iota
	notes       // findings about the record's cells
	bucket      // the key of a group of statistics
	branch      // an object or a list of objects
	total       // the count of the table's own list: no column, it would be the same in each row
)

// New plans an operation of a validated document. variables are the operation's values,
// which decide what statistics are grouped by; nil where they are not known yet. labels
// that fit no field are passed over.
func New(schema *ast.Schema, document *ast.QueryDocument, operation *ast.OperationDefinition, variables map[string]any,
	labels Labels, mode Mode) *Plan {
	b := &builder{schema: schema, operation: operation, variables: variables, labels: labels}
	plan := &Plan{Schema: schema}
	overview := &Table{Name: Overview, Label: "概览"}
	for _, one := range b.parts(merged(operation.SelectionSet), scope{}) {
		plan.Tables = append(plan.Tables, b.tables(one, overview, mode)...)
	}
	if len(overview.parts) > 0 {
		overview.bind(0)
		plan.Tables = append(plan.Tables, overview)
	}
	plan.Runs = runs(schema, document, operation, plan.Tables, mode)
	return plan
}

// Lists are the tables that are lists: what a file of one table can hold. The overview
// counts where there is no list.
func (p *Plan) Lists() []*Table {
	if len(p.Tables) == 1 {
		return p.Tables
	}
	return slices.DeleteFunc(slices.Clone(p.Tables), func(t *Table) bool { return t.Name == Overview })
}

// builder makes the parts of one operation.
type builder struct {
	schema    *ast.Schema
	operation *ast.OperationDefinition
	variables map[string]any
	labels    Labels
	columns   int // made so far
}

// scope is what is inherited on the way down.
type scope struct {
	words   []string   // Chinese names
	path    []string   // response keys without those of wrappers
	keys    []string   // all response keys
	groupBy *ast.Field // the statistics around; nil outside
}

// selected is a field of a selection, with what all its occurrences select.
type selected struct {
	key   string
	field *ast.Field // the first occurrence
	set   ast.SelectionSet
}

// merged gives the fields of a selection by response key, in order; those of fragments on
// any of an interface's types are taken together.
func merged(set ast.SelectionSet) []*selected {
	var list []*selected
	var gather func(ast.SelectionSet)
	gather = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch selection := selection.(type) {
			case *ast.Field:
				at := slices.IndexFunc(list, func(s *selected) bool { return s.key == selection.Alias })
				if at < 0 {
					at = len(list)
					list = append(list, &selected{key: selection.Alias, field: selection})
				}
				list[at].set = append(list[at].set, selection.SelectionSet...)
			case *ast.InlineFragment:
				gather(selection.SelectionSet)
			case *ast.FragmentSpread:
				gather(selection.Definition.SelectionSet)
			}
		}
	}
	gather(set)
	return list
}

// named tells whether the selection has a field of the name, by name and not by alias.
func named(set []*selected, names ...string) bool {
	return slices.ContainsFunc(set, func(s *selected) bool { return slices.Contains(names, s.field.Name) })
}

// answered tells whether the answer has one of the fields under its own name, not under an
// alias.
func answered(set []*selected, names ...string) bool {
	return slices.ContainsFunc(set, func(s *selected) bool {
		return s.key == s.field.Name && slices.Contains(names, s.key)
	})
}

// parts makes the parts of a selection; what is no data gives none.
func (b *builder) parts(set []*selected, in scope) []part {
	set = slices.DeleteFunc(slices.Clone(set), func(s *selected) bool {
		return s.field.Definition == nil || strings.HasPrefix(s.field.Name, "__") || s.field.Name == "pageInfo"
	})
	words := b.words(set, in)
	var parts []part
	for i, s := range set {
		parts = append(parts, b.part(s, words[i], in))
	}
	return parts
}

// words gives each field of a selection its word in headings; "" for those that add none.
// A field without a label has the name of its description, and its alias in brackets
// where another field beside it has the same word.
func (b *builder) words(set []*selected, in scope) []string {
	others := 0
	for _, s := range set {
		if s.field.Name != "id" {
			others++
		}
	}
	words := make([]string, len(set))
	labelled := make([]bool, len(set))
	times := map[string]int{}
	for i, s := range set {
		words[i] = b.labels.at(append(slices.Clip(in.path), s.key))
		labelled[i] = words[i] != ""
		switch {
		case len(in.path) > 0 && wraps(s.field.Name):
			words[i] = ""
		case labelled[i]:
		case len(in.words) > 0 && others == 1 && (s.field.Name == "name" || s.field.Name == "totalCount"):
			// An object of which only the name or the count is wanted needs no second
			// word: 镇街, not 镇街 · 名称.
		default:
			words[i] = cmp.Or(chineseName(s.field.Definition.Description), s.key)
		}
		times[words[i]]++
	}
	for i, s := range set {
		if words[i] != "" && !labelled[i] && times[words[i]] > 1 && s.key != s.field.Name {
			words[i] += "（" + s.key + "）"
		}
	}
	return words
}

// part makes the part of a field.
func (b *builder) part(s *selected, word string, in scope) part {
	field := s.field
	below := scope{words: in.words, path: in.path, keys: append(slices.Clip(in.keys), s.key), groupBy: in.groupBy}
	if field.Arguments.ForName("groupBy") != nil {
		below.groupBy = field
	}
	wrapper := len(in.path) > 0 && wraps(field.Name)
	if !wrapper {
		below.path = append(slices.Clip(in.path), s.key)
	}
	if word != "" {
		below.words = append(slices.Clip(in.words), word)
	}
	definition := b.schema.Types[field.Definition.Type.Name()]
	list := field.Definition.Type.Elem != nil
	p := part{key: s.key, list: list, wraps: wrapper, field: field, words: below.words, path: below.path}
	switch {
	case definition.IsLeafType():
		p.kind, p.column = leaf, b.column(definition, list, below)
		if on := field.ObjectDefinition; on != nil {
			p.column.Field = on.Name + "." + field.Name
		}
		p.guards = guards(field)
	case list && definition.Name == "DataIssue":
		p.kind, p.column = notes, b.column(definition, false, below)
	default:
		inside := merged(s.set)
		if list && below.groupBy != nil && answered(inside, "dimension") && answered(inside, "label", "value") {
			p.kind, p.bucket = bucket, b.dimensions(below)
			return p
		}
		p.kind = branch
		if strings.HasSuffix(definition.Name, "Connection") {
			p.cut = strings.Join(below.path, ".")
		}
		p.parts = b.parts(inside, below)
	}
	return p
}

// guards tells whether a field says, being true or null, that the figures beside it are
// withheld: a count is null only then.
func guards(field *ast.Field) bool {
	on := field.ObjectDefinition
	return on != nil && on.Fields.ForName("suppressed") != nil &&
		slices.Contains([]string{"suppressed", "count", "received", "closed", "numerator"}, field.Name)
}

func (b *builder) column(definition *ast.Definition, list bool, in scope) *Column {
	b.columns++
	c := &Column{
		Type: typeOf(definition), List: list, Personal: personal[definition.Name],
		key: strings.Join(in.keys, "."), order: b.columns, words: in.words, path: in.path,
	}
	if definition.Kind == ast.Enum {
		c.labels = map[string]string{}
		for _, value := range definition.EnumValues {
			c.values = append(c.values, value.Name)
			if label := chineseHalf(value.Description); label != "" {
				c.labels[value.Name] = label
			}
		}
	}
	return c
}

// dimensions makes the columns of what statistics are grouped by.
func (b *builder) dimensions(in scope) []*Column {
	given, err := in.groupBy.Arguments.ForName("groupBy").Value.Value(b.variables)
	if err != nil {
		return nil // refused before it comes to rows
	}
	names, several := given.([]any)
	if !several {
		names = []any{given}
	}
	enum := b.schema.Types[in.groupBy.Definition.Arguments.ForName("groupBy").Type.Name()]
	var list []*Column
	for _, name := range names {
		name, ok := name.(string)
		if !ok || slices.ContainsFunc(list, func(c *Column) bool { return c.path[len(c.path)-1] == name }) {
			continue
		}
		described := ""
		if value := enum.EnumValues.ForName(name); value != nil {
			described = chineseHalf(value.Description)
		}
		path := append(slices.Clip(in.path), name)
		label := cmp.Or(b.labels.at(path), described, strings.ToLower(strings.ReplaceAll(name, "_", " ")))
		list = append(list,
			&Column{Type: Text, key: strings.Join(in.keys, ".") + "." + name, path: path, words: []string{label}})
	}
	return list
}

// holdsRecords is whether a part has a list below it, even if it is empty now.
func (p part) holdsRecords() bool {
	return p.kind == branch && (p.list || slices.ContainsFunc(p.parts, part.holdsRecords))
}
