package server

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/admission"
	"github.com/bureaugraph/bureaugraph/internal/audit"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/executor"
	"github.com/bureaugraph/bureaugraph/internal/telemetry"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// instruments are what Prometheus reads of one gateway. Labels are words of the deployment:
// systems, codes, names of its saved and persisted operations. What a client makes up is
// none, for it may name a person, and would fill the memory.
type instruments struct {
	registry   *prometheus.Registry
	running    prometheus.Gauge
	requests   *prometheus.CounterVec
	codes      *prometheus.CounterVec
	operations *prometheus.HistogramVec
	statements *prometheus.HistogramVec
	rows       *prometheus.CounterVec
	failures   *prometheus.CounterVec
	retries    *prometheus.CounterVec
}

// seconds are the bounds of the histograms: from what is in memory to the longest that a
// request may take by default.
var seconds = []float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}

// force is what the configuration in force has, of which the instruments tell at every scrape.
type force interface {
	inUse() map[model.System]*database.DB
	queue() admission.State
	caches() map[string]executor.CacheState
	spans() (now telemetry.State, sends bool)
}

// newInstruments makes them.
func newInstruments(of force) *instruments {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	histogram := func(name, help string, labels ...string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: seconds}, labels)
	}
	i := &instruments{
		registry: prometheus.NewRegistry(),
		running: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "bureaugraph_requests_running",
			Help: "Requests being answered.",
		}),
		requests: counter("bureaugraph_requests_total", "Requests answered, by HTTP status.", "status"),
		codes: counter("bureaugraph_answers_with_error_total",
			"Answers with an error, by its code; an answer counts once a code.", "code"),
		operations: histogram("bureaugraph_operation_seconds",
			"Duration of requests to the graph and for reports, by outcome and by the operation's name if it is saved or "+
				"persisted, else other.", "operation", "outcome"),
		statements: histogram("bureaugraph_statement_seconds",
			"Duration of statements, waiting for a connection included; its count is how many there were.", "system"),
		rows: counter("bureaugraph_statement_rows_total", "Rows that statements gave.", "system"),
		failures: counter("bureaugraph_statement_errors_total",
			"Statements that failed, by the code that clients are told.", "system", "code"),
		retries: counter("bureaugraph_statement_retries_total",
			"Statements that were sent again, because their connection had been closed while it was idle.", "system"),
	}
	i.registry.MustRegister(i.running, i.requests, i.codes, i.operations, i.statements, i.rows, i.failures, i.retries,
		pools{of.inUse}, waiting{of.queue}, keeping{of.caches}, following{of.spans}, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return i
}

// statementsOf takes the statements of a system.
func (i *instruments) statementsOf(system model.System) func(database.Statement) {
	took, rows := i.statements.WithLabelValues(string(system)), i.rows.WithLabelValues(string(system))
	retries := i.retries.WithLabelValues(string(system))
	return func(s database.Statement) {
		if s.IsRetried {
			retries.Inc()
		}
		took.Observe(s.Took.Seconds())
		rows.Add(float64(s.Rows))
		if s.Fault != nil {
			i.failures.WithLabelValues(string(system), string(s.Fault.Code)).Inc()
		}
	}
}

// pools read at every scrape what the pools of the configuration in force do, and whether their
// systems are asked at all.
type pools struct {
	databases func() map[model.System]*database.DB
}

var (
	inUse = prometheus.NewDesc("bureaugraph_connections_in_use",
		"Connections to the system that work on a statement.", []string{"system"}, nil)
	atOnce = prometheus.NewDesc("bureaugraph_statements_at_once",
		"Statements that are sent to the system's main address at once, of systems with throttle: true.",
		[]string{"system"}, nil)
	breakerState = prometheus.NewDesc("bureaugraph_breaker_state",
		"1 for the state of the system's breaker: closed while it is asked, open while it is left alone, half-open when it "+
			"has answered a try.", []string{"system", "state"}, nil)
	breakerOpened = prometheus.NewDesc("bureaugraph_breaker_opened_total",
		"Times that the system began to be left alone.", []string{"system"}, nil)
	breakerRefused = prometheus.NewDesc("bureaugraph_breaker_refused_total",
		"Statements that were not sent because the system is left alone.", []string{"system"}, nil)
)

