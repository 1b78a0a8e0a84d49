package database

import (
	"slices"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

// throttle is how many statements a server is sent at once, where that follows from how fast it answers: when
// statements take twice as long as they do at their best, further ones at the same time make all of them slower,
// and clerks who work with the server too. It goes down by a quarter, up by one (as TCP does, RFC 5681), and never
// below two.
//
// Statements are compared with those of their own shape only: a search may take a thousand times as long as a look
// at one row. What counts is the median of as many as show something, so that neither one that finds much
// nor one that finds nothing decides. What a shape takes at best is found out anew from time to time while there is
// strain, by sending little for a moment: a server may become slower for good, and one that always has too much to do
// would never show what it can do.
type throttle struct {
	most int

	mu     sync.Mutex
	limit  int
	bests  *lru.Cache[string, best]
	ratios []float64 // of statements since the limit was looked at last
	isFull bool      // the limit was reached since then

	probed time.Time // when little was sent last
	left   int       // statements that end until then; 0 is no probe
	before int       // the limit, which comes back
}

// best is the least time in which a server began to answer a statement of one shape.
type best struct {
	took time.Duration
	at   time.Time
}

const (
	leastSent = 2
	shapes    = 500 // that are remembered
	// quick is a time in which an answer is no sign of too much to do, whatever it is at best.
	quick = 5 * time.Millisecond
	// strained and easy are times of the best, from which on less and until which more is sent.
	strained, easy = 2.0, 1.5
	// probes is how often little is sent, of so many statements.
	probes, probing = 30 * time.Second, 16
	// lost is the ratio of what was not answered in time.
	lost = 10.0
)

// newThrottle begins with most, which is at least 1.
func newThrottle(most int) *throttle {
	bests, err := lru.New[string, best](shapes)
	if err != nil { // of a size below 1 only
		panic(err)
	}
	return &throttle{most: most, limit: most, bests: bests}
}

// note takes how long a statement of a shape has waited for its first word, and tells how many may be sent at
// once from now on. isFull says that so many were. took below 0 is one that was not answered.
func (t *throttle) note(shape string, took time.Duration, now time.Time, isFull bool) (limit int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.left > 0 {
		t.probe(shape, took, now)
		return t.limit
	}
	t.isFull = t.isFull || isFull
	if took < 0 {
		t.ratios = append(t.ratios, lost)
	} else if b, known := t.bests.Get(shape); known && b.took <= took {
		t.ratios = append(t.ratios, float64(max(took, quick))/float64(max(b.took, quick)))
	} else {
		t.bests.Add(shape, best{took, now})
		if known {
			t.ratios = append(t.ratios, 1)
		}
	}
	if len(t.ratios) < max(8, 2*t.limit) {
		return t.limit
	}
	slices.Sort(t.ratios)
	median := t.ratios[len(t.ratios)/2]
	switch {
	case median >= strained:
		t.limit = max(t.least(), t.limit-max(1, t.limit/4))
	case median <= easy && t.isFull:
		t.limit = min(t.most, t.limit+1)
	}
	t.ratios, t.isFull = t.ratios[:0], false
	if median > easy && now.Sub(t.probed) >= probes {
		t.before, t.limit = t.limit, t.least()
		t.probed, t.left = now, t.before+probing // those that have been sent tell nothing yet
	}
	return t.limit
}

func (t *throttle) least() int { return min(leastSent, t.most) }

// probe takes what a statement took that was sent while little was.
func (t *throttle) probe(shape string, took time.Duration, now time.Time) {
	if t.left--; t.left < probing && took >= 0 {
		if b, known := t.bests.Get(shape); !known || took < b.took || b.at.Before(t.probed) {
			t.bests.Add(shape, best{took, now})
		}
	}
	if t.left == 0 {
		t.limit = min(t.before, t.most)
	}
}

// now is how many may be sent at once.
func (t *throttle) now() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.limit
}

// resize is for another number of connections, at least 1.
func (t *throttle) resize(most int) (limit int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.left == 0 && t.limit == t.most || t.limit > most {
		t.limit = most
	}
	t.most = most
	return t.limit
}
