// Package telemetry sends traces to an OpenTelemetry collector: a span for each request that is followed,
// and one below it for each statement.
//
// Traces leave the house of the gateway, so they hold no more than its metrics and log do: words of the
// deployment, codes, counts and the shapes of statements. What a client writes is in none: no variable, no
// value, no name of its own, not even the vendors' part of its own trace (tracestate, baggage).
package telemetry

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"github.com/bureaugraph/bureaugraph/internal/database"
)

// Options say where traces go.
type Options struct {
	Endpoint *url.URL          // of OTLP over HTTP, http://collector:4318/v1/traces
	Headers  map[string]string // sent with them; they may hold secrets
	// Ratio is the share of requests that are followed, above 0 up to 1; 0 means 1. One that comes with a
	// trace of its own (traceparent) is followed if that is.
	Ratio     float64
	Service   string         // the gateway's name among others; "" means DefaultService
	Authority *x509.CertPool // who signs the collector's certificate; nil means whom the machine trusts
	// Patience is how long the collector may take, and the end; 0 means 5 seconds.
	Patience time.Duration
	Logger   *slog.Logger // gets what fails; nil means slog.Default()
}

// DefaultService is the gateway's name where a deployment does not say.
const DefaultService = "bureaugraph"

const (
	mostStatements = 1000 // spans of one request; more are counted
	mostText       = 2000 // bytes of a statement's shape
	mostWaiting    = 4096 // spans until they are sent; more are lost
)

// Traces sends spans. It never makes anybody wait: what the collector does not take is lost, and counted.
// It is safe for concurrent use; nil follows nothing.
type Traces struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
	client   *client
}

// Open begins to send; it does not connect. Close it.
func Open(o Options) *Traces {
	o.Patience = cmp.Or(o.Patience, 5*time.Second)
	c := newClient(o)
	exporter, _ := otlptrace.New(context.Background(), c) // fails where the client does not start, which ours does
	host, _ := os.Hostname()                              // replicas are told apart by it, if it is known
	provider := sdk.NewTracerProvider(
		sdk.WithBatcher(exporter, sdk.WithMaxQueueSize(mostWaiting), sdk.WithExportTimeout(o.Patience)),
		sdk.WithSampler(sdk.ParentBased(sdk.TraceIDRatioBased(cmp.Or(o.Ratio, 1)))),
		sdk.WithResource(resource.NewSchemaless(attribute.String("service.name", cmp.Or(o.Service, DefaultService)),
			attribute.String("host.name", host))))
	return &Traces{provider, provider.Tracer("github.com/bureaugraph/bureaugraph"), c}
}

// Close sends what waits, for a few seconds at most.
func (t *Traces) Close() error {
	if t == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), t.client.options.Patience)
	defer cancel()
	_ = t.provider.Shutdown(ctx) // what could not be sent has been logged
	t.client.end()
	return nil
}

// Request is one that is followed. nil is not.
type Request struct {
	span       trace.Span
	statements atomic.Int64
}

type key struct{}

// Begin follows a request, as part of the trace that its header traceparent names. The context is for
// what it does.
func (t *Traces) Begin(ctx context.Context, header http.Header) (context.Context, *Request) {
	if t == nil {
		return ctx, nil
	}
	if parent := parentOf(header); parent.IsValid() {
		ctx = trace.ContextWithRemoteSpanContext(ctx, parent)
	}
	ctx, span := t.tracer.Start(ctx, "request", trace.WithSpanKind(trace.SpanKindServer))
	r := &Request{span: span}
	return context.WithValue(ctx, key{}, r), r
}

// parentOf is the span that a request is part of, by W3C Trace Context, without what vendors add to it.
func parentOf(header http.Header) trace.SpanContext {
	ctx := propagation.TraceContext{}.Extract(context.Background(), propagation.HeaderCarrier(header))
	return trace.SpanContextFromContext(ctx).WithTraceState(trace.TraceState{})
}

