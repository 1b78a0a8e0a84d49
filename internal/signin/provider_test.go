package signin

import (
	"cmp"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// idp is an identity provider, whose keys change when a test says so, and which can be down.
type idp struct {
	*httptest.Server
	t testing.TB

	mu       sync.Mutex
	key      jose.JSONWebKey // with which it signs
	public   []jose.JSONWebKey
	down     bool
	asked    map[string]int        // how often, by path
	codes    map[string]url.Values // of sign-ins that have begun
	nonce    string                // of the next ID tokens; "" for the one that was sent
	audience string                // likewise
	subject  string                // who signs in
	claims   map[string]any        // of whoever signs in, besides
	ends     bool                  // whether it has an end_session_endpoint
	methods  []string              // in which clients may prove who they are; nil says nothing, and is the first
	secret   string                // of the client; "" for none
}

func newIDP(t testing.TB) *idp {
	p := &idp{t: t, asked: map[string]int{}, codes: map[string]url.Values{}, subject: "4711", ends: true,
		secret: "secret",
		claims: map[string]any{"name": "赵钱孙", "realm_access": map[string]any{"roles": []string{"clerk"}}}}
	p.rotate("one")
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		says := map[string]any{"issuer": p.URL, "authorization_endpoint": p.URL + "/auth",
			"token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256", "HS256", "none"}}
		if p.methods != nil {
			says["token_endpoint_auth_methods_supported"] = p.methods
		}
		if p.ends {
			says["end_session_endpoint"] = p.URL + "/logout?tenant=1"
		}
		_ = json.NewEncoder(w).Encode(says)
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		_ = json.NewEncoder(w).Encode(jose.JSONWebKeySet{Keys: p.public})
	})
	mux.HandleFunc("/auth", p.authorize)
	mux.HandleFunc("/token", p.token)
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.asked[r.URL.Path]++
		down := p.down
		p.mu.Unlock()
		if down {
			http.Error(w, "we are closed", http.StatusBadGateway)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *idp) set(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
}

func (p *idp) count(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[path]
}

var rsaKeys = sync.OnceValue(func() []*rsa.PrivateKey {
	keys := make([]*rsa.PrivateKey, 3)
	for i := range keys {
		keys[i], _ = rsa.GenerateKey(rand.Reader, 2048)
	}
	return keys
})

// rotate has the provider sign with a new key; the old ones are withdrawn.
func (p *idp) rotate(kid string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := map[string]int{"one": 0, "two": 1}[kid]
	p.key = jose.JSONWebKey{Key: rsaKeys()[n], KeyID: kid, Algorithm: "RS256", Use: "sig"}
	p.public = []jose.JSONWebKey{p.key.Public()}
}

// valid are the claims of a token that is in order.
func (p *idp) valid(changes map[string]any) map[string]any {
	now := time.Now()
	claims := map[string]any{"iss": p.URL, "sub": p.subject, "aud": "graph", "iat": now.Unix(),
		"exp": now.Add(time.Hour).Unix()}
	maps.Copy(claims, p.claims)
	maps.Copy(claims, changes)
	for name, value := range changes {
		if value == nil {
			delete(claims, name)
		}
	}
	return claims
}

// sign makes a token under the provider's key.
func (p *idp) sign(changes map[string]any) string {
	p.mu.Lock()
	key := p.key
	p.mu.Unlock()
	return signed(p.t, jose.RS256, key, p.valid(changes))
}

