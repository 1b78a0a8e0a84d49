// Package faults lets one system fail in every way there is, under load, and holds every answer
// against the truth; see internal/bench/faults.
package faults

import (
	"io"
	"log"
	"os"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/bench/faults"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
)

// hold is how long each fault lasts. The soak's last longer.
const hold = time.Second

func stand(t *testing.T) *faults.Site {
	t.Helper()
	_ = mysql.SetLogger(log.New(io.Discard, "", 0)) // tells of every connection that is cut
	s, err := faults.Stand(t.Context(), dbtest.Own(t), dbtest.Own(t), faults.Options{
		Scale: 0.05, Timeout: 2 * time.Second, Request: 10 * time.Second, Clients: 16, Pace: 50 * time.Millisecond,
		Heaviest: 100 * time.Millisecond, Golden: os.DirFS("../answers/testdata"),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// TestFaults: while a system fails no answer is wrong, nothing is missing without a word, nobody
// waits longer than the limits say, and others are served whole; afterwards all is as before.
func TestFaults(t *testing.T) {
	s := stand(t)
	var rows []*faults.Row
	t.Run("cut at each byte of an answer", func(t *testing.T) {
		row, err := s.Sweep(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
		check(t, row)
	})
	for _, f := range faults.Faults() {
		t.Run(f.Name, func(t *testing.T) {
			row := new(faults.Row)
			rows = append(rows, row)
			if err := s.Run(t.Context(), f, hold, row); err != nil {
				t.Fatal(err)
			}
			check(t, row)
		})
	}
	faults.Print(t.Output(), rows)
}

func check(t *testing.T, row *faults.Row) {
	t.Helper()
	if !row.IsClean() {
		t.Errorf("%d wrong, %d silent, %d hangs, %d strange, left: %q\n%q", row.Wrong, row.Silent, row.Hangs,
			row.Strange, row.Left, row.Findings)
	}
}
