package admission

import (
	"context"
	"time"
)

// Place is one operation's that runs. What only waits for a system, which is slow or gone, gives its place back
// to those that can run, and keeps its share of that system: so no more of them come in, and others lose nothing.
// When the system answers it goes on at once, whoever is inside by then: it has waited already, and how many there can
// be is bounded by the shares. It is safe for concurrent use.
type Place struct {
	gate *Gate
	ask  Ask

	// Guarded by the gate's mu.
	at       [64]int // statements that wait for a word of each system
	waiting  int     // their sum
	since    time.Time
	isParked bool
	kept     uint64 // of its systems, while it is parked
	hasLeft  bool
}

const (
	// idle is how long nothing is heard of any system until an operation is said to do nothing but wait.
	idle = 50 * time.Millisecond
	// glance is how often those inside are looked at.
	glance = 20 * time.Millisecond
)

// Wait notes that the operation begins to wait for a word of the system; Heard must be called when it has got
// it, or has given up.
func (p *Place) Wait(system int) {
	p.gate.mu.Lock()
	defer p.gate.mu.Unlock()
	if p.waiting == 0 {
		p.since = time.Now()
	}
	p.waiting++
	p.at[system]++
}

// Heard is the end of one Wait.
func (p *Place) Heard(system int) {
	p.gate.mu.Lock()
	defer p.gate.mu.Unlock()
	p.waiting--
	p.at[system]--
	p.since = time.Now()
	if p.isParked && !p.hasLeft {
		p.isParked = false
		p.gate.take(p.ask, 1)
		p.gate.share(p.ask, p.ask.Systems&^p.kept, 1)
	}
}

// Leave ends the operation. To leave twice is to leave once.
func (p *Place) Leave() {
	g := p.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	if p.hasLeft {
		return
	}
	p.hasLeft = true
	delete(g.inside, p)
	if p.isParked {
		g.share(p.ask, p.kept, -1)
	} else {
		g.take(p.ask, -1)
		g.share(p.ask, p.ask.Systems, -1)
	}
	g.admit(time.Now())
}

// park takes the places of those that only wait, and tells whether there were any. It is called with mu held.
func (g *Gate) park(now time.Time) (found bool) {
	if now.Sub(g.looked) < glance {
		return false
	}
	g.looked = now
	for p := range g.inside {
		if p.isParked || p.waiting == 0 || now.Sub(p.since) < idle {
			continue
		}
		found, p.isParked, p.kept = true, true, 0
		for system, n := range p.at {
			if n > 0 {
				p.kept |= p.ask.Systems & (1 << system)
			}
		}
		g.take(p.ask, -1)
		g.share(p.ask, p.ask.Systems&^p.kept, -1)
	}
	return found
}

type placeKey struct{}

// With puts the operation's place into the context.
func With(ctx context.Context, p *Place) context.Context {
	return context.WithValue(ctx, placeKey{}, p)
}

// From gives it; nil where there is none.
func From(ctx context.Context) *Place {
	p, _ := ctx.Value(placeKey{}).(*Place)
	return p
}
