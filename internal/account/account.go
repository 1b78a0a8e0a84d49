// Package account knows the service accounts of a deployment: names with hashed keys, for
// tools that know HTTP Basic or a header and nothing else.
package account

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/crypto/bcrypt"
)

// Account is one account as the configuration has it.
type Account struct {
	Name string
	Hash string // bcrypt, of the key
}

// Cost is that of new hashes; LeastCost that of hashes which are taken.
const (
	Cost      = 12
	LeastCost = 10
)

// Check says what is wrong with a hash; nil when it can be used.
func Check(hash string) error {
	cost, err := bcrypt.Cost([]byte(hash))
	if err != nil {
		return errors.New("is no bcrypt hash")
	}
	if cost < LeastCost {
		return fmt.Errorf("is a bcrypt hash of cost %d, at least %d is needed", cost, LeastCost)
	}
	return nil
}

// NewKey makes a random key of 130 bits and its hash. The key is shown once and kept
// nowhere.
func NewKey() (key, hash string, err error) {
	key = rand.Text()
	h, err := bcrypt.GenerateFromPassword([]byte(key), Cost)
	if err != nil {
		return "", "", fmt.Errorf("account: %w", err)
	}
	return key, string(h), nil
}

// Book holds the accounts of a deployment. It is safe for concurrent use.
type Book struct {
	hashes map[string][]byte
	nobody []byte // compared with for an unknown name, so that it takes as long
	secret []byte // of this process

	comparing sync.Mutex // one at a time: bcrypt is slow on purpose, and guesses must not take the machine
	mu        sync.Mutex
	known     map[string][]byte // digest of the key with which an account was let in
}

// NewBook makes the book of checked accounts.
func NewBook(accounts []Account) *Book {
	b := &Book{hashes: map[string][]byte{}, secret: []byte(rand.Text()), known: map[string][]byte{}}
	for _, a := range accounts {
		b.hashes[a.Name] = []byte(a.Hash)
		b.nobody = []byte(a.Hash)
	}
	return b
}

// Open is whether the deployment has no accounts, and so asks nobody who they are.
func (b *Book) Open() bool { return len(b.hashes) == 0 }

// Lets is whether the key is that of the account. A key that was right once is
// recognised by its digest, since a tool sends it with every request and bcrypt takes a
// quarter of a second.
func (b *Book) Lets(name, key string) bool {
	mac := hmac.New(sha256.New, b.secret)
	mac.Write([]byte(name + "\x00" + key))
	digest := mac.Sum(nil)
	b.mu.Lock()
	seen := b.known[name]
	b.mu.Unlock()
	if seen != nil && hmac.Equal(seen, digest) {
		return true
	}
	hash, exists := b.hashes[name]
	if !exists {
		hash = b.nobody
	}
	b.comparing.Lock()
	err := bcrypt.CompareHashAndPassword(hash, []byte(key))
	b.comparing.Unlock()
	if err != nil || !exists {
		return false
	}
	b.mu.Lock()
	b.known[name] = digest
	b.mu.Unlock()
	return true
}
