package loaders

import (
	"errors"
	"sync"
)

// memo remembers what a request loaded at one place, by key. It asks at once for the
// keys that nobody asked for yet, in the caller's goroutine, and waits for those that
// another caller is asking for. It keeps no timer and never sleeps.
type memo[V any] struct {
	mu   sync.Mutex
	asks map[string]*ask[V]
}

// ask is one key's answer, there when done is closed. The keys of a batch share done.
type ask[V any] struct {
	done  chan struct{}
	value V
	err   error
}

// errAbandoned stands for the answer of a batch that panicked.
var errAbandoned = errors.New("loaders: the batch was abandoned")

// load gives the values of the keys; batch gets each key once.
func (m *memo[V]) load(keys []string, batch func(keys []string) ([]V, []error)) ([]V, []error) {
	asks := make([]*ask[V], len(keys))
	fresh := make([]string, 0, len(keys))
	mine := make([]ask[V], 0, len(keys)) // never grows: asks point into it
	done := make(chan struct{})
	m.mu.Lock()
	for i, k := range keys {
		a := m.asks[k]
		if a == nil {
			mine = append(mine, ask[V]{done: done, err: errAbandoned})
			a = &mine[len(mine)-1]
			m.asks[k] = a
			fresh = append(fresh, k)
		}
		asks[i] = a
	}
	m.mu.Unlock()
	if len(fresh) > 0 {
		answer(fresh, mine, done, batch)
	}

	values := make([]V, len(keys))
	var errs []error
	for i, a := range asks {
		<-a.done
		values[i] = a.value
		if a.err != nil {
			if errs == nil {
				errs = make([]error, len(keys))
			}
			errs[i] = a.err
		}
	}
	return values, errs
}

// answer runs one batch. Whatever happens, nobody is left waiting.
func answer[V any](keys []string, asks []ask[V], done chan struct{}, batch func(keys []string) ([]V, []error)) {
	defer close(done)
	values, errs := batch(keys)
	for i := range asks {
		asks[i].value, asks[i].err = values[i], nil
		if errs != nil {
			asks[i].err = errs[i]
		}
	}
}
