package account

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
)

func hashed(key string) string {
	d := sha256.Sum256([]byte(key))
	return algorithm + hex.EncodeToString(d[:])
}

func TestLets(t *testing.T) {
	first, hash := NewKey()
	second, other := NewKey()
	b := NewBook([]Account{{"one", hash}, {"two", other}, {"chosen", hashed("geheim")}, {"none", hashed("")}})
	for _, c := range []struct {
		name, key string
		want      bool
	}{
		{"one", first, true},
		{"one", second, false},
		{"two", second, true},
		{"two", first, false},
		{"one", strings.ToLower(first), false},
		{"one", first + " ", false},
		{"one", hash, false}, // who has read the configuration has no key
		{"nobody", first, false},
		{"chosen", "geheim", false}, // no key of NewKey
		{"none", "", false},
		{"", "", false},
		{"nobody", "", false},
	} {
		if got := b.Lets(c.name, c.key); got != c.want {
			t.Errorf("%s with %q: %t, want %t", c.name, c.key, got, c.want)
		}
	}
}

func TestOpen(t *testing.T) {
	if !NewBook(nil).Open() {
		t.Error("a book without accounts asks who it is")
	}
	if NewBook([]Account{{"one", "x"}}).Open() {
		t.Error("a book with an account asks nobody")
	}
}

func TestNewKey(t *testing.T) {
	key, hash := NewKey()
	if err := Check(hash); err != nil {
		t.Errorf("the hash %s", err)
	}
	if again, other := NewKey(); again == key || other == hash {
		t.Error("the same key twice")
	}
}

func TestCheck(t *testing.T) {
	const malformed = `is not "sha256:" and 64 hexadecimal digits`
	for hash, want := range map[string]string{
		"":                              malformed,
		"plain":                         malformed,
		"sha256:abc":                    malformed,
		hashed("k")[len(algorithm):]:    malformed,
		hashed("k") + "0":               malformed,
		hashed("k")[:70] + "x":          malformed,
		"$2a$12$AkdaikwaSf9B1lZU3EWFsu": "is one of bcrypt, which older versions made and this one does not take",
	} {
		if err := Check(hash); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", hash, err, want)
		}
	}
}
