package signin

import (
	"hash/maphash"
	"math"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// lockout makes who fails to prove anything wait, longer each time. It counts failures of an address,
// of an identity that is claimed (the visible prefix of a key, or a name), and of both together.
//
// Nobody is to lock out others by failing in their name. So an address from which the same identity
// was proven before waits for failures of both together only; and failures in the name of an identity
// make those addresses wait that have failed in it themselves: the right key from another address opens.
// It is safe for concurrent use.
type lockout struct {
	seed maphash.Seed
	now  func() time.Time

	mu    sync.Mutex
	marks *simplelru.LRU[uint64, *mark] // the longest unused are forgotten
}

// mark is what is remembered of an address, an identity, or both.
type mark struct {
	level  float64   // failures, fewer as time goes by
	at     time.Time // of which level is true
	until  time.Time // when the next proof is looked at
	proven time.Time // of both together: when it was last proven
}

// bound is how many failures are free, and how long one of them counts.
type bound struct {
	free  float64
	fades time.Duration
}

var (
	ofAddress  = bound{20, time.Minute}
	ofIdentity = bound{50, time.Minute}
	ofBoth     = bound{5, 10 * time.Minute}
)

const (
	mostMarks   = 30_000
	firstWait   = 5 * time.Second
	longestWait = 15 * time.Minute
	provenFor   = 24 * time.Hour
)

func newLockout() *lockout {
	marks, _ := simplelru.NewLRU[uint64, *mark](mostMarks, nil) // fails for a size below one only
	return &lockout{seed: maphash.MakeSeed(), now: time.Now, marks: marks}
}

// place is what a mark is of; identity is "" for an address, address "" for an identity.
type place struct{ address, identity string }

// anyToken is the identity of all tokens of an address: whose they are is not known before they have
// been checked.
const anyToken = "token"

// find gives the mark of a place; a new one, if wanted, where there is none. It is called with mu held.
func (l *lockout) find(at place, wanted bool) *mark {
	key := maphash.Comparable(l.seed, at)
	m, known := l.marks.Get(key)
	if !known && wanted {
		m = &mark{}
		l.marks.Add(key, m)
	}
	return m
}

// wait gives how long a proof from the address is not looked at; 0 when it is.
func (l *lockout) wait(address, identity string) time.Duration {
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	var until time.Time
	later := func(m *mark) {
		if m != nil && m.until.After(until) {
			until = m.until
		}
	}
	both := l.find(place{address, identity}, false)
	later(both)
	if both == nil || now.Sub(both.proven) > provenFor {
		later(l.find(place{address, ""}, false))
		if both != nil && both.level > 0 {
			later(l.find(place{"", identity}, false))
		}
	}
	return max(0, until.Sub(now))
}

// fail notes a proof that was none.
func (l *lockout) fail(address, identity string) {
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.find(place{address, ""}, true).fail(now, ofAddress)
	if identity != anyToken {
		l.find(place{"", identity}, true).fail(now, ofIdentity)
		l.find(place{address, identity}, true).fail(now, ofBoth)
	}
}

// succeed notes that the identity was proven.
func (l *lockout) succeed(address, identity string) {
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	*l.find(place{address, identity}, true) = mark{proven: now}
}

func (m *mark) fail(now time.Time, b bound) {
	m.level = max(0, m.level-float64(now.Sub(m.at))/float64(b.fades)) + 1
	m.at = now
	if m.level > b.free-0.5 { // the first of them have faded a little
		m.until = now.Add(min(time.Duration(math.Exp2(min(m.level-b.free, 20))*float64(firstWait)), longestWait))
	}
}
