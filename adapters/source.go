package adapters

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/clock"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/flight"
	"github.com/bureaugraph/bureaugraph/internal/keytext"
	"github.com/bureaugraph/bureaugraph/internal/page"
	"github.com/bureaugraph/bureaugraph/internal/selection"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// Limits of one statement. They bound a request's memory whatever the data.
const (
	textsPerStatement   = 8000  // raw texts of one IN list: well below the range optimizer's memory of MySQL 5.7 and later
	bytesPerStatement   = 400e3 // their length: a statement must fit the 1 MB packet of MySQL 5.5
	parentsPerStatement = 100   // limited selects of one UNION ALL
	rowsPerStatement    = 20000 // rows of one batch of children
	countCap            = 10000 // totalCount is exact up to here
	groupsCap           = 10000 // raw combinations of one grouping
)

// Source reads one kind of record from the system that owns it. T is the domain struct;
// it embeds model.Row. A Source is safe for concurrent use.
type Source[T any] struct {
	kind    *model.Kind
	db      *database.DB
	env     cell.Env
	mapped  *mapping.Table
	bind    *binder
	needs   map[string][]string // computed field -> mapped fields it reads
	needed  map[string][]string // field of another type, "Person.name" -> mapped fields it reads
	orders  map[string]*mapping.Field
	clock   *clock.Clock // with the rules whose fields the site records
	roles   []role       // of those the record is about
	links   []link       // fields of records that the record refers to
	catalog *catalog     // nil knows nothing of the server's tables
	showRaw bool         // data issues show cells as stored

	clockless map[string][]string // by step: the fields for want of which no rule is applied

	making   flight.Group[struct{}] // of table
	mu       sync.Mutex
	table    *plan.Table    // nil until the dictionaries are read
	physical *plan.Physical // by which table was made
	sought   time.Time      // when the strays of table were learned; zero when they were not
	seeking  bool           // again, now
}

// needer is implemented by records with computed fields: it names the mapped fields
// each of them reads; an empty list reads none.
type needer interface{ Needs() map[string][]string }

// neededElsewhere is implemented by records that fields of other types gather: for each
// of these, "Person.name", it names the mapped fields that are read.
type neededElsewhere interface{ NeededBy() map[string][]string }

