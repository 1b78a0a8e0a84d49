// Package sources keeps the log of one request's dealings with the legacy systems: what
// the answer's extensions.sources, the trace pane and the tests read.
package sources

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"
)

// Status says how a system took part in an answer.
type Status string

// The statuses.
const (
	OK          Status = "OK"          // every statement was answered
	Unavailable Status = "UNAVAILABLE" // the system could not be reached
	Timeout     Status = "TIMEOUT"     // a statement was not answered in time
	Failed      Status = "FAILED"      // a statement was refused
)

// Entry sums up one system's part in an answer.
type Entry struct {
	System       string `json:"system"`
	Status       Status `json:"status"`
	Statements   int    `json:"statements"`
	Rows         int    `json:"rows"`
	Milliseconds int64  `json:"milliseconds"` // time spent waiting, summed over statements and rounded once
	Repaired     int    `json:"repaired"`     // cells answered after repair or with doubt
	Dropped      int    `json:"dropped"`      // cells answered as null because they were unusable
	// Address is which address of the system answered last: main, or replica-1 and so on; "" where it has one only.
	Address string `json:"address,omitempty"`
	// LagSeconds is how far that replica was behind, rounded down; nil where that is not known.
	LagSeconds *int `json:"lagSeconds,omitempty"`

	took time.Duration // Milliseconds before they are rounded
}

// Log collects the entries of one request. It is safe for concurrent use, and a nil
// Log takes everything and keeps nothing.
type Log struct {
	mu      sync.Mutex
	entries map[string]*Entry
	sql     map[string][]string // only kept when asked for
	keepSQL bool
}

// New makes an empty log; keepSQL also keeps the statement texts (tests and traces).
func New(keepSQL bool) *Log {
	return &Log{entries: map[string]*Entry{}, sql: map[string][]string{}, keepSQL: keepSQL}
}

// Statement records one statement with its outcome.
func (l *Log) Statement(system, sql string, status Status, rows int, took time.Duration) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.entry(system)
	if status != OK {
		e.Status = status
	}
	e.Statements++
	e.Rows += rows
	e.took += took
	if l.keepSQL {
		l.sql[system] = append(l.sql[system], sql)
	}
}

// At records which of its addresses answers for a system, and how far behind it is; nil where nobody
// knows.
func (l *Log) At(system, address string, behind *time.Duration) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.entry(system)
	e.Address, e.LagSeconds = address, nil
	if behind != nil {
		e.LagSeconds = new(int(*behind / time.Second))
	}
}

// Failed records that a system could not do its part although the request sent it no
// statement of its own: what is learned of it once for all requests could not be.
func (l *Log) Failed(system string, status Status) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entry(system).Status = status
}

// Cells records how many cells of a system were repaired and dropped.
func (l *Log) Cells(system string, repaired, dropped int) {
	if l == nil || repaired+dropped == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.entry(system)
	e.Repaired += repaired
	e.Dropped += dropped
}

func (l *Log) entry(system string) *Entry {
	e := l.entries[system]
	if e == nil {
		e = &Entry{System: system, Status: OK}
		l.entries[system] = e
	}
	return e
}

// Entries lists the systems touched, by name.
func (l *Log) Entries() []Entry {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	list := make([]Entry, 0, len(l.entries))
	for _, e := range l.entries {
		sum := *e
		sum.Milliseconds = sum.took.Round(time.Millisecond).Milliseconds()
		list = append(list, sum)
	}
	slices.SortFunc(list, func(a, b Entry) int { return strings.Compare(a.System, b.System) })
	return list
}

// SQL lists the statement texts sent to a system, sorted, because systems and siblings
// are asked concurrently.
func (l *Log) SQL(system string) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := slices.Clone(l.sql[system])
	slices.Sort(list)
	return list
}

type key struct{}

// With puts the log into the context.
func With(ctx context.Context, l *Log) context.Context { return context.WithValue(ctx, key{}, l) }

// From gives the request's log; nil outside a request.
func From(ctx context.Context) *Log {
	l, _ := ctx.Value(key{}).(*Log)
	return l
}
