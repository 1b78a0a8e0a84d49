package database_test

import (
	"context"
	"database/sql"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/database"
)

// counted is told of waiting.
type counted struct{ begun, now atomic.Int64 }

func (c *counted) Wait(string) {
	c.begun.Add(1)
	c.now.Add(1)
}

func (c *counted) Heard(string) { c.now.Add(-1) }

// TestWaits: a request waits until the first row, and each of its waits has one end, whatever came of it.
func TestWaits(t *testing.T) {
	db, proxy := behind(t, database.Options{Timeout: time.Second})
	w := &counted{}
	ctx := database.WithWaits(t.Context(), w)
	rows := 0
	err := db.Query(ctx, "SELECT 1 UNION ALL SELECT 2", nil, func([]sql.RawBytes) error {
		if rows++; w.now.Load() != 0 {
			t.Error("it waits while it reads")
		}
		return nil
	})
	if err != nil || rows != 2 || w.begun.Load() != 1 {
		t.Errorf("%d rows, %d waits: %v", rows, w.begun.Load(), err)
	}
	ended := func(what string) {
		t.Helper()
		if w.now.Load() != 0 {
			t.Errorf("%s: %d wait on", what, w.now.Load())
		}
	}
	_ = db.Query(ctx, "SELECT 1 FROM DUAL WHERE 0", nil, nil)
	ended("no rows")
	_ = db.Query(ctx, "SELEC", nil, nil)
	ended("an error")
	_, _ = db.Columns(ctx, "SELECT 1")
	ended("columns")
	err = db.Await(ctx, func(context.Context) error {
		if w.now.Load() != 1 {
			t.Error("who waits for the work of another does not wait")
		}
		return errors.New("x")
	})
	if err == nil {
		t.Error("no error")
	}
	ended("await")
	proxy.Freeze()
	_ = db.Query(ctx, "SELECT 1", nil, nil)
	ended("frozen")
	until(t, "left alone", func() bool { return db.Circuit().State == database.CircuitOpen })
	begun := w.begun.Load()
	_ = db.Query(ctx, "SELECT 1", nil, nil)
	if w.begun.Load() != begun {
		t.Error("who is refused waits")
	}
}
