package cost

import "github.com/vektah/gqlparser/v2/ast"

// Shape is what the text of a document tells without schema and variables: of each, the most that
// one of its operations has. It may be taken of any document that parses, also of one with cycles
// of fragments or without sense.
type Shape struct {
	Depth      int // fields inside fields; what lies below __schema and __type is not counted
	Fields     int // selected fields, those of a fragment at each of its places
	Aliases    int // of these, the ones with an alias
	RootFields int // of these, the ones at the top

	// Of the text as it stands, a fragment counted once:
	SameField  int // aliases of one field, by its name
	Fragments  int // definitions of fragments
	Spreads    int // places of named fragments, and inline ones
	Directives int
	Name       int // length of the longest name in bytes
}

// ShapeOf looks at a document.
func ShapeOf(document *ast.QueryDocument) Shape {
	var s Shape
	w := sizer{fragments: map[string]*ast.FragmentDefinition{}, known: map[string]*size{}}
	t := texts{shape: &s, aliases: map[string]int{}}
	for _, f := range document.Fragments {
		if _, twice := w.fragments[f.Name]; !twice {
			w.fragments[f.Name] = f
		}
		t.names(f.Name, f.TypeCondition)
		t.directives(f.Directives)
		t.set(f.SelectionSet)
	}
	for _, op := range document.Operations {
		total := w.set(op.SelectionSet)
		s.Depth = max(s.Depth, total.depth)
		s.Fields = max(s.Fields, total.fields)
		s.Aliases = max(s.Aliases, total.aliases)
		s.RootFields = max(s.RootFields, total.level)
		t.operation(op)
	}
	s.Fragments = len(document.Fragments)
	return s
}

// size is the weight of a selection.
type size struct{ depth, level, fields, aliases int }

// sizer weighs each fragment once.
type sizer struct {
	fragments map[string]*ast.FragmentDefinition
	known     map[string]*size // nil while being weighed: a cycle, which validation reports
}

func (w *sizer) set(set ast.SelectionSet) (total size) {
	for _, selection := range set {
		var one size
		switch selection := selection.(type) {
		case *ast.Field:
			one = w.set(selection.SelectionSet)
			one.level = 1
			one.fields = plus(one.fields, 1)
			one.depth++
			if isAliased(selection) {
				one.aliases = plus(one.aliases, 1)
			}
			if isIntrospection(selection.Name) {
				one.depth = 1 // gqlparser's MaxIntrospectionDepth and Model look after these
			}
		case *ast.InlineFragment:
			one = w.set(selection.SelectionSet)
		case *ast.FragmentSpread:
			one = w.fragment(selection.Name)
		}
		total.depth = max(total.depth, one.depth)
		total.level = plus(total.level, one.level)
		total.fields = plus(total.fields, one.fields)
		total.aliases = plus(total.aliases, one.aliases)
	}
	return total
}

func (w *sizer) fragment(name string) size {
	if known, begun := w.known[name]; begun {
		if known == nil {
			return size{}
		}
		return *known
	}
	definition := w.fragments[name]
	if definition == nil {
		return size{} // validation reports it
	}
	w.known[name] = nil
	weight := w.set(definition.SelectionSet)
	w.known[name] = &weight
	return weight
}

func isIntrospection(field string) bool { return field == "__schema" || field == "__type" }

// isAliased tells whether a field has an alias: gqlparser gives each its own name for one.
func isAliased(f *ast.Field) bool { return f.Alias != "" && f.Alias != f.Name }

// texts goes over the text once.
type texts struct {
	shape   *Shape
	aliases map[string]int // by field
}

func (t *texts) operation(op *ast.OperationDefinition) {
	t.names(op.Name)
	t.directives(op.Directives)
	for _, v := range op.VariableDefinitions {
		t.names(v.Variable, v.Type.Name())
		t.directives(v.Directives)
		t.value(v.DefaultValue)
	}
	t.set(op.SelectionSet)
}

func (t *texts) set(set ast.SelectionSet) {
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			t.names(selection.Name, selection.Alias)
			if isAliased(selection) {
				t.aliases[selection.Name]++
				t.shape.SameField = max(t.shape.SameField, t.aliases[selection.Name])
			}
			t.arguments(selection.Arguments)
			t.directives(selection.Directives)
			t.set(selection.SelectionSet)
		case *ast.InlineFragment:
			t.shape.Spreads++
			t.names(selection.TypeCondition)
			t.directives(selection.Directives)
			t.set(selection.SelectionSet)
		case *ast.FragmentSpread:
			t.shape.Spreads++
			t.names(selection.Name)
			t.directives(selection.Directives)
		}
	}
}

func (t *texts) directives(list ast.DirectiveList) {
	t.shape.Directives += len(list)
	for _, d := range list {
		t.names(d.Name)
		t.arguments(d.Arguments)
	}
}

func (t *texts) arguments(list ast.ArgumentList) {
	for _, a := range list {
		t.names(a.Name)
		t.value(a.Value)
	}
}

func (t *texts) value(v *ast.Value) {
	if v == nil {
		return
	}
	if v.Kind == ast.Variable || v.Kind == ast.EnumValue {
		t.names(v.Raw)
	}
	for _, child := range v.Children {
		t.names(child.Name)
		t.value(child.Value)
	}
}

func (t *texts) names(list ...string) {
	for _, name := range list {
		t.shape.Name = max(t.shape.Name, len(name))
	}
}