// NewSource joins a record's struct, its mapping and its server. It fails when the
// struct lacks a place for a mapped field, which is a defect of this program and not of
// the mapping file.
func NewSource[T any](db *database.DB, system model.System, table *mapping.Table, env cell.Env) (*Source[T], error) {
	record := reflect.TypeFor[T]()
	b, err := bind(record, slices.Concat(table.Fields, table.Unrecorded))
	if err != nil {
		return nil, err
	}
	s := &Source[T]{
		kind:   &model.Kind{System: system, Record: table.Record},
		db:     db,
		env:    env,
		mapped: table,
		bind:   b,
		orders: map[string]*mapping.Field{},
	}
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

// Kind tells which system and type the source serves.
func (s *Source[T]) Kind() *model.Kind { return s.kind }

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
	table, err := s.ready(ctx)
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
func (s *Source[T]) Pages(ctx context.Context, field string, keys []string, ask Ask) (map[string]*model.Connection[T], error) {
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

func (s *Source[T]) pages(ctx context.Context, q *question, field string, keys []string, into map[string]*model.Connection[T]) error {
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

func (s *Source[T]) counts(ctx context.Context, q *question, field string, keys []string, into map[string]*model.Connection[T]) error {
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

// parents renders for each key the predicate of the rows that refer to it.
func (s *Source[T]) parents(table *plan.Table, field string, keys []string) ([]plan.Parent, error) {
	parents := make([]plan.Parent, len(keys))
	for i, key := range keys {
		p, err := table.Referring(field, key, s.env)
		if err != nil {
			return nil, err
		}
		parents[i].Where = p
	}
	return parents, nil
}

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

func (s *Source[T]) count(ctx context.Context, q *question) (n int, err error) {
	statement := q.table.Count(q.list.Where, countCap+1)
	err = s.db.Query(ctx, statement.SQL, statement.Args, func(cells []sql.RawBytes) error {
		n, err = strconv.Atoi(string(cells[0]))
		return err
	})
	return n, err
}

// ByKey answers the records whose field has one of the keys, grouped by key; with field
// "" the primary key is meant. Unknown keys are absent from the map, and all are where the
// site does not record the field.
func (s *Source[T]) ByKey(ctx context.Context, field string, keys []string) (map[string][]*T, error) {
	table, err := s.ready(ctx)
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
			for _, key := range s.keysOf(row, field) {
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

// Only gives the one of several records that a key means, as ByKey found them. Which one it
// is nobody can say where the system has the key several times: a SOURCE_ERROR.
func (s *Source[T]) Only(rows []*T) (*T, error) {
	if len(rows) > 1 {
		return nil, fault.Source(fault.SourceError, string(s.kind.System),
			fmt.Sprintf("%s has %d records of %s under one key, and none of them can be meant by it", s.kind.System, len(rows), s.kind.Record), nil)
	}
	return rows[0], nil
}

// exactly keeps the rows whose key is written like the asked one, where there are such: a
// column may tell a from A.
func (s *Source[T]) exactly(key string, rows []*T) []*T {
	if len(rows) < 2 {
		return rows
	}
	other := func(row *T) bool { return s.rowOf(row).Key() != key }
	if !slices.ContainsFunc(rows, func(row *T) bool { return !other(row) }) {
		return rows
	}
	return slices.DeleteFunc(rows, other)
}

// projectWith chooses the wanted columns, and the one by which rows are told apart.
func (s *Source[T]) projectWith(table *plan.Table, field string, want func(string) bool) *plan.Projection {
	return plan.Project(table, func(name string) bool { return name == field || want(name) })
}

// fetch reads the rows for which the predicate holds, in key order; too many are an
// error, never a short answer.
func (s *Source[T]) fetch(ctx context.Context, table *plan.Table, project *plan.Projection, where plan.Predicate) ([]*T, error) {
	var rows []*T
	statement := table.ByKey(project, where, rowsPerStatement+1)
	l := numbered(table, false)
	err := s.read(ctx, table, statement, project, 0, func(row *T, _ []sql.RawBytes) {
		if l != nil {
			l.take(s.rowOf(row))
		}
		rows = append(rows, row)
	})
	if err == nil && len(rows) > rowsPerStatement {
		err = s.tooLarge("related records", rowsPerStatement)
	}
	return rows, err
}

// batch is the keys of one statement.
type batch struct {
	keys  map[string][]string // folded -> as asked
	loose map[string][]string // the same without leading zeros; nil before the first that wants it
	texts []string            // every raw text that means one of them, once
}

// of gives the asked keys that a row's key is. One that is none of them was found because
// the column holds numbers, and 00042 is the 42 that was asked for.
func (b *batch) of(key string) []string {
	if asked := b.keys[fold(key)]; asked != nil {
		return asked
	}
	if b.loose == nil {
		b.loose = map[string][]string{}
		for folded, asked := range b.keys {
			b.loose[strings.TrimLeft(folded, "0")] = append(b.loose[strings.TrimLeft(folded, "0")], asked...)
		}
	}
	return b.loose[strings.TrimLeft(fold(key), "0")]
}

// batches deals keys out to statements. Usually there is one: only a request with
// thousands of keys, or a codec with very many spellings, needs a second.
func batches(table *plan.Table, by *mapping.Field, keys []string) iter.Seq[batch] {
	return func(yield func(batch) bool) {
		b := batch{keys: make(map[string][]string, len(keys))}
		size := 0
		seen := make(map[string]bool, len(keys))
		for i, k := range keys {
			texts := keys[i : i+1]
			if by != nil {
				texts = table.Spell(by, k)
			} else if others := table.Spell(nil, k); len(others) > 1 {
				texts = others
			}
			if len(b.texts)+len(texts) > textsPerStatement || size > bytesPerStatement {
				if !yield(b) {
					return
				}
				b, size, seen = batch{keys: map[string][]string{}}, 0, map[string]bool{}
			}
			if folded := fold(k); b.keys[folded] == nil {
				b.keys[folded] = keys[i : i+1 : i+1]
			} else {
				b.keys[folded] = append(b.keys[folded], k)
			}
			for _, text := range texts {
				if !seen[text] {
					seen[text] = true
					b.texts = append(b.texts, text)
					size += len(text) + 4
				}
			}
		}
		if len(b.keys) > 0 {
			yield(b)
		}
	}
}

// keysOf gives what the row's field refers to; the row's own key for field "".
func (s *Source[T]) keysOf(row *T, field string) []string {
	v := reflect.ValueOf(row).Elem()
	if field == "" {
		return []string{v.FieldByIndex(s.bind.row).Addr().Interface().(*model.Row).Key()}
	}
	target, err := v.FieldByIndexErr(s.bind.fields[field].index)
	if err != nil || target.IsNil() {
		return nil
	}
	if target.Kind() == reflect.Slice {
		keys := make([]string, target.Len())
		for i := range keys {
			keys[i] = target.Index(i).String()
		}
		return keys
	}
	return []string{target.Elem().String()}
}

func (s *Source[T]) tooLarge(what string, limit int) error {
	return fault.Source(fault.LimitExceeded, string(s.kind.System),
		fmt.Sprintf("more than %d %s of %s would be read at once; ask for fewer parents or narrow the filter", limit, what, s.kind.Record), nil)
}

// question is a checked Ask.
type question struct {
	table *plan.Table
	list  plan.List
	size  int
	back  bool
	order string // names the order in cursors
	edges bool
	likes *likes // as they are before the first row; nil where rows are told apart by a key
	input any    // the client's filter
}

// place is the raw sort value of a row; nil for NULL, for an order by key alone, and
// where no cursor is wanted.
func (q *question) place(cells []sql.RawBytes, at int) *string {
	if q.list.Order.Field == nil || q.list.Unplaced || cells[at] == nil {
		return nil
	}
	return new(string(cells[at]))
}

// question checks what a list was asked. All that is wrong with the arguments is said at
// once, before anything is read.
func (s *Source[T]) question(ctx context.Context, ask Ask) (*question, error) {
	table, err := s.ready(ctx)
	if err != nil {
		return nil, err
	}
	q := &question{table: table, edges: ask.Edges, input: ask.Filter}
	var wrong []error
	by, direction := orderOf(ask.Order)
	if ask.IsDefault && s.orders[by] == nil {
		by = ""
	}
	if by == "" && len(s.mapped.Orders) > 0 {
		by = s.mapped.Orders[0].Name
	}
	if by != "" {
		switch q.list.Order.Field = s.orders[by]; {
		case q.list.Order.Field != nil:
		case len(s.orders) == 0:
			wrong = append(wrong, fault.Input("orderBy", "this system records nothing that its lists can be ordered by; leave %s out", by))
		default:
			wrong = append(wrong, fault.Input("orderBy", "this system cannot order by %s; it can by %s", by, strings.Join(slices.Sorted(maps.Keys(s.orders)), ", ")))
		}
	}
	q.list.Order.Desc = direction != model.OrderDirectionAsc
	q.order = by + " DESC"
	if !q.list.Order.Desc {
		q.order = by + " ASC"
	}
	window, err := ask.Window(q.order)
	wrong = append(wrong, err)
	q.size, q.back = window.Size, window.Backward
	q.list.Reverse = window.Backward
	q.list.Limit = window.Size + 1
	if ask.Nodes {
		q.list.Limit, q.list.Unplaced = window.Size, true
	}
	q.likes = numbered(table, window.Backward)
	if c := window.Cursor; c != nil {
		key, known := s.kind.Unhide(c.Key)
		value := c.Value
		if known && value != nil {
			var plain string
			plain, known = s.kind.Unhide(*value)
			value = &plain
		}
		ok := false
		if known {
			q.list.After, q.likes, ok = position(table, value, key, window.Backward)
		}
		if !ok {
			wrong = append(wrong, fault.Input(window.CursorName(), "is no cursor of this list"))
		} else if q.likes != nil {
			q.list.Limit += q.likes.more()
		}
	}
	filter := filter.Of(ask.Filter)
	wrong = append(wrong, s.unrecorded("filter", filter)...)
	if q.list.Where, err = s.predicates(ctx, table, filter, ask.Filter, wrong...); err != nil {
		return nil, err
	}
	q.list.Project = plan.Project(table, s.want(ctx))
	return q, nil
}

// where compiles a filter with nothing open in it; one that asks nothing needs no
// predicate.
func (s *Source[T]) where(table *plan.Table, filter filter.Filter) ([]plan.Predicate, error) {
	p, err := table.Compile("filter", filter, s.env)
	if err != nil || plan.IsEverywhere(p) {
		return nil, err
	}
	return []plan.Predicate{p}, nil
}

// page makes a connection of the rows of one list: the extra row only tells that the
// list goes on.
func (s *Source[T]) page(q *question, rows []*T, places []*string) (*model.Connection[T], error) {
	if q.likes != nil {
		l := *q.likes
		read, kept := len(rows), 0
		for i, row := range rows {
			if l.take(s.rowOf(row)) {
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
			r := s.rowOf(row)
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

func (s *Source[T]) rowOf(row *T) *model.Row {
	return reflect.ValueOf(row).Elem().FieldByIndex(s.bind.row).Addr().Interface().(*model.Row)
}

func setTotal[T any](c *model.Connection[T], n int) {
	if n > countCap {
		c.TotalCountAtLeast = new(countCap)
		return
	}
	c.TotalCount = &n
}

// want tells which mapped fields the running operation needs of this record.
func (s *Source[T]) want(ctx context.Context) func(field string) bool {
	operation := selection.From(ctx)
	selected := operation.On(s.kind.Record)
	everything := func(string) bool { return true }
	if selected == nil {
		return everything
	}
	wanted := map[string]bool{}
	for name := range selected {
		if !s.wantField(name, wanted) {
			return everything
		}
	}
	for name, needed := range s.needed {
		if owner, field, _ := strings.Cut(name, "."); operation.On(owner).Wanted(field) {
			for _, n := range needed {
				wanted[n] = true
			}
		}
	}
	return func(field string) bool { return wanted[field] }
}

// wantField adds the mapped fields behind one GraphQL field; false means that they are
// not known, and so everything must be read.
func (s *Source[T]) wantField(name string, wanted map[string]bool) bool {
	if needed, ok := s.needs[name]; ok {
		for _, n := range needed {
			wanted[n] = true
		}
		return true
	}
	switch name {
	case "id", "system", "__typename":
		return true
	case "dataIssues": // a finding may be in any cell
		return false
	}
	known := false
	text := false
	for _, list := range [...][]*mapping.Field{s.mapped.Fields, s.mapped.Unrecorded} {
		for _, f := range list {
			if f.Name == name || strings.HasPrefix(f.Name, name+".") {
				wanted[f.Name] = true
				known = true
				text = text || f.Spec.Kind == "text" && !plan.IsNumberField(f.Name)
			}
		}
	}
	for _, f := range s.mapped.Fields { // a text is masked by the names in its row
		if text && isParty(f) {
			wanted[f.Name] = true
		}
	}
	return known
}

// read runs a statement and decodes its rows; skip is how many cells stand before the
// projection's columns.
func (s *Source[T]) read(ctx context.Context, table *plan.Table, statement plan.Statement, project *plan.Projection, skip int, each func(row *T, cells []sql.RawBytes)) error {
	return s.readUntil(ctx, table, statement, project, skip, func(row *T, cells []sql.RawBytes) error {
		each(row, cells)
		return nil
	})
}

// readUntil is like read; an error of each ends it.
func (s *Source[T]) readUntil(ctx context.Context, table *plan.Table, statement plan.Statement, project *plan.Projection, skip int, each func(row *T, cells []sql.RawBytes) error) error {
	if s.db == nil {
		return fault.Source(fault.SourceUnavailable, string(s.kind.System), string(s.kind.System)+" is not part of this deployment", nil)
	}
	rows := s.reader(table, project)
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

func unique(keys []string) []string {
	seen := make(map[string]bool, len(keys))
	list := make([]string, 0, len(keys))
	for _, k := range keys {
		if !seen[k] {
			seen[k] = true
			list = append(list, k)
		}
	}
	return list
}

// fold makes keys comparable the way the usual collations do, without case and trailing
// blanks, and the way references to them are read: 1234 is also written 1234.000.
func fold(key string) string { return strings.ToLower(cell.Key(key)) }
