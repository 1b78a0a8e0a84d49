package audit

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// writer is how far the files are written. Lines are made and numbered in the order in which
// they come, kept until they are on the disk, and written again when they may not be: after a
// failed fsync nobody knows what the disk has. Nothing in a file is ever written over with
// anything else, and no file is shortened.
type writer struct {
	seq     uint64 // of the last line made
	prev    string // its hash
	pending []byte // made, and not known to be on the disk
	written int    // bytes of pending that the system has taken
	offset  int64  // in the file, at which pending begins
	file    file   // nil before the first byte
	number  int    // of the file
	begun   time.Time
	synced  time.Time
	head    head // as it stands on the disk
	headAt  int64
	heads   file
	unsaid  int  // lost requests that no line tells of
	told    bool // the log says that the audit cannot be written
	retires bool // files may have been kept for long enough
}

// begin makes the first line of a new file behind what was found. Files that were there are
// never written again.
func (l *Log) begin(found resumed) {
	o := l.options
	l.seq, l.prev, l.number, l.head = found.seq, found.prev, found.number, found.head
	if l.head.From.File == 0 { // a new audit; by its name no other can take its place
		l.prev = cmp.Or(l.prev, rand.Text())
		l.head.From = from{File: l.number + 1, Seq: l.seq + 1, Prev: l.prev}
	}
	l.headAt = placeSize - l.head.at
	l.beginFile(found.torn)
	if found.finding != nil {
		o.Logger.Error("the audit is not whole; it goes on in a new file", "finding", found.finding.Error())
		l.append(marshal(note{Event: Damaged, Time: moment(o.Now()), Finding: found.finding.Error()}))
	}
}

// beginFile makes the first line of the next file.
func (l *Log) beginFile(torn int) {
	l.number++
	l.begun, l.offset, l.file, l.retires = l.options.Now(), 0, nil, true
	host, _ := os.Hostname() // "" says nothing
	n := note{Event: Begun, Time: moment(l.begun), File: l.number, Hash: l.signer.hash, Key: l.signer.id, Torn: torn,
		Host: host}
	l.append(marshal(n))
}

// add makes a line, in a new file where one is due.
func (l *Log) add(body []byte) {
	if l.writable.Load() && l.due() && l.sync() == nil {
		_ = l.file.Close() // all of it is on the disk
		l.beginFile(0)
	}
	l.append(body)
}

// due tells whether a new file is: the file is large enough, or of another day.
func (l *Log) due() bool {
	return l.offset+int64(len(l.pending)) >= l.options.Rotate ||
		l.options.Now().In(china).Format(time.DateOnly) != l.begun.In(china).Format(time.DateOnly)
}

// append makes a line.
func (l *Log) append(body []byte) {
	l.seq++
	line := l.signer.line(l.seq, l.prev, body)
	l.prev = digest(l.signer.hash, line)
	l.pending = append(append(l.pending, line...), '\n')
	l.lines.Add(1)
	if l.options.Syslog != nil {
		l.options.Syslog.send(line)
	}
}

// write hands pending to the system.
func (l *Log) write() (err error) {
	if l.written == len(l.pending) {
		return nil
	}
	if l.heads == nil {
		if err := l.openHeads(); err != nil {
			return err
		}
	}
	if l.file == nil {
		if l.file, err = l.options.create(filepath.Join(l.options.Directory, fileName(l.number, l.begun))); err != nil {
			l.file = nil
			return fmt.Errorf("audit: %w", err)
		}
	}
	n, err := l.file.WriteAt(l.pending[l.written:], l.offset+int64(l.written))
	l.written += n
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return nil
}

// sync waits until what was written is on the disk, and then notes how far that is.
func (l *Log) sync() error {
	if err := l.write(); err != nil {
		return err
	}
	if len(l.pending) > 0 {
		if err := l.file.Sync(); err != nil {
			l.written = 0
			return fmt.Errorf("audit: %w", err)
		}
		l.offset += int64(len(l.pending))
		l.pending, l.written = l.pending[:0], 0
	}
	l.synced = l.options.Now()
	if l.head.Seq == l.seq {
		return nil
	}
	h := l.head
	h.Seq, h.Last, h.File, h.Time = l.seq, l.prev, l.number, moment(l.synced)
	return l.writeHead(h)
}

// openHeads opens the head's file, and before the first line of an audit writes one, so that
// there never are files without.
func (l *Log) openHeads() error {
	path := filepath.Join(l.options.Directory, headName)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	l.heads = f
	if err := l.writeHead(l.head); err != nil {
		l.heads = nil
		return errors.Join(err, f.Close())
	}
	return nil
}

// writeHead writes the head into the place that is due. It need not come to the disk at once:
// an older head is as true.
func (l *Log) writeHead(h head) error {
	h.Turn++
	if _, err := l.heads.WriteAt(h.place(l.signer), l.headAt); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	l.headAt = placeSize - l.headAt
	l.head = h
	return nil
}

// retire removes the oldest files of which every line has been kept for as long as the site
// wants: those behind which a file was begun as long ago. It says so in the audit, and in the
// head, before it does. It is called when all lines are on the disk.
func (l *Log) retire() error {
	all, err := files(l.options.Directory)
	if err != nil {
		return err
	}
	until := l.options.Now().AddDate(0, 0, -l.options.Keep)
	next := l.head.From
	var gone []fileOf
	for i, f := range all {
		if f.number >= l.number || i+1 == len(all) {
			break
		}
		n, line, err := begunBy(l.options.Directory, all[i+1])
		if err != nil || n.Time.After(until) {
			break // what cannot be read stays
		}
		first, _ := frame(line) // a line without a number is found by Verify
		gone = append(gone, f)
		if f.number >= l.head.From.File { // else it should have gone before
			l.append(marshal(note{Event: Removed, Time: moment(l.options.Now()), Of: f.name, To: first.seq - 1}))
			next = from{File: all[i+1].number, Seq: first.seq, Prev: first.prev}
		}
	}
	if len(gone) == 0 {
		return nil
	}
	if err := l.sync(); err != nil { // the lines first
		return err
	}
	h := l.head
	h.From = next
	if err := l.writeHead(h); err != nil {
		return err
	}
	if err := l.heads.Sync(); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	for _, f := range gone {
		if err := os.Remove(filepath.Join(l.options.Directory, f.name)); err != nil {
			return fmt.Errorf("audit: %w", err)
		}
	}
	return nil
}
