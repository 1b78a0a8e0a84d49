package server

import (
	"net/http"
	"slices"

	"github.com/rs/cors"

	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// guarded keeps pages of other addresses out, but for those that the deployment lists, and tells
// browsers to be strict with what they get.
//
// A listed page's script sends a token or a key of its own: cookies are for the gateway's own page, and
// are not let through.
func (d *deployment) guarded(next http.Handler) http.Handler {
	origins := d.config.Origins
	foreign := http.NewCrossOriginProtection()
	trusted := origins
	if public := d.config.Access.PublicURL; public != nil { // a proxy may have changed the header Host
		trusted = append(slices.Clone(origins), public.Scheme+"://"+public.Host)
	}
	for _, origin := range trusted {
		if err := foreign.AddTrustedOrigin(origin); err != nil {
			panic(err) // the configuration's reader takes addresses only
		}
	}
	checked := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if foreign.Check(r) != nil || isForeignRead(r) && !slices.Contains(trusted, r.Header.Get("Origin")) {
			d.policies.whole.graph.Refuse(w, r, &transport.Refusal{Status: http.StatusForbidden, Code: fault.Forbidden,
				Message: "a page of another address sent this, which the configuration does not list under cors"})
			return
		}
		next.ServeHTTP(w, r)
	})
	if len(origins) == 0 {
		return d.strict(checked)
	}
	return d.strict(cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodPost},
		AllowedHeaders: []string{"Authorization", "Content-Type", "Accept", "X-API-Key", "Traceparent", reasonHeader},
		ExposedHeaders: []string{"X-Request-Id", "X-Cost-Estimated", "X-Cost-Actual", "Retry-After",
			"Content-Disposition", "Report-Rows", "Report-Partial", "Report-Cut", "Report-Repeats"},
		MaxAge: 600, // seconds for which a browser need not ask again
	}).Handler(checked))
}

// isForeignRead is whether a browser says that a page of another address reads something, other than by
// a link that somebody followed, whose answer that page does not get to see.
func isForeignRead(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return false
	}
	return r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document"
}

// strict sets what browsers are told of every answer; a handler may say otherwise for its own.
func (d *deployment) strict(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if r.TLS != nil {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}
