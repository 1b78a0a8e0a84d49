package server

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/config"
)

// accepting asks a handler with lines of Accept-Encoding and gives the answer decompressed.
func accepting(t *testing.T, h http.Handler, method, path string, lines ...string) (header http.Header, text string) {
	t.Helper()
	w, r := httptest.NewRecorder(), httptest.NewRequest(method, path, nil)
	r.Header["Accept-Encoding"] = lines
	h.ServeHTTP(w, r)
	header = w.Result().Header
	var plain io.Reader = w.Body
	if header.Get("Content-Encoding") == "gzip" && w.Body.Len() > 0 {
		var err error
		if plain, err = gzip.NewReader(w.Body); err != nil {
			t.Fatal(err)
		}
	}
	data, err := io.ReadAll(plain)
	if err != nil {
		t.Fatal(err)
	}
	return header, string(data)
}

func TestGzip(t *testing.T) {
	long := strings.Repeat("长", gzipFrom)
	wrapped := compressor()(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Add("Vary", "Accept")
		_, _ = w.Write([]byte(long))
	}))
	page, _ := start(t, config.Config{})
	tests := []struct {
		name  string
		lines []string
		want  bool
	}{
		{"taken", []string{"gzip"}, true},
		{"one of several", []string{"br, gzip;q=0.5"}, true},
		{"anything", []string{"*"}, true},
		{"in capitals", []string{"Gzip;Q=0.1"}, true},
		{"in the second line", []string{"br", "gzip"}, true},
		{"nothing said", nil, false},
		{"empty", []string{""}, false},
		{"another", []string{"br"}, false},
		{"identity", []string{"identity"}, false},
		{"refused", []string{"gzip; q=0"}, false},
		{"refused with a fraction", []string{"gzip;q=0.0"}, false},
		{"refused with three digits", []string{"gzip;q=0.000"}, false},
		{"refused in capitals", []string{"GZIP;Q=0"}, false},
		{"anything else", []string{"*, gzip;q=0"}, false},
		{"anything else, in two lines", []string{"*", "gzip;q=0"}, false},
		{"no weight", []string{"gzip;q=x"}, false},
		{"empty weight", []string{"gzip;q="}, false},
		{"negative weight", []string{"gzip;q=-1"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			header, text := accepting(t, wrapped, http.MethodGet, "/", tt.lines...)
			if compressed := header.Get("Content-Encoding") == "gzip"; compressed != tt.want || text != long {
				t.Errorf("compressed %t; the text is that of the handler: %t", compressed, text == long)
			}
			if vary := strings.Join(header.Values("Vary"), ", "); vary != "Accept-Encoding, Accept" {
				t.Errorf("Vary: %s", vary)
			}
			header, text = accepting(t, page, http.MethodGet, "/", tt.lines...)
			isPage := strings.HasPrefix(text, "<!doctype html>")
			if compressed := header.Get("Content-Encoding") == "gzip"; compressed != tt.want || !isPage {
				t.Errorf("the page: compressed %t: %.80s", compressed, text)
			}
			if vary := header.Get("Vary"); vary != "Accept-Encoding" {
				t.Errorf("Vary of the page: %s", vary)
			}
		})
	}
}

// TestGzipByRoute: texts are compressed where that is worth it; files of reports are not.
func TestGzipByRoute(t *testing.T) {
	s, _ := start(t, config.Config{})
	for path, want := range map[string]string{
		"/schema.graphql":     "gzip",
		"/playground/queries": "gzip",
		asset(t, ".js"):       "gzip",
		"/graphql?query={__schema{types{name+description}}}": "gzip",
		"/graphql?query={__typename}":                        "",
		"/healthz":                                           "",
		"/reports":                                           "",
	} {
		header, text := accepting(t, s, http.MethodGet, path, "gzip")
		if got := header.Get("Content-Encoding"); got != want || text == "" {
			t.Errorf("%s: encoding %q, want %q; %.80s", path, got, want, text)
		}
		if header.Get("Content-Encoding") != "" && header.Get("Content-Length") != "" {
			t.Errorf("%s: the length is that of the text, not of what is sent", path)
		}
	}
	header, _ := accepting(t, s, http.MethodHead, "/schema.graphql", "gzip")
	if got := header.Get("Content-Encoding"); got != "" {
		t.Errorf("HEAD: encoding %q", got)
	}
}