// Of systems with replicas only.
var (
	addressState = prometheus.NewDesc("bureaugraph_address_state",
		"1 for the state of the address's breaker, of systems that have replicas: closed, open, half-open.",
		[]string{"system", "address", "state"}, nil)
	addressUsed = prometheus.NewDesc("bureaugraph_address_used",
		"1 while requests that begin may be sent to the address, of systems that have replicas.",
		[]string{"system", "address"}, nil)
	replicaLag = prometheus.NewDesc("bureaugraph_replica_lag_seconds",
		"How far a replica is behind; absent while that is not known.", []string{"system", "address"}, nil)
)

// Describe implements prometheus.Collector.
func (p pools) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{inUse, atOnce, breakerState, breakerOpened, breakerRefused, addressState,
		addressUsed, replicaLag} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (p pools) Collect(to chan<- prometheus.Metric) {
	for system, db := range p.databases() {
		now := db.Circuit()
		tell := func(d *prometheus.Desc, kind prometheus.ValueType, value float64, labels ...string) {
			to <- prometheus.MustNewConstMetric(d, kind, value, append([]string{string(system)}, labels...)...)
		}
		tell(inUse, prometheus.GaugeValue, float64(db.InUse()))
		if limit := db.AtOnce(); limit != nil {
			tell(atOnce, prometheus.GaugeValue, float64(*limit))
		}
		tell(breakerOpened, prometheus.CounterValue, float64(now.Opened))
		tell(breakerRefused, prometheus.CounterValue, float64(now.Refused))
		states := []string{database.CircuitClosed, database.CircuitHalfOpen, database.CircuitOpen}
		for _, state := range states {
			tell(breakerState, prometheus.GaugeValue, one(state == now.State), state)
		}
		for _, a := range db.Addresses() {
			for _, state := range states {
				tell(addressState, prometheus.GaugeValue, one(state == a.Breaker.State), a.Name, state)
			}
			tell(addressUsed, prometheus.GaugeValue, one(a.IsUsed), a.Name)
			if a.LagSeconds != nil {
				tell(replicaLag, prometheus.GaugeValue, float64(*a.LagSeconds), a.Name)
			}
		}
	}
}

