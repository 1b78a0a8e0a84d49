// Package export answers queries as files: CSV, JSON rows, XLSX. It stands beside
// package transport in front of the same executor, so a file takes the road of every
// query. Rows are written to a temporary file as they come, page by page, and sent when
// they are all there: memory does not grow with them, and no client takes a part for the
// whole.
package export

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/audit"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/report"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// Limits bound one file. 0 means the default.
type Limits struct {
	Rows    int           // in all lists together; 500,000
	Timeout time.Duration // until the file is ready; 10 minutes
}

// WithDefaults replaces zeros.
func (l Limits) WithDefaults() Limits {
	if l.Rows == 0 {
		l.Rows = 500_000
	}
	if l.Timeout == 0 {
		l.Timeout = 10 * time.Minute
	}
	return l
}

// Room is for the files that are in the making at once; others wait. All exporters of one server
// share one, whoever asks in whatever role.
type Room chan struct{}

// NewRoom makes room for four files.
func NewRoom() Room { return make(Room, 4) }

// Options say how an Exporter works.
type Options struct {
	Limits    Limits
	Room      Room  // nil is room of its own
	BodyBytes int64 // of a report's parameters
	// Withheld says that who asks has no right to files: all are refused.
	Withheld bool
	Logger   *slog.Logger
	Now      func() time.Time // nil means time.Now
}

// Exporter writes the answers of one graph as files. It is safe for concurrent use.
type Exporter struct {
	graph   *transport.Handler
	options Options
}

// New makes the exporter of a graph.
func New(graph *transport.Handler, options Options) *Exporter {
	options.Limits = options.Limits.WithDefaults()
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Room == nil {
		options.Room = NewRoom()
	}
	return &Exporter{graph: graph, options: options}
}

// sendFor is how long a client may take to receive a file that is ready.
const sendFor = 10 * time.Minute

// send makes the file of a job and sends it, or a problem.
func (e *Exporter) send(w http.ResponseWriter, r *http.Request, j *job) {
	if e.options.Withheld {
		e.refuse(w, r, problemOf(fault.Forbidden, "your role does not let you take files; ask the gateway's operators. 您的角色不可导出文件，请联系管理员。"))
		return
	}
	trail := audit.From(r.Context())
	if trail != nil && !trail.Writable() {
		e.refuse(w, r, unrecorded())
		return
	}
	j.disclosure = access.DisclosureOf(r.Context())
	limits := e.options.Limits
	ctx, cancel := context.WithTimeoutCause(r.Context(), limits.Timeout, errLate)
	defer cancel()
	// The server's own deadline is that of an answer in one piece.
	deadline := http.NewResponseController(w)
	_ = deadline.SetWriteDeadline(time.Now().Add(limits.Timeout + sendFor)) // not every writer has one
	select {
	case e.options.Room <- struct{}{}:
		defer func() { <-e.options.Room }()
	case <-ctx.Done():
		e.refuse(w, r, e.failed(ctx, ctx.Err()))
		return
	}
	sum := trail.Sum()
	spool, err := newSpool(sum)
	if err != nil {
		e.refuse(w, r, e.failed(ctx, err))
		return
	}
	defer spool.Close()
	done, err := j.write(ctx, e, spool)
	if err != nil {
		e.refuse(w, r, e.failed(ctx, err))
		return
	}
	size, err := spool.rewind()
	if err != nil {
		e.refuse(w, r, e.failed(ctx, err))
		return
	}
	if trail != nil {
		trail.Exported(done.rows, sum.Sum(nil))
	}
	if err := trail.Settle(ctx, http.StatusOK, done.codes()); err != nil {
		e.log().ErrorContext(ctx, "a file was not recorded, and is refused", "request", requestID(ctx), "cause", err.Error())
		e.refuse(w, r, unrecorded())
		return
	}
	header := w.Header()
	header.Set("Content-Type", j.format.contentType(j.options))
	header.Set("Content-Disposition", j.disposition(done))
	header.Set("Content-Length", strconv.FormatInt(size, 10))
	header.Set("Report-Rows", strconv.Itoa(done.rows))
	if len(done.Missing) > 0 {
		header.Set("Report-Partial", done.partial())
	}
	if cut := done.cut(); cut != "" {
		header.Set("Report-Cut", cut)
	}
	if repeats := done.repeats(); repeats != "" {
		header.Set("Report-Repeats", repeats)
	}
	_, _ = spool.WriteTo(w) // fails when the client has left; it sees fewer bytes than were announced
}

// errLate is the cause of a file that took too long.
var errLate = errors.New("export: out of time")

// failed words an error of making a file; causes that are nobody's business are logged.
func (e *Exporter) failed(ctx context.Context, err error) *problem {
	if p, ok := errors.AsType[*problem](err); ok {
		return p
	}
	if context.Cause(ctx) == errLate {
		return problemOf(fault.SourceTimeout,
			fmt.Sprintf("the file was not ready within %s; ask for less, or for pages", e.options.Limits.Timeout))
	}
	if ctx.Err() != nil {
		return &problem{Status: transport.StatusGone}
	}
	e.log().ErrorContext(ctx, "file not written", "request", requestID(ctx), "cause", err.Error())
	return internal(ctx)
}

func (e *Exporter) log() *slog.Logger {
	if e.options.Logger == nil {
		return slog.Default()
	}
	return e.options.Logger
}

// guard answers a panic as a defect, where nothing has been sent yet.
func (e *Exporter) guard(w http.ResponseWriter, r *http.Request) {
	if cause := recover(); cause != nil {
		e.log().ErrorContext(r.Context(), "panic", "request", requestID(r.Context()), "cause", fmt.Sprintf("%T", cause),
			"stack", string(debug.Stack()))
		e.refuse(w, r, internal(r.Context()))
	}
}

func requestID(ctx context.Context) string {
	if t := transport.TraceOf(ctx); t != nil {
		return t.RequestID
	}
	return ""
}

func internal(ctx context.Context) *problem {
	return problemOf(fault.Internal, "internal error; the operators find it under request "+requestID(ctx))
}

// unrecorded refuses a file that is in no audit.
func unrecorded() *problem {
	f := audit.Unrecorded()
	return problemOf(f.Code, f.Message)
}

// candidates refuses to choose among lists.
func candidates(lists []*report.Table) *problem {
	names := ""
	for i, t := range lists {
		if i > 0 {
			names += ", "
		}
		names += t.Name
	}
	return findings(report.Finding{Parameter: "list",
		Message: "list: there are several lists, and this file holds one: name one of " + names +
			", or ask for XLSX, which holds all"})
}
