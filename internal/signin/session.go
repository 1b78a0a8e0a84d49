package signin

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/access"
)

// sealer keeps values in cookies that nobody can read or change (AES-256-GCM).
type sealer struct {
	aead   cipher.AEAD
	secure bool // the gateway is reached by https
}

func newSealer(key []byte, secure bool) (*sealer, error) {
	if key == nil {
		key = make([]byte, SessionKeySize)
		_, _ = rand.Read(key) // never fails
	}
	block, err := aes.NewCipher(key)
	if err != nil || len(key) != SessionKeySize {
		return nil, fmt.Errorf("signin: the session key has %d bytes, not %d", len(key), SessionKeySize)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("signin: %w", err)
	}
	return &sealer{aead, secure}, nil
}

// What the cookies are for. A value that was sealed for one does not open as the other.
const (
	sessionCookie = "bureaugraph-session"
	attemptCookie = "bureaugraph-signin"
)

// mostCookie is what browsers take of a cookie, with room for its name and attributes.
const mostCookie = 3800

var errTooLarge = errors.New("signin: what is known of the caller does not fit into a cookie")

// name of a cookie: with the prefix, a browser takes it over https from this very host only.
func (s *sealer) name(purpose string) string {
	if s.secure {
		return "__Host-" + purpose
	}
	return purpose
}

// set seals a value into a cookie that lives so long.
func (s *sealer) set(w http.ResponseWriter, purpose string, value any, lives time.Duration) error {
	data, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("signin: %w", err)
	}
	text := base64.RawURLEncoding.EncodeToString(s.aead.Seal(nil, nil, data, []byte(purpose)))
	if len(text) > mostCookie {
		return errTooLarge
	}
	http.SetCookie(w, s.cookie(purpose, text, int(lives/time.Second)))
	return nil
}

func (s *sealer) clear(w http.ResponseWriter, purpose string) {
	http.SetCookie(w, s.cookie(purpose, "", -1))
}

func (s *sealer) cookie(purpose, text string, age int) *http.Cookie {
	return &http.Cookie{Name: s.name(purpose), Value: text, Path: "/", MaxAge: age, HttpOnly: true, Secure: s.secure,
		SameSite: http.SameSiteLaxMode}
}

// get opens a cookie; false when there is none that was sealed under the key.
func (s *sealer) get(r *http.Request, purpose string, value any) bool {
	cookie, err := r.Cookie(s.name(purpose))
	if err != nil {
		return false
	}
	sealed, err := base64.RawURLEncoding.Strict().DecodeString(cookie.Value)
	if err != nil {
		return false
	}
	data, err := s.aead.Open(nil, nil, sealed, []byte(purpose))
	return err == nil && json.Unmarshal(data, value) == nil
}

// session is what a cookie says of somebody who signed in.
type session struct {
	Subject string              `json:"s"`
	Name    string              `json:"n,omitempty"`
	Claims  map[string][]string `json:"c,omitempty"`
	Expires time.Time           `json:"e"`
}

// session gives who signed in; nil when nobody did, or it was too long ago.
func (a *Authenticator) session(r *http.Request) *access.Principal {
	var s session
	if a.sealer == nil || !a.sealer.get(r, sessionCookie, &s) || !a.now().Before(s.Expires) {
		return nil
	}
	return &access.Principal{Via: access.OIDC, Subject: s.Subject, Name: s.Name, Claims: s.Claims}
}

// InSession is whether a request comes from somebody who signed in on the page.
func (a *Authenticator) InSession(r *http.Request) bool { return a.session(r) != nil }
