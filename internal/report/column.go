package report

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Type says what the cells of a column are.
type Type string

// The types.
const (
	Text        Type = "text"
	Integer     Type = "integer"
	Decimal     Type = "decimal"     // an exact number
	Money       Type = "money"       // yuan
	Date        Type = "date"        // 2023-03-15
	PartialDate Type = "partialDate" // 2023, 2023-03 or 2023-03-15
	Instant     Type = "instant"     // RFC 3339 with offset +08:00
	Flag        Type = "flag"
	Enum        Type = "enum"
)

// typeOf gives the type of a column by the name of its GraphQL type.
func typeOf(definition *ast.Definition) Type {
	if definition.Kind == ast.Enum {
		return Enum
	}
	switch definition.Name {
	case "Int":
		return Integer
	case "Float", "Decimal":
		return Decimal
	case "Money":
		return Money
	case "Date":
		return Date
	case "PartialDate":
		return PartialDate
	case "DateTime":
		return Instant
	case "Boolean":
		return Flag
	}
	return Text
}

// personal are the types of personal data: masked in answers, refused in addresses.
var personal = map[string]bool{"PersonName": true, "ResidentNumber": true, "Phone": true, "Address": true}

// Column is one column of a table.
type Column struct {
	Name     string // response keys below the record, dotted: "town.name"; unique in its table
	Label    string // Chinese: "镇街"; not always unique
	Type     Type
	List     bool   // a cell holds several values
	Field    string // of the schema with its type, "LegalAidApplicant.name"; "" for the key of a group
	Personal bool   // the gateway masks such values unless a role may see them
	// Repeats is whether the column is of a record with lists of its own: its value stands
	// on each of their rows, and counts once (see Reader.Repeated).
	Repeats bool

	level  int    // of the record it is of
	key    string // response keys from the root, dotted
	order  int    // place in the selection; those of statistics' keys come first
	words  []string
	path   []string
	labels map[string]string // of an enum's values
	values []string          // of an enum, in the schema's order
}

// Cell is one value as the answer has it: nil, string, bool, json.Number, or []any of
// such for a column that is a list.
type Cell = any

// Separator stands between several values in one cell.
const Separator = "；"

// Text is a cell as text; "" for null. With labels, enum values and flags are in Chinese.
func (c *Column) Text(cell Cell, labels bool) string {
	switch cell := cell.(type) {
	case nil:
		return ""
	case string:
		if label, known := c.labels[cell]; labels && known {
			return label
		}
		return cell
	case json.Number:
		return cell.String()
	case bool:
		switch {
		case !labels && cell:
			return "true"
		case !labels:
			return "false"
		case cell:
			return "是"
		}
		return "否"
	case []any:
		texts := make([]string, len(cell))
		for i, item := range cell {
			texts[i] = c.Text(item, labels)
		}
		return strings.Join(texts, Separator)
	}
	return fmt.Sprint(cell) // no scalar of the schema is an object
}
