package report

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

// The keys under which a run asks for what an operation need not ask for itself.
const (
	pageKey    = "reportPage"
	totalKey   = "reportTotal"
	atLeastKey = "reportTotalAtLeast"
)

// Run is an operation to run for some tables of a plan.
type Run struct {
	Tables    []*Table
	Query     string   // the document
	Variables []string // the operation's variables that it uses
	// First and After name the variables that say which page is wanted, an Int and a
	// String; "" for a run that is run once. A paged run has one table.
	First, After string
	// Counting is Query with the count of the list, and Skipping asks for the page's cursor
	// only; "" for a run that is run once.
	Counting, Skipping string
	// SkippingVariables are like Variables, of Skipping.
	SkippingVariables []string
}

// Page is where an answer of a paged run stands in its list.
type Page struct {
	Records int    // on the page
	More    bool   // the list goes on
	Cursor  string // of the last record, for After; "" on an empty page
	Total   *int   // nil unless it was counted, and for a list longer than is counted
	AtLeast *int   // a number that such a list reaches
	Null    bool   // there is no list: its system failed, or nothing stands where it would be
}

// runs makes the runs of the tables: one for each that is paged, one for all others.
func runs(schema *ast.Schema, document *ast.QueryDocument, operation *ast.OperationDefinition, tables []*Table,
	mode Mode) []*Run {
	var list []*Run
	once := &Run{}
	for _, t := range tables {
		if t.page == nil {
			once.Tables = append(once.Tables, t)
			continue
		}
		w := writer{schema: schema, document: document, operation: operation, page: t.page}
		w.first, w.after = w.free("reportFirst"), w.free("reportAfter")
		run := &Run{Tables: []*Table{t}, First: w.first, After: w.after}
		run.Query, run.Variables = w.write(t)
		w.asks = theCount
		run.Counting, _ = w.write(t)
		w.asks = theCursor
		run.Skipping, run.SkippingVariables = w.write(t)
		list = append(list, run)
	}
	if len(once.Tables) > 0 {
		w := writer{schema: schema, document: document, operation: operation}
		once.Query, once.Variables = w.write(once.Tables...)
		list = append(list, once)
	}
	return list
}

// Page reads where an answer of a paged run stands.
func (r *Run) Page(data map[string]any) Page {
	at := data
	for _, key := range r.Tables[0].page {
		at, _ = at[key].(map[string]any)
	}
	if at == nil {
		return Page{Null: true}
	}
	info, _ := at[pageKey].(map[string]any)
	page := Page{More: goesOn(at), Total: count(at[totalKey]), AtLeast: count(at[atLeastKey])}
	page.Cursor, _ = info["endCursor"].(string)
	for _, p := range r.Tables[0].own() {
		if list, ok := at[p.key].([]any); ok && p.list {
			page.Records = len(list)
		}
	}
	return page
}

// own are the parts of the connection that the table pages through.
func (t *Table) own() []part {
	parts := t.parts
	for _, key := range t.page {
		at := slices.IndexFunc(parts, func(p part) bool { return p.key == key })
		parts = parts[at].parts
	}
	return parts
}

// writer rewrites an operation for a run: only what its tables need, with the page of
// the list in variables, and with the question whether a cut list goes on.
type writer struct {
	schema       *ast.Schema
	document     *ast.QueryDocument
	operation    *ast.OperationDefinition
	page         []string // response keys of the list to page through; nil for none
	first, after string
	asks         asks
}

// asks is what a paged run wants of its list.
type asks int

const (
	theRecords asks = iota
	theCount        // and the records
	theCursor       // and nothing else
)

// free gives a name that no variable of the operation has.
func (w *writer) free(name string) string {
	for w.operation.VariableDefinitions.ForName(name) != nil {
		name += "_"
	}
	return name
}

