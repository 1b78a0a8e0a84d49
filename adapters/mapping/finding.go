package mapping

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Source is one mapping file: the one of the system, or a site's overlay.
type Source struct {
	Name string // stands in findings, "legalaid/mapping.yaml"
	Data []byte
}

// Finding is one mistake in a mapping file.
type Finding struct {
	Pos     Pos
	Message string // one sentence, without place
	Line    string // the offending line of the file, trimmed; "" when Pos names no line
}

// String gives "file:line: sentence" and below it the line, indented.
func (f Finding) String() string {
	var b strings.Builder
	b.WriteString(f.Pos.File)
	if f.Pos.Line > 0 {
		fmt.Fprintf(&b, ":%d", f.Pos.Line)
	}
	b.WriteString(": " + f.Message)
	if f.Line != "" {
		b.WriteString("\n    " + f.Line)
	}
	return b.String()
}

// Findings is everything wrong with a mapping, by file (base first, overlays in their
// order), then line. It is the error that Parse gives.
type Findings []Finding

// Error prints one finding after the other.
func (f Findings) Error() string {
	texts := make([]string, len(f))
	for i, finding := range f {
		texts[i] = finding.String()
	}
	return strings.Join(texts, "\n")
}

// longestLine is how many characters of an offending line are shown.
const longestLine = 160

// report gathers findings while files are read.
type report struct {
	sources []Source // base first
	found   []found
}

type found struct {
	source int
	Finding
}

// add reports something about the place of n.
func (r *report) add(n *node, format string, args ...any) {
	r.found = append(r.found, found{n.source, Finding{
		Pos:     r.pos(n),
		Message: fmt.Sprintf(format, args...),
		Line:    r.line(n),
	}})
}

func (r *report) pos(n *node) Pos { return Pos{r.sources[n.source].Name, n.line} }

// lineAt gives the text of a line of a file; "" where there is none.
func (r *report) lineAt(at Pos) string {
	i := slices.IndexFunc(r.sources, func(s Source) bool { return s.Name == at.File })
	if i < 0 {
		return ""
	}
	return r.line(&node{source: i, line: at.Line})
}

// line gives the text of the line where n begins.
func (r *report) line(n *node) string {
	rest := r.sources[n.source].Data
	for range n.line - 1 {
		_, rest, _ = bytes.Cut(rest, []byte("\n"))
	}
	if n.line == 0 {
		return ""
	}
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	text := []rune(strings.TrimSpace(strings.ToValidUTF8(string(line), "\uFFFD")))
	if len(text) > longestLine {
		return string(text[:longestLine]) + "…"
	}
	return string(text)
}

// err gives the findings in order, or nil when there are none.
func (r *report) err() error {
	if len(r.found) == 0 {
		return nil
	}
	slices.SortStableFunc(r.found, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.Pos.Line, b.Pos.Line))
	})
	findings := make(Findings, len(r.found))
	for i, f := range r.found {
		findings[i] = f.Finding
	}
	return findings
}
