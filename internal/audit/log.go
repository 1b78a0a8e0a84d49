package audit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"github.com/bureaugraph/bureaugraph/internal/fanout"
	"github.com/bureaugraph/bureaugraph/internal/suite"
)

// LeastKept is how many days an audit must be kept at least: six months, by article 21 (3) of
// the Cybersecurity Law (网络安全法).
const LeastKept = 184

// Options say where and how an audit is kept.
type Options struct {
	Directory string // is made when it is not there; one gateway writes there, no other
	Key       []byte // of seals and of persons' tokens; must not be empty
	Hash      suite.Hash
	Keep      int     // days; 0 means LeastKept
	Rotate    int64   // bytes after which a new file is begun, as it is every day; 0 means 64 MiB
	Syslog    *Syslog // where every line goes too; nil for nowhere
	Logger    *slog.Logger
	// Now tells the time; nil means time.Now.
	Now func() time.Time

	create func(path string) (file, error) // for tests; nil makes files of the system
}

// file is what a Log needs of one it writes.
type file interface {
	WriteAt(data []byte, offset int64) (int, error)
	Sync() error
	Close() error
}

func (o Options) withDefaults() Options {
	if o.Hash == "" {
		o.Hash = suite.SHA256
	}
	if o.Keep == 0 {
		o.Keep = LeastKept
	}
	if o.Rotate == 0 {
		o.Rotate = 64 << 20
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.create == nil {
		o.create = create
	}
	return o
}

// create makes a file that must not be there, and sees to it that its name is on the disk.
func create(path string) (file, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	if dir, err := os.Open(filepath.Dir(path)); err == nil {
		_ = dir.Sync() // not every system has it
		_ = dir.Close()
	}
	return f, nil
}

// How lines come to the disk. A request that shows nothing unmasked does not wait: its line is
// handed to the system within linger, and is on the disk within settle. One that does waits
// until its line is on the disk, together with all that wait at that moment.
const (
	linger   = 10 * time.Millisecond
	settle   = time.Second
	patience = 10 * time.Second // how long a request waits for its line; then it is refused
	// What is kept in memory while the disk takes nothing: some ten thousand lines twice.
	mostWaiting = 16 << 20
)

// Log is an audit that is being written. It is safe for concurrent use; a nil Log takes
// everything and keeps nothing.
type Log struct {
	options Options
	signer  *signer
	lock    *flock.Flock
	digests *Digests

	mu      sync.Mutex
	queue   []submission
	waiting int  // bytes in queue
	lost    int  // requests that found no room
	closed  bool // nothing is taken any more

	wake, urgent, stop chan struct{}
	running            fanout.Group
	writable           atomic.Bool
	lines, losses      atomic.Uint64
	failures           atomic.Uint64

	writer // belongs to the goroutine that writes
}

// submission is a line to be.
type submission struct {
	body []byte
	done chan error // told when the line is on the disk, or is not; nil when nobody waits
}

// Open begins to write an audit, behind what stands in the directory. It fails when another
// process writes there, when what stands there is of another key, and when the directory is of
// no use; a full disk is told by Writable.
func Open(options Options) (*Log, error) {
	o := options.withDefaults()
	if err := os.MkdirAll(o.Directory, 0o700); err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	lock := flock.New(filepath.Join(o.Directory, "audit.lock"), flock.SetPermissions(0o600))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	if !locked {
		return nil, fmt.Errorf("audit: another gateway writes in %s: give each a directory of its own", o.Directory)
	}
	l := &Log{options: o, signer: newSigner(o.Hash, o.Key), lock: lock, digests: NewDigests(o.Hash),
		wake: make(chan struct{}, 1), urgent: make(chan struct{}, 1), stop: make(chan struct{})}
	found, err := resume(o.Directory, o.Key)
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	if o.Syslog != nil {
		o.Syslog.start(o.Logger)
	}
	l.begin(found)
	l.turn()
	l.running.Go(l.run)
	return l, nil
}

// State is what operators watch.
type State struct {
	Writable bool
	Lines    uint64 // that stand in files
	Lost     uint64 // requests that are in no line
	Failures uint64 // of writing, each of which was tried again
	// Dropped are lines that syslog did not get; they stand in the files.
	Dropped uint64
}

// State tells how the audit does since the process began.
func (l *Log) State() State {
	if l == nil {
		return State{}
	}
	s := State{Writable: l.writable.Load(), Lines: l.lines.Load(), Lost: l.losses.Load(), Failures: l.failures.Load()}
	if l.options.Syslog != nil {
		s.Dropped = l.options.Syslog.dropped.Load()
	}
	return s
}

// Writable tells whether what is asked now will be recorded. While it is not, nothing may be
// shown unmasked and no file made. A nil Log records nothing.
func (l *Log) Writable() bool { return l != nil && l.writable.Load() }

// errFull is the error of a line for which there is no room.
var errFull = errors.New("audit: too many lines wait for the disk")

// submit hands a line over for which nobody waits; one for which there is no room is counted.
func (l *Log) submit(body []byte) {
	if first, err := l.enqueue(submission{body: body}); err == nil && first {
		ring(l.wake)
	}
}

// submitNow hands a line over and waits until it is on the disk. The error is that it is not.
func (l *Log) submitNow(ctx context.Context, body []byte) error {
	s := submission{body: body, done: make(chan error, 1)}
	if _, err := l.enqueue(s); err != nil {
		return err
	}
	ring(l.urgent)
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case err := <-s.done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("audit: the disk did not take the line in time: %w", ctx.Err())
	}
}

