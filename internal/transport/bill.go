package transport

import (
	"context"
	"net/http"
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"github.com/bureaugraph/bureaugraph/internal/cost"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// bill is what one operation may cost, and did.
type bill struct {
	estimate cost.Estimate
	over     []cost.Excess // limits that are only measured
	actual   int           // once it has run
}

// bill estimates what an operation may cost, and refuses it when that is over a limit; over are
// those that its text is over. Pages of a file are as large as the writer makes them.
func (h *Handler) bill(ctx context.Context, op *graphql.OperationContext, over []cost.Excess,
	isPage bool) (*bill, *Refusal) {
	b := &bill{estimate: h.model.Estimate(op.Operation, op.Variables), over: over}
	limits := h.options.Limits.Operation
	if excess := limits.Estimate(b.estimate, h.model.Usual); len(excess) > 0 && !isPage {
		if !limits.Measure {
			return nil, &Refusal{Code: fault.LimitExceeded, Over: excess}
		}
		b.over = append(b.over[:len(b.over):len(b.over)], excess...)
	}
	for _, e := range b.over {
		h.options.Logger.WarnContext(ctx, "over a limit", "request", requestID(ctx),
			"operation", name(op.Operation.Name), "limit", e.Limit, "got", e.Got, "most", e.Most)
	}
	return b, nil
}

// settle adds up what was done; entries are those of the whole request.
func (b *bill) settle(ctx context.Context, entries []sources.Entry) {
	statements, rows := 0, 0
	for _, e := range entries {
		b.actual += cost.Actual(e.Statements, e.Rows)
		statements += e.Statements
		rows += e.Rows
	}
	if trace := TraceOf(ctx); trace != nil {
		trace.Estimated, trace.Actual = b.estimate.Cost, b.actual
		trace.Statements, trace.Rows = statements, rows
	}
}

// extension is the bill as the answer's extensions have it.
func (b *bill) extension() map[string]any {
	told := map[string]any{"estimated": b.estimate.Cost, "actual": b.actual}
	if len(b.over) > 0 {
		limits := make([]string, len(b.over))
		for i, e := range b.over {
			limits[i] = e.Limit
		}
		told["over"] = limits
	}
	return told
}

// header tells the bill in headers, for proxies and tools that read no body.
func (b *bill) header(h http.Header) {
	h.Set("X-Cost-Estimated", strconv.Itoa(b.estimate.Cost))
	h.Set("X-Cost-Actual", strconv.Itoa(b.actual))
}
