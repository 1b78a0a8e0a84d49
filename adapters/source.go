package adapters

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/keytext"
	"github.com/bureaugraph/bureaugraph/internal/page"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// Source reads one kind of record from the system that owns it. T is the domain struct;
// it embeds model.Row. A Source is safe for concurrent use.
type Source[T any] struct{ *settler }

// NewSource joins a record's struct, its mapping and its server. It fails when the
// struct lacks a place for a mapped field, which is a defect of this program and not of
// the mapping file.
func NewSource[T any](db *database.DB, system model.System, table *mapping.Table, env cell.Env) (*Source[T], error) {
	record := reflect.TypeFor[T]()
	b, err := bind(record, slices.Concat(table.Fields, table.Unrecorded))
	if err != nil {
		return nil, err
	}
	s := &Source[T]{&settler{store: &store{
		kind:   &model.Kind{System: system, Record: table.Record},
		db:     db,
		env:    env,
		mapped: table,
		bind:   b,
		orders: map[string]*mapping.Field{},
	}}}
	s.rows = s
	if n, ok := any(new(T)).(needer); ok {
		s.needs = n.Needs()
	}
	if n, ok := any(new(T)).(neededElsewhere); ok {
		s.needed = n.NeededBy()
	}
	byName := map[string]*mapping.Field{}
	for _, f := range table.Fields {
		byName[f.Name] = f
	}
	for _, o := range table.Orders {
		s.orders[o.Name] = byName[o.Field]
	}
	return s, nil
}

// List answers one page of all records that the filter lets through; nil where the site has
// no such records. Errors are faults.
func (s *Source[T]) List(ctx context.Context, ask Ask) (*model.Connection[T], error) {
	q, err := s.question(ctx, ask)
	if err != nil || s.mapped.IsAbsent {
		return nil, err
	}
	if err := s.judge(ctx, q, nil); err != nil {
		return nil, err
	}
	var rows []*T
	var places []*string
	at := len(q.list.Project.Columns)
	statement := q.table.List(q.list)
	err = s.read(ctx, q.table, statement, q.list.Project, 0, func(row *T, cells []sql.RawBytes) {
		rows = append(rows, row)
		places = append(places, q.place(cells, at))
	})
	if err != nil {
		return nil, err
	}
	connection, err := s.page(q, rows, places)
	if err != nil {
		return nil, err
	}
	if ask.Count {
		n, err := s.count(ctx, q)
		if err != nil {
			return nil, err
		}
		setTotal(connection, n)
	}
	return connection, nil
}

// All answers every record that the filter lets through, in key order, for small tables
// that are read whole, such as law firms; one too large for that is an error, never a
// short answer. The zero filter lets everything through. It is nil where the site has no
// such records.
func (s *Source[T]) All(ctx context.Context, filter filter.Filter) ([]*T, error) {
	table, err := s.visible(ctx)
	if err != nil || s.mapped.IsAbsent {
		return nil, err
	}
	where, err := s.where(table, filter)
	if err != nil {
		return nil, err
	}
	rows := []*T{}
	project := plan.Project(table, s.want(ctx))
	statement := table.List(plan.List{Project: project, Where: where, Limit: rowsPerStatement + 1})
	err = s.read(ctx, table, statement, project, 0, func(row *T, _ []sql.RawBytes) { rows = append(rows, row) })
	if err == nil && len(rows) > rowsPerStatement {
		return nil, s.tooLarge("records", rowsPerStatement)
	}
	return rows, err
}

// Pages answers the same page for each parent: the records whose field refers to the
// parent's key. Parents without records have an empty page. Keys are canonical (a town's
// code, a lawyer's licence, a parent row's key). Where the site does not record the field
// there are no pages, not even empty ones.
func (s *Source[T]) Pages(ctx context.Context, field string, keys []string,
	ask Ask) (map[string]*model.Connection[T], error) {
	q, err := s.question(ctx, ask)
	if err != nil || !s.Records(field) {
		return nil, err
	}
	pages := make(map[string]*model.Connection[T], len(keys))
	if len(keys) > 0 {
		parent, err := s.parents(q.table, field, keys[:1])
		if err != nil {
			return nil, err
		}
		if err := s.judge(ctx, q, parent[0].Where); err != nil {
			return nil, err
		}
	}
	for chunk := range slices.Chunk(unique(keys), parentsPerStatement) {
		if err := s.pages(ctx, q, field, chunk, pages); err != nil {
			return nil, err
		}
		if ask.Count {
			if err := s.counts(ctx, q, field, chunk, pages); err != nil {
				return nil, err
			}
		}
	}
	return pages, nil
}

