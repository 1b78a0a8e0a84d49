package signin

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/apikey"
)

// lines is a log that can be read while it is written.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func authenticator(t testing.TB, o Options) *Authenticator {
	t.Helper()
	a, _ := logged(t, o)
	return a
}

// logged is an authenticator with its log.
func logged(t testing.TB, o Options) (*Authenticator, *lines) {
	t.Helper()
	log := &lines{}
	a, err := New(o, func(r *http.Request) string { return r.RemoteAddr }, slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return a, log
}

// keyFile is a file with keys of these names, and the keys.
func keyFile(t testing.TB, names ...string) (file string, keys []string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "keys.yaml")
	for _, name := range names {
		text, k := apikey.New()
		k.Name, k.Created, k.Claims = name, time.Now(), map[string][]string{"groups": {"reporting"}}
		if err := apikey.Add(file, k); err != nil {
			t.Fatal(err)
		}
		keys = append(keys, text)
	}
	return file, keys
}

func request(address string, headers ...string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/graphql", nil)
	r.RemoteAddr = address
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Add(name, value)
	}
	return r
}

func basic(name, key string) string {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.SetBasicAuth(name, key)
	return "Authorization: " + r.Header.Get("Authorization")
}

func TestKeys(t *testing.T) {
	file, keys := keyFile(t, "excel", "grafana")
	a, log := logged(t, Options{Keys: file})
	for _, test := range []struct {
		name, header, who string // "" for nobody
	}{
		{"bearer", "Authorization: Bearer " + keys[0], "KEY:excel"},
		{"small letters", "Authorization: bearer " + keys[0], "KEY:excel"},
		{"a header of its own", "X-API-Key: " + keys[1], "KEY:grafana"},
		{"basic", basic("excel", keys[0]), "KEY:excel"},
		{"basic with another's name", basic("grafana", keys[0]), "!"},
		{"basic without a name", basic("", keys[0]), "KEY:excel"},
		{"a wrong key", "X-API-Key: " + keys[0][:len(keys[0])-4] + "AAAA", "!"},
		{"the prefix alone", "X-API-Key: " + keys[0][:11], "!"},
		{"the name alone", basic("excel", ""), "!"},
		{"a token where none is taken", "Authorization: Bearer a.b.c", "!"},
		{"another scheme", "Authorization: Negotiate abc", "!"},
		{"nothing", "X-Other: x", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			a.lockout = newLockout()
			who, err := a.Authenticate(request("10.0.0.1:1", test.header))
			got := who.ID()
			if err != nil {
				got = "!"
			}
			if got != test.who || who != nil && fmt.Sprint(who.Claims) != "map[groups:[reporting]]" {
				t.Errorf("%q %+v, %v", got, who, err)
			}
		})
	}
	for _, key := range keys {
		if strings.Contains(log.String(), key) || strings.Contains(log.String(), key[12:]) {
			t.Error("the log holds a key")
		}
	}
}

// TestSameSentence: what was wrong with a key is for the log; the client is told the same whatever it was.
func TestSameSentence(t *testing.T) {
	file, keys := keyFile(t, "excel", "old", "gone")
	if _, err := apikey.Revoke(file, "gone", time.Now()); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	for i, line := range lines {
		if line == "  - name: old" {
			lines[i] += "\n    expires: 2020-01-01"
		}
	}
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	a, log := logged(t, Options{Keys: file})
	told := map[string]bool{}
	for _, key := range []string{keys[1], keys[2], keys[0][:len(keys[0])-4] + "AAAA", "bg-AAAAAAAA" + keys[0][11:],
		"x"} {
		_, err := a.Authenticate(request("10.0.0.1:1", "X-API-Key: "+key))
		told[err.(*Failure).Message] = true
	}
	if len(told) != 1 {
		t.Errorf("told %v", told)
	}
	for _, reason := range []string{"has expired: old bg-", "was revoked: gone bg-", "the API key is wrong",
		"no API key with its prefix", "not written like"} {
		if !strings.Contains(log.String(), reason) {
			t.Errorf("the log lacks %q:\n%s", reason, log)
		}
	}
}

