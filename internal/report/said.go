package report

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// Asked gives the arguments of the table's list as text, with the values of variables in
// their places and personal data withheld; "" without arguments. Those that cut a page
// are left out.
func (t *Table) Asked(schema *ast.Schema, variables map[string]any) string {
	if t.Field == nil {
		return ""
	}
	var texts []string
	for _, a := range t.Field.Arguments {
		if slices.Contains([]string{"first", "after", "last", "before"}, a.Name) {
			continue
		}
		value, err := a.Value.Value(variables)
		definition := t.Field.Definition.Arguments.ForName(a.Name)
		if err != nil || definition == nil || value == nil {
			continue
		}
		texts = append(texts, a.Name+": "+Said(schema, definition.Type, value))
	}
	return strings.Join(texts, ", ")
}

// Said writes a value of a type as GraphQL does, with personal data withheld.
func Said(schema *ast.Schema, t *ast.Type, value any) string {
	definition := schema.Types[t.Name()]
	if personal[definition.Name] {
		return "（已隐去）"
	}
	switch value := value.(type) {
	case nil:
		return "null"
	case []any:
		texts := make([]string, len(value))
		for i, item := range value {
			texts[i] = Said(schema, ast.NamedType(t.Name(), nil), item)
		}
		return "[" + strings.Join(texts, ", ") + "]"
	case map[string]any:
		var texts []string
		for name, item := range value {
			field := definition.Fields.ForName(name)
			if field == nil || item == nil {
				continue
			}
			texts = append(texts, name+": "+Said(schema, field.Type, item))
		}
		sort.Strings(texts)
		return "{" + strings.Join(texts, ", ") + "}"
	case string:
		if definition.Kind == ast.Enum {
			return value
		}
		return strconv.Quote(mask.Text(value))
	}
	return fmt.Sprint(value)
}
