package apikey

import (
	"log/slog"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/watched"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Book is the key file of a running gateway: a key that is revoked opens nothing a moment later, without
// a restart. It is safe for concurrent use.
type Book struct {
	now  func() time.Time
	keys *watched.File[map[string]Key] // by prefix
}

// Open reads a key file. Errors are its findings, or that it cannot be read.
func Open(file string, log *slog.Logger) (*Book, error) {
	b := &Book{now: time.Now}
	var err error
	b.keys, err = watched.Open("the key file", []string{file}, func(contents [][]byte) (map[string]Key, error) {
		return byPrefix(file, contents[0])
	}, func() time.Time { return b.now() }, log)
	if err != nil {
		return nil, err
	}
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

// Find gives the entry of a key that may be used now. When there is none, reason says why, for the
// log; the entry is then that of a key that was right and is no longer valid, else empty.
func (b *Book) Find(key string) (k Key, reason string) {
	now := b.now()
	k, known := b.keys.Value()[PrefixOf(key)]
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
