package audit

import (
	"bytes"
	"crypto/hmac"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"strconv"
	"sync"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/suite"
)

// A line is {"seq":12,"prev":"…","time":…,"seal":"…"} and a line feed. seq counts all lines of
// an audit, over its files, from 1; prev is the hash of the line before, over all its bytes but
// the line feed, in hexadecimal digits, and of the first line a random name of the audit; seal
// is a keyed hash of all that stands before it. Whoever has no key can check the chain, and
// cannot make a line.
const (
	seqBegins  = `{"seq":`
	prevBegins = `,"prev":"`
	sealBegins = `,"seal":"`
	lineEnds   = `"}`
)

// sealSize is how many bytes of the keyed hash are kept.
const sealSize = 16

// signer makes and checks what needs the key. It is safe for concurrent use.
type signer struct {
	hash          suite.Hash
	seals, tokens *sync.Pool // of hash.Hash
	id            string     // tells keys apart, and nothing of them
}

func newSigner(of suite.Hash, key []byte) *signer {
	keyed := func(purpose string) *sync.Pool {
		derived := of.Derive(key, "bureaugraph audit "+purpose)
		return &sync.Pool{New: func() any { return of.MAC(derived) }}
	}
	return &signer{hash: of, seals: keyed("seal"), tokens: keyed("person"),
		id: hex.EncodeToString(of.Derive(key, "bureaugraph audit key id")[:8])}
}

func mac(pool *sync.Pool, data []byte) []byte {
	m := pool.Get().(hash.Hash)
	defer pool.Put(m)
	m.Reset()
	m.Write(data)
	return m.Sum(nil)[:sealSize]
}

// seal is that of a line's bytes up to the seal.
func (s *signer) seal(data []byte) string {
	return base64.RawURLEncoding.EncodeToString(mac(s.seals, data))
}

// token stands for the person with the number.
func (s *signer) token(number string) string {
	return base64.RawURLEncoding.EncodeToString(mac(s.tokens, []byte(number)))
}

// line makes a line, without its line feed, of the JSON object body.
func (s *signer) line(seq uint64, prev string, body []byte) []byte {
	line := make([]byte, 0, len(body)+160)
	line = append(line, seqBegins...)
	line = strconv.AppendUint(line, seq, 10)
	line = append(line, prevBegins...)
	line = append(line, prev...)
	line = append(line, '"', ',')
	line = append(line, body[1:len(body)-1]...)
	seal := s.seal(line)
	line = append(line, sealBegins...)
	line = append(line, seal...)
	return append(line, lineEnds...)
}

// framed is a line taken apart.
type framed struct {
	seq  uint64
	prev string
	seal string
	said []byte // what the seal is of
}

// frame takes a line apart; ok is false for what line did not make.
func frame(line []byte) (f framed, ok bool) {
	rest, ok := bytes.CutPrefix(line, []byte(seqBegins))
	if !ok {
		return f, false
	}
	digits, rest, ok := bytes.Cut(rest, []byte(prevBegins))
	if !ok {
		return f, false
	}
	var err error
	if f.seq, err = strconv.ParseUint(string(digits), 10, 64); err != nil {
		return f, false
	}
	prev, _, ok := bytes.Cut(rest, []byte(`",`))
	if !ok {
		return f, false
	}
	f.prev = string(prev)
	at := bytes.LastIndex(line, []byte(sealBegins))
	if at < 0 || !bytes.HasSuffix(line, []byte(lineEnds)) {
		return f, false
	}
	f.said = line[:at]
	f.seal = string(line[at+len(sealBegins) : len(line)-len(lineEnds)])
	return f, json.Valid(line)
}

// made tells whether the line was made with the key.
func (s *signer) made(f framed) bool { return hmac.Equal([]byte(f.seal), []byte(s.seal(f.said))) }

// digest is the hash of a line, for the next.
func digest(of suite.Hash, line []byte) string {
	sum := of.Sum(line)
	return hex.EncodeToString(sum[:])
}

// Event is a line about the audit itself.
type Event string

// The events.
const (
	Begun   Event = "BEGUN"   // the first line of every file
	Lost    Event = "LOST"    // requests that are in no line, since none could be written
	Removed Event = "REMOVED" // a file that had been kept for as long as the site keeps them
	Damaged Event = "DAMAGED" // what was found in the files when the gateway began
)

// note is an event as it stands in a line. Which fields it has depends on the event.
type note struct {
	Event   Event      `json:"event"`
	Time    time.Time  `json:"time"`
	File    int        `json:"file,omitzero"`    // BEGUN: its number
	Hash    suite.Hash `json:"hash,omitzero"`    // BEGUN: of the chain, the seals and the tokens in the file
	Key     string     `json:"key,omitzero"`     // BEGUN: which key, see signer.id
	Torn    int        `json:"torn,omitzero"`    // BEGUN: bytes of an unfinished line, at the end of the file before
	Host    string     `json:"host,omitzero"`    // BEGUN
	Count   int        `json:"count,omitzero"`   // LOST: how many requests
	Of      string     `json:"of,omitzero"`      // REMOVED: the file's name
	To      uint64     `json:"to,omitzero"`      // REMOVED: its last line
	Finding string     `json:"finding,omitzero"` // DAMAGED
}

// marshal writes a value as the body of a line; it is one of this package, and so fits.
func marshal(value any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(fmt.Sprintf("audit: %v", err))
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// hashed writes a sum with its algorithm.
func hashed(of suite.Hash, sum []byte) string { return string(of) + ":" + hex.EncodeToString(sum) }
