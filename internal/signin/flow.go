package signin

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

const (
	attemptFor      = 10 * time.Minute // somebody may take to sign in
	defaultLifetime = 8 * time.Hour
	callbackPath    = "/signin/callback"
)

// attempt is a sign-in that has begun: what its answer must fit.
type attempt struct {
	State    string    `json:"s"`
	Nonce    string    `json:"n"`
	Verifier string    `json:"v"`
	Return   string    `json:"r"`
	Expires  time.Time `json:"e"`
}

// Begin answers GET /signin: it sends the browser to the identity provider, and remembers where it is to
// come back to, return=/….
func (a *Authenticator) Begin(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	ctx, cancel := withinPatience(r.Context())
	defer cancel()
	found, err := a.provider.discover(ctx)
	if err != nil {
		told(w, pageSilent)
		return
	}
	begun := attempt{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(),
		Return: a.local(r.FormValue("return")), Expires: a.now().Add(attemptFor)}
	if err := a.sealer.set(w, attemptCookie, begun, attemptFor); err != nil {
		begun.Return = a.local("")
		if err := a.sealer.set(w, attemptCookie, begun, attemptFor); err != nil {
			told(w, pageFailed)
			return
		}
	}
	http.Redirect(w, r, a.client(found).AuthCodeURL(begun.State, oidc.Nonce(begun.Nonce),
		oauth2.S256ChallengeOption(begun.Verifier)), http.StatusFound)
}

// client is the gateway as the identity provider knows it.
func (a *Authenticator) client(found *discovered) *oauth2.Config {
	o := a.provider.options
	endpoint := found.Endpoint()
	endpoint.AuthStyle = authStyle(o.ClientSecret, found.clientAuth)
	return &oauth2.Config{ClientID: o.ClientID, ClientSecret: o.ClientSecret, Endpoint: endpoint,
		RedirectURL: a.options.PublicURL.JoinPath(callbackPath).String(),
		Scopes:      append([]string{oidc.ScopeOpenID}, o.Scopes...)}
}

// authStyle is how the gateway proves to the provider which client it is; methods are those that the
// provider says it takes. Left to itself the library tries both, and a provider may take a code only once.
func authStyle(secret string, methods []string) oauth2.AuthStyle {
	const basic = "client_secret_basic" // also where a provider says nothing (OpenID Connect Discovery 1.0, section 3)
	if secret == "" || len(methods) > 0 && !slices.Contains(methods, basic) {
		return oauth2.AuthStyleInParams
	}
	return oauth2.AuthStyleInHeader
}

// local is an address of this gateway to come back to, without its host; the page, when the text is
// anything else.
func (a *Authenticator) local(text string) string {
	home := a.options.PublicURL.JoinPath("/").Path
	u, err := url.Parse(text)
	if err != nil || len(text) > 2000 || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" ||
		!strings.HasPrefix(text, "/") || strings.HasPrefix(text, "//") || strings.ContainsAny(text, "\\") ||
		strings.ContainsFunc(text, func(c rune) bool { return c <= ' ' || c == 0x7f }) {
		return home
	}
	return text
}

// End answers GET /signin/callback: the identity provider has sent the browser back.
func (a *Authenticator) End(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	var begun attempt
	known := a.sealer.get(r, attemptCookie, &begun) && a.now().Before(begun.Expires) &&
		subtle.ConstantTimeCompare([]byte(begun.State), []byte(r.FormValue("state"))) == 1
	if !known {
		a.reject(w, r, pageUnknown, "the answer belongs to no sign-in that has begun here, or came too late")
		return
	}
	a.sealer.clear(w, attemptCookie)
	if issuer := r.FormValue("iss"); issuer != "" && issuer != a.provider.options.Issuer {
		a.reject(w, r, pageFailed, "the answer names another issuer")
		return
	}
	if r.FormValue("error") != "" {
		a.reject(w, r, pageDenied, "the identity provider refused to sign somebody in")
		return
	}
	ctx, cancel := withinPatience(r.Context())
	defer cancel()
	found, err := a.provider.discover(ctx)
	if err != nil {
		told(w, pageSilent)
		return
	}
	tokens, err := a.client(found).Exchange(oidc.ClientContext(ctx, a.provider.client), r.FormValue("code"),
		oauth2.VerifierOption(begun.Verifier))
	switch {
	case errors.Is(err, errSilent):
		a.reject(w, r, pageSilent, "the identity provider did not answer when it was asked for tokens")
		return
	case err != nil:
		a.reject(w, r, pageFailed, "the identity provider gave no tokens for the code")
		return
	}
	raw, _ := tokens.Extra("id_token").(string)
	id, _, failure := a.provider.token(ctx, raw, []string{a.provider.options.ClientID})
	switch {
	case failure != nil && failure.Status == http.StatusServiceUnavailable:
		a.reject(w, r, pageSilent, failure.Reason)
		return
	case failure != nil:
		a.reject(w, r, pageFailed, failure.Reason)
		return
	case subtle.ConstantTimeCompare([]byte(id.nonce), []byte(begun.Nonce)) != 1:
		a.reject(w, r, pageFailed, "the token belongs to another sign-in (nonce)")
		return
	}
	a.open(w, r, id, begun.Return)
}

// open begins the session of whose token it is.
func (a *Authenticator) open(w http.ResponseWriter, r *http.Request, id *token, to string) {
	lifetime := a.options.Session.Lifetime
	if lifetime == 0 {
		lifetime = defaultLifetime
	}
	now := a.now()
	lifetime = min(lifetime, moment(*id.times.Expires).Sub(now))
	who := a.provider.principal(id)
	err := a.sealer.set(w, sessionCookie, session{who.Subject, who.Name, who.Claims, now.Add(lifetime)}, lifetime)
	if err != nil {
		a.reject(w, r, pageLarge,
			"the claims of somebody are too many for a cookie: name fewer under access.oidc.claims")
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// Leave answers POST /signout: it ends the session here, and says where the identity provider ends its own.
func (a *Authenticator) Leave(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if a.origins.Check(r) != nil {
		http.Error(w, "signing out is for the gateway's own page only", http.StatusForbidden)
		return
	}
	a.sealer.clear(w, sessionCookie)
	var next string
	ctx, cancel := withinPatience(r.Context())
	defer cancel()
	if found, err := a.provider.discover(ctx); err == nil && found.endSession != "" {
		if u, err := url.Parse(found.endSession); err == nil {
			query := u.Query()
			query.Set("client_id", a.provider.options.ClientID)
			query.Set("post_logout_redirect_uri", a.options.PublicURL.JoinPath("/").String())
			u.RawQuery = query.Encode()
			next = u.String()
		}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(map[string]string{"next": next}) // fails when the client has left
}

// reject logs why somebody was not signed in, and tells them what they can do.
func (a *Authenticator) reject(w http.ResponseWriter, r *http.Request, p page, reason string) {
	a.log.WarnContext(r.Context(), "not signed in", "reason", reason, "address", a.address(r))
	told(w, p)
}
