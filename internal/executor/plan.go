package executor

import (
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// plan is one operation made ready, with @skip and @include decided. It never changes
// and is shared by requests.
type plan struct {
	root          *node
	nodes, fields int // how many there are: the sizes of a run's tables
}

// node is one place in the operation where objects of one type stand.
type node struct {
	id       int
	object   *Object
	leader   *field   // the field that leads here; nil at the root
	fields   []*field // in the order of the answer, one for each response key
	gathered bool     // a relation stands on it or below it
	isRecord bool     // objects that stand on it are nodes of the graph
}

// field is one field of a node.
type field struct {
	id        int
	def       *Field                 // nil for __typename
	collected graphql.CollectedField // as resolvers see it
	on        *node
	key       string           // `"alias":`, and the value too for __typename
	typ       *ast.Type        // as the concrete type declares it
	nodes     []*node          // where its objects stand: one for each concrete type
	byType    map[string]*node // the same by type name; nil unless the type is abstract
}

// gathered tells whether the objects of the field are gathered.
func (f *field) gathered() bool {
	return slices.ContainsFunc(f.nodes, func(n *node) bool { return n.gathered })
}

// compiler makes one plan.
type compiler struct {
	schema  *ast.Schema
	objects map[string]*Object
	op      *graphql.OperationContext
	plan    *plan
	foreign bool // a field was met that generated code does not know: introspection
}

// compile makes the plan of an operation under the request's variables; nil when the
// operation asks for what is left to gqlgen.
func compile(schema *ast.Schema, objects map[string]*Object, op *graphql.OperationContext) *plan {
	c := &compiler{schema: schema, objects: objects, op: op, plan: &plan{}}
	c.plan.root = c.node(schema.Query.Name, nil, op.Operation.SelectionSet)
	if c.foreign {
		return nil
	}
	return c.plan
}

// node compiles a selection on a concrete type. gqlgen itself merges the fields, so the
// rules about fragments, type conditions and directives are the same by construction.
func (c *compiler) node(typeName string, leader *field, selections ast.SelectionSet) *node {
	n := &node{id: c.plan.nodes, object: c.objects[typeName], leader: leader}
	n.isRecord = slices.Contains(n.object.Satisfies, "Node")
	c.plan.nodes++
	seen := map[string]bool{}
	for _, collected := range graphql.CollectFields(c.op, selections, n.object.Satisfies) {
		if seen[collected.Alias] {
			continue
		}
		seen[collected.Alias] = true
		f := c.field(n, collected)
		n.fields = append(n.fields, f)
		if f.def != nil && f.def.Relation != nil || f.gathered() {
			n.gathered = true
		}
	}
	return n
}

func (c *compiler) field(on *node, collected graphql.CollectedField) *field {
	f := &field{id: c.plan.fields, on: on, collected: collected, key: `"` + collected.Alias + `":`}
	c.plan.fields++
	if collected.Name == "__typename" {
		f.key += `"` + on.object.Name + `"`
		return f
	}
	def, known := on.object.Fields[collected.Name]
	if !known {
		c.foreign = true
		return f
	}
	f.def = &def
	f.typ = c.schema.Types[on.object.Name].Fields.ForName(collected.Name).Type
	switch returned := c.schema.Types[f.typ.Name()]; returned.Kind {
	case ast.Object:
		f.nodes = []*node{c.node(returned.Name, f, collected.Selections)}
	case ast.Interface, ast.Union:
		f.byType = map[string]*node{}
		for _, possible := range c.schema.GetPossibleTypes(returned) {
			if possible.Kind != ast.Object { // an interface that implements this one
				continue
			}
			n := c.node(possible.Name, f, collected.Selections)
			f.byType[possible.Name] = n
			f.nodes = append(f.nodes, n)
		}
	}
	return f
}

// conditions lists the variables that @skip and @include of the operation depend on,
// each once.
func conditions(doc *ast.QueryDocument, op *ast.OperationDefinition) []string {
	var names []string
	seen := map[string]bool{}
	var walk func(set ast.SelectionSet)
	note := func(list ast.DirectiveList) {
		for _, d := range list {
			if d.Name != "skip" && d.Name != "include" {
				continue
			}
			if v := d.Arguments.ForName("if"); v != nil && v.Value.Kind == ast.Variable && !seen[v.Value.Raw] {
				seen[v.Value.Raw] = true
				names = append(names, v.Value.Raw)
			}
		}
	}
	walk = func(set ast.SelectionSet) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				note(s.Directives)
				walk(s.SelectionSet)
			case *ast.InlineFragment:
				note(s.Directives)
				walk(s.SelectionSet)
			case *ast.FragmentSpread:
				note(s.Directives)
			}
		}
	}
	walk(op.SelectionSet)
	for _, f := range doc.Fragments {
		walk(f.SelectionSet)
	}
	return names
}

// decided spells the values of the conditions, for use as a key.
func decided(conditions []string, variables map[string]any) string {
	if len(conditions) == 0 {
		return ""
	}
	var s strings.Builder
	for _, name := range conditions {
		if on, _ := variables[name].(bool); on {
			s.WriteByte('1')
		} else {
			s.WriteByte('0')
		}
	}
	return s.String()
}

// deferred tells whether a document uses @defer, which changes the shape of the answer.
func deferred(doc *ast.QueryDocument) bool {
	var in func(set ast.SelectionSet) bool
	in = func(set ast.SelectionSet) bool {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				if in(s.SelectionSet) {
					return true
				}
			case *ast.InlineFragment:
				if s.Directives.ForName("defer") != nil || in(s.SelectionSet) {
					return true
				}
			case *ast.FragmentSpread:
				if s.Directives.ForName("defer") != nil {
					return true
				}
			}
		}
		return false
	}
	for _, op := range doc.Operations {
		if in(op.SelectionSet) {
			return true
		}
	}
	for _, f := range doc.Fragments {
		if in(f.SelectionSet) {
			return true
		}
	}
	return false
}
