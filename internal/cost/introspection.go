package cost

import (
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// describedToRecord is how many objects of the introspection weigh as much memory as a record.
const describedToRecord = 100

// counts is how long a list of the introspection is: on the average of all types, for what
// stands below all of them, and at most, for what stands below one that the client names.
type counts struct{ average, most int }

// introspected counts what a schema has.
func introspected(schema *ast.Schema) map[string]counts {
	lists := map[string]counts{
		"types":      {len(schema.Types), len(schema.Types)},
		"directives": {len(schema.Directives), len(schema.Directives)},
	}
	var sums, most, arguments, fields = map[string]int{}, map[string]int{}, 0, 0
	note := func(list string, n int) {
		sums[list] += n
		most[list] = max(most[list], n)
	}
	for name, t := range schema.Types {
		switch t.Kind {
		case ast.InputObject:
			note("inputFields", len(t.Fields))
		case ast.Enum:
			note("enumValues", len(t.EnumValues))
		case ast.Object, ast.Interface:
			note("fields", len(t.Fields))
			note("interfaces", len(t.Interfaces))
			for _, f := range t.Fields {
				arguments += len(f.Arguments)
				note("args", len(f.Arguments))
			}
			fields += len(t.Fields)
		}
		if t.IsAbstractType() {
			note("possibleTypes", len(schema.PossibleTypes[name]))
		}
	}
	for _, list := range []string{"inputFields", "enumValues", "fields", "interfaces", "possibleTypes"} {
		lists[list] = counts{average(sums[list], len(schema.Types)), max(most[list], 1)}
	}
	for _, d := range schema.Directives {
		note("args", len(d.Arguments))
	}
	lists["args"] = counts{average(arguments, fields), max(most["args"], 1)}
	return lists
}

// average rounds up, so that no list weighs nothing.
func average(sum, of int) int { return max(1, (sum+of-1)/max(of, 1)) }

// described weighs a field inside the introspection.
func (w *walk) described(f *ast.Field, single bool) load {
	if len(f.SelectionSet) == 0 {
		return load{}
	}
	n := 1
	if list, known := w.lists[f.Name]; known && f.Definition.Type.Elem != nil {
		if n = list.average; single {
			n = list.most
		}
	}
	// What one type leads to is, again, a type like others.
	inside := w.set(f.SelectionSet, single && f.Definition.Type.Elem == nil)
	return load{described: n}.and(inside.below(n))
}

// usual weighs the usual query.
func (m *Model) usual() int {
	document, err := gqlparser.LoadQueryWithRules(m.schema, usualQuery, nil)
	if err != nil { // a schema without introspection is none of gqlparser's
		return 0
	}
	return m.Estimate(document.Operations[0], nil).Introspection
}

// usualQuery is what GraphiQL, graphql-codegen and others ask for (getIntrospectionQuery of
// graphql-js 16).
const usualQuery = `query IntrospectionQuery {
  __schema {
    description
    queryType { name }
    mutationType { name }
    subscriptionType { name }
    types { ...FullType }
    directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
  }
}
fragment FullType on __Type {
  kind name description specifiedByURL
  fields(includeDeprecated: true) {
    name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason
  }
  inputFields(includeDeprecated: true) { ...InputValue }
  interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue {
  name description type { ...TypeRef } defaultValue isDeprecated deprecationReason
}
fragment TypeRef on __Type {
  kind name
  ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
    ofType { kind name ofType { kind name } } } } } } }
}`
