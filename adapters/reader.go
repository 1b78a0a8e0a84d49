package adapters

import (
	"database/sql"
	"fmt"
	"reflect"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/keytext"
	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// reader makes records of the rows of one statement. What a cell needs is looked up once
// for all rows. It is used by one goroutine.
type reader[T any] struct {
	store             *store
	key               []int // where its columns stand
	apart             []int // and those of the row's place; nil where the key is the place
	columns           []column
	pairs             []pair // days that must not be reversed
	free              free
	decoded           []decoded // the row at hand, by column
	repaired, dropped int       // findings so far
	fresh             []T       // records not used yet
	made              int       // records at the last making
}

// atOnce is how many records are made at once, at most: the rows of a statement live as
// long as its answer, so that one piece of memory can hold several.
const atOnce = 32

// next gives a record without values. Many statements have one row or few, hence pieces grow.
func (r *reader[T]) next() *T {
	if len(r.fresh) == 0 {
		r.made = min(max(1, 2*r.made), atOnce)
		r.fresh = make([]T, r.made)
	}
	row := &r.fresh[0]
	r.fresh = r.fresh[1:]
	return row
}

// column is one wanted field: where its cell stands, how it is read, where it goes.
type column struct {
	field  *mapping.Field
	codec  cell.Codec
	at     int
	twin   *cell.Twin // nil when the field has no label column
	twinAt int
	place  setter
}

func newReader[T any](s *store, table *plan.Table, project *plan.Projection) *reader[T] {
	r := &reader[T]{store: s, columns: make([]column, len(project.Cells))}
	for i := range s.mapped.Key {
		r.key = append(r.key, i)
	}
	if !slices.Equal(project.Apart, r.key) {
		r.apart = project.Apart
	}
	for i, c := range project.Cells {
		name := c.Field.Name
		r.columns[i] = column{
			field:  c.Field,
			codec:  table.Codecs[name],
			at:     c.At,
			twinAt: c.Twin,
			place:  setter{binding: s.bind.fields[name]},
		}
		if c.Twin >= 0 {
			r.columns[i].twin = table.Twins[name]
		}
	}
	r.free, r.decoded = freeOf(r.columns), make([]decoded, len(r.columns))
	// findings about several cells are looked for where all are read
	if len(project.Cells) == len(table.Mapping.Fields) {
		r.pairs = pairs(table.Mapping.Steps, r.columns)
	}
	return r
}

// record decodes a row; the cells are those of the projection.
func (r *reader[T]) record(cells []sql.RawBytes) (*T, error) {
	s := r.store
	row := r.next()
	v := reflect.ValueOf(row).Elem()
	var issues []*model.DataIssue
	var widened []string
	for i := range r.columns {
		c := &r.columns[i]
		value, problem := c.codec.Decode(cells[c.at])
		r.decoded[i] = decoded{value, problem}
		if problem != nil {
			issues = append(issues, r.issue(c, *problem, cells[c.at]))
		}
		if value == nil {
			continue
		}
		if number, ok := value.(*model.ResidentNumber); ok && cell.IsWidened(c.codec, cells[c.at], *number) {
			widened = append(widened, c.field.Name)
		}
		if err := c.place.set(v, value); err != nil {
			return nil, fmt.Errorf("%s.%s: %w", s.kind.Record, c.field.Name, err)
		}
		if c.twin != nil && c.twin.Disagrees(cells[c.at], cells[c.twinAt]) {
			issues = append(issues,
				r.issue(c, cell.Problem{Rule: cell.LabelMismatch, Severity: cell.Suspect}, cells[c.twinAt]))
		}
	}
	r.mask()
	issues = append(issues, r.reversed(v, cells)...)
	at := v.FieldByIndex(s.bind.row).Addr().Interface().(*model.Row)
	*at = model.NewRow(s.kind, keyText(cells, r.key), issues)
	if r.apart != nil {
		at.SetPlace(keyText(cells, r.apart))
	}
	if widened != nil {
		at.SetWidened(widened)
	}
	return row, nil
}

// keyText is the text of the cells at the indexes.
func keyText(cells []sql.RawBytes, at []int) string {
	if len(at) == 1 && cells[at[0]] != nil {
		return keytext.Join(new(string(cells[at[0]])))
	}
	parts := make([]*string, len(at))
	for i, column := range at {
		if cells[column] != nil {
			parts[i] = new(string(cells[column]))
		}
	}
	return keytext.Join(parts...)
}

// rawShown is how much of a dirty cell a data issue shows, in characters.
const rawShown = 60

// issue reports and counts a finding.
func (r *reader[T]) issue(c *column, p cell.Problem, raw []byte) *model.DataIssue {
	if p.Severity == cell.Dropped {
		r.dropped++
	} else {
		r.repaired++
	}
	issue := &model.DataIssue{Field: c.field.Name, Rule: model.DataIssueRule(p.Rule),
		Severity: model.DataIssueSeverity(p.Severity)}
	if r.store.showRaw && !c.codec.Private() && !c.place.personal && raw != nil {
		if shown := c.codec.Show(raw); mask.MayShow(shown) {
			text := []rune(shown)
			if len(text) > rawShown {
				text = append(text[:rawShown], '…')
			}
			issue.Raw = new(string(text))
		}
	}
	return issue
}