// Trace is the number of the request's trace, 32 hexadecimal digits; "" for none.
func (r *Request) Trace() string {
	if r == nil {
		return ""
	}
	return r.span.SpanContext().TraceID().String()
}

// IsRecorded is whether the end of the request is sent.
func (r *Request) IsRecorded() bool { return r != nil && r.span.IsRecording() }

// Ended is what a request came to.
type Ended struct {
	Operation string // its name, where the deployment knows it; "" for others
	Type      string // query, mutation; "" for what is no operation
	Hash      string // of its document without values; "" for none
	Role      string // in which it was asked; "" without roles
	Method    string // a word of HTTP's
	Route     string
	Status    int
	Outcome   string
	Codes     []string // of its errors

	Estimated, Actual, Statements, Rows int
}

// End is the end of the request.
func (r *Request) End(e Ended) {
	if !r.IsRecorded() {
		return
	}
	r.span.SetName(cmp.Or(e.Operation, e.Type, e.Route))
	list := []attribute.KeyValue{
		attribute.String("http.request.method", e.Method),
		attribute.String("http.route", e.Route),
		attribute.Int("http.response.status_code", e.Status),
		attribute.String("bureaugraph.outcome", e.Outcome),
		attribute.Int("bureaugraph.cost.estimated", e.Estimated),
		attribute.Int("bureaugraph.cost.actual", e.Actual),
		attribute.Int("bureaugraph.statements", e.Statements),
		attribute.Int("bureaugraph.rows", e.Rows),
	}
	for _, a := range []struct{ key, value string }{{"graphql.operation.name", e.Operation},
		{"graphql.operation.type", e.Type}, {"graphql.document.hash", e.Hash}, {"bureaugraph.role", e.Role}} {
		if a.value != "" {
			list = append(list, attribute.String(a.key, a.value))
		}
	}
	if len(e.Codes) > 0 {
		list = append(list, attribute.StringSlice("bureaugraph.codes", e.Codes))
	}
	if untold := r.statements.Load() - mostStatements; untold > 0 {
		list = append(list, attribute.Int64("bureaugraph.statements.untold", untold))
	}
	r.span.SetAttributes(list...)
	if e.Status >= http.StatusInternalServerError || len(e.Codes) > 0 {
		r.span.SetStatus(codes.Error, "")
	}
	r.span.End()
}

// Statement tells of a statement that a system was sent for the request of the context.
func (t *Traces) Statement(ctx context.Context, system string, s database.Statement) {
	if t == nil {
		return
	}
	r, _ := ctx.Value(key{}).(*Request)
	if !r.IsRecorded() || r.statements.Add(1) > mostStatements {
		return
	}
	verb, _, _ := strings.Cut(strings.TrimLeft(s.Text, " \n(")+" ", " ")
	_, span := t.tracer.Start(ctx, verb+" "+system, trace.WithSpanKind(trace.SpanKindClient),
		trace.WithTimestamp(s.Started), trace.WithAttributes(
			attribute.String("db.system", "mysql"),
			attribute.String("db.query.text", s.Shape(mostText)),
			attribute.String("bureaugraph.system", system),
			attribute.Int("bureaugraph.rows", s.Rows),
			attribute.Bool("bureaugraph.retried", s.IsRetried)))
	if s.Fault != nil {
		span.SetAttributes(attribute.String("error.type", string(s.Fault.Code)))
		span.SetStatus(codes.Error, "")
	}
	span.End(trace.WithTimestamp(s.Started.Add(s.Took)))
}

// Try sends the collector nothing, and tells whether it takes it. The error is one sentence.
func (t *Traces) Try(ctx context.Context) error {
	if reason := t.client.upload(ctx, nil); reason != "" {
		return errors.New(reason)
	}
	return nil
}

// State is how many spans there were since the start.
type State struct{ Sent, Lost int64 }

// State tells how many spans the collector took, and did not.
func (t *Traces) State() State {
	if t == nil {
		return State{}
	}
	return State{t.client.sent.Load(), t.client.lost.Load()}
}
