package database

import (
	"context"
	"slices"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// MainAddress is the name of a system's own address; its replicas are replica-1 and so on, in the
// order of Options.Replicas.
const MainAddress = "main"

// Address is what one of the addresses of a system does now.
type Address struct {
	Name    string  `json:"address"`
	Server  string  `json:"-"`    // host:port
	IsUsed  bool    `json:"used"` // requests that begin now may be sent there
	Breaker Circuit `json:"breaker"`
	// LagSeconds is how far a replica is behind, rounded down; nil for the main one, and where that
	// is not known.
	LagSeconds *int `json:"lagSeconds,omitempty"`
	// Unknown is why the lag of a replica is not known; "" where it is.
	Unknown string `json:"lagUnknown,omitempty"`
}

// Addresses gives them all, the main one first; nil where there are no replicas.
func (db *DB) Addresses() []Address {
	if len(db.hosts) == 1 {
		return nil
	}
	inTurn := db.inTurn()
	isFree := func(h *host) bool { return h.breaker.state().State != CircuitOpen }
	var used []*host // those that are asked: all replicas that can be, else the main one
	for _, h := range inTurn {
		if isFree(h) && (h.lag.isReplica || len(used) == 0) {
			used = append(used, h)
		}
	}
	all := make([]Address, len(db.hosts))
	for i, h := range db.hosts {
		all[i] = Address{Name: h.name, Server: h.server, IsUsed: slices.Contains(used, h), Breaker: h.breaker.state()}
		if h.lag.isReplica {
			all[i].LagSeconds, all[i].Unknown = seconds(db.behind(h)), h.lag.why()
		}
	}
	return all
}

func seconds(d *time.Duration) *int {
	if d == nil {
		return nil
	}
	return new(int(*d / time.Second))
}

// Circuit is the state of the system's breaker now: that of its main address, unless a replica answers
// in its place. What is counted is counted over all addresses.
func (db *DB) Circuit() Circuit {
	c := db.hosts[0].breaker.state()
	if len(db.hosts) == 1 {
		return c
	}
	for _, h := range db.hosts[1:] {
		other := h.breaker.state()
		c.Opened, c.Refused = c.Opened+other.Opened, c.Refused+other.Refused
	}
	for _, h := range db.inTurn() {
		if state := h.breaker.state(); state.State == CircuitClosed {
			c.State, c.RetryAfter = state.State, 0
		}
	}
	return c
}

type addressKey struct{}

// At has all that is asked in the context be asked of one address, by its name, whatever its lag. Systems
// that have no such address are asked as ever.
func At(ctx context.Context, address string) context.Context {
	return context.WithValue(ctx, addressKey{}, address)
}

// place chooses the address of a statement, or says why there is none.
func (db *DB) place(s *stay) *fault.Error {
	if len(db.hosts) == 1 {
		s.at = db.hosts[0]
		if s.at.breaker.admit(s) {
			return nil
		}
		return s.at.breaker.refuse()
	}
	if name, ok := s.caller.Value(addressKey{}).(string); ok {
		if i := slices.IndexFunc(db.hosts, func(h *host) bool { return h.name == name }); i >= 0 {
			s.at, s.isPinned = db.hosts[i], true
			if s.at.breaker.admit(s) {
				return nil
			}
			return s.at.breaker.refuse()
		}
	}
	s.of.mu.Lock()
	defer s.of.mu.Unlock()
	if s.of.at != nil {
		if s.at = s.of.at; s.at.breaker.admit(s) {
			return nil
		}
		if s.of.isHeard { // what the request has is of that server, and so must the rest be
			return s.at.breaker.refuse()
		}
	}
	db.turn.Add(1)
	for _, h := range db.inTurn() {
		if s.at = h; !slices.Contains(s.of.gone, h) && h.breaker.admit(s) {
			s.of.at = h
			return nil
		}
	}
	s.at = db.hosts[0]
	return s.at.breaker.refuse()
}

// inTurn gives the addresses whose data are of now, in the order in which they are to be asked: the replicas, each
// time another one first, and then the main one.
func (db *DB) inTurn() []*host {
	replicas := db.hosts[1:]
	list := make([]*host, 0, len(db.hosts))
	first := int(db.turn.Load() % uint64(max(1, len(replicas))))
	for i := range replicas {
		if h := replicas[(first+i)%len(replicas)]; db.isFresh(h) {
			list = append(list, h)
		}
	}
	return append(list, db.hosts[0])
}

// hear notes that the address has answered the request.
func (a *allowance) hear(at *host) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.isHeard = a.isHeard || a.at == at
}

// leave notes that the address has not answered, and tells whether the request may ask another one.
func (a *allowance) leave(at *host) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !slices.Contains(a.gone, at) {
		a.gone = append(a.gone, at)
	}
	if a.isHeard {
		return false
	}
	if a.at == at {
		a.at = nil
	}
	return true
}
