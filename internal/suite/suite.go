// Package suite names the cryptography that a deployment uses: the international algorithms,
// or those of China's commercial cryptography (国密), which bureaus under GB/T 39786 must use.
// It is pure and a leaf.
package suite

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"hash"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"
)

// Suite is a hash and a block cipher that go together. The zero value is International.
type Suite string

// The suites.
const (
	International Suite = ""      // SHA-256 (FIPS 180-4), AES (FIPS 197)
	Guomi         Suite = "guomi" // SM3 (GB/T 32905-2016), SM4 (GB/T 32907-2016)
)

// Hash is an algorithm that sums bytes up. The zero value is none.
type Hash string

// The hashes. Both give 32 bytes.
const (
	SHA256 Hash = "sha256"
	SM3    Hash = "sm3"
)

// Hash is the suite's hash.
func (s Suite) Hash() Hash {
	if s == Guomi {
		return SM3
	}
	return SHA256
}

// Block makes the suite's block cipher of a key of 16 bytes.
func (s Suite) Block(key []byte) (cipher.Block, error) {
	if s == Guomi {
		return sm4.NewCipher(key)
	}
	return aes.NewCipher(key)
}

// Known tells whether there is such a hash.
func (h Hash) Known() bool { return h == SHA256 || h == SM3 }

// New begins a sum.
func (h Hash) New() hash.Hash {
	if h == SM3 {
		return sm3.New()
	}
	return sha256.New()
}

// Sum sums data up.
func (h Hash) Sum(data []byte) [32]byte {
	if h == SM3 {
		return sm3.Sum(data)
	}
	return sha256.Sum256(data)
}

// MAC begins a keyed sum (HMAC, RFC 2104; with SM3 as GB/T 15852.2 has it).
func (h Hash) MAC(key []byte) hash.Hash { return hmac.New(h.New, key) }

// Derive makes the key for one purpose of a key for several, so that what one of them makes
// is worthless for the others.
func (h Hash) Derive(key []byte, purpose string) []byte {
	mac := h.MAC(key)
	mac.Write([]byte(purpose))
	return mac.Sum(nil)
}
