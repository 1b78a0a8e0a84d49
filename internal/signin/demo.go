package signin

import (
	"net/http"
	"slices"

	"github.com/bureaugraph/bureaugraph/internal/access"
)

// The header and the cookie by which somebody takes one of the demo's identities.
const (
	demoHeader = "X-Demo-Identity"
	demoCookie = "bureaugraph-demo"
)

// find gives the identity of a name; nil when there is none.
func (d *Demo) find(name string) *DemoIdentity {
	at := slices.IndexFunc(d.Identities, func(i DemoIdentity) bool { return i.Name == name })
	if at < 0 {
		return nil
	}
	return &d.Identities[at]
}

// taken gives the identity that a request takes: that of the header, of the cookie, or the default.
// A cookie of another demo that ran here names nobody, and is as none.
func (d *Demo) taken(r *http.Request) (_ *DemoIdentity, byCookie bool, _ *Failure) {
	if name := r.Header.Get(demoHeader); name != "" {
		identity := d.find(name)
		if identity == nil {
			return nil, false, refused("the demo has no such identity")
		}
		return identity, false, nil
	}
	if cookie, err := r.Cookie(demoCookie); err == nil {
		if identity := d.find(cookie.Value); identity != nil {
			return identity, true, nil
		}
	}
	return d.find(d.Default), false, nil
}

func (i *DemoIdentity) principal() *access.Principal {
	return &access.Principal{Via: access.Demo, Subject: i.Name, Name: i.Title, Claims: i.Claims}
}

// Take answers PUT with the name of one of the demo's identities: the browser has it from then on.
func (a *Authenticator) Take(w http.ResponseWriter, r *http.Request) {
	if err := a.origins.Check(r); err != nil {
		http.Error(w, "identities are taken from the demo's own page only", http.StatusForbidden)
		return
	}
	identity := a.options.Demo.find(r.PathValue("name"))
	if identity == nil {
		http.Error(w, "the demo has no such identity", http.StatusNotFound)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: demoCookie, Value: identity.Name, Path: "/", HttpOnly: true,
		SameSite: http.SameSiteLaxMode})
	w.WriteHeader(http.StatusNoContent)
}
