package transport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/bureaugraph/bureaugraph/internal/admission"
	"github.com/bureaugraph/bureaugraph/internal/cost"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// gate bounds the work and the memory of all requests together.
type gate struct {
	limits Limits
	queue  *admission.Gate
	bodies *semaphore.Weighted // bytes of large ones
}

const (
	largeBody  = 64 << 10        // bytes; smaller ones are little, whatever waits
	mostBodies = 64              // largest ones at once
	again      = 2 * time.Second // until who was refused may try once more
)

func newGate(limits Limits) *gate {
	return &gate{
		limits: limits,
		queue: admission.New(admission.Limits{Running: limits.Running, Records: limits.Records,
			Waiting: limits.Waiting, Wait: limits.Wait}),
		bodies: semaphore.NewWeighted(mostBodies * limits.BodyBytes),
	}
}

// enter waits until an operation may run; its place must be left when it has. patient waits as long as
// ctx does, for a file that may take its time.
func (g *gate) enter(ctx context.Context, e cost.Estimate, patient bool) (*admission.Place, *Refusal) {
	place, err := g.queue.Enter(ctx, admission.Ask{Records: e.Records, Systems: e.Systems, Patient: patient})
	switch {
	case err == nil:
		return place, nil
	case errors.Is(err, admission.ErrShare):
		return nil, &Refusal{Status: http.StatusServiceUnavailable, Code: fault.Overloaded, Wait: again,
			Message: "a system that this asks is slow, and as many questions as may wait for it already do; try again a little later, or leave that system out. 所查的一个业务系统响应缓慢，等待它的查询已满，请稍后重试，或去掉该系统。"}
	case errors.Is(err, admission.ErrFull):
		return nil, &Refusal{Status: http.StatusServiceUnavailable, Code: fault.Overloaded, Wait: again,
			Message: "so much else is being answered that this could not begin in time; try again a little later, or ask for less. 同时进行的查询过多，请稍后重试，或少查一些。"}
	}
	return nil, &Refusal{
		Status:  http.StatusServiceUnavailable,
		Code:    fault.Overloaded,
		Wait:    again,
		Message: fmt.Sprintf("so much else was being answered that this could not begin within %s; try again later, or ask for less", g.limits.Timeout),
	}
}

// receive makes room for the body of a request, before it is read; done must be called when the request
// has been answered.
func (g *gate) receive(r *http.Request) (done func(), _ *Refusal) {
	size := r.ContentLength
	if size < 0 || size > g.limits.BodyBytes { // unknown, or cut off when it has grown too large
		size = g.limits.BodyBytes
	}
	switch {
	case r.Method == http.MethodGet || size <= largeBody:
		return func() {}, nil
	case !g.bodies.TryAcquire(size):
		return nil, &Refusal{Status: http.StatusServiceUnavailable, Code: fault.Overloaded, Wait: again,
			Message: "too many large requests are being read; try again a little later. 正在接收的大请求过多，请稍后重试。"}
	}
	return func() { g.bodies.Release(size) }, nil
}
