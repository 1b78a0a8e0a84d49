package audit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/fanout"
)

// badDisk makes files that fail as long as it is told to.
type badDisk struct {
	full   atomic.Bool // a write takes half of the bytes, and no more
	broken atomic.Bool // fsync fails, and what was written since the last is gone
	syncs  atomic.Int64
}

func (d *badDisk) create(path string) (file, error) {
	if d.full.Load() {
		return nil, &os.PathError{Op: "open", Path: path, Err: syscall.ENOSPC}
	}
	f, err := create(path)
	return &badFile{disk: d, file: f}, err
}

type badFile struct {
	disk *badDisk
	file
	since []span // since the last fsync
}

type span struct {
	at   int64
	size int
}

func (f *badFile) WriteAt(data []byte, offset int64) (int, error) {
	size := len(data)
	if f.disk.full.Load() {
		size /= 2
	}
	n, err := f.file.WriteAt(data[:size], offset)
	f.since = append(f.since, span{offset, n})
	if err == nil && size < len(data) {
		err = syscall.ENOSPC
	}
	return n, err
}

func (f *badFile) Sync() error {
	f.disk.syncs.Add(1)
	if f.disk.broken.Load() {
		for _, s := range f.since {
			_, _ = f.file.WriteAt(bytes.Repeat([]byte{0}, s.size), s.at)
		}
		return syscall.EIO
	}
	f.since = nil
	return f.file.Sync()
}

// eventually waits for what another goroutine does within a moment.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 1000 {
		if is() {
			return
		}
		<-time.After(10 * time.Millisecond)
	}
	t.Fatal("never: " + what)
}

// TestBadDisk: while nothing can be written, what would be shown unmasked is refused, the rest
// goes on, and once something can, every line is there in its order.
func TestBadDisk(t *testing.T) {
	for _, tt := range []struct {
		name string
		bad  func(*badDisk) *atomic.Bool
	}{
		{"full", func(d *badDisk) *atomic.Bool { return &d.full }},
		{"broken", func(d *badDisk) *atomic.Bool { return &d.broken }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk, dir := &badDisk{}, t.TempDir()
			var said bytes.Buffer
			l := opened(t, dir, func(o *Options) {
				o.create, o.Logger = disk.create, slog.New(slog.NewTextHandler(&said, nil))
			})
			ask(l, "R1", zhang)
			if !l.Writable() {
				t.Fatal("nothing is wrong yet")
			}
			tt.bad(disk).Store(true)
			trail := l.Begin("R2", "a", "/graphql")
			trail.Unmasked("A.b")
			trail.Person(wang)
			if err := trail.Settle(t.Context(), 200, nil); err == nil {
				t.Fatal("a line that is not on the disk is taken for one")
			}
			trail.End(503, []string{"AUDIT_UNAVAILABLE"})
			if l.Writable() || trail.Writable() {
				t.Error("the audit is writable")
			}
			for i := range 3 {
				ask(l, fmt.Sprint("R", 3+i), zhang)
			}
			tt.bad(disk).Store(false)
			eventually(t, "writable again", l.Writable)
			s := l.State()
			closed(t, l)
			whole(t, dir)
			if sights, err := Who(dir, testKey, zhang); err != nil || len(sights) != 4 {
				t.Errorf("%d sights, %v", len(sights), err)
			}
			sights, err := Who(dir, testKey, wang)
			if err != nil || len(sights) != 2 || sights[0].Entry.Outcome != OK || sights[1].Entry.Outcome != Refused ||
				!sights[1].Entry.Corrects || sights[1].Entry.Unmasked != nil {
				t.Errorf("%+v, %v", sights, err)
			}
			if s.Failures == 0 || s.Lost != 0 {
				t.Errorf("%+v", s)
			}
			text := said.String()
			if strings.Count(text, "cannot be written") != 1 || strings.Count(text, "can be written again") != 1 ||
				strings.Contains(text, zhang) {
				t.Errorf("the log says\n%s", text)
			}
		})
	}
}

