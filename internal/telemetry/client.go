package telemetry

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	spans "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"github.com/bureaugraph/bureaugraph/internal/repeats"
)

// client is OTLP over HTTP, in place of OpenTelemetry's own (otlptracehttp), which is built on gRPC's
// types and brings all of it along. A request of the protocol, ExportTraceServiceRequest, is written as
// the message TracesData, which has the same field under the same number.
type client struct {
	options Options
	http    *http.Client
	told    repeats.Repeats
	ends    context.Context // when nobody waits for it any more
	end     context.CancelFunc

	sent, lost atomic.Int64 // spans
}

func newClient(o Options) *client {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: o.Authority, MinVersion: tls.VersionTLS12}
	c := &client{options: o, http: &http.Client{
		Transport: transport, Timeout: o.Patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	c.ends, c.end = context.WithCancel(context.Background())
	return c
}

// Start implements otlptrace.Client.
func (c *client) Start(context.Context) error { return nil }

// Stop implements otlptrace.Client.
func (c *client) Stop(context.Context) error {
	c.http.CloseIdleConnections()
	return nil
}

// UploadTraces implements otlptrace.Client. It gives no error, which would go to standard error: what fails
// is logged here, once in a while, and the spans are lost.
func (c *client) UploadTraces(_ context.Context, all []*spans.ResourceSpans) error {
	n := count(all)
	reason := c.upload(c.ends, all) // which has the client's patience
	if reason == "" {
		c.sent.Add(n)
		return nil
	}
	c.lost.Add(n)
	if told, untold := c.told.Tell(reason, time.Now()); told {
		c.options.Logger.LogAttrs(c.ends, slog.LevelWarn, "traces were not sent", slog.String("reason", reason),
			slog.Int64("spans", n), slog.Int64("lost", c.lost.Load()), slog.Int("alike", untold))
	}
	return nil
}

// upload sends spans; reason is why they were not taken, "" when they were.
func (c *client) upload(ctx context.Context, all []*spans.ResourceSpans) (reason string) {
	body, err := proto.Marshal(&spans.TracesData{ResourceSpans: all})
	if err != nil {
		return "they cannot be written"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.options.Endpoint.String(), bytes.NewReader(body))
	if err != nil {
		return "the endpoint cannot be asked"
	}
	for name, value := range c.options.Headers {
		request.Header.Set(name, value)
	}
	request.Header.Set("Content-Type", "application/x-protobuf")
	response, err := c.http.Do(request)
	switch {
	case err != nil && c.ends.Err() != nil:
		return "the gateway stops"
	case err != nil:
		return cause(err)
	}
	defer response.Body.Close()
	_, _ = io.CopyN(io.Discard, response.Body, 64<<10) // so that the connection can be used again
	if response.StatusCode/100 != 2 {
		return "the collector answers " + strconv.Itoa(response.StatusCode)
	}
	return ""
}

// cause is what a request failed of, without its address, which may hold a secret.
func cause(err error) string {
	if e, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](err); ok && e.Timeout() {
		return "the collector does not answer in time"
	}
	return cmp.Or(unwrapped(err).Error(), "the collector cannot be reached")
}

// unwrapped is the last error of a chain.
func unwrapped(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

func count(all []*spans.ResourceSpans) (n int64) {
	for _, resource := range all {
		for _, scope := range resource.GetScopeSpans() {
			n += int64(len(scope.GetSpans()))
		}
	}
	return n
}
