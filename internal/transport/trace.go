package transport

import (
	"context"
	"crypto/rand"

	"github.com/99designs/gqlgen/graphql"
)

// Trace is what the log line of one request says. The handler fills it in; whoever put
// it into the context reads it when the handler has returned.
type Trace struct {
	RequestID string   // random; also in the header X-Request-Id and in INTERNAL errors
	Operation string   // the operation's name, "" when it has none
	Kind      string   // query, mutation; "" when there is no operation
	Role      string   // in which it is asked; "" without roles
	Codes     []string // codes of the answer's errors, each once, in order of appearance

	Followed string // the number of the trace that follows the request, see package telemetry; "" for none
	// Digest hashes the operation's document, without its values; nil where nobody wants to know.
	Digest func(text string) string
	Hash   string // what it gave

	Estimated, Actual int // what the operation may cost and did, see package cost; 0 when it did not run
	Statements, Rows  int // that the systems were sent and gave for it; 0 when it did not run
}

// NewTrace makes the trace of a new request.
func NewTrace() *Trace { return &Trace{RequestID: rand.Text()} }

// runs notes which operation it is; a file's pages are of one.
func (t *Trace) runs(op *graphql.OperationContext) {
	t.Operation, t.Kind = name(op.Operation.Name), string(op.Operation.Operation)
	if t.Digest != nil && t.Hash == "" {
		t.Hash = t.Digest(op.RawQuery)
	}
}

type traceKey struct{}

// WithTrace puts the trace into the context.
func WithTrace(ctx context.Context, t *Trace) context.Context {
	return context.WithValue(ctx, traceKey{}, t)
}

// TraceOf gives the request's trace; nil outside a request.
func TraceOf(ctx context.Context) *Trace {
	t, _ := ctx.Value(traceKey{}).(*Trace)
	return t
}

func requestID(ctx context.Context) string {
	if t := TraceOf(ctx); t != nil {
		return t.RequestID
	}
	return ""
}