// signed makes a token under any key.
func signed(t testing.TB, algorithm jose.SignatureAlgorithm, key any, claims map[string]any) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: key},
		(&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		t.Fatal(err)
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	jws, err := signer.Sign(payload)
	if err != nil {
		t.Fatal(err)
	}
	text, err := jws.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// unsigned makes a token of algorithm none.
func unsigned(claims map[string]any) string {
	payload, _ := json.Marshal(claims)
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + encode(payload) + "."
}

// authorize sends the browser back with a code, as if whoever sits there had signed in.
func (p *idp) authorize(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	back, err := url.Parse(query.Get("redirect_uri"))
	if err != nil || query.Get("response_type") != "code" || query.Get("code_challenge_method") != "S256" ||
		query.Get("client_id") != "page" {
		http.Error(w, "no", http.StatusBadRequest)
		return
	}
	code := rand.Text()
	p.set(func() { p.codes[code] = query })
	back.RawQuery = url.Values{"code": {code}, "state": {query.Get("state")}, "iss": {p.URL}}.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

// token gives an ID token for a code, once, and only to who has its verifier.
func (p *idp) token(w http.ResponseWriter, r *http.Request) {
	code := r.FormValue("code")
	p.mu.Lock()
	query, known := p.codes[code]
	delete(p.codes, code)
	p.mu.Unlock()
	digest := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	id, secret, isBasic := r.BasicAuth()
	if !isBasic {
		id, secret = r.FormValue("client_id"), r.FormValue("client_secret")
	}
	wantBasic := p.secret != "" && (p.methods == nil || p.methods[0] == "client_secret_basic")
	if !known || query.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(digest[:]) || id != "page" ||
		secret != p.secret || isBasic != wantBasic ||
		r.FormValue("redirect_uri") != query.Get("redirect_uri") {
		http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	p.mu.Lock()
	changes := map[string]any{"aud": cmp.Or(p.audience, "page"), "nonce": cmp.Or(p.nonce, query.Get("nonce"))}
	p.mu.Unlock()
	fmt.Fprintf(w, `{"access_token":"x","token_type":"Bearer","id_token":%q}`, p.sign(changes))
}

// tokens is an authenticator of the provider's tokens.
func tokens(t testing.TB, p *idp, more ...func(*OIDC)) *Authenticator {
	t.Helper()
	oidc := OIDC{Issuer: p.URL, Audiences: []string{"graph", "other"},
		Claims: map[string]string{"groups": "realm_access.roles"}}
	for _, change := range more {
		change(&oidc)
	}
	return authenticator(t, Options{OIDC: &oidc})
}

func bearer(token string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/graphql", nil)
	r.Header.Set("Authorization", "Bearer "+token)
	return r
}

func TestTokens(t *testing.T) {
	p := newIDP(t)
	a := tokens(t, p)
	now := time.Now()
	elliptical, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	publicBytes := p.public[0].Key.(*rsa.PublicKey).N.Bytes()
	stranger := jose.JSONWebKey{Key: rsaKeys()[2], KeyID: "one"}
	for _, test := range []struct{ name, token, reason string }{
		{"in order", p.sign(nil), ""},
		{"one of several audiences", p.sign(map[string]any{"aud": []string{"x", "other"}}), ""},
		{"just expired, within the skew", p.sign(map[string]any{"exp": now.Add(-30 * time.Second).Unix()}), ""},
		{"not valid for some seconds", p.sign(map[string]any{"nbf": now.Add(30 * time.Second).Unix()}), ""},
		{"another issuer", p.sign(map[string]any{"iss": "https://evil.example"}), "the token is of another issuer"},
		{"another audience", p.sign(map[string]any{"aud": "account"}), "the token is for another audience"},
		{"no audience", p.sign(map[string]any{"aud": nil}), "the token is for another audience"},
		{"expired", p.sign(map[string]any{"exp": now.Add(-2 * time.Minute).Unix()}), "the token has expired"},
		{"never expires", p.sign(map[string]any{"exp": nil}), "the token does not say when it ends (exp)"},
		{"expires as text", p.sign(map[string]any{"exp": "tomorrow"}),
			"the token is malformed, or signed by an algorithm that is not allowed"},
		{"not yet valid", p.sign(map[string]any{"nbf": now.Add(2 * time.Minute).Unix()}),
			"the token is not yet valid (nbf)"},
		{"of the future", p.sign(map[string]any{"iat": now.Add(2 * time.Minute).Unix()}),
			"the token was issued in the future (iat)"},
		{"of nobody", p.sign(map[string]any{"sub": ""}), "the token names nobody (sub)"},
		{"unknown kid", signed(t, jose.RS256, jose.JSONWebKey{Key: rsaKeys()[2], KeyID: "zzz"}, p.valid(nil)),
			"the token's signature is not the identity provider's"},
		{"known kid, another's key", signed(t, jose.RS256, stranger, p.valid(nil)),
			"the token's signature is not the identity provider's"},
		{"none", unsigned(p.valid(nil)), "the token is signed by an algorithm that is not allowed"},
		{"HMAC with the public key", signed(t, jose.HS256, publicBytes, p.valid(nil)),
			"the token is signed by an algorithm that is not allowed"},
		{"an algorithm that is not in the list", signed(t, jose.PS256, rsaKeys()[0], p.valid(nil)),
			"the token is signed by an algorithm that is not allowed"},
		{"a listed algorithm, another's key", signed(t, jose.ES256, elliptical, p.valid(nil)),
			"the token's signature is not the identity provider's"},
		{"garbage", "abc.def.ghi", "the token is malformed, or signed by an algorithm that is not allowed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a.lockout = newLockout() // which is another test's
			who, failure := a.proof(bearer(test.token))
			if test.reason != "" {
				if failure == nil || failure.Reason != test.reason || failure.Status != http.StatusUnauthorized {
					t.Errorf("%+v, %+v, want %s", who, failure, test.reason)
				}
				return
			}
			if failure != nil || who.Subject != "4711" || who.Name != "赵钱孙" || who.ID() != "OIDC:4711" ||
				fmt.Sprint(who.Claims) != "map[groups:[clerk]]" {
				t.Errorf("%+v, %+v", who, failure)
			}
		})
	}
}

// TestRotation: a new key is known when its first token comes, an old one that was withdrawn is no longer.
func TestRotation(t *testing.T) {
	p := newIDP(t)
	a := tokens(t, p)
	now := time.Now()
	a.now = func() time.Time { return now }
	old := p.sign(map[string]any{"exp": now.Add(24 * time.Hour).Unix()})
	// The library puts keys in place a moment after it has them, so what is to come may take some tries.
	becomes := func(token string, taken bool) {
		t.Helper()
		for deadline := time.Now().Add(30 * time.Second); ; now = now.Add(retryAfter) {
			a.lockout = newLockout()
			if _, failure := a.proof(bearer(token)); (failure == nil) == taken {
				return
			} else if time.Now().After(deadline) {
				t.Fatalf("taken %t, want %t: %+v", failure == nil, taken, failure)
			}
		}
	}
	becomes(old, true)
	p.rotate("two")
	now = now.Add(retryAfter)
	next := p.sign(map[string]any{"exp": now.Add(24 * time.Hour).Unix()})
	becomes(next, true)
	becomes(old, false)
	becomes(next, true)
}

// TestWithdrawn: a key that the provider withdraws ends, though no token of another key comes.
func TestWithdrawn(t *testing.T) {
	p := newIDP(t)
	a := tokens(t, p)
	now := time.Now()
	a.now = func() time.Time { return now }
	token := p.sign(map[string]any{"exp": now.Add(24 * time.Hour).Unix()})
	if _, failure := a.proof(bearer(token)); failure != nil {
		t.Fatal(failure)
	}
	p.rotate("two")
	now = now.Add(renewEvery)
	if _, failure := a.proof(bearer(token)); failure == nil || failure.Status != http.StatusUnauthorized {
		t.Errorf("a withdrawn key: %+v", failure)
	}
}

// TestFlood: invented keys are no flood of requests to the provider.
func TestFlood(t *testing.T) {
	p := newIDP(t)
	a := tokens(t, p)
	for range 30 {
		a.lockout = newLockout()
		if _, failure := a.proof(bearer(signed(t, jose.RS256, jose.JSONWebKey{Key: rsaKeys()[2], KeyID: rand.Text()},
			p.valid(nil)))); failure == nil {
			t.Fatal("let in")
		}
	}
	if n := p.count("/keys"); n != 1 {
		t.Errorf("asked for keys %d times", n)
	}
}

// TestDown: the gateway starts without the provider, says so, leaves it alone for a while, and takes
// tokens once it answers. When it goes down again, keys that are known still do.
func TestDown(t *testing.T) {
	p := newIDP(t)
	token := p.sign(map[string]any{"exp": time.Now().Add(48 * time.Hour).Unix()})
	p.set(func() { p.down = true })
	a := tokens(t, p)
	now := time.Now()
	a.now = func() time.Time { return now }
	silent := func(when string) {
		t.Helper()
		_, failure := a.proof(bearer(token))
		if failure == nil || failure.Status != http.StatusServiceUnavailable || failure.Code != "UNAUTHENTICATED" ||
			failure.Wait != retryAfter {
			t.Errorf("%s: %+v", when, failure)
		}
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { silent("down") })
	}
	all.Wait()
	if n := p.count("/.well-known/openid-configuration"); n != 1 {
		t.Errorf("asked %d times at once", n)
	}
	p.set(func() { p.down = false })
	silent("up, and left alone")
	now = now.Add(retryAfter)
	if who, failure := a.proof(bearer(token)); failure != nil {
		t.Fatalf("up: %+v %+v", who, failure)
	}
	p.set(func() { p.down = true })
	now = now.Add(renewEvery)
	if _, failure := a.proof(bearer(token)); failure != nil {
		t.Errorf("down again, with known keys: %+v", failure)
	}
	if _, failure := a.proof(bearer(signed(t, jose.RS256, jose.JSONWebKey{Key: rsaKeys()[2], KeyID: "new"},
		p.valid(nil)))); failure == nil ||
		failure.Status != http.StatusServiceUnavailable {
		t.Errorf("an unknown key while down: %+v", failure)
	}
	now = now.Add(staleFor + time.Second)
	silent("down for too long")
}

// TestHanging: nobody waits for the provider longer than the patience of one request.
func TestHanging(t *testing.T) {
	hang := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-hang:
		case <-r.Context().Done():
		}
	}))
	defer server.Close()
	defer close(hang)
	a := authenticator(t, Options{OIDC: &OIDC{Issuer: server.URL, Audiences: []string{"a"}}})
	a.provider.client.Timeout = 50 * time.Millisecond
	if _, failure := a.proof(bearer("a.b.c")); failure == nil || failure.Status != http.StatusServiceUnavailable {
		t.Errorf("%+v", failure)
	}
}
