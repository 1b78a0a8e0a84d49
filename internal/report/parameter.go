package report

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/core"

	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// Parameter is a variable of an operation as a report asks for it.
type Parameter struct {
	Name     string
	Title    string    // Chinese; the name where the library has none
	Type     *ast.Type // as the operation declares it
	Default  any       // what holds when it is not given; nil for nothing
	Personal bool      // personal data, which never stand in an address
}

// Required is whether the report does not run without the parameter.
func (p Parameter) Required() bool { return p.Type.NonNull && p.Default == nil }

// Parameters are those of one report, in the operation's order.
type Parameters struct {
	List   []Parameter
	schema *ast.Schema
}

// Hint is what a library knows of a variable besides its type.
type Hint struct {
	Title   string
	Default any
}

// Parameters gives the variables that the plan's runs use. A variable that only says how
// long a page of a screen is, is none of them.
func (p *Plan) Parameters(operation *ast.OperationDefinition, hints map[string]Hint) Parameters {
	parameters := Parameters{schema: p.Schema}
	for _, v := range operation.VariableDefinitions {
		if !slices.ContainsFunc(p.Runs, func(r *Run) bool { return slices.Contains(r.Variables, v.Variable) }) {
			continue
		}
		one := Parameter{Name: v.Variable, Title: v.Variable, Type: v.Type, Personal: personal[v.Type.Name()],
			Default: hints[v.Variable].Default}
		if title := hints[v.Variable].Title; title != "" {
			one.Title = title
		}
		if one.Default == nil && v.DefaultValue != nil {
			one.Default, _ = v.DefaultValue.Value(nil) // a constant always has one
		}
		parameters.List = append(parameters.List, one)
	}
	return parameters
}

// Finding is one thing that is wrong with what a client sent.
type Finding struct {
	Parameter string `json:"parameter,omitempty"` // as the client wrote it; "" for none
	Message   string `json:"message"`             // one sentence; no value is repeated in it
}

// Given are values as a form or an address has them: texts by dotted name.
type Given map[string][]string

// Undecodable gives the findings about names and values that are no UTF-8, such as those
// that old browsers and reporting tools send in GBK: they would fit no record, silently.
func (g Given) Undecodable() []Finding {
	var findings []Finding
	for _, name := range slices.Sorted(maps.Keys(g)) {
		if !utf8.ValidString(name) ||
			slices.ContainsFunc(g[name], func(text string) bool { return !utf8.ValidString(text) }) {
			findings = append(findings, Finding{Parameter: shown(name), Message: shown(name) + " is not valid UTF-8"})
		}
	}
	return findings
}