func (s *Source[T]) pages(ctx context.Context, q *question, field string, keys []string,
	into map[string]*model.Connection[T]) error {
	parents, err := s.parents(q.table, field, keys)
	if err != nil {
		return err
	}
	rows := make([][]*T, len(keys))
	places := make([][]*string, len(keys))
	at := 1 + len(q.list.Project.Columns)
	statement := q.table.Pages(q.list, parents)
	err = s.read(ctx, q.table, statement, q.list.Project, 1, func(row *T, cells []sql.RawBytes) {
		i, _ := strconv.Atoi(string(cells[0]))
		rows[i] = append(rows[i], row)
		places[i] = append(places[i], q.place(cells, at))
	})
	if err != nil {
		return err
	}
	for i, key := range keys {
		if into[key], err = s.page(q, rows[i], places[i]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Source[T]) counts(ctx context.Context, q *question, field string, keys []string,
	into map[string]*model.Connection[T]) error {
	parents, err := s.parents(q.table, field, keys)
	if err != nil {
		return err
	}
	statement := q.table.Counts(q.list.Where, countCap+1, parents)
	return s.db.Query(ctx, statement.SQL, statement.Args, func(cells []sql.RawBytes) error {
		i, _ := strconv.Atoi(string(cells[0]))
		n, _ := strconv.Atoi(string(cells[1]))
		setTotal(into[keys[i]], n)
		return nil
	})
}

// Statistics counts and groups the records.
func (s *Source[T]) Statistics() *Statistics { return &Statistics{s.settler} }

// Count answers how many records the filter lets through; exact is false when there are
// more than the cap, and n is then the cap.
func (s *Source[T]) Count(ctx context.Context, filter any) (n int, exact bool, err error) {
	q, err := s.question(ctx, Ask{Filter: filter})
	if err != nil {
		return 0, false, err
	}
	n, err = s.count(ctx, q)
	return min(n, countCap), n <= countCap, err
}

// ByKey answers the records whose field has one of the keys, grouped by key; with field
// "" the primary key is meant. Unknown keys are absent from the map, and all are where the
// site does not record the field.
func (s *Source[T]) ByKey(ctx context.Context, field string, keys []string) (map[string][]*T, error) {
	table, err := s.visible(ctx)
	if err != nil || !s.Records(field) {
		return nil, err
	}
	var by *mapping.Field
	if field != "" {
		if by = table.Field(field); by == nil {
			return nil, fmt.Errorf("adapters: %s has no mapped field %s", s.kind.Record, field)
		}
	}
	want := s.want(ctx)
	project := s.projectWith(table, field, func(name string) bool {
		// What else stands in the key's own column costs nothing: a document's number as
		// written beside its normalised form.
		return want(name) || by != nil && table.Field(name).Column == by.Column
	})
	found := make(map[string][]*T, len(keys))
	meant := map[string][]string{} // what a key that is no key may be meant for
	if field == "" {
		for _, k := range slices.Clone(keys) {
			if _, ok := keytext.Split(k, len(s.mapped.Key)); !ok {
				meant[k] = keytext.Readings(k, len(s.mapped.Key))
				keys = slices.Concat(keys, meant[k])
			}
		}
	}
	for batch := range batches(table, by, unique(keys)) {
		rows, err := s.fetch(ctx, table, project, table.Keyed(by, batch.texts))
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			for _, key := range s.entry(row).keys(field) {
				for _, k := range batch.of(key) {
					found[k] = append(found[k], row)
				}
			}
		}
	}
	if field == "" {
		for k, rows := range found {
			found[k] = s.exactly(k, rows)
		}
	}
	for k, readings := range meant {
		for _, reading := range readings {
			if rows := found[reading]; rows != nil {
				found[k] = append(found[k], rows...)
			}
		}
	}
	return found, nil
}

// Only gives the one of several records of a kind that a key means, as ByKey found them. Which
// one it is nobody can say where the system has the key several times: a SOURCE_ERROR.
func Only[T any](kind *model.Kind, rows []*T) (*T, error) {
	if len(rows) > 1 {
		return nil, fault.Source(fault.SourceError, string(kind.System),
			fmt.Sprintf("%s has %d records of %s under one key, and none of them can be meant by it",
				kind.System, len(rows), kind.Record), nil)
	}
	return rows[0], nil
}

// exactly keeps the rows whose key is written like the asked one, where there are such: a
// column may tell a from A.
func (s *Source[T]) exactly(key string, rows []*T) []*T {
	if len(rows) < 2 {
		return rows
	}
	other := func(row *T) bool { return s.entry(row).row().Key() != key }
	if !slices.ContainsFunc(rows, func(row *T) bool { return !other(row) }) {
		return rows
	}
	return slices.DeleteFunc(rows, other)
}

// fetch reads the rows for which the predicate holds, in key order; too many are an
// error, never a short answer.
func (s *Source[T]) fetch(ctx context.Context, table *plan.Table, project *plan.Projection,
	where plan.Predicate) ([]*T, error) {
	var rows []*T
	statement := table.ByKey(project, where, rowsPerStatement+1)
	l := numbered(table, false)
	err := s.read(ctx, table, statement, project, 0, func(row *T, _ []sql.RawBytes) {
		if l != nil {
			l.take(s.entry(row).row())
		}
		rows = append(rows, row)
	})
	if err == nil && len(rows) > rowsPerStatement {
		err = s.tooLarge("related records", rowsPerStatement)
	}
	return rows, err
}

// page makes a connection of the rows of one list: the extra row only tells that the
// list goes on.
func (s *Source[T]) page(q *question, rows []*T, places []*string) (*model.Connection[T], error) {
	if q.likes != nil {
		l := *q.likes
		read, kept := len(rows), 0
		for i, row := range rows {
			if l.take(s.entry(row).row()) {
				rows[kept], places[kept] = row, places[i]
				kept++
			}
		}
		if rows, places = rows[:kept], places[:kept]; read == q.list.Limit && kept < q.list.Limit-q.likes.more() {
			return nil, s.tooLarge("equal records", likesCap)
		}
	}
	more := len(rows) > q.size
	if more {
		rows, places = rows[:q.size], places[:q.size]
	}
	c := &model.Connection[T]{Nodes: rows, HasNext: more, HasPrevious: q.list.After != nil}
	if q.back {
		c.HasNext, c.HasPrevious = q.list.After != nil, more
		slices.Reverse(rows)
		slices.Reverse(places)
	}
	for i, row := range rows {
		isEdge := i == 0 || i == len(rows)-1 || q.edges // the others' cursors are nobody's business
		if isEdge && !q.list.Unplaced {
			r := s.entry(row).row()
			place := places[i]
			if place != nil {
				place = new(s.kind.Hide(*place))
			}
			r.SetCursor(page.Cursor{Order: q.order, Value: place, Key: s.kind.Hide(r.Place())}.Encode())
		}
	}
	if c.Nodes == nil {
		c.Nodes = []*T{}
	}
	return c, nil
}

func setTotal[T any](c *model.Connection[T], n int) {
	if n > countCap {
		c.TotalCountAtLeast = new(countCap)
		return
	}
	c.TotalCount = &n
}

// read runs a statement and decodes its rows; skip is how many cells stand before the
// projection's columns.
func (s *Source[T]) read(ctx context.Context, table *plan.Table, statement plan.Statement, project *plan.Projection,
	skip int, each func(row *T, cells []sql.RawBytes)) error {
	return s.readUntil(ctx, table, statement, project, skip, func(row *T, cells []sql.RawBytes) error {
		each(row, cells)
		return nil
	})
}

// entries implements rows.
func (s *Source[T]) entries(ctx context.Context, table *plan.Table, statement plan.Statement, project *plan.Projection,
	skip int, each func(e entry, cells []sql.RawBytes) error) error {
	return s.readUntil(ctx, table, statement, project, skip, func(row *T, cells []sql.RawBytes) error {
		return each(s.entry(row), cells)
	})
}

// entry is a record without its type.
func (s *Source[T]) entry(row *T) entry { return entry{s.bind, reflect.ValueOf(row).Elem()} }

// readUntil is like read; an error of each ends it.
func (s *Source[T]) readUntil(ctx context.Context, table *plan.Table, statement plan.Statement,
	project *plan.Projection, skip int, each func(row *T, cells []sql.RawBytes) error) error {
	if s.db == nil {
		return fault.Source(fault.SourceUnavailable, string(s.kind.System),
			string(s.kind.System)+" is not part of this deployment", nil)
	}
	rows := newReader[T](s.store, table, project)
	err := s.db.Query(ctx, statement.SQL, statement.Args, func(cells []sql.RawBytes) error {
		row, err := rows.record(cells[skip : skip+len(project.Columns)])
		if err != nil {
			return err
		}
		return each(row, cells)
	})
	sources.From(ctx).Cells(string(s.kind.System), rows.repaired, rows.dropped)
	return err
}
