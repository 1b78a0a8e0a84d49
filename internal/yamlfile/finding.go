package yamlfile

import (
	"fmt"
	"strings"
)

// Source is one file: the name by which findings call it, and its bytes.
type Source struct {
	Name string // "legalaid/mapping.yaml"
	Data []byte
}

// Pos is a place in a file.
type Pos struct {
	File   string // Name of the Source
	Line   int    // from 1; 0 means the file as a whole
	Column int    // in characters, from 1; 0 means the line as a whole
}

// Finding is one mistake in a file.
type Finding struct {
	Pos     Pos
	Message string // one sentence, without place
	Line    string // the offending line of the file, trimmed; "" where it is not shown
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

// Findings is everything that is wrong, by file, then line. It is the error that readers give.
type Findings []Finding

// Error prints one finding after the other.
func (f Findings) Error() string {
	texts := make([]string, len(f))
	for i, finding := range f {
		texts[i] = finding.String()
	}
	return strings.Join(texts, "\n")
}
