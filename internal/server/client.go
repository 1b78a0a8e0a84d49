package server

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// named tells the transport who asks, for what it allows each client: the address that the
// request comes from. Whoever proves who they are is told apart by that instead, see entrance.
func (d *deployment) named(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(transport.WithClient(r.Context(), d.address(r))))
	})
}

// address is where a request comes from.
func (d *deployment) address(r *http.Request) string { return client(r, d.config.Proxies) }

// client is the address of who asks, of IPv6 the network of 64 bits, which is one site's.
func client(r *http.Request, proxies []netip.Prefix) string {
	address, ok := origin(r, proxies)
	switch {
	case !ok:
		return r.RemoteAddr
	case address.Is6():
		network, _ := address.WithZone("").Prefix(64)
		return network.String()
	}
	return address.String()
}

// origin is the address of who asks; ok is false where the server has none. What
// X-Forwarded-For says is believed as far as the deployment's own proxies wrote it: from its
// end up to the first address that is none of theirs.
func origin(r *http.Request, proxies []netip.Prefix) (address netip.Addr, ok bool) {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}, false
	}
	address = from.Addr().Unmap()
	trusted := func(a netip.Addr) bool {
		return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(a) })
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for trusted(address) && len(hops) > 0 {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[len(hops)-1]))
		if err != nil {
			break
		}
		address, hops = hop.Unmap(), hops[:len(hops)-1]
	}
	return address, true
}
