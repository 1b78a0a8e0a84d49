package server

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"mime"
	"net/http"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/bureaugraph/bureaugraph/internal/library"
	"github.com/bureaugraph/bureaugraph/playground"
)

// policy lets the page run its own scripts and talk to this gateway only. Monaco and the
// charts set styles from script, hence the inline styles.
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// page serves the playground, behind the compressor. Its files are kept compressed and sent
// so to every client that takes them.
func page() http.Handler {
	files := playground.Files()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if name == "" {
			name = "index.html"
		}
		data, err := fs.ReadFile(files, name+".gz")
		if err != nil {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Content-Type", kind(name))
		h.Set("Cache-Control", "no-cache")
		if strings.HasPrefix(name, "playground/assets/") {
			h.Set("Cache-Control", "public, max-age=31536000, immutable") // the names hold a hash of the content
		}
		if takesGzip(w) {
			h.Set("Content-Encoding", "gzip")
			_, _ = w.Write(data) // fails when the client has left
			return
		}
		plain, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			http.Error(w, "the page was built badly", http.StatusInternalServerError)
			return
		}
		_, _ = io.Copy(w, plain)
	})
}

// kind is a file's media type; the machine's own table is not asked, it may say anything.
func kind(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".ttf":
		return "font/ttf"
	default:
		return mime.TypeByExtension(path.Ext(name))
	}
}

// maxOperation bounds a saved operation's JSON.
const maxOperation = 256 << 10

// queries serves the library: GET lists it, PUT with a name saves one operation.
type queries struct {
	store *library.Store
	log   *slog.Logger
}

func (q queries) list(w http.ResponseWriter, _ *http.Request) {
	operations, err := q.store.List()
	if err != nil {
		q.log.Warn("some saved queries cannot be read and are left out", "findings", err.Error())
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store") // each role has its own
	_ = json.NewEncoder(w).Encode(struct {
		Saving     bool                `json:"saving"` // whether PUT is allowed
		Operations []library.Operation `json:"operations"`
	}{q.store.Saves(), operations}) // fails when the client has left
}

func (q queries) save(w http.ResponseWriter, r *http.Request) {
	// A page of another site cannot send JSON without asking, see guarded.
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/json" {
		http.Error(w, "send the operation as application/json", http.StatusUnsupportedMediaType)
		return
	}
	var operation library.Operation
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxOperation))
	if err != nil || !utf8.Valid(body) || json.Unmarshal(body, &operation) != nil {
		http.Error(w, "the body is no saved operation in JSON and UTF-8, or larger than 256 KiB", http.StatusBadRequest)
		return
	}
	operation.Name = r.PathValue("name")
	switch err := q.store.Save(operation); {
	case err == nil:
		w.WriteHeader(http.StatusNoContent)
	case errors.Is(err, library.ErrNotSaving):
		http.Error(w, "saving is switched off here", http.StatusForbidden)
	default:
		if refused, ok := errors.AsType[library.Refused](err); ok {
			http.Error(w, refused.Error(), http.StatusBadRequest)
			return
		}
		q.log.Error("a query could not be saved", "cause", err.Error())
		http.Error(w, "the operation could not be written", http.StatusInternalServerError)
	}
}
