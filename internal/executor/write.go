package executor

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/audit"
)

// writer writes one answer, depth first, when all has been gathered.
type writer struct {
	Buffer
	run     *run
	written []int // by node: how many of its gathered objects have been written
	place   []step
	scratch []any               // objects of lists that are being written
	records int                 // of the answer, for the audit
	person  func(number string) // notes that data of somebody are answered; nil when nobody wants to know
}

// largestKept is the capacity in bytes up to which a buffer is kept for the next answer.
const largestKept = 4 << 20

// reset makes a writer ready for the next answer, without holding on to this one.
func (w *writer) reset() {
	if cap(w.bytes) > largestKept {
		w.bytes = nil
	}
	clear(w.scratch[:cap(w.scratch)])
	*w = writer{Buffer: Buffer{bytes: w.bytes[:0]}, written: w.written[:0], place: w.place[:0], scratch: w.scratch[:0]}
}

// write gives the data of the answer.
func (w *writer) write(r *run) (data []byte) {
	w.run, w.ctx, w.disclosure = r, r.ctx, access.DisclosureOf(r.ctx)
	w.written = append(w.written, make([]int, r.plan.nodes)...)
	defer func() {
		if cause := recover(); cause != nil { // a defect of this package
			r.op.Error(r.ctx, r.op.Recover(r.ctx, cause))
			w.bytes = append(w.bytes[:0], "null"...)
			data = w.bytes
		}
	}()
	trail := audit.From(r.ctx)
	if trail != nil {
		w.person = trail.Person
	}
	if !w.object(r.plan.root, nil) {
		w.null()
	}
	trail.Records(w.records)
	return w.bytes
}

// object writes one object. It reports false, and has written nothing, when a null below
// made the object null.
func (w *writer) object(n *node, object any) bool {
	row := w.written[n.id]
	w.written[n.id]++
	start := len(w.bytes)
	w.bytes = append(w.bytes, '{')
	valid := true
	for k := 0; k < len(n.fields); {
		k = w.fields(n, object, row, k, &valid)
	}
	w.bytes = append(w.bytes, '}')
	switch {
	case !valid:
		w.bytes = w.bytes[:start]
	case w.person != nil:
		w.tell(n, object)
	}
	return valid
}

// tell notes what of the audit's an object is.
func (w *writer) tell(n *node, object any) {
	if n.isRecord {
		w.records++
	}
	if n.object.Persons != nil {
		n.object.Persons(object, w.person)
	}
}

// fields writes an object's fields from the k-th on. When one panics it is null, with an
// error, and the rest is left for another call.
func (w *writer) fields(n *node, object any, row, k int, valid *bool) (next int) {
	start, depth := 0, len(w.place)
	defer func() {
		if cause := recover(); cause != nil {
			f := n.fields[next]
			if f.gathered() {
				panic(cause) // the count of written objects is lost
			}
			w.bytes = w.bytes[:start]
			w.place = append(w.place[:depth], step{field: f})
			w.report(failure{err: w.run.op.RecoverFunc(w.context(), cause)})
			w.place = w.place[:depth]
			w.null()
			*valid = *valid && !f.typ.NonNull
			next++
		}
	}()
	for next = k; next < len(n.fields); next++ {
		f := n.fields[next]
		if next > 0 {
			w.bytes = append(w.bytes, ',')
		}
		w.bytes = append(w.bytes, f.key...)
		if f.def == nil {
			continue
		}
		start = len(w.bytes)
		if f.def.Leaf != nil {
			if f.def.Leaf(&w.Buffer, object) && w.err == nil {
				continue
			}
			w.place = append(w.place, step{field: f})
			*valid = w.nullLeaf(f, start) && *valid
		} else {
			w.place = append(w.place, step{field: f})
			*valid = (w.value(f, object, row) || !f.typ.NonNull) && *valid
		}
		w.place = w.place[:depth]
	}
	return next
}

// value writes a field that has objects or is a relation. It reports false when a null
// stands there; errors have been reported then.
func (w *writer) value(f *field, parent any, row int) bool {
	if f.def.Relation == nil && !f.gathered() {
		return w.plainObjects(f, parent)
	}
	from := &w.run.results[f.id]
	if from.refused != nil {
		w.refuse(f, from.refused)
		w.null()
		return false
	}
	if failure := from.of(row); failure.err != nil {
		w.report(failure)
		w.null()
		return false
	}
	switch {
	case from.leaf != nil:
		start := len(w.bytes)
		return from.leaf(&w.Buffer, row) && w.err == nil || w.nullLeaf(f, start)
	case from.spans == nil:
		return w.one(f, f.typ, from.values[row])
	case from.spans[row].from < 0:
		return w.nullList(f)
	}
	return w.list(f, from.objects(row))
}

// plainObjects writes the objects that stand in the parent.
func (w *writer) plainObjects(f *field, parent any) bool {
	if f.def.One != nil {
		return w.one(f, f.typ, f.def.One(parent))
	}
	base, present := len(w.scratch), false
	if w.scratch, present = f.def.Many(parent, w.scratch); !present {
		return w.nullList(f)
	}
	ok := w.list(f, w.scratch[base:])
	w.scratch = w.scratch[:base]
	return ok
}

// nullList writes a list that is nil: empty where the schema forbids null.
func (w *writer) nullList(f *field) bool {
	if f.typ.NonNull {
		w.bytes = append(w.bytes, "[]"...)
		return true
	}
	w.null()
	return false
}

// list writes a list of objects. It writes all of them, even when one makes the list
// null.
func (w *writer) list(f *field, objects []any) bool {
	start, valid := len(w.bytes), true
	w.bytes = append(w.bytes, '[')
	w.place = append(w.place, step{})
	for i, v := range objects {
		if i > 0 {
			w.bytes = append(w.bytes, ',')
		}
		w.place[len(w.place)-1].index = i
		if !w.one(f, f.typ.Elem, v) && f.typ.Elem.NonNull {
			valid = false
		}
	}
	w.place = w.place[:len(w.place)-1]
	w.bytes = append(w.bytes, ']')
	if !valid {
		w.bytes = w.bytes[:start]
		w.null()
	}
	return valid
}

// one writes an object or null.
func (w *writer) one(f *field, typ *ast.Type, object any) bool {
	if n := w.run.nodeOf(f, object); n != nil {
		if w.object(n, object) {
			return true
		}
	} else if object != nil && w.run.executor.typeOf(object) != "" {
		w.report(failure{err: fmt.Errorf("unexpected type %T of %s", object, f.coordinate())})
	} else {
		w.refuseNull(typ)
	}
	w.null()
	return false
}
