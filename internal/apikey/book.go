package apikey

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Book is the key file of a running gateway. It looks whether the file has changed while it is
// asked, so that a key that is revoked opens nothing a moment later, without a restart. A file that
// has become wrong, or cannot be read, changes nothing and is told in the log.
// It is safe for concurrent use.
type Book struct {
	file string
	log  *slog.Logger
	now  func() time.Time

	mu     sync.Mutex
	looked time.Time
	data   []byte // of which keys were read, or which was found wrong
	told   string // what was last said of the file; "" when it was in order
	keys   map[string]Key
}

// lookEvery is how long a change of the file may go unseen.
const lookEvery = time.Second

// Open reads a key file. Errors are its findings, or that it cannot be read.
func Open(file string, log *slog.Logger) (*Book, error) {
	b := &Book{file: file, log: log, now: time.Now}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("apikey: %w", err)
	}
	if b.keys, err = byPrefix(file, data); err != nil {
		return nil, err
	}
	b.data, b.looked = data, b.now()
	return b, nil
}

func byPrefix(file string, data []byte) (map[string]Key, error) {
	var r yamlfile.Reader
	all := map[string]Key{}
	for _, k := range Parse(&r, yamlfile.Source{Name: file, Data: data}) {
		all[k.Prefix] = k
	}
	return all, r.Err()
}

// look reads the file again if it may have changed. It is called with mu held.
func (b *Book) look(now time.Time) {
	if now.Sub(b.looked) < lookEvery && !now.Before(b.looked) {
		return
	}
	b.looked = now
	data, err := os.ReadFile(b.file)
	if err != nil {
		b.tell("the key file cannot be read; the keys stay as they were", err.Error())
		return
	}
	if bytes.Equal(data, b.data) {
		if b.told == "" {
			return
		}
	}
	keys, err := byPrefix(b.file, data)
	b.data = data
	if err != nil {
		b.tell("the key file is wrong; the keys stay as they were", err.Error())
		return
	}
	b.keys, b.told = keys, ""
	b.log.Info("the key file was read again", "keys", len(keys))
}

// tell says something once, until something else is to be said.
func (b *Book) tell(what, findings string) {
	if b.told == findings {
		return
	}
	b.told = findings
	b.log.Error(what, "findings", findings)
}

// Find gives the entry of a key that may be used now. When there is none, reason says why, for the
// log; the entry is then that of a key that was right and is no longer valid, else empty.
func (b *Book) Find(key string) (k Key, reason string) {
	now := b.now()
	b.mu.Lock()
	b.look(now)
	k, known := b.keys[PrefixOf(key)]
	b.mu.Unlock()
	switch {
	case !Looks(key):
		return Key{}, "it is not written like an API key"
	case !known:
		return Key{}, "there is no API key with its prefix"
	case !k.opens(key):
		return Key{}, "the API key is wrong"
	}
	switch k.State(now) {
	case "revoked":
		return k, "the API key was revoked"
	case "expired":
		return k, "the API key has expired"
	}
	return k, ""
}
