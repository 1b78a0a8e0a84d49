// Package playground is the page to try queries on: its built bundle and the library of
// operations that it ships with. The sources are in src; `npm ci && npm run build` makes
// dist from them, the same bytes every time. Nothing is fetched from elsewhere.
package playground

import (
	"embed"
	"io/fs"
)

var (
	//go:embed all:dist
	dist embed.FS
	//go:embed queries/*.graphql
	queries embed.FS
)

// Files are the page, index.html, and what it loads, playground/assets/*: each compressed
// and named so, index.html.gz.
func Files() fs.FS { return below(dist, "dist") }

// Queries are the operations that the library ships with, one a file; package library
// reads them.
func Queries() fs.FS { return below(queries, "queries") }

func below(files embed.FS, dir string) fs.FS {
	sub, err := fs.Sub(files, dir)
	if err != nil {
		panic(err) // the directory is embedded above
	}
	return sub
}
