package transport

import (
	"context"
	"fmt"
	"net/http"

	"golang.org/x/sync/semaphore"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// gate bounds the memory of all running operations together. Each takes about as many
// records as its answer may have, and waits, first come first served, while too many are
// in the making. Small ones never wait: together they are little, and behind a large one,
// or some over a system that hangs, they would wait long. No operation takes more than a
// quarter of all, so that none has to wait until all others have ended.
type gate struct {
	limits      Limits
	free        *semaphore.Weighted // records
	small, most int                 // records of an operation that never waits, and that one takes at most
}

func newGate(limits Limits) *gate {
	return &gate{limits: limits, free: semaphore.NewWeighted(int64(limits.Records)),
		small: limits.Records / 100, most: limits.Records / 4}
}

// enter waits until an operation of so many records may run; leave must be called when it has. It
// gives up when ctx ends.
func (g *gate) enter(ctx context.Context, records int) (leave func(), _ *Refusal) {
	records = min(records, g.most)
	if records <= g.small {
		return func() {}, nil
	}
	n := int64(records)
	if !g.free.TryAcquire(n) && g.free.Acquire(ctx, n) != nil {
		return nil, &Refusal{
			Status:  http.StatusServiceUnavailable,
			Code:    fault.Overloaded,
			Message: fmt.Sprintf("so much else was being answered that this could not begin within %s; try again later, or ask for less", g.limits.Timeout),
		}
	}
	return func() { g.free.Release(n) }, nil
}
