package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// persisted reads the documents that clients may name, and prepares what is done with others.
func persisted(c config.Persisted, schema *ast.Schema, limits transport.Limits,
	log *slog.Logger) (p transport.Persisted, err error) {
	if c.Manifest != nil {
		p, err = transport.ReadPersisted(c.Manifest.Name, c.Manifest.Data, schema, limits, variablesOnly)
		if err != nil {
			return p, err
		}
	}
	p.Only = c.Only
	if c.Automatic > 0 {
		p.Automatic = transport.NewAutomatic(c.Automatic)
	}
	if c.Log || c.Record != "" {
		u := &unlisted{log: log, tells: c.Log, file: c.Record, met: map[string]bool{}, texts: map[string]string{}}
		if err := u.read(); err != nil {
			return p, err
		}
		p.Unlisted = u.take
	}
	return p, nil
}

// mostUnlisted is how many documents that are not in the manifest are told and recorded, and
// mostRecorded how long they may be together, in bytes: the file is written anew for each.
const (
	mostUnlisted = 10_000
	mostRecorded = 8 << 20
)

// unlisted are documents that clients sent and that are not in the manifest. Each is told and recorded
// once.
type unlisted struct {
	log   *slog.Logger
	tells bool   // in the log, by hash: texts may name somebody
	file  string // of a manifest; "" records none

	mu     sync.Mutex
	met    map[string]bool   // by hash
	texts  map[string]string // what the file holds, by hash
	bytes  int               // of texts
	isFull bool              // and told to be
}

// read takes over what has been recorded before. Nothing is written: `gateway check` reads too.
func (u *unlisted) read() error {
	if u.file == "" {
		return nil
	}
	data, err := os.ReadFile(u.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = u.probe()
	case err == nil:
		err = json.Unmarshal(data, &u.texts)
	}
	if err != nil {
		return fmt.Errorf("server: persistedDocuments.record: %w", err)
	}
	for hash, text := range u.texts {
		u.met[hash] = true
		u.bytes += len(text)
	}
	return nil
}

// probe tells now whether the file can be written, and not when the first document comes.
func (u *unlisted) probe() error {
	next, err := os.CreateTemp(filepath.Dir(u.file), filepath.Base(u.file)+".*")
	if err != nil {
		return err
	}
	return errors.Join(next.Close(), os.Remove(next.Name()))
}

func (u *unlisted) take(ctx context.Context, hash, operation, text string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.met[hash] || u.isFull {
		return
	}
	if len(u.met) >= mostUnlisted || u.file != "" && u.bytes+len(text) > mostRecorded {
		u.isFull = true
		u.log.WarnContext(ctx, "no more documents that are not in the manifest are told or recorded",
			"documents", len(u.met), "bytes", u.bytes)
		return
	}
	u.met[hash] = true
	if u.tells {
		u.log.InfoContext(ctx, "a document is not in the manifest", "sha256", hash, "operation", operation)
	}
	if u.file == "" {
		return
	}
	u.texts[hash] = text
	u.bytes += len(text)
	if err := u.write(); err != nil {
		u.log.ErrorContext(ctx, "a document was not recorded", "sha256", hash, "cause", err.Error())
	}
}

// write replaces the file as a whole: who reads it finds the old one or the new one.
func (u *unlisted) write() error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(u.texts); err != nil {
		return fmt.Errorf("server: persistedDocuments.record: %w", err)
	}
	next, err := os.CreateTemp(filepath.Dir(u.file), filepath.Base(u.file)+".*")
	if err != nil {
		return fmt.Errorf("server: persistedDocuments.record: %w", err)
	}
	_, err = next.Write(text.Bytes())
	if err = errors.Join(err, next.Close()); err == nil {
		err = os.Rename(next.Name(), u.file)
	}
	if err != nil {
		return fmt.Errorf("server: persistedDocuments.record: %w", errors.Join(err, os.Remove(next.Name())))
	}
	return nil
}
