package server

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/audit"
	"github.com/bureaugraph/bureaugraph/internal/telemetry"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// traces are those of the deployment; nil where it sends none.
func (d *deployment) traces() *telemetry.Traces {
	if d.config.Telemetry == nil {
		return nil
	}
	o := *d.config.Telemetry
	o.Logger = d.log
	return telemetry.Open(o)
}

// followed has traces tell of the requests of a route. Whose operation's name the deployment does not know is
// told by its type: a client may write anything for one.
func (d *deployment) followed(next http.Handler) http.Handler {
	if d.tracing == nil {
		return next
	}
	digests := audit.NewDigests(cmp.Or(d.config.Audit.Hash, d.config.Suite.Hash()))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, request := d.tracing.Begin(r.Context(), r.Header)
		trace := transport.TraceOf(ctx)
		trace.Followed = request.Trace()
		if request.IsRecorded() {
			trace.Digest = digests.Of
		}
		seen, status := &statusWriter{ResponseWriter: w}, http.StatusInternalServerError // if it panics
		defer func() {
			ended := telemetry.Ended{
				Type: trace.Kind, Hash: trace.Hash, Role: trace.Role,
				Method: method(r), Route: r.Pattern, Status: status,
				Outcome: strings.ToLower(string(audit.OutcomeOf(status, trace.Codes))), Codes: trace.Codes,
				Estimated: trace.Estimated, Actual: trace.Actual, Statements: trace.Statements, Rows: trace.Rows,
			}
			if d.operations[trace.Operation] {
				ended.Operation = trace.Operation
			}
			request.End(ended)
		}()
		next.ServeHTTP(seen, r.WithContext(ctx))
		status = cmp.Or(seen.status, http.StatusOK)
	})
}
