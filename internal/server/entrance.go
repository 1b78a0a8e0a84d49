package server

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/audit"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/signin"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// entrance stands before all that is not for everybody. It learns who asks before anything else of the
// request is looked at, and says nothing of the graph to whom it does not let in.
type entrance struct {
	signin *signin.Authenticator // nil lets everybody in, and asks nobody
	// admits is whether somebody has any business here; nil is nobody.
	admits func(*access.Principal) bool
	// role is that in which somebody asks; nil without one.
	role func(*access.Principal) *access.Role
}

// refuse answers a request that is not let in, in the form of the route.
type refuse func(http.ResponseWriter, *http.Request, *transport.Refusal)

// How somebody can prove who they are, for headers WWW-Authenticate. Basic is named to tools only: a
// browser asks for name and password when a page's request is answered so.
const (
	bearer = `Bearer realm="Bureaugraph"`
	basic  = `Basic realm="Bureaugraph", charset="UTF-8"`
)

// challenging names ways to prove who one is in answers to those who have not.
func (r refuse) challenging(ways ...string) refuse {
	return func(w http.ResponseWriter, request *http.Request, because *transport.Refusal) {
		if because.Status == http.StatusUnauthorized {
			because.Challenges = ways
		}
		r(w, request, because)
	}
}

// around lets through to next those who are let in, with who they are in the request's context.
func (e *entrance) around(next http.Handler, refuse refuse) http.Handler {
	if e.signin == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, err := e.signin.Authenticate(r)
		audit.From(r.Context()).By(who)
		switch {
		case err != nil:
			refuse(w, r, refusal(err))
		case e.admits(who):
			next.ServeHTTP(w, known(r, who))
		case who == nil:
			refuse(w, r, refusal(signin.Nobody()))
		default:
			refuse(w, r, withoutRole())
		}
	})
}

// withoutRole refuses somebody of whom it is known who they are, and who has no business here.
func withoutRole() *transport.Refusal {
	return &transport.Refusal{Status: http.StatusForbidden, Code: fault.Forbidden,
		Message: "you are known here and may see nothing: ask the gateway's operators for a role"}
}

// known is a request of whom it is. Whoever is nobody is told apart by the address, see named.
func known(r *http.Request, who *access.Principal) *http.Request {
	if who == nil {
		return r
	}
	return r.WithContext(transport.WithClient(access.WithPrincipal(r.Context(), who), who.ID()))
}

// refusal words a failure for the client.
func refusal(err error) *transport.Refusal {
	failure, ok := errors.AsType[*signin.Failure](err)
	if !ok {
		return &transport.Refusal{Status: http.StatusInternalServerError, Code: fault.Internal,
			Message: "internal error"}
	}
	return &transport.Refusal{Status: failure.Status, Code: failure.Code, Message: failure.Message, Wait: failure.Wait}
}

// routes are those by which people sign in and out, and learn who they are.
func (e *entrance) routes(mux *http.ServeMux, refuse refuse) {
	mux.HandleFunc("GET /whoami", func(w http.ResponseWriter, r *http.Request) { e.whoami(w, r, refuse) })
	if e.signin == nil {
		return
	}
	if e.signin.SignsIn() {
		mux.HandleFunc("GET /signin", e.signin.Begin)
		mux.HandleFunc("GET /signin/callback", e.signin.End)
		mux.HandleFunc("POST /signout", e.signin.Leave)
	}
	if e.signin.Demo() != nil {
		mux.HandleFunc("PUT /demo/identity/{name}", e.signin.Take)
	}
}

// asker is what the page is told of who asks.
type asker struct {
	Open    bool       `json:"open"`    // everybody is served
	Via     access.Via `json:"via"`     // "" for nobody
	Name    string     `json:"name"`    // to show, "" for nobody
	Role    *held      `json:"role"`    // null without a policy, and of whom it gives none
	SignIn  bool       `json:"signIn"`  // whether people sign in on the page
	SignOut bool       `json:"signOut"` // whether who asks has done so
	// Identities are the demo's, of which the page offers one to take; Identity is the one that is taken.
	Identities []offered `json:"identities,omitempty"`
	Identity   string    `json:"identity,omitempty"`
}

// held is what the page is told of the role in which somebody asks.
type held struct {
	Name    string `json:"name"`
	Label   string `json:"label"`
	Unmasks bool   `json:"unmasks"` // sees some fields whole when a reason is given
	Exports bool   `json:"exports"`
	Figures bool   `json:"figuresOnly"`
}

type offered struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	English string `json:"english"`
}

// whoami answers GET /whoami. It is for everybody: who is nobody learns how to become somebody.
func (e *entrance) whoami(w http.ResponseWriter, r *http.Request, refuse refuse) {
	answer := asker{Open: e.signin == nil}
	if e.signin != nil {
		who, err := e.signin.Authenticate(r)
		if err != nil {
			refuse(w, r, refusal(err))
			return
		}
		answer.SignIn = e.signin.SignsIn()
		if role := e.role(who); role != nil {
			answer.Role = &held{role.Name, role.Label, role.Unmasks(), role.Export, role.FiguresOnly}
		}
		if who != nil {
			answer.Via, answer.Name = who.Via, who.Name
			if who.Name == "" {
				answer.Name = who.Subject
			}
			answer.SignOut = answer.SignIn && e.signin.InSession(r)
		}
		if demo := e.signin.Demo(); demo != nil {
			for _, i := range demo.Identities {
				answer.Identities = append(answer.Identities, offered{i.Name, i.Title, i.English})
			}
			if who != nil && who.Via == access.Demo {
				answer.Identity = who.Subject
			}
		}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(answer) // fails when the client has left
}
