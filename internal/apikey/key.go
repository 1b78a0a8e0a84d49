// Package apikey knows the API keys of a deployment: who each is for, until when, and how it is
// recognised. The key itself is shown once, when it is made, and kept nowhere.
package apikey

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"regexp"
	"strings"
	"time"
)

// Key is one entry of the key file.
type Key struct {
	// Name is for whom the key is, "finereport". Several keys may have it: the old one and the new
	// one of a tool, while it changes over.
	Name   string
	Prefix string // what the key begins with, "bg-7KQ2M4XA"; it is no secret, and tells keys apart
	Hash   string // "sha256:" and the digest of the key in hexadecimal digits
	// Created is when the key was made.
	Created time.Time
	// Expires is when the key ends, the end of a day in Beijing; zero is never.
	Expires time.Time
	Revoked time.Time // when it was revoked; zero is not
	// Claims are what the policy makes roles and scopes of, such as groups.
	Claims map[string][]string
	Note   string // for people, "" for none
}

// algorithm stands in front of a hash, so that another can follow one day.
const algorithm = "sha256:"

// A key is its visible prefix and 130 random bits. No other text opens anything: a key that
// somebody chose could be found from its digest by trying, one of 130 random bits cannot, and so
// needs no slow hash.
var (
	made   = regexp.MustCompile(`^(bg-[A-Z2-7]{8})-[A-Z2-7]{26}$`)
	prefix = regexp.MustCompile(`^bg-[A-Z2-7]{8}$`)
	name   = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)
)

const wrongName = "name must be up to 32 small letters, digits and hyphens, beginning with a letter or digit"

// Looks tells whether a text is written like a key.
func Looks(text string) bool { return made.MatchString(text) }

// PrefixOf gives the visible part of a key; "" when the text is none.
func PrefixOf(key string) string {
	if parts := made.FindStringSubmatch(key); parts != nil {
		return parts[1]
	}
	return ""
}

// New makes a random key and what the key file keeps of it: prefix and hash.
func New() (key string, kept Key) {
	text := rand.Text() + rand.Text()
	key = "bg-" + text[:8] + "-" + text[8:34]
	return key, Key{Prefix: PrefixOf(key), Hash: hash(key)}
}

func hash(key string) string {
	d := sha256.Sum256([]byte(key))
	return algorithm + hex.EncodeToString(d[:])
}

// checkHash says what is wrong with a hash; nil when it can be used.
func checkHash(hash string) error {
	digits, given := strings.CutPrefix(hash, algorithm)
	if b, err := hex.DecodeString(digits); !given || err != nil || len(b) != sha256.Size {
		return errors.New(`is not "sha256:" and 64 hexadecimal digits`)
	}
	return nil
}

// opens is whether the text is the key. How long that takes tells nothing of the digest.
func (k Key) opens(text string) bool {
	return subtle.ConstantTimeCompare([]byte(hash(text)), []byte(strings.ToLower(k.Hash))) == 1
}

// State is whether a key can be used at a time: "valid", "expired" or "revoked".
func (k Key) State(at time.Time) string {
	switch {
	case !k.Revoked.IsZero():
		return "revoked"
	case !k.Expires.IsZero() && !at.Before(k.Expires):
		return "expired"
	}
	return "valid"
}
