package account

import (
	"strings"
	"sync"
	"testing"

	"golang.org/x/crypto/bcrypt"
)

func hashed(t *testing.T, key string, cost int) string {
	t.Helper()
	hash, err := bcrypt.GenerateFromPassword([]byte(key), cost)
	if err != nil {
		t.Fatal(err)
	}
	return string(hash)
}

func TestLets(t *testing.T) {
	b := NewBook([]Account{{"one", hashed(t, "first", bcrypt.MinCost)}, {"two", hashed(t, "second", bcrypt.MinCost)}})
	for _, c := range []struct {
		name, key string
		want      bool
	}{
		{"one", "first", true},
		{"one", "first", true}, // from its digest
		{"one", "second", false},
		{"two", "second", true},
		{"two", "first", false},
		{"nobody", "first", false},
		{"nobody", "second", false}, // the key behind the hash that is compared with
		{"", "", false},
		{"one", strings.Repeat("x", 100), false}, // longer than bcrypt reads
	} {
		if got := b.Lets(c.name, c.key); got != c.want {
			t.Errorf("%s with %q: %t, want %t", c.name, c.key, got, c.want)
		}
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if !b.Lets("one", "first") || b.Lets("two", "first") {
				t.Error("another answer at once")
			}
		})
	}
	all.Wait()
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
	key, hash, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	if err := Check(hash); err != nil {
		t.Errorf("the hash %s", err)
	}
	if !NewBook([]Account{{"one", hash}}).Lets("one", key) {
		t.Error("the new key does not open")
	}
}

func TestCheck(t *testing.T) {
	for hash, want := range map[string]string{
		"":                             "is no bcrypt hash",
		"plain":                        "is no bcrypt hash",
		hashed(t, "k", bcrypt.MinCost): "is a bcrypt hash of cost 4, at least 10 is needed",
	} {
		if err := Check(hash); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", hash, err, want)
		}
	}
}
