package personid

import (
	"bytes"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/suite"
)

// suites are what a deployment may choose.
var suites = []suite.Suite{suite.International, suite.Guomi}

func TestCipher(t *testing.T) {
	for _, of := range suites {
		t.Run(string(of), func(t *testing.T) { testCipher(t, of) })
	}
}

func testCipher(t *testing.T, of suite.Suite) {
	const number = "330199197202290145"
	a, err := New(bytes.Repeat([]byte{1}, KeySize), of)
	if err != nil {
		t.Fatal(err)
	}
	b, err := New(RandomKey(), of)
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
	if _, err := New([]byte("short"), of); err == nil {
		t.Error("a short key is taken")
	}
}

// TestSuitesShareNothing: with one key, what one suite seals is nothing to the other.
func TestSuitesShareNothing(t *testing.T) {
	key := bytes.Repeat([]byte{1}, KeySize)
	for i, of := range suites {
		a, err := New(key, of)
		if err != nil {
			t.Fatal(err)
		}
		b, err := New(key, suites[1-i])
		if err != nil {
			t.Fatal(err)
		}
		const number = "330199197202290145"
		if _, ok := b.Decode(a.Encode(number)); ok {
			t.Errorf("an id of %q is read", of)
		}
		if _, ok := b.Unseal(a.Seal(number)); ok {
			t.Errorf("a key sealed by %q is unsealed", of)
		}
		if a.EncodeName("张三") == b.EncodeName("张三") {
			t.Error("a name has one token in both")
		}
	}
}

// TestSM4SIV holds the ciphertext, so that ids survive a change of the program.
func TestSM4SIV(t *testing.T) {
	c, err := New(bytes.Repeat([]byte{1}, KeySize), suite.Guomi)
	if err != nil {
		t.Fatal(err)
	}
	const want = "2q9MVzZVNpxAHsu68R7V0lBB7iquxsrXEykS59tDsi1U5A" // as OpenSSL makes it
	if got := c.Encode("330199197202290145"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSeal(t *testing.T) {
	for _, of := range suites {
		t.Run(string(of), func(t *testing.T) { testSeal(t, of) })
	}
}

func testSeal(t *testing.T, of suite.Suite) {
	c, err := New(RandomKey(), of)
	if err != nil {
		t.Fatal(err)
	}
	other, err := New(RandomKey(), of)
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
