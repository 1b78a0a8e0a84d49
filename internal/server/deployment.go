package server

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/audit"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/export"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
	"github.com/bureaugraph/bureaugraph/internal/library"
	"github.com/bureaugraph/bureaugraph/internal/signin"
	"github.com/bureaugraph/bureaugraph/internal/statistics"
	"github.com/bureaugraph/bureaugraph/internal/telemetry"
	"github.com/bureaugraph/bureaugraph/internal/transport"
	"github.com/bureaugraph/bureaugraph/internal/watched"
	"github.com/bureaugraph/bureaugraph/playground"
	"github.com/bureaugraph/bureaugraph/resolvers"
)

// standing is what outlives a reload of the configuration.
type standing struct {
	log         *slog.Logger
	clock       func() time.Time
	instruments *instruments
	files       export.Room // in the making, for all roles
	audit       *audit.Log  // nil before Start and without one
	personKey   []byte      // of persons' ids, where the deployment has none; nil before it is needed
	stopping    atomic.Bool
}

// time is the clock's; a test sets the clock.
func (s *standing) time() time.Time { return s.clock() }

// deployment is one configuration in force: sources, mappings and reference data below the graph,
// the graph below HTTP. One that was replaced answers the requests it has, and then closes its
// connections.
type deployment struct {
	*standing
	http.Handler // of the public address
	config       config.Config
	databases    map[model.System]*database.DB
	mappings     map[model.System]*mapping.File
	set          *adapters.Set
	unknown      []statistics.Unknown
	entrance     entrance
	policies     policies
	tls          *watched.File[*tls.Config] // nil without https
	documents    transport.Persisted
	saved        *library.Store
	operations   map[string]bool // names of operations that are saved or persisted
	tracing      *telemetry.Traces
	unread       error // what is wrong with operations that the site saved

	mu      sync.Mutex
	running int           // requests
	retired chan struct{} // nil in force; closed when the last request is answered
}

// deploy opens everything and connects to nothing. before is the deployment that this one is to
// replace, of which it takes over what clients must not get rid of by a reload; nil for the first.
func deploy(c config.Config, standing *standing, before *deployment) (*deployment, error) {
	c = withDefaults(c)
	d := &deployment{standing: standing, config: c}
	d.tracing = d.traces()
	resolver, mapped, err := open(&d.config, standing, d.tracing)
	if err := errors.Join(err, d.read(before)); err != nil { // all findings of all files
		if resolver != nil {
			d.databases = resolver.Systems
		}
		return nil, errors.Join(err, d.unread, d.close())
	}
	d.databases, d.mappings, d.set, d.unknown = resolver.Systems, mapped, resolver.Set, resolver.UnknownFigures()
	if err := d.serve(resolver, before); err != nil {
		return nil, errors.Join(err, d.close())
	}
	return d, nil
}

func withDefaults(c config.Config) config.Config {
	if c.Listen == "" {
		c.Listen = config.DefaultListen
	}
	if c.Shutdown.Drain == 0 {
		c.Shutdown.Drain = config.DefaultDrain
	}
	c.Limits = c.Limits.WithDefaults()
	return c
}

// read reads the files that need no graph: saved and persisted operations, the policy, keys, the
// certificate. The error is all findings of all of them.
func (d *deployment) read(before *deployment) error {
	c := d.config
	var noDocuments, noLibrary, noCertificate, noSignin, noPolicy error
	d.documents, noDocuments = persisted(c.Persisted, graph.Schema(), c.Limits, d.log)
	d.saved, noLibrary = library.Open(playground.Queries(), c.Library.Directory, c.Library.Save)
	if noLibrary == nil {
		var saved []library.Operation
		saved, d.unread = d.saved.List() // what is wrong in the site's directory is left out
		texts := d.documents.Texts()
		for _, o := range saved {
			texts = append(texts, o.Query)
		}
		d.operations = operationNames(texts)
	}
	if c.TLS != nil {
		d.tls, noCertificate = d.certified(*c.TLS)
	}
	if !c.Access.Open() {
		d.entrance.signin, noSignin = signin.New(c.Access.Options, d.address, d.log)
		if noSignin == nil && before != nil && before.entrance.signin != nil {
			d.entrance.signin.Succeed(before.entrance.signin)
		}
		d.entrance.admits, d.entrance.role = d.policies.admits, d.policies.role
	}
	if c.Access.Policy != nil {
		_, noPolicy = ParsePolicy(*c.Access.Policy)
	}
	return errors.Join(noDocuments, noLibrary, noCertificate, noSignin, noPolicy)
}

// serve puts the graph below HTTP.
func (d *deployment) serve(resolver *resolvers.Resolver, before *deployment) error {
	shared := transport.NewShared(d.config.Limits)
	if before != nil {
		shared = before.policies.painter.shared.Renewed(d.config.Limits)
	}
	d.policies.painter = painter{standing: d.standing, config: &d.config, resolver: resolver, documents: d.documents,
		saved: d.saved, shared: shared, compress: compressor()}
	d.policies.whole = d.policies.painter.whole()
	if policy := d.config.Access.Policy; policy != nil {
		if err := d.policies.open(*policy); err != nil {
			return err
		}
	}
	d.Handler = d.routes()
	return nil
}

// look logs which systems answer, learns of them what can be learned, and logs where a mapping
// does not fit. A system that does not answer is served as soon as it does: connections are made when
// they are needed.
func (d *deployment) look(ctx context.Context) {
	for _, state := range d.systems(ctx) {
		if state.State == Answering {
			d.log.Info("system answers", "system", state.System, "version", state.Version)
		} else {
			d.log.Warn("system does not answer; its fields are null until it does", "system", state.System, "state",
				state.State)
		}
	}
	if err := d.set.Learn(ctx); err != nil {
		fanout.Log(d.log, err)
	}
	for _, f := range d.examine(ctx) { // what is not there is null, and a fault of its system
		d.log.Warn("the mapping does not fit the database", "finding", f.String())
	}
}

// enter counts a request in; not when the deployment has been replaced.
func (d *deployment) enter() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.retired != nil {
		return false
	}
	d.running++
	return true
}

// leave counts a request out that entered.
func (d *deployment) leave() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.running--
	if d.running == 0 && d.retired != nil {
		close(d.retired)
	}
}

// retire lets no more requests in, waits for those there are, and closes the connections.
func (d *deployment) retire() error {
	d.mu.Lock()
	d.retired = make(chan struct{})
	if d.running == 0 {
		close(d.retired)
	}
	d.mu.Unlock()
	<-d.retired
	return d.close()
}

// close closes all connections, for which it waits as long as a statement may take, at most, and sends
// what waits of traces, for some seconds.
func (d *deployment) close() error {
	systems := slices.Collect(maps.Values(d.databases))
	failures := make([]error, len(systems))
	var closing fanout.Group
	for i, db := range systems {
		closing.Go(func() { failures[i] = db.Close() })
	}
	return errors.Join(closing.Wait(), errors.Join(failures...), d.tracing.Close())
}

// sendFor is how long the bytes of an answer may take on their way to a client.
const sendFor = 30 * time.Second

// timed bounds how long a request may take from its end to that of its answer. Files of reports
// set another bound.
func (d *deployment) timed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		by := time.Now().Add(d.config.Limits.Timeout + sendFor)
		_ = http.NewResponseController(w).SetWriteDeadline(by) // not every writer has one
		next.ServeHTTP(w, r)
	})
}
