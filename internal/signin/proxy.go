package signin

import (
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bureaugraph/bureaugraph/internal/access"
)

// longestHeader bounds what a proxy says of somebody, in bytes.
const longestHeader = 4096

// proxied takes whom a trusted proxy names; nil when none names anybody. The header of anybody else is
// a forgery, and refused whatever else the request proves: a proxy that lets it through is a hole that
// must be seen.
func (p *Proxy) proxied(r *http.Request) (*access.Principal, *Failure) {
	lines := r.Header.Values(p.Header)
	if len(lines) == 0 {
		return nil, nil
	}
	if !p.trusts(r) {
		return nil, refused("the proxy's header came from an address, or with a certificate, that is not the proxy's")
	}
	if len(lines) > 1 {
		return nil, refused("the proxy's header stands there twice")
	}
	subject := headerText(lines[0])
	if subject == "" {
		return nil, refused("the proxy's header names nobody")
	}
	who := &access.Principal{Via: access.Proxy, Subject: subject, Claims: map[string][]string{}}
	if p.NameHeader != "" {
		who.Name = headerText(r.Header.Get(p.NameHeader))
	}
	for claim, header := range p.Claims {
		for _, value := range strings.Split(strings.Join(r.Header.Values(header), ","), ",") {
			if value = headerText(value); value != "" {
				who.Claims[claim] = append(who.Claims[claim], value)
			}
		}
	}
	return who, nil
}

// trusts is whether a request comes from the proxy itself: X-Forwarded-For is not asked, and of
// certificates only those that the server has verified.
func (p *Proxy) trusts(r *http.Request) bool {
	if from, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
		address := from.Addr().Unmap().WithZone("")
		if slices.ContainsFunc(p.From, func(network netip.Prefix) bool { return network.Contains(address) }) {
			return true
		}
	}
	if r.TLS == nil || len(r.TLS.VerifiedChains) == 0 {
		return false
	}
	leaf := r.TLS.VerifiedChains[0][0]
	return slices.ContainsFunc(slices.Concat(leaf.DNSNames, []string{leaf.Subject.CommonName}), func(name string) bool {
		return slices.Contains(p.Certificates, name)
	})
}

// headerText reads a value of a header, which is ASCII: others are percent-encoded UTF-8. "" is what
// cannot be read.
func headerText(text string) string {
	text = strings.TrimSpace(text)
	if decoded, err := url.PathUnescape(text); err == nil {
		text = decoded
	}
	if len(text) > longestHeader || !utf8.ValidString(text) ||
		strings.ContainsFunc(text, func(c rune) bool { return c < ' ' }) {
		return ""
	}
	return text
}
