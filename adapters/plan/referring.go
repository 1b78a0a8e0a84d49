package plan

import (
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// target is an object that a field refers to.
type target struct{ field, key string }

// Referring is the predicate of the rows whose field refers to the object with the
// canonical key. Errors are those of Compile.
//
// A town or department has some twenty spellings in every cell that names it, and lists
// below towns ask for all of them, town by town. They are reference data: so the
// predicate is rendered once and kept, with its texts written out.
func (t *Table) Referring(field, key string, env cell.Env) (Predicate, error) {
	f := t.Field(field)
	isKept := t.Made != nil && f != nil && (f.Spec.Kind == "town" && len(env.Towns.Spellings(key)) > 0 ||
		f.Spec.Kind == "department" && len(env.Departments.Spellings(key)) > 0)
	if isKept {
		if p, ok := t.Made.referring.Load(target{field, key}); ok {
			return p.(Predicate), nil
		}
	}
	p, err := t.Compile(field, filter.Filter{Field: field, Any: []string{key}}, env)
	if err == nil && isKept {
		p = prerendered(p)
		t.Made.referring.Store(target{field, key}, p)
	}
	return p, err
}

// fragment is a predicate that is rendered already.
type fragment struct {
	Statement
	of Predicate
}

func (f fragment) render(b *builder) {
	b.write(f.SQL)
	b.args = append(b.args, f.Args...)
}

// prerendered renders a predicate. Numbers, and texts in which no server sees anything but
// letters and digits, are written out, the others stay arguments.
func prerendered(p Predicate) Predicate {
	b := builder{inline: func(v any) bool {
		switch v := v.(type) {
		case string:
			return isPlain(v)
		case []byte:
			return false
		}
		return true
	}}
	p.render(&b)
	return fragment{b.statement(), p}
}

// isPlain tells whether a text means the same between quotes in every SQL mode.
func isPlain(text string) bool { return !strings.ContainsAny(text, "'\"\\?\x00\r\n\x1a") }
