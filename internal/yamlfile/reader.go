// Package yamlfile is the one reader of YAML files: mappings, the configuration, deadlines, the
// calendar, metrics, reference data and the heads of saved queries. It is strict, since a
// mistake in such a file is a wrong figure a year later, and it tells every mistake at once,
// with its place.
//
// A file is one document in UTF-8. A key stands once in its map. Values keep the text in which
// they are written: 01 is not 1, and 2024-02-10 is no point in time. Tags, merge keys (<<),
// directives and keys behind ? are refused, anchors and aliases unless the Reader is told
// otherwise. Sizes are bounded, see maxBytes and the constants by it.
//
// A Reader turns bytes into Nodes, and gathers findings: its own, and those of the package that
// knows what a file means. Dict reads a map whose keys are known.
package yamlfile

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Reader reads files and gathers what is wrong with them. The zero value is ready.
type Reader struct {
	// ShowLines puts the line of the file below each finding. It stays off where a line can hold
	// a secret.
	ShowLines bool
	// Aliases lets a value have a name, &name, by which it stands in other places as well, *name.
	Aliases bool

	files []Source // in the order in which they were read
	found []Finding
}

// Finding words a finding about a place; see Add.
func (r *Reader) Finding(at Pos, format string, args ...any) Finding {
	f := Finding{Pos: at, Message: fmt.Sprintf(format, args...)}
	if r.ShowLines {
		f.Line = r.line(at)
	}
	return f
}

// Add reports something about a place.
func (r *Reader) Add(at Pos, format string, args ...any) {
	r.found = append(r.found, r.Finding(at, format, args...))
}

// Found is how many findings there are. A part of a file in which nothing was found is one
// before and after which this is the same.
func (r *Reader) Found() int { return len(r.found) }

// Err gives the Findings, by file in the order of reading, then line; nil when there are none.
func (r *Reader) Err() error {
	if len(r.found) == 0 {
		return nil
	}
	findings := slices.Clone(r.found)
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(r.order(a.Pos), r.order(b.Pos)), cmp.Compare(a.Pos.Line, b.Pos.Line))
	})
	return Findings(findings)
}

// Later gives the node of the file that was read later, or else of the later line: the one whose
// author saw the other.
func (r *Reader) Later(a, b *Node) *Node {
	if cmp.Or(cmp.Compare(r.order(a.Pos), r.order(b.Pos)), cmp.Compare(a.Pos.Line, b.Pos.Line)) > 0 {
		return a
	}
	return b
}

func (r *Reader) order(at Pos) int {
	return slices.IndexFunc(r.files, func(f Source) bool { return f.Name == at.File })
}

// longestLine is how many characters of an offending line are shown.
const longestLine = 160

// line gives the text of a line, trimmed; of a long one the part about the column.
func (r *Reader) line(at Pos) string {
	i := r.order(at)
	if i < 0 || at.Line == 0 {
		return ""
	}
	rest := r.files[i].Data
	for range at.Line - 1 {
		_, rest, _ = bytes.Cut(rest, []byte("\n"))
	}
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	whole := strings.ToValidUTF8(string(line), "\uFFFD")
	text := []rune(strings.TrimSpace(whole))
	if len(text) <= longestLine {
		return string(text)
	}
	trimmed := len([]rune(whole)) - len([]rune(strings.TrimLeft(whole, " \t")))
	from := max(0, min(at.Column-1-trimmed-longestLine/2, len(text)-longestLine))
	shown := string(text[from : from+longestLine])
	if from > 0 {
		shown = "…" + shown
	}
	if from+longestLine < len(text) {
		shown += "…"
	}
	return shown
}
