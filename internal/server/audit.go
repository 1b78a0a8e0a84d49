package server

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/audit"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// openAudit begins to write the audit of the deployment; nil where it has none.
func (d *deployment) openAudit() (*audit.Log, error) {
	c := d.config.Audit
	if c.Directory != "" && d.config.Stock {
		return nil, errors.New("server: gqlgen's own executor tells the audit of no persons: leave it out, or the audit")
	}
	if c.Directory == "" {
		d.log.Warn("no audit is configured: nobody is recorded, and nothing is shown unmasked")
		return nil, nil
	}
	o := audit.Options{Directory: c.Directory, Key: c.Key, Hash: c.Hash, Keep: c.Keep, Rotate: c.Rotate, Logger: d.log}
	var err error
	if c.Syslog != "" {
		if o.Syslog, err = audit.ParseSyslog(c.Syslog); err != nil {
			return nil, fmt.Errorf("server: audit: syslog %w", err)
		}
	}
	log, err := audit.Open(o)
	if err != nil {
		return nil, fmt.Errorf("server: %w", err)
	}
	d.instruments.auditOf(log)
	return log, nil
}

// reasonHeader is where a reader says why they ask, see access.ReasonIn.
const reasonHeader = "X-Access-Reason"

// audited records the requests of a route, those that next refuses, too.
func (d *deployment) audited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		trace := transport.TraceOf(r.Context())
		from := r.RemoteAddr
		if address, ok := origin(r, d.config.Proxies); ok {
			from = address.String()
		}
		trail := d.audit.Begin(trace.RequestID, from, r.Pattern)
		if trail == nil {
			next.ServeHTTP(w, r)
			return
		}
		trail.Reason(access.ReasonIn(r.Header.Get(reasonHeader)))
		seen := &statusWriter{ResponseWriter: w}
		whole := false
		defer func() {
			if !whole { // a panic is on its way
				trail.End(http.StatusInternalServerError, []string{string(fault.Internal)})
			}
		}()
		next.ServeHTTP(seen, r.WithContext(audit.With(r.Context(), trail)))
		whole = true
		trail.End(cmp.Or(seen.status, http.StatusOK), trace.Codes)
	})
}
