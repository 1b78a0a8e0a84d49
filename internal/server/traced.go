package server

import (
	"context"
	"log/slog"

	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// traced writes into each line of a request which one it is, so that all lines of it are found by the
// number that its client was told.
type traced struct{ slog.Handler }

// Handle implements slog.Handler.
func (h traced) Handle(ctx context.Context, line slog.Record) error {
	if trace := transport.TraceOf(ctx); trace != nil && !says(line, requestKey) {
		line.AddAttrs(slog.String(requestKey, trace.RequestID))
	}
	return h.Handler.Handle(ctx, line)
}

// WithAttrs implements slog.Handler.
func (h traced) WithAttrs(attrs []slog.Attr) slog.Handler { return traced{h.Handler.WithAttrs(attrs)} }

// WithGroup implements slog.Handler.
func (h traced) WithGroup(name string) slog.Handler { return traced{h.Handler.WithGroup(name)} }

// requestKey is where lines of the log have a request's number.
const requestKey = "request"

func says(line slog.Record, key string) (found bool) {
	line.Attrs(func(a slog.Attr) bool {
		found = a.Key == key
		return !found
	})
	return found
}