// one is 1 for true.
func one(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// waiting reads at every scrape how full the gateway is.
type waiting struct{ queue func() admission.State }

var (
	queueRunning = prometheus.NewDesc("bureaugraph_queue_running", "Operations that have their turn.", nil, nil)
	queueWaiting = prometheus.NewDesc("bureaugraph_queue_waiting", "Operations that wait for their turn.", nil, nil)
	queueRefused = prometheus.NewDesc("bureaugraph_queue_refused_total",
		"Operations that were told to come again, for want of room.", nil, nil)
)

// Describe implements prometheus.Collector.
func (w waiting) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{queueRunning, queueWaiting, queueRefused} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (w waiting) Collect(to chan<- prometheus.Metric) {
	now := w.queue()
	to <- prometheus.MustNewConstMetric(queueRunning, prometheus.GaugeValue, float64(now.Running))
	to <- prometheus.MustNewConstMetric(queueWaiting, prometheus.GaugeValue, float64(now.Waiting))
	to <- prometheus.MustNewConstMetric(queueRefused, prometheus.CounterValue, float64(now.Refused))
}

// keeping reads at every scrape what the caches of operations do, for all roles together.
type keeping struct {
	caches func() map[string]executor.CacheState
}

var (
	cacheHits = prometheus.NewDesc("bureaugraph_cache_hits_total",
		"Times that the cache had what an operation needs: documents are parsed and validated, plans are made of them.",
		[]string{"cache"}, nil)
	cacheMisses = prometheus.NewDesc("bureaugraph_cache_misses_total",
		"Times that it had to be made.", []string{"cache"}, nil)
	cacheEntries = prometheus.NewDesc("bureaugraph_cache_entries", "Operations that the cache holds.",
		[]string{"cache"}, nil)
)

// Describe implements prometheus.Collector.
func (k keeping) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{cacheHits, cacheMisses, cacheEntries} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (k keeping) Collect(to chan<- prometheus.Metric) {
	for name, now := range k.caches() {
		to <- prometheus.MustNewConstMetric(cacheHits, prometheus.CounterValue, float64(now.Hits), name)
		to <- prometheus.MustNewConstMetric(cacheMisses, prometheus.CounterValue, float64(now.Misses), name)
		to <- prometheus.MustNewConstMetric(cacheEntries, prometheus.GaugeValue, float64(now.Entries), name)
	}
}

// following reads at every scrape what becomes of spans. There are no such metrics without traces.
type following struct {
	spans func() (telemetry.State, bool)
}

var (
	spansSent = prometheus.NewDesc("bureaugraph_spans_sent_total", "Spans of traces that the collector took.", nil, nil)
	spansLost = prometheus.NewDesc("bureaugraph_spans_lost_total",
		"Spans of traces that the collector was sent and did not take.", nil, nil)
)

// Describe implements prometheus.Collector.
func (f following) Describe(to chan<- *prometheus.Desc) {
	to <- spansSent
	to <- spansLost
}

// Collect implements prometheus.Collector.
func (f following) Collect(to chan<- prometheus.Metric) {
	if now, sends := f.spans(); sends {
		to <- prometheus.MustNewConstMetric(spansSent, prometheus.CounterValue, float64(now.Sent))
		to <- prometheus.MustNewConstMetric(spansLost, prometheus.CounterValue, float64(now.Lost))
	}
}

// operationNames are those of the operations in the documents.
func operationNames(documents []string) map[string]bool {
	names := map[string]bool{}
	for _, text := range documents {
		parsed, err := parser.ParseQuery(&ast.Source{Input: text})
		if err != nil {
			continue // no request runs it either
		}
		for _, operation := range parsed.Operations {
			if operation.Name != "" {
				names[operation.Name] = true
			}
		}
	}
	return names
}

// request takes a request that was answered by the route; operation is its name, or "other".
func (i *instruments) request(route, operation string, status int, took time.Duration, trace *transport.Trace) {
	i.requests.WithLabelValues(strconv.Itoa(status)).Inc()
	for _, code := range trace.Codes {
		i.codes.WithLabelValues(cmp.Or(code, "none")).Inc()
	}
	if route != graphRoute && route != reportRoute {
		return
	}
	i.operations.WithLabelValues(operation,
		strings.ToLower(string(audit.OutcomeOf(status, trace.Codes)))).Observe(took.Seconds())
}

// auditOf reads at every scrape how an audit does. There are no such metrics without an audit.
func (i *instruments) auditOf(log *audit.Log) {
	counter := func(name, help string, value func(audit.State) uint64) {
		i.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help},
			func() float64 { return float64(value(log.State())) }))
	}
	i.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "bureaugraph_audit_writable",
		Help: "1 while the audit can be written; else nothing is shown unmasked and no file is made.",
	}, func() float64 {
		if log.Writable() {
			return 1
		}
		return 0
	}))
	counter("bureaugraph_audit_lines_total", "Lines of the audit.", func(s audit.State) uint64 { return s.Lines })
	counter("bureaugraph_audit_failures_total", "Failures of writing the audit, each of which was tried again.",
		func(s audit.State) uint64 { return s.Failures })
	counter("bureaugraph_audit_lost_total", "Requests that are in no line of the audit.",
		func(s audit.State) uint64 { return s.Lost })
	counter("bureaugraph_audit_syslog_dropped_total", "Lines of the audit that the syslog server did not get.",
		func(s audit.State) uint64 { return s.Dropped })
}

// handler answers scrapes.
func (i *instruments) handler() http.Handler {
	return promhttp.HandlerFor(i.registry, promhttp.HandlerOpts{})
}
