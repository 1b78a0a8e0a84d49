package mapping

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// gives is what the cells of a kind can stand for in the graph.
type gives struct {
	types  []string // GraphQL types of plain fields
	enum   bool     // any enum, instead of types
	list   bool     // the field is a list of them
	refers bool     // the value can also identify another object
}

// fits says what each kind of cell gives; ok is false for an unknown kind.
func fits(kind string) (g gives, ok bool) {
	switch kind {
	case "text", "key", "licence", "creditCode", "caseNumber", "town", "department":
		return gives{types: []string{"String", "ID"}, refers: true}, true
	case "residentId":
		return gives{types: []string{"ResidentNumber", "String"}, refers: true}, true
	case "personName":
		return gives{types: []string{"PersonName"}}, true
	case "phone":
		return gives{types: []string{"Phone"}}, true
	case "address":
		return gives{types: []string{"Address"}}, true
	case "int":
		return gives{types: []string{"Int"}}, true
	case "decimal":
		return gives{types: []string{"Decimal", "Float"}}, true
	case "money":
		return gives{types: []string{"Money"}}, true
	case "bool":
		return gives{types: []string{"Boolean"}}, true
	case "day":
		return gives{types: []string{"Date"}}, true
	case "instant":
		return gives{types: []string{"DateTime"}}, true
	case "partialDay":
		return gives{types: []string{"PartialDate"}}, true
	case "enum":
		return gives{enum: true}, true
	case "enums":
		return gives{enum: true, list: true}, true
	case "list":
		return gives{types: []string{"String", "PersonName"}, list: true, refers: true}, true
	}
	return gives{}, false
}

// String names what the cells give: "String or ID", "a list of an enum".
func (g gives) String() string {
	text := strings.Join(g.types, " or ")
	if g.enum {
		text = "an enum"
	}
	if g.list {
		return "a list of " + text
	}
	return text
}

// relation is what a kind of cell refers to by itself; "" for all but places.
func relation(kind string) string {
	switch kind {
	case "town":
		return "Town"
	case "department":
		return "Department"
	}
	return ""
}

// misfit says why cells of a kind cannot give the field called name, "" when they can.
// refers is the object that the mapping says the value identifies.
func (s Schema) misfit(name string, t fieldType, kind, refers string) string {
	g, _ := fits(kind)
	switch {
	case refers != "" && !g.refers:
		return fmt.Sprintf("refers does not apply to cell %s", kind)
	case t.object() && !g.refers:
		return fmt.Sprintf("cell %s gives %s, but %s is the object %s", kind, g, name, t)
	case t.object() && g.list != t.list:
		return fmt.Sprintf("cell %s identifies %s, but %s is %s", kind, number(g.list), name, t)
	case t.object() && refers == "":
		return fmt.Sprintf("%s is an object: say which one the value identifies, refers: %s", name, t.name)
	case t.object() && !s.is(refers, t):
		return fmt.Sprintf("refers to %s, but %s is %s", refers, name, t)
	case t.object():
		return ""
	case g.list != t.list, g.enum != (t.kind == ast.Enum), !g.enum && !slices.Contains(g.types, t.name):
		return fmt.Sprintf("cell %s gives %s, but %s is %s", kind, g, name, t)
	}
	return ""
}

func number(many bool) string {
	if many {
		return "several objects"
	}
	return "one object"
}
