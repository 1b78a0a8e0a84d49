package cost

import (
	"math"
	"reflect"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/internal/page"
)

// What things cost, in points. One point is one record of an answer, read and written.
const (
	Statement = 10   // one relation or list at one place, whatever the number of its parents: its SQL statement
	Condition = 1    // one value in a filter, or in a list of keys; a list inside a list says it once a parent
	Count     = 50   // totalCount: up to 10,000 entries of an index are counted
	Figures   = 500  // a field of statistics: a table is grouped
	Tables    = 5000 // a field that reads whole tables
)

// few is how many objects a list is taken to have that has no pages: departments, groups of
// statistics, events of a deadline. The page of a list that could have some hundred, such
// as that of towns, is taken for the usual one where the client names no size.
const few = 10

// Kind is what a field does beside making the records of its answer.
type Kind int

// The kinds.
const (
	DoesFigures Kind = iota + 1 // groups what is counted of a table
	ReadsTables                 // reads whole tables, or as many rows as a statement may
)

// Model weighs operations of one schema. It is safe for concurrent use.
type Model struct {
	schema *ast.Schema
	kinds  map[string]Kind
	stored map[string]bool   // types whose objects a statement reads
	asks   map[string]uint64 // by type, the systems that a field of it asks, a bit each
	lists  map[string]counts // of the introspection: how long a list is

	// Usual is what the usual introspection query of tools weighs, see Estimate.Introspection.
	Usual int
}

// New makes the model of a schema. kinds are those of its fields that do more than others,
// "Query.dataQuality"; systems are the numbers of those that keep the records of a type, below 64.
func New(schema *ast.Schema, kinds map[string]Kind, systems map[string]int) *Model {
	m := &Model{schema: schema, kinds: kinds, stored: map[string]bool{}, asks: map[string]uint64{},
		lists: introspected(schema)}
	for name, definition := range schema.Types {
		m.asks[name] = asked(schema, definition, systems)
	}
	for _, t := range schema.PossibleTypes["Node"] {
		m.stored[t.Name] = true
	}
	for name, definition := range schema.Types {
		for _, t := range schema.PossibleTypes[name] {
			m.stored[name] = m.stored[name] || definition.IsAbstractType() && m.stored[t.Name]
		}
		m.stored[name] = m.stored[name] || isConnection(name)
	}
	m.Usual = m.usual()
	return m
}

// asked are the systems that a field of the type asks: the type's own, those of all that an interface
// may be, those of the records of a list or of statistics.
func asked(schema *ast.Schema, definition *ast.Definition, systems map[string]int) (all uint64) {
	of := func(name string) {
		if n, known := systems[name]; known {
			all |= 1 << n
		}
	}
	of(strings.TrimSuffix(definition.Name, "Stats"))
	if nodes := definition.Fields.ForName("nodes"); isConnection(definition.Name) && nodes != nil {
		definition = schema.Types[nodes.Type.Name()]
	}
	for _, t := range schema.GetPossibleTypes(definition) {
		of(t.Name)
	}
	return all
}

// Estimate is what a valid operation may take.
type Estimate struct {
	// Cost is in points, see Statement.
	Cost int
	// Records are those in the making, by which memory is bounded: pages as large as the client
	// asks for, inside pages, and one for every object that another leads to.
	Records int
	// Page is the largest page that is asked for by a number, and Field where; 0 is none.
	Page  int
	Field string
	// Systems are those that are asked, by their numbers, a bit each.
	Systems uint64
	// Introspection are the objects that describe the schema.
	Introspection int
}

// Actual is what an operation did cost, in points: the statements that it sent and the rows that it read.
func Actual(statements, rows int) int { return plus(times(Statement, statements), rows) }

// Estimate weighs an operation with the values of its variables. What @skip and @include leave
// out is weighed too.
func (m *Model) Estimate(op *ast.OperationDefinition, variables map[string]any) Estimate {
	w := walk{Model: m, variables: variables, sizes: map[string]int{}, known: map[part]load{}}
	total := w.set(op.SelectionSet, false)
	return Estimate{
		Cost:    plus(total.each, total.once),
		Records: max(1, plus(total.records, total.described/describedToRecord)),
		Page:    w.page, Field: w.field, Systems: total.systems, Introspection: total.described,
	}
}

// load is what a selection costs, as a function of how many parents it has.
type load struct {
	each      int // points for each parent
	once      int // points however many they are
	records   int // for each parent
	described int // objects of the introspection, for each parent
	systems   uint64
	list      int // points for each list that a connection is, not for each of its records
}

func (l load) and(other load) load {
	return load{plus(l.each, other.each), plus(l.once, other.once), plus(l.records, other.records),
		plus(l.described, other.described), l.systems | other.systems, plus(l.list, other.list)}
}

// below is the load of a parent that has n children with the load l.
func (l load) below(n int) load {
	return load{plus(times(l.each, n), l.list), l.once, times(l.records, n), times(l.described, n), l.systems,
		0}
}

// part is a fragment, which weighs more below a single type of the introspection than below all.
type part struct {
	fragment string
	single   bool
}

