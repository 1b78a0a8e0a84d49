package transport

import (
	"context"
	"fmt"
	"hash/maphash"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// persons bounds how many persons a client may ask for by number. A masked number leaves
// few candidates, and an answer tells which of them exists. Numbers are kept as hashes
// under a seed of the process; a number that was asked for within the hour costs nothing
// again: pages and files of one person are one question.
type persons struct {
	seed maphash.Seed
	now  func() time.Time

	mu      sync.Mutex
	clients *simplelru.LRU[string, *client] // by name
}

// client is for whom one client asked.
type client struct {
	asked []sought // the oldest first, at most as many as it may within the time
}

type sought struct {
	number uint64
	at     time.Time
}

const (
	hour        = time.Hour
	day         = 24 * time.Hour
	mostClients = 20_000 // remembered at once; then the one is forgotten that has asked for nobody for longest
)

func newPersons() *persons {
	clients, _ := simplelru.NewLRU[string, *client](mostClients, nil) // fails for a size below one only
	return &persons{seed: maphash.MakeSeed(), now: time.Now, clients: clients}
}

// ask notes that a client asks for a person. When it has asked for too many, it gives how long
// it must wait, and that it has asked for so many within what time. Bounds below one bound
// nothing.
func (p *persons) ask(name, number string, perHour, perDay int) (wait time.Duration, most int, within time.Duration) {
	if perHour <= 0 && perDay <= 0 {
		return 0, 0, 0
	}
	n, now := maphash.String(p.seed, number), p.now()
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.client(name)
	for len(c.asked) > 0 && (now.Sub(c.asked[0].at) >= day || perDay <= 0 && now.Sub(c.asked[0].at) >= hour) {
		c.asked = c.asked[1:]
	}
	recent := c.asked // of the last hour
	for len(recent) > 0 && now.Sub(recent[0].at) >= hour {
		recent = recent[1:]
	}
	for _, a := range recent {
		if a.number == n {
			return 0, 0, 0
		}
	}
	switch {
	case perHour > 0 && len(recent) >= perHour:
		return hour - now.Sub(recent[0].at), perHour, hour
	case perDay > 0 && len(c.asked) >= perDay:
		return day - now.Sub(c.asked[0].at), perDay, day
	}
	c.asked = append(c.asked, sought{n, now})
	return 0, 0, 0
}

// client finds who asks, or makes room for it. It is called with mu held.
func (p *persons) client(name string) *client {
	if c, known := p.clients.Get(name); known {
		return c
	}
	c := &client{}
	p.clients.Add(name, c)
	return c
}

type clientKey struct{}

// WithClient names who asks: the principal, or the address that the request comes from.
func WithClient(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, clientKey{}, name)
}

// clientOf gives the name; all without one are one client.
func clientOf(ctx context.Context) string {
	name, _ := ctx.Value(clientKey{}).(string)
	return name
}

// tooManyPersons is the sentence for a client that must wait.
func tooManyPersons(most int, within time.Duration) string {
	if within == day {
		return fmt.Sprintf("more than %d persons were asked for by number within a day; try again later. 一天内按身份证号查询超过 %[1]d 人，请稍后再试。", most)
	}
	return fmt.Sprintf("more than %d persons were asked for by number within an hour; try again later. 一小时内按身份证号查询超过 %[1]d 人，请稍后再试。", most)
}
