// Package personid makes the Node ids of persons. An id must be the same whenever the
// same person is met, lead back to the person, and neither reveal the resident number nor
// let anyone guess it: a hash would, since the numbers of a district can be counted
// through in seconds. So it is the number under deterministic encryption, AES-SIV (RFC
// 5297) or the same construction of SM3 and SM4, with a key that only the gateway holds. It
// is pure.
package personid

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/tink-crypto/tink-go/v2/daead/subtle"

	"github.com/bureaugraph/bureaugraph/internal/suite"
)

// KeySize is the length of a key in bytes.
const KeySize = subtle.AESSIVKeySize

// Cipher makes and reads the ids. It is safe for concurrent use.
type Cipher struct{ siv deterministic }

// deterministic encryption gives the same for the same text and purpose, and nothing for
// what it did not make itself.
type deterministic interface {
	EncryptDeterministically(text, purpose []byte) ([]byte, error)
	DecryptDeterministically(sealed, purpose []byte) ([]byte, error)
}

// purpose separates these ciphertexts from any other use of the key.
var purpose = []byte("bureaugraph person")

// New makes a cipher of a key of KeySize random bytes. Ids of one suite are of nobody under
// another, although the key is the same.
func New(key []byte, of suite.Suite) (*Cipher, error) {
	if len(key) != KeySize {
		return nil, fmt.Errorf("personid: a key has %d bytes, not %d", KeySize, len(key))
	}
	if of == suite.Guomi {
		return &Cipher{siv: newSM4SIV(key)}, nil
	}
	siv, err := subtle.NewAESSIV(key)
	if err != nil {
		return nil, fmt.Errorf("personid: %w", err)
	}
	return &Cipher{siv: siv}, nil
}

// RandomKey makes a key. Ids under it end with the process.
func RandomKey() []byte {
	key := make([]byte, KeySize)
	_, _ = rand.Read(key) // never fails
	return key
}

// Encode makes the id of a resident number.
func (c *Cipher) Encode(number string) string {
	sealed, err := c.siv.EncryptDeterministically([]byte(number), purpose)
	if err != nil {
		panic("personid: " + err.Error()) // only for texts of gigabytes
	}
	return base64.RawURLEncoding.EncodeToString(sealed)
}

// namePurpose separates names from numbers: neither can be taken for the other.
var namePurpose = []byte("bureaugraph name")

// EncodeName makes a token of a name: the same for the same name, so that a statistic can
// tell people apart whose masked names are alike. It leads nowhere.
func (c *Cipher) EncodeName(name string) string {
	sealed, err := c.siv.EncryptDeterministically([]byte(name), namePurpose)
	if err != nil {
		panic("personid: " + err.Error()) // only for texts of gigabytes
	}
	return base64.RawURLEncoding.EncodeToString(sealed)
}

// Decode gives the resident number of an id; ok is false for an id of another key, or
// none at all.
func (c *Cipher) Decode(id string) (number string, ok bool) {
	sealed, err := base64.RawURLEncoding.DecodeString(id)
	if err != nil {
		return "", false
	}
	text, err := c.siv.DecryptDeterministically(sealed, purpose)
	return string(text), err == nil
}

// keyPurpose separates keys of rows and places in lists from numbers and names.
var keyPurpose = []byte("bureaugraph key")

// sealed begins a text that Seal made. No column holds a NUL.
const sealed = "\x00"

// Seal makes a text unreadable to those who have no key, the same for the same text.
func (c *Cipher) Seal(text string) string {
	secret, err := c.siv.EncryptDeterministically([]byte(text), keyPurpose)
	if err != nil {
		panic("personid: " + err.Error()) // only for texts of gigabytes
	}
	return sealed + base64.RawURLEncoding.EncodeToString(secret)
}

// Unseal gives the text behind one that Seal made, and any other as it is; ok is false for
// one sealed with another key.
func (c *Cipher) Unseal(text string) (plain string, ok bool) {
	secret, isSealed := strings.CutPrefix(text, sealed)
	if !isSealed {
		return text, true
	}
	b, err := base64.RawURLEncoding.DecodeString(secret)
	if err != nil {
		return "", false
	}
	opened, err := c.siv.DecryptDeterministically(b, keyPurpose)
	return string(opened), err == nil
}
