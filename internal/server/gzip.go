package server

import (
	"compress/gzip"
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"
)

// gzipFrom is the size in bytes from which an answer is compressed.
const gzipFrom = 8 << 10

// compressor wraps what answers texts: they go out compressed to clients that take gzip.
// Files of reports are not wrapped: they have a length, or are compressed in themselves.
func compressor() func(http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(gzipFrom), gzhttp.CompressionLevel(gzip.BestSpeed),
		gzhttp.EnableZstd(false), gzhttp.AcceptWildcards(true))
	if err != nil {
		panic(err) // the options above are wrong
	}
	return func(next http.Handler) http.Handler {
		negotiated := wrap(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			// Several lines are one list, of which the library reads the first.
			if lines := r.Header.Values("Accept-Encoding"); len(lines) > 1 {
				r.Header.Set("Accept-Encoding", strings.Join(lines, ","))
			}
			negotiated(w, r)
		})
	}
}

// takesGzip tells what the compressor has found out of the client: it gives another writer
// to who takes gzip.
func takesGzip(w http.ResponseWriter) bool {
	switch w.(type) {
	case *gzhttp.GzipResponseWriter, gzhttp.GzipResponseWriterWithCloseNotify:
		return true
	}
	return false
}
