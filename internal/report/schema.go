package report

import "github.com/vektah/gqlparser/v2/ast"

// Schema describes the parameters as JSON Schema.
func (p Parameters) Schema() map[string]any {
	properties := map[string]any{}
	required := []string{}
	for _, one := range p.List {
		s := inputSchema(p.schema, one.Type, map[string]bool{})
		s["title"] = one.Title
		if one.Default != nil {
			s["default"] = one.Default
		}
		if one.Personal {
			s["x-personal"] = true
		}
		properties[one.Name] = s
		if one.Required() {
			required = append(required, one.Name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required,
		"additionalProperties": false}
}

// inputSchema describes a type of a variable. An input object inside itself is named, not
// described again.
func inputSchema(schema *ast.Schema, t *ast.Type, above map[string]bool) map[string]any {
	if t.Elem != nil {
		return map[string]any{"type": "array", "items": inputSchema(schema, t.Elem, above)}
	}
	definition := schema.Types[t.NamedType]
	switch {
	case definition.Kind == ast.InputObject && above[definition.Name]:
		return map[string]any{"type": "object", "title": definition.Name}
	case definition.Kind == ast.InputObject:
		above[definition.Name] = true
		properties := map[string]any{}
		for _, field := range definition.Fields {
			one := inputSchema(schema, field.Type, above)
			if name := chineseName(field.Description); name != "" {
				one["title"] = name
			}
			properties[field.Name] = one
		}
		delete(above, definition.Name)
		return map[string]any{"type": "object", "title": definition.Name, "properties": properties,
			"additionalProperties": false}
	case definition.Kind == ast.Enum:
		names, labels := []string{}, []string{}
		for _, v := range definition.EnumValues {
			names = append(names, v.Name)
			labels = append(labels, chineseHalf(v.Description))
		}
		return map[string]any{"type": "string", "enum": names, "x-labels": labels}
	}
	switch definition.Name {
	case "Int":
		return map[string]any{"type": "integer"}
	case "Float":
		return map[string]any{"type": "number"}
	case "Boolean":
		return map[string]any{"type": "boolean"}
	case "Date":
		return map[string]any{"type": "string", "format": "date"}
	}
	return map[string]any{"type": "string"}
}

// Schema describes a row of the table's JSON as JSON Schema, with names for keys and
// codes for enum values.
func (t *Table) Schema() map[string]any {
	properties := map[string]any{}
	names := []string{}
	for _, c := range t.Columns {
		properties[c.Name] = c.schema()
		names = append(names, c.Name)
	}
	return map[string]any{"type": "object", "properties": properties, "required": names, "additionalProperties": false}
}

func (c *Column) schema() map[string]any {
	s := map[string]any{"title": c.Label, "x-type": c.Type}
	kind := "string"
	if !c.List {
		switch c.Type {
		case Integer:
			kind = "integer"
		case Decimal, Money:
			kind = "number"
		case Flag:
			kind = "boolean"
		case Date:
			s["format"] = "date"
		case Instant:
			s["format"] = "date-time"
		case Enum:
			values := make([]any, 0, len(c.values)+1)
			labels := make([]string, 0, len(c.values))
			for _, value := range c.values {
				values = append(values, value)
				labels = append(labels, c.labels[value])
			}
			s["enum"] = append(values, nil)
			s["x-labels"] = labels
		}
	}
	s["type"] = []string{kind, "null"}
	if c.Personal {
		s["x-personal"] = true
	}
	if c.Repeats {
		s["x-repeats"] = true
	}
	return s
}