// TestFullDiskAtTheStart: the gateway starts, and refuses what it cannot record.
func TestFullDiskAtTheStart(t *testing.T) {
	disk, dir := &badDisk{}, t.TempDir()
	disk.full.Store(true)
	l := opened(t, dir, func(o *Options) { o.create = disk.create })
	if l.Writable() {
		t.Error("the audit is writable")
	}
	ask(l, "R1", zhang)
	disk.full.Store(false)
	eventually(t, "writable", l.Writable)
	closed(t, l)
	if s := whole(t, dir); s.Lines != 2 {
		t.Errorf("%+v", s)
	}
}

// TestNoRoom: what finds no room while the disk takes nothing is counted, and a line tells of it.
func TestNoRoom(t *testing.T) {
	disk, dir := &badDisk{}, t.TempDir()
	l := opened(t, dir, func(o *Options) { o.create = disk.create })
	disk.full.Store(true)
	body := marshal(Entry{Request: strings.Repeat("x", 1<<20)})
	for range 3 * mostWaiting >> 20 {
		l.submit(body)
	}
	if err := l.submitNow(t.Context(), body); err == nil {
		t.Error("there was room")
	}
	lost := l.State().Lost
	if lost == 0 {
		t.Fatal("nothing was lost")
	}
	disk.full.Store(false)
	eventually(t, "writable again", l.Writable)
	closed(t, l)
	told := 0
	if err := eachEntry(dir, testKey, nil, func(line, Entry) {}, func(_ line, n note) {
		if n.Event == Lost {
			told += n.Count
		}
	}); err != nil {
		t.Fatal(err)
	}
	if told != int(lost) {
		t.Errorf("%d were lost, and the audit tells of %d", lost, told)
	}
}

// TestImpatience: a request whose line the disk does not take is refused when its client leaves.
func TestImpatience(t *testing.T) {
	l := opened(t, t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	trail := l.Begin("R", "a", "/graphql")
	trail.Unmasked("A.b")
	if err := trail.Settle(ctx, 200, nil); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestConcurrency: many at once, each with a line of its own, in one chain; those that wait
// share the disk's work.
func TestConcurrency(t *testing.T) {
	disk, dir := &badDisk{}, t.TempDir()
	l := opened(t, dir, func(o *Options) { o.create, o.Rotate = disk.create, 32<<10 })
	var all fanout.Group
	const clients, each = 16, 40
	for c := range clients {
		all.Go(func() {
			for i := range each {
				trail := l.Begin(fmt.Sprintf("R%d-%d", c, i), "a", "/graphql")
				var fields fanout.Group
				for f := range 3 {
					fields.Go(func() {
						trail.Person(zhang)
						trail.Records(f)
					})
				}
				_ = fields.Wait()
				if i%4 == 0 {
					trail.Unmasked("A.b")
					if err := trail.Settle(t.Context(), 200, nil); err != nil {
						t.Error(err)
					}
				}
				trail.End(200, nil)
			}
		})
	}
	_ = all.Wait()
	closed(t, l)
	whole(t, dir)
	seen := map[string]bool{}
	if err := eachEntry(dir, testKey, nil, func(_ line, e Entry) { seen[e.Request] = true }, nil); err != nil {
		t.Fatal(err)
	}
	if len(seen) != clients*each {
		t.Errorf("%d of %d requests are in the audit", len(seen), clients*each)
	}
	if n := disk.syncs.Load(); n > clients*each/4+50 {
		t.Errorf("%d times was the disk waited for", n)
	}
}

// TestCloseWhileAsking: what is asked while the gateway stops is in the audit, or counted.
func TestCloseWhileAsking(t *testing.T) {
	dir := t.TempDir()
	l := opened(t, dir)
	var asking sync.WaitGroup
	for c := range 4 {
		asking.Go(func() {
			for i := range 50 {
				ask(l, fmt.Sprintf("R%d-%d", c, i), zhang)
			}
		})
	}
	closed(t, l)
	asking.Wait()
	whole(t, dir)
	sights, err := Who(dir, testKey, zhang)
	if err != nil || uint64(len(sights))+l.State().Lost != 200 {
		t.Errorf("%d sights, %d lost, %v", len(sights), l.State().Lost, err)
	}
}
