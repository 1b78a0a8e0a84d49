package signin

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/apikey"
)

// Authenticator finds out who asks. It is safe for concurrent use.
type Authenticator struct {
	options  Options
	log      *slog.Logger
	address  func(*http.Request) string
	now      func() time.Time
	provider *provider    // nil without OIDC
	keys     *apikey.Book // nil without keys
	sealer   *sealer      // nil without sign-in on the page
	lockout  *lockout
	origins  *http.CrossOriginProtection
}

// New makes an authenticator; address tells from where a request comes, for who fails too often. It asks
// nobody: an identity provider that is down does not keep the gateway from starting. Errors are the
// findings of the key file, or that it cannot be read.
func New(options Options, address func(*http.Request) string, log *slog.Logger) (*Authenticator, error) {
	a := &Authenticator{options: options, log: log, address: address, now: time.Now, lockout: newLockout(),
		origins: http.NewCrossOriginProtection()}
	if options.PublicURL != nil {
		if err := a.origins.AddTrustedOrigin(options.PublicURL.Scheme + "://" + options.PublicURL.Host); err != nil {
			return nil, fmt.Errorf("signin: %w", err)
		}
	}
	var err error
	if options.Keys != "" {
		if a.keys, err = apikey.Open(options.Keys, log); err != nil {
			return nil, err
		}
	}
	if options.OIDC == nil {
		return a, nil
	}
	a.provider = newProvider(*options.OIDC, log, func() time.Time { return a.now() })
	if a.SignsIn() {
		if options.Session.Key == nil {
			log.Warn("no session key is configured: whoever has signed in must do so again when the gateway is restarted, and at each replica")
		}
		if options.PublicURL.Scheme != "https" {
			log.Warn("publicUrl is no https address: whoever listens on the network can take over sessions")
		}
		a.sealer, err = newSealer(options.Session.Key, options.PublicURL.Scheme == "https")
	}
	return a, err
}

// Succeed takes over from an authenticator that is replaced what a new one must not forget: who failed how often,
// and, where no key is configured, the key of sessions.
func (a *Authenticator) Succeed(before *Authenticator) {
	a.lockout = before.lockout
	if a.sealer != nil && before.sealer != nil && a.options.Session.Key == nil && before.options.Session.Key == nil {
		a.sealer.aead = before.sealer.aead
	}
}

// SignsIn is whether people sign in on the page.
func (a *Authenticator) SignsIn() bool {
	return a.options.OIDC != nil && a.options.OIDC.ClientID != "" && a.options.PublicURL != nil
}

// Demo are the invented identities; nil outside the demo.
func (a *Authenticator) Demo() *Demo { return a.options.Demo }

// Authenticate gives who asks, nil for a request without any proof. Proofs are looked at in this order,
// and the first that is there decides: the header Authorization, the header X-API-Key, the header of the
// proxy, the session, the demo's identity. An error is a *Failure, which has been logged.
func (a *Authenticator) Authenticate(r *http.Request) (*access.Principal, error) {
	who, failure := a.proof(r)
	if failure == nil {
		return who, nil
	}
	if failure.Reason != "" {
		a.log.WarnContext(r.Context(), "not let in", "reason", failure.Reason, "address", a.address(r))
	}
	return nil, failure
}

func (a *Authenticator) proof(r *http.Request) (*access.Principal, *Failure) {
	var proxied *access.Principal
	if a.options.Proxy != nil { // first: a forged header is refused beside whatever else
		var forged *Failure
		if proxied, forged = a.options.Proxy.proxied(r); forged != nil {
			a.lockout.fail(a.address(r), anyToken)
			return nil, forged
		}
	}
	if a.provider != nil || a.keys != nil {
		if lines := r.Header.Values("Authorization"); len(lines) > 1 {
			return nil, refused("the header Authorization stands there twice")
		} else if len(lines) == 1 {
			return a.authorization(r, lines[0])
		}
	}
	if key := r.Header.Get("X-API-Key"); key != "" && a.keys != nil {
		return a.key(r, "", key)
	}
	if proxied != nil {
		return a.fromPage(r, proxied)
	}
	if who := a.session(r); who != nil {
		return a.fromPage(r, who)
	}
	if a.options.Demo != nil {
		identity, byCookie, failure := a.options.Demo.taken(r)
		switch {
		case failure != nil:
			return nil, failure
		case byCookie:
			return a.fromPage(r, identity.principal())
		case identity != nil:
			return identity.principal(), nil
		}
	}
	return nil, nil
}

// fromPage lets what a browser sends by itself, cookies here or at the proxy, prove something only for a
// request that a page of another site cannot have sent, unless it changes nothing.
func (a *Authenticator) fromPage(r *http.Request, who *access.Principal) (*access.Principal, *Failure) {
	if a.origins.Check(r) != nil {
		return nil, crossSite()
	}
	return who, nil
}

// authorization takes a token, a key, or the name and key of HTTP Basic.
func (a *Authenticator) authorization(r *http.Request, header string) (*access.Principal, *Failure) {
	if name, key, basic := r.BasicAuth(); basic {
		if a.keys == nil {
			return nil, refused("a name and a key were sent, and there are no API keys here")
		}
		return a.key(r, name, key)
	}
	scheme, proof, _ := strings.Cut(header, " ")
	proof = strings.TrimSpace(proof)
	switch {
	case !strings.EqualFold(scheme, "Bearer") || proof == "":
		return nil, refused("the header Authorization is neither Bearer nor Basic")
	case apikey.Looks(proof) || a.provider == nil:
		return a.key(r, "", proof)
	case len(a.options.OIDC.Audiences) == 0:
		return nil, refused("a token was sent, and none is taken here")
	}
	return a.token(r, proof)
}

func (a *Authenticator) token(r *http.Request, raw string) (*access.Principal, *Failure) {
	from := a.address(r)
	if wait := a.lockout.wait(from, anyToken); wait > 0 {
		return nil, locked(wait)
	}
	t, genuine, failure := a.provider.token(r.Context(), raw, a.options.OIDC.Audiences)
	if failure != nil {
		if !genuine {
			a.lockout.fail(from, anyToken)
		}
		return nil, failure
	}
	a.lockout.succeed(from, anyToken)
	return a.provider.principal(t), nil
}

// key takes an API key; name is the one that must be its, "" for any.
func (a *Authenticator) key(r *http.Request, name, key string) (*access.Principal, *Failure) {
	if a.keys == nil {
		return nil, refused("an API key was sent, and there are none here")
	}
	from, claimed := a.address(r), apikey.PrefixOf(key)
	if claimed == "" {
		claimed = name
	}
	if wait := a.lockout.wait(from, claimed); wait > 0 {
		return nil, locked(wait)
	}
	entry, reason := a.keys.Find(key)
	switch {
	case reason != "" && entry.Name == "": // who has the right key guesses no more, even when it has ended
		a.lockout.fail(from, claimed)
		return nil, refused(reason)
	case reason != "":
		return nil, refused(reason + ": " + entry.Name + " " + entry.Prefix)
	case name != "" && name != entry.Name:
		return nil, refused("the API key is of another name: " + entry.Name + " " + entry.Prefix)
	}
	a.lockout.succeed(from, claimed)
	return &access.Principal{Via: access.Key, Subject: entry.Name, Name: entry.Name, Claims: entry.Claims}, nil
}

// withinPatience bounds what the identity provider is waited for.
func withinPatience(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, patience)
}
