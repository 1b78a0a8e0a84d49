package transport

import (
	"time"

	"github.com/bureaugraph/bureaugraph/internal/cost"
)

// Limits bound one request. 0 means the default.
type Limits struct {
	BodyBytes int64         // the request's body, or the parameters in its address; 1 MiB
	Tokens    int           // of the document, and keys and values of its arguments; 5,000
	Operation cost.Limits   // what one operation may be
	Timeout   time.Duration // from the request's parsing to its answer; 30 seconds
	Rate      Rate          // of one client; without one, as often as it likes
	Persons   int           // whom a client asks for by number within an hour; 30, below 0 any number
	PerDay    int           // and within 24 hours; 0 is any number
	Records   int           // in the making at once, for all operations together, by estimate; others wait; 20,000
	Running   int           // operations at once; others wait; 64
	Waiting   int           // operations that wait; others are refused; 1,000
	// Wait is how long a small one waits at most, a large one five times as long; 1 second.
	Wait time.Duration
}

// WithDefaults replaces zeros.
func (l Limits) WithDefaults() Limits {
	if l.BodyBytes == 0 {
		l.BodyBytes = 1 << 20
	}
	if l.Tokens == 0 {
		l.Tokens = 5000
	}
	l.Operation = l.Operation.WithDefaults()
	if l.Timeout == 0 {
		l.Timeout = 30 * time.Second
	}
	if l.Persons == 0 {
		l.Persons = 30
	}
	if l.Records == 0 {
		l.Records = 20_000
	}
	if l.Running == 0 {
		l.Running = 64
	}
	if l.Waiting == 0 {
		l.Waiting = 1000
	}
	if l.Wait == 0 {
		l.Wait = time.Second
	}
	return l
}
