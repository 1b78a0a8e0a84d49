// Package repeats says which of many faults alike are worth a line of the log.
package repeats

import (
	"sync"
	"time"
)

// Repeats remembers which faults have been told: what fails does so for every request, and the same
// thousand lines hide the one that matters. Of each kind the first is told at once, and then one within a
// while, with how many were not. It is safe for concurrent use; the zero value is ready.
type Repeats struct {
	mu    sync.Mutex
	kinds map[string]*repeat
}

type repeat struct {
	told  time.Time
	since int // that were not told since
}

const (
	// tellAgain is how long the same fault is not told again.
	tellAgain = time.Minute
	// mostKinds bounds the kinds that are remembered.
	mostKinds = 100
)

// Tell is whether a fault of the kind is to be told now, and how many of it were not since the last.
func (r *Repeats) Tell(kind string, now time.Time) (told bool, untold int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	known := r.kinds[kind]
	if known == nil {
		if len(r.kinds) >= mostKinds || r.kinds == nil {
			r.kinds = map[string]*repeat{} // each is told once more, which is no harm
		}
		r.kinds[kind] = &repeat{told: now}
		return true, 0
	}
	if age := now.Sub(known.told); age >= 0 && age < tellAgain {
		known.since++
		return false, 0
	}
	untold = known.since
	known.told, known.since = now, 0
	return true, untold
}
