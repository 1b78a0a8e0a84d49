// Package telemetrytest gives tests a collector of traces.
package telemetrytest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"

	common "go.opentelemetry.io/proto/otlp/common/v1"
	spans "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// Collector takes OTLP over HTTP. It is safe for concurrent use.
type Collector struct {
	// Endpoint is where it takes traces.
	Endpoint *url.URL

	t      testing.TB
	mu     sync.Mutex
	bodies [][]byte
	header http.Header
}

// Start gives a collector, which ends with the test.
func Start(t testing.TB) *Collector {
	t.Helper()
	c := &Collector{t: t}
	server := httptest.NewServer(c)
	t.Cleanup(server.Close)
	var err error
	if c.Endpoint, err = url.Parse(server.URL + "/v1/traces"); err != nil {
		t.Fatal(err)
	}
	return c
}

// ServeHTTP implements http.Handler.
func (c *Collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil || r.Method != http.MethodPost || r.URL.Path != "/v1/traces" ||
		r.Header.Get("Content-Type") != "application/x-protobuf" {
		http.Error(w, "no traces", http.StatusBadRequest)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bodies, c.header = append(c.bodies, body), r.Header
}

// Bytes are those of all requests.
func (c *Collector) Bytes() (all []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, body := range c.bodies {
		all = append(all, body...)
	}
	return all
}

// Header is that of the last request.
func (c *Collector) Header() http.Header {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.header
}

// Span is one that was sent.
type Span struct {
	*spans.Span
	// Said are its attributes, by key; those of its service begin with "resource ".
	Said map[string]string
}

// Spans are those of all requests.
func (c *Collector) Spans() (all []Span) {
	c.t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, body := range c.bodies {
		var data spans.TracesData
		if err := proto.Unmarshal(body, &data); err != nil {
			c.t.Fatal(err)
		}
		for _, resource := range data.GetResourceSpans() {
			for _, scope := range resource.GetScopeSpans() {
				for _, span := range scope.GetSpans() {
					said := map[string]string{}
					for _, a := range resource.GetResource().GetAttributes() {
						said["resource "+a.GetKey()] = text(a.GetValue())
					}
					for _, a := range span.GetAttributes() {
						said[a.GetKey()] = text(a.GetValue())
					}
					all = append(all, Span{span, said})
				}
			}
		}
	}
	return all
}

// text is a value as fmt has it: words, numbers, lists of them.
func text(v *common.AnyValue) string {
	switch v := v.GetValue().(type) {
	case *common.AnyValue_StringValue:
		return v.StringValue
	case *common.AnyValue_BoolValue:
		return fmt.Sprint(v.BoolValue)
	case *common.AnyValue_IntValue:
		return fmt.Sprint(v.IntValue)
	case *common.AnyValue_ArrayValue:
		var list []string
		for _, item := range v.ArrayValue.GetValues() {
			list = append(list, text(item))
		}
		return fmt.Sprint(list)
	}
	return fmt.Sprintf("%T", v)
}
