package transport

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"

	"github.com/bureaugraph/bureaugraph/internal/cost"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// Rate is how often one client may ask: so many requests a second, and so many at once after a
// pause. The zero value is as often as it likes.
type Rate struct{ PerSecond, Burst int }

// burst is how many at once; without a number those of two seconds.
func (r Rate) burst() int {
	if r.Burst > 0 {
		return r.Burst
	}
	return 2 * r.PerSecond
}

// turns bounds how often each client asks.
type turns struct {
	now func() time.Time

	mu      sync.Mutex
	clients *simplelru.LRU[string, *rate.Limiter] // by name
}

func newTurns() *turns {
	clients, _ := simplelru.NewLRU[string, *rate.Limiter](mostClients, nil) // fails for a size below one only
	return &turns{now: time.Now, clients: clients}
}

// take gives a client its turn, or how long it must wait for one.
func (t *turns) take(name string, r Rate) (wait time.Duration) {
	if r.PerSecond <= 0 {
		return 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	bucket, known := t.clients.Get(name)
	if !known {
		bucket = rate.NewLimiter(rate.Limit(r.PerSecond), r.burst())
		t.clients.Add(name, bucket)
	}
	if bucket.Limit() != rate.Limit(r.PerSecond) || bucket.Burst() != r.burst() { // another policy
		bucket.SetLimitAt(now, rate.Limit(r.PerSecond))
		bucket.SetBurstAt(now, r.burst())
	}
	turn := bucket.ReserveN(now, 1)
	if wait = turn.DelayFrom(now); wait > 0 {
		turn.CancelAt(now) // who is refused has not had it
	}
	return wait
}

// Turn refuses a client that asks too often; nil lets it ask. It is to be called once a request.
func (h *Handler) Turn(ctx context.Context) *Refusal {
	r := h.options.Limits.Rate
	wait := h.turns.take(clientOf(ctx), r)
	if wait <= 0 {
		return nil
	}
	sentence := fmt.Sprintf(
		"you ask more than %d times a second; wait a little. 每秒请求超过 %[1]d 次，请稍候再试。", r.PerSecond)
	return &Refusal{Status: http.StatusTooManyRequests, Code: fault.LimitExceeded, Message: sentence, Wait: wait,
		Over: []cost.Excess{{Limit: "rate", Most: r.PerSecond, Sentence: sentence}}}
}
