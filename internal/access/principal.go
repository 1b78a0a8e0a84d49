// Package access says who asks, and what a bureau's policy lets them see. It is pure: it reads
// no request and no file, asks nobody, and is the same for whatever proves who somebody is.
package access

import "context"

// Via is how it was proven who asks.
type Via string

// The ways.
const (
	Nobody Via = ""      // nothing was proven
	OIDC   Via = "OIDC"  // a token of the bureau's identity provider, or a sign-in with it
	Key    Via = "KEY"   // an API key
	Proxy  Via = "PROXY" // a header that a trusted proxy sets
	Demo   Via = "DEMO"  // one of the demo's invented identities
)

// Principal is who asks: a person, or a program with a key. nil is nobody.
type Principal struct {
	// Subject tells principals of one Via apart and does not change: "sub" of a token, the name
	// of a key, the user a proxy names.
	Subject string
	// Name is for people to read; "" when nothing but the subject is known. It is personal data:
	// nothing but the audit and the caller's own screen shows it.
	Name string
	Via  Via
	// Claims are what the proof says of the principal, each a list of texts: groups, town. The
	// policy makes roles and scopes of them.
	Claims map[string][]string
}

// ID tells principals apart across all ways, "OIDC:4711"; "" of nobody.
func (p *Principal) ID() string {
	if p == nil {
		return ""
	}
	return string(p.Via) + ":" + p.Subject
}

type principalKey struct{}

// WithPrincipal puts who asks into a context.
func WithPrincipal(ctx context.Context, p *Principal) context.Context {
	return context.WithValue(ctx, principalKey{}, p)
}

// PrincipalOf gives who asks; nil when nobody has said.
func PrincipalOf(ctx context.Context) *Principal {
	p, _ := ctx.Value(principalKey{}).(*Principal)
	return p
}
