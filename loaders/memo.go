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

// ask is one key's answer, there when done is closed.
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
	var fresh []string
	var mine []*ask[V]
	m.mu.Lock()
	for i, k := range keys {
		a := m.asks[k]
		if a == nil {
			a = &ask[V]{done: make(chan struct{}), err: errAbandoned}
			m.asks[k] = a
			fresh, mine = append(fresh, k), append(mine, a)
		}
		asks[i] = a
	}
	m.mu.Unlock()
	if len(fresh) > 0 {
		answer(fresh, mine, batch)
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
func answer[V any](keys []string, asks []*ask[V], batch func(keys []string) ([]V, []error)) {
	defer func() {
		for _, a := range asks {
			close(a.done)
		}
	}()
	values, errs := batch(keys)
	for i, a := range asks {
		a.value, a.err = values[i], nil
		if errs != nil {
			a.err = errs[i]
		}
	}
}
