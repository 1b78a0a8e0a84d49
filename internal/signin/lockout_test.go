package signin

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

func TestLockout(t *testing.T) {
	file, keys := keyFile(t, "excel", "grafana")
	a := authenticator(t, Options{Keys: file})
	now := time.Now()
	a.lockout.now = func() time.Time { return now }
	try := func(address, key string) int {
		_, failure := a.proof(request(address, "X-API-Key: "+key))
		if failure == nil {
			return http.StatusOK
		}
		if (failure.Status == http.StatusTooManyRequests) != (failure.Wait > 0) {
			t.Errorf("status %d with %s", failure.Status, failure.Wait)
		}
		return failure.Status
	}
	wrong := func(i int) string { return keys[0][:len(keys[0])-4] + fmt.Sprintf("AA%c%c", 'A'+i/26%26, 'A'+i%26) }
	const evil, office = "203.0.113.9", "10.1.1.1"
	if try(office, keys[0]) != http.StatusOK {
		t.Fatal("a right key opens nothing")
	}
	for i := range int(ofBoth.free) {
		if got := try(evil, wrong(i)); got != http.StatusUnauthorized {
			t.Fatalf("failure %d: %d", i, got)
		}
	}
	if try(evil, wrong(9)) != http.StatusTooManyRequests || try(evil, keys[0]) != http.StatusTooManyRequests {
		t.Error("who has failed too often is not locked out")
	}
	if try(office, keys[0]) != http.StatusOK || try(evil, keys[1]) != http.StatusOK ||
		try("10.9.9.9", keys[0]) != http.StatusOK {
		t.Error("others are locked out")
	}
	// Each failure more takes longer.
	var last time.Duration
	for i := range 8 {
		wait := a.lockout.wait(evil, keys[0][:11])
		if wait < last {
			t.Errorf("after %d more failures only %s, and %s before", i, wait, last)
		}
		now, last = now.Add(wait), wait
		if got := try(evil, wrong(20+i)); got != http.StatusUnauthorized {
			t.Fatalf("%d after waiting", got)
		}
	}
	if last < 30*time.Second {
		t.Errorf("waits %s only", last)
	}
	now = now.Add(24 * time.Hour)
	if try(evil, keys[0]) != http.StatusOK {
		t.Error("locked out for good")
	}
}

// TestLockoutOfAnAddress: an address that tries many keys is locked out, but for what was proven there.
func TestLockoutOfAnAddress(t *testing.T) {
	l := newLockout()
	now := time.Now()
	l.now = func() time.Time { return now }
	l.succeed("office", "excel")
	for i := range int(ofAddress.free) {
		l.fail("office", fmt.Sprint("guess", i))
	}
	if l.wait("office", "guess-new") == 0 || l.wait("office", anyToken) == 0 {
		t.Error("an address that guesses is let try on")
	}
	if l.wait("office", "excel") != 0 {
		t.Error("what was proven from there is locked out")
	}
	if l.wait("elsewhere", "guess-new") != 0 {
		t.Error("another address is locked out")
	}
}

// TestLockoutOfAnIdentity: guesses at one identity from everywhere leave each address one try.
func TestLockoutOfAnIdentity(t *testing.T) {
	l := newLockout()
	now := time.Now()
	l.now = func() time.Time { return now }
	for i := range int(ofIdentity.free) {
		l.fail(fmt.Sprint("bot", i), "excel")
	}
	if l.wait("bot1", "excel") == 0 {
		t.Error("a bot that has failed may try on")
	}
	if l.wait("owner", "excel") != 0 {
		t.Error("the owner is locked out")
	}
}

func TestLockoutIsBounded(t *testing.T) {
	l := newLockout()
	for i := range 2 * mostMarks {
		l.fail(fmt.Sprint(i), "x")
	}
	if n := l.marks.Len(); n > mostMarks {
		t.Errorf("remembers %d", n)
	}
}

// TestNoLockoutOfGenuine: a token that nobody can check, or that is genuine and has expired, is no guess.
func TestNoLockoutOfGenuine(t *testing.T) {
	p := newIDP(t)
	a := tokens(t, p)
	old := p.sign(map[string]any{"exp": 1})
	for range 100 {
		if _, failure := a.proof(bearer(old)); failure == nil || failure.Status != http.StatusUnauthorized {
			t.Fatalf("%+v", failure)
		}
	}
	if _, failure := a.proof(bearer(p.sign(nil))); failure != nil {
		t.Errorf("%+v", failure)
	}
}
