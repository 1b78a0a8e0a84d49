package export

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"runtime/debug"
	"sync"
	"testing"
	"time"
)

// BenchmarkExport writes files of ever more rows. peak-MB is the most that lived on the
// heap at once, seen every millisecond: it must not grow with the rows.
func BenchmarkExport(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(20)) // little garbage beside what lives
	for _, ending := range []string{"csv", "json", "xlsx"} {
		for _, rows := range []int{1_000, 10_000, 100_000, 300_000} {
			b.Run(fmt.Sprintf("%s/%d", ending, rows), func(b *testing.B) {
				s := &stub{rows: rows, quiet: true}
				url := serve(b, s, Limits{}) + "/reports/cases." + ending
				var size int64
				peak := uint64(0)
				for b.Loop() {
					runtime.GC()
					stop := watch(b.Context(), &peak)
					response, err := http.Get(url)
					if err != nil {
						b.Fatal(err)
					}
					size, err = io.Copy(io.Discard, response.Body)
					_ = response.Body.Close()
					stop()
					if err != nil || response.StatusCode != http.StatusOK || size != response.ContentLength {
						b.Fatalf("status %d, %d of %d bytes, error %v", response.StatusCode, size,
							response.ContentLength, err)
					}
				}
				b.ReportMetric(float64(peak)/1e6, "peak-MB")
				b.ReportMetric(float64(size)/1e6, "file-MB")
				b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	}
}

// watch raises peak to the heap in use until it is stopped.
func watch(ctx context.Context, peak *uint64) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var watching sync.WaitGroup
	watching.Go(func() {
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		var memory runtime.MemStats
		for {
			runtime.ReadMemStats(&memory)
			*peak = max(*peak, memory.HeapAlloc)
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	})
	return func() {
		cancel()
		watching.Wait()
	}
}

// TestMemoryDoesNotGrowWithRows holds the peak of a file of forty times the rows to that
// of the small one, with some room for garbage.
func TestMemoryDoesNotGrowWithRows(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 40,000 rows")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	peaks := map[int]uint64{}
	for _, rows := range []int{1_000, 40_000} {
		url := serve(t, &stub{rows: rows, quiet: true}, Limits{}) + "/reports/cases.csv"
		runtime.GC()
		peak := uint64(0)
		stop := watch(t.Context(), &peak)
		response, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
		stop()
		if err != nil {
			t.Fatal(err)
		}
		peaks[rows] = peak
	}
	if peaks[40_000] > peaks[1_000]+8<<20 {
		t.Errorf("1,000 rows took %d bytes at most, 40,000 took %d", peaks[1_000], peaks[40_000])
	}
}
