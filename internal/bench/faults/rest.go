package faults

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"time"
)

// state is what a gateway holds.
type state struct {
	goroutines int // without those of the proxies and of the driver, which come with connections
	sessions   int // at the server of the system that fails
	busy       int // of them
	heap       uint64
	where      map[string]int // of the goroutines, by what began them
}

// spareHeap is how much more than before may be left, in bytes: buffers that are kept for the next
// request are no leak.
const spareHeap = 32 << 20

// notOurs are parts of the stacks of goroutines that come and go with connections to a server, and
// with tests.
var notOurs = []string{"dbtest.(*Proxy)", "mysql.(*mysqlConn).startWatcher", "testing.tRunner"}

func (s *Site) look(ctx context.Context) (now state, err error) {
	now.where = map[string]int{}
	stacks := make([]byte, 8<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
next:
	for stack := range strings.SplitSeq(string(stacks), "\n\n") {
		for _, part := range notOurs {
			if strings.Contains(stack, part) {
				continue next
			}
		}
		now.goroutines++
		_, begun, _ := strings.Cut(stack, "created by ")
		begun, _, _ = strings.Cut(begun, " in goroutine")
		now.where[begun]++
	}
	runtime.GC()
	runtime.GC() // what finalizers held
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	now.heap = m.HeapAlloc
	all, busy, err := s.sessions(ctx)
	now.sessions, now.busy = len(all), busy
	return now, err
}

// more tells what there is more than before; "" when nothing is.
func (now state) more(before *state) string {
	var more []string
	if before != nil && now.goroutines > before.goroutines {
		for begun, n := range now.where {
			if n > before.where[begun] {
				more = append(more, fmt.Sprintf("%d goroutines of %s", n-before.where[begun], begun))
			}
		}
	}
	if before != nil && now.heap > before.heap+spareHeap {
		more = append(more, fmt.Sprintf("%d MB of heap", (now.heap-before.heap)>>20))
	}
	if now.sessions > connections {
		more = append(more, fmt.Sprintf("%d connections", now.sessions-connections))
	}
	if now.busy > 0 {
		more = append(more, fmt.Sprintf("%d statements", now.busy))
	}
	return strings.Join(more, ", ")
}

// mostRest is how long a gateway may need to put everything away that a fault has left.
const mostRest = 20 * time.Second

// rested gives the state when nothing is more than before, or after mostRest.
func (s *Site) rested(ctx context.Context, before *state) (now state, left string, err error) {
	s.client.CloseIdleConnections()
	end := time.Now().Add(mostRest)
	tick := time.NewTicker(often)
	defer tick.Stop()
	for {
		if now, err = s.look(ctx); err != nil {
			return now, "", err
		}
		if left = now.more(before); left == "" || time.Now().After(end) {
			return now, left, nil
		}
		<-tick.C
	}
}