// walk weighs one operation.
type walk struct {
	*Model
	variables map[string]any
	sizes     map[string]int // of variables: the values in them
	known     map[part]load  // of fragments
	page      int
	field     string
}

func (w *walk) set(set ast.SelectionSet, single bool) (total load) {
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			total = total.and(w.one(selection, single))
		case *ast.InlineFragment:
			total = total.and(w.set(selection.SelectionSet, single))
		case *ast.FragmentSpread:
			total = total.and(w.fragment(selection, single))
		}
	}
	return total
}

func (w *walk) fragment(spread *ast.FragmentSpread, single bool) load {
	at := part{spread.Name, single}
	if known, weighed := w.known[at]; weighed {
		return known
	}
	w.known[at] = load{} // a valid document has no cycles; an invalid one does not get here
	if spread.Definition != nil {
		w.known[at] = w.set(spread.Definition.SelectionSet, single)
	}
	return w.known[at]
}

// one weighs a field of one parent.
func (w *walk) one(f *ast.Field, single bool) load {
	if f.Definition == nil || f.ObjectDefinition == nil {
		return load{}
	}
	own := f.ObjectDefinition.Name
	switch {
	case isIntrospection(f.Name):
		return load{described: 1}.and(w.set(f.SelectionSet, f.Name == "__type"))
	case strings.HasPrefix(own, "__"):
		return w.described(f, single)
	case isConnection(own) && f.Name == "totalCount":
		return load{list: Count}
	case len(f.SelectionSet) == 0:
		return load{}
	case isConnection(own), strings.HasSuffix(own, "Edge"): // the page of a connection has been counted with it
		return w.set(f.SelectionSet, single)
	}
	kind := w.kinds[own+"."+f.Name]
	if kind == ReadsTables {
		return load{each: Tables, records: Tables, systems: w.asks[f.Definition.Type.Name()]}
	}
	children := w.children(f)
	total := load{each: children, records: children}.and(w.set(f.SelectionSet, single).below(children))
	total.systems |= w.asks[f.Definition.Type.Name()]
	if w.stored[f.Definition.Type.Name()] {
		total.once = plus(total.once, Statement)
	}
	if kind == DoesFigures {
		total.each = plus(total.each, Figures)
	}
	total.each = plus(total.each, times(Condition, w.conditions(f)))
	return total
}

func isConnection(name string) bool { return strings.HasSuffix(name, "Connection") }

// children is how many objects the field has for one parent.
func (w *walk) children(f *ast.Field) int {
	switch {
	case f.Definition.Arguments.ForName("first") != nil:
		return w.pageOf(f)
	case f.Arguments.ForName("ids") != nil:
		return max(1, w.values(f.Arguments.ForName("ids").Value))
	case f.Definition.Type.Elem != nil:
		return few
	}
	return 1
}

// pageOf is the page size that a client asks for. One that is out of range is refused later.
func (w *walk) pageOf(f *ast.Field) int {
	for _, name := range []string{"first", "last"} {
		argument := f.Arguments.ForName(name)
		if argument == nil {
			continue
		}
		value, err := argument.Value.Value(w.variables)
		if err != nil {
			continue
		}
		n, isNumber := whole(value)
		if !isNumber {
			continue
		}
		if n > w.page {
			w.page, w.field = n, f.Name
		}
		return min(max(n, 1), page.MaxSize)
	}
	return page.DefaultSize
}

// whole reads a whole number, of a text or a variable.
func whole(value any) (int, bool) {
	switch n := value.(type) {
	case int:
		return n, true
	case int64:
		return int(min(n, math.MaxInt32)), true
	case float64: // of an Int that a client writes as 20.0
		return int(min(n, math.MaxInt32)), true
	}
	return 0, false
}

// conditions counts the values in the filters and lists of a field.
func (w *walk) conditions(f *ast.Field) (n int) {
	for _, a := range f.Arguments {
		definition := f.Definition.Arguments.ForName(a.Name)
		if definition == nil {
			continue
		}
		t := w.schema.Types[definition.Type.Name()]
		if definition.Type.Elem != nil || t != nil && t.Kind == ast.InputObject {
			n = plus(n, w.values(a.Value))
		}
	}
	return n
}

// values counts the values in a value of the text, with those of its variables.
func (w *walk) values(v *ast.Value) (n int) {
	switch v.Kind {
	case ast.Variable:
		known, counted := w.sizes[v.Raw]
		if !counted {
			known = leaves(reflect.ValueOf(w.variables[v.Raw]))
			w.sizes[v.Raw] = known
		}
		return known
	case ast.ListValue, ast.ObjectValue:
		for _, child := range v.Children {
			n = plus(n, w.values(child.Value))
		}
		return n
	}
	return 1
}

// leaves counts the values in the value of a variable: maps and lists of any, and the lists of
// other kinds that gqlparser makes of single values.
func leaves(v reflect.Value) (n int) {
	switch v.Kind() {
	case reflect.Invalid:
		return 0
	case reflect.Interface, reflect.Pointer:
		return leaves(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			n = plus(n, leaves(v.Index(i)))
		}
		return n
	case reflect.Map:
		for entries := v.MapRange(); entries.Next(); {
			n = plus(n, leaves(entries.Value()))
		}
		return n
	}
	return 1
}
