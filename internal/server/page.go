package server

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/library"
	"github.com/bureaugraph/bureaugraph/playground"
)

// policy lets the page run its own scripts and talk to this gateway only. Monaco and the
// charts set styles from script, hence the inline styles.
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// page serves the playground. Its files are kept compressed and sent so to every client
// that can read them.
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
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Content-Type", kind(name))
		h.Set("Vary", "Accept-Encoding")
		h.Set("Cache-Control", "no-cache")
		if strings.HasPrefix(name, "playground/assets/") {
			h.Set("Cache-Control", "public, max-age=31536000, immutable") // the names hold a hash of the content
		}
		if takesGzip(r) {
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

// takesGzip is whether the client's Accept-Encoding names gzip and does not refuse it.
func takesGzip(r *http.Request) bool {
	return slices.ContainsFunc(strings.Split(r.Header.Get("Accept-Encoding"), ","), func(coding string) bool {
		name, weight, _ := strings.Cut(strings.ReplaceAll(coding, " ", ""), ";")
		return name == "gzip" && weight != "q=0"
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

// queries gives the library's operations as JSON. The error is all that is wrong with them.
func queries() (http.Handler, error) {
	operations, err := library.Read(playground.Queries())
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(operations)
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(body)
	}), nil
}
