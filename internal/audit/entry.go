// Package audit records who asked what of whose data: one line a request, in files that only
// grow, in which every line carries the hash of the line before, and a seal that nobody makes
// without the key. What is changed, missing, moved or cut off is found (Verify), and the
// lines tell who looked at a person (Who), and what a month was like (NewReport).
//
// No line holds personal data in clear but the name of who asked: of a person there is a
// token, a keyed hash of the number; of an operation its name and the hash of its text
// without values; a reason is masked.
package audit

import (
	"net/http"
	"slices"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// Outcome sums up what became of a request.
type Outcome string

// The outcomes.
const (
	OK        Outcome = "OK"
	Partial   Outcome = "PARTIAL"   // a system failed, and the rest was served
	Refused   Outcome = "REFUSED"   // the answer says why, by its codes
	Failed    Outcome = "FAILED"    // a defect of the gateway
	Abandoned Outcome = "ABANDONED" // the client left before it was answered
)

// StatusGone is the status of a request whose client has left; the number is nginx's.
const StatusGone = 499

// OutcomeOf sums up an answer by its HTTP status and the codes of its errors: what an operator
// must look at comes first.
func OutcomeOf(status int, codes []string) Outcome {
	has := func(matches func(fault.Code) bool) bool {
		return slices.ContainsFunc(codes, func(code string) bool { return matches(fault.Code(code)) })
	}
	switch {
	case status == StatusGone:
		return Abandoned
	case has(func(c fault.Code) bool { return c == fault.Internal }):
		return Failed
	case has(fault.Code.IsOfSource):
		return Partial
	case len(codes) > 0 || status >= http.StatusBadRequest:
		return Refused
	}
	return OK
}

// Entry is what the audit says of one request.
type Entry struct {
	Time         time.Time `json:"time"` // when it came
	Request      string    `json:"request"`
	Principal    string    `json:"principal"`       // access.Principal.ID; "" is nobody
	Name         string    `json:"name,omitzero"`   // of the principal
	Roles        []string  `json:"roles,omitempty"` // by which the policy judged
	Address      string    `json:"address"`         // that the request came from
	Route        string    `json:"route"`
	Operation    string    `json:"operation,omitzero"`
	Text         string    `json:"text,omitzero"` // hash of the operation's text, see normalise; "" where none was read
	Systems      []System  `json:"systems,omitempty"`
	Records      int       `json:"records"`               // objects answered, those inside others too
	Persons      []string  `json:"persons,omitempty"`     // tokens of those answered, sorted
	MorePersons  int       `json:"morePersons,omitzero"`  // answered and not among Persons
	Lookups      []string  `json:"lookups,omitempty"`     // tokens of those asked for by number, sorted
	Unmasked     []string  `json:"unmasked,omitempty"`    // fields shown unmasked, Type.field, sorted
	MoreUnmasked int       `json:"moreUnmasked,omitzero"` // shown and not among Unmasked
	Reason       string    `json:"reason,omitzero"`       // as the reader gave it, masked
	Export       *Export   `json:"export,omitempty"`      // nil where no file was made
	Outcome      Outcome   `json:"outcome"`
	Codes        []string  `json:"codes,omitempty"` // of the answer's errors
	Milliseconds float64   `json:"ms"`
	// Corrects is set in a second line of a request: the first says that it was answered, and
	// was not on disk in time, so that it was refused.
	Corrects bool `json:"corrects,omitzero"`
}

// System is the part that one legacy system had.
type System struct {
	System     string         `json:"system"`
	Status     sources.Status `json:"status"`
	Statements int            `json:"statements"`
	Rows       int            `json:"rows"`
}

// Export is the file that was sent.
type Export struct {
	Rows int    `json:"rows"`
	Hash string `json:"hash"` // "sha256:…" or "sm3:…" of its bytes
}

// What a line holds at most; the rest is counted. With these a line is shorter than a UDP
// datagram may be.
const (
	mostPersons  = 1000
	mostUnmasked = 200
	mostReason   = access.MostReason // characters
)

// china is the zone of all times in the audit.
var china = time.FixedZone("", 8*60*60)

// moment is how a time stands in the audit.
func moment(t time.Time) time.Time { return t.In(china).Truncate(time.Millisecond) }
