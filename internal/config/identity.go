package config

import (
	"encoding/base64"
	"slices"

	"github.com/bureaugraph/bureaugraph/internal/personid"
	"github.com/bureaugraph/bureaugraph/internal/suite"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// identity reads the key under which persons have their Node ids, and by which cryptography.
func (r *reader) identity(at *yamlfile.Node) (key []byte, of suite.Suite) {
	d := r.Dict(at, "identity", "keyEnv", "keyFile", "suite")
	if !d.IsMap() {
		return nil, suite.International
	}
	if d.Word("suite", "international", "guomi") == "guomi" {
		of = suite.Guomi
	}
	before := r.Found()
	key = r.key(d, "identity")
	if key == nil && r.Found() == before {
		r.Add(at.Pos, "identity has no key: give keyEnv or keyFile, or leave identity out")
	}
	return key, of
}

// key reads a key of KeySize bytes from where the section says it is; nil where it says
// nothing, or there is none. It is never repeated in a finding.
func (r *reader) key(d yamlfile.Dict, section string) []byte {
	before := r.Found()
	text, given := r.secret(d, "key")
	if !given || r.Found() > before {
		return nil
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != personid.KeySize {
		r.Add(d.Pos, "the %s key is not %d bytes in base64: make one with openssl rand -base64 %[2]d", section,
			personid.KeySize)
		return nil
	}
	r.random(d.Pos, key, section)
	return key
}

// random reports a key that nobody drew by lot: it is a text, or repeats itself.
func (r *reader) random(at yamlfile.Pos, key []byte, section string) {
	isText := !slices.ContainsFunc(key, func(c byte) bool { return c < ' ' || c > '~' })
	values := map[byte]bool{}
	for _, c := range key {
		values[c] = true
	}
	// Of 64 random bytes 57 differ, of 32 thirty, as a rule; half of them do not in 10^20 keys.
	if isText || len(values) < len(key)/2 {
		r.Add(at, "the %s key is not random, and can be guessed: make one with openssl rand -base64 %d", section,
			len(key))
	}
}