func (w *writer) write(tables ...*Table) (query string, variables []string) {
	operation := *w.operation
	wanted := make([]part, 0, len(tables))
	for _, t := range tables {
		wanted = append(wanted, t.parts...)
	}
	operation.SelectionSet = w.only(operation.SelectionSet, wanted, w.page)
	used, fragments := w.needs(operation.SelectionSet)
	definitions := operation.VariableDefinitions
	operation.VariableDefinitions = nil
	for _, v := range definitions {
		if used[v.Variable] || usedBy(operation.Directives, v.Variable) {
			variables = append(variables, v.Variable)
			operation.VariableDefinitions = append(operation.VariableDefinitions, v)
		}
	}
	if w.page != nil {
		operation.VariableDefinitions = append(slices.Clip(operation.VariableDefinitions),
			&ast.VariableDefinition{Variable: w.first, Type: ast.NamedType("Int", nil)},
			&ast.VariableDefinition{Variable: w.after, Type: ast.NamedType("String", nil)})
	}
	var text strings.Builder
	formatter.NewFormatter(&text, formatter.WithIndent("  ")).FormatQueryDocument(&ast.QueryDocument{
		Operations: ast.OperationList{&operation}, Fragments: fragments,
	})
	return text.String(), variables
}

// only keeps the fields of the wanted parts, at the root and below single objects; the
// rest of the tree is kept as it is. page leads on to the list to page through.
func (w *writer) only(set ast.SelectionSet, wanted []part, page []string) ast.SelectionSet {
	var kept ast.SelectionSet
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			if field := w.field(selection, wanted, page); field != nil {
				kept = append(kept, field)
			}
		case *ast.InlineFragment:
			one := *selection
			if one.SelectionSet = w.only(one.SelectionSet, wanted, page); len(one.SelectionSet) > 0 {
				kept = append(kept, &one)
			}
		case *ast.FragmentSpread:
			// Other spreads of the fragment keep their fields, so this one is written out.
			inside := w.only(selection.Definition.SelectionSet, wanted, page)
			if len(inside) > 0 {
				kept = append(kept, &ast.InlineFragment{TypeCondition: selection.Definition.TypeCondition,
					Directives: selection.Directives, SelectionSet: inside})
			}
		}
	}
	return kept
}

// field is one field of only.
func (w *writer) field(field *ast.Field, wanted []part, page []string) *ast.Field {
	var inside []part
	known := false
	for _, p := range wanted {
		if p.key == field.Alias {
			known, inside = true, append(inside, p.parts...)
		}
	}
	one := *field
	switch {
	case !known:
		return nil
	case len(page) == 1 && page[0] == field.Alias:
		w.paged(&one)
	case len(inside) > 0 && !anyList(wanted, field.Alias):
		next := page
		if len(page) > 0 && page[0] == field.Alias {
			next = page[1:]
		}
		if one.SelectionSet = w.only(field.SelectionSet, inside, next); len(one.SelectionSet) == 0 {
			return nil // another occurrence of the field selects what is wanted
		}
		one.SelectionSet = w.mark(field, one.SelectionSet)
	default:
		one.SelectionSet = w.marked(field)
	}
	return &one
}

func anyList(parts []part, key string) bool {
	return slices.ContainsFunc(parts, func(p part) bool { return p.key == key && p.list })
}

// paged makes a field ask for a page in variables. What the operation says of pages is
// that of a screen.
func (w *writer) paged(field *ast.Field) {
	arguments := slices.DeleteFunc(slices.Clone(field.Arguments), func(a *ast.Argument) bool {
		return slices.Contains([]string{"first", "after", "last", "before"}, a.Name)
	})
	variable := func(name string) *ast.Value { return &ast.Value{Kind: ast.Variable, Raw: name} }
	field.Arguments = append(arguments,
		&ast.Argument{Name: "first", Value: variable(w.first)},
		&ast.Argument{Name: "after", Value: variable(w.after)})
	var set ast.SelectionSet
	if w.asks != theCursor {
		set = uncounted(w.deep(field.SelectionSet))
	}
	set = append(set, &ast.Field{Alias: pageKey, Name: "pageInfo", SelectionSet: ast.SelectionSet{
		&ast.Field{Alias: "hasNextPage", Name: "hasNextPage"}, &ast.Field{Alias: "endCursor", Name: "endCursor"},
	}})
	if w.asks == theCount {
		for _, count := range [][2]string{{totalKey, "totalCount"}, {atLeastKey, "totalCountAtLeast"}} {
			// A list over several systems is not counted.
			if w.schema.Types[field.Definition.Type.Name()].Fields.ForName(count[1]) != nil {
				set = append(set, &ast.Field{Alias: count[0], Name: count[1]})
			}
		}
	}
	field.SelectionSet = set
}

