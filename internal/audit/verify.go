package audit

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/suite"
)

// Finding is a place in which an audit is not as it was written.
type Finding struct {
	File    string
	Line    int // from 1; 0 is the file as a whole
	Message string
}

// Error gives place and sentence, file:line: sentence.
func (f *Finding) Error() string {
	if f.Line == 0 {
		return f.File + ": " + f.Message
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message)
}

// Summary is what was verified.
type Summary struct {
	Files, Lines int
	First, Last  uint64 // numbers of lines
	Hash         string // of the last line; whoever notes it today can ask for it tomorrow, see Anchor
	Sealed       bool   // the seals were looked at
	Unfinished   bool   // the last file ends in the middle of a line: it is being written, or the gateway broke off
}

// Anchor is a line as somebody noted it outside the directory: that it is still there shows
// that the whole directory, head included, was not set back to an older state.
type Anchor struct {
	Seq  uint64
	Hash string
}

// Verify reads an audit and tells whether it is as it was written. The error is the first bad
// place, a *Finding, or that the files cannot be read. Without a key it looks at the chain
// only, which whoever can write the files can make anew.
func Verify(dir string, key []byte, anchors ...Anchor) (Summary, error) {
	r := &reader{dir: dir, key: key, anchors: anchors}
	if err := r.read(); err != nil {
		return r.summary, err
	}
	if r.found != nil {
		return r.summary, r.found
	}
	return r.summary, nil
}

// reader walks over the lines of an audit. It goes on behind a finding, and keeps the first.
type reader struct {
	dir     string
	key     []byte // nil looks at no seals
	anchors []Anchor
	visit   func(line) // gets every line that can be read; nil for nobody

	signer  *signer // of the file being read; nil without a key
	hash    suite.Hash
	head    head
	begun   bool   // a line was read
	seq     uint64 // of the last line
	prev    string // its hash
	last    place  // of it
	end     place  // how far was read
	tail    int    // bytes of an unfinished line where the last file ends that has any
	tailAt  place
	found   *Finding
	summary Summary
}

type place struct {
	file string
	line int
}

// line is a line that is visited.
type line struct {
	place
	text   []byte // valid during the visit
	signer *signer
}

func (r *reader) find(at place, format string, args ...any) {
	if r.found == nil {
		r.found = &Finding{File: at.file, Line: at.line, Message: fmt.Sprintf(format, args...)}
	}
}

// read reads all files.
func (r *reader) read() error {
	all, err := files(r.dir)
	if err != nil {
		return err
	}
	h, noHead := readHead(r.dir, r.key)
	switch {
	case noHead == nil:
		r.head = h
	case len(all) == 0 && errors.Is(noHead, errNoHead):
		return fmt.Errorf("audit: there is no audit in %s", r.dir)
	case !errors.Is(noHead, errNoHead) && !errors.Is(noHead, errHead):
		return noHead
	}
	if len(all) == 0 {
		r.find(place{headName, 0}, "all lines are missing: the last was number %d", r.head.Seq)
	}
	for i, f := range all {
		if err := r.file(f, i == len(all)-1); err != nil {
			return err
		}
	}
	r.summary.Last, r.summary.Hash, r.summary.Sealed = r.seq, r.prev, r.key != nil
	r.ends(noHead)
	return nil
}

// ends compares the last line with what the head and the anchors know.
func (r *reader) ends(noHead error) {
	behind := place{r.end.file, r.end.line + 1}
	switch {
	case errors.Is(noHead, errNoHead):
		r.find(place{headName, 0}, "is missing, so that nobody can tell whether lines are missing at the end")
	case noHead != nil:
		r.find(place{headName, 0}, "was changed, or is of another key")
	case r.head.Seq > r.seq:
		r.find(behind, "%s", r.missing())
	case r.tail > 0:
		r.summary.Unfinished = true
	}
	for _, a := range r.anchors {
		if a.Seq > r.seq {
			r.find(behind, "%s missing at the end: line %d was noted with the hash %.12s…", lines(r.seq+1, a.Seq), a.Seq,
				a.Hash)
		}
	}
}

// missing says what the head knows, and the files do not have.
func (r *reader) missing() string {
	return fmt.Sprintf("%s missing at the end: by %s line %d was written on %s", lines(r.seq+1, r.head.Seq), headName,
		r.head.Seq, r.head.Time.Format(time.DateTime))
}

// lines names lines of an audit, with the verb.
func lines(first, last uint64) string {
	if first == last {
		return fmt.Sprintf("line %d is", first)
	}
	return fmt.Sprintf("lines %d to %d are", first, last)
}

// file reads one file.
func (r *reader) file(f fileOf, isLast bool) error {
	file, err := os.Open(filepath.Join(r.dir, f.name))
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	defer file.Close()
	r.summary.Files++
	r.end = place{f.name, 0}
	in := bufio.NewReaderSize(file, 64<<10)
	var text []byte
	for n := 1; ; n++ {
		at := place{f.name, n}
		text, err = readLine(in, text[:0])
		switch {
		case err == io.EOF && len(text) == 0:
			return nil
		case err == io.EOF: // without a line feed; the next file says whether it was so
			r.tail, r.tailAt = len(text), at
			if isLast && r.head.Seq > r.seq {
				r.find(at, "the line is cut off: %s", r.missing())
			}
			return nil
		case err != nil:
			return fmt.Errorf("audit: %s: %w", f.name, err)
		}
		if n == 1 {
			r.opening(f, at, text)
		}
		r.line(at, text)
		r.end = at
	}
}

// errLong is the error of a line that no gateway wrote.
var errLong = errors.New("a line is longer than 1 MiB")

