package config

import (
	"encoding/base64"

	"github.com/bureaugraph/bureaugraph/internal/personid"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// identity reads the key under which persons have their Node ids. It is never repeated
// in a finding.
func (r *reader) identity(at *yamlfile.Node) []byte {
	d := r.Dict(at, "identity", "keyEnv", "keyFile")
	if !d.IsMap() {
		return nil
	}
	before := r.Found()
	text, given := r.secret(d, "key")
	if !given {
		if r.Found() == before {
			r.Add(at.Pos, "identity has no key: give keyEnv or keyFile, or leave identity out")
		}
		return nil
	}
	if r.Found() > before {
		return nil
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != personid.KeySize {
		r.Add(at.Pos,
			"the identity key is not %d bytes in base64: make one with openssl rand -base64 %d",
			personid.KeySize, personid.KeySize)
		return nil
	}
	return key
}