// uncounted takes the count and the page out of a connection's selection: the count
// would be made again for each page.
func uncounted(set ast.SelectionSet) ast.SelectionSet {
	var kept ast.SelectionSet
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			if !slices.Contains([]string{"totalCount", "totalCountAtLeast", "pageInfo"}, selection.Name) {
				kept = append(kept, selection)
			}
		case *ast.InlineFragment:
			one := *selection
			if one.SelectionSet = uncounted(one.SelectionSet); len(one.SelectionSet) > 0 {
				kept = append(kept, &one)
			}
		case *ast.FragmentSpread:
			if inside := uncounted(selection.Definition.SelectionSet); len(inside) > 0 {
				kept = append(kept, &ast.InlineFragment{TypeCondition: selection.Definition.TypeCondition,
					Directives: selection.Directives, SelectionSet: inside})
			}
		}
	}
	return kept
}

// marked gives a field's selection in which every connection of records says whether it
// goes on.
func (w *writer) marked(field *ast.Field) ast.SelectionSet {
	return w.mark(field, w.deep(field.SelectionSet))
}

// mark adds the question to a connection's own selection.
func (w *writer) mark(field *ast.Field, set ast.SelectionSet) ast.SelectionSet {
	if field.Definition == nil || !strings.HasSuffix(field.Definition.Type.Name(), "Connection") {
		return set
	}
	if selected := merged(field.SelectionSet); !named(selected, "nodes", "edges") {
		return set
	}
	return append(slices.Clip(set), &ast.Field{Alias: pageKey, Name: "pageInfo", SelectionSet: ast.SelectionSet{
		&ast.Field{Alias: "hasNextPage", Name: "hasNextPage"},
	}})
}

// deep copies a selection, marking the connections in it.
func (w *writer) deep(set ast.SelectionSet) ast.SelectionSet {
	copied := make(ast.SelectionSet, len(set))
	for i, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			one := *selection
			one.SelectionSet = w.marked(selection)
			copied[i] = &one
		case *ast.InlineFragment:
			one := *selection
			one.SelectionSet = w.deep(one.SelectionSet)
			copied[i] = &one
		default:
			copied[i] = selection
		}
	}
	return copied
}

// needs gives the variables that a selection uses, and copies of the fragments that it
// spreads, with their connections marked, in the document's order.
func (w *writer) needs(set ast.SelectionSet) (variables map[string]bool, fragments ast.FragmentDefinitionList) {
	variables = map[string]bool{}
	spread := map[string]bool{}
	var walk func(ast.SelectionSet)
	var value func(*ast.Value)
	value = func(v *ast.Value) {
		if v.Kind == ast.Variable {
			variables[v.Raw] = true
		}
		for _, child := range v.Children {
			value(child.Value)
		}
	}
	directives := func(list ast.DirectiveList) {
		for _, d := range list {
			for _, a := range d.Arguments {
				value(a.Value)
			}
		}
	}
	walk = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch selection := selection.(type) {
			case *ast.Field:
				for _, a := range selection.Arguments {
					value(a.Value)
				}
				directives(selection.Directives)
				walk(selection.SelectionSet)
			case *ast.InlineFragment:
				directives(selection.Directives)
				walk(selection.SelectionSet)
			case *ast.FragmentSpread:
				directives(selection.Directives)
				if !spread[selection.Name] {
					spread[selection.Name] = true
					walk(selection.Definition.SelectionSet)
				}
			}
		}
	}
	walk(set)
	for _, f := range w.document.Fragments {
		if spread[f.Name] {
			one := *f
			one.SelectionSet = w.deep(f.SelectionSet)
			fragments = append(fragments, &one)
		}
	}
	return variables, fragments
}

func usedBy(directives ast.DirectiveList, variable string) bool {
	for _, d := range directives {
		for _, a := range d.Arguments {
			if a.Value.Kind == ast.Variable && a.Value.Raw == variable {
				return true
			}
		}
	}
	return false
}

// count reads a count; nil for null, and for a value that was not asked for.
func count(value any) *int {
	n, ok := value.(json.Number)
	if !ok {
		return nil
	}
	i, err := n.Int64()
	if err != nil {
		return nil
	}
	return new(int(i))
}