// Personal are the names under which stands what looks like the number of a person, see
// mask.Holds, sorted. It is asked of addresses, whatever the names mean.
func (g Given) Personal() []string {
	var names []string
	for name, texts := range g {
		if slices.ContainsFunc(texts, mask.Holds) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// InAddress gives the findings about personal data that stand in an address.
func (p Parameters) InAddress(given Given) []Finding {
	var findings []Finding
	found := func(name, why string) {
		findings = append(findings, Finding{Parameter: shown(name), Message: shown(name) + ": " + why +
			" must not stand in an address, which is logged and kept: send it in the body of a POST, or in the header Report-Variables"})
	}
	named := map[string]bool{}
	for _, one := range p.List {
		for _, name := range []string{one.Name, prefix + one.Name} {
			if _, isGiven := given[name]; isGiven && one.Personal {
				named[name] = true
				found(name, "personal data")
			}
		}
	}
	for _, name := range given.Personal() {
		if !named[name] {
			found(name, "what looks like a person's number")
		}
	}
	return findings
}

// prefix tells a variable from an option of the same name.
const prefix = "var."

var plain = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.]{0,63}$`)

// shown is a name the client chose, unless it is no plain one.
func shown(name string) string {
	if !plain.MatchString(name) || mask.Holds(name) {
		return "…"
	}
	return name
}

// Decode reads the values of the parameters: a list is repeated, or joined with commas
// where its values hold none; fields of an input object are dotted; an empty text is not
// given. Defaults are filled in. Findings are all that is wrong; what is left unsaid here
// the execution says, such as a number out of its range.
func (p Parameters) Decode(given Given) (map[string]any, []Finding) {
	d := decoder{schema: p.schema}
	byName := map[string]Given{}
	for name, texts := range given {
		own, below, _ := strings.Cut(strings.TrimPrefix(name, prefix), ".")
		if !slices.ContainsFunc(p.List, func(one Parameter) bool { return one.Name == own }) {
			d.find(name, "is no parameter of this report%s", p.known(own))
			continue
		}
		if byName[own] == nil {
			byName[own] = Given{}
		}
		byName[own][below] = append(byName[own][below], texts...)
	}
	values := map[string]any{}
	for _, one := range p.List {
		value := d.value(one.Name, one.Type, byName[one.Name])
		switch {
		case value != nil:
			values[one.Name] = value
		case one.Default != nil:
			values[one.Name] = one.Default
		case one.Type.NonNull && !d.found(one.Name):
			d.find(one.Name, "is missing: %s", p.ask(one))
		}
	}
	slices.SortStableFunc(d.findings, func(a, b Finding) int { return strings.Compare(a.Parameter, b.Parameter) })
	return values, d.findings
}

// known is the tail of a sentence about an unknown name.
func (p Parameters) known(name string) string {
	if name == "first" || name == "last" {
		return ", whose rows are cut by page and size"
	}
	if len(p.List) == 0 {
		return ", which has none"
	}
	names := make([]string, len(p.List))
	for i, one := range p.List {
		names[i] = one.Name
	}
	all := "its parameters are " + strings.Join(names, ", ")
	if near := core.SuggestionList(name, names); len(near) > 0 {
		return "; did you mean " + near[0] + "? " + strings.ToUpper(all[:1]) + all[1:]
	}
	return "; " + all
}

// ask says what a parameter wants.
func (p Parameters) ask(one Parameter) string {
	what := "give " + one.Type.Name()
	if wants := wanted(p.schema.Types[one.Type.Name()]); wants != "" {
		what = "give " + wants
	}
	if one.Title != one.Name {
		what += " (" + one.Title + ")"
	}
	return what
}

// wanted says what a value of a type looks like; "" for any text.
func wanted(definition *ast.Definition) string {
	if definition.Kind == ast.Enum {
		names := make([]string, len(definition.EnumValues))
		for i, v := range definition.EnumValues {
			names[i] = v.Name
		}
		return "one of " + strings.Join(names, ", ")
	}
	switch definition.Name {
	case "Int":
		return "a whole number from -2147483648 to 2147483647"
	case "Float":
		return "a number, as in 12.5"
	case "Boolean":
		return "true or false"
	case "Date":
		return "a day of the form 2023-03-15"
	}
	return ""
}

// decoder reads values and gathers findings.
type decoder struct {
	schema   *ast.Schema
	findings []Finding
}

func (d *decoder) find(name, format string, args ...any) {
	d.findings = append(d.findings,
		Finding{Parameter: shown(name), Message: shown(name) + ": " + fmt.Sprintf(format, args...)})
}

func (d *decoder) found(name string) bool {
	return slices.ContainsFunc(d.findings, func(f Finding) bool {
		return f.Parameter == name || strings.HasPrefix(f.Parameter, name+".")
	})
}

// value reads what was given for one place: its own texts stand under "", those of its
// fields under their names. nil is nothing.
func (d *decoder) value(place string, t *ast.Type, given Given) any {
	definition := d.schema.Types[t.Name()]
	texts := slices.DeleteFunc(slices.Clone(given[""]), func(text string) bool { return strings.TrimSpace(text) == "" })
	if definition.Kind == ast.InputObject {
		return d.object(place, t, definition, texts, given)
	}
	for name := range given {
		if name != "" {
			d.find(place+"."+name, "has no place: %s has no fields", place)
		}
	}
	if t.Elem == nil {
		switch len(texts) {
		case 0:
			return nil
		case 1:
			return d.scalar(place, definition, texts[0])
		}
		d.find(place, "is given %d times and takes one value", len(texts))
		return nil
	}
	var list []any
	for _, text := range texts {
		items := []string{text}
		if wanted(definition) != "" {
			items = strings.Split(text, ",") // such values hold no comma
		}
		for _, item := range items {
			if item := strings.TrimSpace(item); item != "" {
				list = append(list, d.scalar(place, definition, item))
			}
		}
	}
	if list == nil {
		return nil
	}
	return list
}

// object reads an input object: dotted fields, or one JSON text.
func (d *decoder) object(place string, t *ast.Type, definition *ast.Definition, texts []string, given Given) any {
	switch {
	case len(texts) > 1, len(texts) == 1 && len(given) > 1:
		d.find(place, "is given several times: write it as one JSON text, or field by field")
		return nil
	case len(texts) == 1:
		return d.json(place, t, definition, texts[0])
	case t.Elem != nil:
		if len(given) > 0 {
			d.find(place, "is a list of %s: write it as JSON", definition.Name)
		}
		return nil
	}
	fields := map[string]Given{}
	for name, texts := range given {
		if name == "" {
			continue
		}
		own, below, _ := strings.Cut(name, ".")
		if fields[own] == nil {
			fields[own] = Given{}
		}
		fields[own][below] = append(fields[own][below], texts...)
	}
	object := map[string]any{}
	for name, inside := range fields {
		field := definition.Fields.ForName(name)
		if field == nil {
			names := make([]string, len(definition.Fields))
			for i, f := range definition.Fields {
				names[i] = f.Name
			}
			d.find(place+"."+name, "is no field of %s; its fields are %s", definition.Name, strings.Join(names, ", "))
			continue
		}
		if value := d.value(place+"."+name, field.Type, inside); value != nil {
			object[name] = value
		}
	}
	if len(object) == 0 {
		return nil
	}
	return object
}

// scalar reads one text.
func (d *decoder) scalar(place string, definition *ast.Definition, text string) any {
	wants := wanted(definition)
	var value any = text
	bad := false
	switch {
	case definition.Kind == ast.Enum:
		bad = definition.EnumValues.ForName(text) == nil
	case definition.Name == "Int":
		n, err := strconv.ParseInt(text, 10, 32)
		value, bad = n, err != nil
	case definition.Name == "Float":
		n, err := strconv.ParseFloat(text, 64)
		value, bad = n, err != nil
	case definition.Name == "Boolean":
		value, bad = text == "true", text != "true" && text != "false"
	case definition.Name == "Date":
		_, err := time.Parse(time.DateOnly, text)
		bad = err != nil
	}
	if bad {
		d.find(place, "must be %s", wants)
	}
	return value
}

// json reads an input object, or a list of such, that is one JSON text.
func (d *decoder) json(place string, t *ast.Type, definition *ast.Definition, text string) any {
	var value any
	if err := unmarshal(text, &value); err != nil {
		d.find(place, "is no JSON text of a %s: write its fields as %s.%s, or all of it as JSON", definition.Name,
			place, definition.Fields[0].Name)
		return nil
	}
	if t.Elem == nil {
		object, ok := value.(map[string]any)
		if !ok {
			d.find(place, "must be a JSON object")
			return nil
		}
		given := Given{}
		given.add("", object)
		return d.value(place, t, given)
	}
	items, several := value.([]any)
	if !several {
		items = []any{value}
	}
	list := []any{}
	for i, item := range items {
		given := Given{}
		given.add("", item)
		list = append(list, d.value(fmt.Sprintf("%s.%d", place, i), t.Elem, given))
	}
	return list
}
