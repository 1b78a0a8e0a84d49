package transport

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// served is what so many clients got within a time.
type served struct {
	good, refused, bad int64 // answers in time; told to come back; answered too late
	worst              time.Duration
}

// patience is after how long a person gives up.
const patience = 2 * time.Second

// load has so many clients ask as fast as they are answered, for so long; who is told to come back does
// after a moment.
func load(h http.Handler, clients int, length time.Duration) served {
	var s served
	var worst atomic.Int64
	until := time.Now().Add(length)
	var all sync.WaitGroup
	for range clients {
		all.Go(func() {
			for time.Now().Before(until) {
				r := httptest.NewRequest(http.MethodPost, "/graphql",
					strings.NewReader(`{"query":"{cases(first:4){nodes{number}}}"}`))
				r.Header.Set("Content-Type", "application/json")
				w := httptest.NewRecorder()
				began := time.Now()
				h.ServeHTTP(w, r)
				took := time.Since(began)
				for {
					if most := worst.Load(); int64(took) <= most || worst.CompareAndSwap(most, int64(took)) {
						break
					}
				}
				switch {
				case time.Now().After(until): // it counts to no second
				case w.Code == http.StatusServiceUnavailable:
					atomic.AddInt64(&s.refused, 1)
					time.Sleep(100 * time.Millisecond)
				case took > patience:
					atomic.AddInt64(&s.bad, 1)
				default:
					atomic.AddInt64(&s.good, 1)
				}
			}
		})
	}
	all.Wait()
	s.worst = time.Duration(worst.Load())
	return s
}

// busy serves operations that hold one of eight connections for some milliseconds, as a legacy server
// does, and slower the more wait for one.
func busy(tb testing.TB, limits Limits) *Handler {
	tb.Helper()
	schema := gqlparser.MustLoadSchema(&ast.Source{Name: "pages.graphqls", Input: pagesSDL})
	connections := make(chan struct{}, 8)
	return New(&fake{schema, func(context.Context) []byte {
		connections <- struct{}{}
		time.Sleep(20 * time.Millisecond)
		<-connections
		return []byte(`{}`)
	}}, Options{Limits: limits, Logger: slog.New(slog.DiscardHandler)})
}

// TestOverload: at ten times the load of the best, as much is answered in time as at best, nobody waits
// long, and the rest is told at once. The clock is the bubble's, so that it is the same everywhere.
func TestOverload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		best := load(busy(t, Limits{}), 64, 10*time.Second)
		much := load(busy(t, Limits{}), 640, 10*time.Second)
		if best.refused > 0 || best.bad > 0 {
			t.Errorf("at the load that it bears: %+v", best)
		}
		if much.good*10 < best.good*9 {
			t.Errorf("at ten times the load %d are answered in time, of %d at best", much.good, best.good)
		}
		if much.refused == 0 || much.worst > 3*time.Second {
			t.Errorf("nobody is told, or somebody waits long: %+v", much)
		}
	})
}

// BenchmarkOverload measures the same in real time: answers in time a second, at best and at ten times
// the load.
func BenchmarkOverload(b *testing.B) {
	const length = 4 * time.Second
	for range b.N {
		best := served{}
		for _, clients := range []int{8, 16, 32, 64} {
			if one := load(busy(b, Limits{}), clients, length); one.good > best.good {
				best = one
			}
		}
		much := load(busy(b, Limits{}), 640, length)
		without := load(busy(b, Limits{Running: 1 << 20}), 640, length)
		b.ReportMetric(float64(best.good)/length.Seconds(), "best/s")
		b.ReportMetric(float64(much.good)/length.Seconds(), "tenfold/s")
		b.ReportMetric(float64(much.good)/float64(best.good), "share")
		b.ReportMetric(float64(much.worst.Milliseconds()), "worst-ms")
		b.ReportMetric(float64(without.good)/float64(best.good), "share-unbounded")
		b.ReportMetric(float64(without.worst.Milliseconds()), "worst-ms-unbounded")
	}
}

// TestBodies: large bodies are read while there is room for them all.
func TestBodies(t *testing.T) {
	h := handler(t, Options{}, nil)
	request := func(length int64) *http.Request {
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(`{"query":"{__typename}"}`))
		r.Header.Set("Content-Type", "application/json")
		r.ContentLength = length
		return r
	}
	var release []func()
	for range mostBodies {
		done, refused := h.gate.receive(request(-1)) // of any length
		if refused != nil {
			t.Fatal(refused.Message)
		}
		release = append(release, done)
	}
	for length, want := range map[int64]int{-1: 503, largeBody + 1: 503, largeBody: 200} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, request(length))
		if w.Code != want || want == 503 && (w.Header().Get("Retry-After") != "2" ||
			!strings.Contains(w.Body.String(), "OVERLOADED")) {
			t.Errorf("%d bytes: %d %s", length, w.Code, w.Body)
		}
	}
	for _, done := range release {
		done()
	}
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, request(-1)); w.Code != http.StatusOK {
		t.Error(fmt.Sprint("after the others: ", w.Code))
	}
}
