package personid

import (
	"bytes"
	"strings"
	"testing"
)

func TestCipher(t *testing.T) {
	const number = "330199197202290145"
	a, err := New(bytes.Repeat([]byte{1}, KeySize))
	if err != nil {
		t.Fatal(err)
	}
	b, err := New(RandomKey())
	if err != nil {
		t.Fatal(err)
	}
	id := a.Encode(number)
	t.Run("the same id every time", func(t *testing.T) {
		if again := a.Encode(number); again != id {
			t.Errorf("%q, then %q", id, again)
		}
	})
	t.Run("leads back", func(t *testing.T) {
		if got, ok := a.Decode(id); !ok || got != number {
			t.Errorf("Decode = %v", ok)
		}
	})
	t.Run("does not show the number", func(t *testing.T) {
		if strings.Contains(id, number[:6]) {
			t.Error("it does")
		}
	})
	t.Run("differs under another key", func(t *testing.T) {
		if b.Encode(number) == id {
			t.Error("the ids are equal")
		}
		if _, ok := b.Decode(id); ok {
			t.Error("an id of another key is read")
		}
	})
	for _, forged := range []string{"", "x", "!", id[:len(id)-2], "A" + id[1:]} {
		if _, ok := a.Decode(forged); ok && forged != id {
			t.Errorf("%q is read", forged)
		}
	}
	if _, err := New([]byte("short")); err == nil {
		t.Error("a short key is taken")
	}
}
