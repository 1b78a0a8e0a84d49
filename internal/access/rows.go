package access

import "context"

// Rows are the records that somebody may see: those of one of the towns, or of one of the
// departments, or handled by one of the people. What a kind of record has none of is nobody's.
type Rows struct {
	Towns       []string // codes
	Departments []string // codes
	Handlers    []string // as records name them: a lawyer's licence, a clerk's number
}

type rowsKey struct{}

// WithRows bounds what the context's requests may read; nil lets all rows be seen.
func WithRows(ctx context.Context, rows *Rows) context.Context {
	return context.WithValue(ctx, rowsKey{}, rows)
}

// RowsOf gives the bounds; nil where all rows may be seen.
func RowsOf(ctx context.Context) *Rows {
	rows, _ := ctx.Value(rowsKey{}).(*Rows)
	return rows
}
