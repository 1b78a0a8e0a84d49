package export

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// A sheet's text writes what XML cannot hold as _xHHHH_, and so the underscore of a text
// that only looks like that as _x005F_ (ECMA-376 part 1, 22.9.2.19, ST_Xstring). The
// library escapes only what does not overlap, _x0041_ of _x0041_x0042_, drops _xD800_
// whole, and makes U+FFFD of control characters. So it is given texts in which a stand-in
// takes the place of every such underscore; where the file is zipped each becomes one.

// standIn is a noncharacter, which Unicode keeps for use inside a program.
const standIn = '\ufdd0'

// opens finds the beginning of what a reader would take for a written character, up to its
// last underscore. That may be the first of another, or come of a character that is written.
var opens = regexp.MustCompile(`^_x[0-9A-Fa-f]{4}`)

// looksEscaped is whether a text begins so.
func looksEscaped(text string) bool {
	at := opens.FindStringIndex(text)
	if at == nil {
		return false
	}
	next, _ := utf8.DecodeRuneInString(text[at[1]:])
	return next == '_' || at[1] < len(text) && needsWriting(next)
}

// written is a text as a cell stores it, with stand-ins.
func written(text string) string {
	if !strings.ContainsFunc(text, func(c rune) bool { return c == '_' || needsWriting(c) }) {
		return text
	}
	var b strings.Builder
	for at, c := range text {
		if needsWriting(c) || c == '_' && looksEscaped(text[at:]) {
			fmt.Fprintf(&b, "%cx%04X%c", standIn, c, standIn)
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// needsWriting is whether XML has no such character, or we have it for ourselves.
func needsWriting(c rune) bool {
	return c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0xfffe || c == 0xffff || c == standIn
}

// zipped is a zip archive in which stand-ins become underscores.
type zipped struct{ *zip.Writer }

// zipTo gives the library our archive.
func zipTo(into io.Writer) func(io.Writer) excelize.ZipWriter {
	return func(io.Writer) excelize.ZipWriter { return zipped{zip.NewWriter(into)} }
}

// Create begins a file of the archive.
func (z zipped) Create(name string) (io.Writer, error) {
	file, err := z.Writer.Create(name)
	return &underscores{to: file}, err
}

// underscores writes stand-ins as underscores, also one that comes in two pieces. A file
// ends in markup, so no piece is left over.
type underscores struct {
	to   io.Writer
	kept []byte // the beginning of a character
}

var mark = []byte(string(standIn))

func (u *underscores) Write(data []byte) (int, error) {
	all := append(u.kept, data...)
	whole := len(all)
	for at := max(0, whole-utf8.UTFMax); at < whole; at++ {
		if bytes.HasPrefix(mark, all[at:]) && len(all)-at < len(mark) {
			whole = at
		}
	}
	if _, err := u.to.Write(bytes.ReplaceAll(all[:whole], mark, []byte("_"))); err != nil {
		return 0, err
	}
	u.kept = append([]byte(nil), all[whole:]...)
	return len(data), nil
}
