package database

import (
	"database/sql"
	"fmt"
	"log/slog"
	"math"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/dbtest"
)

// strainable is a server that bears so many statements at once. What is beyond makes all of them slower.
type strainable struct {
	bears int
	power float64 // 1: it does as much as ever; 2: the more it has to do the less it does

	mu  sync.Mutex
	now int
}

// answer takes as long as a statement of base does while so many others do too.
func (h *strainable) answer(base time.Duration) {
	h.mu.Lock()
	h.now++
	over := max(1, float64(h.now)/float64(h.bears))
	h.mu.Unlock()
	time.Sleep(time.Duration(float64(base) * math.Pow(over, h.power)))
	h.mu.Lock()
	h.now--
	h.mu.Unlock()
}

// run has 32 clients ask the host for so long, and tells how many answers they got in the last half. p nil sends 16 at
// once all the time.
func run(t *testing.T, h *strainable, p *throttle, last time.Duration, bases ...time.Duration) (answers int) {
	turns := new(turns)
	turns.set(16)
	end := time.Now().Add(last)
	half := end.Add(-last / 2)
	var mu sync.Mutex
	var all sync.WaitGroup
	for i := range 32 {
		all.Go(func() {
			for n := i; time.Now().Before(end); n++ {
				if turns.take(t.Context()) != nil {
					return
				}
				base, began := bases[n%len(bases)], time.Now()
				h.answer(base)
				isFull := turns.isFull()
				if p != nil {
					turns.set(p.note(fmt.Sprint(base), time.Since(began), time.Now(), isFull))
				}
				turns.give()
				mu.Lock()
				if time.Now().After(half) {
					answers++
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return answers
}

// TestThrottle: at a server that bears four statements at once no more are sent than do it good, and it answers no
// fewer for that; many more where too much at once makes it do less.
func TestThrottle(t *testing.T) {
	for _, test := range []struct {
		power    float64
		atLeast  float64 // of what 16 at once get
		atMost   int
		bases    []time.Duration
		whatever string
	}{
		{1, .97, 10, []time.Duration{40 * time.Millisecond}, "alike"},
		{1, .9, 12, []time.Duration{10 * time.Millisecond, 40 * time.Millisecond, 400 * time.Millisecond}, "unlike"},
		{2, 2, 8, []time.Duration{40 * time.Millisecond}, "alike, and it suffers"},
		{2, 1.8, 9, []time.Duration{10 * time.Millisecond, 40 * time.Millisecond, 400 * time.Millisecond},
			"unlike, and it suffers"},
	} {
		t.Run(test.whatever, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				all := run(t, &strainable{bears: 4, power: test.power}, nil, 5*time.Minute, test.bases...)
				p := newThrottle(16)
				throttled := run(t, &strainable{bears: 4, power: test.power}, p, 5*time.Minute, test.bases...)
				t.Logf("%d answers of %d at once, %d of 16", throttled, p.limit, all)
				if float64(throttled) < test.atLeast*float64(all) || p.limit > test.atMost {
					t.Errorf("%d answers, and %d at once in the end; 16 at once get %d", throttled, p.limit, all)
				}
			})
		})
	}
}

// TestThrottleRecovers: a server that can do more gets more, and one that bears all is never held back.
func TestThrottleRecovers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newThrottle(16)
		run(t, &strainable{bears: 2, power: 1}, p, time.Minute, 40*time.Millisecond)
		if p.limit > 6 {
			t.Errorf("%d at once at a server that bears 2", p.limit)
		}
		run(t, &strainable{bears: 64, power: 1}, p, 20*time.Second, 40*time.Millisecond)
		if p.limit < 14 {
			t.Errorf("%d at once at a server that bears 64", p.limit)
		}
		p = newThrottle(16)
		run(t, &strainable{bears: 64, power: 2}, p, time.Minute, time.Millisecond, time.Second, 30*time.Millisecond)
		if p.limit != 16 {
			t.Errorf("%d at once at a server that bears 64, after statements of a thousand different times", p.limit)
		}
	})
}

// TestThrottleOfSilence: a server that does not answer is asked two at once, and all when it answers again; with one
// connection it is asked one.
func TestThrottleOfSilence(t *testing.T) {
	for most, least := range map[int]int{1: 1, 2: 2, 8: 2} {
		p := newThrottle(most)
		limit := most
		for range 1000 {
			limit = p.note("a", -1, time.Unix(0, 0), true)
		}
		if limit != least {
			t.Errorf("of %d: %d at once at a server that says nothing", most, limit)
		}
		for range 1000 {
			limit = p.note("a", time.Second, time.Unix(0, 0), true)
		}
		if limit != most {
			t.Errorf("of %d: %d at once when it answers again", most, limit)
		}
	}
}

// TestThrottleIsResized: with fewer connections there are no more turns, and with more there are, unless the server's
// answers forbid it.
func TestThrottleIsResized(t *testing.T) {
	p := newThrottle(16)
	if got := p.resize(4); got != 4 {
		t.Errorf("%d of 4", got)
	}
	if got := p.resize(16); got != 16 {
		t.Errorf("%d of 16", got)
	}
	for range 1000 {
		p.note("a", -1, time.Unix(0, 0), true)
	}
	if got := p.resize(32); got != 2 {
		t.Errorf("%d of 32, of a server that says nothing", got)
	}
}

// TestThrottledSource: what the statements of a real server take reaches the throttle, and its number the turns;
// without IsThrottled nothing does.
func TestThrottledSource(t *testing.T) {
	server := dbtest.MariaDB(t)
	cfg, err := mysql.ParseDSN(server.DSN(""))
	if err != nil {
		t.Fatal(err)
	}
	for _, isThrottled := range []bool{true, false} {
		db, err := Open("LEGAL_AID", cfg, Options{MaxOpen: 4, IsThrottled: isThrottled,
			Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		sleep := func(seconds string) {
			var all sync.WaitGroup
			for range 8 {
				all.Go(func() {
					nobody := func([]sql.RawBytes) error { return nil }
					err := db.Query(t.Context(), "SELECT SLEEP("+seconds+")", nil, nobody)
					if err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
		}
		sleep("0.01")
		if got := db.AtOnce(); isThrottled != (got != nil) || got != nil && *got != 4 {
			t.Errorf("throttled %t: at once %v", isThrottled, got)
		}
		for range 3 { // one shape
			sleep("0.05")
		}
		got, turns := db.AtOnce(), db.hosts[0].room.turns
		if isThrottled && (*got != 2 || turns.limit != 2) || !isThrottled && turns.limit != 4 {
			t.Errorf("throttled %t: at once %v, of %d turns", isThrottled, got, turns.limit)
		}
	}
}