// enqueue puts a line behind those that wait; first is whether none did.
func (l *Log) enqueue(s submission) (first bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || l.waiting+len(s.body) > mostWaiting {
		l.lost++
		l.losses.Add(1)
		return false, errFull
	}
	l.queue = append(l.queue, s)
	l.waiting += len(s.body)
	return len(l.queue) == 1, nil
}

func ring(bell chan struct{}) {
	select {
	case bell <- struct{}{}:
	default: // it rings already
	}
}

// run writes until the log is closed.
func (l *Log) run() {
	tick := time.NewTicker(settle)
	defer tick.Stop()
	pause := time.NewTimer(0)
	defer pause.Stop()
	for {
		select {
		case <-l.stop:
			return
		case <-tick.C:
		case <-l.urgent:
		case <-l.wake:
			pause.Reset(linger)
			select { // more may come meanwhile
			case <-l.stop:
				return
			case <-l.urgent:
			case <-pause.C:
			}
		}
		if err := fanout.Do(l.turn); err != nil {
			fanout.Log(l.options.Logger, err)
			l.writable.Store(false)
		}
	}
}

// turn writes what waits.
func (l *Log) turn() {
	l.mu.Lock()
	queue, lost := l.queue, l.lost
	l.queue, l.waiting, l.lost = nil, 0, 0
	l.mu.Unlock()
	var waiting []chan error
	for _, s := range queue {
		switch {
		case len(l.pending)+len(s.body) > mostWaiting:
			lost++
			l.losses.Add(1)
			if s.done != nil {
				s.done <- errFull
			}
		default:
			l.add(s.body)
			if s.done != nil {
				waiting = append(waiting, s.done)
			}
		}
	}
	if lost > 0 {
		l.unsaid += lost
	}
	if l.unsaid > 0 && len(l.pending) < mostWaiting {
		l.add(marshal(note{Event: Lost, Time: moment(l.options.Now()), Count: l.unsaid}))
		l.unsaid = 0
	}
	err := l.write()
	if err == nil && (len(waiting) > 0 || l.options.Now().Sub(l.synced) >= settle || !l.writable.Load()) {
		err = l.sync()
		if err == nil && l.retires {
			l.retires = false
			err = l.retire()
		}
	}
	l.judge(err)
	for _, done := range waiting {
		done <- err
	}
}

// judge notes whether writing works, and says so once.
func (l *Log) judge(err error) {
	switch {
	case err != nil:
		l.failures.Add(1)
		if l.writable.Swap(false) || !l.told {
			l.told = true
			l.options.Logger.Error("the audit cannot be written; nothing is shown unmasked and no file is made until it can",
				"cause", err.Error())
		}
	case !l.writable.Swap(true) && l.told:
		l.told = false
		l.options.Logger.Info("the audit can be written again")
	}
}

// Close writes what waits, and gives the directory free. The error is that lines could not be
// written, and how many.
func (l *Log) Close() error {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	closed := l.closed
	l.closed = true
	l.mu.Unlock()
	if closed {
		return nil
	}
	close(l.stop)
	failed := l.running.Wait()
	l.turn()
	err := l.sync()
	l.writable.Store(false)
	if err != nil {
		err = fmt.Errorf("audit: the last %d bytes were not written: %w", len(l.pending), err)
	}
	if l.file != nil {
		err = errors.Join(err, l.file.Close())
	}
	if l.heads != nil {
		err = errors.Join(err, l.heads.Sync(), l.heads.Close())
	}
	if l.options.Syslog != nil {
		l.options.Syslog.close()
	}
	return errors.Join(failed, err, l.lock.Unlock())
}