// TestRevokedAtOnce: a key opens nothing a moment after it was revoked, without a restart; a file that
// becomes wrong changes nothing.
func TestRevokedAtOnce(t *testing.T) {
	file, keys := keyFile(t, "excel", "grafana")
	book, err := apikey.Open(file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	a := authenticator(t, Options{Keys: file})
	a.keys = book
	opens := func(key string) bool {
		who, _ := a.proof(request("10.0.0.1:1", "X-API-Key: "+key))
		return who != nil
	}
	if !opens(keys[0]) || !opens(keys[1]) {
		t.Fatal("a key opens nothing")
	}
	if _, err := apikey.Revoke(file, keys[0][:11], time.Now()); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(30 * time.Second); opens(keys[0]); {
		if time.Now().After(deadline) {
			t.Fatal("a revoked key opens")
		}
	}
	if !opens(keys[1]) {
		t.Error("another key was revoked with it")
	}
}

func TestProxy(t *testing.T) {
	file, keys := keyFile(t, "excel")
	a, log := logged(t, Options{Keys: file, Proxy: &Proxy{Header: "X-Remote-User",
		From:         []netip.Prefix{netip.MustParsePrefix("10.1.0.0/24")},
		Certificates: []string{"sso.example.cn"}, NameHeader: "X-Remote-Name",
		Claims: map[string]string{"groups": "X-Remote-Groups"}}})
	verified := func(r *http.Request, name string) *http.Request {
		r.TLS = &tls.ConnectionState{VerifiedChains: [][]*x509.Certificate{{{Subject: pkix.Name{CommonName: name}}}}}
		return r
	}
	user := "X-Remote-User: zhangsan"
	unverified := request("203.0.113.9:1", user)
	own := &x509.Certificate{Subject: pkix.Name{CommonName: "sso.example.cn"}}
	unverified.TLS = &tls.ConnectionState{PeerCertificates: []*x509.Certificate{own}}
	for _, test := range []struct {
		name    string
		request *http.Request
		who     string
	}{
		{"from the proxy", request("10.1.0.5:1", user), "PROXY:zhangsan"},
		{"from the proxy by IPv6 notation", request("[::ffff:10.1.0.5]:1", user), "PROXY:zhangsan"},
		{"with its certificate", verified(request("203.0.113.9:1", user), "sso.example.cn"), "PROXY:zhangsan"},
		{"with another certificate", verified(request("203.0.113.9:1", user), "clerk.example.cn"), "!"},
		{"with a certificate that nobody verified", unverified, "!"},
		{"forged", request("203.0.113.9:1", user), "!"},
		{"forged, said to come from the proxy", request("203.0.113.9:1", user, "X-Forwarded-For: 10.1.0.5",
			"X-Real-IP: 10.1.0.5"), "!"},
		{"forged beside a right key", request("203.0.113.9:1", user, "X-API-Key: "+keys[0]), "!"},
		{"forged by another spelling", request("203.0.113.9:1", "x-remote-user: zhangsan"), "!"},
		{"a key through the proxy", request("10.1.0.5:1", user, "X-API-Key: "+keys[0]), "KEY:excel"},
		{"twice", request("10.1.0.5:1", user, "X-Remote-User: root"), "!"},
		{"empty", request("10.1.0.5:1", "X-Remote-User: "), "!"},
		{"of Chinese", request("10.1.0.5:1", "X-Remote-User: %E5%BC%A0%E4%B8%89"), "PROXY:张三"},
		{"nobody", request("10.1.0.5:1"), ""},
		{"groups alone", request("203.0.113.9:1", "X-Remote-Groups: admin"), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			who, err := a.Authenticate(test.request)
			got := who.ID()
			if err != nil {
				got = "!"
			}
			if got != test.who {
				t.Errorf("%q, %v, want %q", got, err, test.who)
			}
		})
	}
	for origin, want := range map[string]int{"http://example.com": 0, "https://evil.example": http.StatusForbidden} {
		r := request("10.1.0.5:1", user, "Origin: "+origin)
		r.Method = http.MethodPost
		if _, failure := a.proof(r); (failure == nil) != (want == 0) || failure != nil && failure.Status != want {
			t.Errorf("a request of a page of %s: %+v", origin, failure)
		}
	}
	if !strings.Contains(log.String(),
		"the proxy's header came from an address, or with a certificate, that is not the proxy's") ||
		strings.Contains(log.String(), "zhangsan") {
		t.Errorf("log:\n%s", log)
	}
	who, failure := a.proof(request("10.1.0.5:1", user, "X-Remote-Name: %E5%BC%A0%E4%B8%89", "X-Remote-Groups: a, b",
		"X-Remote-Groups: c"))
	if failure != nil || who.Name != "张三" || fmt.Sprint(who.Claims) != "map[groups:[a b c]]" {
		t.Errorf("%+v, %v", who, failure)
	}
}

func TestDemo(t *testing.T) {
	demo := &Demo{Default: "boss", Identities: []DemoIdentity{{Name: "boss"}, {Name: "clerk", Title: "镇街工作人员"}}}
	a := authenticator(t, Options{Demo: demo})
	unsafe := httptest.NewRequest(http.MethodPost, "/graphql", nil)
	unsafe.AddCookie(&http.Cookie{Name: demoCookie, Value: "clerk"})
	unsafe.Header.Set("Sec-Fetch-Site", "cross-site")
	for _, test := range []struct {
		name    string
		request *http.Request
		who     string
	}{
		{"no choice", request("1.1.1.1:1"), "DEMO:boss"},
		{"header", request("1.1.1.1:1", "X-Demo-Identity: clerk"), "DEMO:clerk"},
		{"cookie", request("1.1.1.1:1", "Cookie: bureaugraph-demo=clerk"), "DEMO:clerk"},
		{"header before cookie", request("1.1.1.1:1", "Cookie: bureaugraph-demo=clerk", "X-Demo-Identity: boss"),
			"DEMO:boss"},
		{"unknown header", request("1.1.1.1:1", "X-Demo-Identity: root"), "!"},
		{"unknown cookie", request("1.1.1.1:1", "Cookie: bureaugraph-demo=root"), "DEMO:boss"},
		{"from another site", unsafe, "!"},
	} {
		who, err := a.Authenticate(test.request)
		got := who.ID()
		if err != nil {
			got = "!"
		}
		if got != test.who {
			t.Errorf("%s: %q, %v", test.name, got, err)
		}
	}
	if who, err := authenticator(t, Options{Proxy: &Proxy{Header: "X-U"}}).Authenticate(request("1.1.1.1:1",
		"X-Demo-Identity: boss", "Cookie: bureaugraph-demo=boss")); who != nil || err != nil {
		t.Errorf("outside the demo: %+v, %v", who, err)
	}
}
