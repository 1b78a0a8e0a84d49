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

func TestSeal(t *testing.T) {
	c, err := New(RandomKey())
	if err != nil {
		t.Fatal(err)
	}
	other, err := New(RandomKey())
	if err != nil {
		t.Fatal(err)
	}
	const key = "330199199001010011"
	secret := c.Seal(key)
	if strings.Contains(secret, key[:6]) || secret != c.Seal(key) {
		t.Errorf("sealed as %q", secret)
	}
	if plain, ok := c.Unseal(secret); plain != key || !ok {
		t.Errorf("unsealed as %q, %v", plain, ok)
	}
	if plain, ok := c.Unseal("42|7"); plain != "42|7" || !ok {
		t.Errorf("a text that was never sealed is %q, %v", plain, ok)
	}
	for name, text := range map[string]string{"another key": other.Seal(key), "no base64": "\x00!",
		"a person's id": "\x00" + c.Encode(key)} {
		if _, ok := c.Unseal(text); ok {
			t.Errorf("%s is unsealed", name)
		}
	}
}
