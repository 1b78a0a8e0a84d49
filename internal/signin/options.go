// Package signin finds out who asks: from the token of an identity provider, an API key, the
// session of somebody who signed in on the page, or the header of a proxy that is trusted. What
// whoever asks may see is package access's; this package only proves who it is.
//
// Nothing of a token, a key or a session is ever logged or said to a client.
package signin

import (
	"crypto/x509"
	"net/netip"
	"net/url"
	"time"
)

// Options say how callers prove who they are. The zero value knows no way.
type Options struct {
	// PublicURL is the gateway as browsers see it, where whoever signs in comes back to and whose pages may
	// change something; nil when nobody signs in on the page, and pages are those of the Host they ask.
	PublicURL *url.URL
	OIDC      *OIDC
	Keys      string // the key file; "" for none
	Proxy     *Proxy
	Session   Session
	// Demo are invented identities. Only a program can give them, no file of the gateway's.
	Demo *Demo
}

// None is whether there is no way to prove anything.
func (o Options) None() bool {
	return o.OIDC == nil && o.Keys == "" && o.Proxy == nil && o.Demo == nil
}

// OIDC is the bureau's identity provider.
type OIDC struct {
	Issuer string // its URL, as tokens have it in "iss"
	// Audiences are those of the tokens that are taken as Authorization: Bearer; none for no tokens.
	Audiences []string
	// ClientID is the gateway's own, for signing in on the page; "" when nobody does.
	ClientID     string
	ClientSecret string        // "" for a public client, which PKCE protects
	Algorithms   []string      // of signatures, see Algorithms; none means RS256 and ES256
	Skew         time.Duration // by which clocks may differ; 0 means a minute
	Scopes       []string      // asked for besides openid; none means profile
	NameClaim    string        // the claim to show to people; "" means name
	// Claims are those that the policy reads, by the name it has for them, and where they stand in
	// a token, "realm_access.roles". none means groups.
	Claims map[string]string
	// Authority signs the provider's certificate; nil means the machine's.
	Authority *x509.CertPool
}

// Algorithms are those of signatures that a token may have: all with a public key. One with a
// shared secret is none, since whoever knows the public key could sign with it.
var Algorithms = []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}

// withDefaults replaces what is not said.
func (o OIDC) withDefaults() OIDC {
	if len(o.Algorithms) == 0 {
		o.Algorithms = []string{"RS256", "ES256"}
	}
	if o.Skew == 0 {
		o.Skew = time.Minute
	}
	if o.Scopes == nil {
		o.Scopes = []string{"profile"}
	}
	if o.NameClaim == "" {
		o.NameClaim = "name"
	}
	if o.Claims == nil {
		o.Claims = map[string]string{"groups": "groups"}
	}
	return o
}

// Proxy is a server in front of the gateway that signs people in and says in headers who they are.
type Proxy struct {
	Header string // with who asks
	// From are the addresses from which the headers are believed, and Certificates the names in
	// client certificates of whom they are. One of both suffices.
	From         []netip.Prefix
	Certificates []string
	NameHeader   string            // with the name to show to people; "" for none
	Claims       map[string]string // headers, by the claims of the policy; their values are separated by commas
}

// Session is that of people who signed in on the page. It stands in a cookie, sealed.
type Session struct {
	// Key seals sessions, of SessionKeySize bytes. nil means a random one, so that sessions end with
	// the process and no other replica knows them.
	Key      []byte
	Lifetime time.Duration // at most, the identity provider's own end comes first; 0 means 8 hours
}

// SessionKeySize is that of AES-256.
const SessionKeySize = 32

// Demo are invented identities, of which whoever asks takes one.
type Demo struct {
	Identities []DemoIdentity
	Default    string // the Name of the identity of whoever takes none
}

// DemoIdentity is one of them.
type DemoIdentity struct {
	Name    string // in the header X-Demo-Identity, "town-clerk"
	Title   string // for people, in Chinese
	English string
	Claims  map[string][]string
}
