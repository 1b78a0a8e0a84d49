// Package playground is a page to try queries on: plain HTML, style and script, embedded,
// nothing fetched from elsewhere.
package playground

import (
	"embed"
	"io/fs"
)

//go:embed index.html style.css app.js queries.json
var files embed.FS

// Files are the page (index.html) and what it loads from the directory playground beside
// it. queries.json lists the examples: title, english, query and variables (a map, may be
// missing).
func Files() fs.FS { return files }