// readLine reads up to a line feed, which it leaves out; io.EOF comes with what stands before the
// end without one.
func readLine(in *bufio.Reader, into []byte) ([]byte, error) {
	for {
		part, err := in.ReadSlice('\n')
		into = append(into, part...)
		switch {
		case err == nil:
			return into[:len(into)-1], nil
		case err != bufio.ErrBufferFull:
			return into, err
		case len(into) > longest:
			return nil, errLong
		}
	}
}

// opening reads the first line of a file.
func (r *reader) opening(f fileOf, at place, text []byte) {
	var n note
	if json.Unmarshal(text, &n) != nil || n.Event != Begun || !n.Hash.Known() {
		r.find(at, "the first line is not the one that a file begins with: it was changed, or is missing")
		if !r.hash.Known() {
			n.Hash = suite.SHA256
		} else {
			n.Hash = r.hash
		}
	} else if n.File != f.number {
		r.find(at, "the file says that its number is %d: it has another's name", n.File)
	}
	switch {
	case !r.begun || r.tail == n.Torn:
	case r.tail > 0:
		r.find(r.tailAt, "the file ends in %d bytes of an unfinished line, and by the next file in %d: "+
			"it was cut off or added to", r.tail, n.Torn)
	default:
		r.find(at, "by this line the file before ends in %d bytes of an unfinished line, which are missing", n.Torn)
	}
	r.tail = 0
	r.hash = n.Hash
	if r.key != nil {
		r.signer = newSigner(n.Hash, r.key)
		if n.Key != "" && n.Key != r.signer.id {
			r.find(at, "the file is sealed with another key than the one that was given")
		}
	}
	if r.begun {
		return
	}
	r.begun = true
	opening, _ := frame(text)
	r.summary.First = opening.seq
	if start := r.head.From; start.File > 0 && f.number >= start.File {
		r.seq, r.prev = start.Seq-1, start.Prev
	} else { // there is no head, or the file is to be removed
		r.seq, r.prev = opening.seq-1, opening.prev
	}
}

// line looks at one line, and goes on behind it.
func (r *reader) line(at place, text []byte) {
	f, ok := frame(text)
	sum := digest(r.hash, text)
	switch {
	case !ok:
		r.find(at, "the line was changed: it is none that the gateway writes")
	case r.signer != nil && !r.signer.made(f):
		r.find(at, "the line was changed after it was written")
	case f.seq > r.seq+1:
		r.find(at, "%s missing before it", lines(r.seq+1, f.seq-1))
	case f.seq <= r.seq:
		r.find(at, "the line has number %d, where %d is due: it was moved or stands twice", f.seq, r.seq+1)
	case f.prev != r.prev && r.signer != nil:
		r.find(at, "the line follows another than the one before it: it comes from elsewhere, or that was replaced")
	case f.prev != r.prev:
		where := r.last
		if where.file == "" {
			where = at
		}
		r.find(where, "the line, or what the next says of it, was changed after it was written")
	case f.seq == r.head.Seq && sum != r.head.Last:
		r.find(at, "the line is another than %s knows under its number", headName)
	}
	for _, a := range r.anchors {
		if ok && a.Seq == f.seq && !strings.EqualFold(a.Hash, sum) {
			r.find(at, "the line is another than the one that was noted")
		}
	}
	if ok {
		r.seq = f.seq
		if r.visit != nil {
			r.visit(line{at, text, r.signer})
		}
	} else {
		r.seq++
	}
	if ok && bytes.Contains(text, []byte(`"event":"`+Damaged+`"`)) {
		var n note
		if json.Unmarshal(text, &n) == nil && n.Event == Damaged {
			r.find(at, "when the gateway began, the audit was not whole: %s", n.Finding)
		}
	}
	r.prev, r.last = sum, at
	r.summary.Lines++
}

// resumed is where a directory's audit ends.
type resumed struct {
	head    head
	seq     uint64
	prev    string
	number  int // of the last file
	torn    int // bytes of an unfinished line at its end
	finding error
}

// resume finds where an audit ends: behind the last line of the last file, or where the head
// knows it to end, when lines are missing. It fails for one of another key.
func resume(dir string, key []byte) (resumed, error) {
	all, err := files(dir)
	if err != nil {
		return resumed{}, err
	}
	h, noHead := readHead(dir, key)
	if noHead != nil && !errors.Is(noHead, errNoHead) && !errors.Is(noHead, errHead) {
		return resumed{}, noHead
	}
	if len(all) == 0 && errors.Is(noHead, errNoHead) {
		return resumed{}, nil // a new audit
	}
	found := resumed{head: h, seq: h.Seq, prev: h.Last, number: h.File}
	if len(all) > 0 {
		last := all[len(all)-1]
		if n, _, err := begunBy(dir, last); err == nil && n.Hash.Known() && n.Key != newSigner(n.Hash, key).id {
			return resumed{}, fmt.Errorf("audit: %s holds an audit under another key: give each key a directory of its own",
				dir)
		}
		found.number = max(found.number, last.number)
	}
	r, err := readEnd(dir, key, h, all)
	if err != nil {
		return resumed{}, err
	}
	if r.seq >= found.seq {
		found.seq, found.prev = r.seq, r.prev
	}
	found.torn = r.tail
	r.ends(noHead)
	if r.found != nil {
		found.finding = r.found
	}
	return found, nil
}

// readEnd reads the last file that has a line, and what follows.
func readEnd(dir string, key []byte, h head, all []fileOf) (*reader, error) {
	h.From = from{} // the audit is not read from its beginning
	for first := len(all) - 1; ; first-- {
		r := &reader{dir: dir, key: key, head: h}
		for i := max(first, 0); i < len(all); i++ {
			if err := r.file(all[i], i == len(all)-1); err != nil {
				return nil, err
			}
		}
		if r.begun || first <= 0 {
			return r, nil
		}
	}
}
