package adapters_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph"
)

// records gives the struct of each mapped kind of record, by GraphQL type.
func records() map[string]reflect.Type {
	structs := map[string]reflect.Type{}
	set := reflect.TypeFor[adapters.Set]()
	for i := range set.NumField() {
		all, isSource := set.Field(i).Type.MethodByName("All")
		if !isSource {
			continue
		}
		record := all.Type.Out(0).Elem().Elem()
		structs[record.Name()] = record
	}
	return structs
}

// TestEveryFieldIsKnown keeps reading narrow: a field of the graph that neither a mapping
// nor the struct's Needs knows makes every selection of it read all columns.
func TestEveryFieldIsKnown(t *testing.T) {
	schema := graph.Schema()
	towns, departments, err := reference.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	structs := records()
	for system, source := range adapters.Systems().Mappings() {
		file, err := mapping.Parse(source, nil, mapping.SchemaOf(schema),
			cell.Env{Towns: towns, Departments: departments})
		if err != nil {
			t.Fatal(err)
		}
		for name, table := range file.Records {
			record := structs[name]
			if record == nil {
				t.Errorf("%s maps %s, of which there is no source", system, name)
				continue
			}
			delete(structs, name)
			known(t, schema.Types[name], record, table)
		}
	}
	for name := range structs {
		t.Errorf("%s is mapped by no system", name)
	}
}

func known(t *testing.T, d *ast.Definition, record reflect.Type, table *mapping.Table) {
	t.Helper()
	mapped := func(field string) bool {
		for _, f := range table.Fields {
			if f.Name == field || strings.HasPrefix(f.Name, field+".") {
				return true
			}
		}
		return false
	}
	var needs map[string][]string
	if n, ok := reflect.New(record).Interface().(interface{ Needs() map[string][]string }); ok {
		needs = n.Needs()
	}
	for field, wanted := range needs {
		if d.Fields.ForName(field) == nil {
			t.Errorf("%s.Needs names %s, which the graph does not have", d.Name, field)
		}
		for _, w := range wanted {
			if !mapped(w) {
				t.Errorf("%s.%s needs %s, which is not mapped", d.Name, field, w)
			}
		}
	}
	for _, field := range d.Fields {
		switch field.Name {
		case "id", "system", "dataIssues": // of every row; a finding may be in any cell
			continue
		case "deadline", "deadlines": // Open adds what the clock's rules read
			continue
		}
		if _, ok := needs[field.Name]; !ok && !mapped(field.Name) && !strings.HasPrefix(field.Name, "__") {
			t.Errorf("%s.%s is neither mapped nor among the Needs of model.%s: selecting it reads every column", d.Name,
				field.Name, d.Name)
		}
	}
}
