package adapters

import (
	"context"
	"database/sql"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
)

// Each reads the records in key order and hands them over one by one, at most limit of
// them; nothing is kept, so memory is bounded whatever the table holds. want names the
// mapped fields to read, nil reads all; the operation's selection does not count.
// isComplete is false when the table has more records.
//
// The table is read in stretches of 20,000 rows: a single long statement would run into
// its time limit, and hold the read lock of a MyISAM table against the clerks.
func (s *Source[T]) Each(ctx context.Context, want func(field string) bool, limit int,
	each func(row *T)) (read int, isComplete bool, err error) {
	table, err := s.visible(ctx)
	if err != nil {
		return 0, false, err
	}
	if want == nil {
		want = func(string) bool { return true }
	}
	if s.mapped.IsAbsent {
		return 0, true, nil
	}
	q := plan.List{Project: plan.Project(table, want)}
	l := numbered(table, false)
	for {
		stretch := min(limit-read, rowsPerStatement)
		q.Limit = stretch + 1
		if l != nil {
			q.Limit += l.more()
		}
		rows := 0
		var last string
		err := s.read(ctx, table, table.List(q), q.Project, 0, func(row *T, _ []sql.RawBytes) {
			if l != nil && !l.take(s.entry(row).row()) {
				return
			}
			if rows++; rows <= stretch {
				last = s.entry(row).row().Place()
				each(row)
			}
		})
		if err != nil {
			return read, false, err
		}
		if rows <= stretch {
			return read + rows, true, nil
		}
		if read += stretch; read == limit {
			return read, false, nil
		}
		var ok bool
		if q.After, l, ok = position(table, nil, last, false); !ok {
			return read, false, s.tooLarge("equal records", likesCap)
		}
	}
}

// EachKey hands over what references to the records may say: their keys, or the values
// of a field such as a lawyer's licence. It is bounded like Each.
func EachKey[T any](ctx context.Context, of *Source[T], field string, limit int,
	each func(key string)) (isComplete bool, err error) {
	_, isComplete, err = of.Each(ctx, func(name string) bool { return name == field }, limit, func(row *T) {
		for _, key := range of.entry(row).keys(field) {
			each(fold(key))
		}
	})
	return isComplete, err
}

// Fold makes a reference comparable with the keys of EachKey, the way the usual
// collations compare: without case and trailing blanks.
func Fold(reference string) string { return fold(reference) }
