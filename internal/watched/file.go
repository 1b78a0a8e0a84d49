// Package watched keeps what files say while a program runs: they are read again when they change.
package watched

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Every is how long a change of a file may go unseen.
const Every = time.Second

// File is the value of one or several files that belong together, such as a certificate and its
// key. Whether they have changed is looked at while the value is asked for. Files that have become
// wrong, or cannot be read, change nothing and are told of in the log, once.
// It is safe for concurrent use.
type File[T any] struct {
	what  string
	files []string
	parse func(contents [][]byte) (T, error)
	log   *slog.Logger
	now   func() time.Time

	value atomic.Pointer[T]

	mu       sync.Mutex // of what follows; whoever finds it held takes the value there is
	looked   time.Time
	contents [][]byte // of which the value was made, or which were found wrong
	told     string   // what was last said of the files; "" when they were in order
}

// Open reads the files. what they are stands in the log, as in "the policy"; parse makes the value
// of their contents, in the order of the files; now is the time, nil the clock's. Errors are those of
// parse, or that a file cannot be read.
func Open[T any](what string, files []string, parse func(contents [][]byte) (T, error), now func() time.Time,
	log *slog.Logger) (*File[T], error) {
	if now == nil {
		now = time.Now
	}
	f := &File[T]{what: what, files: files, parse: parse, log: log, now: now}
	contents, err := f.read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	value, err := parse(contents)
	if err != nil {
		return nil, err
	}
	f.contents, f.looked = contents, now()
	f.value.Store(&value)
	return f, nil
}

// Fixed is a value that stands in no file and never changes.
func Fixed[T any](value T) *File[T] {
	f := &File[T]{now: time.Now}
	f.value.Store(&value)
	return f
}

// Value is what the files say.
func (f *File[T]) Value() T {
	if len(f.files) > 0 && f.mu.TryLock() {
		defer f.mu.Unlock()
		f.look(f.now())
	}
	return *f.value.Load()
}

func (f *File[T]) read() ([][]byte, error) {
	contents := make([][]byte, len(f.files))
	for i, file := range f.files {
		var err error
		if contents[i], err = os.ReadFile(file); err != nil {
			return nil, err
		}
	}
	return contents, nil
}

// look reads the files again if they may have changed. It is called with mu held.
func (f *File[T]) look(now time.Time) {
	if now.Sub(f.looked) < Every && !now.Before(f.looked) {
		return
	}
	f.looked = now
	contents, err := f.read()
	if err != nil {
		f.tell("cannot be read", err.Error())
		return
	}
	if f.told == "" && slices.EqualFunc(contents, f.contents, bytes.Equal) {
		return
	}
	f.contents = contents
	value, err := f.parse(contents)
	if err != nil {
		f.tell("is wrong", err.Error())
		return
	}
	f.value.Store(&value)
	f.told = ""
	f.log.Info(f.what + " was read again")
}

// tell says something once, until something else is to be said.
func (f *File[T]) tell(how, findings string) {
	if f.told == findings {
		return
	}
	f.told = findings
	f.log.Error(f.what+" "+how+"; what it said before stays in force", "findings", findings)
}
