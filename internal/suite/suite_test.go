package suite

import (
	"bytes"
	"encoding/hex"
	"testing"
)

func unhex(t *testing.T, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestHashes: the examples of GB/T 32905-2016, annex A, and of FIPS 180-4.
func TestHashes(t *testing.T) {
	for _, tt := range []struct {
		name string
		hash Hash
		text string
		want string
	}{
		{"GB/T 32905, A.1", SM3, "abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"},
		{"GB/T 32905, A.2", SM3, "abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd",
			"debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"},
		{"FIPS 180-4", SHA256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sum := tt.hash.Sum([]byte(tt.text))
			h := tt.hash.New()
			for _, b := range []byte(tt.text) {
				h.Write([]byte{b})
			}
			if got := hex.EncodeToString(sum[:]); got != tt.want || !bytes.Equal(sum[:], h.Sum(nil)) {
				t.Errorf("sum %s, want %s; in pieces %x", got, tt.want, h.Sum(nil))
			}
		})
	}
}

// TestBlocks: the example of GB/T 32907-2016, annex A.1, and of FIPS 197, appendix C.1.
func TestBlocks(t *testing.T) {
	for _, tt := range []struct {
		suite             Suite
		key, plain, block string
	}{
		{Guomi, "0123456789abcdeffedcba9876543210", "0123456789abcdeffedcba9876543210",
			"681edf34d206965e86b3e94f536e4246"},
		{International, "000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff",
			"69c4e0d86a7b0430d8cdb78070b4c55a"},
	} {
		block, err := tt.suite.Block(unhex(t, tt.key))
		if err != nil {
			t.Fatal(err)
		}
		got := make([]byte, 16)
		block.Encrypt(got, unhex(t, tt.plain))
		if hex.EncodeToString(got) != tt.block {
			t.Errorf("%q: %x, want %s", tt.suite, got, tt.block)
		}
	}
}

// TestSM4AMillionTimes: GB/T 32907-2016, annex A.2.
func TestSM4AMillionTimes(t *testing.T) {
	key := unhex(t, "0123456789abcdeffedcba9876543210")
	block, err := Guomi.Block(key)
	if err != nil {
		t.Fatal(err)
	}
	text := bytes.Clone(key)
	for range 1_000_000 {
		block.Encrypt(text, text)
	}
	if got := hex.EncodeToString(text); got != "595298c7c6fd271f0402f804c33d3f66" {
		t.Errorf("got %s", got)
	}
}

// TestMAC: RFC 4231, case 2, and for HMAC-SM3 the same input, as OpenSSL 3 answers it.
func TestMAC(t *testing.T) {
	for _, tt := range []struct {
		hash Hash
		want string
	}{
		{SHA256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
		{SM3, "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882"},
	} {
		mac := tt.hash.MAC([]byte("Jefe"))
		mac.Write([]byte("what do ya want for nothing?"))
		if got := hex.EncodeToString(mac.Sum(nil)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.hash, got, tt.want)
		}
	}
	if bytes.Equal(SM3.Derive([]byte("k"), "a"), SM3.Derive([]byte("k"), "b")) {
		t.Error("two purposes have one key")
	}
}
