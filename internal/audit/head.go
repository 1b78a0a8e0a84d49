package audit

import (
	"bytes"
	"crypto/hmac"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/suite"
)

// head is how far the audit has been written to the disk, kept in a file of its own: without
// it nobody could tell that the last lines are missing. It is never ahead of the files.
type head struct {
	Turn uint64     `json:"turn"` // counts how often a head was written: the newest is the one that holds
	Seq  uint64     `json:"seq"`  // the last line
	Last string     `json:"last"` // its hash
	File int        `json:"file"` // the number of its file; 0 before the first
	Time time.Time  `json:"time"`
	From from       `json:"from"` // where the audit begins: what lies before has been removed
	Hash suite.Hash `json:"hash"` // of the seal
	Seal string     `json:"seal"`

	at int64 // in the file
}

// from is the first line that must still be there.
type from struct {
	File int    `json:"file"`
	Seq  uint64 `json:"seq"`
	Prev string `json:"prev"`
}

const (
	headName = "audit.head"
	// The file has two places, which are written in turn: when writing one is cut short, the
	// other stands.
	placeSize = 512
)

// said is what the seal of a head is of.
func (h head) said() []byte {
	h.Seal = ""
	return append([]byte("head"), marshal(h)...)
}

// errNoHead is the error of a directory without a head.
var errNoHead = errors.New("audit: there is no " + headName)

// readHead gives the newest head. Of a file without a good one the error is errHead. Without
// a key heads are taken without looking at their seals.
func readHead(dir string, key []byte) (newest head, err error) {
	data, err := os.ReadFile(filepath.Join(dir, headName))
	if errors.Is(err, fs.ErrNotExist) {
		return head{}, errNoHead
	}
	if err != nil {
		return head{}, fmt.Errorf("audit: %w", err)
	}
	found := false
	for at := 0; at < len(data); at += placeSize {
		var h head
		if json.Unmarshal(bytes.TrimSpace(data[at:min(at+placeSize, len(data))]), &h) != nil || !h.Hash.Known() ||
			key != nil && !hmac.Equal([]byte(h.Seal), []byte(newSigner(h.Hash, key).seal(h.said()))) {
			continue
		}
		if !found || h.Turn > newest.Turn {
			newest, found = h, true
			newest.at = int64(at)
		}
	}
	if !found {
		return head{}, errHead
	}
	return newest, nil
}

// errHead is the error of a head that the gateway did not write.
var errHead = errors.New("audit: " + headName + " was changed, or is of another key")

// place is what stands in a place of the file.
func (h head) place(s *signer) []byte {
	h.Hash = s.hash
	h.Seal = s.seal(h.said())
	place := bytes.Repeat([]byte(" "), placeSize)
	copy(place, marshal(h))
	place[placeSize-1] = '\n'
	return place
}
