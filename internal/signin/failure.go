package signin

import (
	"net/http"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// Failure is why somebody is not let in. Message is for the client, and the same for whatever was
// wrong with a proof; Reason is for the log, and says what it was without repeating any of it.
type Failure struct {
	Status  int
	Code    fault.Code
	Message string
	Reason  string        // "" when there is nothing to log
	Wait    time.Duration // until it is worth another try; 0 when nothing is known of that
}

// Error gives the sentence for the log.
func (f *Failure) Error() string { return "signin: " + f.Reason }

// Nobody is the failure of a request without any proof.
func Nobody() *Failure {
	return &Failure{Status: http.StatusUnauthorized, Code: fault.Unauthenticated,
		Message: "sign in first: this gateway answers only those whom it knows"}
}

// refused is the failure of a proof that proves nothing.
func refused(reason string) *Failure {
	return &Failure{Status: http.StatusUnauthorized, Code: fault.Unauthenticated, Reason: reason,
		Message: "the proof of who you are was not accepted: sign in again, or ask the gateway's operators for a new key"}
}

// unavailable is the failure of a token that nobody can check now.
func unavailable(reason string) *Failure {
	return &Failure{Status: http.StatusServiceUnavailable, Code: fault.Unauthenticated, Reason: reason,
		Wait:    retryAfter,
		Message: "the identity provider does not answer, so that nobody can be recognised by its tokens; try again later"}
}

// locked is the failure of who has failed too often.
func locked(wait time.Duration) *Failure {
	return &Failure{Status: http.StatusTooManyRequests, Code: fault.LimitExceeded, Wait: wait,
		Reason:  "too many proofs have failed; this one was not looked at",
		Message: "too many attempts to prove who you are have failed; try again later"}
}

// crossSite is the failure of a request that a page of another site sends with a session.
func crossSite() *Failure {
	return &Failure{Status: http.StatusForbidden, Code: fault.Forbidden,
		Reason:  "a page of another site used a session",
		Message: "a page of another site cannot use your session"}
}
