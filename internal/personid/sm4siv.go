package personid

import (
	"crypto/cipher"
	"crypto/hmac"
	"encoding/binary"
	"errors"

	"github.com/bureaugraph/bureaugraph/internal/suite"
)

// sm4SIV is deterministic authenticated encryption by the construction of Rogaway and
// Shrimpton (2006) of which RFC 5297 is the case with AES: a keyed sum of purpose and text is
// the initial vector under which the text is encrypted, and, once decrypted, its proof. No
// standard names one for SM4; this takes HMAC-SM3 (GB/T 15852.2) for the sum and SM4-CTR
// (GB/T 17964) for the encryption.
type sm4SIV struct {
	sumKey []byte
	block  cipher.Block
}

// vectorSize is the length of the initial vector, a block of SM4.
const vectorSize = 16

func newSM4SIV(key []byte) *sm4SIV {
	of := suite.Guomi
	block, err := of.Block(of.Hash().Derive(key, "bureaugraph sm4 encryption")[:16])
	if err != nil {
		panic("personid: " + err.Error()) // only for a key of another size
	}
	return &sm4SIV{sumKey: of.Hash().Derive(key, "bureaugraph sm3 vector"), block: block}
}

// EncryptDeterministically never fails.
func (c *sm4SIV) EncryptDeterministically(text, purpose []byte) ([]byte, error) {
	sealed := make([]byte, vectorSize+len(text))
	copy(sealed, c.vector(text, purpose))
	c.crypt(sealed[vectorSize:], text, sealed[:vectorSize])
	return sealed, nil
}

// DecryptDeterministically fails for what was not sealed with this key for this purpose.
func (c *sm4SIV) DecryptDeterministically(sealed, purpose []byte) ([]byte, error) {
	if len(sealed) < vectorSize {
		return nil, errNotSealed
	}
	text := make([]byte, len(sealed)-vectorSize)
	c.crypt(text, sealed[vectorSize:], sealed[:vectorSize])
	if !hmac.Equal(c.vector(text, purpose), sealed[:vectorSize]) {
		return nil, errNotSealed
	}
	return text, nil
}

var errNotSealed = errors.New("personid: not sealed with this key")

// vector sums purpose and text up; the length keeps the one from running into the other.
func (c *sm4SIV) vector(text, purpose []byte) []byte {
	mac := suite.SM3.MAC(c.sumKey)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(len(purpose))))
	mac.Write(purpose)
	mac.Write(text)
	return mac.Sum(nil)[:vectorSize]
}

func (c *sm4SIV) crypt(to, from, vector []byte) {
	cipher.NewCTR(c.block, vector).XORKeyStream(to, from)
}
