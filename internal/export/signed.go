package export

import (
	"net/http"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/account"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// Signed lets only the deployment's service accounts through to next: by HTTP Basic, or
// by the header X-Api-Key, name:key. Without accounts it lets everybody through.
func (e *Exporter) Signed(accounts *account.Book, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if accounts.Open() {
			next(w, r)
			return
		}
		name, key, given := r.BasicAuth()
		if header := r.Header.Get("X-Api-Key"); !given && header != "" {
			name, key, given = strings.Cut(header, ":")
		}
		if given && accounts.Lets(name, key) {
			next(w, r.WithContext(transport.WithClient(r.Context(), "account "+name)))
			return
		}
		prepare(w, r)
		message := "reports need a service account: send its name and key by HTTP Basic, or as the header X-Api-Key, name:key"
		if given {
			message = "the service account or its key is wrong"
		}
		p := problemOf(fault.Unauthenticated, message)
		p.challenge = `Basic realm="Bureaugraph reports", charset="UTF-8"`
		e.refuse(w, r, p)
	}
}
