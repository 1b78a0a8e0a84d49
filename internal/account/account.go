// Package account knows the service accounts of a deployment: names with digests of their
// keys, for tools that know HTTP Basic or a header and nothing else.
package account

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"regexp"
	"strings"
)

// Account is one account as the configuration has it.
type Account struct {
	Name string
	Hash string // of the key, as NewKey gives it
}

// algorithm stands in front of a hash, so that another can follow one day.
const algorithm = "sha256:"

// made is what keys look like that NewKey makes. No other opens anything: a key that
// somebody chose could be found from its digest by trying, one of 130 random bits cannot,
// and so needs no slow hash.
var made = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// Check says what is wrong with a hash; nil when it can be used.
func Check(hash string) error {
	if strings.HasPrefix(hash, "$2") {
		return errors.New("is one of bcrypt, which older versions made and this one does not take")
	}
	if _, ok := digest(hash); !ok {
		return errors.New(`is not "sha256:" and 64 hexadecimal digits`)
	}
	return nil
}

// digest reads a hash; what is none gives zeros, which no key has.
func digest(hash string) (d [sha256.Size]byte, ok bool) {
	digits, given := strings.CutPrefix(hash, algorithm)
	bytes, err := hex.DecodeString(digits)
	if !given || err != nil || len(bytes) != len(d) {
		return d, false
	}
	return [sha256.Size]byte(bytes), true
}

// NewKey makes a random key of 130 bits and its hash. The key is shown once and kept
// nowhere.
func NewKey() (key, hash string) {
	key = rand.Text()
	d := sha256.Sum256([]byte(key))
	return key, algorithm + hex.EncodeToString(d[:])
}

// Book holds the accounts of a deployment. It is safe for concurrent use.
type Book struct {
	digests map[string][sha256.Size]byte // by the account's name
}

// NewBook makes the book of checked accounts.
func NewBook(accounts []Account) *Book {
	b := &Book{digests: map[string][sha256.Size]byte{}}
	for _, a := range accounts {
		b.digests[a.Name], _ = digest(a.Hash) // one that was not checked opens nothing
	}
	return b
}

// Open is whether the deployment has no accounts, and so asks nobody who they are.
func (b *Book) Open() bool { return len(b.digests) == 0 }

// Lets is whether the key is that of the account. How long that takes tells nothing of the
// digest.
func (b *Book) Lets(name, key string) bool {
	d, exists := b.digests[name]
	given := sha256.Sum256([]byte(key))
	return subtle.ConstantTimeCompare(given[:], d[:]) == 1 && exists && made.MatchString(key)
}
