package config

import (
	"encoding/base64"

	"gopkg.in/yaml.v3"

	"github.com/bureaugraph/bureaugraph/internal/personid"
)

// identity reads the key under which persons have their Node ids. It is never repeated
// in a finding.
func (r *reader) identity(at *yaml.Node) []byte {
	d := r.dict(at, "identity", "keyEnv", "keyFile")
	if d == nil {
		return nil
	}
	before := len(r.findings)
	text, given := r.secret(d, "key")
	if !given {
		if len(r.findings) == before {
			r.add(at.Line, "identity has no key: give keyEnv or keyFile, or leave identity out")
		}
		return nil
	}
	if len(r.findings) > before {
		return nil
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != personid.KeySize {
		r.add(at.Line, "the identity key is not %d bytes in base64: make one with openssl rand -base64 %d", personid.KeySize, personid.KeySize)
		return nil
	}
	return key
}
